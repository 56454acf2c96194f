"""Search the core: the few pairs that an answer better than the incumbent could use; equation (13)."""

from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np

from optimizer.solve.anneal import PATIENCE as DRAWN_PATIENCE
from optimizer.solve.anneal import anneal, warm
from optimizer.solve.arrays import BoolArray, FloatArray, IntArray, ValueArray
from optimizer.solve.branch import Branched, Sides, branch, some_sides
from optimizer.solve.contest import Contest, lower_contest, open_contest, pair_losses
from optimizer.solve.duals import worth
from optimizer.solve.improve import search, settle, side_by_side
from optimizer.solve.knapsack import Pairs, some
from optimizer.solve.neighbourhood import draw_groups, tie_gemeenten
from optimizer.solve.part import free_part, put_back
from optimizer.solve.search import FLOAT_TOLERANCE, Search, State
from optimizer.solve.space import Space, magnitude, region_load, total

LARGEST = 6_000  # households; above it the relaxation is so sharp that its rounding is the answer
NEAR, PART_PAIRS = 1.7, 3.0  # pairs per household that the annealing draws from, and that a part may use
CHAINS = 2  # annealings side by side: fixed, so that the number of workers cannot change an answer
CHUNK = 500_000  # draws between two looks at the clock
COLD = 1.0  # last temperature, in widths of the near pairs
STRICT = 4.0
SMALL = 600  # households of a month that is proven before anything else is tried
QUICK, THOROUGH = 2_500_000, 2_500_000  # pairs times nodes of a first and of a last proof
FEWEST = 20  # nodes
WIDTHS = 64  # parts of the gap: the first width of a proof
WIDENINGS = 12
WHOLE_CORE, CORE_NODES = 2_500, 100  # pairs and nodes of a whole-number program that keeps earlier levels by rows
PART_NODES = 30
DEEPER = 2.0  # growth of the width in a proof
BATCH = 4  # parts searched side by side: fixed
PATIENCE = 2  # batches without success before the parts grow
PART_FIRST = 0.06  # of the slack: how near to its bound a part is searched first
PART_DEEPER = 2.5
PENALTY = 2.0  # of the relaxation's weights: what the annealing pays for earlier levels


class Turn(NamedTuple):
    """One turn of the search.

    ``draws`` per household from the temperature ``hot`` (in widths of the near pairs); a ``proof`` of so many pairs
    times nodes; then parts of these ``sizes``, in gemeenten, of so many ``nodes``.
    """

    draws: int
    hot: float
    proof: int
    sizes: tuple[int, ...]
    nodes: int


TURNS = (
    Turn(3_000, 12.0, 600_000, (20, 30), 150),
    Turn(12_000, 12.0, 0, (20, 30, 45), 150),
    Turn(12_000, 3.0, 0, (30, 45, 65), 400),
    Turn(12_000, 3.0, 0, (45, 65, 90), 1_000),
    Turn(12_000, 3.0, 0, (45, 65, 90), 2_500),
)


LOOSE_TURNS = (Turn(500, 12.0, 600_000, (8, 14, 22), 150),)


@dataclass(frozen=True, eq=False)
class Core:
    """A contest with the loss of every pair.

    Attributes
    ----------
    contest
        The prices and the bound.
    lost
        [pairs], equation (13).
    sides
        What answers must satisfy beside the opgaven, for every pair.
    """

    contest: Contest
    lost: FloatArray
    sides: Sides

    def width(self, per_household: float, contested: BoolArray) -> float:
        """Return the width that leaves each household so many contested pairs on average."""
        lost = self.lost[contested[self.contest.pairs.gemeente]]
        count = int(per_household * self.contest.price.size)
        if count >= lost.size:
            return float(lost[np.isfinite(lost)].max(initial=0.0))
        return float(np.partition(lost, count)[count])

    def within(self, width: float, gemeente: IntArray) -> IntArray:
        """Return the places of the pairs that lose at most ``width``, and of those of an answer."""
        pairs = self.contest.pairs
        return np.flatnonzero((self.lost <= width) | (gemeente[pairs.household] == pairs.gemeente))


