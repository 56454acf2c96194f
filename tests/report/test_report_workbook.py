"""The workbooks open, hold what the tables hold, and tell a municipality no private ground."""

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import openpyxl.utils
import pandas as pd
import pytest
from openpyxl.workbook.workbook import Workbook
from python_calamine import CalamineWorkbook

from geodata.gemeenten import load_gemeenten
from geodata.wording import Lang
from optimizer.domain import uitvoer
from optimizer.domain.batch import Batch
from optimizer.domain.terms import GROUNDS, NAMES
from optimizer.domain.voorstel import Voorstel
from optimizer.report.receipt import run_receipt
from optimizer.report.workbook import to_bytes
from optimizer.report.workbook_gemeente import ANSWERS, file_name, voor_gemeente
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
    told = [str(cell.comment.text) for cell in sheet[1]]
    assert sheet.max_row == len(frame) + 1
    assert all(any(f"heet deze kolom {name}." in text for text in told) for name in table.names)


def test_numbers_are_numbers_and_names_of_ours_have_no_underscores(batch: Batch, voorstel: Voorstel) -> None:
    book = opened(written(batch, voorstel))
    km = [value for value in column(book, "voorstel", "Afstand km") if value is not None]
    assert km == pytest.approx(voorstel.voorstel["afstand_km"].dropna().tolist())
    assert set(column(book, "voorstel", "Status")) == {"voorgesteld", "vastgezet", "niet gekoppeld"}
    assert set(column(book, "niet_gekoppeld", "Oorzaak")) == {"geen plaats binnen 50 km"}


def test_an_english_workbook_says_the_names_of_ours_in_english(batch: Batch, voorstel: Voorstel) -> None:
    told = run_receipt(voorstel, batch, build.parameters(), command=[], policy={}, answer=b"")
    book = opened(to_bytes(voorstel, build.parameters(), told, build.language("en")))
    assert set(column(book, "voorstel", "Status of the row")) == {"proposed", "locked", "not linked"}
    grounds = {kind for cell in column(book, "voorstel", "Hard grounds, joined by +") for kind in str(cell).split("+")}
    assert {"work", "family"} <= grounds <= {"work", "family", "study", "medical", "None"}
    assert set(column(book, "niet_gekoppeld", "Cause")) == {"no room within 50 km"}
    cells = {cell.value for sheet in book if sheet.title != "beleid" for row in sheet.iter_rows() for cell in row}
    assert not cells & {name.nl for name in (*NAMES.values(), *GROUNDS.values())}


def test_every_name_in_our_tables_has_words_in_english() -> None:
    listed = (
        uitvoer.STATUSSEN,
        uitvoer.GEHONOREERD,
        uitvoer.UITKOMSTEN,
        uitvoer.OORZAKEN,
        uitvoer.BEWIJZEN,
        uitvoer.VERZOEKOORDELEN,
        uitvoer.VERZOEKUITKOMSTEN,
        uitvoer.GESPREKREDENEN,
    )
    assert {name for names in listed for name in names} <= set(NAMES)


def test_a_cell_that_begins_as_a_formula_stays_text(batch: Batch, voorstel: Voorstel) -> None:
    bad = voorstel.voorstel.assign(reden="=1+1", huishouden_id="http://example.org")
    sheet = opened(written(batch, voorstel, voorstel=bad))["voorstel"]
    why = next(cell for cell in sheet[1] if cell.value == "Reden").column_letter
    assert {(cell.value, cell.data_type) for cell in sheet[why][1:]} == {("=1+1", "s")}
    assert all(cell.hyperlink is None for cell in sheet["A"])


def test_the_policy_sheet_holds_levels_and_every_parameter_of_the_run(batch: Batch, voorstel: Voorstel) -> None:
    names = column(opened(written(batch, voorstel)), "beleid", "Naam")
    assert {"kansrijk", "verwacht_behouden", "gronden/straal_km", "behoud/midden_km"} <= set(names)


def test_the_same_proposal_gives_the_same_bytes(batch: Batch, voorstel: Voorstel) -> None:
    assert written(batch, voorstel) == written(batch, voorstel)


def test_an_empty_table_is_a_sheet_with_a_header(batch: Batch, voorstel: Voorstel) -> None:
    book = opened(written(batch, voorstel, niet_gekoppeld=voorstel.niet_gekoppeld.head(0)))
    assert book["niet_gekoppeld"].max_row == 1


def for_each(voorstel: Voorstel, code: Lang = "nl", b: Batch | None = None) -> dict[str, bytes]:
    given = build.batch(60) if b is None else b
    return dict(voor_gemeente(voorstel, given, build.parameters(), build.language(code)))


