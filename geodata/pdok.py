"""Official boundaries of municipalities from the PDOK web feature service."""

import json
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geodata.areas import CRS
from geodata.errors import SchemaFout
from geodata.wording import Sentence


def borders(jaar: int, base: str, ask: Callable[[str], Any]) -> gpd.GeoDataFrame:
    """Fetch the generalised boundaries on 1 January of a year, in order of code.

    Parameters
    ----------
    jaar
        The year of the division.
    base
        Address of the service, up to the year.
    ask
        Fetches a URL and decodes the JSON.

    Returns
    -------
    A frame with ``gemeente`` and ``geometry`` in EPSG:28992.

    Raises
    ------
    SchemaFout
        Where boundaries are missing, nameless, no areas, or not in the Netherlands.
    """
    url = (
        f"{base}/{jaar}/wfs/v1_0?service=WFS&version=2.0.0&request=GetFeature"
        f"&typeName=gebiedsindelingen:gemeente_gegeneraliseerd&srsName=EPSG:{CRS}&outputFormat=json"
    )
    answer = ask(url)
    features = answer.get("features") if isinstance(answer, dict) else None
    if not isinstance(features, list) or not features:
        raise SchemaFout(url, Sentence("er is geen lijst 'features'", "there is no list 'features'"))
    if len(features) != answer.get("numberMatched", len(features)):
        all_of_them = answer["numberMatched"]
        raise SchemaFout(
            url, Sentence(f"{len(features)} van {all_of_them} grenzen", f"{len(features)} of {all_of_them} boundaries")
        )
    try:
        codes = [str(f["properties"]["statcode"]) for f in features]
        with np.errstate(all="ignore"):  # coordinates that are no numbers have no area
            shapes = shapely.make_valid([shapely.from_geojson(json.dumps(f["geometry"])) for f in features])
            real = np.isfinite(shapely.bounds(shapes)).all(axis=1) & (shapely.area(shapes) > 0)
        if not real.all():
            raise ValueError(codes[int(real.argmin())])
    except (KeyError, TypeError, ValueError, RecursionError, shapely.errors.GEOSException) as fout:
        raise SchemaFout(
            url,
            Sentence(f"een grens zonder statcode of vlak ({fout})", f"a boundary without statcode or area ({fout})"),
        ) from None
    frame = gpd.GeoDataFrame({"gemeente": codes}, geometry=shapes, crs=CRS)
    west, south, east, north = frame.total_bounds
    if not (0 < west < east < 300_000 and 300_000 < south < north < 650_000):
        raise SchemaFout(
            url,
            Sentence(
                "de grenzen liggen niet in Nederland (EPSG:28992)",
                "the boundaries are not in the Netherlands (EPSG:28992)",
            ),
        )
    return frame.sort_values("gemeente", ignore_index=True)
