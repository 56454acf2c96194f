"""The empty workbook: it can be filled in, and it reads back."""

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from geodata.wording import Lang
from optimizer.cli import main
from optimizer.domain.tables import TABLES
from optimizer.read import read_batch, write_sjabloon
from optimizer.taakstelling import make_taakstelling
from tests.proefbatch import check

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def without_samples(path: Path) -> openpyxl.Workbook:
    """Do what the workbook asks: delete the sample rows."""
    book = openpyxl.load_workbook(path)
    for name in TABLES:
        if name != "taakstelling":
            book[name].delete_rows(2)
    return book


OPTIONAL = [name for name, table in TABLES.items() if not table.required]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_an_empty_workbook_asks_for_the_sheets_that_must_be_filled_in(tmp_path: Path, lang: Lang) -> None:
    write_sjabloon(tmp_path / "leeg.xlsx", lang=lang)
    defects = check(tmp_path / "leeg.xlsx")
    found = [(d.code, d.file.partition("!")[2], d.row) for d in defects if not d.warning]
    assert sorted(found) == [("geen_rijen", "taakstelling", None), ("voorbeeldrij", "huishoudens", 2)]
    (said,) = [d for d in defects if d.warning]
    assert (said.code, said.file, said.details["bladen"]) == ("alleen_voorbeeldrij", "leeg.xlsx", ", ".join(OPTIONAL))


def filled_in(path: Path) -> openpyxl.Workbook:
    """Fill in what must be filled in and leave every other sheet as it is."""
    write_sjabloon(path)
    book = openpyxl.load_workbook(path)
    book["huishoudens"].delete_rows(2)
    book["huishoudens"].append(["H1", 2, "01-07-2026", "Zwolle"])
    for row in range(2, 400):
        if book["taakstelling"].cell(row, 1).value == "Zwolle":
            book["taakstelling"].cell(row, 2).value = 4
    return book


def test_sheets_that_nobody_touched_count_as_empty(tmp_path: Path) -> None:
    path = tmp_path / "batch.xlsx"
    filled_in(path).save(path)
    batch = read_batch(path)
    assert all(getattr(batch, name).empty for name in OPTIONAL)
    assert batch.huishoudens["huishouden_id"].tolist() == ["H1"]


@pytest.mark.parametrize("name", OPTIONAL)
def test_a_sample_row_is_refused_beside_other_rows_and_when_it_was_changed(tmp_path: Path, name: str) -> None:
    path = tmp_path / "batch.xlsx"
    book = filled_in(path)
    book[name].append([cell.value for cell in book[name][2]])
    book.save(path)
    refused = [(d.code, d.row) for d in check(path) if d.code == "voorbeeldrij" and d.file.endswith(f"!{name}")]
    assert refused == [("voorbeeldrij", 2), ("voorbeeldrij", 3)]
    for column in range(2, len(TABLES[name].columns) + 1):
        book = filled_in(path)
        book[name].cell(2, column).value = "iets anders"
        book.save(path)
        refused = [(d.code, d.row) for d in check(path) if d.file.endswith(f"!{name}") and not d.warning]
        assert ("voorbeeldrij", 2) in refused, TABLES[name].columns[column - 1].name


def test_a_column_of_ones_own_beside_the_sample_row_is_a_change(tmp_path: Path) -> None:
    path = tmp_path / "batch.xlsx"
    book = filled_in(path)
    far = len(TABLES["personen"].columns) + 1
    book["personen"].cell(1, far).value, book["personen"].cell(2, far).value = "opmerking", "navragen"
    book.save(path)
    assert "voorbeeldrij" in {d.code for d in check(path) if d.file.endswith("!personen")}


def test_without_the_sample_rows_it_asks_for_rows(tmp_path: Path) -> None:
    write_sjabloon(tmp_path / "leeg.xlsx")
    without_samples(tmp_path / "leeg.xlsx").save(tmp_path / "leeg.xlsx")
    defects = check(tmp_path / "leeg.xlsx")
    assert {(d.code, d.file.partition("!")[2]) for d in defects} == {
        ("geen_rijen", "huishoudens"),
        ("geen_rijen", "taakstelling"),
    }


def test_a_municipality_without_a_number_is_an_error_in_a_csv_file(tmp_path: Path) -> None:
    (tmp_path / "taakstelling.csv").write_text("gemeente;taakstelling;halfjaar\nUtrecht;;2026-2\n", encoding="utf-8")
    (tmp_path / "huishoudens.csv").write_text(
        "huishouden_id;aantal_personen;vergunning_datum;opvang_gemeente\nH1;1;2026-09-01;Utrecht\n", encoding="utf-8"
    )
    assert [(d.code, d.row, d.cell) for d in check(tmp_path) if not d.warning] == [("cel_leeg", 2, "B2")]


