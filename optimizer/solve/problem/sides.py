"""What an answer must satisfy beside the opgaven, laid out for the compiled loops."""

from typing import NamedTuple

import numpy as np

from optimizer.solve.problem.arrays import FloatArray, IntArray, ValueArray
from optimizer.solve.problem.pairs import Pairs, by_household
from optimizer.solve.problem.room import column_above, needs_table, room_table
from optimizer.solve.problem.space import Space

KEPT_ROUNDING = 1e-12  # relative, of the floor of a level in floats: sums in another order


class Sides(NamedTuple):
    """What an answer must satisfy, what each link takes, and what it is worth at the present level.

    Attributes
    ----------
    own
        [pairs], value at the present level.
    kept, floor
        [levels, pairs] and [levels]: earlier levels and what must be reached of them.
    needs, above, room
        What each household takes, and all that there is, as tables of `optimizer.solve.problem.room`.
    first, place
        [households + 1] and [pairs]: where the pairs of each household are.
    """

    own: FloatArray
    kept: FloatArray
    floor: FloatArray
    needs: IntArray
    above: IntArray
    room: IntArray
    first: IntArray
    place: IntArray


def all_sides(space: Space, value: ValueArray, pairs: Pairs) -> Sides:
    """Collect what `Sides` holds for some pairs of a space."""
    h, g = pairs.household, pairs.gemeente
    kept = [one.value[h, g].astype(np.float64) for one in space.kept]
    floats = [np.issubdtype(one.value.dtype, np.floating) for one in space.kept]
    floor = [
        one.floor - KEPT_ROUNDING * abs(one.floor) * float(rounds)
        for one, rounds in zip(space.kept, floats, strict=True)
    ]
    first, place = by_household(h, space.persons.size)
    return Sides(
        own=value[h, g].astype(np.float64),
        kept=np.array(kept).reshape(len(kept), h.size),
        floor=np.array(floor, dtype=np.float64),
        needs=needs_table(space.needs),
        above=column_above(space.needs),
        room=room_table(space.room),
        first=first,
        place=place,
    )


def some_sides(sides: Sides, pairs: Pairs, chosen: IntArray) -> Sides:
    """Return the sides of ``pairs``, which are those at the places ``chosen``."""
    first, place = by_household(pairs.household, sides.first.size - 1)
    return sides._replace(own=sides.own[chosen], kept=sides.kept[:, chosen], first=first, place=place)
