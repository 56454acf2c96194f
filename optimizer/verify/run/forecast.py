"""The forecast says of every area and day what is done by then, by the judge's own arithmetic."""

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.uitvoer import PROGNOSE
from optimizer.verify.case import Case
from optimizer.verify.findings import bevinding
from optimizer.verify.households import Ints, gemeente_rows, no_taakstelling
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.tables import expected_gemeenten

_FILE = f"{PROGNOSE.name}.csv"
#: Cells that say which row it is: kind of area, area, day and what is looked at.
_KEY = [PROGNOSE.names.index(name) for name in ("soort", "gebied", "dag", "maat")]


class Municipality(NamedTuple):
    """What the input says is asked of a municipality and done by it, in persons."""

    taakstelling: int = 0
    achterstand: int = 0
    voorsprong: int = 0
    gekoppeld: int = 0
    gehuisvest: int = 0
    tijdelijk_gehuisvest: int = 0
    verschoonbaar: int = 0

    @property
    def asked(self) -> int:
        """Persons of this half-year."""
        return max(0, self.taakstelling + self.achterstand - self.voorsprong)


def table_prognose(case: Case, written: pd.DataFrame) -> list[Bevinding]:
    """Every row stands there once, in order, and each number follows from the input and the proposal."""
    rows = [tuple(str(cell) for cell in row) for row in written[PROGNOSE.names].itertuples(index=False)]
    wanted = {tuple(row[i] for i in _KEY): row for row in _rows(case)}
    keys = [tuple(row[i] for i in _KEY) for row in rows]
    found = []
    for number, key, row in zip(written.index, keys, rows, strict=True):
        right = wanted.get(key)
        if right == row:
            continue
        cells = (
            [] if right is None else [i for i, (one, other) in enumerate(zip(row, right, strict=True)) if one != other]
        )
        said = {
            "baan": " ".join(key),
            "gevonden": " ".join(f"{PROGNOSE.names[i]} {row[i]}" for i in cells) or "-",
            "toegestaan": " ".join(f"{PROGNOSE.names[i]} {right[i]}" for i in cells) if right else "-",
        }
        found.append(bevinding("prognose_onjuist", case.parameters, **said, bestand=_FILE, rij=int(number)))
    times = Counter(keys)
    for key in (key for key in wanted if times[key] != 1):
        said = {"baan": " ".join(key), "gevonden": str(times[key]), "toegestaan": "1"}
        found.append(bevinding("prognose_onjuist", case.parameters, **said, bestand=_FILE, rij=None))
    if not found and keys != list(wanted):
        at = next(i for i, (one, other) in enumerate(zip(keys, wanted, strict=True)) if one != other)
        said = {"gevonden": " ".join(keys[at]), "toegestaan": " ".join(list(wanted)[at])}
        found.append(bevinding("volgorde_onjuist", case.parameters, **said, bestand=_FILE, rij=int(written.index[at])))
    return found


def _rows(case: Case) -> list[tuple[str, ...]]:
    """Return the rows that must stand there, as text; none where no taakstelling holds."""
    if no_taakstelling(case.parameters):
        return []
    table, g = case.batch.taakstelling, load_gemeenten()
    names = Municipality._fields
    stocks = [Municipality()] * len(g)
    for row, *numbers in zip(gemeente_rows(table["gemeente"]), *(table[name] for name in names), strict=True):
        stocks[row] = Municipality(*(int(n) for n in numbers))
    inside = np.flatnonzero(expected_gemeenten(case))
    days = _days(case)
    per_day = {(day, kind): _on(case, stocks, day, kind) for day, kind in days}
    provinces = sorted({str(g.provincie[i]) for i in inside})
    areas = [("gemeente", str(g.code[i]), str(g.naam[i]), np.array([i])) for i in inside]
    areas += [("provincie", p, p, np.array([i for i in inside if g.provincie[i] == p])) for p in provinces]
    areas.append(("land", "NL", "Nederland", inside))
    return [
        (kind_of_area, code, name, day.isoformat(), kind, *(str(n) for n in per_day[day, kind][of].sum(axis=0)))
        for kind_of_area, code, name, of in areas
        for day, kind in days
    ]


