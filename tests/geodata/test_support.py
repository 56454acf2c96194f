from datetime import date

import pytest

from geodata.gemeenten import load_gemeenten
from geodata.support import FORMS, at_reception, load_ondersteuning


def form(gemeente: str, day: date) -> str:
    return FORMS[at_reception(day)[load_gemeenten().index[gemeente]]]


def test_the_36_places_of_appendix_1_have_a_meedoenbalie() -> None:
    rows = [row for row in load_ondersteuning() if row.vorm == "meedoenbalie"]
    assert len(rows) == len({row.plaats for row in rows}) == 36


def test_every_row_names_a_present_municipality_a_known_form_and_a_page() -> None:
    for row in load_ondersteuning():
        assert row.gemeente in load_gemeenten().index
        assert row.vorm in FORMS[1:]
        assert row.pagina in (45, 46, 47)
        assert row.einde is None or row.begin < row.einde


@pytest.mark.parametrize(
    ("gemeente", "day", "expected"),
    [
        ("GM0034", date(2023, 2, 28), "meedoenbalie"),  # Almere, the day before the pilot
        ("GM0034", date(2023, 3, 1), "verbreding"),
        ("GM0034", date(2023, 12, 31), "verbreding"),
        ("GM0034", date(2024, 1, 1), "meedoenbalie"),
        ("GM0394", date(2024, 3, 1), "jobhunter"),  # Haarlemmermeer, six months
        ("GM0394", date(2024, 9, 1), "onbekend"),
        ("GM0518", date(2024, 9, 1), "onbekend"),
    ],
)
def test_support_begins_and_ends_on_its_day(gemeente: str, day: date, expected: str) -> None:
    assert form(gemeente, day) == expected


def test_what_is_not_listed_is_unknown_and_never_none() -> None:
    assert FORMS[0] == "onbekend"
    assert (at_reception(date(2015, 1, 1)) == 0).all()
