"""Which requests for a re-link may be considered, why the others may not, and the batch with those that may."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.wording import Sentence, joined
from optimizer.domain.batch import Batch
from optimizer.domain.csvs import table_bytes
from optimizer.domain.tables import TABLES
from optimizer.errors import VoorstelAfgekeurd
from optimizer.generate.files import SIGN
from optimizer.publish import publish
from optimizer.rules.omkoppeling import (
    answer,
    contract_months,
    in_time,
    kind_counts,
    long_enough,
    may_be_considered,
    paid_enough,
)
from optimizer.rules.parameters import Parameters
from optimizer.rules.werk import JA, NEE, NIET_AANGETOOND
from optimizer.verify import judge_relinks

Ints = npt.NDArray[np.int64]
Answers = npt.NDArray[np.int8]
#: What may be said of a request, by code of the answer.
OORDELEN = {JA: "mag_overwogen", NIET_AANGETOOND: "niet_aangetoond", NEE: "nee"}
#: The conditions of a job, in order, each in words for people.
VOORWAARDEN = {
    "uren": Sentence("genoeg uren per week", "enough hours a week"),
    "sluit_aan": Sentence("werk dat precies past bij opleiding of ervaring", "work that fits education or experience"),
    "elders": Sentence("werk dat elders niet te vinden is", "work that is not found elsewhere"),
    "contract": Sentence("getekend contract", "signed contract"),
    "duur": Sentence("contract dat lang genoeg duurt", "contract that lasts long enough"),
    "loon": Sentence("loon van ten minste de bijstandsnorm", "pay of at least the bijstandsnorm"),
    "loonstrook": Sentence("laatste loonstrook gezien", "latest payslip seen"),
    "reba": Sentence("Reba betaald", "Reba paid"),
    "werksoort": Sentence("soort werk dat meetelt", "kind of work that counts"),
}
MOMENT = Sentence("op tijd (woonruimte en inburgering)", "in time (housing and inburgering)")
GEEN_WERK = Sentence("geen baan in de invoer", "no job in the input")
_NOT_MET = {
    NEE: Sentence("voldoet niet: {condition}", "not met: {condition}"),
    NIET_AANGETOOND: Sentence("niet aangetoond: {condition}", "not shown: {condition}"),
}
#: Tables that few batches have; they are written only with rows.
BESIDE = ("bestuursovereenkomsten", "woningen", "capaciteit", "verzoeken")
KOLOMMEN = ("huishouden_id", "huidige_gemeente", "aangevraagd_door", "oordeel", "baan_id", "redenen", "redenen_en")


@dataclass(frozen=True)
class Jobs:
    """The jobs of the households that ask: request row int64 [jobs], key, and answers int8 [jobs, conditions]."""

    request: Ints
    baan_id: npt.NDArray[np.object_]
    answers: Answers


def judge_requests(batch: Batch, requests: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Judge every request by the rules in force on the peildatum.

    Parameters
    ----------
    batch
        The input; the households that ask, their adults and their jobs stand in it.
    requests
        As `optimizer.read.omkoppeling.read_omkoppeling` returns them.

    Returns
    -------
    One row per request with `KOLOMMEN`: the job that comes closest, and every condition that it fails or that is not
    shown, in words.
    """
    moment = in_time(
        requests["woonruimte_aangeboden"].to_numpy(object),
        requests["inburgering_begonnen"].to_numpy(object),
        parameters["omkoppeling/moment"],
    )
    jobs = _jobs(batch, requests, parameters)
    verdict = may_be_considered(moment, jobs.answers, jobs.request)
    best = [_best(jobs, row) for row in range(len(requests))]
    reasons = [_reasons(int(m), None if j is None else jobs.answers[j]) for m, j in zip(moment, best, strict=True)]
    columns = {
        "huishouden_id": requests["huishouden_id"].to_numpy(object),
        "huidige_gemeente": requests["huidige_gemeente"].to_numpy(object),
        "aangevraagd_door": requests["aangevraagd_door"].to_numpy(object),
        "oordeel": [OORDELEN[int(code)] for code in verdict],
        "baan_id": ["" if j is None else jobs.baan_id[j] for j in best],
        "redenen": [reason.nl for reason in reasons],
        "redenen_en": [reason.en for reason in reasons],
    }
    return pd.DataFrame(columns, dtype=object)[list(KOLOMMEN)]


