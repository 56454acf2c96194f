"""A whole row in one cell, or cut at the wrong commas: one fault a file, and the remedy works when it is followed."""

import csv
import io
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from optimizer.errors import Defect, ExitCode, InvoerOngeldig
from optimizer.read import read_batch
from optimizer.read.files.grid import Sheet
from optimizer.read.table.raw import cut
from optimizer.read.texts import line
from optimizer.read.voorstel import read_voorstel
from optimizer.read.wishes.beleid import parse_sheet
from tests.proefbatch import check

GOED = Path(__file__).parents[1] / "broken" / "goed"
FILES = sorted(path.stem for path in GOED.glob("*.csv"))
MARKS = [";", ",", "\t", "|"]

Rows = list[list[str]]
#: How the rows of a file come to stand in one cell, all of them or some.
Way = Callable[[Rows, str], Rows]


def _rows(table: str) -> Rows:
    text = (GOED / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def _joined(row: Sequence[str], mark: str) -> list[str]:
    text = io.StringIO()
    csv.writer(text, delimiter=mark, lineterminator="").writerow(row)
    return [text.getvalue()]


def _every(rows: Rows, mark: str) -> Rows:
    return [_joined(row, mark) for row in rows]


def _all_but_the_header(rows: Rows, mark: str) -> Rows:
    return [rows[0], *(_joined(row, mark) for row in rows[1:])]


def _the_last(rows: Rows, mark: str) -> Rows:
    return [*rows[:-1], _joined(rows[-1], mark)]


def _under_a_title(rows: Rows, mark: str) -> Rows:
    return [["Levering van juli"], *_every(rows, mark)]


WAYS: list[Way] = [_every, _all_but_the_header, _the_last, _under_a_title]


def _as_csv(folder: Path, table: str, rows: Rows, mark: str = ";") -> Path:
    shutil.copytree(GOED, folder)
    with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=mark).writerows(rows)
    return folder


def _as_workbook(path: Path, table: str, rows: Rows) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in FILES:
        sheet = book.create_sheet(name)
        for row in rows if name == table else _rows(name):
            sheet.append([cell or None for cell in row])
    book.save(path)
    return path


def _errors(path: Path) -> list[Defect]:
    return [d for d in check(path) if not d.warning]


@pytest.mark.parametrize("mark", MARKS)
def test_a_csv_is_read_whatever_the_mark_between_its_cells(mark: str, tmp_path: Path) -> None:
    shutil.copytree(GOED, tmp_path / "batch")
    for table in FILES:
        with (tmp_path / "batch" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=mark).writerows(_rows(table))
    read, expected = read_batch(tmp_path / "batch"), read_batch(GOED)
    for table in FILES:
        assert getattr(read, table).equals(getattr(expected, table))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("table", FILES)
def test_rows_in_one_cell_are_one_fault_in_every_file_and_sheet(
    table: str, mark: str, way: Way, tmp_path: Path
) -> None:
    rows = way(_rows(table), mark)
    first = next(i for i, row in enumerate(rows, start=1) if mark in row[0])
    others = sum(mark in row[0] for row in rows) - 1
    # In a CSV the cell stands in quotation marks, as Excel writes it.
    for path in (_as_csv(tmp_path / "map", table, rows, mark), _as_workbook(tmp_path / "b.xlsx", table, rows)):
        (defect,) = _errors(path)
        assert (defect.code, defect.row) == ("rij_in_een_cel", first)
        assert defect.file in (f"{table}.csv", f"b.xlsx!{table}")
        assert "Tekst naar kolommen" in line(defect)
        assert defect.details.get("meer", "0") == str(others)


def test_text_to_columns_is_a_remedy_that_works(tmp_path: Path) -> None:
    rows = [next(csv.reader(row, delimiter=",")) for row in _every(_rows("werk"), ",")]
    assert check(_as_workbook(tmp_path / "b.xlsx", "werk", rows)) == ()


COMMAS = """baan_id,persoon_id,werk_gemeente,uren_per_week,contract_getekend,loonstrook_gezien,maandloon_eur,sector
B1,P1,Zwolle,24,ja,ja,1850,5,landbouw
B2,P3,Utrecht,7,5,ja,nee,,landbouw
B3,P3,Utrecht,12,ja,nee,900,landbouw
B4,P3,Utrecht,12,25,ja,nee,900,
"""


def test_numbers_that_commas_cut_in_two_are_one_fault(tmp_path: Path) -> None:
    shutil.copytree(GOED, tmp_path / "batch")
    (tmp_path / "batch" / "werk.csv").write_text(COMMAS, encoding="utf-8")
    (defect,) = _errors(tmp_path / "batch")
    assert (defect.code, defect.file, defect.row, defect.details) == ("komma_in_getal", "werk.csv", 2, {"meer": "2"})
    assert "Tekst naar kolommen" in line(defect)
    assert "1850" not in line(defect)


