"""The judge of bounds: what was asked, by the judge's own code, and whether a certificate proves what it says of it."""

from optimizer.verify.bound.judge_bounds import judge_bounds

__all__ = ["judge_bounds"]