def search_contest(find: Search, state: State) -> State:
    """Price the households (10), then prove on the core, anneal and search parts in turn."""
    if find.space.persons.size > LARGEST:
        return state
    contest = open_contest(find.space, find.value, state.relaxation.duals, state.relaxation.scan.best)
    contest = lower_contest(contest, float(state.value), find.budget)
    state = replace(state, contest=contest, bound=min(state.bound, contest.bound))
    find.report(state)
    if find.over(state):
        return state
    core = strict = make_core(find, contest)
    crowded = tight(contested_gemeenten(find.space, state))
    if find.space.kept and crowded:
        strict = make_core(find, keep_strictly(find, state, contest))
    state = prove(find, state, strict, QUICK if find.space.kept or find.space.persons.size <= SMALL else 0)
    for turn in TURNS if crowded else LOOSE_TURNS:
        if find.over(state):
            return state
        state = cool(find, state, core, turn)
        state = prove(find, state, strict, turn.proof)
        state = search_parts(find, state, core, turn)
    return prove(find, state, strict, THOROUGH)


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


def make_core(find: Search, contest: Contest) -> Core:
    """Compute the loss of every pair of a contest."""
    return Core(contest, pair_losses(contest), all_sides(find.space, find.value, contest.pairs))


def all_sides(space: Space, value: ValueArray, pairs: Pairs) -> Sides:
    """Collect what `Sides` holds for some pairs of a space."""
    h, g = pairs.household, pairs.gemeente
    kept = [one.value[h, g].astype(np.float64) for one in space.kept]
    floor = [one.floor - 1e-12 * abs(one.floor) * np.issubdtype(one.value.dtype, np.floating) for one in space.kept]
    place = np.argsort(h, kind="stable")
    return Sides(
        own=value[h, g].astype(np.float64),
        use=space.use,
        capacity=space.capacity,
        region=space.region,
        ceiling=space.ceiling,
        kept=np.array(kept).reshape(len(kept), h.size),
        floor=np.array(floor, dtype=np.float64),
        first=np.searchsorted(h[place], np.arange(space.persons.size + 1)).astype(np.int64),
        place=place,
    )


def unit_of(find: Search, state: State) -> float:
    """Return what a better answer is better by, at least."""
    if np.issubdtype(find.value.dtype, np.integer):
        return 0.999
    return 0.5 * FLOAT_TOLERANCE * max(abs(state.value), magnitude(find.value))


def contested_gemeenten(space: Space, state: State) -> BoolArray:
    """Gemeenten with a price, or that must be full; all of them where these are most of them."""
    duals = state.relaxation.duals
    contested: BoolArray = (duals.per_person > 0) | space.full | (duals.resource > 0).any(axis=1)
    return contested | tight(contested)


def tight(contested: BoolArray) -> bool:
    """Tell whether most gemeenten are contested: branching is then sharper than cuts."""
    return 2 * int(contested.sum()) > contested.size


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


def thin(core: Core, chosen: IntArray, contested: BoolArray, gemeente: IntArray) -> IntArray:
    """Leave each household its best pair outside the contested gemeenten, for each value of the earlier levels.

    Where no capacity counts, the others cannot matter. Among equals the present gemeente comes first: it has room.
    """
    pairs, sides = core.contest.pairs, core.sides
    outside = ~contested[pairs.gemeente[chosen]]
    home = chosen[outside]
    h = pairs.household[home]
    elsewhere = (pairs.gemeente[home] != gemeente[h]).astype(np.int8)
    order = np.lexsort((pairs.gemeente[home], elsewhere, core.lost[home], *sides.kept[:, home], h))
    home, h = home[order], h[order]
    first = np.ones(home.size, dtype=np.bool_)
    first[1:] = (h[1:] != h[:-1]) | (sides.kept[:, home[1:]] != sides.kept[:, home[:-1]]).any(axis=0)
    return np.sort(np.concatenate([chosen[~outside], home[first]]))


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
    if space.kept and not tight(contested):
        if chosen.size > WHOLE_CORE:
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


