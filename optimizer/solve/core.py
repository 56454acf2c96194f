"""Search the core: the few pairs that an answer better than the incumbent could use; equation (13)."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from optimizer.solve.arrays import BoolArray, FloatArray, IntArray
from optimizer.solve.contest import Contest, ascend, inside_loss, open_contest
from optimizer.solve.duals import blocks, worth
from optimizer.solve.improve import Pairs, search, search_free, settle, side_by_side
from optimizer.solve.neighbourhood import draw_groups, tie_gemeenten
from optimizer.solve.relax import merge_pairs
from optimizer.solve.search import Search, State
from optimizer.solve.space import Space

TRIAL_PAIRS = 3.0  # contested pairs a household has in a narrow core
EASY_CORE = 2_500  # contested pairs: solve at once
WHOLE_CORE = 6_000  # contested pairs that one whole-number program may have
SMALL, SMALL_CORE = 600, 20_000  # a regional month: all its pairs
CORE_NODES = 500
PART_NODES = 30
WIDENINGS = 6
LARGEST = 6_000  # households; above it the relaxation is so sharp that its rounding is the answer
BATCH = 4  # parts searched side by side: fixed, so that the number of workers cannot change an answer
PATIENCE = 2  # batches without success before the parts grow
GROWTH = (8, 14, 22)  # gemeenten in a part


@dataclass(frozen=True, eq=False)
class Core:
    """The loss of every contested pair, and of the best uncontested ones; equation (13)."""

    contest: Contest
    contested: BoolArray
    loss: FloatArray
    home_h: IntArray
    home_g: IntArray
    home_loss: FloatArray

    def size(self, width: float) -> int:
        """Count the contested pairs that lose at most ``width``."""
        return int((self.loss <= width).sum())

    def pairs(self, width: float) -> Pairs:
        """Pairs that lose at most ``width``."""
        h, k = np.nonzero(self.loss <= width)
        near = self.home_loss <= width
        return np.concatenate([h, self.home_h[near]]), np.concatenate([self.contest.column[k], self.home_g[near]])


def search_contest(find: Search, state: State) -> State:
    """Price the contested gemeenten (10), then search the core; widen the contest where the answer overfills."""
    if find.space.persons.size > LARGEST:
        return state
    contested = contested_gemeenten(find.space, state)
    easy = SMALL_CORE if find.space.persons.size <= SMALL else EASY_CORE
    for _ in range(WIDENINGS):
        state, core = price_contest(find, state, contested)
        if find.over(state):
            return state
        if core.size(core.contest.bound - state.value) > easy:
            state = search_parts(find, state, core)
        if find.over(state):
            return state
        state, overfull = search_core(find, state, core)
        find.report(state)
        if find.over(state) or not (overfull & ~contested).any():
            return state
        contested = contested | overfull
    return state


def contested_gemeenten(space: Space, state: State) -> BoolArray:
    """Gemeenten with a price, or that must be full."""
    duals = state.relaxation.duals
    return (duals.per_person > 0) | space.full | (duals.resource > 0).any(axis=1)


def price_contest(find: Search, state: State, contested: BoolArray) -> tuple[State, Core]:
    """Find household prices for the contest and the loss of every pair."""
    space, value, relaxation = find.space, find.value, state.relaxation
    contest = open_contest(space, value, relaxation.duals, relaxation.scan.best, contested)
    contest = ascend(contest, float(state.value), find.budget)
    state = replace(state, contest=contest, bound=min(state.bound, contest.bound))
    return state, make_core(find, state, contest, contested)


def make_core(find: Search, state: State, contest: Contest, contested: BoolArray) -> Core:
    """Compute the losses (13); of uncontested pairs with the same kept values only the best can matter."""
    space, value, duals = find.space, find.value, state.relaxation.duals
    width = contest.bound - state.value
    hs, gs, ls = [], [], []
    for rows in blocks(space):
        loss = contest.price[rows, None] - worth(space, value, duals, rows)
        loss[:, contested] = np.inf
        # Among equals the present gemeente comes first: it is known to have room.
        present = np.flatnonzero(state.gemeente[rows] >= 0)
        at = state.gemeente[rows][present]
        tie = np.ones(loss.shape, dtype=np.int8)
        tie[present, at] = 0
        h, g = np.nonzero(loss <= width)
        keys = [kept.value[rows.start + h, g] for kept in space.kept]
        order = np.lexsort((g, tie[h, g], loss[h, g], *keys, h))
        h, g = h[order], g[order]
        first = np.ones(h.size, dtype=np.bool_)
        if h.size:
            same = h[1:] == h[:-1]
            for key in keys:
                same &= key[order][1:] == key[order][:-1]
            first[1:] = ~same
        hs.append(rows.start + h[first])
        gs.append(g[first])
        ls.append(loss[h[first], g[first]])
    return Core(contest, contested, inside_loss(contest), np.concatenate(hs), np.concatenate(gs), np.concatenate(ls))


def relaxed(space: Space, contested: BoolArray) -> Space:
    """Drop the capacities of gemeenten that are not contested: what is left bounds the level."""
    everybody = int(space.persons.sum())
    plenty = np.maximum(space.capacity, int(space.use.sum()))
    return space.replace(
        opgave=np.where(contested, space.opgave, everybody),
        capacity=np.where(contested[:, None], space.capacity, plenty),
    )


def overfilled(space: Space, gemeente: IntArray) -> BoolArray:
    """[gemeenten], True where an answer takes more persons, or more of a resource, than there is room for."""
    used = space.resource_load(gemeente)
    overfull: BoolArray = (space.load(gemeente) > space.opgave) | (used > space.capacity).any(axis=1)
    return overfull


def search_core(find: Search, state: State, core: Core) -> tuple[State, BoolArray]:
    """Solve the core as wide as the gap, for proof, where one whole-number program can hold it."""
    gap = core.contest.bound - state.value
    if core.size(gap) > (SMALL_CORE if find.space.persons.size <= SMALL else WHOLE_CORE):
        return state, np.zeros(find.space.opgave.size, dtype=np.bool_)
    return solve_core(find, state, core, gap)


def trial_width(core: Core, gap: float) -> float:
    """Width that leaves each household `TRIAL_PAIRS` contested pairs on average."""
    count = int(TRIAL_PAIRS * core.loss.shape[0])
    if count >= core.loss.size:
        return gap
    return min(gap, float(np.partition(core.loss.ravel(), count)[count]))


def solve_core(find: Search, state: State, core: Core, width: float) -> tuple[State, BoolArray]:
    """Solve a core in whole numbers; what lies outside is worth at most the bound minus the width, (13)."""
    space, value = find.space, find.value
    linked = np.flatnonzero(state.gemeente >= 0)
    pairs = merge_pairs(space.opgave.size, core.pairs(width), (linked, state.gemeente[linked]))
    weight = state.relaxation.duals.weight
    found = search(
        relaxed(space, core.contested), value, pairs, weight, node_limit=CORE_NODES, time_limit_s=find.budget.left_s
    )
    find.budget.spend(pairs[0].size, found.nodes)
    gap = core.contest.bound - state.value
    outside = -np.inf if width >= gap else core.contest.bound - width
    bound = min(state.bound, max(found.bound, outside, float(state.value)))
    overfull = np.zeros(space.opgave.size, dtype=np.bool_)
    if found.gemeente is not None:
        overfull = overfilled(space, found.gemeente)
        state = find.accept(state, settle(space, value, found.gemeente, state.gemeente))
    return replace(state, bound=max(bound, float(state.value))), overfull


def search_parts(find: Search, state: State, core: Core) -> State:
    """Search groups of contested gemeenten, larger ones when nothing improves."""
    for size in GROWTH:
        misses = 0
        while misses < PATIENCE and not find.over(state):
            new = search_batch(find, state, core, size)
            misses = misses + 1 if new.value == state.value else 0
            state = new
            find.report(state)
        if core.size(core.contest.bound - state.value) <= EASY_CORE:
            return state
    return state


def present_loss(core: Core, gemeente: IntArray) -> FloatArray:
    """[households] loss of each household's present pair, 0 outside the contest."""
    place = np.full(int(core.contested.size) + 1, -1)
    place[core.contest.column] = np.arange(core.contest.column.size)
    at = place[gemeente]
    out = np.zeros(gemeente.size)
    inside = at >= 0
    out[inside] = core.loss[np.flatnonzero(inside), at[inside]]
    return np.where(np.isfinite(out), out, 0.0)


