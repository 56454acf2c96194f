"""A level with few pairs left is one small program: HiGHS proves it before anything else is built."""

import numpy as np

from optimizer.solve.bound.dual import blocks, profit
from optimizer.solve.bound.highs import solve_whole
from optimizer.solve.bound.program import build
from optimizer.solve.problem.arrays import BoolArray, PairList
from optimizer.solve.prove.cuts import solve_by_cuts
from optimizer.solve.whole.programs import solver_scale
from optimizer.solve.whole.state import Search, State

MOST_OUTRIGHT, MOST_KEPT = 2_500, 6_000  # pairs; beside a row
OUTRIGHT_NODES = 40
KEPT_NODES = 40  # beside a row, where a known answer helps SCIP and HiGHS would take none


def solve_outright(find: Search, state: State) -> State:
    """Solve what the relaxation leaves as one program, where further capacities bind and few pairs are left."""
    space = find.space
    if space.plain:
        return state
    pairs = pairs_left(find, state)
    if pairs is None:
        return state
    program, scale = build(space, find.value, pairs), solver_scale(find.value)
    if space.kept:
        mine: BoolArray = state.gemeente[pairs[0]] == pairs[1]
        found = solve_by_cuts(space, program, scale, mine, KEPT_NODES, find.budget.left_s)
        find.budget.spend_iterations(found.nodes)
    else:
        found = solve_whole(space, program, scale, OUTRIGHT_NODES, find.budget.left_s)
        find.budget.spend(pairs[0].size, found.nodes)
    state = find.lower(state, max(found.bound, float(state.value)), found.word)
    return find.accept(state, found.gemeente)


def pairs_left(find: Search, state: State) -> PairList | None:
    """Return the pairs that an answer better than the present one could use, (8), and its own; None when too many."""
    space, relaxation = find.space, state.relaxation
    slack = relaxation.bound - state.value
    most = MOST_KEPT if space.kept else MOST_OUTRIGHT
    found_h, found_g, number = [], [], 0
    for rows in blocks(space):
        left = profit(space, find.value, relaxation.duals, rows) >= (relaxation.scan.best[rows] - slack)[:, None]
        here = state.gemeente[rows]
        linked = np.flatnonzero(here >= 0)
        left[linked, here[linked]] = True
        h, g = np.nonzero(left)
        found_h.append(h + rows.start)
        found_g.append(g)
        number += h.size
        if number > most:
            return None
    if not found_h:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.concatenate(found_h), np.concatenate(found_g)
