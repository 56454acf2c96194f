"""Adults who say the same about themselves are one profile: the score is computed once for all of them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.labour import SECTORS
from optimizer.domain.tables import OPLEIDINGEN, TAALNIVEAUS
from optimizer.rules.parameters import Parameters

Int = npt.NDArray[np.int64]

#: Index that stands for "unknown"; of a sector it means all sectors together.
_UNKNOWN_SECTOR = len(SECTORS)


@dataclass(frozen=True)
class Profiles:
    """The distinct profiles as columns, and whose is which.

    Parameters
    ----------
    of_adult
        Profile of each adult, int64 [adults].
    opleiding, taalniveau
        Index into ``OPLEIDINGEN`` and ``TAALNIVEAUS``; their length means unknown [profiles].
    ervaring_sector, ambitie_sector
        Index into ``SECTORS``; their length means unknown, all sectors together [profiles].
    ervaring_jaren
        Completed years of experience, at most ``fit/ervaring_jaren_vol`` [profiles].
    wil_werken
        False: no chance is counted [profiles].
    unknown
        Adults about whom a column says nothing, by column.
    """

    of_adult: Int
    opleiding: Int
    taalniveau: Int
    ervaring_sector: Int
    ambitie_sector: Int
    ervaring_jaren: Int
    wil_werken: npt.NDArray[np.bool_]
    unknown: dict[str, int]


def profiles(personen: pd.DataFrame, parameters: Parameters) -> Profiles:
    """Reduce the table of adults to its distinct profiles, in an order that does not depend on the rows."""
    years = personen["ervaring_jaren"].to_numpy(dtype=np.float64, na_value=np.nan)
    full = parameters["fit/ervaring_jaren_vol"]
    counted = np.where(np.isnan(years), parameters["fit/ervaring_jaren_onbekend"], years)
    columns: dict[str, Int] = {
        "opleiding": _index(personen["opleiding"], OPLEIDINGEN),
        "taalniveau": _index(personen["taalniveau"], TAALNIVEAUS),
        "ervaring_sector": _index(personen["ervaring_sector"], SECTORS),
        "ambitie_sector": _index(personen["ambitie_sector"], SECTORS),
        "ervaring_jaren": np.clip(np.floor(counted), 0, full).astype(np.int64),
        "wil_werken": np.where(personen["wil_werken"] == "nee", 0, 1).astype(np.int64),
    }
    distinct, of_adult = np.unique(np.column_stack(list(columns.values())), axis=0, return_inverse=True)
    found: dict[str, Any] = dict(zip(columns, distinct.T, strict=True))
    return Profiles(
        of_adult=of_adult.reshape(-1),
        **{**found, "wil_werken": found["wil_werken"].astype(np.bool_)},
        unknown={
            "opleiding": _count(columns["opleiding"], len(OPLEIDINGEN)),
            "taalniveau": _count(columns["taalniveau"], len(TAALNIVEAUS)),
            "ervaring_sector": _count(columns["ervaring_sector"], _UNKNOWN_SECTOR),
            "ervaring_jaren": int(np.isnan(years).sum()),
            "ambitie_sector": _count(columns["ambitie_sector"], _UNKNOWN_SECTOR),
        },
    )


def _index(cells: "pd.Series[str]", words: tuple[str, ...]) -> Int:
    """Return the place of each cell in ``words``; their length for any other cell (empty or ``onbekend``)."""
    places = pd.Index(words).get_indexer(pd.Index(cells))
    return np.where(places < 0, len(words), places).astype(np.int64)


def _count(places: Int, unknown: int) -> int:
    return int((places == unknown).sum())
