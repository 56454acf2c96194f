"""One level: relax, round, tighten, search until proven or out of budget."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from optimizer.solve.answer import Status
from optimizer.solve.arrays import BoolArray, FloatArray, IntArray, ValueArray
from optimizer.solve.budget import Budget
from optimizer.solve.duals import best_pairs, blocks, no_prices, pairs_within, profit, scan
from optimizer.solve.improve import better, search, search_free, side_by_side
from optimizer.solve.neighbourhood import draw_groups, tie_gemeenten
from optimizer.solve.patterns import list_patterns
from optimizer.solve.relax import Relaxation, merge_pairs, price_out
from optimizer.solve.space import Space, magnitude, total

FIRST = 6  # pairs a household has at the start
WHOLE_CORE = 6_000  # columns that one whole-number program may have
BATCH = 4  # parts searched side by side: fixed, so that the number of workers cannot change an answer
PATIENCE = 3  # batches without success before the parts grow
GROWTH = (16, 28, 48, 80)
FLOAT_TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False)
class Solved:
    """State of a level."""

    gemeente: IntArray
    value: int | float
    bound: float
    relaxation: Relaxation
    status: Status = Status.GAP


def closed(value: ValueArray, reached: float, bound: float, gap: float) -> bool:
    """Tell whether a bound proves a value: less than one unit for integers, rounding for floats, or the gap asked."""
    if gap > 0 and bound - reached <= gap * abs(reached):
        return True
    if np.issubdtype(value.dtype, np.integer):
        return bound < reached + 1
    return bound - reached <= FLOAT_TOLERANCE * max(abs(reached), magnitude(value))


@dataclass(frozen=True, eq=False)
class Search:
    """What stays the same while one level is solved."""

    space: Space
    value: ValueArray
    ties: FloatArray
    gap: float
    workers: int
    rng: np.random.Generator
    budget: Budget
    name: str

    def closed(self, state: Solved) -> bool:
        """Tell whether the level is proven."""
        return closed(self.value, state.value, state.bound, self.gap)

    def accept(self, state: Solved, new: IntArray | None) -> Solved:
        """Take a better answer."""
        if new is None or not better(self.space, self.value, state.gemeente, new):
            return state
        return replace(state, gemeente=new, value=total(self.value, new))

    def report(self, state: Solved) -> None:
        """Tell who listens."""
        if self.budget.progress is not None:
            self.budget.progress(self.name, float(state.value), state.bound)


def solve_level(
    space: Space,
    value: ValueArray,
    start: IntArray,
    budget: Budget,
    *,
    name: str = "",
    ties: FloatArray,
    gap: float = 0.0,
    workers: int = 1,
    rng: np.random.Generator,
) -> Solved:
    """Maximise one level over a space, from a feasible start."""
    find = Search(space, value, ties, gap, workers, rng, budget, name)
    zero = no_prices(space)
    free = Relaxation(zero, scan(space, value, zero), None, np.zeros(0))
    state = Solved(start, total(value, start), free.bound, free)
    for step in (relax_and_round, tighten, search_core, search_parts):
        if find.closed(state) or budget.exhausted:
            break
        with budget.phase(step.__name__):
            state = step(find, state)
        find.report(state)
    status = Status.LIMIT if budget.exhausted else Status.GAP
    return replace(state, status=Status.PROVEN if find.closed(state) else status)


def relax_and_round(find: Search, state: Solved) -> Solved:
    """Solve the relaxation (6), then whole numbers for the households that it splits."""
    space, value = find.space, find.value
    scale = magnitude(value)
    ties = find.ties * scale * 1e-9
    h, g, _ = best_pairs(space, value, state.relaxation.duals, ties, FIRST)
    linked = np.flatnonzero(state.gemeente >= 0)
    pairs = merge_pairs(space.opgave.size, (h, g), (linked, state.gemeente[linked]))
    relaxation = price_out(space, value, pairs, state.relaxation, find.budget, ties=ties, enough=state.value)
    state = replace(state, relaxation=relaxation, bound=min(state.bound, relaxation.bound))
    if find.closed(state) or relaxation.master is None:
        return state
    return round_up(find, state)


def round_up(find: Search, state: Solved) -> Solved:
    """Keep the households that the relaxation does not split; solve the others in whole numbers."""
    space, relaxation = find.space, state.relaxation
    master = relaxation.master
    if master is None:
        return state
    whole = relaxation.pair_value > 1 - 1e-6
    gemeente = np.full(space.persons.size, -1, dtype=np.int64)
    gemeente[master.pair_h[whole]] = master.pair_g[whole]
    free = gemeente < 0
    if not free.any() or not (space.load(gemeente) <= space.opgave).all():
        return find.accept(state, gemeente)
    width = magnitude(find.value) * 0.05
    new, found = search_free(
        space,
        find.value,
        relaxation.duals,
        width,
        gemeente,
        free,
        keep=False,
        node_limit=20,
        time_limit_s=find.budget.left_s,
    )
    find.budget.spend(found.columns, found.nodes)
    return find.accept(state, new)


def tighten(find: Search, state: Solved) -> Solved:
    """Sharpen the bound with patterns; equation (10)."""
    space, value = find.space, find.value
    scale = magnitude(value)
    ties = find.ties * scale * 1e-9
    before = state.relaxation
    h, g, _ = best_pairs(space, value, before.duals, ties, FIRST)
    linked = np.flatnonzero(state.gemeente >= 0)
    known = [(linked, state.gemeente[linked]), (h, g)]
    if before.master is not None:
        known.append((before.master.pair_h, before.master.pair_g))
    pairs = merge_pairs(space.opgave.size, *known)
    relaxation = price_out(
        space,
        value,
        pairs,
        before,
        find.budget,
        patterns=list_patterns(space),
        ties=ties,
        enough=state.value,
    )
    return replace(state, relaxation=relaxation, bound=min(state.bound, relaxation.bound))


def search_core(find: Search, state: Solved) -> Solved:
    """Solve the core in whole numbers; what lies outside it is worth less than the bound minus its width, (8)."""
    space, value, duals = find.space, find.value, state.relaxation.duals
    width = state.relaxation.bound - state.value
    found_scan = state.relaxation.scan
    part = 1.0
    while part > 1e-3:
        h, _ = pairs_within(space, value, duals, found_scan, width * part)
        if h.size <= WHOLE_CORE:
            break
        part /= 2
    else:
        return state
    found = search(
        space,
        value,
        duals,
        width * part,
        state.gemeente,
        node_limit=200 if part == 1.0 else 1,
        time_limit_s=find.budget.left_s,
    )
    find.budget.spend(found.columns, found.nodes)
    state = find.accept(state, found.gemeente)
    outside = -np.inf if part == 1.0 else state.relaxation.bound - width * part
    bound = max(found.bound, outside, float(state.value))
    return replace(state, bound=min(state.bound, bound))


def search_parts(find: Search, state: Solved) -> Solved:
    """Search groups of gemeenten until they are large and nothing improves."""
    for size in GROWTH:
        misses = 0
        while misses < PATIENCE:
            if find.closed(state) or find.budget.exhausted:
                return state
            new = search_batch(find, state, size)
            misses = misses + 1 if new.value == state.value else 0
            state = new
        state = search_core(find, state)
    return state


def own_cost(find: Search, state: Solved) -> FloatArray:
    """[households] reduced cost of each household's present pair, or of staying unlinked."""
    best = state.relaxation.scan.best
    out = best.copy()
    for rows in blocks(find.space):
        present = profit(find.space, find.value, state.relaxation.duals, rows)
        to = state.gemeente[rows]
        linked = np.flatnonzero(to >= 0)
        out[rows.start + linked] -= present[linked, to[linked]]
    return out


