"""Prices by box steps: the relaxation (6) over all pairs, solved on the few that can change; equations (16) to (18)."""

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from optimizer.solve.bound.dual import Duals, best_pairs, no_prices, scan
from optimizer.solve.bound.market import PERSON_COSTS, Market, clear, prices
from optimizer.solve.bound.relaxation import Relaxation, price_out
from optimizer.solve.large.rivals import Look, look
from optimizer.solve.large.sample import part_of
from optimizer.solve.problem.arrays import BoolArray, FloatArray
from optimizer.solve.problem.room import copied, take_all
from optimizer.solve.problem.space import Space
from optimizer.solve.whole.state import Search

FIRST_SAMPLE, GROWTH = 1_800, 7  # households of the first sample, and by how much the samples grow
SAMPLE_PAIRS = 12  # of a household in the first sample
RIVAL_PAIRS = 12  # kept for a household
RIVALS = 140.0  # pairs a household beyond the best, times the root of the households that the prices are from
BOX_SAMPLE = 400  # households on which the size of a box is tried
HALVINGS = 24
BOXES = 2  # of a sample
LAST_BOXES = 16  # of the whole
WIDER, NARROWER = 2.0, 4.0
MANY, FAR = 0.3, 4.0  # where more prices than this share lie on the edge, the prices were far off
LEAVE = 0.02  # of the households of a sample: a few
CLOSED = 0.05  # of what one household is worth: what a box must gain to be followed by another


@dataclass(frozen=True, eq=False)
class Box:
    """Prices per person, of the opgaven [gemeenten] and then of the ceilings [regions], and how far each may move."""

    price: FloatArray
    reach: FloatArray
    free: BoolArray  # of sign: the opgave must be used in full

    @property
    def low(self) -> FloatArray:
        """Lowest prices; equation (16)."""
        lowest = self.price - self.reach
        return np.where(self.free, lowest, np.maximum(lowest, 0.0))

    @property
    def high(self) -> FloatArray:
        """Highest prices; equation (16)."""
        return self.price + self.reach

    def moved(self, price: FloatArray) -> "Box":
        """Put the box around other prices: wider where they lie on its edge, as wide as the move elsewhere."""
        inside = np.maximum(np.abs(price - self.price), self.reach / NARROWER)
        edge = self.on_edge(price)
        wider = FAR if np.count_nonzero(edge) > MANY * edge.size else WIDER
        return Box(price, np.where(edge, self.reach * wider, inside), self.free)

    def on_edge(self, price: FloatArray) -> BoolArray:
        """Tell which prices a wider box might move further; prices of 0 cannot fall."""
        near = 1e-6 * self.reach
        edge: BoolArray = (price >= self.high - near) | ((price <= self.low + near) & (self.free | (self.low > 0)))
        return edge & (self.reach > 0)


def duals_of(space: Space, box: Box) -> Duals:
    """Return the prices of a box as a point of the dual function (7)."""
    own, ceiling = np.split(box.price, [space.opgave.size])
    constant = float(ceiling @ space.ceiling)
    return replace(no_prices(space), opgave=own, region=spread(space, ceiling), constant=constant)


def per_gemeente(space: Space, of_all: FloatArray) -> FloatArray:
    """[gemeenten], the sum over each gemeente and its region."""
    own, of_region = np.split(of_all, [space.opgave.size])
    out: FloatArray = own + spread(space, of_region)
    return out


def spread(space: Space, of_region: FloatArray) -> FloatArray:
    """[gemeenten] from [regions]; 0 for gemeenten without a region."""
    out = np.zeros(space.opgave.size)
    inside = space.region >= 0
    out[inside] = of_region[space.region[inside]]
    return out


