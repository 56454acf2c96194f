"""Places with coordinates and inhabitants, and the centre of each municipality."""

import datetime
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import Opvolgers, opvolgers
from geodata.tables import read_table

Float = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Places:
    """Places as read-only columns, in order of municipality and then of inhabitants.

    Attributes
    ----------
    naam, gemeente
        Name of the place and code of its municipality, shape [p].
    lat, lon
        WGS 84 degrees, shape [p].
    x_rd, y_rd
        EPSG:28992 metres, shape [p].
    inwoners
        Inhabitants, int64, shape [p]; a city may be counted beside its quarters.
    """

    naam: NDArray[np.str_]
    gemeente: NDArray[np.str_]
    lat: Float
    lon: Float
    x_rd: Float
    y_rd: Float
    inwoners: NDArray[np.int64]

    def __post_init__(self) -> None:
        for column in vars(self).values():
            column.flags.writeable = False

    def __len__(self) -> int:
        return len(self.naam)

    def xy(self) -> Float:
        """Coordinates in EPSG:28992 metres, shape [p, 2]."""
        return np.column_stack([self.x_rd, self.y_rd])


@cache
def load_places() -> Places:
    """Load the places of the Netherlands.

    Source: GeoNames (CC BY 4.0), see ``geodata/data/bronnen.toml``.

    Examples
    --------
    >>> places = load_places()
    >>> len(set(places.gemeente.tolist()))
    342
    """
    rows = read_table("places.csv")

    def numbers(name: str) -> Float:
        return np.array([float(row[name]) for row in rows])

    return Places(
        naam=np.array([row["naam"] for row in rows]),
        gemeente=np.array([row["gemeente"] for row in rows]),
        lat=numbers("lat"),
        lon=numbers("lon"),
        x_rd=numbers("x_rd"),
        y_rd=numbers("y_rd"),
        inwoners=numbers("inwoners").astype(np.int64),
    )


def centres(day: datetime.date | None = None) -> Float:
    """Compute where the people of each municipality live on average.

    The centre of municipality g with places P(g) is ``sum(w_p * xy_p) / sum(w_p)`` with the
    inhabitants of the place, plus one, as its weight (so that a place without a count counts).

    Parameters
    ----------
    day
        The day whose division counts: a merged municipality has the places of both, and the one
        that ended has its centre too. None: the division that ships.

    Returns
    -------
    float64, shape [342, 2], metres in EPSG:28992, read-only, in order of ``Gemeenten.code``
    """
    return centres_after(opvolgers(day))


@cache
def centres_after(merged: Opvolgers) -> Float:
    """Compute the centres after mergers, given as rows; see `centres`."""
    places, gemeenten = load_places(), load_gemeenten()
    row = gemeenten.rows(places.gemeente.tolist())
    for old, new in merged:
        row[row == old] = new
    weight = places.inwoners + 1.0
    xy = places.xy()
    total, *sums = (
        np.bincount(row, values, minlength=len(gemeenten)) for values in (weight, *(weight[:, None] * xy).T)
    )
    found = np.full((len(gemeenten), 2), np.nan)
    there = total > 0
    found[there] = np.column_stack(sums)[there] / total[there, None]
    for old, new in merged:
        found[old] = found[new]
    found.flags.writeable = False
    return found


def nearest_km(gemeente: str, x_rd: float, y_rd: float) -> float:
    """Give the distance of a point (EPSG:28992, metres) to the nearest place of a municipality, in km.

    Examples
    --------
    >>> round(nearest_km("GM0363", 121_000, 487_000)), round(nearest_km("GM0363", 176_000, 318_000))
    (0, 168)
    """
    places = load_places()
    own = places.gemeente == gemeente
    return float(np.hypot(places.x_rd[own] - x_rd, places.y_rd[own] - y_rd).min(initial=np.inf)) / 1000
