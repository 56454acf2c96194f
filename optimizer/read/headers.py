"""A table that another part of the program reads is looked at first: its headers must be allowed here too."""

import importlib
from pathlib import Path
from typing import Any

from optimizer.errors import FORBIDDEN, Defect, InvoerOngeldig
from optimizer.read.files.delimited import read_delimited
from optimizer.read.table.forbidden import is_forbidden
from optimizer.read.table.raw import cut

_PARQUET = b"PAR1"


def refuse_forbidden_headers(path: Path) -> None:
    """Refuse a CSV or Parquet file that has a forbidden column; what else may be wrong with it is for its own reader.

    Raises
    ------
    InvoerOngeldig
        With the forbidden columns.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return
    forbidden = [header for header in _headers(path, data) if is_forbidden(header)]
    if forbidden:
        raise InvoerOngeldig([Defect(FORBIDDEN, path.name, 1, header) for header in forbidden])


def _headers(path: Path, data: bytes) -> tuple[str, ...]:
    if data.startswith(_PARQUET):
        return _parquet_headers(path)
    sheet, _ = read_delimited(path.name, data)
    raw, _ = cut(path.stem, path.name, sheet, ())
    return () if raw is None else raw.header


def _parquet_headers(path: Path) -> tuple[str, ...]:
    parquet: Any = importlib.import_module("pyarrow.parquet")  # only where somebody has such a file
    try:
        return tuple(parquet.read_schema(path).names)
    except (ValueError, OSError):
        return ()
