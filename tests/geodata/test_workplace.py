from pathlib import Path

import pytest

from geodata.errors import GemeenteOnbekend, PlaatsOnbekend
from geodata.road import km_to_gemeenten
from geodata.workplace import Pc4Fout, find_place, read_pc4

HEAD = "postcode4;gemeente;x_rd;y_rd\n"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "pc4.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_place_is_found_however_it_is_written() -> None:
    assert find_place("DEN HOORN", "GM0448") == ("Den Hoorn", "GM0448")
    assert find_place("s Gravenzande", "GM1783") == ("'s-Gravenzande", "GM1783")


def test_a_place_of_another_municipality_is_refused() -> None:
    with pytest.raises(PlaatsOnbekend, match=r"Scheveningen.*GM0363"):
        find_place("Scheveningen", "GM0363")


def test_every_found_place_is_in_the_graph_of_roads() -> None:
    assert km_to_gemeenten(*find_place("lemmer", "GM1940")).min() < 25


def test_a_postcode_gets_the_nearest_place_of_its_municipality(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + "3151;Rotterdam;67000;444000\n3011;GM0599;92900;437300,5\n")
    assert read_pc4(path) == {
        "3151": ("Hoek van Holland", "GM0599"),
        "3011": ("Rotterdam", "GM0599"),
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("postcode4;gemeente;x_rd\n", "kolommen ontbreken: y_rd"),
        ("", "kolommen ontbreken"),
        (HEAD + "31511;GM0599;67000;444000\n", "rij 2: '31511' is geen postcode"),
        (HEAD + "3151;GM0599;67000;444000\n3151;GM0599;67000;444000\n", "rij 3: .* dubbel"),
        (HEAD + "3151;GM0599;west;444000\n", "rij 2: x_rd of y_rd is geen getal"),
        (HEAD + "3151;GM0599;4,1;51,9\n", "ligt niet in Nederland"),
    ],
)
def test_a_faulty_table_of_postcodes_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(Pc4Fout, match=problem):
        read_pc4(write(tmp_path, text))


def test_a_postcode_in_an_unknown_municipality_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GemeenteOnbekend):
        read_pc4(write(tmp_path, HEAD + "3151;Zwole;67000;444000\n"))
