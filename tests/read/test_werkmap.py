"""``check --werkmap``: the input comes back with every bad cell marked, and mending what is marked is enough."""

import re
from pathlib import Path

import openpyxl
import pytest

from optimizer.cli import main

HEAD = "huishouden_id;aantal_personen;vergunning_datum;opvang_gemeente"
RED = "00FFC7CE"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three households with an error each, one of them twice, and a text that looks like a formula."""
    place = tmp_path / "in"
    place.mkdir()
    rows = [HEAD, "H1;2,5;2026-09-01;Utrecht", "H2;1;onzin;Zwole", "=1+1;1;2026-09-02;Utrecht"]
    (place / "huishoudens.csv").write_text("\n".join(rows), encoding="utf-8")
    (place / "taakstelling.csv").write_text("gemeente;taakstelling;extra\nUtrecht;9;x\n", encoding="utf-8")
    return place


def test_every_bad_cell_is_red_with_its_remedy(folder: Path, tmp_path: Path) -> None:
    marked = tmp_path / "FOUTEN.xlsx"
    assert main(["check", str(folder), "--werkmap", str(marked)]) == 3
    sheet = openpyxl.load_workbook(marked)["huishoudens"]
    red = {cell.coordinate for row in sheet for cell in row if cell.fill.fgColor.rgb == RED}
    assert red == {"B2", "C3", "D3"}
    assert "Bedoelt u Zwolle (GM0193)?" in sheet["D3"].comment.text
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("=1+1", "s")


def test_the_first_sheet_lists_what_is_wrong_and_is_not_read(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marked = tmp_path / "FOUTEN.xlsx"
    main(["check", str(folder), "--werkmap", str(marked)])
    lines = [line for line in capsys.readouterr().out.splitlines() if ", rij " in line]
    listed = openpyxl.load_workbook(marked).worksheets[0]
    assert listed.title == "problemen"
    cells = [listed.cell(row, 3).value for row in range(4, 4 + len(lines))]
    assert {"B2", "C3", "D3"} <= set(cells)
    assert listed["A1"].value.startswith("3 fouten en ")
    again = main(["check", str(marked)])
    told = capsys.readouterr().out
    assert again == 3
    assert "problemen" not in told
    assert {re.sub(r".*, (rij \d+, kolom \w+).*", r"\1", line) for line in lines} <= set(
        re.findall(r"rij \d+, kolom \w+", told)
    )


def test_who_mends_the_marked_cells_is_done(folder: Path, tmp_path: Path) -> None:
    marked = tmp_path / "FOUTEN.xlsx"
    main(["check", str(folder), "--werkmap", str(marked)])
    book = openpyxl.load_workbook(marked)
    sheet = book["huishoudens"]
    sheet["B2"], sheet["C3"], sheet["D3"] = 2, "2026-09-02", "Zwolle"
    book.save(marked)
    assert main(["check", str(marked)]) == 0


def test_a_workbook_comes_back_with_its_own_looks(folder: Path, tmp_path: Path) -> None:
    own, marked = tmp_path / "maand.xlsx", tmp_path / "FOUTEN.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Huishoudens"
    for row in (folder / "huishoudens.csv").read_text(encoding="utf-8").splitlines():
        sheet.append(row.split(";"))
    sheet.column_dimensions["A"].width = 33
    sheet["D2"] = '="Utr"&"echt"'
    notes = book.create_sheet("mijn notities")
    notes["A1"] = "blijft staan"
    book.create_sheet("taakstelling").append(["gemeente", "taakstelling"])
    book["taakstelling"].append(["Utrecht", 9])
    book.save(own)
    before = own.read_bytes()
    assert main(["check", str(own), "--werkmap", str(marked), "--lang", "en"]) == 3
    assert own.read_bytes() == before
    back = openpyxl.load_workbook(marked)
    assert back.sheetnames == ["problems", "Huishoudens", "mijn notities", "taakstelling"]
    assert back["mijn notities"]["A1"].value == "blijft staan"
    assert back["Huishoudens"].column_dimensions["A"].width == 33
    assert back["Huishoudens"]["D2"].value == '="Utr"&"echt"'
    assert back["Huishoudens"]["B2"].fill.fgColor.rgb == RED
    assert "whole number" in back["Huishoudens"]["B2"].comment.text


def test_a_forbidden_column_does_not_come_back(folder: Path, tmp_path: Path) -> None:
    (folder / "personen.csv").write_text("persoon_id;huishouden_id;bsn\nP1;H1;123456782\n", encoding="utf-8")
    marked = tmp_path / "FOUTEN.xlsx"
    assert main(["check", str(folder), "--werkmap", str(marked)]) == 7
    assert not marked.exists()


def test_nothing_is_replaced_and_nothing_is_made_without_need(folder: Path, tmp_path: Path) -> None:
    marked = tmp_path / "FOUTEN.xlsx"
    marked.write_bytes(b"van mij")
    assert main(["check", str(folder), "--werkmap", str(marked)]) == 7
    assert main(["check", str(folder), "--werkmap", str(folder / "huishoudens.csv"), "--force"]) == 7
    assert marked.read_bytes() == b"van mij"


def test_many_alike_stand_on_one_line_with_the_total_below(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [HEAD, *(f"H{n};1;2026-09-01;Zwole" for n in range(300)), "X;2,5;2026-09-01;Utrecht"]
    (tmp_path / "huishoudens.csv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "taakstelling.csv").write_text("gemeente;taakstelling\nUtrecht;900\n", encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 3
    lines = capsys.readouterr().out.splitlines()
    (zwole,) = [line for line in lines if "Zwole" in line]
    assert "rij 2, kolom opvang_gemeente" in zwole
    assert "Hetzelfde in nog 299 rijen: 3, 4, 5, 6, 7, 8, 9, 10, en verder." in zwole
    assert "Totaal: 301 fouten, 2 waarschuwingen." in lines
