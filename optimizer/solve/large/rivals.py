"""One compiled pass over all pairs, at memory speed: the bound (7) and the pairs that may still win; (8) and (16)."""

from dataclasses import dataclass
from functools import partial
from math import sqrt

import numpy as np

from optimizer.solve.bound.dual import Duals, Scan, blocks, certified, worth
from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray, PairList, PlaceArray
from optimizer.solve.problem.rotation import ROTATION
from optimizer.solve.run.compiled import compiled
from optimizer.solve.run.workers import side_by_side
from optimizer.solve.whole.state import Search

LARGEST = 1.7e308
THREAD_PAIRS = 1_000_000  # that one thread takes at a time


@dataclass(frozen=True, eq=False)
class Look:
    """What a pass saw.

    Attributes
    ----------
    scan
        The bound (7) at the prices.
    margin
        [households], how much the best choice is ahead of the second, staying unlinked included, per root of a person.
    place
        [households, count], the rivals: pairs that may be best, the best at the given prices first.
    number
        [households], how many rivals there are; more than ``count`` are not all in ``place``.
    choice
        [households], the best choice; -1 where that is staying unlinked.
    settled
        [households], True where no other choice is left.
    """

    scan: Scan
    margin: FloatArray
    place: PlaceArray
    number: IntArray
    choice: IntArray
    settled: BoolArray

    def rivals(self, rows: IntArray) -> PairList:
        """Return the pairs of some households, numbered in ``rows``."""
        kept = np.minimum(self.number[rows], self.place.shape[1])
        inside = np.arange(self.place.shape[1])[None, :] < kept[:, None]
        return np.repeat(np.arange(rows.size), kept), self.place[rows][inside].astype(np.int64)


def look(find: Search, duals: Duals, fall: FloatArray, rise: FloatArray, *, width: float = 0.0, count: int) -> Look:
    """Pass over all pairs at the prices ``duals``.

    Parameters
    ----------
    fall, rise
        [gemeenten], how far each price per person may move: a rival is a pair that may be best at some such prices.
    width
        How much less a rival may be worth than the best pair, times the root of the persons.
    count
        Rivals kept for each household.

    Each household is judged by itself, so that the number of threads cannot change a bit.
    """
    space, value = find.space, find.value
    households = space.persons.size
    best, margin = np.zeros(households), np.zeros(households)
    place = np.zeros((households, min(count, space.opgave.size)), dtype=np.int32)
    number = np.zeros(households, dtype=np.int64)
    settled = np.zeros(households, dtype=np.bool_)
    direct = value.dtype == np.float64 and value.flags.c_contiguous
    direct = direct and not duals.weight.any() and not duals.resource.any()

    def see_block(rows: slice) -> None:
        block = np.asarray(value[rows], dtype=np.float64) if direct else worth(space, value, duals, rows)
        price = duals.per_person if direct else duals.opgave
        see(
            block,
            space.allowed[rows],
            space.persons[rows],
            space.must_link[rows],
            price,
            fall,
            rise,
            width,
            rows.start,
            best[rows],
            margin[rows],
            place[rows],
            number[rows],
            settled[rows],
        )

    side_by_side([partial(see_block, rows) for rows in blocks(space, THREAD_PAIRS)], find.workers)
    linked = (number > 0) & ((best > 0) | space.must_link)
    choice = np.where(linked, place[:, 0], -1).astype(np.int64)
    return Look(certified(space, duals, best, find.largest), margin, place, number, choice, settled)


@compiled
def see(
    value: FloatArray,
    allowed: BoolArray,
    persons: IntArray,
    must_link: BoolArray,
    price: FloatArray,
    fall: FloatArray,
    rise: FloatArray,
    width: float,
    start: int,
    best: FloatArray,
    margin: FloatArray,
    place: PlaceArray,
    number: IntArray,
    settled: BoolArray,
) -> None:
    """Fill in what `Look` tells of a block of households that begins at household ``start``."""
    gemeenten, count = price.size, place.shape[1]
    gain, kept = np.empty(gemeenten), np.empty(count)
    for h in range(persons.size):
        size = float(persons[h])
        for g in range(gemeenten):
            gain[g] = value[h, g] - size * price[g] if allowed[h, g] else -np.inf
        none = -np.inf if must_link[h] else 0.0
        # Plain comparisons: min and max of numba are several times slower.
        first, second, safe = none, -np.inf, none
        for g in range(gemeenten):
            here = gain[g]
            if here > second:
                if here > first:
                    second = first
                    first = here
                else:
                    second = here
        for g in range(gemeenten):
            here = gain[g]
            if here > safe:
                here -= size * rise[g]
                if here > safe:
                    safe = here
        best[h] = first
        root = sqrt(size)
        margin[h] = (first - second) / root
        line = safe - width * root
        if line == -np.inf:
            line = -LARGEST
        seen = 0
        middle = (ROTATION * (start + h)) % max(1, gemeenten)
        for begin, end in ((middle, gemeenten), (0, middle)):
            for g in range(begin, end):
                here = gain[g]
                if here + size * fall[g] < line:
                    continue
                k = seen if seen < count else count - 1
                if seen < count or here > kept[k]:
                    while k > 0 and kept[k - 1] < here:
                        kept[k] = kept[k - 1]
                        place[h, k] = place[h, k - 1]
                        k -= 1
                    kept[k] = here
                    place[h, k] = g
                seen += 1
        number[h] = seen
        # Staying unlinked is a rival where it may be, and is within reach of the line.
        settled[h] = seen == 0 or (seen == 1 and none < line)
