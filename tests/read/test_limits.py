"""Sizes are looked at before anything is read: no file makes the program ask for more than it can have."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from optimizer.read.files import archive, places
from optimizer.read.files.workbook import read_workbook


def _book(**parts: str) -> bytes:
    """Write a workbook of one sheet with the given XML between the tags of its data."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        book.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="werk" id="r1"/></sheets></workbook>')
        book.writestr("xl/worksheets/sheet1.xml", parts.get("sheet", "<worksheet/>"))
    return out.getvalue()


def _codes(data: bytes) -> list[str]:
    return [d.code for d in read_workbook("a.xlsx", data)[1]]


def test_a_file_that_announces_too_much_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "werk.csv"
    with large.open("wb") as file:
        file.truncate(places.LARGEST + 1)  # a hole: it takes no room on the disk
    data, (defect,) = places.read_file(large)
    assert (data, defect.code, defect.details["grens"]) == (b"", "bestand_te_groot", "256")


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = _book(sheet=f"<worksheet>{' ' * 5_000_000}</worksheet>")
    assert _codes(data) == []
    assert len(data) < 20_000
    monkeypatch.setattr(archive, "LARGEST", 1_000_000)
    assert _codes(data) == ["bestand_te_groot"]


def test_all_parts_share_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.Workbook()
    for number in range(8):
        book.create_sheet(f"blad{number}")["A1"] = "x"
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as parts:
        sizes = [part.file_size for part in parts.infolist() if part.filename.startswith("xl/worksheets/sheet")]
    monkeypatch.setattr(archive, "LARGEST", sum(sizes) - 1)
    assert _codes(out.getvalue()) == ["bestand_te_groot"]


@pytest.mark.parametrize(
    "reference",
    ["ZZZZZZZ99999999999", "XFE1", "A1048577", "A0", "1", "A", "", "A-1", "Ａ1", "A1B2", "$A$1", "a" * 50],
)
def test_a_cell_that_cannot_be_is_a_damaged_workbook(reference: str) -> None:
    sheet = f'<worksheet><sheetData><row><c r="{reference}"><v>1</v></c></row></sheetData></worksheet>'
    assert _codes(_book(sheet=sheet)) == ["geen_werkmap"]


@pytest.mark.parametrize("reference", ["XFD1048576", "XFD1", "A1048576"])
def test_a_cell_in_the_farthest_corner_takes_no_room_for_those_before_it(reference: str) -> None:
    sheet = f'<worksheet><sheetData><row><c r="{reference}"><v>1</v></c></row></sheetData></worksheet>'
    sheets, defects = read_workbook("a.xlsx", _book(sheet=sheet))
    assert defects == []
    assert sum(map(len, sheets["werk"].rows)) in (1, 16_384)


def test_rows_that_all_reach_to_the_last_column_are_no_table() -> None:
    cells = "".join(f'<c r="XFD{row}"><v>1</v></c>' for row in range(1, 2_000))
    assert _codes(_book(sheet=f"<worksheet><sheetData>{cells}</sheetData></worksheet>")) == ["geen_werkmap"]


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    cell = '<c r="A1" t="inlineStr"><is><t>&b;</t></is></c>'
    sheet = f"{bomb}<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>"
    assert _codes(_book(sheet=sheet)) == ["geen_werkmap"]


def _ods(content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("content.xml", f"<document><table name='werk'>{content}</table></document>")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "<table-row number-rows-repeated='1000000'><table-cell><p>x</p></table-cell></table-row>",
        "<table-row><table-cell number-columns-repeated='16384'><p>x</p></table-cell></table-row>",
        "<table-row number-rows-repeated='99999999999'><table-cell/></table-row>",
        "<table-row number-rows-repeated='-5'><table-cell/></table-row>",
        "<table-row><table-cell number-columns-repeated='veel'/></table-row>",
    ],
)
def test_a_text_that_is_repeated_without_end_is_refused(content: str) -> None:
    assert [d.code for d in read_workbook("a.ods", _ods(content))[1]] == ["geen_werkmap"]


def test_empty_cells_may_be_repeated_to_the_end_of_the_sheet() -> None:
    content = (
        "<table-row><table-cell><p>x</p></table-cell><table-cell number-columns-repeated='16383'/></table-row>"
        "<table-row number-rows-repeated='1048575'><table-cell number-columns-repeated='16384'/></table-row>"
    )
    sheets, defects = read_workbook("a.ods", _ods(content))
    assert (list(sheets["werk"].rows), defects) == ([["x"]], [])
