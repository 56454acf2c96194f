"""A CSV file of a run opens in a Dutch Excel and reads back as it was."""

import csv
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from optimizer.domain.cells import escape, unescape
from optimizer.domain.uitvoer import BANEN, TAAKSTELLING, UITZONDERING
from optimizer.report.csvs import to_bytes, write_table


def uitzondering(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"huishouden_id": [f"H{i}" for i in range(len(texts))], "soort": "x", "toelichting": texts})


def rows(data: bytes, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_a_file_begins_with_a_byte_order_mark_and_ends_its_lines_as_windows_does(tmp_path: Path) -> None:
    write_table(tmp_path / "u.csv", uitzondering("één"), UITZONDERING)
    data = (tmp_path / "u.csv").read_bytes()
    assert data == b"\xef\xbb\xbfhuishouden_id;soort;toelichting\r\nH0;x;\xc3\xa9\xc3\xa9n\r\n"


def test_each_kind_of_number_has_its_decimals_a_comma_and_no_negative_zero() -> None:
    frame = pd.DataFrame(
        {
            "gemeente": ["GM0014", "GM0034"],
            "gemeente_naam": ["Groningen", "Almere"],
            "opgave": [1200, 3],
            "voorgesteld": [1203, 0],
            "rest": [-3, 3],
            "schaduwprijs": [-0.00001, np.nan],
        }
    )
    assert rows(to_bytes(frame, TAAKSTELLING))[1:] == [
        ["GM0014", "Groningen", "1200", "1203", "-3", "0,0000"],
        ["GM0034", "Almere", "3", "0", "3", ""],
    ]


def test_hours_have_as_many_decimals_as_they_need_and_english_files_have_points() -> None:
    frame = pd.DataFrame({c: ["x", "y"] for c in BANEN.names})
    for name in ("afstand_nu_km", "afstand_km", "verwacht_verloren", "verwacht_behouden"):
        frame[name] = [50.04, np.nan]
    frame["uren_per_week"] = [32.75, 40.0]
    dutch, english = rows(to_bytes(frame, BANEN)), rows(to_bytes(frame, BANEN, english=True), ",")
    at, km = BANEN.names.index("uren_per_week"), BANEN.names.index("afstand_km")
    assert [r[at] for r in dutch[1:]] == ["32,75", "40"]
    assert [r[at] for r in english[1:]] == ["32.75", "40"]
    assert (dutch[1][km], english[1][km], dutch[2][km]) == ("50,0", "50.0", "")


def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe_and_den_bosch_does_not() -> None:
    texts = ["=1+1", "+31", "-5", "@som", "\tx", "\rx", "'s-Hertogenbosch", "'=1", "a=b"]
    written = [r[2] for r in rows(to_bytes(uitzondering(*texts), UITZONDERING))[1:]]
    assert written == ["'=1+1", "'+31", "'-5", "'@som", "'\tx", "'\rx", "'s-Hertogenbosch", "''=1", "a=b"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_reads_back_as_it_was_and_never_begins_as_a_formula(text: str) -> None:
    data = to_bytes(uitzondering(text), UITZONDERING)
    cell = rows(data)[1][2]
    assert unescape(cell) == text
    assert cell[:1] not in tuple("=+-@\t\r\n") or cell == ""


@given(st.text("'=+-@\t\r\nas"), st.text("'=+-@\t\r\nas"))
def test_two_texts_never_share_one_cell(one: str, other: str) -> None:
    assert (escape(one) == escape(other)) == (one == other)
