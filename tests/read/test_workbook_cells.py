"""A cell of a workbook as text: what a person sees in it, and nothing that arithmetic left behind."""

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel

from optimizer.read import read_batch
from optimizer.read.files.values import is_error
from optimizer.read.files.workbook import read_workbook
from tests.proefbatch import check
from tests.read.test_workbook import _book

#: Namespaces of the transitional form and what the strict form writes instead.
STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def _saved(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    change(book)
    book.save(out)
    return out.getvalue()


def _cell(value: Any, number_format: str = "General", **workbook: Any) -> str:
    """Write a value to A1 and read it back."""

    def change(book: openpyxl.Workbook) -> None:
        for name, setting in workbook.items():
            setattr(book, name, setting)
        sheet = book.worksheets[0]
        sheet["A1"] = value
        sheet["A1"].number_format = number_format

    sheets, defects = read_workbook("a.xlsx", _saved(change))
    assert defects == []
    return next(iter(sheets.values())).rows[0][0]


def _patched(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Change the parts of a workbook one by one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return out.getvalue()


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (7, "General", "7"),
        (7, "000", "007"),
        (12345, "000", "12345"),
        (7, '"H"0000', "H0007"),
        (7.5, "000", "7.5"),
        (7, "0.00", "7"),
        (0.5, "0%", "0.5"),
        (1234.5, '#,##0.00 "EUR"', "1234.5"),
        (46204, "dd-mm-yyyy", "2026-07-01"),
        (46204, "d mmmm yyyy", "2026-07-01"),
        (46204.75, "d-m-yyyy h:mm", "2026-07-01 18:00:00"),
        (46204, "[$-413]d mmmm yyyy;@", "2026-07-01"),
        (46204, "mmm-yy", "2026-07-01"),
        (46204, '0 "dagen"', "46204"),
        (46204, "[Red]0", "46204"),
        (0.75, "h:mm", "18:00:00"),
        (True, "General", "true"),
        ("007", "@", "007"),
        ("&#39;t Harde & <co>", "@", "&#39;t Harde & <co>"),
        (1e-7, "General", "0.0000001"),
        (1.5e300, "General", str(int(1.5e300))),
        (0.125, "General", "0.1250"),
    ],
)
def test_a_cell_is_read_as_its_format_shows_it(value: Any, code: str, text: str) -> None:
    assert _cell(value, code) == text


@settings(deadline=None, max_examples=60)
@given(st.dates(datetime.date(1904, 1, 2), datetime.date(2100, 12, 31)), st.booleans())
def test_a_date_is_the_same_day_in_both_calendars(day: datetime.date, mac: bool) -> None:
    calendar = {"epoch": CALENDAR_MAC_1904} if mac else {}
    assert _cell(day, "yyyy-mm-dd", **calendar) == day.isoformat()


def test_dates_left_as_numbers_count_from_the_calendar_of_their_workbook(tmp_path: Path) -> None:
    day = datetime.date(2026, 9, 1)

    def change(book: openpyxl.Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904
        book["huishoudens"]["C2"] = int(to_excel(day, epoch=CALENDAR_MAC_1904))
        book["huishoudens"]["C3"] = "2026-09-02"

    batch = read_batch(_book(tmp_path / "batch.xlsx", change))
    assert batch.huishoudens["vergunning_datum"].dt.date.tolist() == [day, datetime.date(2026, 9, 2)]


@pytest.mark.parametrize("hours", [7.9999999999999982, 8.0000000000000018, 7.99999999988358, 0.1 * 3 * 80 / 3])
def test_hours_that_arithmetic_left_beside_eight_are_eight(hours: float, tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["werk"]["D2"] = hours

    assert hours != 8 or repr(hours) == "8.0"
    assert read_batch(_book(tmp_path / "batch.xlsx", change)).werk["uren_per_week"].tolist()[0] == 8.0


def test_hours_that_are_really_less_than_eight_stay_less(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["werk"]["D2"] = 7.99999

    assert read_batch(_book(tmp_path / "batch.xlsx", change)).werk["uren_per_week"].tolist()[0] == 7.99999


@pytest.mark.parametrize(
    "error",
    [
        *("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"),
        *("#ERROR!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#PYTHON!"),
        *("#N/B", "#VERW!", "#DEEL/0!", "#OVERLOOP!"),
    ],
)
def test_every_error_is_named_where_it_stands_and_is_nothing_on_another_sheet(error: str, tmp_path: Path) -> None:
    def marked(_: str, xml: bytes) -> bytes:
        return xml.replace(b"<v>99</v>", f"<v>{error}</v>".encode()).replace(b't="n"><v>#', b't="e"><v>#')

    def change(sheet: str, cell: str) -> bytes:
        book = tmp_path / f"{sheet}.xlsx"
        _book(book, lambda b: (b[sheet] if sheet in b else b.create_sheet(sheet)).__setitem__(cell, 99))
        return _patched(book.read_bytes(), marked)

    (tmp_path / "fout.xlsx").write_bytes(change("werk", "D2"))
    (defect,) = check(tmp_path / "fout.xlsx")
    assert (defect.code, defect.row, defect.column, defect.value) == ("cel_fout", 2, "uren_per_week", error)
    (tmp_path / "elders.xlsx").write_bytes(change("kladje", "B2"))
    assert [d.code for d in check(tmp_path / "elders.xlsx")] == ["bestand_niet_herkend"]


def test_an_error_without_a_name_is_an_error_too() -> None:
    data = _saved(lambda book: book.worksheets[0].__setitem__("A1", 99))
    data = _patched(data, lambda _, xml: xml.replace(b't="n"><v>99<', b't="e"><v>7<'))
    (sheet,) = read_workbook("a.xlsx", data)[0].values()
    assert is_error(sheet.rows[0][0])


def test_strict_open_xml_reads_the_same(tmp_path: Path) -> None:
    def strict(_: str, xml: bytes) -> bytes:
        for usual, other in STRICT.items():
            xml = xml.replace(usual, other)
        return xml

    usual = _book(tmp_path / "gewoon.xlsx")
    (tmp_path / "strikt.xlsx").write_bytes(_patched(usual.read_bytes(), strict))
    assert read_batch(tmp_path / "strikt.xlsx").huishoudens.equals(read_batch(usual).huishoudens)
    assert check(tmp_path / "strikt.xlsx") == ()


def test_numeric_references_in_xml_are_the_letters_that_they_stand_for(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["werk"]["C2"] = "'s-Gravenhage"

    book = _book(tmp_path / "batch.xlsx", change)
    data = _patched(book.read_bytes(), lambda _, xml: xml.replace(b"'s-Gravenhage", b"&#39;s-&#71;ravenhage"))
    book.write_bytes(data)
    assert read_batch(book).werk["werk_gemeente"].tolist()[0] == "GM0518"


@settings(deadline=None, max_examples=80)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12))
def test_every_text_reads_back_as_it_was_written(text: str) -> None:
    def change(book: openpyxl.Workbook) -> None:
        cell = book.worksheets[0]["A1"]
        cell.value, cell.data_type = text, "s"

    (sheet,) = read_workbook("a.xlsx", _saved(change))[0].values()
    expected = text if not re.search("_x[0-9A-Fa-f]{4}_", text) else sheet.rows[0][0]
    assert ["".join(row) for row in sheet.rows] == [expected]
