"""Tables as CSV files: the one writer of everything that the reader of an input reads back."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

import numpy as np
import pandas as pd

from optimizer.domain.cells import decimal, escape


def csv_bytes(header: Sequence[str], columns: Iterable[Iterable[str]], *, english: bool = False) -> bytes:
    """Return a table as CSV that opens in a Dutch Excel by double click: ``;``, UTF-8 with BOM, CRLF.

    Parameters
    ----------
    header
        Names of the columns.
    columns
        Cells of each column as written, by `written`, `cells.escape` or `cells.decimal`.
    english
        A comma separates the cells.
    """
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, delimiter="," if english else ";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(zip(*columns, strict=True))
    return buffer.getvalue().encode("utf-8-sig")


def written(values: pd.Series, decimals: int | None = None, *, english: bool = False) -> list[str]:
    """Write the cells of a column by what they are: numbers, days as jjjj-mm-dd, texts made harmless; unknown is empty.

    >>> written(pd.Series([12345.67, None])), written(pd.Series(["=1+1", ""]))
    (['12345,67', ''], ["'=1+1", ''])
    """
    known = values.notna().tolist()
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        texts = values.dt.strftime("%Y-%m-%d").tolist()
    elif pd.api.types.is_numeric_dtype(values.dtype):
        numbers = values.to_numpy(dtype=np.float64, na_value=np.nan).tolist()
        texts = [decimal(number, decimals, english=english) for number in numbers]
    else:
        texts = [escape(str(value)) for value in values.tolist()]
    return [text if there else "" for text, there in zip(texts, known, strict=True)]


def table_bytes(frame: pd.DataFrame) -> bytes:
    """Return every column of a table of an input as CSV; reading and writing it again gives the same bytes."""
    return csv_bytes([str(name) for name in frame.columns], [written(frame[name]) for name in frame.columns])
