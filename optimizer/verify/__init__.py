"""The judge: whether a proposal keeps to the rules, from the input and the proposal alone.

It shares no code with what made the proposal. It reads the words of the rules (``docs/rechter.md``), computes every
distance, ground, outcome and chance again, and has one plain function per requirement.
"""

from optimizer.verify.judge import judge
from optimizer.verify.one_link import judge_link
from optimizer.verify.oordeel import Bevinding, Grens, Oordeel
from optimizer.verify.relink import judge_relinks
from optimizer.verify.run import judge_run
from optimizer.verify.toets import Toets

__all__ = ["Bevinding", "Grens", "Oordeel", "Toets", "judge", "judge_link", "judge_relinks", "judge_run"]
