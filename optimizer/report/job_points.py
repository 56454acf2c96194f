"""Where the jobs of a run lie on a map: in the place that distances were measured to, else in the municipality."""

import datetime
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.gemeenten import load_gemeenten
from geodata.places import centres
from geodata.workplace import locate


@dataclass(frozen=True)
class JobPoints:
    """Workplaces of m jobs.

    Parameters
    ----------
    gemeente
        Row of the municipality, int64 [m].
    xy
        EPSG:28992 in metres, float64 [m, 2].
    name
        What people call it, object [m]: ``Zwolle``, or ``Hoek van Holland (Rotterdam)``.
    """

    gemeente: npt.NDArray[np.int64]
    xy: npt.NDArray[np.float64]
    name: npt.NDArray[np.object_]


def job_points(banen: pd.DataFrame, day: datetime.date) -> JobPoints:
    """Return where each job lies.

    Parameters
    ----------
    banen
        Columns of ``uitvoer.BANEN``; ``werk_plaats`` where the run knew places.
    day
        The peildatum of the run.
    """
    g = load_gemeenten()
    rows = g.rows(banen["werk_gemeente"].tolist())
    xy, name = centres(day)[rows], g.naam[rows].astype(object)
    places = banen["werk_plaats"].tolist() if "werk_plaats" in banen else []
    for job, place in enumerate(places):
        plek = locate(place, str(g.code[rows[job]]), day) if place else None
        if plek is not None:
            xy[job] = plek.x_rd, plek.y_rd
            name[job] = plek.naam if plek.naam == name[job] else f"{plek.naam} ({name[job]})"
    return JobPoints(rows, xy, name)