def search_batch(find: Search, state: Solved, size: int) -> Solved:
    """Search some disjoint groups of gemeenten side by side and take what is better."""
    space, value, duals = find.space, find.value, state.relaxation.duals
    width = min(
        state.relaxation.bound - state.value,
        0.03 * magnitude(value),
    )
    pairs = pairs_within(space, value, duals, state.relaxation.scan, width)
    ties = tie_gemeenten(space, state.gemeente, pairs, own_cost(find, state), duals.per_person)
    groups = draw_groups(ties, size, BATCH, find.rng)
    wanted = np.where(state.gemeente >= 0, state.gemeente, -1)
    unlinked = np.flatnonzero(wanted < 0)
    for h in unlinked.tolist():
        near = pairs[1][pairs[0] == h]
        if near.size:
            wanted[h] = near[find.rng.integers(near.size)]

    def task(group: BoolArray) -> tuple[IntArray | None, BoolArray, int, int]:
        free = (wanted >= 0) & group[wanted]
        new, found = search_free(
            space,
            value,
            duals,
            width,
            state.gemeente,
            free,
            within=group,
            node_limit=30,
            time_limit_s=find.budget.left_s,
        )
        return new, free, found.columns, found.nodes

    results = side_by_side([partial(task, group) for group in groups], find.workers)
    for new, free, columns, nodes in results:
        find.budget.spend(columns, nodes)
        if new is not None:
            merged = np.where(free, new, state.gemeente)
            state = find.accept(state, merged)
    return state
