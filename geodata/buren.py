"""Which municipalities lie next to each other, on a day."""

import datetime
from functools import cache

import numpy as np
from numpy.typing import NDArray

from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import into
from geodata.tables import read_table


@cache
def neighbours(day: datetime.date) -> NDArray[np.bool_]:
    """Tell which municipalities are neighbours, bool [342, 342], read-only, in order of code.

    A merged municipality has the neighbours of both; one that ended has none. Source: Thiessen areas of the places
    (``scripts/bouw_buren.py``), an approximation of the official boundaries.

    >>> index = load_gemeenten().index
    >>> near = neighbours(datetime.date(2026, 10, 1))[index["GM0344"]]
    >>> bool(near[index["GM0310"]]), bool(near[index["GM0363"]])
    (True, False)
    """
    gemeenten, today = load_gemeenten(), into(day)
    rows = read_table("buren.csv")
    one, other = (today[gemeenten.rows([row[name] for row in rows])] for name in ("gemeente", "buur"))
    near = np.zeros((len(gemeenten), len(gemeenten)), dtype=np.bool_)
    near[one, other] = near[other, one] = True
    np.fill_diagonal(near, val=False)
    near.flags.writeable = False
    return near
