"""Reading what a table says: written numbers against computed ones, with the rounding of the files."""

import re
from typing import Literal

import numpy as np
import pandas as pd

from optimizer.domain.uitvoer import DECIMALS, OutputKind
from optimizer.verify.households import Bools, Floats, Texts

#: What a written number may differ from the computed one besides its rounding.
SLACK = 1e-9
#: How strictly a cell is read: any way of writing, or exactly as our files write it, with a decimal comma or point.
Form = Literal["vrij", "komma", "punt"]
WORDS: frozenset[OutputKind] = frozenset({"id", "text"})


def texts(cells: pd.Series) -> Texts:
    """Return cells as text without outer spaces, text [cells]; empty where the cell is empty or missing."""
    pairs = zip(cells.to_numpy(object), cells.isna().to_numpy(bool), strict=True)
    return np.array(["" if missing else str(value).strip() for value, missing in pairs], dtype=object)


def numbers(written: Texts) -> Floats:
    """Return written numbers (decimal comma or point), float64; NaN for a cell that holds no finite number.

    >>> numbers(np.array(["12,5", "12.5", "", "veel", "inf"], dtype=object)).tolist()
    [12.5, 12.5, nan, nan, nan]
    """
    points = pd.Series(written, dtype=object).str.replace(",", ".", regex=False)
    values = pd.to_numeric(points, errors="coerce").to_numpy(np.float64)
    return np.where(np.isfinite(values), values, np.nan)


def differs(
    written: Texts, expected: Texts | Floats, kind: OutputKind, *, empty_is_nought: bool = False, form: Form = "vrij"
) -> Bools:
    """Tell where a cell does not say what it should, bool [cells].

    Parameters
    ----------
    written
        The cells as text.
    expected
        The words (capitals do not matter, unless the form is ours), or the computed numbers (NaN = the cell must be
        empty), as ``kind`` says.
    kind
        Sets the decimals (``domain.uitvoer``): half a unit in the last place is rounding. Counts and hours are equal.
    empty_is_nought
        Where the cell must be empty a nought will do too: the sum over nothing; not in a form of ours.
    form
        How strictly the cell is read.
    """
    if kind in WORDS:
        words = (written, expected) if form != "vrij" else (_lower(written), _lower(expected))
        return np.not_equal(*words).astype(bool)
    decimals = DECIMALS[kind]
    rounding = 0.5 * 10.0**-decimals if decimals else 0.0
    right = expected.astype(np.float64)
    equal = (np.abs(numbers(written) - np.nan_to_num(right)) <= rounding + SLACK) & has_form(written, kind, form)
    empty = (written == "") | (equal & (empty_is_nought and form == "vrij"))
    return ~np.where(np.isnan(right), empty, equal)


def has_form(written: Texts, kind: OutputKind, form: Form) -> Bools:
    """Tell which cells are a number as a form writes it, bool [cells]; any text has the form ``vrij``.

    >>> has_form(np.array(["12,5", "12.5", "12,50", "-0,3", "1e3", ""], dtype=object), "km", "komma").tolist()
    [True, False, False, True, False, False]
    """
    if form == "vrij":
        return np.ones(len(written), dtype=bool)
    mark, decimals = "," if form == "komma" else re.escape("."), DECIMALS[kind]
    part = f"({mark}[0-9]+)?" if decimals is None else f"{mark}[0-9]{{{decimals}}}" if decimals else ""
    number = re.compile(f"-?[0-9]+{part}")
    return np.array([number.fullmatch(text) is not None for text in written], dtype=bool)


def shown(value: str | float, kind: OutputKind) -> str:
    """Return a value as the files write it: decimal comma, empty for NaN.

    >>> shown(49.96, "km"), shown(3.0, "count"), shown(7.5, "uren"), shown(float("nan"), "km"), shown("ja", "id")
    ('50,0', '3', '7,5', '', 'ja')
    """
    if isinstance(value, str):
        return value
    if np.isnan(value):
        return ""
    decimals = DECIMALS[kind]
    text = f"{value:g}" if decimals is None else f"{value:.{decimals}f}"
    return text.replace(".", ",")


def _lower(words: Texts | Floats) -> Texts:
    return np.array([str(word).lower() for word in words], dtype=object)
