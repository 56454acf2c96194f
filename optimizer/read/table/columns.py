"""From headers to the columns of a table: renamed, recognised, or named in a defect."""

import difflib
from collections import Counter
from collections.abc import Container, Mapping

from optimizer.domain.tables import Table
from optimizer.errors import FORBIDDEN, Defect
from optimizer.read.files.grid import Texts, filled, letters
from optimizer.read.table.forbidden import is_forbidden
from optimizer.read.table.headings import normalise
from optimizer.read.table.raw import RawTable


def find_columns(raw: RawTable, table: Table, renames: Mapping[str, str]) -> tuple[dict[str, Texts], list[Defect]]:
    """Match the headers of a file with the columns of a table.

    Parameters
    ----------
    raw
        The file.
    table
        The columns that may be there.
    renames
        Normalised header of the file -> name of our column.

    Returns
    -------
    The text of each column found, and the defects: a forbidden, missing, double or unknown column.
    """
    known = {normalise(name): name for name in table.names}
    names = [_name(header, known, renames) for header in raw.header]
    forbidden = [h for h in raw.header if _refused(h, known)]
    refusals = [Defect(FORBIDDEN, raw.file, raw.header_row, header) for header in forbidden]
    found = {name: raw.columns[i] for i, name in reversed(list(enumerate(names))) if name}
    if not found and not forbidden:
        return {}, [Defect("kop_niet_gevonden", raw.file, raw.header_row, details={"koppen": ", ".join(table.names)})]
    missing = [
        Defect("kolom_ontbreekt", raw.file, raw.header_row, column.name)
        for column in table.columns
        if column.required and column.name not in found
    ]
    double = [
        Defect("kolom_dubbel", raw.file, raw.header_row, name)
        for name, count in Counter(filter(None, names)).items()
        if count > 1
    ]
    unknown = [
        _unknown(raw, i, table, found)
        for i, name in enumerate(names)
        if not name and raw.header[i] not in forbidden and (raw.header[i] or filled(list(raw.columns[i])))
    ]
    return found, [*refusals, *missing, *double, *unknown]


def column_letters(raw: RawTable, table: Table, renames: Mapping[str, str]) -> dict[str, str]:
    """Return the letters that a spreadsheet shows above each heading: by our name for it, or as it is written."""
    known = {normalise(name): name for name in table.names}
    headed = zip(raw.header, raw.numbers, strict=True)
    return {_name(head, known, renames) or head: letters(number - 1) for head, number in reversed(list(headed)) if head}


def _name(header: str, known: Mapping[str, str], renames: Mapping[str, str]) -> str:
    """Return our name for a header, empty where we know none; a forbidden header gets no name, renamed or not."""
    if _refused(header, known):
        return ""
    plain = normalise(header)
    return renames.get(plain) or known.get(plain, "")


def _refused(header: str, known: Mapping[str, str]) -> bool:
    """Tell whether a header may not be there: what a table is made for may stand in it (sex and age in ``groepen``)."""
    return normalise(header) not in known and is_forbidden(header)


def _unknown(raw: RawTable, index: int, table: Table, found: Container[str]) -> Defect:
    """Report a heading that we do not know; no column is advised that is there already."""
    header = raw.header[index]
    if not header:
        number = {"nummer": str(raw.numbers[index])}
        return Defect("kop_leeg", raw.file, raw.header_row, details=number, warning=True)
    free = [name for name in table.names if name not in found]
    close = difflib.get_close_matches(header.casefold(), free, n=1)
    details = {"kandidaten": ", ".join(close)}
    return Defect("kolom_onbekend", raw.file, raw.header_row, header, details=details, warning=True)
