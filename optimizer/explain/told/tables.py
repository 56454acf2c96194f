"""The tables of a run, from an answer: what is proposed for whom, and why, in numbers and in words."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.wording import Sentence
from optimizer.domain import uitvoer
from optimizer.domain.voorstel import Voorstel
from optimizer.explain.told.alternatives import Alternatives, alternatives, in_words
from optimizer.explain.told.decided import decided, decided_in_words
from optimizer.explain.told.exceptions import exceptions
from optimizer.explain.told.koppelregio import crossings
from optimizer.explain.told.prognose import forecast
from optimizer.explain.told.proof_words import proof_columns
from optimizer.explain.told.reasons import reasons
from optimizer.explain.told.shortage import shortages
from optimizer.explain.told.verzoeken import judged_requests
from optimizer.explain.told.werklijst import work_list
from optimizer.measure import Outcomes, causes, count, outcomes
from optimizer.model import Case, Facts
from optimizer.rules.werk import HARD

Ints = npt.NDArray[np.int64]
#: What room in a level may buy, as `measure.count` names it.
BOUGHT = ("in_koppelregio", "binnen_50km")


def explain(case: Case) -> Voorstel:
    """Write a finished answer out as the tables of ``domain.uitvoer``; every text is a `Sentence` until it is said."""
    found = outcomes(case.facts, case.answer.gemeente, case.parameters)
    options = alternatives(case.instance, case.answer.gemeente)
    turned = decided(case, options)
    voorstel = _voorstel(case, found, options, decided_in_words(case, turned))
    nothing: list[Sentence | None] = [None] * len(turned)
    return Voorstel(
        beleid=case.beleid.naam,
        methode=case.beleid.methode,
        bekend=case.facts.bekend,
        seed=case.facts.seed,
        voorstel=voorstel,
        banen=_banen(case, found),
        taakstelling=_taakstelling(case),
        niet_gekoppeld=_not_linked(case),
        uitzonderingen=exceptions(case.facts, case.answer.gemeente, case.beleid, case.parameters),
        werklijst=work_list(case),
        prognose=forecast(case),
        koppelregio=crossings(case, decided_in_words(case, turned, share=False)),
        gemeente_redenen=pd.Series(reasons(case, nothing), index=voorstel.index, dtype=object),
        bewijzen=tuple((str(proof["niveau"]), str(proof["soort"])) for proof in case.answer.bewijs),
        niveaus=tuple(replace(level, gekocht=_bought(case, level.naam)) for level in case.answer.niveaus),
        status=case.answer.status,
        reproducible=case.answer.reproducible,
        seconden=dict(case.answer.seconds),
        verzoeken=judged_requests(case) if len(case.batch.verzoeken) else None,
    )


def _bought(case: Case, level: str) -> dict[str, tuple[float, float]]:
    """Count what the answer counts that was best for a level in its turn, and what the proposal counts, by name.

    Empty for a level that leaves no room.
    """
    if level not in case.answer.beurten:
        return {}
    before, now = count(case, case.answer.beurten[level]), count(case, case.answer.gemeente)
    turns = (case.answer.beurten[level], case.answer.gemeente)
    near = tuple(median_ground_km(case.facts, to, case.parameters["gronden/volgorde"]) for to in turns)
    return {name: (float(before[name]), float(now[name])) for name in BOUGHT} | {"mediaan_grond_km": (near[0], near[1])}


def median_ground_km(facts: Facts, gemeente: Ints, order: Sequence[str]) -> float:
    """Median distance to the farthest ground of linked households with hard grounds of which none is work; else NaN.

    Parameters
    ----------
    gemeente
        Row of the municipality of each household, or -1, int64 [H].
    order
        Kinds of ground, as ``facts.gronden.soort`` numbers them.
    """
    works = np.zeros(gemeente.size, dtype=np.bool_)
    works[facts.gronden.huishouden[facts.gronden.soort == list(order).index("werk")]] = True
    km = ground_distance(facts, gemeente)[~works & (facts.vastgezet < 0)]
    km = km[~np.isnan(km)]
    return float(np.median(km)) if km.size else float("nan")


def ground_distance(facts: Facts, gemeente: Ints) -> npt.NDArray[np.float64]:
    """Distance of each household's municipality to its farthest hard ground; NaN without one or unlinked, [H]."""
    g = facts.gronden
    km = np.full(gemeente.size, np.nan)
    np.fmax.at(km, g.huishouden, facts.km[gemeente[g.huishouden], g.plek])
    return np.where(gemeente >= 0, km, np.nan)


def grounds_in_words(facts: Facts, kinds: list[str]) -> npt.NDArray[np.object_]:
    """Name the kinds of hard ground of each household, in order of precedence, joined by ``+``."""
    has = np.zeros((facts.personen.size, len(kinds)), dtype=np.bool_)
    has[facts.gronden.huishouden, facts.gronden.soort] = True
    patterns, which = np.unique(has, axis=0, return_inverse=True)
    names = ["+".join(k for k, yes in zip(kinds, row, strict=True) if yes) for row in patterns]
    return np.array(names, dtype=object)[which]


