"""What distances are measured to: the municipalities, and the places of work that the input names."""

import datetime
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.distance import matrix
from geodata.gemeenten import Gemeenten
from geodata.workplace import Plek, at_point, by_place, km_to, locate
from optimizer.domain.batch import Batch

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Destinations:
    """Columns that distances are kept for: first every municipality in order of code, then each named place of work.

    Attributes
    ----------
    km
        Distance from each municipality (row) to each destination (column) in the measure in force, float64 [G, D].
    gemeente
        Row of the municipality of each destination, int64 [D].
    naam
        What people call it, object [D]: ``Hoek van Holland (Rotterdam)``.
    plaats
        Name of the place of work alone, object [D]; "" for a municipality.
    """

    km: npt.NDArray[np.float64]
    gemeente: Ints
    naam: npt.NDArray[np.object_]
    plaats: npt.NDArray[np.object_]


def find_destinations(
    batch: Batch, gemeenten: Gemeenten, measure: str, day: datetime.date
) -> tuple[Destinations, Ints]:
    """Return the destinations of a batch, and the column of each job, int64 [jobs].

    A job without a named place has the column of its municipality, and so has every job where the measure knows no
    places. Places stand in order of municipality, then of name, so that nothing depends on the order of the rows.
    """
    w = batch.werk
    row = gemeenten.rows(w["werk_gemeente"].tolist())
    places = named_places(w, batch.postcodes, day) if by_place(measure) else [None] * len(w)
    keys = [(int(g), p) if p else None for g, p in zip(row, places, strict=True)]
    unique = sorted({k for k in keys if k}, key=lambda k: (k[0], k[1].naam, k[1].x_rd, k[1].y_rd))
    column = {key: len(gemeenten) + i for i, key in enumerate(unique)}
    of_job = np.array([column[k] if k else g for k, g in zip(keys, row.tolist(), strict=True)], dtype=np.int64)
    between, found = matrix(measure, day), [plek for _, plek in unique]
    own = np.array([g for g, _ in unique], dtype=np.int64)
    return Destinations(
        km=np.hstack([between, km_to(found, measure, day)]) if found else between,
        gemeente=np.r_[np.arange(len(gemeenten), dtype=np.int64), own],
        naam=np.array([*gemeenten.naam.tolist(), *(_label(gemeenten, *key) for key in unique)], dtype=object),
        plaats=np.array([*[""] * len(gemeenten), *(plek.naam for plek in found)], dtype=object),
    ), of_job


def named_places(werk: pd.DataFrame, postcodes: pd.DataFrame, day: datetime.date) -> list[Plek | None]:
    """Return where each job is: its postcode where the user's table has it, else the place that it names, else None."""
    used = postcodes[postcodes["postcode4"].isin(werk["werk_postcode4"])]
    columns = (used[name] for name in ("postcode4", "gemeente", "x_rd", "y_rd"))
    points = {pc4: at_point(code, x, y, day) for pc4, code, x, y in zip(*columns, strict=True)}
    return [
        points[pc4] if pc4 in points else (locate(naam, code, day) if naam else None)
        for pc4, naam, code in zip(werk["werk_postcode4"], werk["werk_plaats"], werk["werk_gemeente"], strict=True)
    ]


def _label(gemeenten: Gemeenten, row: int, plek: Plek) -> str:
    whole = str(gemeenten.naam[row])
    return whole if plek.naam == whole else f"{plek.naam} ({whole})"
