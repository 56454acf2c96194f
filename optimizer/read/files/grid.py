"""A file as rows of text, before anybody knows what the columns mean."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.errors import Defect

#: Rows of cells as text, from the first row of the file or sheet on.
Grid = Sequence[Sequence[str]]
Texts = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class RawTable:
    """One file or sheet, cut into header and columns.

    Parameters
    ----------
    table
        Name of the table (``huishoudens``).
    file
        The file or sheet, as people know it.
    header
        Header cells as written.
    header_row
        Row of the header as a person sees it in Excel.
    columns
        Text of each column, object [rows], in the order of ``header``.
    rows
        Row in Excel of each row of data, int64 [rows]; rows without any text are left out.
    """

    table: str
    file: str
    header: tuple[str, ...]
    header_row: int
    columns: tuple[Texts, ...]
    rows: NDArray[np.int64]


def filled(row: Sequence[str]) -> bool:
    """Tell whether a row holds any text."""
    return bool("".join(row).strip())


def cut(table: str, file: str, grid: Grid) -> tuple[RawTable | None, list[Defect]]:
    """Cut a grid into header and columns; a short row is completed with empty cells.

    Spreadsheets leave out empty cells at the end of a row, so a short row is normal; a row with more
    filled cells than there are headers is not: something in it lost its quotes.
    """
    numbered = [(number, row) for number, row in enumerate(grid, start=1) if filled(row)]
    if not numbered:
        return None, [Defect("leeg_bestand", file)]
    (header_row, header), *data = numbered
    width = len(header)
    defects = [
        Defect("te_veel_cellen", file, number, details={"aantal": str(len(row)), "koppen": str(width)})
        for number, row in data
        if len(row) > width and filled(row[width:])
    ]
    padded = [row if len(row) == width else [*row[:width], *[""] * (width - len(row))] for _, row in data]
    columns = tuple(np.array(column, dtype=object) for column in zip(*padded, strict=True))
    empty = tuple(np.empty(0, dtype=object) for _ in header)
    rows = np.array([number for number, _ in data], dtype=np.int64)
    heads = tuple(cell.strip() for cell in header)
    return RawTable(table, file, heads, header_row, columns or empty, rows), defects
