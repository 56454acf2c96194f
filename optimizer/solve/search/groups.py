"""Search groups of gemeenten that compete for the same households; docs/method-solver.md, section 6."""

from functools import partial

import numpy as np

from optimizer.solve.bound.contest import charged
from optimizer.solve.bound.dual import Duals, worth
from optimizer.solve.problem.arrays import BoolArray, IntArray
from optimizer.solve.problem.pairs import some
from optimizer.solve.problem.reopen import free_part, put_back
from optimizer.solve.problem.room import needs_table, room_table
from optimizer.solve.problem.sides import some_sides
from optimizer.solve.problem.space import total
from optimizer.solve.prove.branch import Branched, branch
from optimizer.solve.prove.core import Core, thin, tight, unit_of
from optimizer.solve.run.workers import side_by_side
from optimizer.solve.search.ties import draw_groups, tie_gemeenten
from optimizer.solve.whole.programs import search
from optimizer.solve.whole.state import Search, State

PART_PAIRS = 3.0  # contested pairs per household that a part may use; one more for each level that is kept
BATCH = 4  # parts side by side: fixed, so that the number of workers cannot change an answer
MISSES = 2  # batches without success before the parts grow
ROW_NODES = 30  # of a part that HiGHS searches
FIRST_WIDTH = 0.06  # of the slack: how near to its bound a part is searched first
DEEPER = 2.5  # growth of that width


def search_parts(find: Search, state: State, core: Core, sizes: tuple[int, ...], nodes: int) -> State:
    """Search groups of gemeenten that compete for the same households, larger ones when nothing improves."""
    for size in sizes:
        misses = 0
        while misses < MISSES and not find.over(state):
            new = search_batch(find, state, core, size, nodes)
            misses = misses + 1 if new.value == state.value else 0
            state = new
            find.report(state)
    return state


def search_batch(find: Search, state: State, core: Core, size: int, nodes: int) -> State:
    """Search some disjoint groups of gemeenten side by side and take what is better."""
    space, pairs = find.space, core.contest.pairs
    contested = core.contest.contested
    chosen = core.within(core.width(PART_PAIRS + len(space.kept)), state.gemeente)
    chosen = thin(core, chosen, contested, state.gemeente)
    h, g = pairs.household[chosen], pairs.gemeente[chosen]
    mine = g == state.gemeente[h]
    lost = np.zeros(space.persons.size)
    lost[h[mine]] = core.lost[chosen[mine]]
    ties = tie_gemeenten(space, state.gemeente, (h, g), lost, state.relaxation.duals.per_person)
    groups = draw_groups(ties, contested & (space.opgave > 0), size, BATCH, find.rng)
    results = side_by_side(
        [partial(search_part, find, state, core, chosen, group, nodes) for group in groups], find.workers
    )
    before = state.gemeente
    for new in results:
        if new is not None:
            state = find.accept(state, np.where(new != before, new, state.gemeente))
    return state


def search_part(
    find: Search, state: State, core: Core, chosen: IntArray, group: BoolArray, nodes: int
) -> IntArray | None:
    """Search one group of gemeenten with the households that may move to it; None when nothing is better."""
    space, contest, every = find.space, core.contest, core.contest.pairs
    gemeente = state.gemeente
    contested = contest.contested
    reach = chosen[(group | ~contested)[every.gemeente[chosen]]]
    near = np.zeros(gemeente.size, dtype=np.bool_)
    near[every.household[chosen[group[every.gemeente[chosen]]]]] = True
    free = near & ~((gemeente >= 0) & (contested & ~group)[gemeente])
    part = free_part(space, gemeente, free)
    reachable = group | ~contested
    part = part.replace(opgave=np.where(reachable, part.opgave, 0), full=part.full & group)
    reach = reach[free[every.household[reach]]]
    number = (np.cumsum(free) - 1).astype(np.int64)
    here = some(every, reach)
    here = here._replace(household=number[here.household], opgave=part.opgave, full=part.full)
    sides = some_sides(core.sides, here, reach)
    floor = np.array([kept.floor for kept in part.kept])
    sides = sides._replace(needs=needs_table(part.needs), room=room_table(part.room), floor=floor)
    if space.kept or not tight(contested):
        pairs = here.household, here.gemeente
        weight = contest.duals.weight
        whole = search(part, find.value[free], pairs, weight, node_limit=ROW_NODES, time_limit_s=find.budget.left_s)
        find.budget.spend(reach.size, whole.nodes)
        return None if whole.gemeente is None else put_back(gemeente, free, whole.gemeente)
    present = float(total(find.value, np.where(free, gemeente, -1)))
    constant = contest.constant + worth_of_rest(find, contest.duals, state.gemeente, free)
    unit = unit_of(find, state)
    look = partial(branch, part, here, sides, contest.price[free], constant, unit=unit, budget=find.budget)
    slack = look(beat=present, nodes=1).bound - present
    width = FIRST_WIDTH * slack
    while slack > 1.5 * unit and not find.budget.exhausted:
        found: Branched = look(beat=max(present, present + slack - width), nodes=nodes)
        if found.gemeente is not None:
            return put_back(gemeente, free, found.gemeente)
        if width >= slack:
            return None
        width = min(slack, DEEPER * width)
    return None


def worth_of_rest(find: Search, duals: Duals, gemeente: IntArray, free: BoolArray) -> float:
    """What the households that stay are worth above their own value: their share of the priced capacities."""
    rest = np.flatnonzero(~free & (gemeente >= 0))
    if rest.size == 0:
        return 0.0
    pay, _ = charged(find.space, duals)
    block = worth(find.space, find.value, duals, rest) + find.space.persons[rest, None] * pay
    to = gemeente[rest]
    return float((block[np.arange(rest.size), to] - find.value[rest, to]).sum())
