"""From the text of a cell to its value: nothing is guessed."""

import datetime
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.cli.options import required_day
from optimizer.domain.tables import HUISHOUDENS, PERSONEN, TAAKSTELLING, TABLES, WERK, Column
from optimizer.errors import Gebruiksfout
from optimizer.read.table.cells import CelFout, parse_cell
from optimizer.read.table.dates import read_day

UREN = WERK.column("uren_per_week")
LOON = WERK.column("maandloon_eur")
PERSONS = HUISHOUDENS.column("aantal_personen")
DATE = HUISHOUDENS.column("vergunning_datum")
HALFJAAR = TAAKSTELLING.column("halfjaar")
OPLEIDING, TAAL = PERSONEN.column("opleiding"), PERSONEN.column("taalniveau")
EXCLUDED = HUISHOUDENS.column("uitgesloten_gemeenten")


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        (UREN, "24,5", 24.5),
        (UREN, "24.5", 24.5),
        (UREN, "0", 0.0),
        (UREN, "168", 168.0),
        (LOON, "0,125", 0.125),
        (LOON, "2150,75", 2150.75),
        (LOON, "12.3450", 12.345),
        (PERSONS, "4", 4.0),
        (PERSONS, "4,0", 4.0),
        (DATE, "2026-07-01", datetime.date(2026, 7, 1)),
        (DATE, "1-7-2026", datetime.date(2026, 7, 1)),
        (DATE, "2026-07-01T00:00:00", datetime.date(2026, 7, 1)),
        (DATE, "46204", datetime.date(2026, 7, 1)),
        (DATE, "24.05.2026", datetime.date(2026, 5, 24)),
        (DATE, "1.7.2026 00:00", datetime.date(2026, 7, 1)),
        (DATE, "2026/05/24", datetime.date(2026, 5, 24)),
        (DATE, "31/05/2026", datetime.date(2026, 5, 31)),
        (DATE, "05/31/2026", datetime.date(2026, 5, 31)),
        (DATE, "05/05/2026", datetime.date(2026, 5, 5)),
        (DATE, "15 juni 2026", datetime.date(2026, 6, 15)),
        (DATE, "1 mrt. 2026", datetime.date(2026, 3, 1)),
        (DATE, "15-jun-2026", datetime.date(2026, 6, 15)),
        (DATE, "maandag 15 juni 2026", datetime.date(2026, 6, 15)),
        (DATE, "June 15, 2026", datetime.date(2026, 6, 15)),
        (HALFJAAR, "2026 H2", "2026-2"),
        (HALFJAAR, "2e halfjaar 2026", "2026-2"),
        (OPLEIDING, "MBO", "middelbaar"),
        (OPLEIDING, "MBO niveau 4", "middelbaar"),
        (OPLEIDING, "mbo-1", "laag"),
        (OPLEIDING, "VMBO-T", "laag"),
        (OPLEIDING, "havo/vwo", "middelbaar"),
        (OPLEIDING, "HBO", "hoog"),
        (OPLEIDING, "WO (universiteit)", "hoog"),
        (OPLEIDING, "hoog opgeleid", "hoog"),
        (OPLEIDING, "middelbaar beroepsonderwijs (mbo)", "middelbaar"),
        (OPLEIDING, "Wetenschappelijk onderwijs (WO)", "hoog"),
        (OPLEIDING, "MBO (niveau 1)", "laag"),
        (OPLEIDING, "primary education", "laag"),
        (OPLEIDING, "no education", "laag"),
        (OPLEIDING, "higher vocational education", "hoog"),
        (OPLEIDING, "Associate degree", "hoog"),
        (TAAL, "inburgeringsexamen A2", "A2"),
        (TAAL, "niveau B1", "B1"),
        (TAAL, "ERK a2", "A2"),
        (TAAL, "Staatsexamen NT2 II", "B2"),
        (TAAL, "geen Nederlands", "A0"),
        (PERSONEN.column("wil_werken"), "J", "ja"),
        (PERSONEN.column("wil_werken"), "no", "nee"),
        (PERSONEN.column("wil_werken"), "WAAR", "ja"),
        (PERSONEN.column("wil_werken"), "0", "nee"),
        (PERSONEN.column("wil_werken"), "Nee", "nee"),
        (PERSONEN.column("taalniveau"), "b1", "B1"),
        (PERSONEN.column("ervaring_sector"), "Handel Horeca", "handel_horeca"),
        (WERK.column("werksoort"), "tuinbouw", "tuinbouw"),
        (WERK.column("werksoort"), "Schoonmaak", "schoonmaak"),
        (EXCLUDED, "GM0363 GM0193", "GM0363 GM0193"),
        (EXCLUDED, "GM0363  GM0363", "GM0363"),
        (EXCLUDED, "Den Haag", "GM0518"),
        (EXCLUDED, "Den Haag, Bergen op Zoom", "GM0518 GM0748"),
        (EXCLUDED, "Amersfoort Utrecht", "GM0307 GM0344"),
        (HUISHOUDENS.column("opvang_gemeente"), "'s-gravenhage", "GM0518"),
        (HUISHOUDENS.column("huishouden_id"), "'=1+1", "=1+1"),
        (HUISHOUDENS.column("huishouden_id"), "0012", "0012"),
    ],
)
def test_a_cell_gives_its_value(column: Column, text: str, value: object) -> None:
    assert parse_cell(column, text) == value


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        (LOON, "1.500", "getal_dubbelzinnig"),
        (LOON, "1,500", "getal_dubbelzinnig"),
        (LOON, "1 500", "getal_dubbelzinnig"),
        (LOON, "1.500,00", "getal_dubbelzinnig"),
        (LOON, "€ 1500", "geen_getal"),
        (LOON, "1e3", "geen_getal"),
        (LOON, "nan", "geen_getal"),
        (LOON, "99999999999", "buiten_bereik"),
        (UREN, "168,01", "buiten_bereik"),
        (UREN, "-1", "buiten_bereik"),
        (UREN, "=8", "geen_getal"),
        (PERSONS, "0", "buiten_bereik"),
        (PERSONS, "2,5", "geen_geheel_getal"),
        (DATE, "07/01/2026", "geen_datum"),
        (DATE, "06-15-2026", "geen_datum"),
        (DATE, "15 ju 2026", "geen_datum"),
        (DATE, "15 jun 26", "geen_datum"),
        (DATE, "31.02.2026", "geen_datum"),
        (DATE, "31 februari 2026", "geen_datum"),
        (HALFJAAR, "2026-02", "geen_halfjaar"),
        (HALFJAAR, "20262", "geen_halfjaar"),
        (OPLEIDING, "MBO/HBO", "geen_keuze"),
        (OPLEIDING, "voortgezet onderwijs", "geen_keuze"),
        (OPLEIDING, "secondary education", "geen_keuze"),
        (OPLEIDING, "mbo (hbo)", "geen_keuze"),
        (OPLEIDING, "geen", "geen_keuze"),
        (TAAL, "A1/A2", "geen_keuze"),
        (TAAL, "gevorderd", "geen_keuze"),
        (TAAL, "geen", "geen_keuze"),
        (DATE, "31-02-2026", "geen_datum"),
        (DATE, "2026-13-01", "geen_datum"),
        (DATE, "1-7-26", "geen_datum"),
        (DATE, "20260701", "geen_datum"),
        (DATE, "12345", "geen_datum"),
        (DATE, "0026-07-01", "datum_onwaarschijnlijk"),
        (DATE, "2126-07-01", "datum_onwaarschijnlijk"),
        (PERSONEN.column("wil_werken"), "x", "geen_ja_nee"),
        (PERSONEN.column("taalniveau"), "B3", "geen_keuze"),
        (EXCLUDED, "GM0363 Bergen", "gemeente_meerduidig"),
        (EXCLUDED, "GM0363 GM9999", "gemeente_onbekend"),
        (HUISHOUDENS.column("huishouden_id"), "#VERW!", "cel_fout"),
        (HUISHOUDENS.column("vastgezet_reden"), "#REF!", "cel_fout"),
    ],
)
def test_a_cell_that_must_be_guessed_is_refused(column: Column, text: str, code: str) -> None:
    with pytest.raises(CelFout) as raised:
        parse_cell(column, text)
    assert raised.value.code == code