def test_every_code_has_a_name_beside_it(batch: Batch, voorstel: Voorstel) -> None:
    book, g = opened(written(batch, voorstel)), load_gemeenten()
    pairs = [
        ("voorstel", "Opvang gemeente", "Opvang in"),
        ("voorstel", "Gemeente", "Gemeente naam"),
        ("banen", "Werk gemeente", "Werk in"),
        ("banen", "Gemeente", "Gemeente naam"),
        ("taakstelling", "Gemeente", "Gemeente naam"),
    ]
    for sheet, code, name in pairs:
        cells = list(zip(column(book, sheet, code), column(book, sheet, name), strict=True))
        assert cells
        assert all(told == (None if c is None else g.naam[g.index[c]]) for c, told in cells)


def test_codes_inside_a_text_and_levels_are_told_in_words(batch: Batch, voorstel: Voorstel) -> None:
    told = voorstel.voorstel.assign(alternatief_1="GM0448 -0,0144 kans_werk")
    waiting = voorstel.niet_gekoppeld.assign(meer_plekken="GM0340 7", bewijs_gemeenten="GM0034 GM0050")
    book = opened(written(batch, voorstel, voorstel=told, niet_gekoppeld=waiting))
    assert set(column(book, "voorstel", "Alternatief 1")) == {"Texel (GM0448): kans op werk −0,0144"}
    assert set(column(book, "niet_gekoppeld", "Meer plekken")) == {"Rhenen (GM0340) 7"}
    assert set(column(book, "niet_gekoppeld", "Bewijs gemeenten")) == {"Almere (GM0034) Zeewolde (GM0050)"}


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_prints_on_the_width_of_a_page_with_its_head_on_every_page(
    sheet: str, batch: Batch, voorstel: Voorstel
) -> None:
    page = opened(written(batch, voorstel))[sheet]
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    if sheet == "toelichting":
        return
    assert page.print_title_rows == "$1:$1"
    (area,) = page.print_area.split(",")
    first, last = (
        openpyxl.utils.cell.coordinate_from_string(c)[0] for c in area.split("!")[1].replace("$", "").split(":")
    )
    columns = openpyxl.utils.column_index_from_string(last)
    assert (first, area.rsplit("$", 1)[1]) == ("A", str(max(page.max_row, 2)))
    assert columns <= 11
    assert sum(page.column_dimensions[openpyxl.utils.get_column_letter(i + 1)].width for i in range(columns)) < 200


def test_each_municipality_gets_its_own_cases_and_no_other(voorstel: Voorstel) -> None:
    books = for_each(voorstel)
    linked = voorstel.voorstel[voorstel.voorstel["status"] != "niet_gekoppeld"]
    named = linked.drop_duplicates("gemeente").sort_values("gemeente")
    assert list(books) == [file_name(c, n) for c, n in zip(named["gemeente"], named["gemeente_naam"], strict=True)]
    for name, content in books.items():
        own = linked.loc[linked["gemeente"] == name[:6], "huishouden_id"].tolist()
        book = opened(content)
        assert column(book, "antwoord", "Huishouden") == own
        assert set(column(book, "banen", "Huishouden")) <= set(own)


@pytest.mark.parametrize("code", ["nl", "en"])
def test_a_name_stands_in_a_workbook_as_it_is_written(code: Lang, voorstel: Voorstel) -> None:
    told = voorstel.voorstel.assign(gemeente="GM0518", gemeente_naam="'s-Gravenhage", status="voorgesteld")
    ((_, content),) = for_each(replace(voorstel, voorstel=told), code).items()
    book = opened(content)
    assert book["uitleg"]["A1"].value == book.properties.title
    assert str(book.properties.title).endswith(" 's-Gravenhage")


def test_private_grounds_read_persoonlijk_in_every_file_for_a_municipality(voorstel: Voorstel) -> None:
    told = voorstel.voorstel.assign(reden="De medische grond ligt in Zwolle, het gezin in Utrecht.")
    shown: set[str] = set()
    for _, content in for_each(replace(voorstel, voorstel=told)).items():
        book = opened(content)
        cells = [str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row]
        assert not [c for c in cells if "medisch" in c or "gezin" in c]
        shown |= {str(c) for c in column(book, "antwoord", "Grond")}
    assert {"persoonlijk", "werk"} <= shown


