"""How a written cell is compared: rounding as in the files, and nothing else forgiven."""

import numpy as np
import pandas as pd
import pytest

from optimizer.domain.uitvoer import OutputKind
from optimizer.verify.cells import differs, shown, texts


def says(written: str, expected: float | str, kind: OutputKind, *, empty_is_nought: bool = False) -> bool:
    cells = np.array([written], dtype=object)
    right = np.array([expected], dtype=object)
    return not differs(cells, right, kind, empty_is_nought=empty_is_nought)[0]


@pytest.mark.parametrize(
    ("written", "expected", "kind", "right"),
    [
        ("50,0", 49.95, "km", True),
        ("50,0", 50.05, "km", True),
        ("50,0", 49.949, "km", False),
        ("50,0", 50.051, "km", False),
        ("50.04", 50.0014, "km", True),
        ("50", 49.996, "km", True),
        ("0,9149", 0.91490, "kans", True),
        ("0,9149", 0.914951, "kans", False),
        ("0,9149", 0.914849, "kans", False),
        ("1,01", 1.0149, "mean", True),
        ("1,01", 1.0151, "mean", False),
        ("3", 3.0, "count", True),
        ("3,0", 3.0, "count", True),
        ("3,4", 3.0, "count", False),
        ("7,9", 7.9, "uren", True),
        ("7,94", 7.9, "uren", False),
        ("-2", -2.0, "count", True),
        ("", 0.0, "count", False),
        ("", float("nan"), "count", True),
        ("0", float("nan"), "count", False),
        ("nan", float("nan"), "count", False),
        ("inf", 3.0, "count", False),
        ("1.234,5", 1234.5, "km", False),
        ("drie", 3.0, "count", False),
        ("Ja", "ja", "id", True),
        ("ja", "nee", "id", False),
        ("", "ja", "text", False),
        ("ja", "", "text", False),
    ],
)
def test_a_number_is_right_within_half_a_unit_of_its_last_place_and_a_word_but_for_capitals(
    written: str, expected: float | str, kind: OutputKind, right: bool
) -> None:
    assert says(written, expected, kind) == right


def test_a_sum_over_nothing_may_be_nought_and_nothing_else() -> None:
    nothing = float("nan")
    assert says("0,0000", nothing, "kans", empty_is_nought=True)
    assert says("", nothing, "kans", empty_is_nought=True)
    assert not says("0,1", nothing, "kans", empty_is_nought=True)
    assert not says("veel", nothing, "kans", empty_is_nought=True)
    assert not says("", 0.0, "kans", empty_is_nought=True)


def test_typed_cells_are_read_like_written_ones() -> None:
    assert texts(pd.Series([1.5, np.nan, 3.0])).tolist() == ["1.5", "", "3.0"]
    assert texts(pd.Series([" ja ", None, ""], dtype=object)).tolist() == ["ja", "", ""]
    assert texts(pd.Series([], dtype=str)).tolist() == []


def test_a_number_is_shown_as_the_files_write_it() -> None:
    assert [shown(2.0, "mean"), shown(-0.125, "kans"), shown(40.0, "uren")] == ["2,00", "-0,1250", "40"]
