"""The catchment of a workplace: from where it can be reached, by each measure of distance."""

import datetime
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.distance import MEASURES, matrix
from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import bestaat, into
from geodata.places import centres
from optimizer.report.drawing import drawn

#: Upper limits of the bands, as shares of the radius.
BANDS = (0.2, 0.6, 1.0)


@dataclass(frozen=True)
class Reach:
    """What lies within the radius of a workplace by one measure.

    Parameters
    ----------
    measure
        Name of the measure.
    bands
        Band of each municipality, in order of code: 0, 1, 2; None beyond the radius. One that has merged has the band
        of its successor.
    gemeenten, inwoners, opgave, rest
        Municipalities and inhabitants within the radius; persons that they are still to house, and of these the rest
        after the proposal.
    """

    measure: str
    bands: tuple[int | None, ...]
    gemeenten: int
    inwoners: int
    opgave: int
    rest: int


@dataclass(frozen=True)
class Catchment:
    """The catchments of one workplace by every measure.

    Parameters
    ----------
    name, x, y
        The workplace and its place on the map (km).
    reaches
        One for each measure, straight first.
    disputed
        Municipalities that lie within the radius by one measure and beyond it by another, by name: (name, km by each
        measure).
    """

    name: str
    x: float
    y: float
    reaches: tuple[Reach, ...]
    disputed: tuple[tuple[str, tuple[float, ...]], ...]


def catchment(code: str, straal_km: float, taakstelling: pd.DataFrame, day: datetime.date) -> Catchment:
    """Measure the catchment of a workplace.

    Parameters
    ----------
    code
        Municipality of the work.
    straal_km
        The radius.
    taakstelling
        Columns of ``uitvoer.TAAKSTELLING``.
    day
        The peildatum, whose division of municipalities counts.
    """
    g = load_gemeenten()
    row = int(into(day)[g.index[code]])
    km = np.array([matrix(measure, day)[:, row] for measure in MEASURES])
    task = taakstelling.set_index("gemeente")[["opgave", "rest"]].reindex(g.code.tolist()).fillna(0)
    near = km <= straal_km
    split = np.flatnonzero(bestaat(day) & near.any(axis=0) & ~near.all(axis=0))
    by_name = sorted(split.tolist(), key=lambda i: str(g.naam[i]).lstrip("'").casefold())
    x, y = drawn(centres(day)[[row]])[0]
    return Catchment(
        name=str(g.naam[row]),
        x=round(float(x), 1),
        y=round(float(y), 1),
        reaches=tuple(
            _reach(measure, km[m], straal_km, task.to_numpy(np.int64), day) for m, measure in enumerate(MEASURES)
        ),
        disputed=tuple((str(g.naam[i]), tuple(km[:, i].tolist())) for i in by_name),
    )


def _reach(
    measure: str, km: NDArray[np.float64], straal_km: float, task: NDArray[np.int64], day: datetime.date
) -> Reach:
    band = np.searchsorted(np.array(BANDS) * straal_km, km)
    near = band < len(BANDS)
    return Reach(
        measure=measure,
        bands=tuple(b if b < len(BANDS) else None for b in band.tolist()),
        gemeenten=int((near & bestaat(day)).sum()),
        inwoners=int(load_gemeenten().inwoners[near].sum()),
        opgave=int(task[near, 0].sum()),
        rest=int(np.maximum(task[near, 1], 0).sum()),
    )