def test_the_free_text_of_a_lock_stays_with_the_regievoerder(voorstel: Voorstel) -> None:
    locked = voorstel.voorstel["status"] == "vastgezet"
    assert locked.any()
    told = voorstel.voorstel.assign(reden=voorstel.voorstel["reden"].mask(locked, "vastgezet: nierdialyse in Zwolle"))
    books = [opened(c) for _, c in for_each(replace(voorstel, voorstel=told)).items()]
    cells = [str(c) for book in books for sheet in book for row in sheet.iter_rows(values_only=True) for c in row]
    assert not [c for c in cells if "dialyse" in c]


def test_a_municipality_sees_no_chances_and_no_alternatives(voorstel: Voorstel) -> None:
    _, content = next(iter(for_each(voorstel).items()))
    heads = [str(cell.value).lower() for sheet in opened(content) for cell in sheet[1]]
    assert not [h for h in heads if "kans" in h or "alternatief" in h or "behouden" in h]


def test_the_answer_is_chosen_from_a_list(voorstel: Voorstel) -> None:
    _, content = next(iter(for_each(voorstel).items()))
    sheet = opened(content)["antwoord"]
    (rule,) = sheet.data_validations.dataValidation
    answer = next(cell for cell in sheet[1] if cell.value == "besluit")
    assert rule.formula1 == f'"{",".join(ANSWERS)}"'
    assert str(rule.sqref).startswith(f"{answer.column_letter}2")
    assert set(column(opened(content), "antwoord", "besluit")) == {None}


def test_a_municipality_reads_its_room_the_terms_and_what_its_households_need(voorstel: Voorstel) -> None:
    b = build.batch(60)
    households = b.huishoudens.set_index("huishouden_id")
    large = b.replace(woningen=pd.DataFrame({"gemeente": ["GM0193"], "soort": ["grote_woning"], "aantal": [1]}))
    limit = build.parameters()["woningen/groot_vanaf_personen"]
    for name, content in for_each(voorstel, b=large).items():
        book = opened(content)
        (room,) = voorstel.taakstelling[voorstel.taakstelling["gemeente"] == name[:6]].to_dict("records")
        told = {str(a): str(c) for a, c in book["overzicht"].iter_rows(values_only=True) if c}
        assert told["Uw opgave"].split()[0] == str(int(room["opgave"]))
        assert told["Wat daarna overblijft"].split()[0] == str(int(room["rest"])).replace("-", "−")
        # 1 October 2026 plus ten weeks, and two more: the terms of the COA.
        assert told["Woonruimte aanbieden"].startswith("uiterlijk 10 december 2026: 10 weken")
        assert told["Verhuizen"].startswith("uiterlijk 24 december 2026: 2 weken")
        ids = column(book, "antwoord", "Huishouden")
        sizes = column(book, "antwoord", "Aantal personen")
        assert told["In dit voorstel"].split()[0] == str(sum(sizes))
        later = column(book, "antwoord", "Komt nog na (personen)")
        assert later == [None if pd.isna(n := households["nareis_verwacht"][i]) else n for i in ids]
        needs = column(book, "antwoord", "Woning nodig")
        for i, size, said in zip(ids, sizes, needs, strict=True):
            kinds = ["toegankelijke woning"] * (households["woning_nodig"][i] != "") + ["grote woning"] * (
                size >= limit
            )
            assert (said or "") == ", ".join(kinds)


def test_a_municipality_reads_where_each_household_works(voorstel: Voorstel) -> None:
    g, banen = load_gemeenten(), voorstel.banen
    seen = 0
    for _, content in for_each(voorstel).items():
        book = opened(content)
        for i, said in zip(column(book, "antwoord", "Huishouden"), column(book, "antwoord", "Werkt in"), strict=True):
            jobs = banen[banen["huishouden_id"] == i]
            places = [g.naam[g.index[c]] for c in jobs["werk_gemeente"]]
            assert all(f"{place} (" in (said or "") for place in places)
            assert (said is None) == (not places)
            seen += len(places)
    assert seen == len(
        banen[
            banen["huishouden_id"].isin(
                voorstel.voorstel.loc[voorstel.voorstel["status"] != "niet_gekoppeld", "huishouden_id"]
            )
        ]
    )


def test_a_dwelling_of_a_users_own_gives_no_private_ground_away(voorstel: Voorstel) -> None:
    b = build.batch(60)
    own = b.replace(huishoudens=b.huishoudens.assign(woning_nodig="medische_kamer"))
    books = [opened(content) for content in for_each(voorstel, b=own).values()]
    assert {said for book in books for said in column(book, "antwoord", "Woning nodig")} == {"persoonlijke kamer"}


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
