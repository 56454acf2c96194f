"""Work within reach of a municipality: establishments by sector, weighted by distance."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from geodata.gemeenten import load_gemeenten
from geodata.tables import read_table

Float = NDArray[np.float64]
SECTORS = (
    "landbouw",
    "industrie_energie_bouw",
    "handel_horeca",
    "vervoer_ict",
    "financieel_onroerend_goed",
    "zakelijke_dienstverlening",
    "overheid_onderwijs_zorg",
    "cultuur_recreatie_overig",
)


@dataclass(frozen=True)
class Decay:
    """How willingness to travel falls with distance: ``w(d) = exp(-(d / scale_km) ** shape)``.

    This is the share of commuters who travel farther than d where distances to work follow a
    Weibull distribution (the form is our *aanname*).

    Parameters
    ----------
    shape, scale_km
        Parameters of the distribution, both positive.
    """

    shape: float
    scale_km: float

    def __post_init__(self) -> None:
        if not (self.shape > 0 and self.scale_km > 0):
            raise ValueError(f"shape and scale_km must be positive: {self}")

    def __call__(self, km: Float) -> Float:
        """Weigh distances in km, elementwise; 1 at zero, never rising."""
        weight: Float = np.exp(-((np.asarray(km, dtype=np.float64) / self.scale_km) ** self.shape))
        return weight


# The one Weibull curve with a mean of 19.9 km (CBS, mean commute 2023) and 4 % beyond 50 km (CBS,
# share of all jobs). Aanname: that newcomers travel as other workers do. CBS measures by road.
COMMUTE = Decay(shape=1.41345, scale_km=21.8662)


@dataclass(frozen=True, eq=False)
class Vestigingen:
    """Establishments and labour participation of each municipality, read-only.

    Attributes
    ----------
    sectors
        The eight sectors, in the order of the columns of ``counts``.
    counts
        Establishments (not jobs), int64, shape [342, 8], in order of ``Gemeenten.code``.
    arbeidsparticipatie
        Share of people aged 15 to 74 with paid work, 0 to 1, float64, shape [342].
    """

    sectors: tuple[str, ...]
    counts: NDArray[np.int64]
    arbeidsparticipatie: Float


@cache
def load_vestigingen() -> Vestigingen:
    """Load establishments by sector of 2021 in the present division.

    Source: CBS 85039NED (CC BY 4.0), see ``geodata/data/bronnen.toml``.
    """
    by_code = {row["gemeente"]: row for row in read_table("vestigingen.csv")}
    rows = [by_code[code] for code in load_gemeenten().code.tolist()]
    counts = np.array([[int(row[s]) for s in SECTORS] for row in rows], dtype=np.int64)
    share = np.array([float(row["netto_arbeidsparticipatie_pct"]) for row in rows]) / 100
    counts.flags.writeable = share.flags.writeable = False
    return Vestigingen(SECTORS, counts, share)


def within_reach(km_matrix: Float, decay: Decay = COMMUTE) -> Float:
    """Count the establishments that people in each municipality can reach, by sector.

    For municipality g and sector s: ``sum over k of decay(km[g, k]) * counts[k, s]``, so that
    one at home counts in full and one at 50 km for 4 %.

    Parameters
    ----------
    km_matrix
        Distances, shape [n, 342], km; rows are where people live.
    decay
        The curve; the default rests on CBS commuting figures (*aanname*).

    Returns
    -------
    float64, shape [n, 8], weighted establishments
    """
    return decay(km_matrix) @ load_vestigingen().counts.astype(np.float64)
