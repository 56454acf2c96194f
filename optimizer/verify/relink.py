"""Requests for a re-link (omkoppeling) before the judge: each condition put to each job, one request at a time.

The words of the conditions stand in docs/omkoppeling.md. Passing means that a request may be considered, no more.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd

from optimizer.domain.batch import Batch
from optimizer.rules.parameters import Parameters
from optimizer.verify.jobs import add_months

#: From worst to best.
Antwoord = Literal["nee", "niet_aangetoond", "mag_overwogen"]
_ORDER: tuple[Antwoord, ...] = ("nee", "niet_aangetoond", "mag_overwogen")
Row = Mapping[Any, Any]


def judge_relinks(batch: Batch, requests: pd.DataFrame, parameters: Parameters) -> dict[str, Antwoord]:
    """Return by household what may be said of its request.

    Parameters
    ----------
    batch
        The input: the households that ask, their adults and their jobs.
    requests
        Columns of the input file ``omkoppeling``.
    parameters
        The rules in force.
    """
    people = batch.personen.groupby("huishouden_id")["persoon_id"].agg(set).to_dict()
    kinds = dict(zip(batch.huishoudens["huishouden_id"], batch.huishoudens["bijstandsnorm_type"], strict=True))
    found = {}
    for request in requests.to_dict("records"):
        h = str(request["huishouden_id"])
        norm = parameters["bijstand/norm"].get(kinds[h])
        mine = batch.werk[batch.werk["persoon_id"].isin(people.get(h, set()))].to_dict("records")
        best = _highest(_worst(_of_job(job, norm, parameters)) for job in mine)
        found[h] = _worst([_in_time(request, parameters), best])
    return found


def _in_time(request: Row, parameters: Parameters) -> Antwoord:
    """Neither was housing offered nor has integration begun; by the other reading one of the two may have happened."""
    both = [_said(request[column], wanted="nee") for column in ("woonruimte_aangeboden", "inburgering_begonnen")]
    return _worst(both) if parameters["omkoppeling/moment"] == "en" else _highest(both)


def _of_job(job: Row, norm: float | None, parameters: Parameters) -> list[Antwoord]:
    """Put every condition to a job."""
    pay, kind = job["maandloon_eur"], str(job["werksoort"]).strip().lower()
    excluded = parameters["omkoppeling/werksoort_uitgesloten"].lower().split()
    return [
        _passes(job["uren_per_week"] >= parameters["werk/minimum_uren"]),
        _said(job["sluit_aan"]),
        _said(job["elders_te_vinden"], wanted="nee"),
        _said(job["contract_getekend"]),
        _long_enough(job, parameters["omkoppeling/contract_maanden"]),
        "niet_aangetoond" if norm is None or pd.isna(pay) else _passes(pay >= norm),
        _said(job["loonstrook_gezien"]),
        _said(job["reba_betaald"]),
        "niet_aangetoond" if not kind else _passes(kind not in excluded),
    ]


def _long_enough(job: Row, months: float) -> Antwoord:
    """At least so many months: by its dates, else by the number given; without an end it has none."""
    begin, end, given = job["contract_begin"], job["contract_einde"], job["contract_maanden"]
    if pd.isna(end):
        return _passes(bool(pd.isna(given) or given >= months))
    if pd.isna(begin):
        return "niet_aangetoond"
    first = np.array([begin], dtype="datetime64[D]")
    last = add_months(first, np.array([int(np.ceil(months))])) - np.timedelta64(1, "D")
    return _passes(bool(np.datetime64(end, "D") >= last[0]))


def _said(cell: str, *, wanted: str = "ja") -> Antwoord:
    return _passes(cell == wanted) if cell else "niet_aangetoond"


def _passes(condition: bool) -> Antwoord:
    return "mag_overwogen" if condition else "nee"


def _worst(answers: Iterable[Antwoord]) -> Antwoord:
    return _ORDER[min(_ORDER.index(answer) for answer in answers)]


def _highest(answers: Iterable[Antwoord]) -> Antwoord:
    return _ORDER[max((_ORDER.index(answer) for answer in answers), default=0)]
