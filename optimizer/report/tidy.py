"""Tables of a run and of a comparison as Parquet, for who computes on: typed, with units, without private grounds."""

import importlib
from io import BytesIO
from typing import Any

import pandas as pd

from optimizer.domain.uitvoer import VOORSTEL, OutputColumn, OutputTable
from optimizer.domain.units import unit
from optimizer.report.privacy import shield_ground

#: ``voorstel.parquet``: no sentences, which may name a private ground.
TIDY_VOORSTEL = OutputTable(
    VOORSTEL.name,
    tuple(c for c in VOORSTEL.columns if c.name != "reden" and not c.name.startswith("alternatief_")),
)


def shielded(voorstel: pd.DataFrame) -> pd.DataFrame:
    """Return the proposal with medical and family grounds as ``persoonlijk``."""
    return voorstel.assign(grond=voorstel["grond"].map(shield_ground))


def to_bytes(frame: pd.DataFrame, table: OutputTable) -> bytes:
    """Return a table as Parquet: its columns in order, words, whole numbers and float64; unknown is null.

    Numbers are not rounded. Each column says in its metadata what it is (``nl``, ``en``) and its unit (``eenheid``).
    The same table gives the same bytes.

    Raises
    ------
    KeyError
        When the frame lacks a column.
    """
    arrow: Any = importlib.import_module("pyarrow")  # heavy, and only where a run is written
    parquet: Any = importlib.import_module("pyarrow.parquet")
    columns = table.within(frame.columns)
    types = {"id": arrow.string(), "text": arrow.string(), "count": arrow.int64()}
    fields = [
        arrow.field(c.name, types.get(c.kind, arrow.float64()), metadata={"nl": c.nl, "en": c.en, "eenheid": u})
        for c, u in ((c, unit(table, c)) for c in columns)
    ]
    rows = {c.name: _values(frame[c.name], c) for c in columns}
    held = BytesIO()
    parquet.write_table(arrow.table(rows, schema=arrow.schema(fields, metadata={"tabel": table.name})), held)
    return held.getvalue()


def _values(values: pd.Series, column: OutputColumn) -> list[Any]:
    """Return the cells of a column as plain values; None where nothing is known."""
    known = values.notna().tolist()
    if column.kind in ("id", "text"):
        return [str(v) if there and v != "" else None for v, there in zip(values.tolist(), known, strict=True)]
    number = int if column.kind == "count" else float
    return [number(v) if there else None for v, there in zip(values.tolist(), known, strict=True)]
