"""Does it fit, take it, give it back: the one place that counts what a household takes of every capacity; (3) to (5).

For many households at once in numpy, on a `Room`. For one at a time in machine code, on plain tables, which cost
nothing to hand over: ``room`` [1 + K, gemeenten + regions] with the persons of opgaven and ceilings in its first row
and the further resources below; ``needs`` [households, 2 + K], persons first, those that count against a ceiling last;
``above`` [gemeenten], the column of the region of each gemeente, or -1.
"""

from typing import NamedTuple

import numpy as np

from optimizer.solve.problem.arrays import BoolArray, IntArray
from optimizer.solve.run.compiled import compiled_inside


class Room(NamedTuple):
    """What is still free; below zero where an answer takes more than there is.

    Attributes
    ----------
    place
        [gemeenten], persons of the opgaven.
    capacity
        [gemeenten, K], units of the further resources.
    ceiling
        [regions], persons.
    """

    place: IntArray
    capacity: IntArray
    ceiling: IntArray


class Needs(NamedTuple):
    """What a link takes.

    Attributes
    ----------
    persons
        [households].
    use
        [households, K], units of the further resources.
    region
        [gemeenten], -1 without a ceiling.
    counted
        [households], persons that count against it.
    """

    persons: IntArray
    use: IntArray
    region: IntArray
    counted: IntArray


def copied(room: Room) -> Room:
    """Return arrays of its own."""
    return Room(*(part.copy() for part in room))


def take_all(room: Room, needs: Needs, h: IntArray, g: IntArray) -> None:
    """Take what many households need, each in its gemeente."""
    persons, region = needs.persons[h], needs.region[g]
    np.subtract.at(room.place, g, persons)
    np.subtract.at(room.capacity, g, needs.use[h])
    inside = region >= 0
    np.subtract.at(room.ceiling, region[inside], needs.counted[h][inside])


def overdrawn_gemeenten(room: Room, needs: Needs) -> BoolArray:
    """[gemeenten], True where more was taken than there is, in the gemeente or in its region."""
    over: BoolArray = (room.place < 0) | (room.capacity < 0).any(axis=1)
    if room.ceiling.size:
        over |= (needs.region >= 0) & (room.ceiling < 0)[needs.region]
    return over


def room_table(room: Room) -> IntArray:
    """[1 + K, gemeenten + regions], a room as the compiled loops take it."""
    gemeenten, kinds = room.capacity.shape
    table = np.zeros((1 + kinds, gemeenten + room.ceiling.size), dtype=np.int64)
    table[0, :gemeenten], table[0, gemeenten:] = room.place, room.ceiling
    table[1:, :gemeenten] = room.capacity.T
    return table


def needs_table(needs: Needs) -> IntArray:
    """[households, 2 + K], needs as the compiled loops take them."""
    return np.concatenate([needs.persons[:, None], needs.use, needs.counted[:, None]], axis=1)


def column_above(needs: Needs) -> IntArray:
    """[gemeenten], the column of the region of each gemeente in the table of the room, or -1."""
    above: IntArray = np.where(needs.region >= 0, needs.region.size + needs.region, -1)
    return above


@compiled_inside
def fits(room: IntArray, needs: IntArray, above: IntArray, h: int, g: int) -> bool:
    """Tell whether every capacity has room for a household."""
    return needs[h, 0] <= room[0, g] and fits_beside(room, needs, above, h, g)


@compiled_inside
def fits_beside(room: IntArray, needs: IntArray, above: IntArray, h: int, g: int) -> bool:
    """Tell whether the capacities beside the opgave have room for a household."""
    for i in range(1, room.shape[0]):
        if needs[h, i] > room[i, g]:
            return False
    return bool(above[g] < 0 or needs[h, room.shape[0]] <= room[0, above[g]])


@compiled_inside
def take(room: IntArray, needs: IntArray, above: IntArray, h: int, g: int) -> None:
    """Take what a household needs in a gemeente."""
    for i in range(room.shape[0]):
        room[i, g] -= needs[h, i]
    if above[g] >= 0:
        room[0, above[g]] -= needs[h, room.shape[0]]


@compiled_inside
def give_back(room: IntArray, needs: IntArray, above: IntArray, h: int, g: int) -> None:
    """Give back what a household had in a gemeente."""
    for i in range(room.shape[0]):
        room[i, g] += needs[h, i]
    if above[g] >= 0:
        room[0, above[g]] += needs[h, room.shape[0]]


@compiled_inside
def overdrawn(room: IntArray, above: IntArray, g: int) -> bool:
    """Tell whether more was taken than there is, in a gemeente or in its region."""
    for i in range(room.shape[0]):
        if room[i, g] < 0:
            return True
    return bool(above[g] >= 0 and room[0, above[g]] < 0)
