"""How long the search runs, on how many cores, and in machine code."""