def search_batch(find: Search, state: State, core: Core, size: int) -> State:
    """Search some disjoint groups of gemeenten side by side and take what is better."""
    space, value = find.space, find.value
    gap = core.contest.bound - state.value
    h, g = core.pairs(min(gap, trial_width(core, gap)))
    linked = np.flatnonzero(state.gemeente >= 0)
    pairs = merge_pairs(space.opgave.size, (h, g), (linked, state.gemeente[linked]))
    lost = present_loss(core, state.gemeente)
    ties = tie_gemeenten(space, state.gemeente, (h, g), lost, state.relaxation.duals.per_person)
    groups = draw_groups(ties, core.contested, size, BATCH, find.rng)

    def task(group: BoolArray) -> tuple[IntArray | None, int, int]:
        reach = group[pairs[1]] | ~core.contested[pairs[1]]
        near = np.zeros(space.persons.size, dtype=np.bool_)
        near[pairs[0][group[pairs[1]]]] = True
        settled = (state.gemeente >= 0) & core.contested[state.gemeente] & ~group[state.gemeente]
        free = near & ~settled
        part = (pairs[0][reach], pairs[1][reach])
        found = search_free(
            space,
            value,
            part,
            state.relaxation.duals.weight,
            state.gemeente,
            free,
            node_limit=PART_NODES,
            time_limit_s=find.budget.left_s,
        )
        return found.gemeente, int(free.sum()), found.nodes

    results = side_by_side([partial(task, group) for group in groups], find.workers)
    before = state.gemeente
    for new, households, nodes in results:
        find.budget.spend(4 * households, nodes)
        if new is not None:
            state = find.accept(state, np.where(new != before, new, state.gemeente))
    return state
