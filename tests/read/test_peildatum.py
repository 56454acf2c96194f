"""One wild day does not move a batch: the peildatum is said, and held against the batch itself."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.cli import main
from optimizer.domain.tables import TABLES
from optimizer.read.checks.peildatum import FAR, day_fits
from optimizer.read.files.grid import Sheet
from optimizer.read.table.typed import Tables
from optimizer.read.table.whole import nothing, read_table

DAY = datetime.date(2026, 9, 1)
DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))


def _tables(permits: Sequence[datetime.date], halfjaar: str = "", moves: Sequence[str] = ()) -> Tables:
    """Return the tables of households with these permits, and of one municipality with a half-year."""
    later = [*moves, *[""] * (len(permits) - len(moves))]
    rows = [
        [f"H{i}", "1", day.isoformat(), "Zwolle", move]
        for i, (day, move) in enumerate(zip(permits, later, strict=True))
    ]
    head = ["huishouden_id", "aantal_personen", "vergunning_datum", "opvang_gemeente", "verwachte_verhuisdatum"]
    sheets = {
        "huishoudens": [head, *rows],
        "taakstelling": [["gemeente", "taakstelling", "halfjaar"], ["Zwolle", "5", halfjaar]],
    }
    return {
        name: read_table(table, name, Sheet(sheets[name]), {})[0] if name in sheets else nothing(table, name)
        for name, table in TABLES.items()
    }


def _codes(day: datetime.date, source: str, tables: Tables) -> list[tuple[str, int | None, bool]]:
    return [(d.code, d.row, d.warning) for d in day_fits(day, source, tables)]


@given(permits=st.lists(DAYS, min_size=2, max_size=12), year=st.integers(2028, 2099), place=st.integers(0, 11))
def test_one_permit_far_after_the_others_is_refused_at_its_row(
    permits: list[datetime.date], year: int, place: int
) -> None:
    at = place % len(permits)
    wild = [day.replace(year=year, day=1) if i == at else day for i, day in enumerate(permits)]
    found = _codes(max(wild), "vergunning", _tables(wild))
    assert found == [("peildatum_onzeker", at + 2, False)]


@given(permits=st.lists(DAYS, min_size=1, max_size=12))
def test_permits_of_one_year_settle_the_peildatum_without_a_word(permits: list[datetime.date]) -> None:
    assert _codes(max(permits), "vergunning", _tables(permits)) == []


@given(
    permits=st.lists(DAYS, min_size=1, max_size=6), day=st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 12, 31))
)
def test_a_peildatum_that_somebody_gives_is_never_refused_and_far_ones_are_told(
    permits: list[datetime.date], day: datetime.date
) -> None:
    found = _codes(day, "optie", _tables(permits))
    assert all(warning for _, _, warning in found)
    far = min(abs((day - permit).days) for permit in permits) > FAR and not min(permits) <= day <= max(permits)
    told = "peildatum_ver_weg" in {code for code, _, _ in found}
    assert told == far


@pytest.mark.parametrize(
    ("day", "halfjaar", "told"),
    [
        ("2026-07-01", "2026-2", False),
        ("2026-12-31", "2026-2", False),
        ("2027-01-01", "2026-2", True),
        ("2026-06-30", "2026-2", True),
        ("2026-06-30", "2026-1", False),
        ("2027-04-15", "2026-2", True),
        ("2026-03-01", "2026-2", True),
        ("2026-03-01", "2026-1", False),
        ("2026-03-01", "", False),
    ],
)
def test_a_peildatum_outside_the_half_year_is_told(day: str, halfjaar: str, told: bool) -> None:
    found = _codes(datetime.date.fromisoformat(day), "beleid", _tables([DAY], halfjaar))
    assert ("peildatum_buiten_halfjaar" in {code for code, _, _ in found}) == told


@pytest.mark.parametrize(
    ("move", "told"),
    [
        ("2026-09-01", False),
        ("2027-03-01", False),
        ("2029-09-03", False),  # three years of 366 days
        ("2029-09-04", True),
        ("2026-08-31", True),
        ("2062-03-01", True),
        ("", False),
    ],
)
def test_a_move_before_the_peildatum_or_years_after_it_is_told(move: str, told: bool) -> None:
    found = _codes(DAY, "beleid", _tables([DAY], moves=[move]))
    assert ("verhuisdatum_onwaarschijnlijk" in {code for code, _, _ in found}) == told


def test_a_permit_years_before_the_others_is_told() -> None:
    permits = [datetime.date(2006, 9, 1), DAY, DAY]
    assert _codes(DAY, "vergunning", _tables(permits)) == [("vergunning_lang_geleden", 2, True)]


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "de laatste vergunning_datum"), ("en", "the latest vergunning_datum")]
)
def test_every_command_says_the_peildatum_and_where_it_comes_from(
    lang: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    goed = Path(__file__).parents[1] / "broken" / "goed"
    assert main(["check", str(goed), "--lang", lang]) == 0
    assert f"Peildatum: 2026-07-06 ({words})." in capsys.readouterr().err
    out = str(tmp_path / "o")
    asked = ["--policies", "handmatig", "--peildatum", "2026-07-20", "--out", out, "--lang", lang]
    assert main(["run", str(goed), *asked]) in (0, 4)
    assert "Peildatum: 2026-07-20 (" in capsys.readouterr().err
    assert main(["verify", str(goed), f"{out}/voorstel.csv", "--lang", lang]) in (0, 4)
    assert "Peildatum: 2026-07-" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["9999-12-31", "1492-01-01", "0001-01-01"])
def test_a_day_in_a_year_that_cannot_be_meant_is_refused(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "klein", "--peildatum", day]) == 2
    assert day in capsys.readouterr().err
