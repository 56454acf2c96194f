"""The tables of a batch as pandera schemas: what every later room may count on, checked once more at the door."""

from functools import cache

import pandera.pandas as pa

from geodata.gemeenten import load_gemeenten
from optimizer.domain.tables import TABLES, Column

FLAGS = ("", "ja", "nee")


@cache
def schema(table: str) -> pa.DataFrameSchema:
    """Return the schema of one table of `domain.tables`: columns in order, types, ranges, choices, unique keys."""
    described = TABLES[table]
    columns = {c.name: _column(c, unique=c.name == described.key) for c in described.columns}
    return pa.DataFrameSchema(columns, strict=True, ordered=True, name=table)


def _column(column: Column, unique: bool) -> pa.Column:
    checks = []
    if column.minimum is not None:
        checks.append(pa.Check.ge(column.minimum))
    if column.maximum is not None:
        checks.append(pa.Check.le(column.maximum))
    accepted = _accepted(column)
    if accepted:
        checks.append(pa.Check.isin(accepted))
    if column.required and column.kind in ("id", "choice", "gemeente"):
        checks.append(pa.Check.ne(""))
    return pa.Column(_dtype(column), checks, nullable=not column.required, unique=unique)


def _accepted(column: Column) -> tuple[str, ...]:
    """Return all values that a cell may hold, empty where it may hold any."""
    if column.kind == "gemeente":
        return ("", *load_gemeenten().index)
    if column.kind == "flag":
        return FLAGS
    return ("", *column.choices) if column.choices and not column.open_list else ()


def _dtype(column: Column) -> str:
    if column.kind == "integer":
        return "int64" if column.required else "float64"
    return {"number": "float64", "date": "datetime64[s]"}.get(column.kind, "str")
