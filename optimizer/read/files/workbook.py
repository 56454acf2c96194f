"""Workbooks (.xlsx, .ods) as sheets of text, with the cells that a spreadsheet could not work out marked as such."""

from collections.abc import Collection

from optimizer.errors import Defect
from optimizer.read.files.archive import DAMAGED, LARGEST, Archive, TooLarge
from optimizer.read.files.grid import Sheet
from optimizer.read.files.ods import CONTENT, read_ods
from optimizer.read.files.xlsx import read_xlsx

SUFFIXES = (".xlsx", ".ods")


def read_workbook(file: str, data: bytes, closed: Collection[str] = ()) -> tuple[dict[str, Sheet], list[Defect]]:
    """Read the sheets of a workbook as rows of text, by name of the sheet.

    Formulas give the value that the spreadsheet saved with them. A cell that holds an error, or a formula that was
    never worked out, gives a text that no column accepts (see `files.values`), instead of passing for empty.

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
    The sheets, and a defect where the bytes are no workbook, are protected by a password or are too many unpacked.
    """
    try:
        with Archive(data) as parts:
            return (read_ods if CONTENT in parts else read_xlsx)(parts, closed), []
    except TooLarge:
        return {}, [Defect("bestand_te_groot", file, details={"grens": str(LARGEST // 1024**2)})]
    except DAMAGED:
        return {}, [Defect("geen_werkmap", file)]


def sheet_file(file: str, sheet: str) -> str:
    """Name a sheet the way a spreadsheet does.

    >>> sheet_file("batch.xlsx", "huishoudens")
    'batch.xlsx!huishoudens'
    """
    return f"{file}!{sheet}"
