"""The Thiessen areas against the true boundaries, where these lie beside the repository."""

import os
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.areas import thiessen
from geodata.gemeenten import load_gemeenten
from geodata.places import load_places

BOUNDARIES = Path(
    os.environ.get("KOPPELWIJZER_GRENZEN")
    or Path(__file__).parents[3] / "shared" / "data" / "boundaries" / "gemeenten_2023.topo.json"
)
# The file is no program that CI could install, so this skip is none that KOPPELWIJZER_ALLES forbids.
if not BOUNDARIES.exists():
    pytest.skip("the official boundaries of 2023 are not beside the repository", allow_module_level=True)


@pytest.fixture(scope="module")
def official() -> gpd.GeoDataFrame:
    frame = gpd.read_file(BOUNDARIES, layer="gm_features").set_crs(4326, allow_override=True)
    frame["geometry"] = frame.to_crs(28992).geometry.make_valid()
    return frame.set_crs(28992, allow_override=True).set_index("code").loc[load_gemeenten().code]


def test_thiessen_areas_cover_a_median_of_four_fifths_of_the_true_areas(
    official: gpd.GeoDataFrame,
) -> None:
    true = np.asarray(official.geometry)
    share = shapely.area(shapely.intersection(true, np.asarray(thiessen().geometry)))
    assert np.median(share / shapely.area(true)) >= 0.80


def test_the_land_has_the_true_area_within_two_percent(official: gpd.GeoDataFrame) -> None:
    assert thiessen().area.sum() == pytest.approx(official.area.sum(), rel=0.02)


def test_nearly_every_place_lies_in_its_own_municipality(official: gpd.GeoDataFrame) -> None:
    places = load_places()
    own = np.asarray(official.geometry)[load_gemeenten().rows(places.gemeente.tolist())]
    astray = shapely.distance(own, shapely.points(places.xy())) > 500
    assert astray.sum() <= 5
