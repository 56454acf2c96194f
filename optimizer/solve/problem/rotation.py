"""Equal pairs are spread: households next to each other rank equal gemeenten in another order."""

import numpy as np

from optimizer.solve.problem.arrays import FloatArray, IntArray

ROTATION = 31  # places by which the order of the next household differs


def rotated(ties: FloatArray, rows: IntArray) -> FloatArray:
    """[rows, gemeenten], small numbers ``ties`` [gemeenten], turned on by `ROTATION` from household to household."""
    gemeenten = ties.size
    shift = np.arange(gemeenten)
    turned: FloatArray = ties[(shift[None, :] + ROTATION * rows[:, None]) % max(1, gemeenten)]
    return turned
