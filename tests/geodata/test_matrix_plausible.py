"""A table of distances that is nonsense is refused, or told where it may be meant."""

from pathlib import Path

import numpy as np
import pytest

from geodata.distance import doubtful, matrix
from geodata.gemeenten import load_gemeenten
from geodata.matrixfile import Float, MatrixFout, read_matrix
from optimizer.cli import main


def _write(path: Path, values: Float, head: str = "km", cell: str = "") -> Path:
    """Write a matrix; ``cell`` takes the place of Groningen to Almere."""
    codes = load_gemeenten().code.tolist()
    rows = [[head, *codes], *([code, *(f"{v:.1f}" for v in row)] for code, row in zip(codes, values, strict=True))]
    if cell:
        rows[1][2] = cell
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("factor", "head", "words"),
    [
        (1000, "km", "meters"),
        (0, "km", "alle afstanden zijn 0"),
        (0, "min 07:00-09:00", "alle afstanden zijn 0"),
        (60, "min 07:00-09:00", "seconden"),
    ],
)
def test_another_unit_and_nothing_but_noughts_are_refused(factor: float, head: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(MatrixFout, match=words) as raised:
        read_matrix(_write(tmp_path / "m.csv", matrix("straight") * factor, head))
    assert raised.value.sentence.nl != raised.value.sentence.en


@pytest.mark.parametrize("cell", ["1_0", "inf", "nan", "0x1F", "1.234.5", "1,2,3", "12 km", "--5", "١٢"])
def test_what_a_person_would_not_read_as_a_number_is_none(cell: str, tmp_path: Path) -> None:
    with pytest.raises(MatrixFout, match="geen getal"):
        read_matrix(_write(tmp_path / "m.csv", matrix("straight"), cell=cell))


@pytest.mark.parametrize("window", ["09:00-07:00", "07:00-07:00", "24:00-25:00", "07:60-09:00", "29:00-29:30"])
def test_a_window_that_cannot_be_is_refused(window: str, tmp_path: Path) -> None:
    with pytest.raises(MatrixFout, match="eerste kolom"):
        read_matrix(_write(tmp_path / "m.csv", matrix("straight"), f"min {window}"))


@pytest.mark.parametrize("measure", ["straight", "border", "road"])
def test_distances_that_ship_are_never_doubted(measure: str, tmp_path: Path) -> None:
    path = _write(tmp_path / "m.csv", matrix(measure))
    assert doubtful(f"bestand:{path.as_posix()}")[0] == 0
    assert doubtful(measure) == (0, "")


@pytest.mark.parametrize("cell", ["1.234", "1", "1900"])
def test_one_distance_that_cannot_be_right_is_counted_and_named(cell: str, tmp_path: Path) -> None:
    path = _write(tmp_path / "m.csv", matrix("road"), cell=cell)
    count, pair = doubtful(f"bestand:{path.as_posix()}")
    assert (count, pair.partition(":")[0]) == (1, "GM0014-GM0034")


@pytest.mark.parametrize(("lang", "words"), [("nl", "kunnen niet kloppen"), ("en", "cannot be right")])
def test_doubt_is_told_before_the_outcome(
    lang: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    swapped = np.array(matrix("straight"))
    a, b = load_gemeenten().index["GM0363"], load_gemeenten().index["GM0935"]  # Maastricht for Amsterdam
    order = np.arange(len(swapped))
    order[[a, b]] = order[[b, a]]
    path = _write(tmp_path / "m.csv", swapped[np.ix_(order, order)])
    asked = ["--afstanden", str(path), "--policies", "handmatig", "--out", str(tmp_path / "o"), "--lang", lang]
    assert main(["run", "klein", *asked]) in (0, 4)
    assert words in capsys.readouterr().err
