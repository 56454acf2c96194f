"""The areas that a map shows: official boundaries where the user has fetched them, else Thiessen areas."""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
from pyogrio.errors import DataSourceError

from geodata.areas import VerkeerdCRS, thiessen
from geodata.errors import SchemaFout
from geodata.refresh import official_areas


@dataclass(frozen=True, eq=False)
class MapAreas:
    """The area of each municipality for a map.

    Attributes
    ----------
    frame
        Columns ``gemeente``, ``naam`` and ``geometry`` (EPSG:28992), in order of ``Gemeenten.code``.
    jaar
        Year of the official boundaries (CBS and Kadaster, through PDOK); None for Thiessen areas.
    """

    frame: gpd.GeoDataFrame
    jaar: int | None


def map_areas(folder: Path) -> MapAreas:
    """Return the newest official areas in a folder that fit the present division, else Thiessen areas.

    Boundaries of another division, or a file that cannot be read, are passed over: a map must not fail on them, and
    says which areas it shows.

    Parameters
    ----------
    folder
        Where :func:`geodata.refresh.refresh` put a folder per year; need not exist.
    """
    years = sorted((int(f.parent.name) for f in folder.glob("[12][0-9][0-9][0-9]/grenzen.gpkg")), reverse=True)
    for year in years:
        try:
            return MapAreas(official_areas(folder / str(year)), year)
        except (SchemaFout, VerkeerdCRS, DataSourceError):
            continue
    return MapAreas(thiessen(), None)