def approve(batch: Batch, requests: pd.DataFrame, parameters: Parameters, judged: pd.DataFrame) -> None:
    """Have the judge work every request out by its own code.

    Raises
    ------
    VoorstelAfgekeurd
        When it comes to another verdict on any of them; nothing is published then.
    """
    theirs = judge_relinks(batch, requests, parameters)
    ours = dict(zip(judged["huishouden_id"], judged["oordeel"], strict=True))
    for household in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(household, "-"), theirs.get(household, "-")
        if one != other:
            raise VoorstelAfgekeurd(
                f"Huishouden {household}: het programma zegt {one}, de rechter zegt {other}. Er is niets geschreven.",
                f"Household {household}: the program says {one}, the judge says {other}. Nothing was written.",
            )


def with_requests(batch: Batch, judged: pd.DataFrame) -> Batch:
    """Return the batch in which the requests that may be considered compete, each giving its present place back.

    Households whose request may not be considered leave the batch: they stay where they are. The place of the others
    returns to the opgave and capaciteit of their present municipality: fewer persons linked there, and arrears where
    the half-year counts fewer linked persons than that.
    """
    passed = judged["oordeel"] == OORDELEN[JA]
    stay = ~batch.huishoudens["huishouden_id"].isin(judged.loc[~passed, "huishouden_id"])
    households = batch.huishoudens[stay].reset_index(drop=True)
    people = _of(batch.personen, "huishouden_id", households["huishouden_id"])
    size = batch.huishoudens.set_index("huishouden_id")["aantal_personen"]
    back = judged[passed].assign(persons=judged.loc[passed, "huishouden_id"].map(size).astype("int64"))
    persons = back.groupby("huidige_gemeente")["persons"].sum()
    return batch.replace(
        huishoudens=households,
        personen=people,
        werk=_of(batch.werk, "persoon_id", people["persoon_id"]),
        gronden=_of(batch.gronden, "huishouden_id", households["huishouden_id"]),
        verzoeken=_of(batch.verzoeken, "huishouden_id", households["huishouden_id"]),
        taakstelling=_given_back(batch.taakstelling, persons, "achterstand"),
        capaciteit=_given_back(batch.capaciteit, persons, "capaciteit"),
    )


def write_input(out: Path, source: Path, batch: Batch, *, force: bool = False) -> None:
    """Write a batch as a folder of CSV files, with the ``beleid.toml`` of the folder that it came from.

    Raises
    ------
    Geweigerd
        When something stands at ``out`` that may not be replaced.
    SchrijfFout
        When the files cannot be written; nothing is left behind.
    """

    def write(folder: Path) -> None:
        for name in TABLES:
            if name not in BESIDE or len(getattr(batch, name)):
                (folder / f"{name}.csv").write_bytes(table_bytes(getattr(batch, name)))
        if (source / "beleid.toml").is_file():
            shutil.copyfile(source / "beleid.toml", folder / "beleid.toml")

    publish(out, write, sign=SIGN, force=force, inputs=(source,))


def per_sponsor(judged: pd.DataFrame) -> pd.DataFrame:
    """Count requests and those that may be considered by who asked: do people with a sponsor fare better?"""
    who = judged["aangevraagd_door"].where(judged["aangevraagd_door"] != "", "onbekend")
    passed = (judged["oordeel"] == OORDELEN[JA]).astype("int64")
    return passed.groupby(who).agg(aanvragen="size", mag_overwogen="sum").reset_index()