def price_by_boxes(find: Search) -> Duals:
    """Return prices that are optimal, or nearly, for (6) over all pairs.

    Prices of a sample, in which every household stands for several, come first; samples grow until they hold everybody.
    Who must be linked may stay unlinked in samples, and at first in the whole, where nearly everybody is better off
    linked: else a few that find no room in a sample drive the prices around them up, which takes boxes to undo.
    """
    households = find.space.persons.size
    stages = [households]
    while stages[0] > GROWTH * FIRST_SAMPLE:
        stages.insert(0, stages[0] // GROWTH)
    basis = min(households, FIRST_SAMPLE)
    free = replace(find, space=find.space.replace(must_link=np.zeros_like(find.space.must_link)))
    box = first_prices(*part_of(free, basis))
    bound = bool(find.space.must_link.any())
    if bound and most_leave(free, box):
        free, bound = find, False
        box = first_prices(*part_of(find, basis))
    for stage in stages:
        if find.budget.exhausted:
            break
        part, times = part_of(free, stage)
        box = descend(part, sized(part, box, basis), times)
        basis = stage
    if bound and not find.budget.exhausted:
        box = descend(find, box, 1)
    return duals_of(find.space, box)


def most_leave(find: Search, box: Box) -> bool:
    """Tell whether more than a few households of a sample would rather stay unlinked at some prices."""
    tried = part_of(find, FIRST_SAMPLE)[0]
    choice = see_box(tried, replace(box, reach=np.zeros_like(box.reach)), 1).choice
    return bool(np.count_nonzero(choice < 0) > LEAVE * choice.size)


def first_prices(find: Search, times: int) -> Box:
    """Return the prices of a sample, by column generation; the box has no size yet."""
    # A household that stands for several is one of as many times the persons, whose price is then a part as large.
    space = find.space.replace(persons=times * find.space.persons, sizes=times * find.space.sizes)
    ties = find.ties * find.largest * 1e-9
    zero = no_prices(space)
    start = Relaxation(zero, scan(space, find.value, zero), None, np.zeros(0))
    h, g, _ = best_pairs(space, find.value, zero, ties, SAMPLE_PAIRS)
    duals = price_out(space, find.value, (h, g), start, find.budget, ties=ties).duals
    inside = space.region >= 0
    ceiling = np.zeros(space.ceiling.size)
    ceiling[space.region[inside]] = duals.region[inside]
    price = times * np.concatenate([duals.opgave, ceiling])
    return Box(price, np.zeros(price.size), np.concatenate([space.full, np.zeros(ceiling.size, dtype=np.bool_)]))


def sized(find: Search, box: Box, basis: int) -> Box:
    """Size a box by the rivals that households have on average, as prices from ``basis`` households err.

    They err by chance: by one over the root of that number, and over the root of each opgave.
    """
    rivals = 1.0 + RIVALS / sqrt(basis)
    space = find.space
    shape = 1.0 / np.sqrt(np.maximum(np.concatenate([space.opgave, space.ceiling]), 1.0))
    tried = replace(part_of(find, BOX_SAMPLE)[0], workers=1)
    low, high = 0.0, tried.largest / float(shape.min(initial=1.0))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        seen = see_box(tried, replace(box, reach=middle * shape), 1)
        if float(seen.number.sum()) > rivals * tried.space.persons.size:
            high = middle
        else:
            low = middle
    return replace(box, reach=low * shape)


def see_box(find: Search, box: Box, count: int) -> Look:
    """Look which pairs may be best at prices in a box."""
    space = find.space
    fall, rise = per_gemeente(space, box.price - box.low), per_gemeente(space, box.reach)
    find.budget.spend_pairs(space.allowed.size)
    return look(find, duals_of(space, box), fall, rise, count=count)


def descend(find: Search, box: Box, times: int) -> Box:
    """Move to the best prices in a box, and the box with them, until the best lie inside; the bound never rises.

    The bound rises only when not all rivals were kept; the box is then made smaller.
    """
    best, least = box, np.inf
    for _ in range(LAST_BOXES if times == 1 else BOXES):
        if find.budget.exhausted:
            return best
        seen = see_box(find, box, RIVAL_PAIRS)
        bound = bound_of(find.space, box.price, times * float(seen.scan.best.sum()))
        if bound > least:
            box = best = replace(best, reach=best.reach / NARROWER)
            continue
        best, least = box, bound
        if not find.budget.affords(int(seen.number[~seen.settled].sum())):
            return best
        price, expected = best_in_box(find, box, seen, times)
        inside = not box.on_edge(price).any() and not (seen.number > RIVAL_PAIRS).any()
        box = box.moved(price)
        if inside or bound - expected <= CLOSED * abs(bound) / find.space.persons.size:
            return box
    return best


def bound_of(space: Space, price: FloatArray, worth: float) -> float:
    """Bound (7) of a sample, from the worth of its households at the prices."""
    own, ceiling = np.split(price, [space.opgave.size])
    return worth + float(own @ space.opgave) + float(ceiling @ space.ceiling)


def best_in_box(find: Search, box: Box, seen: Look, times: int) -> tuple[FloatArray, float]:
    """Return the prices in a box with the least bound, and that bound; equations (17) and (18).

    Households with one rival stay with it at all prices in the box: only the others enter the market.
    """
    space, value = find.space, find.value
    gemeenten = space.opgave.size
    free = np.flatnonzero(~seen.settled)
    h, g = seen.rivals(free)
    fixed = np.flatnonzero(seen.settled & (seen.choice >= 0))
    to, persons = seen.choice[fixed], space.persons
    rest = copied(space.room)
    take_all(rest, space.needs._replace(persons=times * persons, counted=times * persons), fixed, to)
    room = np.concatenate([rest.place, rest.ceiling])
    worth, size = value[free[h], g].astype(np.float64), persons[free].astype(np.float64)
    per_person = worth / size[h]
    low, high = box.low, box.high
    scale = PERSON_COSTS / max(
        float(np.abs(per_person).max(initial=0.0)), float(high.max(initial=0.0)), float(-low.min())
    )
    everybody = np.full(room.size, times * int(persons[free].sum()))
    rooms = np.stack([np.maximum(room, 0), everybody])
    charges = np.round(np.stack([low, high]) * scale).astype(np.int64)
    dear = int(4 * PERSON_COSTS)
    market = Market(
        supply=times * persons[free],
        pair_h=h,
        pair_g=g,
        cost=np.round(-per_person * scale).astype(np.int64),
        alone=np.where(space.must_link[free], dear, 0),
        room=rooms[:, :gemeenten],
        charge=charges[:, :gemeenten],
        region=space.region,
        region_room=rooms[:, gemeenten:],
        region_charge=charges[:, gemeenten:],
    )
    moved = clear(market)
    if moved is None:
        return box.price, np.inf
    lowest, highest = prices(market, moved)
    middle = (lowest + highest) / (2 * scale)
    middle[:gemeenten] -= spread(space, middle[gemeenten:])
    price = np.clip(np.where(room < 0, high, middle), low, high)
    dues = per_gemeente(space, price)
    gain = np.where(space.must_link[free], -np.inf, 0.0)
    np.maximum.at(gain, h, worth - size[h] * dues[g])
    settled = float((value[fixed, to] - persons[fixed] * dues[to]).sum())
    return price, bound_of(space, price, times * (float(gain.sum()) + settled))
