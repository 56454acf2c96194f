"""What a sentence of ours says in names and kilometres is true of the household that it is about.

The judge does not know the sentences that explain a proposal, and need not: it looks for names of municipalities and
for numbers of kilometres in them, and knows which of these can be true of a household.
"""

import re
from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.verify.admitted import admitted
from optimizer.verify.case import Case
from optimizer.verify.cells import shown, texts
from optimizer.verify.findings import bevinding, place
from optimizer.verify.households import NONE, Ints
from optimizer.verify.oordeel import Bevinding

_KILOMETRES = re.compile(r"([0-9](?:[0-9.,]*[0-9])?) km\b")
#: A person may fix a household where the policy admits it not.
_LOCK = ("vastzet op", "fixes the household in")


def judged_texts(
    case: Case, written: pd.DataFrame, column: str, where: Mapping[int, int], code: str
) -> list[Bevinding]:
    """Name the cells of a column that are empty, or say of their household what cannot be.

    Parameters
    ----------
    where
        Household of each row to judge, by place of the row.
    code
        Code of the finding.
    """
    if column not in written.columns or not where:
        return []
    cells, found = texts(written[column]), []
    rows = np.array(list(where.values()), dtype=np.int64)
    open_to = dict(zip(rows.tolist(), admitted(case, rows, exclusions=False), strict=True))
    for row, h in where.items():
        true = {*names_of(case, h), *load_gemeenten().naam[open_to[h]].tolist()}
        if any(lock in str(cells[row]) for lock in _LOCK):
            true |= set(load_gemeenten().naam.tolist())
        wrong = "een uitleg" if not cells[row] else untrue(case, h, str(cells[row]), true)
        if wrong:
            bestand, rij = place(written, row)
            said = {"h": str(case.households.ids[h]), "gevonden": str(cells[row]), "toegestaan": wrong}
            found.append(bevinding(code, case.parameters, **said, bestand=bestand, rij=rij))
    return found


def untrue(case: Case, household: int, text: str, names: set[str]) -> str:
    """Return what a text should say instead of the first thing in it that cannot be true; empty where all can be.

    Parameters
    ----------
    names
        Municipalities that may be named.
    """
    for number in _KILOMETRES.findall(text):
        if not any(near_to(number, km, 0.05) for km in distances_of(case, household)):
            return f"{shown(case.straal_km, 'uren')} km"
    for name in named_in(text):
        if name not in names:
            return ", ".join(names_of(case, household))
    return ""


def names_of(case: Case, household: int) -> list[str]:
    """Return the municipalities that a household has to do with: its link, its hard grounds, its reception."""
    grounds = case.grounds.gemeente[case.grounds.household == household]
    rows = [int(case.links.gemeente[household]), *grounds.tolist(), int(case.households.reception[household])]
    return [str(load_gemeenten().naam[row]) for row in dict.fromkeys(rows) if row != NONE]


def distances_of(case: Case, household: int) -> list[float]:
    """Return the kilometres that may be named: the radius, and how far the link lies from each ground."""
    linked = case.links.gemeente[household]
    mine: Ints = np.flatnonzero(case.grounds.household == household)
    return [case.straal_km, *(case.grounds.km[linked, mine].tolist() if linked != NONE else [])]


def near_to(number: str, value: float, within: float) -> bool:
    """Tell whether a number of a sentence is some value, give or take, by the marks of either language.

    >>> near_to("20,6", 20.64, 0.05), near_to("20.6", 20.64, 0.05), near_to("20.6", 206.0, 0.05)
    (True, True, False)
    """
    return any(abs(read - value) <= within + 1e-9 for read in readings(number))


def readings(number: str) -> set[float]:
    """Return what a number of a Dutch or an English sentence can be.

    >>> sorted(readings("1.234,5")), sorted(readings("1,234.5")), sorted(readings("1.234")), readings("20.6")
    ([1234.5], [1234.5], [1.234, 1234.0], {20.6})
    """
    found = set()
    for thousands, point in (".,", ",."):
        whole = rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})*|\d+"
        if re.fullmatch(rf"(?:{whole})(?:{re.escape(point)}\d+)?", number):
            found.add(float(number.replace(thousands, "").replace(point, ".")))
    return found


def named_in(text: str) -> list[str]:
    """Return the names of municipalities in a text, each as often as it stands there; a koppelregio is none.

    >>> named_in("Emmen ligt in Groningen, Fryslân en Drenthe.")
    ['Emmen']
    >>> named_in("Nuenen, Gerwen en Nederwetten ligt bij Best. Dat past het best.")
    ['Nuenen, Gerwen en Nederwetten', 'Best']
    """
    regions = set(load_gemeenten().koppelregio.tolist())
    return [str(name) for name in _names().findall(text) if name not in regions]


@cache
def _names() -> re.Pattern[str]:
    """Match the name of any municipality or koppelregio as a word of its own, the longest first."""
    table = load_gemeenten()
    longest_first = sorted({*table.naam.tolist(), *table.koppelregio.tolist()}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
