"""CSV files as people make them: the encoding and the separator are found out, never asked."""

import csv
import io
import re

from optimizer.errors import Defect
from optimizer.read.files.grid import Grid

SEPARATORS = ";,\t"
_BOM = b"\xef\xbb\xbf"
# An accented letter in UTF-8. As cp1252 it would read as Ã and a symbol, which nobody writes.
_UTF8_LETTER = re.compile(rb"\xc3[\x80-\xbf]")


def read_delimited(file: str, data: bytes) -> tuple[Grid, list[Defect]]:
    """Read the bytes of a CSV file: UTF-8 with or without BOM or cp1252; ``;``, ``,`` or tab.

    Parameters
    ----------
    file
        Name for the defects.
    data
        The bytes of the file.

    Returns
    -------
    The rows, and a defect where the file cannot be read as text or as CSV (then there are no rows).
    """
    if b"\0" in data:
        return [], [Defect("nul_teken", file)]
    text = decode(data)
    if text is None:
        return [], [Defect("tekens_onleesbaar", file)]
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True))
    except csv.Error:
        return [], [Defect("csv_onleesbaar", file, len(rows) + 1)]
    return rows, []


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
    r"""Find the separator: the one that cuts the first line with text into most cells.

    >>> separator("a;b;c, d"), separator('"a;b",c'), separator("a\tb")
    (';', ',', '\t')
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=lambda mark: len(next(csv.reader([first], delimiter=mark))))
