"""The work list says of every household when its link must be there, how long that is, and who has to do something."""

import datetime
from collections import Counter
from collections.abc import Collection

import numpy as np
import pandas as pd

from optimizer.domain.uitvoer import WERKLIJST
from optimizer.verify.case import Case
from optimizer.verify.findings import bevinding
from optimizer.verify.oordeel import Bevinding

_FILE = f"{WERKLIJST.name}.csv"


def table_werklijst(case: Case, written: pd.DataFrame, agreed: Collection[tuple[str, str]]) -> list[Bevinding]:
    """Every household stands there once, with its day, and the most urgent first.

    Parameters
    ----------
    written
        The table as text.
    agreed
        Households and municipalities (CBS code) to which that municipality agreed.
    """
    wanted = {row[0]: row for row in _rows(case, agreed)}
    stands = [tuple(str(cell) for cell in row) for row in written[WERKLIJST.names].itertuples(index=False)]
    found = []
    for number, row in zip(written.index, stands, strict=True):
        if wanted.get(row[0]) != row:
            right = " ".join(wanted.get(row[0], ("", "-"))[1:])
            said = {"h": row[0], "gevonden": " ".join(row[1:]), "toegestaan": right, "bestand": _FILE}
            found.append(bevinding("werklijst_onjuist", case.parameters, rij=int(number), **said))
    keys = [row[0] for row in stands]
    times = Counter(keys)
    for h in (h for h in wanted if times[h] != 1):
        said = {"h": h, "gevonden": str(times[h]), "toegestaan": "1", "bestand": _FILE}
        found.append(bevinding("werklijst_onjuist", case.parameters, rij=None, **said))
    if not found and keys != list(wanted):
        at = next(i for i, (one, other) in enumerate(zip(keys, wanted, strict=True)) if one != other)
        said = {"gevonden": keys[at], "toegestaan": list(wanted)[at], "bestand": _FILE}
        found.append(bevinding("volgorde_onjuist", case.parameters, rij=int(written.index[at]), **said))
    return found


def _rows(case: Case, agreed: Collection[tuple[str, str]]) -> list[tuple[str, ...]]:
    term = round(7 * float(case.parameters["termijnen/koppelen_weken"]))
    rows = []
    for h, days, g in zip(case.households.ids, case.households.days, case.codes(case.links.gemeente), strict=True):
        left = term - int(days)
        day = case.parameters.peildatum + datetime.timedelta(days=left)
        who, what = ("coa", "plek_zoeken") if not g else ("gemeente", "antwoorden")
        if (str(h), g) in agreed and g:
            who, what = "coa", "vastleggen"
        rows.append((left, (str(h), day.isoformat(), str(left), who, g, what)))
    order = np.argsort([left for left, _ in rows], kind="stable")
    return [rows[i][1] for i in order]
