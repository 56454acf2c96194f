"""The tables of a run, from an answer: what is proposed for whom, and why, in numbers and in words."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from optimizer import retention
from optimizer.decide import Geval
from optimizer.domain import uitvoer
from optimizer.domain.voorstel import Voorstel
from optimizer.explain.alternatives import alternatives, in_words
from optimizer.explain.exceptions import exceptions
from optimizer.explain.reasons import reasons
from optimizer.explain.shortage import shortages
from optimizer.model import Feiten, Uitkomsten, outcomes
from optimizer.rules.werk import HARD

Ints = npt.NDArray[np.int64]


def explain(geval: Geval) -> Voorstel:
    """Write a finished answer out as the tables of ``domain.uitvoer``."""
    found = outcomes(geval.feiten, geval.besluit.gemeente, geval.parameters)
    voorstel = _voorstel(geval, found)
    return Voorstel(
        beleid=geval.beleid.naam,
        methode=geval.beleid.methode,
        bekend=geval.bekend,
        seed=geval.seed,
        voorstel=voorstel,
        banen=_banen(geval, found),
        taakstelling=_taakstelling(geval),
        niet_gekoppeld=_not_linked(geval),
        uitzonderingen=exceptions(geval.feiten, geval.besluit.gemeente, geval.beleid, geval.parameters),
        niveaus=geval.besluit.niveaus,
        status=geval.besluit.status,
        reproducible=geval.besluit.reproducible,
        seconden=geval.besluit.seconden or {},
    )


def ground_distance(feiten: Feiten, gemeente: Ints) -> npt.NDArray[np.float64]:
    """Distance of each household's municipality to its farthest hard ground; NaN without one or unlinked, [H]."""
    g = feiten.gronden
    km = np.full(gemeente.size, np.nan)
    np.fmax.at(km, g.huishouden, feiten.km[gemeente[g.huishouden], g.plek])
    return np.where(gemeente >= 0, km, np.nan)


def grounds_in_words(feiten: Feiten, kinds: list[str]) -> npt.NDArray[np.object_]:
    """Name the kinds of hard ground of each household, in order of precedence, joined by ``+``."""
    has = np.zeros((feiten.personen.size, len(kinds)), dtype=np.bool_)
    has[feiten.gronden.huishouden, feiten.gronden.soort] = True
    patterns, which = np.unique(has, axis=0, return_inverse=True)
    names = ["+".join(k for k, yes in zip(kinds, row, strict=True) if yes) for row in patterns]
    return np.array(names, dtype=object)[which]


def _voorstel(geval: Geval, found: Uitkomsten) -> pd.DataFrame:
    feiten, to = geval.feiten, geval.besluit.gemeente
    linked = to >= 0
    km = ground_distance(feiten, to)
    radius = geval.parameters["gronden/straal_km"]
    honoured = np.where(linked, np.where(km <= radius, "ja", "nee"), "wacht")
    b, size = feiten.banen, feiten.personen.size
    after = np.where(linked[b.huishouden], found.km, np.inf)
    keep = np.where(b.loopt_af, 0.0, retention.p_keep(np.minimum(after, 1e6), b.uren, b.contract, geval.parameters))
    chance = geval.kans[np.arange(size), to] / 10_000
    day = np.datetime64(geval.parameters.peildatum, "D").astype(np.int64)
    options = alternatives(geval.instance, to)
    names = feiten.gemeenten
    frame = {
        "huishouden_id": feiten.huishoudens,
        "aantal_personen": geval.batch.huishoudens["aantal_personen"].to_numpy(np.int64),
        "gemeente": _label(names.code, to),
        "gemeente_naam": _label(names.naam, to),
        "arbeidsmarktregio": _label(names.arbeidsmarktregio_naam, to),
        "status": np.where(feiten.vastgezet >= 0, "vastgezet", np.where(linked, "voorgesteld", "niet_gekoppeld")),
        "grond": grounds_in_words(feiten, list(geval.parameters["gronden/volgorde"])),
        "grond_gehonoreerd": np.where(feiten.heeft_grond, honoured, "nvt"),
        "afstand_km": km,
        "banen": np.bincount(b.huishouden, minlength=size),
        "banen_binnen_50km": _where(linked, np.bincount(b.huishouden, after <= radius, minlength=size)),
        "verwacht_behouden": _where(linked, np.bincount(b.huishouden, keep, minlength=size)),
        "kans_werk": _where(linked, chance),
        "dagen_sinds_vergunning": int(day) - feiten.vergunning,
        "reden": reasons(geval.batch, feiten, geval.beleid, to, km, radius),
    }
    words = {f"alternatief_{k + 1}": in_words(geval.instance, options, names.code, k) for k in range(3)}
    origin = {"opvang_gemeente": _label(names.code, feiten.opvang)}
    return pd.DataFrame({**frame, **words, **origin})[uitvoer.VOORSTEL.names]


