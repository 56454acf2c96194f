"""The map of one province or municipality with its neighbours: names of provinces, and places of work as dots."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.gemeenten import load_gemeenten
from geodata.places import centres
from optimizer.report.drawing import areas, drawn
from optimizer.report.maps import fill_class

Floats = NDArray[np.float64]

#: Land around an area, as a share of its size, and the least width of a map (km).
AROUND, LEAST_KM = 0.14, 56.0
#: Height of a map as a share of its width, at the least and at the most.
FLATTEST, TALLEST = 0.72, 1.15
#: Width of a letter and height of a line as shares of the size of the letters, to keep names apart.
LETTER, LINE = 0.63, 1.35
#: Names on a map at the most, and letters to the width of a map.
MOST_NAMES, LETTERS = 26, 46


@dataclass(frozen=True)
class Shape:
    """One municipality of the area: its path, the class of its fill (None: no opgave) and what a pointer shows."""

    path: str
    fill: int | None
    title: str


class Name(NamedTuple):
    """A name on the map and its place; ``kind`` is ``provincie``, ``eigen``, ``gemeente`` or ``buur``."""

    x: float
    y: float
    text: str
    kind: str


class Dot(NamedTuple):
    """A place of work: where, how large, and what a pointer shows."""

    x: float
    y: float
    radius: float
    title: str


@dataclass(frozen=True)
class AreaMap:
    """A map of an area; coordinates in km of the drawing.

    Attributes
    ----------
    box
        Left, top, width and height.
    shapes, neighbours, borders
        The municipalities of the area, all others as one path, and the borders of provinces as one path.
    names, dots
        What is written, and the places of work.
    size
        Of the letters.
    """

    box: tuple[float, float, float, float]
    shapes: tuple[Shape, ...]
    neighbours: str
    borders: str
    names: tuple[Name, ...]
    dots: tuple[Dot, ...]
    size: float


def area_map(inside: Sequence[int], taakstelling: pd.DataFrame, banen: pd.DataFrame, day: datetime.date) -> AreaMap:
    """Draw an area.

    Parameters
    ----------
    inside
        Rows of the municipalities of the area, as far as they exist on the day.
    taakstelling
        Rows of ``taakstelling`` of the area.
    banen
        Rows of ``banen`` of who is proposed there.
    day
        The peildatum, whose division of municipalities counts.
    """
    g, land = load_gemeenten(), areas(day)
    own = np.asarray(inside, dtype=np.int64)
    box = _box(shapely.total_bounds(land[own]))
    size = round(box[2] / LETTERS, 2)
    seen = [i for i in shapely.STRtree(land).query(shapely.box(*_corners(box))) if i not in set(own.tolist())]
    rows = taakstelling.set_index("gemeente")[["voorgesteld", "opgave"]].astype(int)
    shapes = []
    for i in own.tolist():
        placed, opgave = rows.loc[g.code[i]].tolist() if g.code[i] in rows.index else (0, 0)
        shapes.append(Shape(line(land[i]), fill_class(placed, opgave), f"{g.naam[i]}: {placed} / {opgave}"))
    others = shapely.clip_by_rect(land[np.sort(np.asarray(seen, dtype=np.int64))], *_corners(box))
    return AreaMap(
        box,
        tuple(shapes),
        "".join(line(shape) for shape in others),
        line(shapely.clip_by_rect(_borders(day), *_corners(box))),
        _names(own, box, size, day),
        _dots(banen, box, size, day),
        size,
    )


def line(geometry: shapely.Geometry) -> str:
    """Return polygons or lines in the drawing as SVG path data, to 100 metres."""
    parts = shapely.get_parts(geometry)
    rings = [
        (ring, True)
        for part in parts
        if shapely.get_type_id(part) == shapely.GeometryType.POLYGON
        for ring in (part.exterior, *part.interiors)
    ]
    rings += [(part, False) for part in parts if shapely.get_type_id(part) == shapely.GeometryType.LINESTRING]
    return "".join(_path(shapely.get_coordinates(ring), closed) for ring, closed in rings)


def _path(points: Floats, closed: bool) -> str:
    around = points[:-1] if closed else points
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in around.tolist()) + ("Z" if closed else "")


def _box(bounds: Floats) -> tuple[float, float, float, float]:
    """Return left, top, width and height of a map around some bounds, in a form that fits a page."""
    left, top, right, bottom = bounds.tolist()
    wide = max(LEAST_KM, (1 + 2 * AROUND) * (right - left))
    high = max(FLATTEST * wide, (1 + 2 * AROUND) * (bottom - top))
    wide = max(wide, high / TALLEST)
    middle = (left + right) / 2, (top + bottom) / 2
    return round(middle[0] - wide / 2, 1), round(middle[1] - high / 2, 1), round(wide, 1), round(high, 1)


def _corners(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, wide, high = box
    return left, top, left + wide, top + high


@lru_cache(maxsize=2)
def _borders(day: datetime.date) -> shapely.Geometry:
    """Return the outlines of all provinces as lines."""
    provincie, land = load_gemeenten().provincie, areas(day)
    whole = [shapely.union_all(land[provincie == name]) for name in np.unique(provincie)]
    return shapely.union_all([shapely.boundary(shape) for shape in whole])


def _names(
    own: NDArray[np.int64], box: tuple[float, float, float, float], size: float, day: datetime.date
) -> tuple[Name, ...]:
    """Place names that do not run into each other: first the area's own, then provinces, then by inhabitants."""
    g, middle = load_gemeenten(), drawn(centres(day))
    left, top, right, bottom = _corners(box)
    seen = (middle[:, 0] > left) & (middle[:, 0] < right) & (middle[:, 1] > top) & (middle[:, 1] < bottom)
    mine = np.zeros(len(g), dtype=np.bool_)
    mine[own] = True
    wanted = [Name(*_at(middle[i]), str(g.naam[i]), "eigen") for i in own.tolist()] if own.size == 1 else []
    homes = set(g.provincie[own].tolist())
    for province in sorted(set(g.provincie[seen].tolist()) - (homes if own.size > 1 else set())):
        of = seen & (g.provincie == province) & ~(mine if own.size == 1 else np.zeros(len(g), dtype=np.bool_))
        if of.any():
            wanted.append(Name(*_at(_innermost(middle[of])), province.upper(), "provincie"))
    for i in np.argsort(-g.inwoners, kind="stable").tolist():
        if mine[i] and own.size > 1:
            wanted.append(Name(*_at(middle[i]), str(g.naam[i]), "gemeente"))
    for i in np.argsort(-g.inwoners, kind="stable").tolist():
        if seen[i] and not mine[i] and own.size == 1:
            wanted.append(Name(*_at(middle[i]), str(g.naam[i]), "buur"))
    return _apart(wanted, box, size)


