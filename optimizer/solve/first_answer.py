"""A first answer that looks at all levels at once; docs/method-solver.md, section 6."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from optimizer.solve.bound.dual import no_prices, nothing_known
from optimizer.solve.bound.relaxation import Relaxation
from optimizer.solve.large.month import price_and_round
from optimizer.solve.one_level import solve_level
from optimizer.solve.problem.arrays import FloatArray, IntArray
from optimizer.solve.problem.goal import Goal
from optimizer.solve.problem.sizes import is_crowd, is_large, is_small, is_thin
from optimizer.solve.problem.space import Space, magnitude
from optimizer.solve.prove.resume import what_fits
from optimizer.solve.whole.greedy import link_greedily
from optimizer.solve.whole.one_by_one import link_one_by_one
from optimizer.solve.whole.programs import better
from optimizer.solve.whole.state import Search, State

DRAFT_STEPS = 20_000
RATIO = 30.0  # a level weighs this much more than all levels below it together, pair by pair
DRAFT_GAP = 2e-4
DRAFT_SHARE = 0.4  # of the budget
THIN_STEPS = 2_500  # of the draft of a thin month: its levels find good answers by themselves
SMALL_STEPS, PAIRS_A_STEP = 100, 20  # of the draft of a small month, whose levels are soon proven by themselves


def draft(find: Search, goals: Sequence[Goal]) -> IntArray:
    """Return a feasible answer that is good on all levels; nothing is proven by it.

    Something is linked before anything else, whatever the clock says. A single level needs no draft: its relaxation is
    solved once. A large month needs no better start either: rounding its relaxation is as quick.
    Weights too small to be exact keep the numbers within what a solver can tell apart; the levels prove themselves.
    """
    if is_large(find.space):
        # Without a clock the relaxation of the first level comes at once.
        nobody = np.full(find.space.persons.size, -1, dtype=np.int64)
        start = nobody if find.budget.time_limit_s is None else link_one_by_one(find.space, goals[0].value)
        if len(goals) == 1:
            return start
        if is_crowd(find.space) and goals[0].flat:
            return by_the_next(find, goals, start)
        if find.budget.time_limit_s is not None:
            return start
    value = goals[0].value if len(goals) == 1 else stack(find.space, goals)
    stacked = replace(find, goal=Goal("draft", value), gap=max(find.gap, DRAFT_GAP))
    if not is_large(find.space):
        start = greedily(stacked)
    if len(goals) == 1:
        return start
    steps = SMALL_STEPS + find.space.allowed.size // PAIRS_A_STEP if is_small(find.space) else DRAFT_STEPS
    if is_thin(find.space):
        steps = THIN_STEPS
    with find.budget.share(DRAFT_SHARE), find.budget.at_most(steps):
        return solve_level(stacked, start).gemeente


def by_the_next(find: Search, goals: Sequence[Goal], start: IntArray) -> IntArray:
    """Return a start where the first level does not care which gemeente a household gets: by the level after it.

    That level alone links nearly everybody where there is room, at a bound of which no weight takes the sharpness;
    whoever it leaves out is linked where room is left.
    """
    second = replace(find, goal=Goal("draft", goals[1].value), gap=max(find.gap, DRAFT_GAP))
    nobody = np.full(find.space.persons.size, -1, dtype=np.int64)
    unknown = Relaxation(no_prices(find.space), nothing_known(find.space, second.largest), None, np.zeros(0))
    with find.budget.share(DRAFT_SHARE):
        found = price_and_round(second, State(nobody, 0, unknown.bound, unknown)).gemeente
    first = replace(find, goal=goals[0])
    found = link_greedily(find.space, first.value, no_prices(find.space), find.ties, found, find.budget)
    return found if better(find.space, first.value, start, found) else start


def again(find: Search, goals: Sequence[Goal], earlier: IntArray) -> IntArray:
    """Return what of an earlier answer can still be, and link whoever is left over as if nothing had a price."""
    space = find.space
    stacked = goals[0].value if len(goals) == 1 else stack(space, goals)
    ties = find.ties * magnitude(stacked) * 1e-9
    return link_greedily(space, stacked, no_prices(space), ties, what_fits(space, earlier), find.budget)


def greedily(find: Search) -> IntArray:
    """Link as if nothing had a price; by one pass where the clock leaves no more."""
    space = find.space
    quick = link_one_by_one(space, find.value) if find.budget.time_limit_s is not None else None
    nobody = np.full(space.persons.size, -1, dtype=np.int64)
    ties = find.ties * find.largest * 1e-9
    slow = link_greedily(space, find.value, no_prices(space), ties, nobody, find.budget)
    return slow if quick is None or not find.budget.late else quick


def stack(space: Space, goals: Sequence[Goal]) -> FloatArray:
    """Weigh all levels into one value per pair."""
    out = np.zeros(space.allowed.shape)
    total = 0.0
    for goal in reversed(goals):
        largest = magnitude(goal.value)
        weight = RATIO * total / largest if total else 1.0 / largest
        out += weight * goal.value
        total += weight * largest
    return out
