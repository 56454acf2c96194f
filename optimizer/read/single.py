"""One table on its own: a CSV file, or the sheet of that name in a workbook."""

from pathlib import Path

from optimizer.domain.tables import Table
from optimizer.errors import Defect, InvoerOngeldig
from optimizer.read.checks.keys import unique_key
from optimizer.read.files.delimited import read_delimited
from optimizer.read.files.grid import Grid, cut
from optimizer.read.files.workbook import SUFFIXES, read_workbook, sheet_file
from optimizer.read.table.columns import find_columns
from optimizer.read.table.typed import TypedTable, parse_table


def read_single(path: Path, table: Table) -> TypedTable:
    """Read a table that is no part of the batch itself, with the rules of cells that hold for a batch.

    Parameters
    ----------
    path
        A CSV file, a workbook with a sheet named as the table, or a folder with ``<table>.csv``.
    table
        The columns.

    Raises
    ------
    InvoerOngeldig
        With every defect of the file at once.
    """
    file, grid, defects = _grid(path, table)
    raw, found = (None, []) if defects else cut(table.name, file, grid)
    defects = [*defects, *found]
    if raw is None:
        raise InvoerOngeldig(defects)
    columns, found = find_columns(raw, table, {})
    defects += found
    typed, found = parse_table(table, file, columns, raw.rows)
    defects += [*found, *unique_key(table.name, {table.name: typed})]
    refuse([*defects])
    return typed


def refuse(defects: list[Defect]) -> None:
    """Raise every defect at once when one of them forbids the use of the file."""
    if any(not d.warning for d in defects):
        raise InvoerOngeldig(defects)


def _grid(path: Path, table: Table) -> tuple[str, Grid, list[Defect]]:
    place = path / f"{table.name}.csv" if path.is_dir() else path
    if not place.exists():
        return place.name, [], [Defect("bestand_ontbreekt", place.name)]
    try:
        data = place.read_bytes()
    except OSError:
        return place.name, [], [Defect("bestand_onleesbaar", place.name)]
    if place.suffix.casefold() not in SUFFIXES:
        grid, defects = read_delimited(place.name, data)
        return place.name, grid, defects
    sheets, defects = read_workbook(place.name, data)
    file = sheet_file(place.name, table.name)
    named = {name.strip().casefold(): sheet for name, sheet in sheets.items()}
    missing = [] if defects or table.name in named else [Defect("bestand_ontbreekt", file)]
    return file, named.get(table.name, []), [*defects, *missing]
