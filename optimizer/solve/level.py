"""One level: relax, round, price the contested gemeenten, search until proven or out of budget."""

from dataclasses import replace

import numpy as np

from optimizer.solve.answer import Status
from optimizer.solve.arrays import IntArray
from optimizer.solve.duals import best_pairs, no_prices, nothing_known, scan
from optimizer.solve.greedy import link_greedily
from optimizer.solve.improve import Pairs, search_free
from optimizer.solve.relax import Relaxation, merge_pairs, price_out, sample_prices
from optimizer.solve.rounding import round_by_size
from optimizer.solve.search import Search, State
from optimizer.solve.space import magnitude, total
from optimizer.solve.turns import search_contest

FIRST = 6  # pairs a household has at the start
ROUND_PAIRS = 12  # pairs a household that the relaxation splits may choose from
ROUND_NODES = 20
SAMPLE_ABOVE = 12_000  # households
LOOSE = 5  # one in so many households is rounded anew, above that number
FIRST_SAMPLED, ROUND_SAMPLED = 3, 4  # pairs, where good prices are known beforehand


def solve_level(find: Search, start: IntArray, *, deep: bool = True) -> State:
    """Maximise one level over a space, from a feasible start; without ``deep`` only bound it."""
    space, value = find.space, find.value
    zero = no_prices(space)
    first = nothing_known(space, value) if find.budget.late else scan(space, value, zero)
    free = Relaxation(zero, first, None, np.zeros(0))
    state = State(start, total(value, start), free.bound, free)
    for step in (relax_and_round, search_contest):
        if not deep or find.over(state):
            break
        with find.budget.phase(step.__name__):
            state = step(find, state)
        find.report(state)
    status = Status.LIMIT if find.budget.exhausted else Status.GAP
    return replace(state, status=Status.PROVEN if find.closed(state) else status)


def relax_and_round(find: Search, state: State) -> State:
    """Solve the relaxation (6), then whole numbers for the households that it splits."""
    space, value = find.space, find.value
    ties = find.ties * magnitude(value) * 1e-9
    prices, first = state.relaxation.duals, FIRST
    if space.plain and space.persons.size > SAMPLE_ABOVE:
        prices, first = sample_prices(space, value, find.budget, ties), FIRST_SAMPLED
        found = scan(space, value, prices)
        if found.bound < state.bound:
            sampled = Relaxation(prices, found, None, np.zeros(0))
            state = replace(state, relaxation=sampled, bound=found.bound)
    h, g, _ = best_pairs(space, value, prices, ties, first)
    linked = np.flatnonzero(state.gemeente >= 0)
    pairs = merge_pairs(space.opgave.size, (h, g), (linked, state.gemeente[linked]))
    relaxation = price_out(space, value, pairs, state.relaxation, find.budget, ties=ties, enough=state.value)
    state = replace(state, relaxation=relaxation, bound=min(state.bound, relaxation.bound))
    if find.closed(state) or relaxation.master is None:
        return state
    return round_up(find, state)


def round_up(find: Search, state: State) -> State:
    """Turn the relaxed answer into whole households."""
    space, relaxation, master = find.space, state.relaxation, state.relaxation.master
    if master is None:
        return state
    ties = find.ties * magnitude(find.value) * 1e-9
    count = ROUND_SAMPLED if space.persons.size > SAMPLE_ABOVE else ROUND_PAIRS
    h, g, _ = best_pairs(space, find.value, relaxation.duals, ties, count)
    pairs = merge_pairs(space.opgave.size, (h, g), (master.pair_h, master.pair_g))
    whole = relaxation.pair_value > 1 - 1e-6
    gemeente = np.full(space.persons.size, -1, dtype=np.int64)
    gemeente[master.pair_h[whole]] = master.pair_g[whole]
    if space.plain:
        fixed = np.full_like(gemeente, -1)
        if gemeente.size > SAMPLE_ABOVE:
            # One household in a few is room enough to fit the others around; the rest stays as the relaxation has it.
            fixed = np.where(np.arange(gemeente.size) % LOOSE == 0, -1, gemeente)
        find.budget.spend(pairs[0].size * space.sizes.size)
        new = place_rest(find, state, pairs, round_by_size(space, find.value, pairs, fixed, find.budget))
        if new.value > state.value:
            return new
    # Where the households that were left find no room: keep what is whole, and choose again for all others together.
    state = find.accept(state, link_greedily(space, find.value, relaxation.duals, ties, gemeente, find.budget))
    return place_rest(find, state, pairs, gemeente)


def place_rest(find: Search, state: State, pairs: Pairs, gemeente: IntArray) -> State:
    """Solve the households that have no gemeente yet in whole numbers; take the answer when it is better."""
    state = find.accept(state, gemeente)
    free = gemeente < 0
    if not free.any() or find.budget.late:
        return state
    found = search_free(
        find.space,
        find.value,
        pairs,
        state.relaxation.duals.weight,
        gemeente,
        free,
        node_limit=ROUND_NODES,
        time_limit_s=find.budget.left_s,
    )
    find.budget.spend(int(free.sum()) * ROUND_PAIRS, found.nodes)
    return find.accept(state, found.gemeente)
