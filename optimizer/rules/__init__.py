"""Law and practice as pure functions of values and a date; the numbers are dated parameters with a source."""
