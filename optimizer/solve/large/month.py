"""Large months: prices by boxes, then whole households for those that hesitate; docs/method-solver.md, section 6."""

from dataclasses import replace

import numpy as np

from optimizer.solve.bound.dual import EPS, Duals, Scan, no_prices
from optimizer.solve.bound.relaxation import Relaxation
from optimizer.solve.large.boxes import RIVAL_PAIRS, price_by_boxes
from optimizer.solve.large.evenly import Loose, round_evenly
from optimizer.solve.large.rivals import Look, look
from optimizer.solve.large.sample import part_of
from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray
from optimizer.solve.problem.space import Space, magnitude
from optimizer.solve.whole.greedy import cumulated, link_greedily
from optimizer.solve.whole.state import Search, State

HESITATING = 15  # households to round anew, in times the number of gemeenten
WEIGHTS = (3.0, 30.0)  # of an earlier level, in times all after it
PRICES = 0.55  # of the budget; the rest is for whole households
MARGIN_SAMPLE = 4_000  # households from which the width that leaves so many is read


def price_and_round(find: Search, state: State) -> State:
    """Solve the relaxation (6) of a large level, then round the households that hesitate.

    Earlier levels that leave a choice are weighed in, (14): lightly for a sharp bound, then heavily for an answer.
    """
    if np.issubdtype(find.value.dtype, np.integer) and not find.space.kept:
        # A level of whole units may have room for everybody's best choice.
        zero = no_prices(find.space)
        state = bounded(state, zero, look_at(find, zero).scan)
        if not find.closed(state):
            state = find.accept(state, greedily(find))
    for ratio in WEIGHTS if find.space.kept else WEIGHTS[:1]:
        if find.over(state):
            break
        state = attempt(find, state, weights(find, ratio))
    return state


def attempt(find: Search, state: State, weight: FloatArray) -> State:
    """Bound and round a level with its earlier levels weighed in."""
    kept, free = find.space.kept, find
    if kept:
        value = find.value.astype(np.float64)
        for one, level in zip(weight, kept, strict=True):
            value += one * level.value
        free = replace(find, space=find.space.replace(kept=()), goal=replace(find.goal, value=value))
    with find.budget.share(PRICES):
        duals = price_by_boxes(free)
    seen = look_at(free, duals, width_for(free, duals), RIVAL_PAIRS)
    floors = [float(one * level.floor) for one, level in zip(weight, kept, strict=True)]
    certain = seen.scan.bound - sum(floors) + 8 * EPS * (abs(seen.scan.bound) + sum(map(abs, floors)))
    own = replace(duals, weight=weight, constant=duals.constant - sum(floors))
    state = bounded(state, own, Scan(certain if kept else seen.scan.bound, seen.scan.best))
    if find.closed(state) or find.budget.late:
        return state
    if find.goal.flat and not kept:
        return find.accept(state, round_some(free, duals, seen, state.gemeente))
    return find.accept(state, round_crowd(free, duals, seen))


def weights(find: Search, ratio: float) -> FloatArray:
    """[kept levels], weights at which each level counts ``ratio`` times as much as all after it, pair by pair."""
    out = np.zeros(len(find.space.kept))
    total = find.largest
    for k, level in reversed(list(enumerate(find.space.kept))):
        largest = magnitude(level.value)
        out[k] = ratio * total / largest
        total += out[k] * largest
    return out


def bounded(state: State, duals: Duals, scan: Scan) -> State:
    """Take a bound when it is lower."""
    if scan.bound >= state.bound:
        return state
    return replace(state, relaxation=Relaxation(duals, scan, None, np.zeros(0)), bound=scan.bound)


def greedily(find: Search) -> IntArray:
    """Link everybody as if nothing had a price."""
    space = find.space
    nobody = np.full(space.persons.size, -1, dtype=np.int64)
    return link_greedily(space, find.value, no_prices(space), find.ties * find.largest * 1e-9, nobody, find.budget)


def look_at(find: Search, duals: Duals, width: float = 0.0, count: int = 1) -> Look:
    """Look at all pairs from fixed prices."""
    stay = np.zeros(find.space.opgave.size)
    find.budget.spend_pairs(find.space.allowed.size)
    return look(find, duals, stay, stay, width=width, count=count)


def width_for(find: Search, duals: Duals) -> float:
    """Return the width that leaves `HESITATING` households a gemeente unsettled, read from a sample."""
    households = find.space.persons.size
    tried = part_of(find, MARGIN_SAMPLE)[0]
    margin = np.sort(look_at(tried, duals).margin)
    rank = HESITATING * find.space.opgave.size * margin.size // households
    return float(margin[min(rank, margin.size - 1)]) if margin.size else 0.0


def round_crowd(find: Search, duals: Duals, seen: Look) -> IntArray:
    """Return a whole answer: settled households where they are best off, the others rounded around them."""
    space = find.space
    settled = seen.settled & ~crowded_out(space, seen)
    return round_loose(find, duals, seen, ~settled, np.where(settled, seen.choice, -1))


def round_some(find: Search, duals: Duals, seen: Look, gemeente: IntArray) -> IntArray:
    """Return a whole answer where all gemeenten are alike to a household: round some of them anew, the rest stay.

    Everybody hesitates there, and a market of all of them, full of equals, takes minutes.
    """
    most = HESITATING * find.space.opgave.size
    loose = np.zeros(gemeente.size, dtype=np.bool_)
    for rows in (np.flatnonzero(gemeente < 0), np.flatnonzero(gemeente >= 0)):
        loose[rows[:: max(1, -(-rows.size // most))]] = True
    return round_loose(find, duals, seen, loose, np.where(loose, -1, gemeente))


def round_loose(find: Search, duals: Duals, seen: Look, free: BoolArray, fixed: IntArray) -> IntArray:
    """Round the households [households] that are ``free`` around an answer ``fixed`` for the others."""
    space = find.space
    rows = np.flatnonzero(free)
    h, g = seen.rivals(rows)
    loose = Loose(space.persons[rows], space.must_link[rows], h, g, find.value[rows[h], g].astype(np.float64))
    gemeente = fixed.copy()
    if find.budget.affords(h.size):
        find.budget.spend(h.size * space.sizes.size)
        gemeente[rows] = round_evenly(space, loose, fixed)
    return link_greedily(space, find.value, duals, np.zeros(space.opgave.size), gemeente, find.budget)


def crowded_out(space: Space, seen: Look) -> BoolArray:
    """[households], True for settled ones that their gemeente or region has no room for: those with least margin."""
    order = np.argsort(-seen.margin, kind="stable")
    order = order[seen.settled[order] & (seen.choice[order] >= 0)]
    g, persons = seen.choice[order], space.persons[order]
    out = np.zeros(seen.choice.size, dtype=np.bool_)
    over = cumulated(g, persons) > space.opgave[g]
    region = space.region[g]
    if space.ceiling.size:
        over |= (region >= 0) & (cumulated(region, persons) > space.ceiling[region])
    out[order[over]] = True
    return out
