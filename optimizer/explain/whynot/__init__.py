"""Why not there: the month worked out again with one pair fixed. Nothing is decided or written by asking."""

from optimizer.explain.whynot.what_if import Worked, what_if

__all__ = ["Worked", "what_if"]
