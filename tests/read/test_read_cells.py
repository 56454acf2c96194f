"""From the text of a cell to its value: nothing is guessed."""

import datetime

import pytest

from optimizer.domain.tables import HUISHOUDENS, PERSONEN, TABLES, WERK, Column
from optimizer.read.table.cells import CelFout, parse_cell

UREN = WERK.column("uren_per_week")
LOON = WERK.column("maandloon_eur")
PERSONS = HUISHOUDENS.column("aantal_personen")
DATE = HUISHOUDENS.column("vergunning_datum")
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
