"""Places of work: found by name within a municipality, and distances measured from there."""

from pathlib import Path

import numpy as np
import pytest

from geodata.distance import matrix, write_matrix
from geodata.errors import WerkplaatsElders, WerkplaatsOnbekend
from geodata.gemeenten import load_gemeenten
from geodata.places import centres, load_places
from geodata.road import km_from
from geodata.tables import read_table
from geodata.workplace import Plek, at_point, by_place, km_to, locate

ROTTERDAM, WESTLAND, DEN_HAAG = "GM0599", "GM1783", "GM0518"


def row(code: str) -> int:
    return load_gemeenten().index[code]


def found(naam: str, gemeente: str) -> Plek:
    plek = locate(naam, gemeente)
    assert plek is not None
    return plek


@pytest.mark.parametrize(
    ("naam", "gemeente", "official"),
    [
        ("DEN HOORN", "GM0448", "Den Hoorn"),
        ("s Gravenzande", WESTLAND, "'s-Gravenzande"),
        ("den haag", DEN_HAAG, "'s-Gravenhage"),
        ("Den Bosch", "GM0796", "'s-Hertogenbosch"),
        ("Haren Gn", "GM0014", "Haren"),
        ("Rijswijk (ZH.)", "GM0603", "Rijswijk"),
    ],
)
def test_a_place_is_found_however_it_is_written(naam: str, gemeente: str, official: str) -> None:
    assert found(naam, gemeente).naam == official


def test_the_municipality_tells_places_of_one_name_apart() -> None:
    names = load_places().naam.tolist()
    several = {(n, c) for n, c in zip(names, load_places().gemeente.tolist(), strict=True) if n == "Nes"}
    assert len(several) > 1
    assert {found(n, c).gemeente for n, c in several} == {c for _, c in several}


def test_a_place_of_another_municipality_is_refused_with_both_named() -> None:
    with pytest.raises(WerkplaatsElders, match=r"ligt in 's-Gravenhage \(GM0518\), niet in Amsterdam \(GM0363\)"):
        locate("Scheveningen", "GM0363")


def test_a_misspelt_place_is_refused_with_what_may_be_meant() -> None:
    with pytest.raises(
        WerkplaatsOnbekend, match=r"geen plaats in Rotterdam \(GM0599\); bedoelt u Hoek van Holland"
    ) as e:
        locate("Hoek v Holland", ROTTERDAM)
    assert "do you mean Hoek van Holland" in e.value.en


def test_a_place_like_no_other_is_refused_with_the_largest_of_the_municipality() -> None:
    with pytest.raises(WerkplaatsOnbekend) as fout:
        locate("xyzzy", WESTLAND)
    assert "Naaldwijk" in fout.value.kandidaten


@pytest.mark.parametrize(
    ("naam", "gemeente"), [("Almere", "GM0034"), ("Garmerwolde", "GM0014"), ("Westland", WESTLAND)]
)
def test_a_woonplaats_or_municipality_whose_point_is_not_known_is_no_fault(naam: str, gemeente: str) -> None:
    assert locate(naam, gemeente) is None


def test_every_official_woonplaats_is_accepted_in_its_municipality() -> None:
    for line in read_table("woonplaatsen.csv"):
        plek = locate(line["woonplaats"], line["gemeente"])
        assert plek is None or plek.gemeente == line["gemeente"]


def test_a_straight_line_goes_to_the_place_and_not_to_the_centre_of_its_municipality() -> None:
    hoek = found("Hoek van Holland", ROTTERDAM)
    km = km_to([hoek], "straight")[:, 0]
    by_hand = np.hypot(*(centres()[row(WESTLAND)] - (hoek.x_rd, hoek.y_rd))) / 1000
    assert km[row(WESTLAND)] == pytest.approx(by_hand)
    assert km[row(WESTLAND)] < matrix("straight")[row(WESTLAND), row(ROTTERDAM)] - 5


@pytest.mark.parametrize("measure", ["straight", "border", "road"])
def test_from_the_municipality_of_the_place_itself_it_is_nought(measure: str) -> None:
    km = km_to([found("Hoek van Holland", ROTTERDAM), found("Naaldwijk", WESTLAND)], measure)
    assert km.shape == (342, 2)
    assert (km[row(ROTTERDAM), 0], km[row(WESTLAND), 1]) == (0, 0)
    assert (np.delete(km[:, 0], row(ROTTERDAM)) > 0).all()


def test_the_shipped_roads_to_places_are_what_the_graph_says() -> None:
    for naam, code in (("Hoek van Holland", ROTTERDAM), ("Den Burg", "GM0448"), ("Oostburg", "GM1714")):
        km = km_to([found(naam, code)], "road")[:, 0]
        graph = km_from((naam, code), [("", other) for other in load_gemeenten().code.tolist()])
        others = np.arange(342) != row(code)
        np.testing.assert_allclose(km[others], graph[others], atol=0.001)


def test_by_road_a_point_lies_beyond_its_nearest_place_by_the_way_between() -> None:
    hoek = found("Hoek van Holland", ROTTERDAM)
    point = at_point(ROTTERDAM, hoek.x_rd + 1000, hoek.y_rd)
    assert point.naam == "Hoek van Holland"
    more = km_to([point], "road")[:, 0] - km_to([hoek], "road")[:, 0]
    others = np.arange(342) != row(ROTTERDAM)
    assert more[others] == pytest.approx(1.14, abs=0.02)


def test_the_road_to_a_place_is_never_shorter_than_the_straight_line() -> None:
    places = load_places()
    every = [found(n, c) for n, c in zip(places.naam.tolist()[::40], places.gemeente.tolist()[::40], strict=True)]
    assert (km_to(every, "road") >= km_to(every, "straight") - 0.001).all()


def test_a_matrix_of_municipalities_gives_the_distance_to_the_municipality(tmp_path: Path) -> None:
    write_matrix(tmp_path / "km.csv", "road")
    measure = f"bestand:{tmp_path / 'km.csv'}"
    assert not by_place(measure)
    km = km_to([found("Hoek van Holland", ROTTERDAM)], measure)[:, 0]
    np.testing.assert_array_equal(km, matrix(measure)[:, row(ROTTERDAM)])
