"""An input of before a merger of municipalities, read in the division of its peildatum."""

import datetime
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import past, planned
from optimizer.domain.tables import TAAKSTELLING
from optimizer.errors import Defect
from optimizer.read.table.headings import normalise
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


def in_present_division(tables: Tables) -> tuple[dict[str, TypedTable], list[Defect]]:
    """Add up the numbers of municipalities that a table still names apart and that have merged since.

    The cells hold the successor already, so that several rows seem to be about one municipality. Rows that name one
    of them twice stay as read, and so does a municipality that a merger made beside those that it was made of.

    Returns
    -------
    The tables, and a warning per municipality: which rows became one.
    """
    out, defects = dict(tables), list[Defect]()
    for name, (key, numbers) in _NUMBERS.items():
        if name in out:
            out[name], found = _merged_since(out[name], key, numbers)
            defects += found
    return out, defects


def _merged_since(table: TypedTable, key: list[str], numbers: list[str]) -> tuple[TypedTable, list[Defect]]:
    defects = []
    for new in sorted({successor for _, _, _, successor in past()}):
        rows = np.flatnonzero((table.frame["gemeente"] == new).to_numpy(dtype=bool))
        named = {int(i): _as_it_was(str(table.written["gemeente"][i]), new) for i in rows}
        old = sorted(set(named.values()) - {new})
        pairs = table.frame.iloc[rows][key].assign(gemeente=list(named.values()))
        if not old or len(rows) < 2 or pairs.duplicated().any() or (new in named.values() and len(_made_of(new)) > 1):
            continue
        since = max(day for day, code, _, _ in past() if code in old)
        names = {code: naam for _, code, naam, _ in past()}
        merged = _summed(table, table.frame.index.isin(rows), key, numbers)
        first = next(i for i, code in named.items() if code != new)
        details = {
            "oud": ", ".join(f"{names[code]} ({code})" for code in old),
            "nieuw": _named(new),
            "datum": since.isoformat(),
        }
        row = int(table.rows[first])
        defects.append(Defect("gemeenten_opgeteld", table.file, row, "gemeente", old[0], details, warning=True))
        table = merged
    return table, defects


def _made_of(new: str) -> list[str]:
    return [old for _, old, _, successor in past() if successor == new]


def _as_it_was(text: str, new: str) -> str:
    """Return the code of the municipality that a text meant before the mergers: an old one, or the present one.

    >>> _as_it_was("Brielle", "GM1992"), _as_it_was("gm0439", "GM0439"), _as_it_was("Gemeente Land van Cuijk", "GM1982")
    ('GM0501', 'GM0439', 'GM1982')
    """
    plain = normalise(text)
    if normalise(_name(new)) in plain or normalise(new) in plain:
        return new
    old = [code for _, code, naam, successor in past() if successor == new and normalise(naam) in plain]
    return next((code for code in _made_of(new) if normalise(code) in plain), old[0] if old else new)


def _added_up(merger: Merger, table: TypedTable, key: list[str], numbers: list[str]) -> tuple[TypedTable, list[Defect]]:
    """Add the rows of the municipality that ended to those of its successor; rows that stand twice stay as read."""
    _, old, new = merger
    codes = table.frame["gemeente"]
    hit = (codes == old).to_numpy(dtype=bool)
    if not hit.any() or table.frame[codes.isin([old, new])].duplicated(key).any():
        return table, []
    renamed = replace(table, frame=table.frame.assign(gemeente=codes.where(~hit, new)))
    summed = _summed(renamed, (renamed.frame["gemeente"] == new).to_numpy(dtype=bool), key, numbers)
    alone = len(summed.rows) == len(table.rows)
    note = _note("gemeente_heringedeeld" if alone else "gemeenten_opgeteld", merger, table, "gemeente", hit)
    return summed, [note]


def _summed(
    table: TypedTable, where: "np.ndarray[tuple[int], np.dtype[np.bool_]]", key: list[str], numbers: list[str]
) -> TypedTable:
    """Make one row of the rows of a mask that have the same key: numbers are added, the first row stays."""
    frame = table.frame.copy()
    mine = frame[where]
    keep = ~(where & mine.duplicated(key).reindex(frame.index, fill_value=False).to_numpy(dtype=bool))
    for _, rows in mine.groupby(key, sort=False):
        first = rows.index[0]
        frame.loc[first, numbers] = rows[numbers].sum(skipna=False)
        if "halfjaar" in frame:
            frame.loc[first, "halfjaar"] = next((h for h in rows["halfjaar"] if h), "")
    written = {name: texts[keep] for name, texts in table.written.items()}
    return replace(table, frame=frame[keep].reset_index(drop=True), rows=table.rows[keep], written=written)


def _note(
    code: str, merger: Merger, table: TypedTable, column: str, hit: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
) -> Defect:
    day, old, new = merger
    rows = table.rows[hit]
    details = {
        "oud": _named(old),
        "nieuw": _named(new),
        "datum": day.isoformat(),
        "aantal": str(int(hit.sum())) if hit.sum() > 1 else "",
    }
    return Defect(code, table.file, int(rows[0]), column, old, details, warning=True)


def _named(code: str) -> str:
    """Return name and code of a municipality."""
    return f"{_name(code)} ({code})"


def _name(code: str) -> str:
    return str(load_gemeenten().naam[load_gemeenten().index[code]])


def ended_in(day: datetime.date, file: str, column: str, codes: "pd.Series[str]") -> list[Defect]:
    """Note each municipality in a column that has ended by a day; the column itself is left as it is."""
    found = []
    for since, old, new in planned():
        hit = (codes == old).to_numpy(dtype=bool)
        if since <= day and hit.any():
            details = {"oud": _named(old), "nieuw": _named(new), "datum": since.isoformat(), "aantal": ""}
            found.append(Defect("gemeente_heringedeeld", file, None, column, old, details, warning=True))
    return found
