import numpy as np

from geodata.gemeenten import load_gemeenten
from geodata.places import centres, load_places


def test_every_municipality_has_a_place_etten_leur_included() -> None:
    places = load_places()
    assert set(places.gemeente.tolist()) == set(load_gemeenten().code.tolist())
    assert "Etten-Leur" in places.naam[places.gemeente == "GM0777"]


def test_places_lie_in_the_european_netherlands() -> None:
    places = load_places()
    assert places.x_rd.min() > 13_000
    assert places.x_rd.max() < 280_000
    assert places.y_rd.min() > 306_000
    assert places.y_rd.max() < 620_000


def test_the_rijksdriehoek_coordinates_of_amersfoort_are_near_its_origin() -> None:
    places = load_places()
    (row,) = np.flatnonzero(places.naam == "Amersfoort")
    # The tower of Amersfoort is the point (155000, 463000) of the grid.
    assert np.hypot(places.x_rd[row] - 155_000, places.y_rd[row] - 463_000) < 1_000


def test_a_centre_lies_within_the_hull_of_its_places() -> None:
    places, gemeenten, xy = load_places(), load_gemeenten(), centres()
    for code in ("GM0363", "GM1900", "GM0777"):
        own = places.xy()[places.gemeente == code]
        assert (own.min(axis=0) - 1 <= xy[gemeenten.index[code]]).all()
        assert (own.max(axis=0) + 1 >= xy[gemeenten.index[code]]).all()


def test_a_centre_is_the_mean_weighted_by_inhabitants() -> None:
    places = load_places()
    own = places.gemeente == "GM0394"
    expected = np.average(places.xy()[own], axis=0, weights=places.inwoners[own] + 1)
    np.testing.assert_allclose(centres()[load_gemeenten().index["GM0394"]], expected)
