"""The workbooks open, hold what the tables hold, and tell a municipality no private ground."""

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook
from python_calamine import CalamineWorkbook

from geodata.wording import Lang
from optimizer.domain import uitvoer
from optimizer.domain.batch import Batch
from optimizer.domain.voorstel import Voorstel
from optimizer.report.receipt import run_receipt
from optimizer.report.workbook import to_bytes
from optimizer.report.workbook_gemeente import ANSWERS, voor_gemeente
from tests.report import report_builder as build

SHEETS = ["voorstel", "niet_gekoppeld", "banen", "taakstelling", "beleid", "toelichting"]


@pytest.fixture(scope="module")
def batch() -> Batch:
    return build.batch(60)


@pytest.fixture(scope="module")
def voorstel(batch: Batch) -> Voorstel:
    return build.voorstel(batch)


def written(b: Batch, v: Voorstel, **changes: Any) -> bytes:
    v = replace(v, **changes)
    told = run_receipt(v, b, build.parameters(), command=[], policy={}, answer=b"")
    return to_bytes(v, build.parameters(), told, build.language("nl"))


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def column(book: Workbook, sheet: str, header: str) -> list[Any]:
    heads, *rows = book[sheet].iter_rows(values_only=True)
    return [row[heads.index(header)] for row in rows]


def test_it_has_the_promised_sheets_with_filter_frozen_header_and_a_note_on_each_header(
    batch: Batch, voorstel: Voorstel
) -> None:
    book = opened(written(batch, voorstel))
    assert book.sheetnames == SHEETS
    for name in SHEETS[:-1]:
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(cell.comment is not None for cell in sheet[1])


@pytest.mark.parametrize("table", [uitvoer.VOORSTEL, uitvoer.BANEN, uitvoer.TAAKSTELLING, uitvoer.NIET_GEKOPPELD])
def test_each_sheet_holds_every_row_and_column_of_its_table(
    batch: Batch, voorstel: Voorstel, table: uitvoer.OutputTable
) -> None:
    frame = getattr(voorstel, table.name)
    sheet = opened(written(batch, voorstel))[table.name]
    assert (sheet.max_row, sheet.max_column) == (len(frame) + 1, len(table.columns))


def test_numbers_are_numbers_and_names_of_ours_have_no_underscores(batch: Batch, voorstel: Voorstel) -> None:
    book = opened(written(batch, voorstel))
    km = [value for value in column(book, "voorstel", "Afstand km") if value is not None]
    assert km == pytest.approx(voorstel.voorstel["afstand_km"].dropna().tolist())
    assert set(column(book, "voorstel", "Status")) == {"voorgesteld", "vastgezet", "niet gekoppeld"}
    assert set(column(book, "niet_gekoppeld", "Oorzaak")) == {"geen plaats binnen 50 km"}


def test_a_cell_that_begins_as_a_formula_stays_text(batch: Batch, voorstel: Voorstel) -> None:
    bad = voorstel.voorstel.assign(reden="=1+1", huishouden_id="http://example.org")
    sheet = opened(written(batch, voorstel, voorstel=bad))["voorstel"]
    assert {(cell.value, cell.data_type) for cell in sheet["O"][1:]} == {("=1+1", "s")}
    assert all(cell.hyperlink is None for cell in sheet["A"])


def test_the_policy_sheet_holds_levels_and_every_parameter_of_the_run(batch: Batch, voorstel: Voorstel) -> None:
    names = column(opened(written(batch, voorstel)), "beleid", "Naam")
    assert {"kansrijk", "verwacht_behouden", "gronden/straal_km", "behoud/midden_km"} <= set(names)


def test_the_same_proposal_gives_the_same_bytes(batch: Batch, voorstel: Voorstel) -> None:
    assert written(batch, voorstel) == written(batch, voorstel)


def test_an_empty_table_is_a_sheet_with_a_header(batch: Batch, voorstel: Voorstel) -> None:
    book = opened(written(batch, voorstel, niet_gekoppeld=voorstel.niet_gekoppeld.head(0)))
    assert book["niet_gekoppeld"].max_row == 1


