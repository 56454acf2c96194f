"""A problem with one pair fixed within the rules, and the level that moves as few others as possible."""

import numpy as np

from optimizer.domain.levels import UNCHANGED
from optimizer.model import Instance, LevelValues, Problem
from optimizer.model.facts import Ints
from optimizer.model.problem import room_left
from optimizer.model.tempo import tempo_of


def pinned(problem: Problem, household: int, gemeente: int) -> Instance:
    """Return the instance in which a household (row) goes to a municipality (row) that no rule closes to it.

    Unlike a person's lock the pair keeps to the opgave: what it takes is no longer there for others.
    """
    fixed = problem.facts.vastgezet.copy()
    fixed[household] = gemeente
    opgave, woningen = room_left(problem.facts, problem.eisen, fixed)
    tempo = tempo_of(problem.facts, problem.eisen, fixed)
    before = problem.instance.tempo
    if tempo is not None and before is not None and before.telt[household]:
        tempo = tempo.less(gemeente, int(problem.facts.personen[household]))
    return problem.instance.replace(vastgezet=fixed, opgave=opgave, woningen=woningen, tempo=tempo)


def stay_put(gemeente: Ints, municipalities: int) -> LevelValues:
    """Equation (31): households that stay where an answer (rows or -1, int64 [H]) put them.

    One for a household that is linked where it was, minus one for whoever was not linked and is now: the sum is
    highest where the fewest households change.
    """
    value = np.zeros((gemeente.size, municipalities), dtype=np.int32)
    linked = np.flatnonzero(gemeente >= 0)
    value[linked, gemeente[linked]] = 1
    value[gemeente < 0] = -1
    return LevelValues(UNCHANGED.naam, UNCHANGED.unit, value)
