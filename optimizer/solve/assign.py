"""One batch, one value per pair: the public entry point."""

from collections.abc import Sequence
from math import floor

import numpy as np
import numpy.typing as npt

from optimizer.solve.lexicographic import solve_chain, worst
from optimizer.solve.problem.answer import Answer
from optimizer.solve.problem.arrays import FloatArray, IntArray
from optimizer.solve.problem.checks import checked_lot, checked_search, checked_shape, checked_space
from optimizer.solve.problem.goal import Goal, dominates, in_whole_units
from optimizer.solve.problem.space import Space, exact_sum, magnitude
from optimizer.solve.run.budget import Budget, Progress
from optimizer.solve.run.interrupt import ended_by_ctrl_c
from optimizer.solve.whole.state import State

VALUE = "value"
BLOCK = 10_000  # households checked at a time, so that a large month needs no second matrix


def assign(
    benefit: npt.ArrayLike,
    persons: npt.ArrayLike,
    opgave: npt.ArrayLike,
    admissible: npt.ArrayLike | None = None,
    resources: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    regions: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
    unlinked_value: float | None = None,
    lot: npt.ArrayLike | None = None,
    seed: int = 0,
    workers: int = 1,
    gap: float = 0.0,
    work_limit: int | None = None,
    time_limit_s: float | None = None,
    progress: Progress | None = None,
) -> Answer:
    """Link each household to at most one gemeente, with the highest total benefit.

    Maximises (1) subject to (2) to (5) of docs/method-solver.md.

    Parameters
    ----------
    benefit
        float64 [households, gemeenten], value of each link, any sign, finite.
    persons
        [households], persons per household, at least 1; a household is never split.
    opgave
        [gemeenten], persons that the gemeente can still take, at least 0.
    admissible
        Booleans [households, gemeenten]; None allows every pair.
    resources
        (use [households, K], capacity [gemeenten, K]): further capacities, e.g. children, large dwellings.
    regions
        (region [gemeenten], ceiling [regions]): ceilings in persons over groups of gemeenten; region -1 has none.
    unlinked_value
        None links as many persons as possible first and maximises benefit among those answers; a number is the value
        of each household that stays unlinked (0.0 is plain value).
    lot
        uint64 [households], lottery ticket that breaks ties; None is the row number.
    seed, workers
        Seed and threads of the search. The number of threads never changes the answer.
    gap
        Relative gap at which the search may stop; 0 asks for proof.
    work_limit
        Counted steps (see `optimizer.solve.run.budget.Budget`).
    time_limit_s
        Emergency stop in seconds.
    progress
        Called with (name, value, bound).

    Returns
    -------
    Answer
        ``value`` is the benefit of the links plus ``unlinked_value`` per unlinked household; ``bound`` is valid in
        float64 (with ``unlinked_value=None``: for the answers with as many persons linked). ``gap`` is bound - value,
        relative to abs(value) or to the largest benefit where that is larger: a value near 0 is exact as well.

    Raises
    ------
    ValueError
        If shapes do not fit, or a number is not finite or out of range.

    Examples
    --------
    >>> answer = assign([[5.0, 9.0], [4.0, 3.0]], persons=[2, 1], opgave=[2, 2])
    >>> answer.gemeente.tolist(), answer.value, str(answer.status)
    ([1, 0], 13.0, 'proven')
    """
    budget = Budget.of(work_limit, time_limit_s, progress)
    shape = checked_shape("benefit", benefit)
    checked_search(workers, gap, [benefit])
    matrix = checked_benefit(benefit)
    space = checked_space(shape, persons, opgave, admissible, resources, regions)
    matrix = without_forbidden(matrix, space)
    tickets = checked_lot(lot, shape[0])
    if unlinked_value is not None and not np.isfinite(unlinked_value):
        msg = f"unlinked_value must be a finite number; it is {unlinked_value}."
        raise ValueError(msg)
    goals = goals_of(matrix, space, unlinked_value)
    with ended_by_ctrl_c(budget):
        chain = solve_chain(space, [goal for goal, _ in goals], tickets, budget, seed=seed, workers=workers, gap=gap)
    given = chain.solved[: len(goals)]
    alone, status = unlinked_value or 0.0, worst([level.status for level in given])
    value = benefit_of(matrix, chain.gemeente, alone)
    bound = max(value, bound_of(given, goals[-1][1], alone, shape[0], matrix, space))
    return Answer(
        gemeente=chain.gemeente,
        value=value,
        bound=bound,
        gap=(bound - value) / max(abs(value), magnitude(matrix)),
        status=status,
        prices=np.maximum(given[-1].relaxation.duals.per_person, 0.0) / goals[-1][1],
        seconds=budget.seconds,
        reproducible=not budget.stopped_by_clock,
        work=budget.work,
        ended=chain.ended,
    )


