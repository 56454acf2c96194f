"""Better answers: whole-number programs on a core, and on parts of it (docs/method-solver.md, section 6)."""

import numpy as np

from optimizer.solve.bound.highs import Rounded, solve_whole
from optimizer.solve.bound.program import LARGEST_WHOLE, build, penalised
from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray, PairList, ValueArray
from optimizer.solve.problem.reopen import free_part, put_back
from optimizer.solve.problem.space import Space, magnitude, total

SHARP = 1e4  # the largest coefficient that HiGHS sees; its absolute tolerances are then 1e-10 of the largest value
ROWS_BELOW = 1_500  # pairs
PENALTY = 2.0  # of the relaxation's weights


def search(
    space: Space,
    value: ValueArray,
    pairs: PairList,
    weight: FloatArray,
    *,
    node_limit: int,
    time_limit_s: float | None = None,
) -> Rounded:
    """Solve a level in whole numbers on some pairs.

    Kept levels are rows of a small program and weights (14) of a large one: a dense row spoils cuts and heuristics.
    """
    scale = solver_scale(value)
    if not space.kept or pairs[0].size <= ROWS_BELOW:
        return solve_whole(space, build(space, value, pairs), scale, node_limit, time_limit_s)
    exchange = np.ceil(PENALTY * weight) + 1.0
    free, objective, floors = penalised(space, value, exchange, pairs)
    whole = solve_whole(free, build(free, value, pairs, objective), scale, node_limit, time_limit_s)
    return Rounded(whole.gemeente, whole.bound - floors, whole.complete, whole.nodes)


def solver_scale(value: ValueArray) -> float:
    """What the objective is divided by: whole units stay whole, so that HiGHS may round its bounds."""
    if np.issubdtype(value.dtype, np.integer) and magnitude(value) <= LARGEST_WHOLE:
        return 1.0
    return magnitude(value) / SHARP


def search_free(
    space: Space,
    value: ValueArray,
    pairs: PairList,
    weight: FloatArray,
    gemeente: IntArray,
    free: BoolArray,
    *,
    node_limit: int,
    time_limit_s: float | None = None,
) -> Rounded:
    """Search the part in which ``free`` households may move along ``pairs``; the others stay where they are."""
    number = np.cumsum(free) - 1
    h, g = pairs
    inside = free[h]
    part = free_part(space, gemeente, free)
    h, g = number[h[inside]], g[inside]
    fits = part.allowed[h, g]
    found = search(part, value[free], (h[fits], g[fits]), weight, node_limit=node_limit, time_limit_s=time_limit_s)
    whole = None if found.gemeente is None else put_back(gemeente, free, found.gemeente)
    return Rounded(whole, found.bound, found.complete, found.nodes)


def better(space: Space, value: ValueArray, old: IntArray, new: IntArray | None) -> bool:
    """Tell whether an answer is feasible, keeps the earlier levels and has a higher exact value."""
    return new is not None and total(value, new) > total(value, old) and space.contains(new)


def settle(space: Space, value: ValueArray, gemeente: IntArray, before: IntArray) -> IntArray:
    """Move households out of gemeenten that are overfull, to their next best gemeente with room.

    Only households that came (were elsewhere ``before``) are moved; smallest first, so that few persons move twice.
    """
    out = gemeente.copy()
    rest = space.opgave - space.load(out)
    for g in np.flatnonzero(rest < 0).tolist():
        came = np.flatnonzero((out == g) & (before != g))
        for h in came[np.argsort(space.persons[came], kind="stable")].tolist():
            if rest[g] >= 0:
                break
            size = int(space.persons[h])
            choice = np.flatnonzero(space.allowed[h] & (rest >= size))
            if choice.size == 0:
                continue
            to = int(choice[np.argmax(value[h, choice])])
            out[h] = to
            rest[g] += size
            rest[to] -= size
    return out