def _days(case: Case) -> list[tuple[datetime.date, str]]:
    """Return the first two days of either kind that are not before the peildatum, in order."""
    months = {
        "gekoppeld": case.parameters["taakstelling/maanden_koppeling"],
        "gehuisvest": case.parameters["taakstelling/maanden_toezicht"],
    }
    first = case.parameters.peildatum
    return sorted((day, kind) for kind, which in months.items() for day in _firsts(which, first)[:2])


def _firsts(months: Sequence[int], since: datetime.date) -> list[datetime.date]:
    """Return the first days of some months in three years, from a day on."""
    firsts = (datetime.date(year, m, 1) for year in range(since.year, since.year + 3) for m in sorted(set(months)))
    return [day for day in firsts if day >= since]


def _half_year(case: Case) -> datetime.date:
    """Return the day before the half-year begins whose opgave this is."""
    day = case.parameters.peildatum
    half = next((str(h) for h in case.batch.taakstelling["halfjaar"] if h), f"{day.year}-{1 if day.month <= 6 else 2}")
    return datetime.date(int(half[:4]), 1 if half.endswith("-1") else 7, 1)


def _on(case: Case, stocks: Sequence[Municipality], day: datetime.date, kind: str) -> Ints:
    """Return the twelve numbers of each municipality on a day, int64 [municipalities, 12]."""
    rules, today = case.parameters, case.parameters.peildatum
    begin = _half_year(case) + datetime.timedelta(days=1)
    is_end = kind == "gehuisvest" and day == _firsts(rules["taakstelling/maanden_toezicht"], begin)[0]
    coa_day = _firsts(rules["taakstelling/maanden_koppeling"], begin)[0]
    term = datetime.timedelta(days=round(7 * rules["verhuizing/weken_na_koppeling"]))
    new = _proposed(case, day, kind)
    then = _proposed(case, coa_day, "gekoppeld")
    lines = []
    for m, proposed, by_coa_day in zip(stocks, new, then, strict=True):
        linked = m.gekoppeld + m.gehuisvest + m.tijdelijk_gehuisvest
        done, wait = linked, 0
        if kind == "gehuisvest":
            done = m.gehuisvest + (m.tijdelijk_gehuisvest if rules["taakstelling/tijdelijk_telt"] else 0)
            wait = m.gekoppeld
        earlier = wait if today + term <= day else 0
        total = done + earlier + int(proposed)
        left = max(0, m.asked - total)
        few = 0 if coa_day < today else max(0, m.asked - linked - int(by_coa_day))
        excused = min(left, max(min(m.achterstand, m.verschoonbaar), few))
        surplus = max(0, total - m.asked)
        after = (left, excused, surplus) if is_end else (0, 0, 0)
        least = max(0, m.asked - done - wait - int(proposed))
        lines.append((m.asked, done, earlier, int(proposed), total, left, least, *after, 1, int(left == 0)))
    return np.array(lines, dtype=np.int64)


def _proposed(case: Case, day: datetime.date, kind: str) -> Ints:
    """Persons of the proposal that are linked, or housed, by a day in each municipality, int64 [municipalities]."""
    moves = case.households.moving_date
    if kind == "gekoppeld":
        answer = case.parameters.peildatum + datetime.timedelta(
            days=round(7 * case.parameters["prognose/antwoord_weken"])
        )
        moves = np.where(moves < np.datetime64(answer, "D"), moves, np.datetime64(answer, "D"))
    total = np.zeros(len(load_gemeenten()), dtype=np.int64)
    for h in np.flatnonzero(case.links.linked & (moves <= np.datetime64(day, "D"))):
        total[case.links.gemeente[h]] += case.households.counted[h]
    return total
