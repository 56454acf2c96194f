"""A trade-off: every point judged by what it binds, and every number of it counted again from the proposals.

What the judge cannot tell from this folder: whether a point is the best that there is. The columns ``status`` and
``gap`` are the word of the program; a run under that policy can be judged with its certificates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, SupportsIndex

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.domain.finished import FinishedRun
from optimizer.domain.uitvoer import AFWEGING, AFWEGING_KOPPELINGEN, AFWEGING_VOORSTELLEN
from optimizer.rules.parameters import Parameters
from optimizer.verify.case import Case, open_case
from optimizer.verify.cells import texts
from optimizer.verify.codes import KOLOMMEN_AFWEGING
from optimizer.verify.findings import bevinding, place
from optimizer.verify.households import Floats, Ints
from optimizer.verify.judge import REQUIREMENTS
from optimizer.verify.levels import Kansen
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.outcomes import banen_table, count
from optimizer.verify.run.layout import columns_right, unreadable
from optimizer.verify.run.sheet import Sheet

TABLES = (AFWEGING, AFWEGING_KOPPELINGEN, AFWEGING_VOORSTELLEN)
STATUSES = ("proven", "gap", "limit")
#: Columns that count again from the proposals, by the name of the count.
COUNTED = {
    "personen_gekoppeld": "personen_gekoppeld",
    "behouden": "binnen_50km",
    "verwacht_behouden": "verwacht_behouden",
    "kans_werk": "kans_werk",
    "in_koppelregio": "in_koppelregio",
}


@dataclass(frozen=True)
class Point:
    """One point before the judge: its name, its proposal, and what is counted in it."""

    name: str
    case: Case
    counted: dict[str, float]


def judge_tradeoff(run: FinishedRun, batch: Batch, parameters: Parameters, chances: Kansen) -> list[Bevinding]:
    """Judge the tables of a trade-off."""
    out: list[Bevinding] = []
    written = {table.name: run.table(table) for table in TABLES}
    for table in TABLES:
        one = written[table.name]
        if one is None:
            out.append(bevinding("bestand_weg", parameters, bestand=f"{table.name}.csv"))
        else:
            out += unreadable(one, parameters) or columns_right(one, table.names, parameters)
    if out:
        return out
    frames = {name: one.frame for name, one in written.items() if one is not None}
    points = []
    for name, told in run.receipt["tradeoff"].items():
        point, wrong = _point(run, batch, parameters, chances, frames[AFWEGING_VOORSTELLEN.name], name, told["eisen"])
        points.append(point)
        out += wrong
    sheet = Sheet("afweging", run.tables[AFWEGING.name], KOLOMMEN_AFWEGING, parameters)
    if sheet.has_rows([point.name for point in points]) and sheet.numbers_as_ours():
        _numbers(sheet, points, parameters)
    out += sheet.found
    return [*out, *_links(points, frames[AFWEGING_KOPPELINGEN.name], parameters)]


def _point(
    run: FinishedRun,
    batch: Batch,
    parameters: Parameters,
    chances: Kansen,
    proposals: pd.DataFrame,
    name: str,
    eisen: dict[str, Any],
) -> tuple[Point, list[Bevinding]]:
    """Open the proposal of one point, and put to it what every proposal must keep to and what its policy binds."""
    rows = proposals[texts(proposals["punt"]) == name]
    binds = Eisen(**eisen)
    case = open_case(batch, rows, parameters, binds, run.receipt["bekend"], run.receipt["seed"])
    wrong = [
        replace(b, toelichting=f"Punt {name}: {b.toelichting}", toelichting_en=f"Point {name}: {b.toelichting_en}")
        for requirement in REQUIREMENTS
        for b in requirement(case)
    ]
    chance: Floats | None = None
    if "kans_werk" in chances:
        linked = case.links.linked
        chance = np.where(linked, chances["kans_werk"][np.arange(linked.size), case.links.gemeente] / 10_000, np.nan)
    return Point(name, case, count(case, banen_table(case), chance)), wrong


def _numbers(sheet: Sheet, points: Sequence[Point], parameters: Parameters) -> None:
    """What was chosen is what the receipt says, and what it gives is what the proposals give."""
    chosen = {
        "ruimte_kans_werk": [_room(point, "kans_werk", "deel") for point in points],
        "ruimte_banen": [_room(point, "verwacht_behouden", "aantal") for point in points],
        "tempo_regio": [point.case.eisen.tempo_regio if point.case.eisen else 0.0 for point in points],
        "tempo_gemeente": [point.case.eisen.tempo_gemeente if point.case.eisen else 0.0 for point in points],
        "gelijk": [float((point.case.links.gemeente == points[0].case.links.gemeente).sum()) for point in points],
    }
    for column, right in chosen.items():
        sheet.equal(column, np.array(right, dtype=np.float64), 0.0)
    for column, counted in COUNTED.items():
        right = [point.counted.get(counted, np.nan) for point in points]
        sheet.equal(column, np.array(right, dtype=np.float64), sheet.rounding(column))
    fullest = [_fullest(point.case, parameters) for point in points]
    sheet.equal("volste_keer", np.array([times for _, times in fullest]), sheet.rounding("volste_keer"))
    for row, (regions, _) in enumerate(fullest):
        if sheet.texts("volste_regio")[row] not in regions:
            sheet.wrong(row, "volste_regio", regions[0])
    gap = sheet.values("gap")
    for row, status in enumerate(sheet.texts("status")):
        if status not in STATUSES:
            sheet.wrong(row, "status", ", ".join(STATUSES))
        elif status == "proven" and gap[row] > 0:
            sheet.wrong(row, "gap", 0.0)


def _room(point: Point, level: str, kind: str) -> float:
    room: Any = {} if point.case.eisen is None else point.case.eisen.speelruimte.get(level, {})
    return float(room.get(kind, 0.0))


def _fullest(case: Case, parameters: Parameters) -> tuple[list[str], float]:
    """Return which regions (several where they tie) get most for their share of the round, and how many times it.

    Regions that get no more than a round may bring anywhere are too small to tell.
    """
    gemeenten, households = load_gemeenten(), case.households
    least = max(int(parameters["taakstelling/tempo_minste_personen"]), int(households.counted.max(initial=0)))
    everything, everybody = max(1, int(households.opgave.sum())), int(households.counted.sum())
    times: dict[str, float] = {}
    for name in sorted(set(gemeenten.arbeidsmarktregio_naam.tolist())):
        inside = gemeenten.arbeidsmarktregio_naam == name
        here = case.links.linked & inside[case.links.gemeente]
        persons, left = int(households.counted[here].sum()), int(households.opgave[inside].sum())
        if left and everybody and persons > least:
            times[str(name)] = persons * everything / (left * everybody)
    most = max(times.values(), default=0.0)
    return [name for name, one in times.items() if np.isclose(one, most)] or [""], most


def _links(points: Sequence[Point], written: pd.DataFrame, parameters: Parameters) -> list[Bevinding]:
    """Which links are the same at every point, and which hang on one, follows from the proposals."""
    ids = points[0].case.households.ids
    to: Ints = np.stack([point.case.links.gemeente for point in points])
    differs = to != to[0]
    names = [point.name for point in points]
    right = {
        "huishouden_id": [str(h) for h in ids],
        "gemeente": points[0].case.codes(to[0]),
        "overal_gelijk": ["nee" if other else "ja" for other in differs.any(axis=0).tolist()],
        "gemeenten": [str(len(set(column))) for column in to.T.tolist()],
        "anders_bij": [
            ", ".join(name for name, other in zip(names, column, strict=True) if other) for column in differs.T.tolist()
        ],
    }
    found: list[Bevinding] = []
    if len(written) != len(ids):
        found.append(_link(parameters, written, None, "", "huishouden_id", str(len(written)), str(len(ids))))
        return found
    for column, wanted in right.items():
        cells = texts(written[column])
        for row in np.flatnonzero(cells != np.array(wanted, dtype=object)):
            found.append(_link(parameters, written, row, str(ids[row]), column, str(cells[row]), wanted[int(row)]))
    return found


def _link(
    parameters: Parameters, written: pd.DataFrame, row: SupportsIndex | None, h: str, column: str, is_: str, due: str
) -> Bevinding:
    file, number = place(written, row)
    code = "afweging_koppeling_onjuist"
    return bevinding(code, parameters, h=h, baan=column, gevonden=is_, toegestaan=due, bestand=file, rij=number)
