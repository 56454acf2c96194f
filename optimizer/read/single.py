"""One table on its own: a CSV file, or the sheet of that name in a workbook."""

from pathlib import Path

from optimizer.domain.tables import Table
from optimizer.errors import Defect, InvoerOngeldig
from optimizer.read.checks.keys import unique_key
from optimizer.read.files.delimited import read_delimited
from optimizer.read.files.grid import Sheet
from optimizer.read.files.places import look, read_file
from optimizer.read.files.workbook import SUFFIXES, read_workbook, sheet_file
from optimizer.read.table.typed import TypedTable
from optimizer.read.table.whole import nothing, read_table


def read_single(path: Path, table: Table) -> tuple[TypedTable, list[Defect]]:
    """Read a table that is no part of the batch itself, with the rules of cells that hold for a batch.

    Parameters
    ----------
    path
        A CSV file, a workbook with a sheet named as the table, or a folder with ``<table>.csv``.
    table
        The columns.

    Returns
    -------
    The table and the warnings on it.

    Raises
    ------
    InvoerOngeldig
        With every defect of the file at once.
    """
    file, sheet, defects = _sheet(path, table)
    typed, found = read_table(table, file, sheet, {}) if not defects else (nothing(table, file), [])
    defects += [*found, *(unique_key(table.name, {table.name: typed}) if table.key else [])]
    refuse(defects)
    return typed, defects


def refuse(defects: list[Defect]) -> None:
    """Raise every defect at once when one of them forbids the use of the file."""
    if any(not d.warning for d in defects):
        raise InvoerOngeldig(defects)


def _sheet(path: Path, table: Table) -> tuple[str, Sheet, list[Defect]]:
    place = path / f"{table.name}.csv" if look(path) == "folder" else path
    if look(place) == "missing":
        return place.name, Sheet(()), [Defect("bestand_ontbreekt", place.name)]
    data, defects = read_file(place)
    if defects or place.suffix.casefold() not in SUFFIXES:
        sheet, found = read_delimited(place.name, data)
        return place.name, sheet, defects or found
    sheets, defects = read_workbook(place.name, data)
    file = sheet_file(place.name, table.name)
    named = {name.strip().casefold(): sheet for name, sheet in sheets.items()}
    missing = [] if defects or table.name in named else [Defect("bestand_ontbreekt", file)]
    return file, named.get(table.name, Sheet(())), [*defects, *missing]
