"""A run that goes on from an earlier one, under a policy without levels: first whoever can stay, then the method."""

import numpy as np

from optimizer.decide.by_levels import Limits, by_levels
from optimizer.domain.levels import ONGEWIJZIGD
from optimizer.model import LevelValues, Problem
from optimizer.model.levels import unchanged
from optimizer.model.problem import room_left


def keep_earlier(problem: Problem, limits: Limits) -> Problem:
    """Return the problem in which as many households as possible are fixed where they were, equation (13d).

    Parameters
    ----------
    problem
        Under a policy that goes one by one or by lottery; its decisions stand in it as locks and exclusions.
    limits
        When the solver stops.

    Returns
    -------
    The problem that is left for the method: whoever has to go elsewhere, and whoever had no municipality.
    """
    value = unchanged(problem.facts)
    level = LevelValues(ONGEWIJZIGD, 1.0, value)
    where_they_were = problem.instance.replace(niveaus=(level,), toegestaan=problem.instance.toegestaan & (value > 0))
    stay = by_levels(where_they_were, problem.facts.seed, limits).gemeente
    facts = problem.facts.replace(vastgezet=np.where(problem.facts.vastgezet >= 0, problem.facts.vastgezet, stay))
    opgave, woningen = room_left(facts, problem.eisen)
    instance = problem.instance.replace(vastgezet=facts.vastgezet, opgave=opgave, woningen=woningen)
    return problem.replace(facts=facts, instance=instance)
