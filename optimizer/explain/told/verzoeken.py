"""Requests for a first link put to the rules of every link, and beside the proposal; no decision looks at them.

Equation (40) of docs/method.md. Who asks changes nothing in a verdict, and a verdict changes nothing in a proposal.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.wording import Sentence, joined
from optimizer.domain import uitvoer
from optimizer.domain.tables import HARDE_GRONDEN
from optimizer.explain.told.closed import exact_km, openness
from optimizer.explain.told.places import ground_places, named
from optimizer.model import Case, Facts
from optimizer.model.admissible import honoured
from optimizer.rules.gronden import ground_counts
from optimizer.rules.parameters.bron import bron
from optimizer.rules.verzoeken import request_considered
from optimizer.rules.werk import JA, NEE, NIET_AANGETOOND

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
#: Who asks where the input does not say.
ONBEKEND = "onbekend"
RADIUS, OWN = "gronden/straal_km", "verzoek"
#: What may be said of a request, by code of the answer.
OORDELEN = {JA: "mag_overwogen", NIET_AANGETOOND: "niet_aangetoond", NEE: "nee"}

_CONSIDER = Sentence(
    "{name} ligt binnen {radius} km van {places}. Geen regel sluit die gemeente. Een mens mag het verzoek overwegen. "
    "Het geeft geen voorrang.",
    "{name} lies within {radius} km of {places}. No rule closes that municipality. A person may consider the request. "
    "It gives no priority.",
)
_UNSHOWN = Sentence(
    "Binnen {radius} km van {name} is werk of een andere grond die nog niet is aangetoond.",
    "Within {radius} km of {name} there is work or another ground that has not been shown yet.",
)
_NO_GROUND = Sentence(
    "Het huishouden heeft geen harde grond binnen {radius} km van {name}.",
    "The household has no hard ground within {radius} km of {name}.",
)
_FAR = Sentence(
    "{name} ligt {km} km van {place}. Het mag hoogstens {radius} km zijn.",
    "{name} lies {km} km from {place}. It may be {radius} km at most.",
)


@dataclass(frozen=True)
class Requests:
    """The requests of a batch as arrays, in input order.

    Attributes
    ----------
    huishouden, gemeente
        Row of the household and of the municipality asked for, int64 [requests].
    verzoeker
        Who asks, object [requests].
    """

    huishouden: Ints
    gemeente: Ints
    verzoeker: npt.NDArray[np.object_]


def requests_of(case: Case) -> Requests:
    """Return the requests of a case as arrays."""
    table, facts = case.batch.verzoeken, case.facts
    rows = pd.Index(facts.huishoudens).get_indexer(pd.Index(table["huishouden_id"])).astype(np.int64)
    who = table["verzoeker"].to_numpy(dtype=object)
    there = facts.gemeenten.rows(table["gemeente"].tolist())
    return Requests(rows, there, np.where(who == "", ONBEKEND, who).astype(object))


def judged_requests(case: Case) -> pd.DataFrame:
    """Judge every request.

    Returns
    -------
    The columns of ``domain.uitvoer.VERZOEKEN``, one row for each request in input order; reasons are `Sentence`.
    """
    asked, facts, radius = requests_of(case), case.facts, float(case.parameters["gronden/straal_km"])
    near = honoured(facts, case.parameters)[0]
    unshown = unshown_near(case)
    rules, words, closed = [], [], []
    for h, g in zip(asked.huishouden.tolist(), asked.gemeente.tolist(), strict=True):
        found = openness(case.problem, h).gesloten.get(g, ())
        closed.append(bool(found))
        if found:
            rules.append(found[0].regel)
            words.append(joined([one.zin for one in found], " "))
        else:
            rule, zin = _of_grounds(facts, h, g, radius, near=bool(near[h, g]), unshown=bool(unshown[h, g]))
            rules.append(rule)
            words.append(zin)
    pairs = (asked.huishouden, asked.gemeente)
    verdict = request_considered(
        np.array(closed, dtype=np.bool_), facts.heeft_grond[asked.huishouden], near[pairs], unshown[pairs]
    )
    to = case.answer.gemeente[asked.huishouden]
    linked = to >= 0
    km = np.where(linked, facts.km[to, asked.gemeente], np.nan)
    codes = np.append(facts.gemeenten.code.astype(object), "")
    beside = np.select(
        [~linked, to == asked.gemeente, km <= radius], ["niet_gekoppeld", "gelijk", "binnen_50km"], "verder"
    )
    frame = {
        "verzoek": np.arange(1, to.size + 1),
        "huishouden_id": facts.huishoudens[asked.huishouden],
        "gemeente": codes[asked.gemeente],
        "verzoeker": asked.verzoeker,
        "toelichting_code": case.batch.verzoeken["toelichting_code"].to_numpy(dtype=object),
        "oordeel": [OORDELEN[int(code)] for code in verdict],
        "regel": rules,
        "redenen": words,
        "bron": [bron(rule, case.parameters) for rule in rules],
        "voorgesteld": codes[to],
        "uitkomst": beside.astype(object),
        "afstand_km": km,
    }
    return pd.DataFrame(frame)[uitvoer.VERZOEKEN.names]


def unshown_near(case: Case) -> Bools:
    """Tell where a household has a job or a hard ground within the radius that counts not as it was not shown, [H, G].

    A job that was not known in time is not looked at.
    """
    facts, radius = case.facts, float(case.parameters["gronden/straal_km"])
    out = np.zeros((facts.personen.size, facts.opgave.size), dtype=np.bool_)
    jobs = np.flatnonzero((facts.banen.hard == NIET_AANGETOOND) & facts.banen.bekend)
    np.logical_or.at(out, facts.banen.huishouden[jobs], radius >= facts.km[:, facts.banen.plek[jobs]].T)
    table = case.batch.gronden
    hidden = table["grond"].isin(HARDE_GRONDEN) & ~ground_counts(table["bewijs"].to_numpy(dtype=object))
    rows = table[hidden]
    owner = pd.Index(facts.huishoudens).get_indexer(pd.Index(rows["huishouden_id"])).astype(np.int64)
    places = facts.gemeenten.rows(rows["gemeente"].tolist())
    np.logical_or.at(out, owner, radius >= facts.km[:, places].T)
    return out


def _of_grounds(facts: Facts, h: int, g: int, radius: float, *, near: bool, unshown: bool) -> tuple[str, Sentence]:
    """Return the rule and the sentence about the grounds of a household, where no rule closes a municipality to it."""
    name, places = str(facts.gemeenten.naam[g]), ground_places(facts).get(h, [])
    if places and near:
        kept = [p for p in places if facts.km[g, p] <= radius]
        return RADIUS, _CONSIDER.fill(name=name, radius=radius, places=named(facts, kept))
    if places:
        far = max(places, key=lambda p: float(facts.km[g, p]))
        km = exact_km(float(facts.km[g, far]), radius)
        said = Sentence(km.replace(".", ","), km)
        return RADIUS, _FAR.fill(name=name, km=said, place=str(facts.destinations.naam[far]), radius=radius)
    return OWN, (_UNSHOWN if unshown else _NO_GROUND).fill(name=name, radius=radius)