def _voorstel(case: Case, found: Outcomes, options: Alternatives, turned: Sequence[Sentence | None]) -> pd.DataFrame:
    facts, to = case.facts, case.answer.gemeente
    linked = to >= 0
    km = ground_distance(facts, to)
    radius = case.parameters["gronden/straal_km"]
    honoured = np.where(linked, np.where(km <= radius, "ja", "nee"), "wacht")
    b, size = facts.banen, facts.personen.size
    after = np.where(linked[b.huishouden], found.km, np.inf)
    keep = np.nan_to_num(found.behouden)
    chance = case.kans[np.arange(size), to] / 10_000
    day = np.datetime64(case.parameters.peildatum, "D").astype(np.int64)
    names = facts.gemeenten
    frame = {
        "huishouden_id": facts.huishoudens,
        "aantal_personen": case.batch.huishoudens["aantal_personen"].to_numpy(np.int64),
        "gemeente": _label(names.code, to),
        "gemeente_naam": _label(names.naam, to),
        "arbeidsmarktregio": _label(names.arbeidsmarktregio_naam, to),
        "status": np.where(facts.vastgezet >= 0, "vastgezet", np.where(linked, "voorgesteld", "niet_gekoppeld")),
        "grond": grounds_in_words(facts, list(case.parameters["gronden/volgorde"])),
        "grond_gehonoreerd": np.where(facts.heeft_grond, honoured, "nvt"),
        "afstand_km": km,
        "banen": np.bincount(b.huishouden, minlength=size),
        "banen_binnen_50km": _where(linked, np.bincount(b.huishouden, after <= radius, minlength=size)),
        "verwacht_behouden": _where(linked, np.bincount(b.huishouden, keep, minlength=size)),
        "kans_werk": _where(linked, chance),
        "dagen_sinds_vergunning": int(day) - facts.vergunning,
        "reden": reasons(case, turned),
    }
    words = {f"alternatief_{k + 1}": in_words(case.instance, options, names.code, k) for k in range(3)}
    origin = {"opvang_gemeente": _label(names.code, facts.opvang)}
    return pd.DataFrame({**frame, **words, **origin})[uitvoer.VOORSTEL.names]


def _where(linked: npt.NDArray[np.bool_], value: npt.NDArray[np.float64 | np.int64]) -> npt.NDArray[np.float64]:
    return np.where(linked, value, np.nan)


def _label(labels: npt.NDArray[np.str_], rows: Ints) -> npt.NDArray[np.object_]:
    """Label rows; "" where there is none (-1)."""
    return np.append(labels.astype(object), "")[rows]


def _yes(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.str_]:
    return np.where(flags, "ja", "nee")


def _banen(case: Case, found: Outcomes) -> pd.DataFrame:
    facts, b, w = case.facts, case.facts.banen, case.batch.werk
    to = case.answer.gemeente[b.huishouden]
    linked = to >= 0
    radius = case.parameters["gronden/straal_km"]
    frame = {
        "baan_id": w["baan_id"].to_numpy(dtype=object),
        "persoon_id": w["persoon_id"].to_numpy(dtype=object),
        "huishouden_id": facts.huishoudens[b.huishouden],
        "werk_gemeente": w["werk_gemeente"].to_numpy(dtype=object),
        "uren_per_week": b.uren,
        "hard": np.array(HARD, dtype=object)[b.hard],
        "bekend": _yes(b.bekend),
        "afstand_nu_km": found.km_nu,
        "gemeente": _label(facts.gemeenten.code, to),
        "afstand_km": found.km,
        "binnen_50km": np.where(linked, _yes(found.km <= radius), ""),
        "uitkomst": np.array(uitvoer.UITKOMSTEN, dtype=object)[found.uitkomst],
        "verwacht_verloren": found.verloren,
        "verwacht_behouden": found.behouden,
        "oorzaak": np.array([*uitvoer.VERLIESOORZAKEN, ""], dtype=object)[
            causes(case, case.answer.gemeente, found.uitkomst)
        ],
    }
    places = facts.destinations.plaats[b.plek]
    table = pd.DataFrame({**frame, "werk_plaats": places} if (places != "").any() else frame)
    return table[[c.name for c in uitvoer.BANEN.within(table.columns)]]


def _taakstelling(case: Case) -> pd.DataFrame:
    """One row for each municipality of the input, and for each other one that a household is linked to."""
    facts, to = case.facts, case.answer.gemeente
    used = np.bincount(to[to >= 0], weights=facts.personen[to >= 0], minlength=facts.opgave.size).astype(np.int64)
    asked = np.zeros(facts.opgave.size, dtype=np.bool_)
    asked[facts.gemeenten.rows(case.batch.ruimte(case.parameters["taakstelling/regime"])["gemeente"].tolist())] = True
    rows = np.flatnonzero(asked | (used > 0))
    prices = case.answer.prijzen
    frame = {
        "gemeente": facts.gemeenten.code[rows].astype(object),
        "gemeente_naam": facts.gemeenten.naam[rows].astype(object),
        "opgave": facts.opgave[rows],
        "voorgesteld": used[rows],
        "rest": facts.opgave[rows] - used[rows],
        "schaduwprijs": np.full(rows.size, np.nan) if prices is None else prices[rows],
    }
    return pd.DataFrame(frame)[uitvoer.TAAKSTELLING.names]


def _not_linked(case: Case) -> pd.DataFrame:
    found = shortages(case.instance, case.facts, case.answer.gemeente, case.eisen, case.parameters)
    rows = np.array(sorted(found), dtype=np.int64)
    frame = {
        "huishouden_id": case.facts.huishoudens[rows],
        "aantal_personen": case.batch.huishoudens["aantal_personen"].to_numpy(np.int64)[rows],
        "oorzaak": [found[h].oorzaak for h in rows.tolist()],
        "toelichting": [found[h].toelichting for h in rows.tolist()],
        "voorstel_oplossing": [found[h].oplossing for h in rows.tolist()],
        **proof_columns(case.facts, [found[h] for h in rows.tolist()]),
    }
    return pd.DataFrame(frame)[uitvoer.NIET_GEKOPPELD.names]
