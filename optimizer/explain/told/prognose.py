"""What will be done of each opgave by the days on which somebody looks, if what is proposed here is agreed on.

No trend and no guess about later rounds: only what the input says is done, the people who are linked already, and the
households of this proposal. When they are linked and housed follows from dated parameters.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from optimizer import retention
from optimizer.domain.uitvoer import PROGNOSE
from optimizer.model import Case
from optimizer.rules.peildata import linking_day, supervision_day

Ints = npt.NDArray[np.int64]
#: How many days of either kind the forecast looks at: a year of them.
DAYS_OF_EACH = 2
#: Columns that follow from the others, by municipality; those of a province and of the country are their sums.
_SUMMED = PROGNOSE.names[5:]


def forecast(case: Case) -> pd.DataFrame:
    """Forecast every municipality, province and the country on the days on which the COA and the province look.

    Returns
    -------
    The columns of ``domain.uitvoer.PROGNOSE``, persons: municipalities in order of code, provinces in order of name,
    the country; each by day. Without rows where no taakstelling holds, as nobody looks at one then.
    """
    if case.parameters["taakstelling/regime"] == "capaciteit":
        return _typed([])
    parts = [_on_a_day(case, day, kind) for day, kind in looks(case)]
    gemeenten = case.facts.gemeenten
    rows = np.flatnonzero(_named(case))
    areas = [("gemeente", str(gemeenten.code[g]), str(gemeenten.naam[g]), np.array([g])) for g in rows]
    provincie = gemeenten.provincie[rows]
    areas += [("provincie", str(p), str(p), rows[provincie == p]) for p in sorted(set(provincie.tolist()))]
    areas += [("land", "NL", "Nederland", rows)]
    return _typed(
        [
            {"soort": soort, "gebied": code, "omschrijving": naam, "dag": day.isoformat(), "maat": kind}
            | {column: int(part[column][inside].sum()) for column in _SUMMED}
            for soort, code, naam, inside in areas
            for (day, kind), part in zip(looks(case), parts, strict=True)
        ]
    )


def looks(case: Case) -> list[tuple[datetime.date, str]]:
    """Return the days on which somebody looks, first one first, and at what: persons linked, or persons housed."""
    months = {
        "gekoppeld": (linking_day, case.parameters["taakstelling/maanden_koppeling"]),
        "gehuisvest": (supervision_day, case.parameters["taakstelling/maanden_toezicht"]),
    }
    found = []
    for kind, (after, which) in months.items():
        day = case.parameters.peildatum - datetime.timedelta(days=1)
        for _ in range(DAYS_OF_EACH):
            day = after(day, which)
            found.append((day, kind))
    return sorted(found)


def first_day(case: Case) -> datetime.date:
    """Return the first day of the half-year that the opgave is about: as the input says, else that of the peildatum."""
    named = [str(h) for h in case.batch.taakstelling["halfjaar"] if h]
    day = case.parameters.peildatum
    if not named:
        return datetime.date(day.year, 1 if day.month < 7 else 7, 1)
    year, half = named[0].split("-")
    return datetime.date(int(year), 1 if half == "1" else 7, 1)


def _on_a_day(case: Case, day: datetime.date, kind: str) -> Mapping[str, Ints]:
    """Return what is expected of every municipality on a day, int64 [G] for each column that is summed."""
    stock, parameters = _stocks(case), case.parameters
    weeks = parameters["verhuizing/weken_na_koppeling"]
    moved = retention.moving_date(case.batch.huishoudens, parameters.peildatum, weeks)
    if kind == "gekoppeld":
        done = stock["gekoppeld"] + stock["gehuisvest"] + stock["tijdelijk_gehuisvest"]
        earlier = waiting = np.zeros_like(done)
        by = np.minimum(moved, _after(parameters.peildatum, parameters["prognose/antwoord_weken"]))
    else:
        done = stock["gehuisvest"] + (stock["tijdelijk_gehuisvest"] if parameters["taakstelling/tijdelijk_telt"] else 0)
        waiting = stock["gekoppeld"]
        in_time = _after(parameters.peildatum, weeks) <= np.datetime64(day, "D")
        earlier, by = waiting if in_time else np.zeros_like(waiting), moved
    proposed = _persons(case, by <= np.datetime64(day, "D"))
    asked = np.maximum(0, stock["taakstelling"] + stock["achterstand"] - stock["voorsprong"])
    expected = done + earlier + proposed
    left = np.maximum(0, asked - expected)
    ends = kind == "gehuisvest" and day == supervision_day(first_day(case), parameters["taakstelling/maanden_toezicht"])
    over = left if ends else np.zeros_like(left)
    return {
        "opgave": asked,
        "gedaan": done,
        "eerder_gekoppeld": earlier,
        "uit_voorstel": proposed,
        "verwacht": expected,
        "nog_te_doen": left,
        "nog_te_doen_minst": np.maximum(0, asked - done - waiting - proposed),
        "achterstand": over,
        "verschoonbaar": np.minimum(over, _excused(case, stock)) if ends else over,
        "voorsprong": np.maximum(0, expected - asked) if ends else np.zeros_like(left),
        "gemeenten": np.ones_like(left),
        "gemeenten_gehaald": (left == 0).astype(np.int64),
    }


def _excused(case: Case, stock: Mapping[str, Ints]) -> Ints:
    """Persons whom the COA linked too few of: by the input, and as expected on its day in this half-year, [G]."""
    excused = np.minimum(stock["achterstand"], stock["verschoonbaar"])
    day = linking_day(first_day(case), case.parameters["taakstelling/maanden_koppeling"])
    if day < case.parameters.peildatum:
        return excused
    return np.maximum(excused, _on_a_day(case, day, "gekoppeld")["nog_te_doen"])


def _stocks(case: Case) -> dict[str, Ints]:
    """Return the columns of ``taakstelling`` by municipality, int64 [G]; nought where the input names none."""
    table = case.batch.taakstelling
    rows = case.facts.gemeenten.rows(table["gemeente"].tolist())
    stocks = {}
    for column in (c for c in table if c not in ("gemeente", "halfjaar")):
        stocks[str(column)] = np.zeros(len(case.facts.gemeenten), dtype=np.int64)
        stocks[str(column)][rows] = table[column].to_numpy(np.int64)
    return stocks


def _named(case: Case) -> npt.NDArray[np.bool_]:
    """Tell which municipalities have a row: those of the input, and those that somebody is linked to, [G]."""
    named = _persons(case, np.ones(len(case.facts.personen), dtype=np.bool_)) > 0
    named[case.facts.gemeenten.rows(case.batch.taakstelling["gemeente"].tolist())] = True
    return named


def _persons(case: Case, which: npt.NDArray[np.bool_]) -> Ints:
    """Count the persons of some households that are linked, by municipality, int64 [G]."""
    to = case.answer.gemeente
    rows = which & (to >= 0)
    return np.bincount(to[rows], case.facts.personen[rows], len(case.facts.gemeenten)).astype(np.int64)


def _after(day: datetime.date, weeks: float) -> np.datetime64:
    return np.datetime64(day, "D") + np.timedelta64(round(7 * weeks), "D")


def _typed(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=PROGNOSE.names)
    return frame.astype(dict(_types()))


def _types() -> Iterator[tuple[str, str]]:
    for column in PROGNOSE.columns:
        yield column.name, "int64" if column.kind == "count" else "object"