def cool(find: Search, state: State, core: Core, turn: Turn) -> State:
    """Anneal from the present answer and take the best of some chains."""
    space, contest, draws = find.space, core.contest, turn.draws * find.space.persons.size
    near_width = core.width(NEAR, contested_gemeenten(space, state))
    exchange = PENALTY * state.relaxation.duals.weight
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
    cooling = (COLD / turn.hot) ** (1000.0 / draws)

    def chain(seed: int) -> IntArray:
        heat = warm(pairs, core.sides, link, seed)
        temperature, left = turn.hot * scale, draws
        while left > 0 and not find.budget.late:
            step = min(CHUNK, left)
            temperature = anneal(
                pairs, core.sides, heat, table, near, ~space.must_link, DRAWN_PATIENCE, step, temperature, cooling
            )
            left -= step
        return heat.kept

    seeds = find.rng.integers(1, 2**31, CHAINS).tolist()
    find.budget.spend_pairs(CHAINS * draws)
    for kept in side_by_side([partial(chain, seed) for seed in seeds], find.workers):
        gemeente = np.where(kept >= 0, pairs.gemeente[kept], -1)
        state = find.accept(state, gemeente)
    find.report(state)
    return state


def search_parts(find: Search, state: State, core: Core, turn: Turn) -> State:
    """Search groups of gemeenten that compete for the same households, larger ones when nothing improves."""
    for size in turn.sizes:
        misses = 0
        while misses < PATIENCE and not find.over(state):
            new = search_batch(find, state, core, size, turn.nodes)
            misses = misses + 1 if new.value == state.value else 0
            state = new
            find.report(state)
    return state


def search_batch(find: Search, state: State, core: Core, size: int, nodes: int) -> State:
    """Search some disjoint groups of gemeenten side by side and take what is better."""
    space, pairs = find.space, core.contest.pairs
    contested = contested_gemeenten(space, state)
    chosen = core.within(core.width(PART_PAIRS + len(space.kept), contested), state.gemeente)
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
    contested = contested_gemeenten(space, state)
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
    sides = some_sides(core.sides, here, reach)._replace(
        use=part.use, capacity=part.capacity, ceiling=part.ceiling, floor=np.array([k.floor for k in part.kept])
    )
    if space.kept or not tight(contested):
        pairs = here.household, here.gemeente
        weight = state.relaxation.duals.weight
        whole = search(part, find.value[free], pairs, weight, node_limit=PART_NODES, time_limit_s=find.budget.left_s)
        find.budget.spend(reach.size, whole.nodes)
        return None if whole.gemeente is None else put_back(gemeente, free, whole.gemeente)
    present = float(total(find.value, np.where(free, gemeente, -1)))
    constant = contest.constant + worth_of_rest(find, state, free)
    unit = unit_of(find, state)
    look = partial(branch, part, here, sides, contest.price[free], constant, unit=unit, budget=find.budget)
    slack = look(beat=present, nodes=1).bound - present
    width = PART_FIRST * slack
    while slack > 1.5 * unit and not find.budget.exhausted:
        found: Branched = look(beat=max(present, present + slack - width), nodes=nodes)
        if found.gemeente is not None:
            return put_back(gemeente, free, found.gemeente)
        if width >= slack:
            return None
        width = min(slack, PART_DEEPER * width)
    return None


def worth_of_rest(find: Search, state: State, free: BoolArray) -> float:
    """What the households that stay are worth above their own value: their share of the priced capacities."""
    rest = np.flatnonzero(~free & (state.gemeente >= 0))
    if rest.size == 0:
        return 0.0
    block = worth(find.space, find.value, state.relaxation.duals, rest)
    to = state.gemeente[rest]
    return float((block[np.arange(rest.size), to] - find.value[rest, to]).sum())
