"""Anneal on the core, chain beside chain; docs/method-solver.md, section 6."""

from functools import partial

import numpy as np

from optimizer.solve.problem.arrays import IntArray
from optimizer.solve.problem.space import magnitude
from optimizer.solve.prove.core import Core
from optimizer.solve.run.workers import side_by_side
from optimizer.solve.search.annealing import THRESHOLDS, Choices, Cooling, anneal, warm
from optimizer.solve.whole.programs import PENALTY
from optimizer.solve.whole.state import Search, State

NEAR = 1.7  # contested pairs per household that the annealing draws from
CHAINS = 2  # side by side: fixed, so that the number of workers cannot change an answer
CHUNK = 250_000  # draws between two looks at the clock
COLD = 1.0  # last temperature, in widths of the near pairs


def cool(find: Search, state: State, core: Core, per_household: int, hot: float) -> State:
    """Anneal from the present answer and take the best of some chains.

    ``per_household`` draws are made, from the temperature ``hot``, in widths of the near pairs.
    """
    space, contest, draws = find.space, core.contest, per_household * find.space.persons.size
    near_width = core.width(NEAR)
    exchange = PENALTY * contest.duals.weight
    pairs = contest.pairs._replace(worth=core.sides.own + exchange @ core.sides.kept, full=space.full)
    near = np.flatnonzero(core.lost <= near_width)
    scale = max(near_width, magnitude(find.value) * 1e-6)
    table = np.full(space.allowed.shape, -1, dtype=np.int32)
    table[pairs.household, pairs.gemeente] = np.arange(pairs.household.size)
    linked = np.flatnonzero(state.gemeente >= 0)
    link = np.full(space.persons.size, -1, dtype=np.int64)
    link[linked] = table[linked, state.gemeente[linked]]
    if near.size == 0:
        return state
    choices = Choices(table, near, ~space.must_link, THRESHOLDS)

    def chain(seed: int) -> IntArray:
        heat = warm(pairs, core.sides, link, seed)
        temperature, left, made, pace = hot * scale, draws, 0, find.budget.pace()
        while left > 0 and not find.budget.late:
            step = min(CHUNK, left)
            factor = (COLD * scale / temperature) ** (1000.0 / left)
            temperature = anneal(pairs, core.sides, heat, choices, Cooling(step, temperature, factor))
            made += step
            left = pace(step, draws - made)
        return heat.kept

    seeds = find.rng.integers(1, 2**31, CHAINS).tolist()
    find.budget.spend_pairs(CHAINS * draws)
    for kept in side_by_side([partial(chain, seed) for seed in seeds], find.workers):
        gemeente = np.where(kept >= 0, pairs.gemeente[kept], -1)
        state = find.accept(state, gemeente)
    find.report(state)
    return state