@pytest.mark.parametrize("way", ["point", "quotes"])
def test_the_number_written_with_a_point_is_read(way: str, tmp_path: Path) -> None:
    shutil.copytree(GOED, tmp_path / "batch")
    text = COMMAS
    for number in ("1850,5", "7,5", "12,25"):
        text = text.replace(number, number.replace(",", ".") if way == "point" else f'"{number}"')
    (tmp_path / "batch" / "werk.csv").write_text(text, encoding="utf-8")
    werk = read_batch(tmp_path / "batch").werk
    assert werk["uren_per_week"].tolist() == [24, 7.5, 12, 12.25]
    assert werk["maandloon_eur"].tolist()[0] == 1850.5


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("x,€ 12,50,y", ["komma_in_getal"]),
        ("x,-1,5,y", ["komma_in_getal"]),
        ("1,5,2,5,y", ["komma_in_getal"]),
        ("x,1,234,y", ["te_veel_cellen"]),  # three digits are no decimals: quotation marks are the remedy
        ("x,1,y,2", ["te_veel_cellen"]),
        ("x,1,5,y,z", ["te_veel_cellen"]),  # one number explains one cell too many
        ("x,1,5,", []),  # nothing but an empty cell too many
        ("x,1,5", []),
    ],
)
def test_a_long_row_is_laid_to_numbers_only_where_they_explain_it(row: str, codes: list[str]) -> None:
    rows = [["a", "b", "c"], row.split(",")]
    for mark, expected in ((",", codes), (";", ["te_veel_cellen"] if codes else [])):
        _, found = cut("t", "t.csv", Sheet(rows, mark=mark), {"a", "b"})
        assert [d.code for d in found] == expected


def test_keys_with_a_comma_are_no_rows_in_one_cell(tmp_path: Path) -> None:
    path = tmp_path / "voorstel.csv"
    path.write_text("huishouden_id;gemeente\n2026,001;GM0193\n2026,002;\n", encoding="utf-8")
    assert read_voorstel(path)["huishouden_id"].tolist() == ["2026,001", "2026,002"]


def test_a_proposal_in_one_cell_is_refused_as_such(tmp_path: Path) -> None:
    path = tmp_path / "voorstel.csv"
    path.write_text('"huishouden_id,gemeente"\n"H1,GM0193"\n', encoding="utf-8")
    with pytest.raises(InvoerOngeldig) as raised:
        read_voorstel(path)
    assert [(d.code, d.details) for d in raised.value.defects] == [("rij_in_een_cel", {"meer": "1"})]


@pytest.mark.parametrize("title", ["Taakstelling per gemeente", "Gemeente, taakstelling en halfjaar van 2026"])
def test_a_title_with_names_of_columns_is_no_row_in_one_cell(title: str) -> None:
    sheet = Sheet([[title], ["gemeente", "taakstelling"], ["Zwolle", "3"]])
    raw, found = cut("taakstelling", "taakstelling.csv", sheet, {"gemeente", "taakstelling", "halfjaar"})
    assert raw is not None
    assert [d.code for d in found] == ["kop_lager"]


@pytest.mark.parametrize(
    "cell", ["seed;7", "policy, kansrijk", 'policy = "kansrijk"', "parameters.werk/minimum_uren|8"]
)
def test_a_setting_and_its_value_in_one_cell_are_not_passed_over(cell: str) -> None:
    beleid, found = parse_sheet("b.xlsx!beleid", [["instelling", "waarde"], [cell], ["bekend", "0,5"]])
    assert [(d.code, d.row) for d in found if d.code == "rij_in_een_cel"] == [("rij_in_een_cel", 2)]
    assert not {"seed", "policy", "parameters"} & beleid.keys()


@pytest.mark.parametrize("cell", ["seed", "Wat u wilt: een uitleg", "policy;", ""])
def test_a_remark_without_value_is_no_setting_in_one_cell(cell: str) -> None:
    assert parse_sheet("b.xlsx!beleid", [[cell], ["seed", "7"]]) == ({"seed": 7}, [])


@pytest.mark.parametrize("mark", MARKS)
def test_a_forbidden_heading_in_one_cell_is_refused(mark: str, tmp_path: Path) -> None:
    rows = [["huishouden_id", "huidige_gemeente", "aanvraag_datum", "Geb.datum"], ["H1", "Zwolle", "x", "geheim"]]
    path = _as_csv(tmp_path / "map", "omkoppeling", _every(rows, mark))
    with pytest.raises(InvoerOngeldig) as raised:
        read_batch(path)
    assert raised.value.exit_code is ExitCode.REFUSED
    assert [d.column for d in raised.value.defects if d.code == "verboden_kolom"] == ["Geb.datum"]