def _where(linked: npt.NDArray[np.bool_], value: npt.NDArray[np.float64 | np.int64]) -> npt.NDArray[np.float64]:
    return np.where(linked, value, np.nan)


def _label(labels: npt.NDArray[np.str_], rows: Ints) -> npt.NDArray[np.object_]:
    """Label rows; "" where there is none (-1)."""
    return np.append(labels.astype(object), "")[rows]


def _yes(flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.str_]:
    return np.where(flags, "ja", "nee")


def _banen(geval: Geval, found: Uitkomsten) -> pd.DataFrame:
    feiten, b, w = geval.feiten, geval.feiten.banen, geval.batch.werk
    to = geval.besluit.gemeente[b.huishouden]
    linked = to >= 0
    radius = geval.parameters["gronden/straal_km"]
    frame = {
        "baan_id": w["baan_id"].to_numpy(dtype=object),
        "persoon_id": w["persoon_id"].to_numpy(dtype=object),
        "huishouden_id": feiten.huishoudens[b.huishouden],
        "werk_gemeente": w["werk_gemeente"].to_numpy(dtype=object),
        "uren_per_week": b.uren,
        "hard": np.array(HARD, dtype=object)[b.hard],
        "bekend": _yes(b.bekend),
        "afstand_nu_km": found.km_nu,
        "gemeente": _label(feiten.gemeenten.code, to),
        "afstand_km": found.km,
        "binnen_50km": np.where(linked, _yes(found.km <= radius), ""),
        "uitkomst": np.array(uitvoer.UITKOMSTEN, dtype=object)[found.uitkomst],
        "verwacht_verloren": found.verloren,
    }
    places = feiten.bestemmingen.plaats[b.plek]
    table = pd.DataFrame({**frame, "werk_plaats": places} if (places != "").any() else frame)
    return table[[c.name for c in uitvoer.BANEN.within(table.columns)]]


def _taakstelling(geval: Geval) -> pd.DataFrame:
    """One row for each municipality of the input, and for each other one that a household is linked to."""
    feiten, to = geval.feiten, geval.besluit.gemeente
    used = np.bincount(to[to >= 0], weights=feiten.personen[to >= 0], minlength=feiten.opgave.size).astype(np.int64)
    asked = np.zeros(feiten.opgave.size, dtype=np.bool_)
    asked[feiten.gemeenten.rows(geval.batch.ruimte(geval.parameters["taakstelling/regime"])["gemeente"].tolist())] = (
        True
    )
    rows = np.flatnonzero(asked | (used > 0))
    prices = geval.besluit.prijzen
    frame = {
        "gemeente": feiten.gemeenten.code[rows].astype(object),
        "gemeente_naam": feiten.gemeenten.naam[rows].astype(object),
        "opgave": feiten.opgave[rows],
        "voorgesteld": used[rows],
        "rest": feiten.opgave[rows] - used[rows],
        "schaduwprijs": np.full(rows.size, np.nan) if prices is None else prices[rows],
    }
    return pd.DataFrame(frame)[uitvoer.TAAKSTELLING.names]


def _not_linked(geval: Geval) -> pd.DataFrame:
    found = shortages(geval.instance, geval.feiten, geval.besluit.gemeente, geval.eisen, geval.parameters)
    rows = np.array(sorted(found), dtype=np.int64)
    frame = {
        "huishouden_id": geval.feiten.huishoudens[rows],
        "aantal_personen": geval.batch.huishoudens["aantal_personen"].to_numpy(np.int64)[rows],
        "oorzaak": [found[h].oorzaak for h in rows.tolist()],
        "toelichting": [found[h].toelichting for h in rows.tolist()],
        "voorstel_oplossing": [found[h].oplossing for h in rows.tolist()],
    }
    return pd.DataFrame(frame)[uitvoer.NIET_GEKOPPELD.names]
