"""The set of answers that may still be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import fsum
from typing import Any, Self

import numpy as np

from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray, ValueArray
from optimizer.solve.problem.room import Needs, Room, copied, overdrawn_gemeenten, take_all


@dataclass(frozen=True)
class Kept:
    """A level whose value must not fall below ``floor`` in later levels; equation (9).

    ``price`` [households] are the prices of its sharpest bound, which lies ``slack`` above the floor.
    """

    value: ValueArray
    floor: float
    price: FloatArray
    slack: float


@dataclass(frozen=True, eq=False)
class Space:
    """Feasible answers: equations (2) to (5), and (9) for the levels already decided.

    Attributes
    ----------
    persons
        [households], persons per household.
    sizes
        Distinct household sizes of the whole problem, ascending (a part keeps them).
    opgave
        [gemeenten], persons that can still be linked.
    allowed
        [households, gemeenten], pairs that may be chosen.
    use, capacity
        [households, K] and [gemeenten, K], further resources; K may be 0.
    region, ceiling
        [gemeenten] and [regions], ceilings in persons; region -1 has none.
    counted
        [households], persons that count against the ceiling of a region: all of a household, or fewer.
    must_link
        [households], True where staying unlinked is excluded.
    full
        [gemeenten], True where the opgave must be used to the last person.
    kept
        Levels whose value is kept by a row of their own.
    """

    persons: IntArray
    sizes: IntArray
    opgave: IntArray
    allowed: BoolArray
    use: IntArray
    capacity: IntArray
    region: IntArray
    ceiling: IntArray
    counted: IntArray
    must_link: BoolArray
    full: BoolArray
    kept: tuple[Kept, ...] = field(default=())

    @property
    def plain(self) -> bool:
        """True when only the opgaven bind: no resources, regions or kept levels."""
        return self.use.shape[1] == 0 and self.ceiling.size == 0 and not self.kept

    def replace(self, **changes: Any) -> Self:
        """Return a copy with other fields."""
        return replace(self, **changes)

    @property
    def needs(self) -> Needs:
        """What each household takes."""
        return Needs(self.persons, self.use, self.region, self.counted)

    @property
    def room(self) -> Room:
        """All that there is; the arrays are those of the space."""
        return Room(self.opgave, self.capacity, self.ceiling)

    def room_beside(self, gemeente: IntArray) -> Room:
        """Return what an answer leaves; below zero where it takes more than there is."""
        room = copied(self.room)
        linked = np.flatnonzero(gemeente >= 0)
        take_all(room, self.needs, linked, gemeente[linked])
        return room

    def overfilled(self, gemeente: IntArray) -> BoolArray:
        """[gemeenten], True where an answer takes more than there is, in the gemeente or in its region."""
        return overdrawn_gemeenten(self.room_beside(gemeente), self.needs)

    def load(self, gemeente: IntArray) -> IntArray:
        """Persons linked to each gemeente."""
        linked = gemeente >= 0
        weights = self.persons[linked]
        load = np.zeros(self.opgave.size, dtype=np.int64)
        np.add.at(load, gemeente[linked], weights)
        return load

    def contains(self, gemeente: IntArray) -> bool:
        """Tell whether an answer satisfies (2) to (5) and keeps the earlier levels."""
        linked = np.flatnonzero(gemeente >= 0)
        to = gemeente[linked]
        room = self.room_beside(gemeente)
        return bool(
            self.allowed[linked, to].all()
            and all((free >= 0).all() for free in room)
            and (room.place[self.full] == 0).all()
            and (gemeente[self.must_link] >= 0).all()
            and all(total(kept.value, gemeente) >= kept.floor for kept in self.kept)
        )


def total(value: ValueArray, gemeente: IntArray) -> int | float:
    """Value of an answer: exact for integers, correctly rounded for floats."""
    linked = np.flatnonzero(gemeente >= 0)
    chosen = value[linked, gemeente[linked]]
    if np.issubdtype(value.dtype, np.integer):
        return int(chosen.sum(dtype=np.int64))
    return exact_sum(chosen.tolist())


def exact_sum(terms: Sequence[float]) -> float:
    """Correctly rounded sum of floats, whatever their order."""
    return float(fsum(terms))


def magnitude(value: ValueArray) -> float:
    """Size of the largest value, 1.0 when all are zero; solvers work with absolute tolerances."""
    if value.size == 0:
        return 1.0
    return max(float(value.max()), -float(value.min())) or 1.0
