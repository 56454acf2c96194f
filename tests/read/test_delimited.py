"""CSV files as people make them."""

import pytest

from optimizer.errors import Defect
from optimizer.read.files.delimited import read_delimited, separator


def _read(data: bytes) -> tuple[list[list[str]], list[Defect]]:
    sheet, defects = read_delimited("a.csv", data)
    return [list(row) for row in sheet.rows], defects


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_encoding_is_found_out(encoding: str) -> None:
    rows, defects = _read("naam;plaats\r\nÉén;Súdwest-Fryslân €\r\n".encode(encoding))
    assert rows == [["naam", "plaats"], ["Één", "Súdwest-Fryslân €"]]
    assert defects == []


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_the_separator_is_found_out(mark: str) -> None:
    rows, _ = _read(f'a{mark}b{mark}c\n1{mark}"x;y,z"{mark}\n'.encode())
    assert rows == [["a", "b", "c"], ["1", "x;y,z", ""]]


def test_a_comma_in_a_header_does_not_hide_the_separator() -> None:
    assert separator('id;"uren, per week";sector') == ";"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(end: str) -> None:
    assert _read(f"a;b{end}1;2{end}".encode())[0] == [["a", "b"], ["1", "2"]]


def test_a_line_end_inside_quotation_marks_stays_in_the_cell() -> None:
    assert _read(b'a;b\r\n"een\ntwee";2\r\n')[0] == [["a", "b"], ["een\ntwee", "2"]]


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b"a;b\n\0;1\n", "nul_teken", None),
        ("a;b\n1;2\n".encode("utf-16"), "nul_teken", None),
        (b"\xef\xbb\xbfa;b\n\xe9;1\n", "tekens_onleesbaar", None),
        (b"a;b\n\xc3\xa9;\xe9\n", "tekens_onleesbaar", None),
        (b"a;b\n\x81;1\n", "tekens_onleesbaar", None),
        (b'a;b\n1;2\n"open;3\n4;5\n', "csv_onleesbaar", 3),
        (b'a;b\n1;"x"y\n', "csv_onleesbaar", 2),
    ],
)
def test_damaged_text_is_refused_and_no_row_of_it_is_used(data: bytes, code: str, row: int | None) -> None:
    rows, (defect,) = _read(data)
    assert rows == []
    assert (defect.code, defect.row) == (code, row)
