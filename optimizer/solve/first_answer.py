"""A first answer that looks at all levels at once; docs/method-solver.md, section 6."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from optimizer.solve.bound.dual import no_prices
from optimizer.solve.one_level import solve_level
from optimizer.solve.problem.arrays import FloatArray, IntArray, ValueArray
from optimizer.solve.problem.sizes import is_crowd
from optimizer.solve.problem.space import Space, magnitude
from optimizer.solve.whole.greedy import link_greedily
from optimizer.solve.whole.state import Search

RATIO = 30.0  # a level weighs this much more than all levels below it together, pair by pair
DRAFT_GAP = 2e-4
SHARE = 0.4  # of the budget


def draft(find: Search, values: Sequence[ValueArray]) -> IntArray:
    """Return a feasible answer that is good on all levels; nothing is proven by it.

    A single level needs no draft: it starts from the greedy answer, and its relaxation is solved once. A large month
    needs no greedy answer: rounding its relaxation is as quick.
    Weights too small to be exact keep the numbers within what a solver can tell apart; the levels prove themselves.
    """
    nobody = np.full(find.space.persons.size, -1, dtype=np.int64)
    value = values[0] if len(values) == 1 else stack(find.space, values)
    gap = max(find.gap, DRAFT_GAP)
    ties = find.ties * magnitude(value) * 1e-9
    start = nobody
    if not is_crowd(find.space):
        start = link_greedily(find.space, value, no_prices(find.space), ties, nobody, find.budget)
    if len(values) == 1:
        return start
    with find.budget.share(SHARE):
        return solve_level(replace(find, value=value, gap=gap, name="draft"), start).gemeente


def stack(space: Space, values: Sequence[ValueArray]) -> FloatArray:
    """Weigh all levels into one value per pair."""
    out = np.zeros(space.allowed.shape)
    total = 0.0
    for value in reversed(values):
        weight = RATIO * total / magnitude(value) if total else 1.0 / magnitude(value)
        out += weight * value
        total += weight * magnitude(value)
    return out
