"""The judge of letters: what each must say, worked out again from the input and the public tables."""

from optimizer.verify.letters.judge import Letters, judge_letters
from optimizer.verify.letters.opened import open_letters

__all__ = ["Letters", "judge_letters", "open_letters"]
