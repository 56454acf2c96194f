"""Tables of a run as CSV files that open in a Dutch Excel by double click."""

import csv
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd

from optimizer.domain.cells import escape
from optimizer.domain.uitvoer import DECIMALS, OutputColumn, OutputTable


def write_table(path: Path, frame: pd.DataFrame, table: OutputTable, *, english: bool = False) -> None:
    """Write one table: ``;``, decimal comma, UTF-8 with BOM, CRLF; with ``english`` a comma and a decimal point.

    Only the columns of ``table`` are written, in its order. Nothing depends on the clock or the machine.

    Raises
    ------
    KeyError
        When the frame lacks a column.
    OSError
        When the file cannot be written.
    """
    path.write_bytes(to_bytes(frame, table, english=english))


def to_bytes(frame: pd.DataFrame, table: OutputTable, *, english: bool = False) -> bytes:
    """Return the bytes that `write_table` writes."""
    columns = table.within(frame.columns)
    cells = [_cells(frame[column.name], column, english=english) for column in columns]
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, delimiter="," if english else ";", lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows(zip(*cells, strict=True))
    return buffer.getvalue().encode("utf-8-sig")


def _cells(values: pd.Series, column: OutputColumn, *, english: bool) -> Iterable[str]:
    if column.kind in ("id", "text"):
        return [escape(str(v)) if isinstance(v, str) or not pd.isna(v) else "" for v in values]
    write = _number_writer(DECIMALS[column.kind], english=english)
    return ["" if np.isnan(v) else write(v) for v in values.to_numpy(dtype=np.float64)]


def _number_writer(decimals: int | None, *, english: bool) -> Callable[[float], str]:
    """Return the function that writes one number: fixed decimals, or as many as it needs."""

    def write(value: float) -> str:
        text = np.format_float_positional(value, trim="-") if decimals is None else f"{value:.{decimals}f}"
        text = text.lstrip("-") if not text.strip("-0.") else text  # no "-0,0000"
        return text if english else text.replace(".", ",")

    return write
