"""Proof by widening: search all answers near the bound, from the nearest outward; docs/method-solver.md, section 4."""

from dataclasses import replace

import numpy as np

from optimizer.solve.arrays import BoolArray, IntArray
from optimizer.solve.branch import Branched, branch, some_sides
from optimizer.solve.contest import Contest, lower_contest, open_contest
from optimizer.solve.core import Core, contested_gemeenten, thin, tight, unit_of
from optimizer.solve.improve import search, settle
from optimizer.solve.knapsack import some
from optimizer.solve.search import Search, State
from optimizer.solve.space import Space, region_load

STRICT = 4.0  # what the gap of an earlier level costs, in times what this level may gain
THOROUGH = 2_500_000  # pairs times nodes of the longest proof
FEWEST = 20  # nodes
WIDTHS = 64  # parts of the gap: the first width
DEEPER = 2.0  # growth of the width
WIDENINGS = 12
WHOLE_CORE, CORE_NODES = 2_500, 100  # pairs and nodes of a whole-number program that keeps earlier levels by rows


def keep_strictly(find: Search, state: State, contest: Contest) -> Contest:
    """Weigh the earlier levels so much that a branch that cannot keep them is seen at once; (14).

    What separates the bound of an earlier level from its value then costs `STRICT` times what this level may gain.
    """
    space, duals = find.space, state.relaxation.duals
    gap = contest.bound - state.value
    more = np.array([max(0.0, STRICT * gap / kept.slack - w) for kept, w in zip(space.kept, duals.weight, strict=True)])
    floors = float(sum(m * kept.floor for m, kept in zip(more, space.kept, strict=True)))
    heavy = replace(duals, weight=duals.weight + more, constant=duals.constant - floors)
    price = contest.price + np.sum([m * kept.price for m, kept in zip(more, space.kept, strict=True)], axis=0)
    return lower_contest(open_contest(space, find.value, heavy, price), float(state.value), find.budget)


def by_rows(space: Space, contested: BoolArray) -> bool:
    """Tell whether rows of a whole-number program keep the earlier levels: in a loose month weights (14) are blunt."""
    return bool(space.kept) and not tight(contested)


def prove(find: Search, state: State, core: Core, effort: int) -> State:
    """Search all answers near the bound, from the nearest outward; what lies further off is worth less by the width.

    Any answer that uses a pair that loses more than the width is worth at most the bound minus the width. So an answer
    found above that is the best of all, and when there is none, the bound falls by the width.
    """
    contest = core.contest
    contested = contested_gemeenten(find.space, state)
    width = max((contest.bound - state.value) / WIDTHS, unit_of(find, state))
    for _ in range(WIDENINGS):
        if find.over(state):
            break
        gap = contest.bound - state.value
        width = min(width, gap)
        chosen = thin(core, core.within(width, state.gemeente), contested, state.gemeente)
        beat = max(float(state.value), contest.bound - width)
        found = solve_core(find, state, core, chosen, contested, beat, effort)
        bound = max(found.bound, contest.bound - width, float(state.value))
        state = replace(state, bound=max(float(state.value), min(state.bound, bound)))
        overfull = np.zeros_like(contested)
        if found.gemeente is not None:
            overfull = overfilled(find.space, found.gemeente)
            state = find.accept(state, settle(find.space, find.value, found.gemeente, state.gemeente))
        find.report(state)
        if (overfull & ~contested).any():
            contested = contested | overfull
        elif not found.complete or width >= gap:
            break
        else:
            width *= DEEPER
    return state


def solve_core(
    find: Search, state: State, core: Core, chosen: IntArray, contested: BoolArray, beat: float, effort: int
) -> Branched:
    """Solve the core of some pairs in whole numbers, with the capacities that are not contested dropped.

    Earlier levels that are kept by a row spoil the bound (10): HiGHS then solves a core that it can hold.
    """
    space, pairs = relaxed(find.space, contested), core.contest.pairs
    if by_rows(space, contested):
        if chosen.size > WHOLE_CORE or effort < THOROUGH:
            return Branched(None, np.inf, complete=False, nodes=0)
        own = pairs.household[chosen], pairs.gemeente[chosen]
        weight = state.relaxation.duals.weight
        limit = CORE_NODES
        found = search(space, find.value, own, weight, node_limit=limit, time_limit_s=find.budget.left_s)
        find.budget.spend(chosen.size, found.nodes)
        return Branched(found.gemeente, found.bound, found.complete, found.nodes)
    here = some(pairs, chosen)._replace(opgave=space.opgave, full=space.full)
    sides = some_sides(core.sides, here, chosen)._replace(capacity=space.capacity, ceiling=space.ceiling)
    return branch(
        space,
        here,
        sides,
        core.contest.price,
        core.contest.constant,
        beat=beat,
        unit=unit_of(find, state),
        nodes=max(FEWEST, effort // max(1, chosen.size)),
        budget=find.budget,
    )


def relaxed(space: Space, contested: BoolArray) -> Space:
    """Drop every capacity that is not contested: what is left bounds the level."""
    everybody, plenty = int(space.persons.sum()), np.maximum(space.capacity, int(space.use.sum()))
    open_region = np.zeros(space.ceiling.size, dtype=np.bool_)
    open_region[space.region[~contested & (space.region >= 0)]] = True
    return space.replace(
        opgave=np.where(contested, space.opgave, everybody),
        capacity=np.where(contested[:, None], space.capacity, plenty),
        ceiling=np.where(open_region, everybody, space.ceiling),
    )


def overfilled(space: Space, gemeente: IntArray) -> BoolArray:
    """[gemeenten], True where an answer takes more than there is room for, in the gemeente or in its region."""
    load = space.load(gemeente)
    overfull: BoolArray = (load > space.opgave) | (space.resource_load(gemeente) > space.capacity).any(axis=1)
    if space.ceiling.size:
        overfull |= (space.region >= 0) & (region_load(space, load) > space.ceiling)[space.region]
    return overfull
