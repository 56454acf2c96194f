"""Domain, rules and policy become numbers: what is known, what must be decided, what was decided. No solver here."""

from optimizer.model.agreements import without_agreements
from optimizer.model.case import Answer, Case
from optimizer.model.collect import collect, known_in_time
from optimizer.model.dwellings import Woningen
from optimizer.model.facts import Facts
from optimizer.model.instance import Instance
from optimizer.model.levels import LevelValues
from optimizer.model.problem import Problem

__all__ = [
    "Answer",
    "Case",
    "Facts",
    "Instance",
    "LevelValues",
    "Problem",
    "Woningen",
    "collect",
    "known_in_time",
    "without_agreements",
]
