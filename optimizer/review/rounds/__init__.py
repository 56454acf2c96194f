"""Rounds: a run taken in, checked live, answered, counted, sent back and ended."""
