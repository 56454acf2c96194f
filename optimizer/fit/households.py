"""The chances of the adults of a household, together, in whole units of 0.0001."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from optimizer.domain.batch import Batch
from optimizer.domain.groepen import ONBEKEND, size_group
from optimizer.domain.levels import LEVELS, VLOEREN
from optimizer.fit.score import Chances

Int = npt.NDArray[np.int64]

#: One unit of the table, a chance.
UNIT = LEVELS["kans_werk"].unit
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


class HouseholdChances(Mapping[str, npt.NDArray[np.int32]]):
    """Chance of work of each household in each municipality in 0.0001, int32 [households, 342], by level.

    ``kans_werk`` sums over adults, ``kans_beste_gezinslid`` takes the adult most likely to work, a floor sums over the
    adults of its group. Each is computed when it is first asked for, and once.

    Parameters
    ----------
    adults
        The chances of the adults, from whatever model.
    rows
        Row of the household of each adult, int64 [adults].
    households
        Number of households.
    groups
        By name of a floor what tells whether an adult is in its group, bool [adults].
    """

    _HOW: Final[Mapping[str, Literal["som", "beste"]]] = {"kans_werk": "som", "kans_beste_gezinslid": "beste"}

    def __init__(
        self, adults: Chances, rows: Int, households: int, groups: Mapping[str, Callable[[], npt.NDArray[np.bool_]]]
    ) -> None:
        self.adults = adults
        self._groups = groups
        self._rows, self._households = rows, households
        self._found: dict[str, npt.NDArray[np.int32]] = {}

    def __getitem__(self, level: str) -> npt.NDArray[np.int32]:
        if level not in self._found:
            self._found[level] = self._of_group(level) if level in self._groups else self._of_all(level)
        return self._found[level]

    def _of_all(self, level: str) -> npt.NDArray[np.int32]:
        return per_huishouden(self.adults, self._rows, self._households, how=self._HOW[level])

    def _of_group(self, level: str) -> npt.NDArray[np.int32]:
        mine = np.flatnonzero(self._groups[level]())
        some = replace(self.adults, profile=self.adults.profile[mine])
        return per_huishouden(some, self._rows[mine], self._households)

    def __iter__(self) -> Iterator[str]:
        return iter([*self._HOW, *self._groups])

    def __len__(self) -> int:
        return len(self._HOW) + len(self._groups)


def household_chances(batch: Batch, adults: Chances) -> HouseholdChances:
    """Return the chances of the households of a batch from those of its adults (in the order of ``personen``)."""
    rows = pd.Index(batch.huishoudens["huishouden_id"]).get_indexer(pd.Index(batch.personen["huishouden_id"]))
    groups = {floor: partial(_members, batch, *group) for group, floor in VLOEREN.items()}
    return HouseholdChances(adults, rows.astype(np.int64), len(batch.huishoudens), groups)


def _members(batch: Batch, kenmerk: str, groep: str) -> npt.NDArray[np.bool_]:
    """Tell which adults are in a group of which a floor may be asked, bool [adults]."""
    personen = batch.personen
    if kenmerk == "huishoudgrootte":
        size = batch.huishoudens.set_index("huishouden_id")["aantal_personen"].loc[personen["huishouden_id"]]
        words = [size_group(int(n)) for n in size]
    else:
        words = [str(word) or ONBEKEND for word in personen[kenmerk]]
    return np.array([word == groep for word in words], dtype=np.bool_)
