"""The trade-off on one screen: one batch at every point of a stated set, each proven or with its gap, and written."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from optimizer import report
from optimizer.decide import Limits, work_out
from optimizer.domain.uitvoer import AFWEGING, AFWEGING_KOPPELINGEN, AFWEGING_VOORSTELLEN
from optimizer.domain.voorstel import Niveau
from optimizer.errors import Gebruiksfout
from optimizer.measure import count
from optimizer.model import Case, Facts, collect, known_in_time
from optimizer.pipeline.first_time import explain_the_wait
from optimizer.pipeline.judging import approve, judged
from optimizer.pipeline.orders import Listener, Order
from optimizer.pipeline.progress import stages
from optimizer.pipeline.receipts import asked, described, overlays
from optimizer.policy import Beleid, adapted
from optimizer.publish import check_free, publish
from optimizer.rules.parameters import Parameters
from optimizer.settle import InForce, settle

#: The file that makes a folder the outcome of this command.
SIGN = "afweging.csv"
#: The point with everything as it is in force.
DEFAULT = "standaard"
#: Counted steps of a point, unless the user says otherwise, and the relative gap at which a level may stop.
STEPS, GAP = 10_000, 1e-4
ROOMY, JOBS = "kans_werk", "verwacht_behouden"


@dataclass(frozen=True)
class Point:
    """One point: its name, the policy with its room, and the rules with its pace."""

    name: str
    beleid: Beleid
    parameters: Parameters


def weigh(order: Order, listener: Listener) -> tuple[Path, pd.DataFrame]:
    """Work a batch out at every point, have each judged, and write the table, the links and the chart."""
    say = stages(order.output.style.lang)
    check_free(order.output.place, sign=SIGN, force=order.output.force, inputs=order.wish.reads)
    listener.progress(say["read"])
    in_force = settle(order.wish)
    listener.hear(in_force)
    explain_the_wait(listener)
    facts = collect(in_force.batch, in_force.parameters, seed=in_force.seed)
    known = known_in_time(facts, in_force.parameters, in_force.bekend)
    every = points(in_force)
    cases = []
    for point in every:
        listener.progress(say["compare"].format(point.name))
        cases.append(_solved(in_force, known, point, order.limits))
    table, links = table_of(every, cases), links_of(every, cases)

    def approved(place: Path) -> None:
        write(place)
        listener.progress(say["judge"])
        approve(place, in_force)

    def write(place: Path) -> None:
        report.write_tradeoff(
            place,
            {AFWEGING: table, AFWEGING_KOPPELINGEN: links, AFWEGING_VOORSTELLEN: proposals_of(every, cases)},
            in_force.batch,
            in_force.parameters,
            command=order.output.command,
            seed=in_force.seed,
            policy=described(in_force.beleid, in_force.beleid.eisen(in_force.parameters), {}),
            points={p.name: described(p.beleid, c.eisen, {}) for p, c in zip(every, cases, strict=True)},
            bekend=in_force.bekend,
            reproducible=all(case.answer.reproducible for case in cases),
            overlays=overlays(order.wish, in_force, [in_force.beleid]),
            asked=asked(order.wish),
            style=order.output.style,
        )

    folder = publish(order.output.place, approved, sign=SIGN, force=order.output.force, inputs=order.wish.reads)
    return folder, table


def points(in_force: InForce) -> list[Point]:
    """Return the points: as it is in force, other room, other pace, other room at the first other pace, and jobs.

    The values are parameters (``afweging/``); one that is in force already is no point of its own.

    Raises
    ------
    Gebruiksfout
        For a policy that has no chance of work to trade off.
    """
    beleid, rules = in_force.beleid, in_force.parameters
    if ROOMY not in beleid.niveaus[:-1]:
        raise Gebruiksfout(
            f"Beleid {beleid.naam} heeft geen niveau {ROOMY} met iets erna. Kies een beleid als kansrijk.",
            f"Policy {beleid.naam} has no level {ROOMY} with something after it. Choose a policy like kansrijk.",
        )
    room = beleid.eisen(rules).speelruimte.get(ROOMY, {"deel": 0.0, "aantal": 0.0})["deel"]
    pace = beleid.eisen(rules).tempo_regio
    wide = rules["taakstelling/tempo_gemeente"] / (rules["taakstelling/tempo_regio"] or 1.0)

    def roomy(level: str, told: str | float) -> Beleid:
        return adapted(beleid, {"speelruimte": {**beleid.speelruimte, level: told}})

    def paced(times: float) -> Parameters:
        return rules.replace({"taakstelling/tempo_regio": times, "taakstelling/tempo_gemeente": times * wide})

    def at_pace(of: Beleid) -> Beleid:
        return adapted(of, {"tempo_geldt": True})

    shares = [f"{100 * share:g} %" for share in rules["afweging/ruimte"] if share != room]
    other = [times for times in rules["afweging/tempo_regio"] if times != pace] if beleid.opgave_geldt else []
    found = [Point(DEFAULT, beleid, rules)]
    found += [Point(f"ruimte {share}", roomy(ROOMY, share), rules) for share in shares]
    found += [Point(f"tempo {times:g}", at_pace(beleid), paced(times)) for times in other]
    found += [
        Point(f"ruimte {share} tempo {times:g}", at_pace(roomy(ROOMY, share)), paced(times))
        for times in other[:1]
        for share in shares
    ]
    if JOBS in beleid.niveaus[:-1]:
        found += [Point(f"banen {jobs:g}", roomy(JOBS, float(jobs)), rules) for jobs in rules["afweging/ruimte_banen"]]
    return list({point.name: point for point in found}.values())


def table_of(every: list[Point], cases: list[Case]) -> pd.DataFrame:
    """Return one row for each point, with what is counted in it."""
    rows = []
    for point, case in zip(every, cases, strict=True):
        eisen, found = case.eisen, count(case, case.answer.gemeente)
        region, times = fullest(case)
        worst = max(case.answer.niveaus, key=lambda n: n.gap)
        rows.append(
            {
                "punt": point.name,
                "ruimte_kans_werk": eisen.speelruimte.get(ROOMY, {"deel": 0.0})["deel"],
                "ruimte_banen": eisen.speelruimte.get(JOBS, {"aantal": 0.0})["aantal"],
                "tempo_regio": eisen.tempo_regio,
                "tempo_gemeente": eisen.tempo_gemeente,
                "personen_gekoppeld": int(found["personen_gekoppeld"]),
                "behouden": int(found["binnen_50km"]),
                "verwacht_behouden": float(found["verwacht_behouden"]),
                "kans_werk": float(found["kans_werk"]),
                "in_koppelregio": int(found["in_koppelregio"]),
                "volste_regio": region,
                "volste_keer": times,
                "gelijk": int((case.answer.gemeente == cases[0].answer.gemeente).sum()),
                "status": _status(case.answer.niveaus),
                "gap": worst.gap,
            }
        )
    return pd.DataFrame(rows)[AFWEGING.names]


def links_of(every: list[Point], cases: list[Case]) -> pd.DataFrame:
    """Return one row for each household: its municipality by default, and the points at which it has another."""
    facts = cases[0].facts
    to = np.stack([case.answer.gemeente for case in cases])
    differs = to != to[0]
    names = np.array([point.name for point in every], dtype=object)
    codes = np.append(facts.gemeenten.code.astype(object), "")
    frame = {
        "huishouden_id": facts.huishoudens,
        "gemeente": codes[to[0]],
        "overal_gelijk": np.where(differs.any(axis=0), "nee", "ja"),
        "gemeenten": [len(set(column)) for column in to.T.tolist()],
        "anders_bij": [", ".join(names[column]) for column in differs.T],
    }
    return pd.DataFrame(frame)[AFWEGING_KOPPELINGEN.names]


def proposals_of(every: list[Point], cases: list[Case]) -> pd.DataFrame:
    """Return where each household goes at each point, point by point."""
    codes = np.append(cases[0].facts.gemeenten.code.astype(object), "")
    parts = [
        pd.DataFrame(
            {
                "punt": point.name,
                "huishouden_id": case.facts.huishoudens,
                "gemeente": codes[case.answer.gemeente],
            }
        )
        for point, case in zip(every, cases, strict=True)
    ]
    return pd.concat(parts, ignore_index=True)[AFWEGING_VOORSTELLEN.names]


def fullest(case: Case) -> tuple[str, float]:
    """Return the labour-market region that gets most for its share of the round, and how many times that share.

    Regions that get no more than the least that the pace gives everybody are left out: they are too small to tell.
    """
    facts, to = case.facts, case.answer.gemeente
    names, region = np.unique(facts.gemeenten.arbeidsmarktregio_naam, return_inverse=True)
    linked = to >= 0
    persons = np.bincount(region[to[linked]], weights=facts.personen[linked], minlength=names.size)
    left = np.bincount(region, weights=facts.opgave, minlength=names.size)
    share = left / max(1.0, left.sum()) * facts.personen.sum()
    least = max(int(case.parameters["taakstelling/tempo_minste_personen"]), int(facts.personen.max(initial=0)))
    times = np.where((share > 0) & (persons > least), persons / np.maximum(share, 1e-9), 0.0)
    return (str(names[times.argmax()]), float(times.max())) if (times > 0).any() else ("", 0.0)


def _solved(in_force: InForce, facts: Facts, point: Point, limits: Limits) -> Case:
    """Work a point out and have the judge look at it."""
    steps = limits.work_limit or (None if limits.time_limit_s else STEPS)
    bounded = Limits(steps, limits.time_limit_s, limits.workers, GAP)
    case = work_out(in_force.batch, facts, point.beleid, point.parameters, in_force.kansen, limits=bounded)
    judged(case)
    return case


def _status(niveaus: tuple[Niveau, ...]) -> str:
    found = {level.status for level in niveaus}
    return next((status for status in ("limit", "gap") if status in found), "proven")