def test_each_municipality_gets_its_own_cases_and_no_other(voorstel: Voorstel) -> None:
    books = dict(voor_gemeente(voorstel, build.PEILDATUM, build.language("nl")))
    linked = voorstel.voorstel[voorstel.voorstel["status"] != "niet_gekoppeld"]
    assert list(books) == [f"{code}.xlsx" for code in sorted(linked["gemeente"].unique())]
    for name, content in books.items():
        own = linked.loc[linked["gemeente"] == name.removesuffix(".xlsx"), "huishouden_id"].tolist()
        book = opened(content)
        assert column(book, "antwoord", "Huishouden") == own
        assert set(column(book, "banen", "Huishouden")) <= set(own)


@pytest.mark.parametrize("code", ["nl", "en"])
def test_a_name_stands_in_a_workbook_as_it_is_written(code: Lang, voorstel: Voorstel) -> None:
    told = voorstel.voorstel.assign(gemeente="GM0518", gemeente_naam="'s-Gravenhage", status="voorgesteld")
    ((_, content),) = voor_gemeente(replace(voorstel, voorstel=told), build.PEILDATUM, build.language(code))
    book = opened(content)
    assert book["uitleg"]["A1"].value == book.properties.title
    assert str(book.properties.title).endswith(" 's-Gravenhage")


def test_private_grounds_read_persoonlijk_in_every_file_for_a_municipality(voorstel: Voorstel) -> None:
    told = voorstel.voorstel.assign(reden="De medische grond ligt in Zwolle, het gezin in Utrecht.")
    shown: set[str] = set()
    for _, content in voor_gemeente(replace(voorstel, voorstel=told), build.PEILDATUM, build.language("nl")):
        book = opened(content)
        cells = [str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row]
        assert not [c for c in cells if "medisch" in c or "gezin" in c]
        shown |= {str(c) for c in column(book, "antwoord", "Grond")}
    assert {"persoonlijk", "werk"} <= shown


def test_the_free_text_of_a_lock_stays_with_the_regievoerder(voorstel: Voorstel) -> None:
    locked = voorstel.voorstel["status"] == "vastgezet"
    assert locked.any()
    told = voorstel.voorstel.assign(reden=voorstel.voorstel["reden"].mask(locked, "vastgezet: nierdialyse in Zwolle"))
    books = [
        opened(c) for _, c in voor_gemeente(replace(voorstel, voorstel=told), build.PEILDATUM, build.language("nl"))
    ]
    cells = [str(c) for book in books for sheet in book for row in sheet.iter_rows(values_only=True) for c in row]
    assert not [c for c in cells if "dialyse" in c]


def test_a_municipality_sees_no_chances_and_no_alternatives(voorstel: Voorstel) -> None:
    _, content = next(voor_gemeente(voorstel, build.PEILDATUM, build.language("nl")))
    heads = [str(cell.value).lower() for sheet in opened(content) for cell in sheet[1]]
    assert not [h for h in heads if "kans" in h or "alternatief" in h or "behouden" in h]


def test_the_answer_is_chosen_from_a_list(voorstel: Voorstel) -> None:
    _, content = next(voor_gemeente(voorstel, build.PEILDATUM, build.language("nl")))
    sheet = opened(content)["antwoord"]
    (rule,) = sheet.data_validations.dataValidation
    answer = next(cell for cell in sheet[1] if cell.value == "besluit")
    assert rule.formula1 == f'"{",".join(ANSWERS)}"'
    assert str(rule.sqref).startswith(f"{answer.column_letter}2")
    assert set(column(opened(content), "antwoord", "besluit")) == {None}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="Debian package libreoffice-calc is missing")
@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_libreoffice_opens_it_and_keeps_its_rows(batch: Batch, voorstel: Voorstel, tmp_path: Path, kind: str) -> None:
    (tmp_path / "voorstel.xlsx").write_bytes(written(batch, voorstel))
    out = tmp_path / "out"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(out)]
    subprocess.run([*command, str(tmp_path / "voorstel.xlsx")], check=True, capture_output=True, timeout=120)
    sheets = CalamineWorkbook.from_path(str(out / f"voorstel.{kind}"))
    rows = sheets.get_sheet_by_name("voorstel").to_python()
    assert sheets.sheet_names == SHEETS
    assert [row[0] for row in rows[1:]] == voorstel.voorstel["huishouden_id"].tolist()