def with_sponsor(judged: pd.DataFrame) -> pd.DataFrame:
    """Compare requests that somebody else made for the household with those that it made itself.

    Returns
    -------
    ``voorspreker`` (met, zonder), ``aanvragen``, ``mag_overwogen`` and their share ``deel``; requests of which nobody
    knows who made them are left out, and so is a group that nobody is in.
    """
    known = judged[judged["aangevraagd_door"] != ""]
    group = known["aangevraagd_door"].map(lambda who: "zonder" if who == "bewoner" else "met")
    passed = (known["oordeel"] == OORDELEN[JA]).astype("int64")
    counted = passed.groupby(group.rename("voorspreker")).agg(aanvragen="size", mag_overwogen="sum").reset_index()
    return counted.assign(deel=counted["mag_overwogen"] / counted["aanvragen"])


def _jobs(batch: Batch, requests: pd.DataFrame, parameters: Parameters) -> Jobs:
    """Put every condition to every job of the households that ask."""
    owner = batch.werk["persoon_id"].map(batch.personen.set_index("persoon_id")["huishouden_id"])
    request = pd.Index(requests["huishouden_id"]).get_indexer(pd.Index(owner)).astype(np.int64)
    werk, request = batch.werk[request >= 0], request[request >= 0]
    kinds = batch.huishoudens.set_index("huishouden_id")["bijstandsnorm_type"]
    norm = requests["huishouden_id"].map(kinds).map(parameters["bijstand/norm"]).to_numpy(np.float64)[request]
    months = contract_months(
        werk["contract_begin"].to_numpy("datetime64[D]"),
        werk["contract_einde"].to_numpy("datetime64[D]"),
        werk["contract_maanden"].to_numpy(np.float64),
    )
    conditions = {
        "uren": np.where(werk["uren_per_week"] >= parameters["werk/minimum_uren"], JA, NEE),
        "sluit_aan": answer(werk["sluit_aan"].to_numpy(object)),
        "elders": answer(werk["elders_te_vinden"].to_numpy(object), wanted="nee"),
        "contract": answer(werk["contract_getekend"].to_numpy(object)),
        "duur": long_enough(months, parameters["omkoppeling/contract_maanden"]),
        "loon": paid_enough(werk["maandloon_eur"].to_numpy(np.float64), norm),
        "loonstrook": answer(werk["loonstrook_gezien"].to_numpy(object)),
        "reba": answer(werk["reba_betaald"].to_numpy(object)),
        "werksoort": kind_counts(werk["werksoort"].to_numpy(object), parameters["omkoppeling/werksoort_uitgesloten"]),
    }
    answers = np.column_stack([conditions[name] for name in VOORWAARDEN]).astype(np.int8)
    return Jobs(request, werk["baan_id"].to_numpy(object), answers)


def _best(jobs: Jobs, request: int) -> int | None:
    """Return the job of a request that comes closest: the fewest failures, then the fewest unknowns, then the first."""
    mine = np.flatnonzero(jobs.request == request)
    if not mine.size:
        return None
    failed, unknown = ((jobs.answers[mine] == code).sum(axis=1) for code in (NEE, NIET_AANGETOOND))
    return int(mine[np.lexsort((unknown, failed))[0]])


def _reasons(moment: int, answers: Answers | None) -> Sentence:
    """Name every condition that is not met or not shown, in words."""
    of_job = [] if answers is None else zip(VOORWAARDEN.values(), answers.tolist(), strict=True)
    found = [_NOT_MET[code].fill(condition=name) for name, code in [(MOMENT, moment), *of_job] if code != JA]
    return joined(found if answers is not None else [*found, GEEN_WERK], "; ")


def _of(table: pd.DataFrame, column: str, keys: pd.Series) -> pd.DataFrame:
    return table[table[column].isin(keys)].reset_index(drop=True)


def _given_back(table: pd.DataFrame, persons: pd.Series, room: str) -> pd.DataFrame:
    """Give places back to municipalities; one that is not in the table has no opgave, and gets none.

    What is more than the persons linked there comes on top of the column ``room``.
    """
    back = table["gemeente"].map(persons).fillna(0).astype("int64")
    linked = np.minimum(back, table["gekoppeld"])
    return table.assign(gekoppeld=table["gekoppeld"] - linked, **{room: table[room] + back - linked})
