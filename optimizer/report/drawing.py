"""The ground of every map: EPSG:28992 in kilometres with the north up, as SVG paths that need no library."""

import datetime
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata import userdata
from geodata.areas import simplified
from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import Opvolgers, opvolgers
from geodata.mapareas import map_areas

TOLERANCE_M = 500.0
#: Corner of the drawing in EPSG:28992 (km, left and top) and its size (km).
LEFT, TOP, WIDTH, HEIGHT = 8.0, 624.0, 273.0, 322.0


@dataclass(frozen=True)
class Ground:
    """What lies below a map.

    Parameters
    ----------
    gemeenten
        Path of each municipality, in order of code; empty for one that has merged: its successor has both areas.
    koppelregios, provincies
        The borders of the koppelregio's and of the provinces, each as one path.
    grenzen
        Left, top, right and bottom of each municipality in the drawing, float64 [gemeenten, 4]; NaN for an empty one.
    jaar
        Year of the official boundaries; None for areas by the nearest place.
    """

    gemeenten: tuple[str, ...]
    koppelregios: str
    provincies: str
    grenzen: NDArray[np.float64]
    jaar: int | None


@dataclass(frozen=True)
class View:
    """The part of the drawing that a map shows (km), and what is named in it.

    Parameters
    ----------
    left, top, width, height
        Its corner and size.
    names
        Names of provinces with their place.
    """

    left: float
    top: float
    width: float
    height: float
    names: tuple[tuple[str, float, float], ...] = ()

    @property
    def box(self) -> str:
        """The part as a ``viewBox``."""
        return f"{self.left:.1f} {self.top:.1f} {self.width:.1f} {self.height:.1f}"

    @property
    def scale(self) -> float:
        """How large the part is beside the whole country; text is written so much smaller."""
        return self.width / WIDTH


def ground(day: datetime.date) -> Ground:
    """Return the ground of the maps of a day, with official boundaries where the user has fetched them."""
    return _ground(userdata.folder(), opvolgers(day))


def areas(day: datetime.date) -> NDArray[np.object_]:
    """Return the area of each municipality of a day in the drawing (km), object [G]; empty for one that has merged."""
    return _areas(userdata.folder(), opvolgers(day))


@lru_cache(maxsize=2)
def _areas(folder: Path, merged: Opvolgers) -> NDArray[np.object_]:
    shapes, _ = _shapes(folder, merged)
    return np.asarray(shapely.transform(shapes, drawn), dtype=object)


@lru_cache(maxsize=2)
def _ground(folder: Path, merged: Opvolgers) -> Ground:
    shapes, jaar = _shapes(folder, merged)
    table = load_gemeenten()
    regios, provincies = (
        "".join(map(path, gpd.GeoSeries(shapes).groupby(of).apply(shapely.union_all)))
        for of in (table.koppelregio, table.provincie)
    )
    left, bottom, right, top = shapely.bounds(shapes).T
    corners = np.column_stack([left / 1000 - LEFT, TOP - top / 1000, right / 1000 - LEFT, TOP - bottom / 1000])
    return Ground(tuple(map(path, shapes)), regios, provincies, corners, jaar)


def _shapes(folder: Path, merged: Opvolgers) -> tuple[NDArray[np.object_], int | None]:
    """Return the areas of a day (EPSG:28992), object [G], and the year of the official boundaries."""
    found = map_areas(folder)
    shapes = simplified(TOLERANCE_M, found.frame).geometry.to_numpy().copy()
    for old, new in merged:
        shapes[new] = shapely.union(shapes[old], shapes[new])
        shapes[old] = shapely.MultiPolygon()
    return np.asarray(shapes, dtype=object), found.jaar


def path(geometry: shapely.Geometry) -> str:
    """Return polygons as SVG path data."""
    rings = [r for p in shapely.get_parts(geometry) for r in (p.exterior, *p.interiors)]
    return "".join(_ring(drawn(shapely.get_coordinates(ring))) for ring in rings)


def _ring(points: NDArray[np.float64]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points[:-1]) + "Z"


def drawn(points_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn EPSG:28992 (m, north up) into the coordinates of the drawing (km, south up), shape [n, 2]."""
    return np.column_stack([points_m[:, 0] / 1000 - LEFT, TOP - points_m[:, 1] / 1000])
