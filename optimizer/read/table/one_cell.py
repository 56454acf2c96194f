"""Rows that were not cut into cells, or were cut at the wrong places: one fault a file, and what to do in Excel.

A file with commas that is opened in a Dutch Excel shows every row in the first cell. Saved from there, a row keeps that
form, or a number such as 24,5 falls apart into two cells.
"""

import csv
import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from optimizer.errors import Defect
from optimizer.read.files.delimited import SEPARATORS
from optimizer.read.files.grid import Sheet, filled
from optimizer.read.table.headings import normalise

# What may stand between headings in one cell besides the separators of CSV; a title has such marks too.
_OTHER_MARKS = re.compile(r"[^\w.()/-]+")
_NO_TITLE = 3
_WHOLE_PART = re.compile(r"(?:€ ?|-)?\d+")
_DECIMALS = re.compile(r"\d{1,2}")

#: Row as in Excel, and its cells.
Rows = Sequence[tuple[int, Sequence[str]]]


def headings_in_one_cell(row: Sequence[str], known: Collection[str]) -> list[str]:
    """Return the headings of a header that stands in one cell as a whole; none where each has a cell of its own.

    Parameters
    ----------
    known
        Normalised headings of the table. Two of them make a header, or three and nothing else where other marks stand
        between them: "Taakstelling per gemeente" is a title.

    Examples
    --------
    >>> headings_in_one_cell(["", "gemeente|taakstelling"], {"gemeente", "taakstelling"})
    ['gemeente', 'taakstelling']
    >>> headings_in_one_cell(["gemeente", "taakstelling"], {"gemeente", "taakstelling"})
    []
    """
    cells = [cell for cell in row if cell.strip()]
    if len(cells) != 1:
        return []
    for parts in (_parts(cells[0], mark) for mark in SEPARATORS):
        if sum(normalise(part) in known for part in parts) >= 2:
            return parts
    words = _OTHER_MARKS.split(cells[0].strip())
    return words if len(words) >= _NO_TITLE and all(normalise(word) in known for word in words) else []


def rows_in_one_cell(rows: Rows, columns: int) -> set[int]:
    """Return the numbers of the rows of data of which the first cell holds all the others too.

    A mark that also stands in the first cell of a row with more cells belongs to the keys of this file (``2026,1``).

    >>> sorted(rows_in_one_cell([(2, ["H1", "3", "Zwolle"]), (3, ["H2,1,Utrecht", "", ""]), (4, ["H3", "", ""])], 3))
    [3]
    >>> rows_in_one_cell([(2, ["2026,1", "GM0193"]), (3, ["2026,2", ""])], 2)
    set()
    """
    own = {mark for _, row in rows if filled(row[1:]) for mark in SEPARATORS if mark in row[0]}
    marks = [mark for mark in SEPARATORS if mark not in own]
    return {
        number
        for number, row in rows
        if not filled(row[1:]) and any(columns < 2 * len(_parts(row[0], mark)) for mark in marks if mark in row[0])
    }


def rows_with_cut_numbers(rows: Rows, columns: int, sheet: Sheet) -> set[int]:
    """Return the numbers of the rows that are too long because commas cut numbers with a decimal comma in two.

    Where one row is beyond doubt (its last filled cell has no heading), other rows with cells too many are taken for
    the same, though their last cells are empty.

    >>> cells = Sheet((), mark=",")
    >>> rows = [(2, ["B1", "24", "5", "ja"]), (3, ["B2", "24", "ja"]), (4, ["B3", "7", "5", ""])]
    >>> sorted(rows_with_cut_numbers(rows, 3, cells)), rows_with_cut_numbers(rows[1:], 3, cells)
    ([2, 4], set())
    """
    if sheet.mark != ",":
        return set()
    too_long = [(number, row) for number, row in rows if 0 < len(row) - columns <= _cut_numbers(row)]
    return {number for number, _ in too_long} if any(filled(row[columns:]) for _, row in too_long) else set()


def one_fault(code: str, file: str, numbers: Collection[int], details: Mapping[str, str] | None = None) -> list[Defect]:
    """Return one defect for all of these rows: at the first of them, with how many more there are."""
    if not numbers:
        return []
    more = {"meer": str(len(numbers) - 1)} if len(numbers) > 1 else {}
    return [Defect(code, file, min(numbers), details={**(details or {}), **more})]


def _cut_numbers(row: Sequence[str]) -> int:
    return sum(bool(_WHOLE_PART.fullmatch(a.strip()) and _DECIMALS.fullmatch(b.strip())) for a, b in pairwise(row))


def _parts(text: str, mark: str) -> list[str]:
    return next(csv.reader([text], delimiter=mark), [])
