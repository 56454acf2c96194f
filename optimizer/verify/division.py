"""The municipalities of the day: one that has merged by the peildatum is its successor, in the input and the proposal.

The judge does this itself, whatever the reader did: a batch that was read has nothing left to replace.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd
from pandas.api.types import is_numeric_dtype

from geodata.codes import resolve
from geodata.errors import GemeenteOnbekend
from geodata.herindelingen import merged_into
from optimizer.domain.batch import Batch
from optimizer.domain.tables import TABLES

#: Columns of a proposal that name one municipality.
NAMED = ("gemeente", "gemeente_naam", "opvang_gemeente")
#: What a row of a table of numbers is about; the numbers of rows about the same are added up.
ROWS: Mapping[str, list[str]] = {
    "taakstelling": ["gemeente"],
    "capaciteit": ["gemeente"],
    "woningen": ["gemeente", "soort"],
}


def batch_of_the_day(batch: Batch, day: date) -> Batch:
    """Return the batch in which every municipality exists on the day; the rows of one taakstelling added up."""
    ended = merged_into(day)
    changes: dict[str, pd.DataFrame] = {}
    if not ended:
        return batch
    for name, table in TABLES.items():
        columns = [c.name for c in table.columns if c.kind in {"gemeente", "gemeenten"}]
        frame = getattr(batch, name)
        changed = {c: frame[c].map(lambda cell: _in_their_place(cell, ended)) for c in columns if c in frame}
        if any((frame[c] != cells).any() for c, cells in changed.items()):
            changes[name] = frame.assign(**changed)
    changes["postcodes"] = batch.postcodes.assign(gemeente=batch.postcodes["gemeente"].replace(ended))
    for name, about in ROWS.items():
        if name in changes:
            rows = changes[name]
            how = {c: "sum" if is_numeric_dtype(rows[c]) else "first" for c in rows if c not in about}
            changes[name] = rows.groupby(about, sort=False).agg(how).reset_index()
    return batch.replace(**changes)


def voorstel_of_the_day(voorstel: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the proposal in which a municipality that has ended, by code or name, is its successor."""
    ended = merged_into(day)
    if not ended:
        return voorstel
    columns = [column for column in NAMED if column in voorstel]
    return voorstel.assign(**{column: voorstel[column].map(lambda text: _successor(text, ended)) for column in columns})


def gemeente_of_the_day(code: str, day: date) -> str:
    """Return the CBS code of the municipality that a present code belongs to on a day."""
    return merged_into(day).get(code, code)


def _in_their_place(cell: str, ended: Mapping[str, str]) -> str:
    """Replace codes in a cell of codes separated by spaces.

    >>> _in_their_place("GM0344 GM1696", {"GM1696": "GM0402"}), _in_their_place("", {})
    ('GM0344 GM0402', '')
    """
    return " ".join(dict.fromkeys(ended.get(code, code) for code in cell.split()))


def _successor(text: str, ended: Mapping[str, str]) -> str:
    try:
        return ended.get(resolve(text), text) if text else text
    except GemeenteOnbekend:
        return text
