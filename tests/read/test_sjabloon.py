"""The empty workbook: it can be filled in, and it reads back."""

from pathlib import Path

import openpyxl

from optimizer.domain.tables import TABLES
from optimizer.read import read_batch, write_sjabloon
from tests.proefbatch import check


def test_an_empty_workbook_asks_for_rows_and_for_nothing_else(tmp_path: Path) -> None:
    write_sjabloon(tmp_path / "leeg.xlsx")
    assert [(d.code, d.file) for d in check(tmp_path / "leeg.xlsx")] == [
        ("geen_rijen", "leeg.xlsx!huishoudens"),
        ("geen_rijen", "leeg.xlsx!taakstelling"),
    ]


def test_a_workbook_that_is_filled_in_reads_as_a_batch(tmp_path: Path) -> None:
    path = tmp_path / "batch.xlsx"
    write_sjabloon(path)
    book = openpyxl.load_workbook(path)
    book["huishoudens"].append(["H1", 2, "01-07-2026", "Zwolle"])
    book["personen"].append(["P1", "H1"])
    book["taakstelling"].append(["Zwolle", 4])
    book["beleid"]["B2"] = "straal50"
    book.save(path)
    batch = read_batch(path)
    assert batch.huishoudens["opvang_gemeente"].tolist() == ["GM0193"]
    assert dict(batch.beleid) == {"policy": "straal50"}


def test_every_column_has_a_note_and_every_choice_a_list(tmp_path: Path) -> None:
    write_sjabloon(tmp_path / "leeg.xlsx")
    book = openpyxl.load_workbook(tmp_path / "leeg.xlsx")
    assert book.sheetnames[0] == "uitleg"
    for table in TABLES.values():
        sheet = book[table.name]
        assert [cell.value for cell in sheet[1]] == list(table.names)
        assert all(cell.comment is not None for cell in sheet[1])
        listed = {str(v.sqref).rstrip("0123456789:").split("2")[0] for v in sheet.data_validations.dataValidation}
        chosen = {sheet.cell(1, i + 1).column_letter for i, c in enumerate(table.columns) if c.choices}
        assert chosen <= listed


def test_two_empty_workbooks_are_the_same_file(tmp_path: Path) -> None:
    write_sjabloon(tmp_path / "a.xlsx")
    write_sjabloon(tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
