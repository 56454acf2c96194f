"""What the empty workbook brought along and nobody filled in: its sample rows, and municipalities without a number."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from geodata.wording import Lang
from optimizer.domain.tables import TAAKSTELLING, Column, Table
from optimizer.errors import Defect
from optimizer.read.table.cells import CelFout, parse_cell, visible
from optimizer.read.table.headings import normalise
from optimizer.read.table.raw import RawTable

#: How every text of a sample row begins, in the language of the workbook.
SAMPLES: Mapping[Lang, str] = {"nl": "VOORBEELD", "en": "EXAMPLE"}
#: A sheet that counts as empty.
UNUSED = "alleen_voorbeeldrij"
_DAY = datetime.date(2026, 7, 1)
_BY_KIND: Mapping[str, str] = {"flag": "ja", "gemeente": "Zwolle", "halfjaar": "2026-2"}


def sample_row(table: Table, lang: Lang = "nl") -> tuple[str | float | datetime.date, ...]:
    """Return the sample row of a sheet, a value for each column; the first one says what the row is.

    >>> from optimizer.domain.tables import TABLES
    >>> sample_row(TABLES["personen"])[:3], sample_row(TABLES["capaciteit"], "en")
    (('VOORBEELD-1', 'VOORBEELD-1', ''), ('EXAMPLE', 1.0, ''))
    """
    return tuple(_sample(column, place, SAMPLES[lang]) for place, column in enumerate(table.columns))


def _sample(column: Column, place: int, word: str) -> str | float | datetime.date:
    if place == 0:
        return word if column.kind != "id" else f"{word}-1"
    if column.kind == "date":
        return _DAY
    if not column.required:
        return ""
    if column.kind in ("integer", "number"):
        return max(1.0, column.minimum or 0.0)
    return column.choices[0] if column.choices else {"id": f"{word}-1", **_BY_KIND}.get(column.kind, "")


def without_template(raw: RawTable, table: Table, *, delimited: bool) -> tuple[RawTable, list[Defect]]:
    """Leave out the rows that came with the empty workbook.

    A sample row must be deleted by whoever fills the sheet in: beside other rows, changed, or on a sheet that must be
    filled in, it is an error. A sheet that may be empty and holds nothing but that row as we wrote it counts as empty,
    of which a warning tells. A municipality of which nothing but the name and the half-year stands there counts as one
    that is not there, of which a warning gives the number. A CSV file has no municipalities of ours, so there the
    missing number is an error like any other.
    """
    sample = np.zeros(len(raw.rows), dtype=bool)
    for texts in raw.columns:
        sample |= np.array([str(text).startswith(tuple(SAMPLES.values())) for text in texts], dtype=bool)
    heads = [normalise(head) for head in raw.header]
    unused = not table.required and len(raw.rows) == 1 and bool(sample[0]) and _untouched(raw, table, heads)
    if unused:
        defects = [Defect(UNUSED, raw.file, warning=True)]
    else:
        defects = [Defect("voorbeeldrij", raw.file, int(row)) for row in raw.rows[sample]]
    bare = np.zeros(len(raw.rows), dtype=bool)
    if table == TAAKSTELLING and not delimited:
        filled = np.array([[bool(str(text).strip()) for text in texts] for texts in raw.columns], dtype=bool)
        ours = np.array([head in ("gemeente", "halfjaar") for head in heads], dtype=bool)
        if "gemeente" in heads:
            bare = filled[heads.index("gemeente")] & ~filled[~ours].any(axis=0) & ~sample
    kept = ~(sample | bare)
    if kept.all():
        return raw, defects
    columns = tuple(texts[kept] for texts in raw.columns)
    whole = raw.whole and (unused or not sample.any())
    return replace(raw, columns=columns, rows=raw.rows[kept], whole=whole), defects


def _untouched(raw: RawTable, table: Table, heads: list[str]) -> bool:
    """Tell whether the one row of a sheet is our sample row, cell by cell, however the program that saved it writes.

    A column that is gone may be one that we left empty; a column that was added must be empty.
    """
    found = {head: visible(str(texts[0])) for head, texts in zip(heads, raw.columns, strict=True)}
    columns = {normalise(column.name): column for column in table.columns}
    if any(text for head, text in found.items() if head not in columns):
        return False
    return any(
        all(
            _same(column, found.get(head, ""), value)
            for (head, column), value in zip(columns.items(), row, strict=True)
        )
        for row in _rows(table)
    )


def _rows(table: Table) -> Iterator[tuple[str | float | datetime.date, ...]]:
    return (sample_row(table, lang) for lang in SAMPLES)


def _same(column: Column, text: str, value: str | float | datetime.date) -> bool:
    """Tell whether a cell holds a value of ours, as the words or as what they mean (1,0; 01-07-2026)."""
    if text == value or not text:
        return text == value
    try:
        return parse_cell(column, text) == (parse_cell(column, value) if isinstance(value, str) and value else value)
    except CelFout:
        return False