def _at(point: Floats) -> tuple[float, float]:
    return round(float(point[0]), 1), round(float(point[1]), 1)


def _innermost(points: Floats) -> Floats:
    """Return the one of some points that lies nearest to their mean."""
    return np.asarray(points[np.argmin(((points - points.mean(axis=0)) ** 2).sum(axis=1))])


def _apart(wanted: Sequence[Name], box: tuple[float, float, float, float], size: float) -> tuple[Name, ...]:
    """Keep the names that fit inside the map and over no name before them, as many as are read with ease."""
    left, top, right, bottom = _corners(box)
    kept: list[Name] = []
    boxes: list[tuple[float, float, float, float]] = []
    for name in wanted:
        half = LETTER * size * len(name.text) * (1.15 if name.kind in ("provincie", "eigen") else 1.0) / 2
        x = min(max(name.x, left + half + size / 2), right - half - size / 2)
        y = min(max(name.y, top + 1.8 * size), bottom - size)
        around = (x - half, y - LINE * size, x + half, y + LINE * size / 2)
        if any(_over(around, other) for other in boxes):
            continue
        boxes.append(around)
        kept.append(Name(round(x, 1), round(y, 1), name.text, name.kind))
        if len(kept) == MOST_NAMES:
            break
    return tuple(kept)


def _over(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _dots(
    banen: pd.DataFrame, box: tuple[float, float, float, float], size: float, day: datetime.date
) -> tuple[Dot, ...]:
    """Return the places of work on the map, the largest first so that none is hidden."""
    g, middle = load_gemeenten(), drawn(centres(day))
    left, top, right, bottom = _corners(box)
    counts = banen["werk_gemeente"].value_counts(sort=False)
    found = []
    for code in sorted(counts.index, key=lambda code: (-int(counts[code]), str(code))):
        x, y = _at(middle[g.index[str(code)]])
        if left < x < right and top < y < bottom:
            n = int(counts[code])
            found.append(
                Dot(x, y, round(size * min(1.6, 0.3 + 0.18 * n**0.5), 2), f"{g.naam[g.index[str(code)]]}: {n}")
            )
    return tuple(found)
