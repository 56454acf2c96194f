"""From a sheet to a typed table: cut, recognise the columns, type the cells."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from optimizer.domain.tables import Table
from optimizer.errors import Defect
from optimizer.read.files.grid import Sheet
from optimizer.read.table.columns import column_letters, find_columns
from optimizer.read.table.headings import normalise
from optimizer.read.table.raw import cut
from optimizer.read.table.template import without_template
from optimizer.read.table.typed import TypedTable, parse_table


def nothing(table: Table, file: str, *, whole: bool = True) -> TypedTable:
    """Return a table without rows; not ``whole`` where a file is there and could not be read."""
    return parse_table(table, file, {}, np.empty(0, dtype=np.int64), whole=whole)[0]


def read_table(table: Table, file: str, sheet: Sheet, renames: Mapping[str, str]) -> tuple[TypedTable, list[Defect]]:
    """Read a sheet as the table that it is.

    Parameters
    ----------
    table
        Its columns.
    file
        The file or sheet, for the defects.
    sheet
        The cells.
    renames
        Normalised heading of the file -> name of our column.
    """
    raw, defects = cut(table.name, file, sheet, {*map(normalise, table.names), *renames})
    if raw is None:
        return nothing(table, file, whole=False), defects
    raw, found = without_template(raw, table, delimited=sheet.delimited)
    defects += found
    columns, found = find_columns(raw, table, renames)
    defects += found
    if not columns:
        return nothing(table, file, whole=False), defects
    if table.required and not len(raw.rows) and raw.whole:
        defects.append(Defect("geen_rijen", file))
    if table.name == "gronden" and "bewijs" not in columns:
        columns["bewijs"] = np.full(len(raw.rows), "ja", dtype=object)  # a file without the column counts as shown
    typed, bad = parse_table(table, file, columns, raw.rows, days_1904=raw.days_1904, whole=raw.whole)
    return replace(typed, letters=column_letters(raw, table, renames)), [*defects, *bad]
