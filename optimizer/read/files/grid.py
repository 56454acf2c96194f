"""A file as rows of text, before anybody knows what the columns mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

#: Rows of cells as text, from the first row of the file or sheet on; a row ends with its last cell.
Grid = Sequence[Sequence[str]]
Texts = NDArray[np.object_]
#: First row, first column, last row, last column, counted from 0.
Range = tuple[int, int, int, int]
#: The largest sheet that spreadsheets can hold.
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
#: Cells of one sheet, the empty ones before a filled one counted.
MOST_CELLS = 25_000_000
EMPTY: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What stands in a sheet or a CSV file, and what a person does not see of it.

    Parameters
    ----------
    rows
        The cells.
    hidden
        The sheet itself is hidden.
    hidden_rows, hidden_columns
        Counted from 0.
    merged
        Cells that were merged into one.
    days_1904
        Day numbers of this workbook count from 1904.
    mark
        What separates the cells of a text file; empty for a workbook.
    """

    rows: Grid
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Range, ...] = ()
    days_1904: bool = False
    mark: str = ""

    @property
    def delimited(self) -> bool:
        """Tell whether a mark separates the cells, so that a mark too many shifts the rest of its row."""
        return bool(self.mark)


@dataclass
class Cells:
    """Cells as they come, in any order; only as much room is taken as there are cells."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)

    def put(self, row: int, column: int, text: str) -> None:
        """Keep a cell that holds something (row and column counted from 0).

        Raises
        ------
        ValueError
            For a place that no sheet has.
        """
        if not (0 <= row < MOST_ROWS and 0 <= column < MOST_COLUMNS):
            raise ValueError("cell outside the sheet")
        if text:
            self.rows.setdefault(row, {})[column] = text

    def grid(self) -> Grid:
        """Return the cells as rows.

        Raises
        ------
        ValueError
            When so many rows reach so far to the right that this is no table.
        """
        if sum(max(row) + 1 for row in self.rows.values()) > MOST_CELLS:
            raise ValueError("too many cells")
        return [_row(self.rows[row]) if row in self.rows else EMPTY for row in range(max(self.rows, default=-1) + 1)]


def _row(cells: dict[int, str]) -> Sequence[str]:
    row = [""] * (max(cells) + 1)
    for column, text in cells.items():
        row[column] = text
    return row


def filled(row: Iterable[str]) -> bool:
    """Tell whether a row holds any text."""
    return any(cell and not cell.isspace() for cell in row)


def letters(column: int) -> str:
    """Return the letters of a column counted from 0, as a spreadsheet shows them.

    >>> letters(0), letters(25), letters(26), letters(16_383)
    ('A', 'Z', 'AA', 'XFD')
    """
    above, rest = divmod(column, 26)
    return (letters(above - 1) if above else "") + chr(ord("A") + rest)


def position(reference: str) -> tuple[int, int]:
    """Return row and column, counted from 0, of a reference such as ``B3``.

    >>> position("A1"), position("AB12")
    ((0, 0), (11, 27))

    Raises
    ------
    ValueError
        For a reference that cannot be.
    """
    name = reference.rstrip("0123456789")
    number = reference[len(name) :]
    if not (0 < len(name) <= 3 and name.isascii() and name.isalpha() and 0 < len(number) <= 7):
        raise ValueError(reference)
    column = 0
    for letter in name.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(number) - 1, column - 1
