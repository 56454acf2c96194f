"""How far the pace of a round yields: never somebody without a place, or a job lost, for the sake of the spread."""

from dataclasses import replace
from itertools import takewhile

from optimizer.decide.by_levels import Limits, by_levels
from optimizer.domain.eisen import TempoTelt
from optimizer.domain.levels import LEVELS
from optimizer.model import Instance, Problem

#: Levels in these units go before the pace, as far as they are the first of the policy.
FIRST_UNITS = ("personen", "huishoudens", "banen")
#: Who counts, from the strictest pace on.
STEPS: tuple[TempoTelt, ...] = ("iedereen", "zonder_grond")
#: So that the lottery is not drawn where only the values count; no level of whole units is that large.
NO_LOTTERY = 1e-9


def paced(problem: Problem, limits: Limits) -> Problem:
    """Return the problem under the strictest pace that costs nobody a place and no job, equation (34) of the method.

    Everybody counts for the pace, if the first levels of the policy (those in persons, households or jobs) are then as
    good as without a pace. Otherwise only who has no hard ground and no known job; otherwise there is none.
    """
    if not problem.instance.paced:
        return problem
    first = tuple(takewhile(lambda n: LEVELS[n.naam].eenheid in FIRST_UNITS, problem.instance.niveaus))
    if not first:
        return problem

    def reached(instance: Instance) -> tuple[float, ...]:
        answer = by_levels(
            instance.replace(niveaus=first), problem.facts.seed, replace(limits, gap=max(limits.gap, NO_LOTTERY))
        )
        return tuple(level.best for level in answer.niveaus)

    free = reached(problem.instance.replace(tempo=None))
    for step in STEPS:
        tried = problem.with_pace(step)
        if not tried.instance.paced or reached(tried.instance) >= free:
            return tried
    return problem.with_pace("niemand")
