import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geodata.distance import between, describe, matrix, own_matrix, write_matrix
from geodata.gemeenten import load_gemeenten
from geodata.matrixfile import MatrixFout, read_matrix

Rows = list[list[str]]


def table(head: str = "km") -> Rows:
    """Build a valid matrix of 7 between any two municipalities."""
    codes = load_gemeenten().code.tolist()
    return [[head, *codes]] + [[a, *("0" if a == b else "7" for b in codes)] for a in codes]


def write(path: Path, rows: Rows, separator: str = ",") -> Path:
    path.write_text("\n".join(separator.join(row) for row in rows), encoding="utf-8")
    return path


def test_a_matrix_that_the_toolkit_wrote_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "km.csv"
    write_matrix(path, "road")
    np.testing.assert_allclose(read_matrix(path).waarden, matrix("road"))
    np.testing.assert_allclose(matrix(f"bestand:{path}"), matrix("road"))


def test_rows_and_columns_may_stand_in_any_order_and_carry_names(tmp_path: Path) -> None:
    rows = table()
    rows[1][2] = "12,5"  # Groningen to Almere
    shuffled = [[row[0], *reversed(row[1:])] for row in [rows[0], *reversed(rows[1:])]]
    shuffled[0] = ["Groningen" if cell == "GM0014" else cell for cell in shuffled[0]]
    path = write(tmp_path / "km.csv", shuffled, ";")
    assert between("GM0014", "GM0034", f"bestand:{path}") == 12.5
    assert between("GM0034", "GM0014", f"bestand:{path}") == 7


def test_travel_times_keep_their_departure_window_and_are_refused_where_km_are_meant(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "ov.csv", table("min 07:00-09:00"))
    own = own_matrix(path)
    assert (own.eenheid, own.vertrekvenster) == ("min", "07:00-09:00")
    with pytest.raises(MatrixFout, match="kan geen minuten gebruiken"):
        matrix(f"bestand:{path}")


def drop_column(rows: Rows) -> None:
    for row in rows:
        del row[5]


def set_cell(i: int, j: int, text: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[i][j] = text

    return change


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (set_cell(0, 0, "min"), "noem haar 'km'"),
        (set_cell(0, 0, "mijl"), "de eerste kolom heet 'mijl'"),
        (set_cell(0, 3, "Zwole"), r"kolom 4: 'Zwole' is geen gemeente; bedoelt u Zwolle"),
        (set_cell(0, 2, "GM0014"), "dubbele kolom: GM0014"),
        (set_cell(4, 0, "GM0014"), "dubbele rij: GM0014"),
        (set_cell(1, 2, "ver"), "geen getal: 1 cellen, te beginnen met GM0014 naar GM0034"),
        (set_cell(1, 2, ""), "geen getal: 1 cellen"),
        (set_cell(1, 2, "inf"), "geen getal: 1 cellen"),
        (set_cell(2, 1, "-3"), "negatief: 1 cellen, te beginnen met GM0034 naar GM0014"),
        (set_cell(1, 1, "2"), "tot zichzelf is niet 0: 1 cellen"),
        (drop_column, "1 gemeenten zonder kolom"),
        (lambda rows: rows.pop(), "1 gemeenten zonder rij: GM1992"),
        (lambda rows: rows[9].append("7"), "niet elke rij heeft 343 cellen: rij 10"),
        (lambda rows: rows.clear(), "het bestand is leeg"),
    ],
)
def test_a_fault_in_a_matrix_is_named(tmp_path: Path, change: Callable[[Rows], object], problem: str) -> None:
    rows = table()
    change(rows)
    with pytest.raises(MatrixFout, match=problem):
        read_matrix(write(tmp_path / "km.csv", rows))


def test_all_faults_of_a_matrix_are_told_at_once(tmp_path: Path) -> None:
    rows = table()
    rows[0][3], rows[7][0] = "Zwole", "Utrech"
    with pytest.raises(MatrixFout) as fout:
        read_matrix(write(tmp_path / "km.csv", rows))
    assert "Zwole" in str(fout.value)
    assert "Utrech" in str(fout.value)


def test_a_missing_file_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    with pytest.raises(MatrixFout, match="kan niet worden gelezen"):
        matrix(f"bestand:{tmp_path / 'weg.csv'}")


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    rows = table()
    path = write(tmp_path / "km.csv", rows)
    before = describe(f"bestand:{path}")
    rows[1][2] = "12.25"
    write(path, rows)
    assert between("GM0014", "GM0034", f"bestand:{path}") == 12.25
    assert describe(f"bestand:{path}")["sha256"] != before["sha256"]


def test_a_parquet_matrix_of_words_reads_as_csv_does(tmp_path: Path) -> None:
    path, rows = tmp_path / "km.parquet", table()
    pd.DataFrame({h: [r[i] for r in rows[1:]] for i, h in enumerate(rows[0])}).to_parquet(path, index=False)
    assert read_matrix(path).waarden[0, 1] == 7


def test_a_parquet_file_as_pandas_writes_it_has_the_municipalities_as_its_index(tmp_path: Path) -> None:
    rows = table()
    path = tmp_path / "km.parquet"
    columns = {h: [float(r[i + 1]) for r in rows[1:]] for i, h in enumerate(rows[0][1:])}
    pd.DataFrame(columns, index=pd.Index([r[0] for r in rows[1:]], name="km")).to_parquet(path)
    found = read_matrix(path)
    assert (found.eenheid, found.waarden[0, 1]) == ("km", 7)
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_faulty_cell_of_a_parquet_file_is_named_as_in_csv(tmp_path: Path) -> None:
    rows = table()
    path = tmp_path / "km.parquet"
    columns = {h: [float(r[i + 1]) for r in rows[1:]] for i, h in enumerate(rows[0][1:])}
    columns["GM0034"][0] = float("nan")
    pd.DataFrame(columns, index=pd.Index([r[0] for r in rows[1:]], name="km")).to_parquet(path)
    with pytest.raises(MatrixFout, match="geen getal: 1 cellen, te beginnen met GM0014 naar GM0034"):
        read_matrix(path)


def test_a_broken_parquet_file_ends_in_a_sentence_in_two_languages(tmp_path: Path) -> None:
    path = tmp_path / "km.parquet"
    path.write_bytes(b"PAR1" + b"\0" * 20)
    with pytest.raises(MatrixFout, match="geen leesbaar Parquet-bestand") as fout:
        read_matrix(path)
    assert "no readable Parquet file" in fout.value.en
