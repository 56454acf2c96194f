"""The chance of work of every adult, which the judge takes as data, and what it gives a group of adults."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.batch import Batch
from optimizer.domain.groepen import GROOTTEN, ONBEKEND
from optimizer.domain.levels import LEVELS, VLOEREN
from optimizer.verify.households import Bools, Floats, Ints, household_rows
from optimizer.verify.levels import Kansen


@dataclass(frozen=True)
class Adults:
    """The row of ``chance`` of each adult, int64 [A], and the chances of work, float64 [rows, gemeenten]."""

    row: Ints
    chance: Floats


def with_floors(chances: Kansen, batch: Batch, adults: Adults, levels: Iterable[str]) -> Kansen:
    """Return the chances that some levels need, those of a floor summed over the adults of its group here.

    Where no level is a floor the chances are returned as they are.
    """
    names = list(levels)
    floors = {level: group for group, level in VLOEREN.items() if level in names}
    if not floors:
        return chances
    needed = {"kans_werk", *(LEVELS[level].chance for level in names if level in LEVELS and level not in floors)} - {""}
    own = {level: _sum(batch, adults, members(batch, *group)) for level, group in floors.items()}
    return {**{name: chances[name] for name in needed}, **own}


def members(batch: Batch, kenmerk: str, groep: str) -> Bools:
    """Tell which adults are in a group, bool [A]: by their own cell, or by the size of their household."""
    people = batch.personen
    if kenmerk != "huishoudgrootte":
        return np.array([(str(word) or ONBEKEND) == groep for word in people[kenmerk]], dtype=bool)
    size = dict(zip(batch.huishoudens["huishouden_id"], batch.huishoudens["aantal_personen"], strict=True))
    persons = [int(size[home]) for home in people["huishouden_id"]]
    largest = groep == GROOTTEN[-1]
    return np.array([n >= len(GROOTTEN) if largest else str(n) == groep for n in persons], dtype=bool)


def _sum(batch: Batch, adults: Adults, mine: Bools) -> NDArray[np.int32]:
    homes = household_rows(batch.personen["huishouden_id"], batch.huishoudens["huishouden_id"].to_numpy(object))
    out = np.zeros((len(batch.huishoudens), adults.chance.shape[1]), dtype=np.int32)
    for adult in np.flatnonzero(mine):
        out[homes[adult]] += np.rint(10_000 * adults.chance[adults.row[adult]]).astype(np.int32)
    return out
