"""One level: relax, round, price the contested gemeenten, search until proven or out of budget."""

from dataclasses import replace

import numpy as np

from optimizer.solve.bound.dual import best_pairs, no_prices, nothing_known, scan
from optimizer.solve.bound.relaxation import Relaxation, merge_pairs, opgaven_only, price_out
from optimizer.solve.large.month import price_and_round
from optimizer.solve.problem.answer import Status
from optimizer.solve.problem.arrays import FloatArray, IntArray, PairList
from optimizer.solve.problem.sizes import is_crowd, is_middle
from optimizer.solve.problem.space import magnitude, total
from optimizer.solve.problem.start import Prices
from optimizer.solve.prove.core import anneals_first, contested_gemeenten
from optimizer.solve.prove.kinds import solve_kinds
from optimizer.solve.prove.outright import solve_outright
from optimizer.solve.prove.resume import resume
from optimizer.solve.search.contested import search_contest
from optimizer.solve.whole.by_size import round_by_size
from optimizer.solve.whole.greedy import link_greedily
from optimizer.solve.whole.programs import search_free
from optimizer.solve.whole.state import Search, State

FIRST_PAIRS = 6  # pairs a household has at the start
ROUND_PAIRS = 12  # pairs a household that the relaxation splits may choose from
ROUND_NODES = 20


def solve_level(find: Search, start: IntArray, prices: Prices | None = None, kept: tuple[int, ...] = ()) -> State:
    """Maximise one level over a space, from a feasible start, and from the prices of an earlier search.

    ``kept`` names the levels that rows of the space keep.
    """
    space, value = find.space, find.value
    zero, crowd = no_prices(space), is_crowd(space)
    first = nothing_known(space, find.largest) if find.budget.late or crowd else scan(space, value, zero)
    free = Relaxation(zero, first, None, np.zeros(0))
    state = State(start, total(value, start), free.bound, free, kept=kept)
    if prices is not None and not find.over(state):
        with find.budget.phase("resume"):
            state = resume(find, state, prices, kept)
    steps = (solve_crowd, search_contest) if crowd else (relax_and_round, solve_kinds, solve_outright, search_contest)
    for step in steps:
        if find.over(state):
            break
        with find.budget.phase(step.__name__):
            state = step(find, state)
        find.report(state)
    return with_ending(find, state)


def with_ending(find: Search, state: State) -> State:
    """Return a state that says whether it is proven, and else what ended the search."""
    if find.closed(state):
        return replace(state, status=Status.PROVEN, ended="proven")
    ended = find.budget.ended_by or "default"
    return replace(state, status=Status.GAP if ended == "default" else Status.LIMIT, ended=ended)


def solve_crowd(find: Search, state: State) -> State:
    """Solve a large level by boxes; where rounding did not fill what must be full, as a smaller one is solved."""
    new = price_and_round(find, state)
    if find.over(new) or new.value > state.value or not find.space.full.any():
        return new
    return relax_and_round(find, new)


def relax_and_round(find: Search, state: State) -> State:
    """Solve the relaxation (6), then whole numbers for the households that it splits."""
    space, value = find.space, find.value
    ties = find.ties * magnitude(value) * 1e-9
    pairs = first_pairs(find, state, ties)
    relaxation = price_out(space, value, pairs, state.relaxation, find.budget, ties=ties, enough=state.value)
    state = find.lower(replace(state, relaxation=relaxation), relaxation.bound, "")
    if find.closed(state) or relaxation.program is None:
        return state
    if anneals_first(space, contested_gemeenten(space, relaxation.duals)):
        return solve_crowd(find, state) if is_middle(space) else state
    return round_up(find, state)


def first_pairs(find: Search, state: State, ties: FloatArray) -> PairList:
    """Choose the pairs that the relaxation starts from: the best of each household, and those of the present answer.

    Without its further capacities a level is a flow, which names most of the pairs that a program with them needs.
    """
    space, value = find.space, find.value
    linked = np.flatnonzero(state.gemeente >= 0)
    mine = linked, state.gemeente[linked]
    h, g, _ = best_pairs(space, value, state.relaxation.duals, ties, FIRST_PAIRS)
    pairs = merge_pairs(space.opgave.size, (h, g), mine)
    if space.plain or space.kept:
        return pairs
    rough = price_out(opgaven_only(space), value, pairs, state.relaxation, find.budget, ties=ties)
    if rough.program is None:
        return pairs
    prices = replace(no_prices(space), opgave=rough.duals.opgave)
    h, g, _ = best_pairs(space, value, prices, ties, FIRST_PAIRS)
    return merge_pairs(space.opgave.size, (h, g), mine, (rough.program.pair_h, rough.program.pair_g))


def round_up(find: Search, state: State) -> State:
    """Turn the relaxed answer into whole households."""
    space, relaxation, program = find.space, state.relaxation, state.relaxation.program
    if program is None:
        return state
    ties = find.ties * magnitude(find.value) * 1e-9
    h, g, _ = best_pairs(space, find.value, relaxation.duals, ties, ROUND_PAIRS)
    pairs = merge_pairs(space.opgave.size, (h, g), (program.pair_h, program.pair_g))
    whole = relaxation.pair_value > 1 - 1e-6
    gemeente = np.full(space.persons.size, -1, dtype=np.int64)
    gemeente[program.pair_h[whole]] = program.pair_g[whole]
    if space.plain:
        find.budget.spend(pairs[0].size * space.sizes.size)
        nobody = np.full_like(gemeente, -1)
        new = place_rest(find, state, pairs, round_by_size(space, find.value, pairs, nobody, find.budget))
        if new.value > state.value:
            return new
    # Where the households that were left find no room: keep what is whole, and choose again for all others together.
    state = find.accept(state, link_greedily(space, find.value, relaxation.duals, ties, gemeente, find.budget))
    return place_rest(find, state, pairs, gemeente)


def place_rest(find: Search, state: State, pairs: PairList, gemeente: IntArray) -> State:
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
