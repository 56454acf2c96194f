"""An input of before a merger of municipalities, read in the division of its peildatum."""

import datetime
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import planned
from optimizer.domain.tables import TAAKSTELLING
from optimizer.errors import Defect
from optimizer.read.table.typed import Tables, TypedTable

Merger = tuple[datetime.date, str, str]
#: Tables of numbers per municipality: what a row is about, and the columns that two rows of one municipality add up.
_NUMBERS: Mapping[str, tuple[list[str], list[str]]] = {
    "taakstelling": (
        ["gemeente"],
        [c.name for c in TAAKSTELLING.columns if c.kind == "integer"],
    ),
    "capaciteit": (["gemeente"], ["capaciteit", "gekoppeld"]),
    "woningen": (["gemeente", "soort"], ["aantal"]),
}


def in_division_of(day: datetime.date | None, tables: Tables) -> tuple[dict[str, TypedTable], list[Defect]]:
    """Put the successor in every cell that names a municipality which has ended by then.

    Numbers of municipalities that are one by then are added up, as ``rules.opgave.merged`` says.

    Parameters
    ----------
    day
        The peildatum; None where the input has none, which is a defect elsewhere.
    tables
        As read.

    Returns
    -------
    The tables, and a warning per file, column and merger: what was replaced, and how often.
    """
    out, defects = dict(tables), list[Defect]()
    for merger in planned():
        if day is None or merger[0] > day:
            continue
        for name, table in out.items():
            out[name], found = _with_successor(merger, table)
            defects += found
    return out, defects


def _with_successor(merger: Merger, table: TypedTable) -> tuple[TypedTable, list[Defect]]:
    _, old, new = merger
    if table.table.name in _NUMBERS:
        return _added_up(merger, table, *_NUMBERS[table.table.name])
    defects = []
    for column in (c for c in table.table.columns if c.kind in {"gemeente", "gemeenten"}):
        cells = table.frame[column.name]
        hit = cells.map(lambda cell: old in cell.split()).to_numpy(dtype=bool)
        if hit.any():
            mapped = cells.where(~hit, cells.map(lambda cell: _successors(cell, old, new)))
            table = replace(table, frame=table.frame.assign(**{column.name: mapped.astype("str")}))
            defects.append(_note("gemeente_heringedeeld", merger, table, column.name, hit))
    return table, defects


def _successors(cell: str, old: str, new: str) -> str:
    """Put the successor in a cell of one or more codes, each once.

    >>> _successors("GM0402 GM1696 GM0344", "GM1696", "GM0402")
    'GM0402 GM0344'
    """
    return " ".join(dict.fromkeys(new if code == old else code for code in cell.split()))


def _added_up(merger: Merger, table: TypedTable, key: list[str], numbers: list[str]) -> tuple[TypedTable, list[Defect]]:
    """Add the rows of the municipality that ended to those of its successor; rows that stand twice stay as read."""
    _, old, new = merger
    codes = table.frame["gemeente"]
    hit = (codes == old).to_numpy(dtype=bool)
    if not hit.any() or table.frame[codes.isin([old, new])].duplicated(key).any():
        return table, []
    frame = table.frame.assign(gemeente=codes.where(~hit, new))
    mine = frame[frame["gemeente"] == new]
    keep = ~(frame.duplicated(key) & frame.index.isin(mine.index)).to_numpy(dtype=bool)
    for _, rows in mine.groupby(key, sort=False):
        first = rows.index[0]
        frame.loc[first, numbers] = rows[numbers].sum(skipna=False)
        if "halfjaar" in frame:
            frame.loc[first, "halfjaar"] = next((h for h in rows["halfjaar"] if h), "")
    note = _note("gemeente_heringedeeld" if keep.all() else "gemeenten_opgeteld", merger, table, "gemeente", hit)
    return replace(table, frame=frame[keep].reset_index(drop=True), rows=table.rows[keep]), [note]


def _note(
    code: str, merger: Merger, table: TypedTable, column: str, hit: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
) -> Defect:
    day, old, new = merger
    rows = table.rows[hit]
    details = {
        "oud": named(old),
        "nieuw": named(new),
        "datum": day.isoformat(),
        "aantal": str(int(hit.sum())) if hit.sum() > 1 else "",
    }
    return Defect(code, table.file, int(rows[0]), column, old, details, warning=True)


def named(code: str) -> str:
    """Return name and code of a municipality."""
    gemeenten = load_gemeenten()
    return f"{gemeenten.naam[gemeenten.index[code]]} ({code})"


def ended_in(day: datetime.date, file: str, column: str, codes: "pd.Series[str]") -> list[Defect]:
    """Note each municipality in a column that has ended by a day; the column itself is left as it is."""
    found = []
    for since, old, new in planned():
        hit = (codes == old).to_numpy(dtype=bool)
        if since <= day and hit.any():
            details = {"oud": named(old), "nieuw": named(new), "datum": since.isoformat(), "aantal": ""}
            found.append(Defect("gemeente_heringedeeld", file, None, column, old, details, warning=True))
    return found
