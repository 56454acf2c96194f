"""A household has as many alternatives as there are places for it, three at most."""

from collections.abc import Sequence

import numpy as np

from optimizer.verify.admitted import admitted, with_room
from optimizer.verify.alternatives import COLUMNS
from optimizer.verify.case import Case
from optimizer.verify.cells import texts
from optimizer.verify.households import Ints
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.tempo import pace

#: Households that are looked at together: a table of all their pairs is kept for so long.
CHUNK = 4096


def alternatives_complete(case: Case, niveaus: Sequence[str]) -> list[Bevinding]:
    """Whoever is linked and not fixed has an alternative for each other municipality that is open and has room.

    Three at most, and none under a policy without levels or for whom a person or an agreement fixed.
    """
    if not set(COLUMNS) <= set(case.voorstel.columns):
        return []
    names = np.column_stack([np.append(texts(case.voorstel[c]), "")[case.links.row] for c in COLUMNS])
    named = (names != "").sum(axis=1)
    due = np.zeros(len(case.households), dtype=np.int64)
    rows = np.flatnonzero(case.free) if niveaus else np.zeros(0, dtype=np.int64)
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        due[part] = np.minimum(len(COLUMNS), _choices(case, part))
    wrong = np.flatnonzero(case.links.readable & (named != due))
    return [case.finding("alternatief_ontbreekt", h, str(named[h]), str(due[h])) for h in wrong]


def _choices(case: Case, rows: Ints) -> Ints:
    """Count the other municipalities where each household could go with everybody else in place, int64 [rows]."""
    possible = admitted(case, rows) & with_room(case, rows)
    found = pace(case)
    if found is not None:
        possible &= ~found.full(case, rows)
    possible[np.arange(len(rows)), case.links.gemeente[rows]] = False
    total: Ints = possible.sum(axis=1).astype(np.int64)
    return total
