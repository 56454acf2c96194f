"""Build ``land.csv``, ``water.csv`` and ``border.npy`` in ``geodata/data``.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python scripts/bouw_gebieden.py package/countries-10m.json

The land is Natural Earth's 1:10m outline of the Netherlands (public domain; the npm package
``world-atlas`` carries it), less the big waters of ``water_meren.csv`` beside this script. Those
and the rivers of ``water_rivieren.csv`` are drawn by hand, to about a kilometre. Distances to the
area of a municipality depend on them, so they are computed here once and shipped.
"""

import csv
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer

from geodata.areas import thiessen
from geodata.places import centres

HIER = Path(__file__).parent
DATA = HIER.parent / "geodata" / "data"
NETHERLANDS = "528"  # ISO 3166-1 numeric
TO_RD = Transformer.from_crs(4326, 28992, always_xy=True)


def project(lon_lat: Any) -> np.ndarray[Any, Any]:
    """Bring degrees [n, 2] to EPSG:28992 in whole metres."""
    x, y = TO_RD.transform(lon_lat[:, 0], lon_lat[:, 1])
    return np.round(np.column_stack([x, y]))


def outline(topology: dict[str, Any]) -> shapely.Geometry:
    """Decode the European Netherlands from Natural Earth's TopoJSON, in EPSG:28992."""
    scale, shift = (np.array(topology["transform"][k]) for k in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]

    def ring(indices: list[int]) -> np.ndarray[Any, Any]:
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    (country,) = (g for g in topology["objects"]["countries"]["geometries"] if g.get("id") == NETHERLANDS)
    rings = [ring(polygon[0]) for polygon in country["arcs"]]
    return shapely.union_all([shapely.make_valid(shapely.Polygon(project(r))) for r in rings if r[:, 0].min() > 0])


def hand_drawn(path: Path) -> dict[str, np.ndarray[Any, Any]]:
    """Read named lines from rows of (naam, lat, lon) in their order, in EPSG:28992."""
    rings: dict[str, list[tuple[float, float]]] = {}
    with path.open(encoding="utf-8", newline="") as bestand:
        for row in csv.DictReader(bestand):
            rings.setdefault(row["naam"], []).append((float(row["lon"]), float(row["lat"])))
    return {n: project(np.array(ring)) for n, ring in rings.items()}


def write(path: Path, kop: str, rows: list[tuple[str, shapely.Geometry]]) -> None:
    """Write named geometries as WKT in whole metres."""
    with path.open("w", encoding="utf-8", newline="") as bestand:
        writer = csv.writer(bestand, lineterminator="\n")
        writer.writerow([kop, "wkt"])
        writer.writerows((n, shapely.to_wkt(g, rounding_precision=0)) for n, g in rows)


def main(topojson: Path) -> None:
    """Build the three tables; the matrix last, since it uses the other two."""
    meren = hand_drawn(HIER / "water_meren.csv")
    water = {n: shapely.Polygon(ring) for n, ring in meren.items()}
    rivieren = hand_drawn(HIER / "water_rivieren.csv")
    land = outline(json.loads(topojson.read_text(encoding="utf-8")))
    land = shapely.set_precision(land.difference(shapely.union_all(list(water.values()))), 1)
    # Slivers between the coast and a hand-drawn shore are no land that anyone lives on.
    parts = sorted((part for part in shapely.get_parts(land) if part.area > 3e6), key=lambda part: -part.area)
    write(DATA / "land.csv", "deel", [(str(i + 1), part) for i, part in enumerate(parts)])
    write(
        DATA / "water.csv", "naam", [*water.items(), *((n, shapely.LineString(line)) for n, line in rivieren.items())]
    )
    areas = np.asarray(thiessen().geometry.array)
    points = shapely.points(centres())
    metres = np.round(shapely.distance(points[:, None], areas[None, :])).astype(np.uint32)
    np.fill_diagonal(metres, 0)
    np.save(DATA / "border.npy", metres)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
