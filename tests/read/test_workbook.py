"""Workbooks as Excel and LibreOffice save them."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from pandas.testing import assert_frame_equal

from optimizer.domain.batch import Batch
from optimizer.domain.tables import TABLES
from optimizer.read import read_batch
from optimizer.read.files.workbook import read_workbook
from optimizer.read.texts import render
from tests.proefbatch import check

GOED = Path(__file__).parents[1] / "broken" / "goed"


def _book(path: Path, change: Callable[[openpyxl.Workbook], object] = lambda _: None) -> Path:
    """Write the good batch as a workbook; whole numbers and dates become real ones."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for source in sorted(GOED.glob("*.csv")):
        sheet = book.create_sheet(source.stem)
        for row in source.read_text(encoding="utf-8").splitlines():
            sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row.split(";")])
    change(book)
    book.save(path)
    return path


def _formulas(book: openpyxl.Workbook) -> None:
    huishoudens, werk = book["huishoudens"], book["werk"]
    huishoudens["B2"] = "=1+2"  # worked out by LibreOffice when it saves
    huishoudens["E2"] = '=IF(1=1,"","GM0363")'  # an honestly empty result
    werk["D3"] = "=NA()"


def _truths(book: openpyxl.Workbook) -> None:
    """Make TRUE and FALSE of every ja and nee, as a tick box of Excel does, and of what a ground has as its proof."""
    book["gronden"]["D2"] = True
    for sheet in book:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if cell.value in ("ja", "nee"):
                    cell.value = cell.value == "ja"


@pytest.fixture(scope="module", params=["xlsx", "ods"])
def saved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Let LibreOffice save a good workbook and one with formulas, in one go."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("needs the package libreoffice")
    suffix, folder = request.param, tmp_path_factory.mktemp("libreoffice")
    changes = {"goed": lambda _: None, "formules": _formulas, "vinkjes": _truths}
    books = [_book(folder / f"{name}.xlsx", change) for name, change in changes.items()]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", suffix, "--outdir", str(folder / "saved"), *books]
    subprocess.run(command, check=True, capture_output=True)
    return {book.stem: folder / "saved" / f"{book.stem}.{suffix}" for book in books}


def _assert_same_tables(batch: Batch, other: Batch) -> None:
    for name in TABLES:
        assert_frame_equal(getattr(batch, name), getattr(other, name))


def test_a_workbook_and_a_folder_read_the_same(tmp_path: Path) -> None:
    batch = read_batch(_book(tmp_path / "batch.xlsx"))
    _assert_same_tables(batch, read_batch(GOED))
    assert [bron.naam for bron in batch.bronnen] == ["batch.xlsx"]
    assert batch.waarschuwingen == ()


def test_a_workbook_of_libreoffice_gives_the_values_of_formulas_and_names_its_errors(saved: dict[str, Path]) -> None:
    (defect,) = check(saved["formules"])
    assert (defect.code, defect.file, defect.row) == ("cel_fout", f"{saved['formules'].name}!werk", 3)
    assert (defect.column, defect.value) == ("uren_per_week", "#N/A")


def test_a_good_workbook_saved_by_libreoffice_reads_the_same(saved: dict[str, Path]) -> None:
    _assert_same_tables(read_batch(saved["goed"]), read_batch(GOED))


def _assert_truths_read(path: Path) -> None:
    batch, good = read_batch(path), read_batch(GOED)
    assert batch.waarschuwingen == ()
    assert batch.gronden["bewijs"].tolist() == ["ja"]
    for name, table in TABLES.items():
        flags = [column.name for column in table.columns if column.kind == "flag"]
        assert_frame_equal(getattr(batch, name)[flags], getattr(good, name)[flags])
    assert {"ja", "nee"} <= set(good.werk["loonstrook_gezien"]) | set(good.werk["contract_getekend"])


def test_true_and_false_of_excel_are_yes_and_no_wherever_these_are_answers(tmp_path: Path) -> None:
    _assert_truths_read(_book(tmp_path / "batch.xlsx", _truths))


def test_true_and_false_of_libreoffice_are_yes_and_no_wherever_these_are_answers(saved: dict[str, Path]) -> None:
    _assert_truths_read(saved["vinkjes"])


def test_false_as_the_proof_of_a_ground_is_no(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["gronden"]["D2"] = False

    assert read_batch(_book(tmp_path / "batch.xlsx", change)).gronden["bewijs"].tolist() == ["nee"]


def test_an_error_in_the_last_row_is_not_cut_off(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["gronden"]["C9"] = "=1+1"

    codes = {(d.code, d.row, d.column) for d in check(_book(tmp_path / "batch.xlsx", change))}
    assert ("formule_zonder_waarde", 9, "gemeente") in codes


def test_empty_rows_keep_the_row_numbers_that_people_see(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet: Worksheet = book["huishoudens"]
        sheet.insert_rows(1, 2)
        sheet.insert_rows(4, 3)
        sheet["B8"] = "veel"

    (defect,) = check(_book(tmp_path / "batch.xlsx", change))
    assert (defect.code, defect.row) == ("geen_getal", 8)


def test_spare_and_unknown_sheets_are_named_only_when_they_hold_something(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("Blad1")
        book.create_sheet("kladje")["A1"] = "x"

    (defect,) = check(_book(tmp_path / "batch.xlsx", change))
    assert (defect.code, defect.file, defect.warning) == ("bestand_niet_herkend", "batch.xlsx!kladje", True)


def test_the_groups_and_sheets_of_charts_stay_closed(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("groepen")["A1"] = "=1+1"
        book.create_chartsheet("grafiek")

    path = _book(tmp_path / "batch.xlsx", change)
    assert check(path) == ()
    assert "groepen" not in read_workbook(path.name, path.read_bytes(), closed={"groepen"})[0]


def test_a_damaged_workbook_is_a_sentence(tmp_path: Path) -> None:
    data = bytearray(_book(tmp_path / "batch.xlsx").read_bytes())
    for position in range(0, len(data), 97):
        broken = bytes(data[:position]) + bytes([data[position] ^ 255]) + bytes(data[position + 1 :])
        (tmp_path / "broken.xlsx").write_bytes(broken)
        for defect in check(tmp_path / "broken.xlsx"):
            assert all(render(defect))


def test_the_sheet_beleid_says_what_beleid_toml_says(tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("beleid")
        for row in (
            ("instelling", "waarde"),
            ("policy", "straal50"),
            ("peildatum", "2026-08-01"),
            ("parameters.werk/minimum_uren", 10),
            ("seed", None, "geen waarde: telt niet"),
        ):
            sheet.append(row)

    shutil.copytree(GOED, tmp_path / "map")
    toml = 'policy = "straal50"\npeildatum = 2026-08-01\n[parameters]\n"werk/minimum_uren" = 10\n'
    (tmp_path / "map" / "beleid.toml").write_text(toml, encoding="utf-8")
    book, folder = read_batch(_book(tmp_path / "batch.xlsx", change)), read_batch(tmp_path / "map")
    assert dict(book.beleid) == dict(folder.beleid)
    assert book.peildatum == folder.peildatum