def goals_of(benefit: FloatArray, space: Space, alone: float | None) -> list[tuple[Goal, int]]:
    """Return the levels that ``benefit`` and the value of staying unlinked ask for, each with its units in one.

    A penalty that outweighs all that links differ by is a level of its own: households linked.
    """
    whole = in_whole_units(benefit, alone or 0.0, space.allowed)
    apart = alone is not None and dominates(alone, benefit, space.allowed)
    shift = 0.0 if alone is None or apart else alone
    if apart:
        whole = in_whole_units(benefit, 0.0, space.allowed)
    if whole is not None:
        own = Goal(VALUE, whole[0])
    else:
        own = Goal(VALUE, benefit - shift if shift else benefit, shift * len(benefit), magnitude(benefit))
    last = (own, 1 if whole is None else whole[1])
    if alone is None:
        return [(Goal("persons", np.broadcast_to(space.persons[:, None], benefit.shape)), 1), last]
    if apart:
        return [(Goal("households", np.broadcast_to(np.ones(1, dtype=np.int64), benefit.shape)), 1), last]
    return [last]


def bound_of(
    given: Sequence[State], units: int, alone: float, households: int, benefit: FloatArray, space: Space
) -> float:
    """Return the bound of the whole: with a level "households linked", over every number that may still be linked."""
    last = given[-1]
    own = (floor(last.bound) if isinstance(last.value, int) else last.bound) / units
    if len(given) == 1:
        return float(own + alone * households)
    if alone == 0.0:
        return float(own)
    linked, most = int(given[0].value), floor(given[0].bound)
    bound = own + alone * (households - linked)
    if most > linked:
        free = float(benefit.max(axis=1, initial=0.0, where=space.allowed).sum())
        bound = max(bound, free + alone * (households - most))
    return float(bound)


def checked_benefit(benefit: npt.ArrayLike) -> FloatArray:
    """Return the benefits as float64; refuse what is not finite."""
    matrix = np.asarray(benefit, dtype=np.float64)
    for start in range(0, len(matrix), BLOCK):
        wrong = ~np.isfinite(matrix[start : start + BLOCK])
        if wrong.any():
            row, g = np.argwhere(wrong)[0].tolist()
            h = start + row
            msg = f"benefit must be finite; household {h}, gemeente {g} has {matrix[h, g]}. "
            raise ValueError(msg + "Use admissible to forbid a pair.")
    return matrix


def without_forbidden(benefit: FloatArray, space: Space) -> FloatArray:
    """Put 0 for forbidden pairs when they hold the largest numbers: tolerances follow the values that can be chosen."""
    largest = max(
        float(benefit.max(initial=0.0, where=space.allowed)), -float(benefit.min(initial=0.0, where=space.allowed))
    )
    return benefit if largest == magnitude(benefit) else np.where(space.allowed, benefit, 0.0)


def benefit_of(benefit: FloatArray, gemeente: IntArray, unlinked_value: float) -> float:
    """Value of an answer, correctly rounded: objective (1)."""
    linked = np.flatnonzero(gemeente >= 0)
    unlinked = gemeente.size - linked.size
    return exact_sum([*benefit[linked, gemeente[linked]].tolist(), unlinked_value * unlinked])
