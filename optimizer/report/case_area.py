"""The map of one case: the proposed municipality, places of work, and the circles around them.

Once as paths that need no library, and once in degrees for a map that a script draws.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import into
from geodata.places import centres
from optimizer.report.area_map import line
from optimizer.report.drawing import LEFT, TOP, areas, drawn

#: Land around a case, as a share of its size: in a drawing, and on a map that can be moved. Letters of a name to the
#: width of the map.
AROUND, AROUND_MOVED, LETTERS = 0.06, 0.5, 34
#: Decimals of a degree: about a metre.
DEGREES = 5

Point = tuple[float, float]


@dataclass(frozen=True)
class CaseArea:
    """What is drawn of a case; places in km of the drawing.

    Attributes
    ----------
    box
        Left, top, width and height.
    size
        Of the letters.
    land, gemeente
        Paths: the borders of all municipalities in sight, and the proposed one.
    name, at
        Name and centre of the proposed municipality.
    places
        Name and centre of each place of work, in the order in which they were given.
    """

    box: tuple[float, float, float, float]
    size: float
    land: str
    gemeente: str
    name: str
    at: Point
    places: tuple[tuple[str, Point], ...]


def case_area(gemeente: str, werk: Sequence[str], radius_km: float, day: datetime.date) -> CaseArea:
    """Draw a case.

    Parameters
    ----------
    gemeente
        Code of the proposed municipality.
    werk
        Code of the municipality of each place of work; its centre is drawn, for that is what distances are measured to.
    radius_km
        Of the circle around each.
    day
        The peildatum, whose division of municipalities counts.
    """
    names, row, rows = load_gemeenten().naam, _row(gemeente, day), [_row(code, day) for code in werk]
    middle = drawn(centres(day))
    own = areas(day)[row]
    box = _box(own, middle[rows], radius_km, AROUND)
    left, top, width, height = box
    window = (left, top, left + width, top + height)
    land = shapely.clip_by_rect(_borders(day), *window)
    return CaseArea(
        box=box,
        size=round(width / LETTERS, 2),
        land=line(land),
        gemeente=line(shapely.clip_by_rect(own, *window)),
        name=str(names[row]),
        at=_at(middle[row]),
        places=tuple((str(names[i]), _at(middle[i])) for i in rows),
    )


def case_geojson(gemeente: str, werk: Sequence[str], radius_km: float, day: datetime.date) -> dict[str, object]:
    """Return a case as GeoJSON (WGS 84): borders in sight, the municipality, and a point with a radius for each place.

    Parameters
    ----------
    gemeente, werk, radius_km, day
        As for `case_area`.
    """
    names, row, rows = load_gemeenten().naam, _row(gemeente, day), [_row(code, day) for code in werk]
    middle = drawn(centres(day))
    left, top, width, height = _box(areas(day)[row], middle[rows], radius_km, AROUND_MOVED)
    land = shapely.clip_by_rect(_borders(day), left, top, left + width, top + height)
    points = [shapely.Point(middle[i]) for i in rows]
    turned = in_degrees([land, areas(day)[row], *points])
    kinds = [
        {"soort": "land"},
        {"soort": "gemeente", "naam": str(names[row])},
        *({"soort": "werk", "naam": str(names[i]), "straal_km": radius_km} for i in rows),
    ]
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": kind, "geometry": shapely.geometry.mapping(shape)}
            for kind, shape in zip(kinds, turned, strict=True)
        ],
    }


def in_degrees(shapes: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    """Turn shapes in the drawing (km) into degrees (WGS 84, longitude first).

    >>> shapely.get_coordinates(in_degrees([shapely.Point(147.0, 161.0)])).round(2).tolist()  # Amersfoort
    [[5.39, 52.16]]
    """

    def metres(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack([(points[:, 0] + LEFT) * 1000, (TOP - points[:, 1]) * 1000])

    turned = gpd.GeoSeries([shapely.transform(s, metres) for s in shapes], crs=28992).to_crs(4326)
    return [shapely.transform(s, lambda points: points.round(DEGREES)) for s in turned]


def _row(code: str, day: datetime.date) -> int:
    """Return the row of a municipality, or of the one that it has become part of."""
    return int(into(day)[load_gemeenten().index[code]])


def _at(point: NDArray[np.float64]) -> Point:
    return round(float(point[0]), 1), round(float(point[1]), 1)


def _box(
    own: shapely.Geometry, places: NDArray[np.float64], radius_km: float, around: float
) -> tuple[float, float, float, float]:
    """Return the part of the drawing that holds the municipality and every circle, as a square."""
    left, top, right, bottom = shapely.total_bounds(
        [own, *(shapely.Point(p).buffer(radius_km) for p in places)]
    ).tolist()
    side = (1 + 2 * around) * max(right - left, bottom - top)
    return round((left + right - side) / 2, 1), round((top + bottom - side) / 2, 1), round(side, 1), round(side, 1)


@lru_cache(maxsize=2)
def _borders(day: datetime.date) -> shapely.Geometry:
    """Return the borders of all municipalities of a day as lines, each drawn once."""
    return shapely.line_merge(shapely.union_all(shapely.boundary(areas(day))))
