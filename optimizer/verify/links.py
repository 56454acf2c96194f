"""What the proposal says: which household goes where."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geodata.codes import resolve
from geodata.errors import GemeenteOnbekend
from geodata.gemeenten import load_gemeenten
from optimizer.verify.cells import texts
from optimizer.verify.households import NONE, Bools, Households, Ints, Texts, household_rows

#: The text in `gemeente` names no municipality.
UNREADABLE = -2


@dataclass(frozen=True)
class Links:
    """The rows of a proposal (r of them) and what they mean for the n households.

    Parameters
    ----------
    ids, written
        Household key and municipality as written, text [r].
    household
        Row of the household that each row of the proposal is about, int64 [r]; `NONE` for an unknown key.
    row
        First row of the proposal about each household, int64 [n]; `NONE` where there is none.
    readable
        Households with a row whose municipality is known or empty, bool [n]; the others are judged no further.
    gemeente
        Municipality that each household is linked to, int64 [n]; `NONE` = not linked.
    """

    ids: Texts
    written: Texts
    household: Ints
    row: Ints
    readable: Bools
    gemeente: Ints

    @property
    def linked(self) -> Bools:
        """Households that the proposal links, bool [n]."""
        return np.not_equal(self.gemeente, NONE)


def read_links(voorstel: pd.DataFrame, households: Households) -> Links:
    """Return what the proposal says; of a household that stands in it twice the first row counts."""
    ids, written = texts(voorstel["huishouden_id"]), texts(voorstel["gemeente"])
    household = household_rows(ids, households.ids)
    row = np.full(len(households), NONE, dtype=np.int64)
    known = np.flatnonzero(household != NONE)[::-1]
    row[household[known]] = known
    found = np.append(resolve_rows(written), NONE)[row]
    readable = (row != NONE) & (found != UNREADABLE)
    return Links(ids, written, household, row, readable, np.where(readable, found, NONE))


def resolve_rows(written: Texts) -> Ints:
    """Return the row of each municipality by code or name, int64; `NONE` for empty, `UNREADABLE` for no municipality.

    >>> resolve_rows(np.array(["Utrecht", "", "Zwole"], dtype=object)).tolist()
    [96, -1, -2]
    """
    index, unique = pd.factorize(written)
    return np.array([_resolve_row(str(text)) for text in unique], dtype=np.int64)[index]


def code_rows(written: Texts) -> Ints:
    """Return the row of each municipality by its present code alone, int64; `NONE` for empty, else `UNREADABLE`.

    >>> code_rows(np.array(["GM0344", "", "Utrecht"], dtype=object)).tolist()
    [96, -1, -2]
    """
    index = load_gemeenten().index
    return np.array([index.get(text, UNREADABLE) if text else NONE for text in written], dtype=np.int64)


def _resolve_row(text: str) -> int:
    if not text:
        return NONE
    try:
        return load_gemeenten().index[resolve(text)]
    except GemeenteOnbekend:
        return UNREADABLE
