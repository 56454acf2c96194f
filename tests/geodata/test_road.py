import networkx as nx
import numpy as np
import pytest

from geodata.areas import eilanden
from geodata.detour import DETOUR, Detour
from geodata.distance import between, matrix
from geodata.errors import PlaatsOnbekend
from geodata.gemeenten import load_gemeenten
from geodata.road import fit, km_from, route
from geodata.roadgraph import graph
from geodata.tables import read_table


@pytest.mark.parametrize(
    ("a", "b", "straight", "road"),
    [
        ("GM0718", "GM1714", 13, (50, 65)),  # Vlissingen-Sluis: tunnel, not the old ferry
        ("GM0388", "GM1940", 38, (75, 100)),  # Enkhuizen-De Fryske Marren: round the IJsselmeer
        ("GM0677", "GM0873", 24, (40, 55)),  # Hulst-Woensdrecht: through Belgium
        ("GM0448", "GM0072", 43, (100, 140)),  # Texel-Harlingen: ferry and Afsluitdijk
        ("GM0995", "GM0388", 25, (27, 36)),  # Lelystad-Enkhuizen: over the Houtribdijk
    ],
)
def test_water_makes_the_road_longer_where_people_know_it_does(
    a: str, b: str, straight: float, road: tuple[float, float]
) -> None:
    assert between(a, b) == pytest.approx(straight, abs=1)
    assert road[0] <= between(a, b, "road") <= road[1]


@pytest.mark.parametrize(
    ("start", "end", "crossings"),
    [
        (("Vlissingen", "GM0718"), ("Oostburg", "GM1714"), ["Westerscheldetunnel"]),
        (("Enkhuizen", "GM0388"), ("Lemmer", "GM1940"), ["Houtribdijk", "Ketelbrug"]),
        (("Hulst", "GM0677"), ("Woensdrecht", "GM0873"), ["Liefkenshoektunnel"]),
        (("Den Burg", "GM0448"), ("Harlingen", "GM0072"), ["Veer Texel", "Afsluitdijk"]),
        (("Lelystad", "GM0995"), ("Enkhuizen", "GM0388"), ["Houtribdijk"]),
        (("Nijmegen", "GM0268"), ("Elst", "GM1734"), ["Waalbrug Nijmegen"]),
        (("Groningen", "GM0014"), ("Assen", "GM0106"), []),
    ],
)
def test_a_route_names_the_crossings_that_it_uses(
    start: tuple[str, str], end: tuple[str, str], crossings: list[str]
) -> None:
    assert route(start, end) == crossings


def test_about_6770_pairs_lie_within_fifty_km_by_road() -> None:
    assert np.triu(matrix("road") <= 50, 1).sum() == pytest.approx(6_770, rel=0.02)


def test_the_road_is_never_shorter_than_the_straight_line() -> None:
    assert (matrix("road") >= matrix("straight") - 0.001).all()


def test_the_road_is_the_same_both_ways_and_every_municipality_is_reached() -> None:
    km = matrix("road")
    np.testing.assert_array_equal(km, km.T)
    assert (km.diagonal() == 0).all()
    assert km.max() < 500  # Vlieland to the far south, the ferry counted


def test_the_shipped_matrix_is_what_the_graph_says() -> None:
    codes = load_gemeenten().code.tolist()
    for code in ("GM0448", "GM0718", "GM0363"):
        km = km_from(("", code), [("", other) for other in codes])
        np.testing.assert_allclose(matrix("road")[codes.index(code)], km, atol=0.001)


def test_an_island_is_reached_by_its_ferry_alone() -> None:
    net = graph()
    for code in eilanden():
        leaving = [net.edges[a, b]["naam"] for a, b in net.edges if (a[1] == code) != (b[1] == code)]
        assert len(leaving) == 1
        assert leaving[0].startswith("Veer ")


def test_without_the_crossings_the_country_falls_apart_along_its_waters() -> None:
    net = graph().copy()
    net.remove_edges_from([(a, b) for a, b, naam in net.edges(data="naam") if naam])
    parts = {node: i for i, part in enumerate(nx.connected_components(net)) for node in part}

    def apart(a: tuple[str, str], b: tuple[str, str]) -> bool:
        return parts[a] != parts[b]

    assert apart(("Zierikzee", "GM1676"), ("Middelharnis", "GM1924"))
    assert apart(("Rotterdam", "GM0599"), ("Barendrecht", "GM0489"))
    assert apart(("Tiel", "GM0281"), ("Druten", "GM0225"))
    assert apart(("Alkmaar", "GM0361"), ("Haarlem", "GM0392"))
    assert not apart(("Utrecht", "GM0344"), ("Amersfoort", "GM0307"))


def test_every_crossing_is_an_edge_of_the_graph_and_a_ferry_costs_a_penalty() -> None:
    net = graph()
    for row in read_table("oversteken.csv"):
        edge = net.edges[(row["van"], row["van_gemeente"]), (row["naar"], row["naar_gemeente"])]
        assert edge["naam"] == row["naam"]
        assert edge["km"] > float(row["straf_km"] or 0)
        assert (row["soort"] == "veer") == bool(row["straf_km"])


def test_a_detour_falls_from_short_to_long_edges() -> None:
    detour = Detour(short=1.4, long=1.1, scale_km=5)
    assert detour(0.001) == pytest.approx(0.0014, rel=1e-3)
    assert detour(100) == pytest.approx(110, rel=1e-3)


def test_the_detour_is_unbiased_on_its_calibration_and_honest_on_routes_kept_apart() -> None:
    calibration, kept = fit("kalibratie", DETOUR), fit("toets", DETOUR)
    assert abs(calibration.mean) < 0.01
    assert calibration.mean_abs < 0.065
    assert kept.routes >= 15
    assert kept.mean_abs < 0.11


def test_an_unknown_place_is_refused_by_name() -> None:
    with pytest.raises(PlaatsOnbekend, match="Nergenshuizen"):
        km_from(("Nergenshuizen", "GM0599"), [("", "GM0599")])
    with pytest.raises(PlaatsOnbekend, match="Nergenshuizen"):
        route(("Delft", "GM0503"), ("Nergenshuizen", "GM0599"))
