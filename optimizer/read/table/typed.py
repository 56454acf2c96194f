"""One table as read: typed columns, and where each row stood in the file."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from optimizer.domain.tables import Column, Table
from optimizer.errors import Defect
from optimizer.read.files.grid import Texts
from optimizer.read.table.bsn import passes_eleven_test
from optimizer.read.table.cells import CelFout, Value, parse_cell

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
    """

    table: Table
    file: str
    frame: pd.DataFrame
    rows: NDArray[np.int64]
    given: frozenset[str]

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
        return "" if np.isnan(value) else f"{value:g}"
    text = "" if pd.isna(value) else str(value)  # type: ignore[call-overload]
    return "" if column.kind == "id" and passes_eleven_test(text) else text


def parse_table(
    table: Table, file: str, columns: Mapping[str, Texts], rows: NDArray[np.int64]
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
    """
    defects: list[Defect] = []
    frame: dict[str, pd.Series] = {}
    for column in table.columns:
        present = column.name in columns
        texts = columns[column.name] if present else np.full(len(rows), "", dtype=object)
        series, bad = _parse_column(column, texts, required=column.required and present)
        frame[column.name] = series
        defects += [
            Defect(refusal.code, file, int(rows[i]), column.name, shown(column, str(texts[i]).strip()), refusal.details)
            for i, refusal in bad
        ]
    return TypedTable(table, file, pd.DataFrame(frame), rows, frozenset(columns)), defects


def _parse_column(column: Column, texts: Texts, required: bool) -> tuple[pd.Series, list[tuple[int, CelFout]]]:
    codes, uniques = pd.factorize(texts)
    values: list[Value | None] = []
    refused: dict[int, CelFout] = {}
    for k, text in enumerate(uniques.tolist()):
        stripped = text.strip() or column.default or ""
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
