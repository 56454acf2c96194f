"""Workbooks (.xlsx, .ods) as sheets of text, with the cells that a spreadsheet could not work out marked as such."""

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Collection
from xml.etree.ElementTree import ParseError

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from optimizer.errors import Defect
from optimizer.read.files.faulty_cells import faulty_cells
from optimizer.read.files.grid import Grid

SUFFIXES = (".xlsx", ".ods")
_THREE_DECIMALS = re.compile(r"-?\d+\.\d{3}")

# What the readers of sheets, zip archives and XML raise on a file that is damaged, locked or something else.
_DAMAGED = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)

Cell = str | float | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta


def read_workbook(file: str, data: bytes, closed: Collection[str] = ()) -> tuple[dict[str, Grid], list[Defect]]:
    """Read the sheets of a workbook as rows of text, by name of the sheet.

    Formulas give the value that the spreadsheet saved with them. A cell that holds an error, or a formula that was
    never worked out, gives a text that no column accepts (see `faulty_cells`), instead of passing for empty.

    Parameters
    ----------
    file
        Name for the defects.
    data
        The bytes of the workbook.
    closed
        Names of sheets that stay closed, in lower case.

    Returns
    -------
    The sheets, and a defect where the bytes are no workbook or are protected by a password.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            sheets = {
                name: [
                    [cell_text(cell) for cell in row]
                    for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
                ]
                for name in _worksheets(workbook)
                if name.strip().casefold() not in closed
            }
        faulty = faulty_cells(data)
    except _DAMAGED:
        return {}, [Defect("geen_werkmap", file)]
    for name, cells in faulty.items():
        for (row, column), text in cells.items():
            if name in sheets:
                _put(sheets[name], row, column, text)
    return dict(sheets), []


def _worksheets(workbook: CalamineWorkbook) -> list[str]:
    """Give the names of the sheets that hold cells; charts have a sheet too."""
    return [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]


def cell_text(cell: Cell) -> str:
    """Return a cell of a workbook as the text that the same cell would have in a CSV file.

    >>> cell_text(12.0), cell_text(12.5), cell_text(True), cell_text(datetime.date(2026, 7, 1))
    ('12', '12.5', 'true', '2026-07-01')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float):
        # Three decimals in a text may be thousands; in a number they are not.
        return f"{cell!r}0" if _THREE_DECIMALS.fullmatch(repr(cell)) else repr(cell)
    return str(cell)


def _put(grid: list[list[str]], row: int, column: int, text: str) -> None:
    """Write a cell (counted from 0), also beyond the area that the reader found filled."""
    grid.extend([] for _ in range(row + 1 - len(grid)))
    grid[row].extend("" for _ in range(column + 1 - len(grid[row])))
    grid[row][column] = text


def sheet_file(file: str, sheet: str) -> str:
    """Name a sheet the way a spreadsheet does.

    >>> sheet_file("batch.xlsx", "huishoudens")
    'batch.xlsx!huishoudens'
    """
    return f"{file}!{sheet}"
