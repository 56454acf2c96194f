from pathlib import Path

import numpy as np
import pytest

from geodata.distance import between, matrix, write_matrix
from geodata.errors import GemeenteOnbekend, MaatOnbekend
from geodata.gemeenten import load_gemeenten


def test_about_ten_thousand_pairs_lie_within_fifty_km_in_a_straight_line() -> None:
    km = matrix("straight")
    assert 10_384 <= np.triu(km <= 50, 1).sum() <= 10_398


def test_the_straight_distance_is_the_same_both_ways_and_zero_at_home() -> None:
    km = matrix("straight")
    np.testing.assert_array_equal(km, km.T)
    assert (km.diagonal() == 0).all()
    assert (km[~np.eye(len(km), dtype=bool)] > 0).all()


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ("GM0718", "GM1714", 13),  # Vlissingen-Sluis
        ("GM0388", "GM1940", 38),  # Enkhuizen-De Fryske Marren
        ("GM0363", "GM0599", 57),  # Amsterdam-Rotterdam
        ("GM0014", "GM0935", 271),  # Groningen-Maastricht
    ],
)
def test_known_distances_come_out(a: str, b: str, km: float) -> None:
    assert between(a, b) == pytest.approx(km, abs=2)


def test_the_border_is_seldom_farther_than_the_centre() -> None:
    # Only where nobody's Thiessen area reaches the centre (a bay, an island) can it be.
    farther = matrix("border") > matrix("straight") + 0.001
    assert farther.sum() <= 5
    assert (matrix("border").diagonal() == 0).all()


def test_the_border_measure_depends_on_the_direction() -> None:
    km = matrix("border")
    assert np.abs(km - km.T).max() > 1


def test_neighbouring_cities_are_nearer_by_border_than_by_centre() -> None:
    assert between("GM0344", "GM0356", "border") < between("GM0344", "GM0356") / 1.5


def test_an_unknown_measure_is_refused_with_the_known_ones() -> None:
    with pytest.raises(MaatOnbekend, match=r"hemelsbreed.*straight, border"):
        matrix("hemelsbreed")


def test_an_unknown_municipality_is_refused() -> None:
    with pytest.raises(GemeenteOnbekend):
        between("GM0000", "GM0363")


def test_a_matrix_cannot_be_changed_by_who_reads_it() -> None:
    with pytest.raises(ValueError, match="read-only"):
        matrix()[0, 1] = 0


def test_a_written_matrix_opens_in_a_dutch_excel_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "km.csv"
    write_matrix(path, "border")
    content = path.read_bytes()
    assert content.startswith("\ufeffgemeente;GM0014;".encode())
    assert content.count(b"\r\n") == 343
    assert b"." not in content
    np.testing.assert_allclose(matrix(f"bestand:{path}"), matrix("border"))


def test_an_english_matrix_has_commas_and_points(tmp_path: Path) -> None:
    path = tmp_path / "km.csv"
    write_matrix(path, "border", english=True)
    header, *rows = (line.split(",") for line in path.read_text(encoding="utf-8").splitlines())
    codes = load_gemeenten().code.tolist()
    assert header == ["gemeente", *codes]
    assert [row[0] for row in rows] == codes
    np.testing.assert_allclose([[float(v) for v in row[1:]] for row in rows], matrix("border"))