def test_the_taakstelling_of_a_half_year_is_filled_in_by_law(tmp_path: Path) -> None:
    path = tmp_path / "vol.xlsx"
    assert main(["sjabloon", str(path), "--halfjaar", "2026-1"]) == 0
    book = without_samples(path)
    book["huishoudens"].append(["H1", 2, "2026-03-01", "Zwolle"])
    book.save(path)
    batch = read_batch(path)
    expected = make_taakstelling("2026-1", 15_000).set_index("gemeente")["taakstelling"]
    read = batch.taakstelling.set_index("gemeente")["taakstelling"]
    assert read.to_dict() == expected.to_dict()
    assert set(batch.taakstelling["halfjaar"]) == {"2026-1"}


def test_a_half_year_without_a_number_has_the_names_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "vol.xlsx"
    assert main(["sjabloon", str(path), "--halfjaar", "2031-1"]) == 0
    assert "2031-1 kennen wij geen landelijk getal" in capsys.readouterr().err
    sheet = openpyxl.load_workbook(path)["taakstelling"]
    halves = {sheet.cell(row, TABLES["taakstelling"].names.index("halfjaar") + 1).value for row in range(2, 100)}
    assert halves == {"2031-1"}
    assert sheet["B2"].value is None
    assert main(["sjabloon", str(path), "--halfjaar", "2031-1", "--landelijk", "342000", "--force"]) == 0
    assert openpyxl.load_workbook(path)["taakstelling"]["B2"].value > 0
    assert main(["sjabloon", str(path), "--landelijk", "10", "--force"]) == 2


def test_headings_are_protected_and_everything_else_can_be_changed(tmp_path: Path) -> None:
    write_sjabloon(tmp_path / "leeg.xlsx")
    book = openpyxl.load_workbook(tmp_path / "leeg.xlsx")
    for name, table in TABLES.items():
        sheet = book[name]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert all(cell.protection.locked for cell in sheet[1][: len(table.columns)])
        widths = sheet.column_dimensions.values()
        assert widths
        assert not any(column._style and column.protection.locked for column in widths)


def test_a_workbook_that_is_filled_in_reads_as_a_batch(tmp_path: Path) -> None:
    path = tmp_path / "batch.xlsx"
    write_sjabloon(path)
    book = without_samples(path)
    book["huishoudens"].append(["H1", 2, "01-07-2026", "Zwolle"])
    book["personen"].append(["P1", "H1"])
    row = next(row for row in range(2, 400) if book["taakstelling"].cell(row, 1).value == "Zwolle")
    book["taakstelling"].cell(row, 2).value = 4
    book["beleid"]["B2"] = "straal50"
    book.save(path)
    batch = read_batch(path)
    assert batch.huishoudens["opvang_gemeente"].tolist() == ["GM0193"]
    assert dict(batch.beleid) == {"policy": "straal50"}
    assert len(batch.taakstelling) == 1
    (absent,) = [d for d in batch.waarschuwingen if d.file.endswith("taakstelling")]
    assert absent.details["aantal"] == "341"


def saved_by_libreoffice(path: Path, kind: str) -> Path:
    """Open a workbook in LibreOffice and save it, as another kind of file perhaps."""
    out = path.parent / "bewaard"
    profile = f"-env:UserInstallation=file://{path.parent}/profiel"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / f"{path.stem}.{kind}"


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed (package libreoffice-calc)")
def test_a_workbook_that_libreoffice_saved_is_read_and_keeps_its_lists_and_protection(tmp_path: Path) -> None:
    path = tmp_path / "batch.xlsx"
    write_sjabloon(path)
    as_ods = check(saved_by_libreoffice(path, "ods"))
    assert [d.details["bladen"] for d in as_ods if d.code == "alleen_voorbeeldrij"] == [", ".join(OPTIONAL)]
    saved = saved_by_libreoffice(path, "xlsx")
    assert {d.code for d in check(saved) if not d.warning} == {"voorbeeldrij", "geen_rijen"}
    assert [d.details["bladen"] for d in check(saved) if d.code == "alleen_voorbeeldrij"] == [", ".join(OPTIONAL)]
    book = without_samples(saved)
    for name, table in TABLES.items():
        sheet = book[name]
        assert sheet.protection.sheet
        assert all(cell.protection.locked for cell in sheet[1][: len(table.columns)])
        assert not any(column._style and column.protection.locked for column in sheet.column_dimensions.values())
        lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
        assert len(lists) == sum(bool(c.choices) or c.kind in ("flag", "gemeente") for c in table.columns)
    book["huishoudens"].append(["H1", 2, "01-07-2026", "Zwolle"])
    row = next(row for row in range(2, 400) if book["taakstelling"].cell(row, 1).value == "Zwolle")
    book["taakstelling"].cell(row, 2).value = 4
    book.save(path)
    for kind in ("xlsx", "ods"):
        batch = read_batch(saved_by_libreoffice(path, kind))
        assert batch.huishoudens["opvang_gemeente"].tolist() == ["GM0193"]
        assert batch.taakstelling[["gemeente", "taakstelling"]].values.tolist() == [["GM0193", 4]]


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
