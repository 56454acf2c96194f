"""An answer in one pass over the pairs, for when there is time for nothing else."""

import numpy as np

from optimizer.solve.bound.dual import blocks
from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray, ValueArray
from optimizer.solve.problem.room import column_above, fits, needs_table, room_table, take
from optimizer.solve.problem.space import Space
from optimizer.solve.run.compiled import compiled

PASS_PAIRS = 1_000_000  # turned into floats at a time


def link_one_by_one(space: Space, value: ValueArray) -> IntArray:
    """[households], each in turn where it is worth most and fits; -1 where that is nowhere or adds nothing.

    Only for a space without households that must be linked and gemeenten that must be full.
    """
    gemeente = np.full(space.persons.size, -1, dtype=np.int64)
    room, needs, above = room_table(space.room), needs_table(space.needs), column_above(space.needs)
    for rows in blocks(space, PASS_PAIRS):
        block = np.ascontiguousarray(value[rows], dtype=np.float64)
        allowed = np.ascontiguousarray(space.allowed[rows])
        place(block, allowed, rows.start, room, needs, above, gemeente)
    return gemeente


@compiled
def place(
    value: FloatArray,
    allowed: BoolArray,
    start: int,
    room: IntArray,
    needs: IntArray,
    above: IntArray,
    gemeente: IntArray,
) -> None:
    """Link a block of households that begins at household ``start``; fills ``gemeente`` in."""
    for i in range(value.shape[0]):
        h = start + i
        most, best = 0.0, -1
        for g in range(value.shape[1]):
            if value[i, g] > most and allowed[i, g] and fits(room, needs, above, h, g):
                most, best = value[i, g], g
        if best >= 0:
            gemeente[h] = best
            take(room, needs, above, h, best)
