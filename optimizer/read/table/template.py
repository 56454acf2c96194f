"""What the empty workbook brought along and nobody filled in: its sample rows, and municipalities without a number."""

from dataclasses import replace

import numpy as np

from optimizer.domain.tables import TAAKSTELLING, Table
from optimizer.errors import Defect
from optimizer.read.table.headings import normalise
from optimizer.read.table.raw import RawTable

#: How every text of a sample row begins.
SAMPLE = "VOORBEELD"


def without_template(raw: RawTable, table: Table, *, delimited: bool) -> tuple[RawTable, list[Defect]]:
    """Leave out the rows that came with the empty workbook.

    A sample row must be deleted by whoever fills the workbook in: that is an error. A municipality of which nothing
    but the name and the half-year stands there counts as one that is not there, of which a warning gives the number.
    A CSV file has no rows of ours, so there the missing number is an error like any other.
    """
    sample = np.zeros(len(raw.rows), dtype=bool)
    for texts in raw.columns:
        sample |= np.array([str(text).startswith(SAMPLE) for text in texts], dtype=bool)
    defects = [Defect("voorbeeldrij", raw.file, int(row)) for row in raw.rows[sample]]
    bare, heads = np.zeros(len(raw.rows), dtype=bool), [normalise(head) for head in raw.header]
    if table == TAAKSTELLING and not delimited:
        filled = np.array([[bool(str(text).strip()) for text in texts] for texts in raw.columns], dtype=bool)
        ours = np.array([head in ("gemeente", "halfjaar") for head in heads], dtype=bool)
        if "gemeente" in heads:
            bare = filled[heads.index("gemeente")] & ~filled[~ours].any(axis=0) & ~sample
    kept = ~(sample | bare)
    if kept.all():
        return raw, defects
    columns = tuple(texts[kept] for texts in raw.columns)
    return replace(raw, columns=columns, rows=raw.rows[kept], whole=raw.whole and not sample.any()), defects
