"""Tables of a run as CSV files that open in a Dutch Excel by double click."""

from pathlib import Path

import numpy as np
import pandas as pd

from optimizer.domain.csvs import csv_bytes, written
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
    return csv_bytes([column.name for column in columns], cells, english=english)


def _cells(values: pd.Series, column: OutputColumn, *, english: bool) -> list[str]:
    if column.kind in ("id", "text"):
        return written(values.astype(object))
    return written(values.astype(np.float64), DECIMALS[column.kind], english=english)
