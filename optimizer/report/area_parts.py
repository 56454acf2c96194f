"""What the page of a province or municipality says: the same numbers as the tables of the run, of one area."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import bestaat
from optimizer.domain.batch import Batch
from optimizer.domain.uitvoer import WACHT_OP
from optimizer.domain.voorstel import Voorstel
from optimizer.report.area_map import area_map
from optimizer.report.drawing import ground
from optimizer.report.language import Language
from optimizer.report.privacy import SHIELD, shield_ground
from optimizer.report.receipt import Receipt
from optimizer.report.work_parts import SOON

#: Rows of a list that a page of a province shows: what is most urgent, and most jobs.
MOST_ROWS = 12
#: Households of this size or more stand on one row of the dwellings needed.
LARGE = 6
#: What the numbers rest on, in the order in which the page names it.
RULES = (
    "termijnen/koppelen_weken",
    "termijnen/huisvesten_weken",
    "prognose/antwoord_weken",
    "verhuizing/weken_na_koppeling",
)


@dataclass(frozen=True)
class Area:
    """A province or a municipality.

    Attributes
    ----------
    kind
        ``provincie`` or ``gemeente``, as in ``prognose``.
    key
        Name of the province, or CBS code.
    name
        As people read it.
    file
        Name of its page.
    rows
        Rows of its municipalities that exist on the day, int64.
    """

    kind: str
    key: str
    name: str
    file: str
    rows: np.ndarray[Any, np.dtype[np.int64]]


def provinces(voorstel: Voorstel, day: date) -> list[Area]:
    """Return the provinces with a municipality in ``taakstelling``, in order of name."""
    g = load_gemeenten()
    named = g.provincie[g.rows(voorstel.taakstelling["gemeente"].tolist())]
    here = bestaat(day)
    return [
        Area("provincie", name, name, f"{_plain(name)}.html", np.flatnonzero(here & (g.provincie == name)))
        for name in sorted(set(named.tolist()))
    ]


def proposed_to(voorstel: Voorstel) -> list[Area]:
    """Return the municipalities to which somebody is proposed, in order of code."""
    g, named = load_gemeenten(), voorstel.voorstel["gemeente"]
    codes = sorted({str(code) for code in named if code})
    return [Area("gemeente", c, str(g.naam[g.index[c]]), f"{c}.html", np.array([g.index[c]])) for c in codes]


def area_parts(t: Language, area: Area, voorstel: Voorstel, batch: Batch, receipt: Receipt) -> dict[str, Any]:
    """Return everything that the page of an area shows."""
    day, codes = date.fromisoformat(receipt["peildatum"]), set(load_gemeenten().code[area.rows].tolist())
    cases = voorstel.voorstel[voorstel.voorstel["gemeente"].isin(codes)]
    jobs = voorstel.banen[voorstel.banen["huishouden_id"].isin(cases["huishouden_id"])]
    task = voorstel.taakstelling[voorstel.taakstelling["gemeente"].isin(codes)]
    forecast = voorstel.prognose[(voorstel.prognose["soort"] == area.kind) & (voorstel.prognose["gebied"] == area.key)]
    given = batch.taakstelling[batch.taakstelling["gemeente"].isin(codes)]
    opgave, rest = int(task["opgave"].sum()), int(task["rest"].sum())
    return {
        "area": area,
        "peildatum": day,
        "half_year": _half_year(t, batch),
        "no_task": receipt["parameters"]["taakstelling/regime"]["value"] == "capaciteit",
        "opgave": opgave,
        "arrears": int(given["achterstand"].sum()),
        "persons": int(task["voorgesteld"].sum()),
        "households": len(cases),
        "gemeenten": int((task["voorgesteld"] > 0).sum()),
        "rest": rest,
        "fixed": int((cases["status"] == "vastgezet").sum()),
        "forecast": [_forecast_row(t, row) for row in forecast.to_dict("records")],
        "end": _end(t, forecast),
        "coming": _coming(batch, cases),
        "counts_coming": bool(receipt["parameters"]["nareis/telt_mee"]["value"]),
        "sizes": _sizes(t, cases),
        "jobs": len(jobs),
        "jobs_within": int((jobs["binnen_50km"] == "ja").sum()),
        "workplaces": _workplaces(jobs),
        "most_rows": MOST_ROWS,
        "map": area_map(area.rows.tolist(), task, jobs, day),
        "jaar": ground(day).jaar,
        "rules": _rules(t, receipt, day),
        **(
            _province(t, task, voorstel, codes, day.year)
            if area.kind == "provincie"
            else _municipality(t, cases, voorstel, day.year)
        ),
    }


def _plain(name: str) -> str:
    """Return a name as every disk writes it.

    >>> _plain("Fryslân")
    'Fryslan'
    """
    return "".join(c for c in unicodedata.normalize("NFKD", name) if c.isascii())


def _half_year(t: Language, batch: Batch) -> str:
    named = [str(h) for h in batch.taakstelling["halfjaar"] if h]
    if not named:
        return ""
    year, half = named[0].split("-")
    return t.plain(f"blad.halfjaar_{half}", year=year)


def _forecast_row(t: Language, row: dict[Any, Any]) -> dict[str, Any]:
    return {
        "day": t.date(date.fromisoformat(str(row["dag"]))),
        "looks": t(f"blad.kijkt_{row['maat']}"),
        "opgave": int(row["opgave"]),
        "done": int(row["gedaan"]),
        "earlier": int(row["eerder_gekoppeld"]),
        "proposed": int(row["uit_voorstel"]),
        "left": int(row["nog_te_doen"]),
        "least": int(row["nog_te_doen_minst"]),
        "of": int(row["gemeenten"]),
        "met": int(row["gemeenten_gehaald"]),
    }


def _end(t: Language, forecast: pd.DataFrame) -> dict[str, Any] | None:
    """Return what carries over at the end of the half-year, or where that is over, what is then still to be housed."""
    looked = forecast[forecast["maat"] == "gehuisvest"]
    if looked.empty:
        return None
    ends = looked[(looked["achterstand"] > 0) | (looked["voorsprong"] > 0)]
    row = (ends if len(ends) else looked).iloc[0]
    return {
        "day": t.date(date.fromisoformat(str(row["dag"]))),
        "left": int(row["nog_te_doen"]),
        "least": int(row["nog_te_doen_minst"]),
        "excused": int(row["verschoonbaar"]),
        "surplus": int(row["voorsprong"]),
    }


def _coming(batch: Batch, cases: pd.DataFrame) -> int:
    """Count the family members who are expected later."""
    mine = batch.huishoudens["huishouden_id"].isin(cases["huishouden_id"])
    return int(batch.huishoudens.loc[mine, "nareis_verwacht"].fillna(0).sum())


def _sizes(t: Language, cases: pd.DataFrame) -> list[dict[str, Any]]:
    """Count the dwellings needed by size of household."""
    sizes = cases["aantal_personen"].astype(int)
    rows = []
    for size in range(1, LARGE + 1):
        of = sizes[sizes >= LARGE] if size == LARGE else sizes[sizes == size]
        label = t.plain("blad.of_meer", n=LARGE) if size == LARGE else str(t.count("persoon", size))
        rows.append({"label": label, "households": len(of), "persons": int(of.sum())})
    return rows


def _workplaces(jobs: pd.DataFrame) -> list[dict[str, Any]]:
    """Add the jobs up by municipality of work, most jobs first."""
    g = load_gemeenten()
    rows = [
        {
            "name": str(g.naam[g.index[str(code)]]),
            "jobs": len(of),
            "within": int((of["binnen_50km"] == "ja").sum()),
            "hours": float(of["uren_per_week"].astype(float).sum()),
        }
        for code, of in jobs.groupby("werk_gemeente", sort=True)
    ]
    return sorted(rows, key=lambda row: -row["jobs"])


def _rules(t: Language, receipt: Receipt, day: date) -> list[Markup]:
    """Say what terms the numbers rest on, each with what it is (practice, assumption) and the day that follows."""
    told = []
    for name in RULES:
        rule = receipt["parameters"][name]
        weeks = float(rule["value"])
        by = t.date(day + timedelta(days=round(7 * weeks)))
        key = name.replace("/", "_")
        told.append(t(f"blad.regel_{key}", weeks=t.count("week", weeks), day=by, layer=t.label("laag", rule["layer"])))
    temporary = receipt["parameters"]["taakstelling/tijdelijk_telt"]["value"]
    return [*told, t("blad.tijdelijk_telt" if temporary else "blad.tijdelijk_telt_niet")]


def _province(t: Language, task: pd.DataFrame, voorstel: Voorstel, codes: set[str], year: int) -> dict[str, Any]:
    """Return the rows of a province: its municipalities, and what is late or due."""
    ahead = voorstel.prognose[(voorstel.prognose["soort"] == "gemeente") & (voorstel.prognose["maat"] == "gehuisvest")]
    first = ahead.drop_duplicates("gebied").set_index("gebied")["nog_te_doen"]
    households = voorstel.voorstel["gemeente"].value_counts()
    rows = [
        {
            "code": str(row["gemeente"]),
            "name": str(row["gemeente_naam"]),
            "opgave": int(row["opgave"]),
            "households": int(households.get(row["gemeente"], 0)),
            "persons": int(row["voorgesteld"]),
            "rest": int(row["rest"]),
            "left": int(first[row["gemeente"]]) if row["gemeente"] in first.index else None,
        }
        for row in task.to_dict("records")
        if row["opgave"] or row["voorgesteld"] or first.get(row["gemeente"], 0)
    ]
    work = voorstel.werklijst[voorstel.werklijst["gemeente"].isin(codes)]
    days = work["dagen"].astype("int64")
    terms = {"te_laat": days < 0, "deze_week": (days >= 0) & (days < SOON), "later": days >= SOON}
    return {
        "places": sorted(rows, key=lambda row: row["name"].lstrip("'").casefold()),
        "work_counts": [
            (t(f"werklijst.{name}"), *(int((inside & (work["wacht_op"] == who)).sum()) for who in WACHT_OP))
            for name, inside in terms.items()
        ],
        "work_rows": _work_rows(t, work.head(MOST_ROWS), voorstel.voorstel, year),
        "work_total": len(work),
    }


def _municipality(t: Language, cases: pd.DataFrame, voorstel: Voorstel, year: int) -> dict[str, Any]:
    """Return the rows of a municipality: every household with its term, the most urgent first."""
    work = voorstel.werklijst[voorstel.werklijst["huishouden_id"].isin(cases["huishouden_id"])]
    return {"work_rows": _work_rows(t, work, cases, year), "work_total": len(work)}


def _work_rows(t: Language, work: pd.DataFrame, cases: pd.DataFrame, year: int) -> list[dict[str, Any]]:
    about = cases.set_index("huishouden_id")
    return [_work_row(t, row, about.loc[row["huishouden_id"]], year) for row in work.to_dict("records")]


def _work_row(t: Language, row: dict[Any, Any], case: "pd.Series[Any]", year: int) -> dict[str, Any]:
    kinds: Sequence[str] = [kind for kind in shield_ground(str(case["grond"])).split("+") if kind]
    jobs = int(case["banen"])
    return {
        "huishouden": str(row["huishouden_id"]),
        "naam": str(case["gemeente_naam"]),
        "personen": int(case["aantal_personen"]),
        "grond": ", ".join(_ground_label(t, kind) for kind in kinds),
        "banen": _jobs(t, int(case["banen_binnen_50km"]), jobs) if jobs else "",
        "dag": _short(t, date.fromisoformat(str(row["termijn"])), year),
        "dagen": int(row["dagen"]),
        "over": _days(t, int(row["dagen"])),
        "wat": t(f"werk_te_doen.{row['wat']}"),
        "vast": bool(case["status"] == "vastgezet"),
    }


def _jobs(t: Language, within: int, jobs: int) -> str:
    return f"{t.count('baan', jobs)}: {t.plain('blad.banen_binnen', n=within, of=jobs)}"


def _short(t: Language, day: date, year: int) -> str:
    """Return a date, without its year where that is the year of the peildatum."""
    return t.date(day).removesuffix(f" {year}") if day.year == year else t.date(day)


def _days(t: Language, days: int) -> str:
    """Say how long it is until the term ends, or how long ago it did."""
    if not days:
        return t.plain("blad.vandaag")
    return t.plain("blad.te_laat" if days < 0 else "blad.nog_dagen", n=t.count("dag", abs(days)))


def _ground_label(t: Language, kind: str) -> str:
    return t.plain("blad.persoonlijk") if kind == SHIELD else str(t.label("grond", kind))
