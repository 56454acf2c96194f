"""The area of each municipality as polygons: Thiessen areas of its places, for maps.

A point of the land belongs to the municipality of the nearest place. Such areas cover a median
of four fifths of the true area; where the official boundaries have been fetched
(:mod:`geodata.refresh`), a map should show those instead and say so.
"""

from functools import cache

import geopandas as gpd
import shapely

from geodata.errors import GeoFout
from geodata.gemeenten import load_gemeenten
from geodata.places import load_places
from geodata.tables import read_table
from geodata.wording import Sentence

CRS = 28992


class VerkeerdCRS(GeoFout):
    """Geometry came in another coordinate reference system than EPSG:28992."""

    def __init__(self, gevonden: object) -> None:
        super().__init__(gevonden)
        self.gevonden = gevonden

    @property
    def sentence(self) -> Sentence:
        """The refusal in both languages."""
        return Sentence(
            f"geometrie moet in EPSG:{CRS} staan (Rijksdriehoek, meters), niet in {self.gevonden}",
            f"geometry must be in EPSG:{CRS} (Dutch grid, metres), not in {self.gevonden}",
        )


def check_crs(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the frame itself where it is in EPSG:28992.

    Raises
    ------
    VerkeerdCRS
        For any other coordinate reference system, or none.
    """
    if frame.crs is None or frame.crs.to_epsg() != CRS:
        raise VerkeerdCRS(frame.crs)
    return frame


@cache
def land() -> shapely.MultiPolygon:
    """Give the land of the Netherlands in EPSG:28992, without the big waters.

    Source: Natural Earth 1:10m (public domain), see ``geodata/data/bronnen.toml``.
    """
    parts = [shapely.from_wkt(row["wkt"]) for row in read_table("land.csv")]
    return shapely.MultiPolygon(parts)


@cache
def eilanden() -> dict[str, str]:
    """Give the municipalities that only a ferry reaches: code -> name of the island."""
    return {row["gemeente"]: row["eiland"] for row in read_table("eilanden.csv")}


@cache
def _thiessen() -> gpd.GeoDataFrame:
    places, gemeenten, outline = load_places(), load_gemeenten(), land()
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.MultiPoint(places.xy()), extend_to=outline.buffer(1000), ordered=True)
    )
    row = gemeenten.rows(places.gemeente.tolist())
    merged = [shapely.coverage_union_all(cells[row == i]) for i in range(len(gemeenten))]
    return gpd.GeoDataFrame(
        {
            "gemeente": gemeenten.code,
            "naam": gemeenten.naam,
            "eiland": [eilanden().get(code, "") for code in gemeenten.code.tolist()],
        },
        geometry=shapely.intersection(merged, outline),
        crs=CRS,
    )


def thiessen() -> gpd.GeoDataFrame:
    """Divide the land into the Thiessen areas of the places, joined per municipality.

    Returns
    -------
    A frame with columns ``gemeente``, ``naam``, ``eiland`` (the island that only a ferry
    reaches, else empty) and ``geometry`` in EPSG:28992, in order of ``Gemeenten.code``. The areas
    do not overlap and leave no holes: together they are :func:`land`.
    """
    return _thiessen().copy()


def simplified(tolerance_m: float, areas: gpd.GeoDataFrame | None = None) -> gpd.GeoDataFrame:
    """Simplify areas for a map, keeping shared boundaries shared.

    Parameters
    ----------
    tolerance_m
        About how far a boundary may move, metres.
    areas
        The frame to simplify; the Thiessen areas if None.

    Raises
    ------
    VerkeerdCRS
        Where ``areas`` is not in EPSG:28992.
    """
    frame = check_crs(thiessen() if areas is None else areas.copy())
    frame["geometry"] = frame.geometry.simplify_coverage(tolerance_m)
    return frame
