"""The chance of work per adult and municipality: a transparent score.

Its weights are assumptions; docs/kanswerk.md explains it to people.
"""

from optimizer.fit.households import UNIT, HouseholdChances, household_chances, per_huishouden
from optimizer.fit.parts import parts
from optimizer.fit.score import Chances, score

__all__ = ["UNIT", "Chances", "HouseholdChances", "household_chances", "parts", "per_huishouden", "score"]