def test_every_kind_of_column_can_be_read() -> None:
    examples = {
        "id": "H1",
        "text": "x",
        "flag": "ja",
        "gemeente": "GM0363",
        "gemeenten": "GM0363",
        "halfjaar": "2026-2",
    }
    numbers = {"integer": "1", "number": "1", "date": "2026-07-01"}
    for table in TABLES.values():
        for column in table.columns:
            text = column.choices[0] if column.choices else {**examples, **numbers}[column.kind]
            assert parse_cell(column, text) not in (None, "")


DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 12, 31))
MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


@given(DAYS)
@settings(max_examples=150)
def test_a_day_is_read_in_every_way_that_can_mean_no_other_day(day: datetime.date) -> None:
    d, m, y, name = day.day, day.month, day.year, MONTHS[day.month - 1]
    written = [f"{d}-{m}-{y}", f"{d:02}.{m:02}.{y}", f"{y}/{m}/{d}", f"{d} {name} {y}", f"{d} {name[:3]}. {y}"]
    written += [f"{name.upper()} {d}, {y}", f"{d}-{name[:3] if m != 3 else 'mrt'}-{y}", day.isoformat()]
    assert {read_day(text) for text in written} == {day}


@given(DAYS)
@settings(max_examples=150)
def test_with_slashes_a_day_is_read_unless_it_may_be_another(day: datetime.date) -> None:
    two = day.day <= 12 and day.day != day.month
    assert read_day(f"{day.day}/{day.month}/{day.year}") == (None if two else day)
    assert read_day(f"{day.month}/{day.day}/{day.year}") == (None if two else day)


