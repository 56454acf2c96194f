"""One table as read: typed columns, and where each row stood in the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from optimizer.domain.cells import decimal
from optimizer.domain.tables import Column, Table
from optimizer.errors import Defect
from optimizer.read.files.grid import Texts
from optimizer.read.table.bsn import passes_eleven_test
from optimizer.read.table.cells import CelFout, Value, parse_cell, says_nothing, visible
from optimizer.read.table.dates import from_1904

#: Kinds of which a check asks how they were written.
_AS_WRITTEN = frozenset({"gemeente", "halfjaar"})
_DTYPES = {"integer": "float64", "number": "float64", "date": "datetime64[s]"}


@dataclass(frozen=True, eq=False)
class TypedTable:
    """A table whose cells are typed; a cell with a defect is empty.

    Parameters
    ----------
    table
        What the columns mean.
    file
        The file or sheet, for defects.
    frame
        Every column of ``table``; numbers are float64 here, whether required or not.
    rows
        Row in Excel of each row, int64 [rows].
    given
        The columns that stand in the file; empty when there is no such file.
    written
        Text of each cell of ``gemeente`` and ``halfjaar`` as it stood in the file, object [rows], by column.
    whole
        Every row of the file is here. Where not, a key that seems to be missing may stand in a row that could not be
        read, and nothing is said about it.
    letters
        The letters that a spreadsheet shows above each column that stands in the file, by its name.
    """

    table: Table
    file: str
    frame: pd.DataFrame
    rows: NDArray[np.int64]
    given: frozenset[str]
    written: Mapping[str, Texts] = field(default_factory=dict)
    whole: bool = True
    letters: Mapping[str, str] = field(default_factory=dict)

    def defects(
        self,
        code: str,
        where: NDArray[np.bool_],
        column: str,
        details: Mapping[int, Mapping[str, str]] | None = None,
        warning: bool = False,
    ) -> list[Defect]:
        """Make a defect for each row of a mask; ``details`` go by position of the row."""
        values = self.frame[column]
        return [
            Defect(
                code,
                self.file,
                int(self.rows[i]),
                column,
                shown(self.table.column(column), values.iat[i]),
                (details or {}).get(i, {}),
                warning,
            )
            for i in np.flatnonzero(where).tolist()
        ]


def shown(column: Column, value: object) -> str:
    """Return a cell as a defect may repeat it: a key that may be a BSN is left out."""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return "" if np.isnan(value) else decimal(value)
    text = "" if pd.isna(value) else str(value)  # type: ignore[call-overload]
    return "" if column.kind == "id" and passes_eleven_test(text) else text


def parse_table(
    table: Table,
    file: str,
    columns: Mapping[str, Texts],
    rows: NDArray[np.int64],
    *,
    days_1904: bool = False,
    whole: bool = True,
) -> tuple[TypedTable, list[Defect]]:
    """Type every cell of a table; each text is read once, however often it occurs.

    Parameters
    ----------
    table, file
        What the columns mean, and where they stood.
    columns
        Text of the columns that were found; the others stay empty.
    rows
        Row in Excel of each row, int64 [rows].
    days_1904
        A date that stands there as a number counts its days from 1904.
    whole
        Every row of the file is here.
    """
    defects: list[Defect] = []
    frame: dict[str, pd.Series] = {}
    for column in table.columns:
        present = column.name in columns
        texts = columns[column.name] if present else np.full(len(rows), "", dtype=object)
        series, refused = _parse_column(column, texts, required=column.required and present, days_1904=days_1904)
        frame[column.name] = series
        defects += [
            Defect(bad.code, file, int(rows[i]), column.name, shown(column, visible(str(texts[i]))), bad.details)
            for i, bad in refused
        ]
    written = {c.name: columns[c.name] for c in table.columns if c.kind in _AS_WRITTEN and c.name in columns}
    return TypedTable(table, file, pd.DataFrame(frame), rows, frozenset(columns), written, whole), defects


def _parse_column(
    column: Column, texts: Texts, required: bool, days_1904: bool
) -> tuple[pd.Series, list[tuple[int, CelFout]]]:
    codes, uniques = pd.factorize(texts)
    values: list[Value | None] = []
    refused: dict[int, CelFout] = {}
    for k, text in enumerate(uniques.tolist()):
        seen = visible(text)
        stripped = ("" if says_nothing(column, seen) else seen) or column.default or ""
        if days_1904 and column.kind == "date":
            stripped = from_1904(stripped)
        try:
            values.append(parse_cell(column, stripped) if stripped or required else None)
        except CelFout as refusal:
            values.append(None)
            refused[k] = refusal
    bad = np.flatnonzero(np.isin(codes, list(refused))).tolist() if refused else []
    return _typed(column, values, codes), [(i, refused[int(codes[i])]) for i in bad]


def _typed(column: Column, values: list[Value | None], codes: NDArray[np.intp]) -> pd.Series:
    dtype = _DTYPES.get(column.kind)
    if dtype is None:
        return pd.Series(np.array([v or "" for v in values], dtype=object)[codes], dtype="str")
    return pd.Series(np.array(values, dtype=dtype)[codes])


#: Every table of an input, by name.
Tables = Mapping[str, TypedTable]
