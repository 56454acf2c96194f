"""The chances of the adults of a household, together, in whole units of 0.0001."""

from typing import Literal

import numpy as np
import numpy.typing as npt

from optimizer.fit.score import Chances

Int = npt.NDArray[np.int64]

#: One unit of the table, a chance.
UNIT = 0.0001
_CHUNK = 4096


def per_huishouden(
    kans: Chances, huishouden_rij: Int, households: int, *, how: Literal["som", "beste"] = "som"
) -> npt.NDArray[np.int32]:
    """Return the chance of work of each household in each municipality, in whole units of 0.0001.

    Every adult is rounded to 0.0001 first, so that sums are exact.

    Parameters
    ----------
    kans
        The chances of the adults.
    huishouden_rij
        Row of the household of each adult [adults].
    households
        Number of households; one without adults gets zeros.
    how
        ``som``: every adult counts. ``beste``: only the adult most likely to work there (the contested practice, for
        comparison).

    Returns
    -------
    int32 [households, 342].
    """
    units = np.rint(kans.table / UNIT).astype(np.int32)
    together = np.zeros((households, units.shape[1]), dtype=np.int32)
    combine = np.add if how == "som" else np.maximum
    order = np.argsort(huishouden_rij, kind="stable")
    # Adults of the same rank inside their household have different households: each rank is one plain assignment.
    rank = _rank(huishouden_rij[order])
    for r in range(int(rank.max(initial=-1)) + 1):
        adults = order[rank == r]
        for start in range(0, len(adults), _CHUNK):
            some = adults[start : start + _CHUNK]
            rows = huishouden_rij[some]
            together[rows] = combine(together[rows], units[kans.profile[some]])
    return together


def _rank(rows: Int) -> Int:
    """Number equal neighbours 0, 1, 2.

    >>> _rank(np.array([0, 0, 2, 3, 3, 3])).tolist()
    [0, 1, 0, 0, 1, 2]
    """
    first = np.r_[True, rows[1:] != rows[:-1]][: len(rows)]
    starts = np.flatnonzero(first)
    return np.arange(len(rows)) - np.repeat(starts, np.diff(np.r_[starts, len(rows)]))
