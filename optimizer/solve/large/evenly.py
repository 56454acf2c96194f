"""Whole households from a relaxed answer, with even deviations; docs/method-solver.md, section 6."""

from dataclasses import dataclass

import numpy as np

from optimizer.solve.bound.market import PERSON_COSTS, Market, clear, prices
from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray
from optimizer.solve.problem.room import Needs, Room, take_all
from optimizer.solve.problem.space import Space

HOUSEHOLD_COSTS = 2.0**20  # scale of the costs in whole numbers where households are counted
FEW = 60  # split households that are rounded at one relaxation
ONE_BY_ONE = 3  # sizes that are rounded one by one: they make up for what the larger ones change
BEYOND = 2.0  # cost of more households than the relaxed number, rounded up; moving one off its relaxed place costs 1


@dataclass(frozen=True, eq=False)
class Loose:
    """The households that are rounded, and the pairs that they may use.

    Attributes
    ----------
    persons, must_link
        [households].
    pair_h, pair_g, worth
        [pairs], sorted by household.
    """

    persons: IntArray
    must_link: BoolArray
    pair_h: IntArray
    pair_g: IntArray
    worth: FloatArray


def round_evenly(space: Space, loose: Loose, fixed: IntArray) -> IntArray:
    """[loose households], a gemeente for each, or -1, in the room that an answer ``fixed`` [households] leaves.

    The largest sizes first: relax all that is left, fix the households of these sizes that are whole, and round the
    others so that every gemeente gets its relaxed number of them, rounded up or down. Smaller households then make up
    for what that changes; those of one person are whole in every relaxation.
    """
    room, needs = (
        space.room_beside(fixed),
        Needs(loose.persons, space.use[: loose.persons.size], space.region, loose.persons),
    )
    gemeente = np.full(loose.persons.size, -1, dtype=np.int64)
    waiting = np.ones(loose.persons.size, dtype=np.bool_)
    while waiting.any():
        fits = loose.persons[loose.pair_h] <= room.place[loose.pair_g]
        pairs = np.flatnonzero(waiting[loose.pair_h] & fits)
        market = relaxed_market(space, loose, np.where(waiting, loose.persons, 0), pairs, room)
        moved = clear(market)
        if moved is None:
            break
        lost, alone = losses(space, market, moved)
        h, g = market.pair_h, market.pair_g
        size_of = loose.persons[h]
        split = np.zeros(waiting.size, dtype=np.bool_)
        split[h[(moved > 0) & (moved < size_of)]] = True
        sizes = next_sizes(loose.persons, waiting, split)
        group = np.isin(size_of, sizes)
        whole = group & (moved == size_of)
        gemeente[h[whole]] = g[whole]
        take_all(room, needs, h[whole], g[whole])
        for size in sizes.tolist():
            mine = np.flatnonzero((size_of == size) & split[h])
            chosen = mine[round_size(market, mine, moved[mine] / size, lost[mine], alone, room, size)]
            gemeente[h[chosen]] = g[chosen]
            take_all(room, needs, h[chosen], g[chosen])
        waiting[np.isin(loose.persons, sizes)] = False
    return gemeente


def next_sizes(persons: IntArray, waiting: BoolArray, split: BoolArray) -> IntArray:
    """Return the largest sizes that wait, as many as have `FEW` split households together; small ones one by one."""
    sizes, index = np.unique(persons[waiting], return_inverse=True)
    several = np.cumsum(np.bincount(index, weights=split[waiting])[::-1]) <= FEW
    return sizes[::-1][: max(1, min(int(several.sum()), sizes.size - ONE_BY_ONE))]


def relaxed_market(space: Space, loose: Loose, supply: IntArray, pairs: IntArray, room: Room) -> Market:
    """Return the relaxation (6) of the loose households that are left; who or what must is linked or filled dearly."""
    h = loose.pair_h[pairs]
    per_person = loose.worth[pairs] / loose.persons[h]
    scale = PERSON_COSTS / (float(np.abs(per_person).max(initial=0.0)) or 1.0)
    nothing = np.zeros((1, room.ceiling.size), dtype=np.int64)
    return Market(
        supply=supply,
        pair_h=h,
        pair_g=loose.pair_g[pairs],
        cost=np.round(-per_person * scale).astype(np.int64),
        alone=np.where(loose.must_link, int(4 * PERSON_COSTS), 0),
        room=np.maximum(room.place, 0)[None, :],
        charge=np.where(space.full, -int(2 * PERSON_COSTS), 0)[None, :],
        region=space.region,
        region_room=np.maximum(room.ceiling, 0)[None, :],
        region_charge=nothing,
    )


def losses(space: Space, market: Market, moved: IntArray) -> tuple[FloatArray, FloatArray]:
    """[pairs] and [households], what each pair, and staying unlinked, costs beyond the best, per person."""
    lowest, highest = prices(market, moved)
    middle = (lowest + highest)[: space.opgave.size] / 2
    paid = market.cost + middle[market.pair_g]
    least = market.alone.astype(np.float64)
    np.minimum.at(least, market.pair_h, paid)
    return paid - least[market.pair_h], market.alone - least


def round_size(
    market: Market, pairs: IntArray, part: FloatArray, lost: FloatArray, alone: FloatArray, room: Room, size: int
) -> BoolArray:
    """[pairs], True for the chosen ones: split households of one size, each to one place; equation (19).

    Every household takes one place, so that this is a market with whole vertices. ``part`` [pairs] is the part of
    the household that the relaxation has there.
    """
    if pairs.size == 0:
        return np.zeros(0, dtype=np.bool_)
    gemeenten = market.room.shape[1]
    number, h = np.unique(market.pair_h[pairs], return_inverse=True)
    g = market.pair_g[pairs]
    unit = float(lost.max()) or 1.0
    relaxed = np.bincount(g, weights=part, minlength=gemeenten)
    below = np.floor(relaxed + 1e-9)
    slots = np.maximum(room.place, 0) // size
    first = np.minimum(below.astype(np.int64), slots)
    second = np.minimum(1, slots - first)
    steps = np.stack([np.zeros(gemeenten), 1.0 - (relaxed - below), np.full(gemeenten, BEYOND)])
    nothing = np.zeros((1, room.ceiling.size), dtype=np.int64)
    moved = clear(
        Market(
            supply=np.ones(number.size, dtype=np.int64),
            pair_h=h,
            pair_g=g,
            cost=np.round((lost / unit + 1.0 - part) * HOUSEHOLD_COSTS).astype(np.int64),
            alone=np.round(np.minimum(alone[number] / unit + 2.0 * BEYOND, HOUSEHOLD_COSTS) * HOUSEHOLD_COSTS).astype(
                np.int64
            ),
            room=np.stack([first, second, slots - first - second]),
            charge=np.round(np.maximum(steps, 0.0) * HOUSEHOLD_COSTS).astype(np.int64),
            region=market.region,
            region_room=np.maximum(room.ceiling, 0)[None, :] // size,
            region_charge=nothing,
        )
    )
    return np.zeros(pairs.size, dtype=np.bool_) if moved is None else moved > 0
