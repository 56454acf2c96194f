"""A sheet cut into header and columns, and what of it cannot be taken as it stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.errors import FORBIDDEN, Defect
from optimizer.read.files.grid import Range, Sheet, Texts, filled, letters
from optimizer.read.table.forbidden import is_forbidden
from optimizer.read.table.headings import normalise
from optimizer.read.table.one_cell import (
    Rows,
    headings_in_one_cell,
    one_fault,
    rows_in_one_cell,
    rows_with_cut_numbers,
)

#: Rows above the header that may hold a title, a date or a note.
_TITLE_ROWS = 12


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
        Header cells as written; columns without name and cells are left out.
    header_row
        Row of the header as a person sees it in Excel.
    columns
        Text of each column, object [rows], in the order of ``header``.
    rows
        Row in Excel of each row of data, int64 [rows]; rows without any text are left out.
    numbers
        Number of each column in the file, counted from 1.
    days_1904
        Day numbers count from 1904.
    whole
        Every row could be taken; where not, nothing can be said about keys that seem to be missing.
    """

    table: str
    file: str
    header: tuple[str, ...]
    header_row: int
    columns: tuple[Texts, ...]
    rows: NDArray[np.int64]
    numbers: tuple[int, ...] = ()
    days_1904: bool = False
    whole: bool = True


def cut(table: str, file: str, sheet: Sheet, known: Collection[str]) -> tuple[RawTable | None, list[Defect]]:
    """Cut a sheet into header and columns; a short row is completed with empty cells.

    Spreadsheets leave out empty cells at the end of a row, so a short row is normal. Not so a row of a CSV file with
    filled cells beyond the last heading, in which something lost its quotes, a row that stands in one cell as a whole,
    and a row of a workbook with nothing but a stray cell to the right of the table: their cells are not taken.

    Parameters
    ----------
    known
        Normalised headings of the table, by which its header is found under a title.

    Returns
    -------
    The table (None where there is none), and what is wrong with its shape.
    """
    numbered = [(number, row) for number, row in enumerate(sheet.rows, start=1) if filled(row)]
    if not numbered:
        return None, [Defect("leeg_bestand", file)]
    at = _header_at([row for _, row in numbered[:_TITLE_ROWS]], known)
    (header_row, header), data = numbered[at], numbered[at + 1 :]
    if joined := headings_in_one_cell(header, known):
        forbidden = [Defect(FORBIDDEN, file, header_row, part) for part in joined if is_forbidden(part)]
        whole = {header_row, *rows_in_one_cell(data, len(joined))}
        return None, [*one_fault("rij_in_een_cel", file, whole), *forbidden]
    title = [Defect("kop_lager", file, 1, details={"rij": str(header_row)})] if at else []
    named = len(header) if sheet.delimited else max(i for i, cell in enumerate(header) if cell.strip()) + 1
    outside, faults = _outside(file, data, named, sheet)
    data = [(number, row) for number, row in data if number not in outside]
    rows = np.array([number for number, _ in data], dtype=np.int64)
    width = max((len(row) for _, row in data), default=0)
    heads = [cell.strip() for cell in header] + [""] * (width - len(header))
    kept = sorted({i for i, head in enumerate(heads) if head} | _used([row for _, row in data]))
    raw = RawTable(
        table,
        file,
        tuple(heads[i] for i in kept),
        header_row,
        tuple(np.array([row[i] if i < len(row) else "" for _, row in data], dtype=object) for i in kept),
        rows,
        tuple(i + 1 for i in kept),
        sheet.days_1904,
        whole=not outside,
    )
    return raw, [*title, *faults, *_merged(file, sheet, header_row, width), *_hidden(file, sheet, raw)]


def _header_at(rows: Sequence[Sequence[str]], known: Collection[str]) -> int:
    """Return the place of the header among the first filled rows: the first one that names columns, else the top."""
    names = [sum(normalise(cell) in known for cell in row) for row in rows]
    if names[0]:
        return 0
    lower = [i for i, row in enumerate(rows) if names[i] >= 2 or headings_in_one_cell(row, known)]
    return lower[0] if lower else 0


def _used(rows: Sequence[Sequence[str]]) -> set[int]:
    """Return the columns that hold anything under the header."""
    used: set[int] = set()
    for row in rows:
        used.update(i for i, cell in enumerate(row) if cell and i not in used and not cell.isspace())
    return used


def _outside(file: str, data: Rows, named: int, sheet: Sheet) -> tuple[set[int], list[Defect]]:
    """Return the numbers of the rows that cannot be taken, and what is said of them."""
    uncut, cut_up = rows_in_one_cell(data, named), rows_with_cut_numbers(data, named, sheet)
    beyond = [(number, row) for number, row in data if number not in cut_up and _is_outside(row, named, sheet)]
    faults = [
        *one_fault("rij_in_een_cel", file, uncut),
        *one_fault("komma_in_getal", file, cut_up),
        *(_beyond(file, number, row, named, sheet) for number, row in beyond),
    ]
    return {*uncut, *cut_up, *(number for number, _ in beyond)}, faults


def _is_outside(row: Sequence[str], named: int, sheet: Sheet) -> bool:
    """Tell whether a row cannot be taken: it is shifted (CSV), or holds nothing but a stray cell (workbook)."""
    return filled(row[named:]) and (sheet.delimited or not filled(row[:named]))


def _beyond(file: str, number: int, row: Sequence[str], width: int, sheet: Sheet) -> Defect:
    first = next(i for i in range(width, len(row)) if row[i].strip())
    place = {} if sheet.delimited else {"cel": f"{letters(first)}{number}"}
    return Defect("te_veel_cellen", file, number, details={"aantal": str(len(row)), "koppen": str(width), **place})


def _merged(file: str, sheet: Sheet, header_row: int, width: int) -> list[Defect]:
    """Refuse cells of the table that were merged: only the first of them holds what a person sees in all."""

    def matters(part: Range) -> bool:
        top, left, bottom, _ = part
        row = sheet.rows[top] if top < len(sheet.rows) else ()
        return bottom + 1 >= header_row and left < width and left < len(row) and bool(row[left].strip())

    found = [part for part in sheet.merged if matters(part)]
    if not found:
        return []
    top, left, bottom, right = min(found)
    cells = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
    more = str(len(found) - 1) if len(found) > 1 else ""
    return [Defect("cellen_samengevoegd", file, top + 1, details={"cellen": cells, "meer": more})]


def _hidden(file: str, sheet: Sheet, raw: RawTable) -> list[Defect]:
    """Warn of rows, columns and sheets that are read although a person does not see them."""
    rows = [row for row in raw.rows.tolist() if row - 1 in sheet.hidden_rows]
    headed = zip(raw.header, raw.numbers, strict=True)
    names = [head for head, number in headed if head and number - 1 in sheet.hidden_columns]
    found = []
    if sheet.hidden:
        found.append(Defect("blad_verborgen", file, warning=True))
    if rows:
        details = {"aantal": str(len(rows))}
        found.append(Defect("rijen_verborgen", file, rows[0], details=details, warning=True))
    if names:
        # Not repeated where it may not be read at all.
        said = ", ".join(name for name in names if not is_forbidden(name))
        found.append(Defect("kolommen_verborgen", file, details={"kolommen": said}, warning=True))
    return found