@given(st.text(max_size=20))
@settings(max_examples=200)
def test_any_text_is_a_day_or_none_and_never_an_exception(text: str) -> None:
    assert isinstance(read_day(text), datetime.date | None)


@pytest.mark.parametrize("text", ["01-07-2026", "1.7.2026", "1 juli 2026", "2026-07-01", "July 1, 2026"])
def test_the_peildatum_of_a_command_is_read_as_a_cell(text: str) -> None:
    assert required_day(text) == datetime.date(2026, 7, 1)


@pytest.mark.parametrize("text", ["07/01/2026", "46204", "1-7-26", "morgen", ""])
def test_a_peildatum_that_may_be_two_days_or_none_is_refused_with_the_way_to_write_it(text: str) -> None:
    with pytest.raises(Gebruiksfout, match=r"Schrijf de datum als 2026-11-01 of 1-11-2026\."):
        required_day(text)


SCHOOLS = {
    "laag": ("basisonderwijs", "vmbo", "mavo", "MBO-1", "lager"),
    "middelbaar": ("mbo", "havo", "vwo", "MBO 4", "gymnasium"),
    "hoog": ("hbo", "wo", "universiteit", "bachelor", "PhD"),
}
SCHOOL = st.sampled_from([(word, level) for level, words in SCHOOLS.items() for word in words])
CASED = st.sampled_from([str.upper, str.lower, str.title, str.capitalize])
AROUND = st.sampled_from(["{}", "{} diploma", "opleiding {}", "{}.", "  {}", "{} (afgerond)", "Diploma: {}"])


@given(SCHOOL, CASED, AROUND)
def test_a_school_is_read_in_any_case_with_what_people_write_around_it(
    school: tuple[str, str], cased: Callable[[str], str], around: str
) -> None:
    word, level = school
    assert parse_cell(OPLEIDING, around.format(cased(word))) == level


@given(SCHOOL, SCHOOL, st.sampled_from(["/", " / ", " of ", ", ", "-"]))
def test_two_schools_are_read_where_they_mean_one_level_and_refused_where_they_mean_two(
    one: tuple[str, str], other: tuple[str, str], between: str
) -> None:
    text = f"{one[0]}{between}{other[0]}"
    foreign = between == " of " or {one[0], other[0]} & {"MBO-1", "MBO 4"}  # with a word that is none of ours by itself
    if one[1] == other[1] and not foreign:
        assert parse_cell(OPLEIDING, text) == one[1]
    else:
        with pytest.raises(CelFout):
            parse_cell(OPLEIDING, text)
