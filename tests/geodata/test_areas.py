import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.areas import VerkeerdCRS, check_crs, eilanden, land, simplified, thiessen
from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from geodata.places import centres, load_places


def test_every_municipality_has_one_valid_area_in_order_of_code() -> None:
    areas = thiessen()
    assert areas.gemeente.tolist() == load_gemeenten().code.tolist()
    assert areas.crs.to_epsg() == 28992
    assert areas.geometry.is_valid.all()
    assert (areas.area > 1e6).all()


def test_the_areas_leave_no_hole_and_do_not_overlap() -> None:
    areas = thiessen()
    assert areas.union_all().symmetric_difference(land()).area < 1e3
    assert areas.area.sum() == pytest.approx(land().area, rel=1e-9)


def test_a_place_on_land_lies_in_the_area_of_its_own_municipality() -> None:
    places = load_places()
    points = shapely.points(places.xy())
    own = np.asarray(thiessen().geometry.array)[load_gemeenten().rows(places.gemeente.tolist())]
    on_land = shapely.contains(land(), points)
    assert on_land.mean() > 0.97
    assert (shapely.distance(points, own)[on_land] < 1e-3).all()


def test_islands_are_named_and_the_mainland_is_not() -> None:
    areas = thiessen().set_index("gemeente")
    assert areas.eiland[areas.eiland != ""].to_dict() == eilanden()
    assert areas.eiland["GM0448"] == "Texel"
    assert areas.eiland["GM0400"] == ""


def test_changing_a_copy_does_not_change_the_areas() -> None:
    thiessen()["naam"] = "?"
    assert "Amsterdam" in thiessen().naam.tolist()


def test_simplified_areas_stay_a_coverage_with_fewer_points() -> None:
    simple = simplified(2_000)
    assert shapely.coverage_is_valid(np.asarray(simple.geometry.array))
    coordinates = shapely.get_num_coordinates
    assert coordinates(simple.geometry).sum() < 0.8 * coordinates(thiessen().geometry).sum()


@pytest.mark.parametrize("crs", [4326, 3857, None])
def test_another_crs_is_refused(crs: int | None) -> None:
    frame = gpd.GeoDataFrame({"gemeente": ["GM0014"]}, geometry=[shapely.Point(5, 52)], crs=crs)
    with pytest.raises(VerkeerdCRS, match="EPSG:28992"):
        check_crs(frame)
    with pytest.raises(VerkeerdCRS):
        simplified(100, frame)


def test_the_shipped_border_distances_are_those_to_the_areas() -> None:
    areas = np.asarray(thiessen().geometry)
    rows = load_gemeenten().rows(["GM0448", "GM0363", "GM0718"])
    km = shapely.distance(shapely.points(centres()[rows])[:, None], areas[None, :]) / 1000
    km[np.arange(len(rows)), rows] = 0
    np.testing.assert_allclose(matrix("border")[rows], km, atol=0.001)
