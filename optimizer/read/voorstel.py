"""A proposal as anybody wrote it: cells of text, for the judge."""

from collections import Counter
from pathlib import Path

import pandas as pd

from optimizer.domain.cells import unescape
from optimizer.domain.uitvoer import VOORSTEL
from optimizer.errors import FORBIDDEN, Defect, InvoerOngeldig
from optimizer.read.files.delimited import read_delimited
from optimizer.read.files.places import read_file
from optimizer.read.table.cells import visible
from optimizer.read.table.forbidden import is_forbidden
from optimizer.read.table.headings import normalise
from optimizer.read.table.raw import RawTable, cut

NEEDED = ("huishouden_id", "gemeente")


def read_voorstel(path: Path) -> pd.DataFrame:
    """Read a proposal: a CSV file of this program or of somebody else.

    Parameters
    ----------
    path
        A CSV file with ``;``, ``,`` or tab, in UTF-8 or cp1252; only ``huishouden_id`` and ``gemeente`` are needed.

    Returns
    -------
    Every column of the file as text (dtype ``str``, empty = ""), one row per row of the file; a header that
    names one of our columns in another spelling gets our spelling. Apostrophes that make a cell harmless for a
    spreadsheet are taken off. The index bears the name of the file and is the row as a person sees it.

    Raises
    ------
    InvoerOngeldig
        Where the file cannot be read, lacks a needed column or has a forbidden or double one.
    """
    data, defects = read_file(path)
    sheet, found = read_delimited(path.name, data)
    defects = defects or found
    raw = None
    if not defects:
        raw, defects = cut("voorstel", path.name, sheet, {normalise(name) for name in VOORSTEL.names})
    names = _names(raw) if raw else []
    if raw:
        defects += _header_defects(raw, names)
    if raw is None or defects:
        raise InvoerOngeldig(defects)
    cells = {name: [unescape(visible(text)) for text in raw.columns[i]] for i, name in enumerate(names) if name}
    return pd.DataFrame(cells, index=pd.Index(raw.rows, name=path.name), dtype="str")


def _names(raw: RawTable) -> list[str]:
    ours = {normalise(name): name for name in VOORSTEL.names}
    return [ours.get(normalise(header), header) for header in raw.header]


def _header_defects(raw: RawTable, names: list[str]) -> list[Defect]:
    double = [name for name, count in Counter(filter(None, names)).items() if count > 1]
    return [
        *(Defect(FORBIDDEN, raw.file, raw.header_row, h) for h in raw.header if is_forbidden(h)),
        *(Defect("kolom_ontbreekt", raw.file, raw.header_row, name) for name in NEEDED if name not in names),
        *(Defect("kolom_dubbel", raw.file, raw.header_row, name) for name in double),
    ]
