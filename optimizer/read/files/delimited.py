"""CSV files as people make them: the encoding and the separator are found out, never asked."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from statistics import mode

from optimizer.errors import Defect
from optimizer.read.files.grid import Sheet

SEPARATORS = ";,\t|"
_BOM = b"\xef\xbb\xbf"
# An accented letter in UTF-8. As cp1252 it would read as Ã and a symbol, which nobody writes.
_UTF8_LETTER = re.compile(rb"\xc3[\x80-\xbf]")
# A first line that is meant for Excel alone, which does not show it.
_SEP = re.compile(r'"?sep=(.)"?[ ;,\t|]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_LOOK_AHEAD = 65_536
_RECORDS = 12


def read_delimited(file: str, data: bytes) -> tuple[Sheet, list[Defect]]:
    """Read the bytes of a CSV file: UTF-8 with or without BOM or cp1252; ``;``, ``,``, tab or ``|``.

    Parameters
    ----------
    file
        Name for the defects.
    data
        The bytes of the file.

    Returns
    -------
    The rows, and a defect where the file cannot be read as text or as CSV (then there are no rows). A first line
    ``sep=;`` tells the separator and is no row.
    """
    nothing = Sheet((), mark=SEPARATORS[0])
    if b"\0" in data:
        return nothing, [Defect("nul_teken", file)]
    text = decode(data)
    if text is None:
        return nothing, [Defect("tekens_onleesbaar", file)]
    told = _SEP.match(text)
    mark = told[1] if told else separator(text)
    rows: list[list[str]] = []
    try:
        rows.extend(_records(text[told.end() if told else 0 :], mark, strict=True))
    except csv.Error:
        return nothing, [Defect("csv_onleesbaar", file, len(rows) + 1)]
    return Sheet(rows, mark=mark), []


def decode(data: bytes) -> str | None:
    """Return the text of a file, or None where it is neither UTF-8 nor cp1252.

    >>> decode("Súdwest".encode()) == decode("Súdwest".encode("cp1252")) == "Súdwest"
    True
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if data.startswith(_BOM) or _UTF8_LETTER.search(data):
            return None  # UTF-8 that is damaged: reading it as cp1252 would guess
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None


def separator(text: str) -> str:
    r"""Find the separator: the one that cuts the first row with text into most cells, and most other rows too.

    A heading may hold a line end between quotes, and a title above the headings may hold commas.

    >>> separator("a;b;c, d"), separator('"a;b",c'), separator("a\tb"), separator('"a\nb",c'), separator("A, B\na;b;c")
    (';', ',', '\t', ',', ';')
    """
    counts = {mark: _cells(text[:_LOOK_AHEAD], mark) for mark in SEPARATORS}
    cuts = {mark: (found[0], mode(found[1:] or found)) for mark, found in counts.items() if found}
    both = [mark for mark, (first, most) in cuts.items() if first > 1 and most > 1]
    if both:
        return max(both, key=lambda mark: cuts[mark][0])
    return max(SEPARATORS, key=lambda mark: sorted(cuts.get(mark, (0, 0)))[::-1])


def _cells(text: str, mark: str) -> list[int]:
    """Count the cells of the first rows with text."""
    return [len(row) for row in islice((r for r in _records(text, mark) if "".join(r).strip()), _RECORDS)]


def _records(text: str, mark: str, *, strict: bool = False) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=strict)
