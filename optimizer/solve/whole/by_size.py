"""From split to whole households: the largest first; docs/method-solver.md, section 6."""

import numpy as np

from optimizer.solve.bound.flow import relax_by_flow
from optimizer.solve.bound.highs import solve_whole
from optimizer.solve.bound.program import build
from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray, PairList, ValueArray
from optimizer.solve.problem.reopen import free_part
from optimizer.solve.problem.space import Space, magnitude
from optimizer.solve.run.budget import Budget

BONUS = 3.0  # of the largest value, per person of a household that must be linked
SPLIT_SHARP = 1e3  # the largest coefficient that HiGHS sees
SPLIT_NODES = 20
WHOLE = 1 - 1e-6


def round_by_size(space: Space, value: ValueArray, pairs: PairList, start: IntArray, budget: Budget) -> IntArray:
    """Return whole households for a space in which only opgaven bind.

    For each size, the largest first: solve the relaxation for all households that are left, fix those of this size
    that it does not split, and give the split ones whole places at its prices. Households of one size take places of
    one size, so that this last step is a transportation problem with whole vertices. Households that ``start``
    [households] links stay there.
    """
    h, g = pairs
    bonus = BONUS * magnitude(value)
    objective = value[h, g] + bonus * np.where(space.must_link, space.persons, 0)[h]
    loose = space.replace(must_link=np.zeros_like(space.must_link), full=np.zeros_like(space.full))
    gemeente = start.copy()
    for size in space.sizes[::-1].tolist():
        free = (gemeente < 0) & (space.persons <= size)
        part, inside, local = part_of(loose, gemeente, free, pairs)
        if not budget.affords(inside.size):
            return gemeente
        program = build(part, value[free], local, objective[inside])
        relaxed = relax_by_flow(part, program)
        if relaxed is None:
            return gemeente
        mine = space.persons[h[inside]] == size
        whole = inside[mine & (relaxed.pair_value > WHOLE)]
        gemeente[h[whole]] = g[whole]
        split = free & (gemeente < 0) & (space.persons == size)
        if split.any():
            price = relaxed.duals.opgave[g] * space.persons[h]
            place_split(loose, value, gemeente, split, pairs, objective - price)
    return gemeente


def part_of(space: Space, gemeente: IntArray, free: BoolArray, pairs: PairList) -> tuple[Space, IntArray, PairList]:
    """Return the part of the free households, which pairs fit in it, and those pairs in the numbers of the part."""
    part = free_part(space, gemeente, free)
    number = np.cumsum(free) - 1
    inside = np.flatnonzero(free[pairs[0]])
    local = number[pairs[0][inside]], pairs[1][inside]
    fits = part.allowed[local]
    return part, inside[fits], (local[0][fits], local[1][fits])


def place_split(
    space: Space, value: ValueArray, gemeente: IntArray, split: BoolArray, pairs: PairList, profit: FloatArray
) -> None:
    """Give the split households of one size whole places, by profit; fills ``gemeente`` in."""
    part, inside, local = part_of(space, gemeente, split, pairs)
    program = build(part, value[split], local, profit[inside])
    scale = float(np.abs(program.objective).max(initial=0.0)) / SPLIT_SHARP or 1.0
    placed = solve_whole(part, program, scale, SPLIT_NODES).gemeente
    if placed is not None:
        gemeente[split] = placed
