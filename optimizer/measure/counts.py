"""What happens to the households and jobs of a batch, counted: for one proposal, or for several draws at once."""

from typing import Any

import numpy as np
import numpy.typing as npt

from optimizer.domain import uitvoer
from optimizer.measure.causes import causes
from optimizer.measure.outcomes import outcomes
from optimizer.model import Case, Facts
from optimizer.rules.gronden import within_radius
from optimizer.rules.werk import JA, NEE, NIET_AANGETOOND

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
#: By column of ``uitvoer.BELEIDSVERGELIJKING``, float64 [...]: a number, or one for each draw.
Counts = dict[str, npt.NDArray[np.float64]]


def count(case: Case, gemeente: Ints, in_time: Bools | None = None) -> Counts:
    """Count what happens to households and jobs, for one proposal or for several draws.

    Parameters
    ----------
    case
        Batch and policy.
    gemeente
        Row of the municipality or -1, int64 [..., H].
    in_time
        Whose jobs were known in each draw, bool [..., H]; None: as the facts of the case say.

    Returns
    -------
    dict
        By column of ``uitvoer.BELEIDSVERGELIJKING``, float64 [...].
    """
    facts = case.facts
    counts = {**_of_households(case, gemeente), **_of_jobs(case, gemeente, in_time)}
    shape = gemeente.shape[:-1]
    counts |= {
        "banen": np.full(shape, facts.banen.uren.size),
        "banen_hard": np.full(shape, (facts.banen.hard == JA).sum()),
    }
    return {name: np.asarray(value, dtype=np.float64) for name, value in counts.items()}


def _of_households(case: Case, gemeente: Ints) -> dict[str, npt.NDArray[Any]]:
    facts, linked = case.facts, gemeente >= 0
    region = facts.gemeenten.koppelregio
    same = region[facts.opvang] == region[gemeente]
    return {
        "personen_gekoppeld": (linked * facts.personen).sum(axis=-1),
        "niet_gekoppeld": (~linked).sum(axis=-1),
        "kans_werk": np.where(linked, case.kans[np.arange(facts.personen.size), gemeente], 0).sum(axis=-1) / 10_000,
        "gronden_niet_gehonoreerd": _not_honoured(facts, gemeente, case.parameters["gronden/straal_km"]),
        "buiten_koppelregio": (linked & ~same).sum(axis=-1),
        "in_koppelregio": (linked & same).sum(axis=-1),
    }


def _of_jobs(case: Case, gemeente: Ints, in_time: Bools | None) -> dict[str, npt.NDArray[Any]]:
    facts, p = case.facts, case.parameters
    found = outcomes(facts, gemeente, p)
    low = outcomes(facts, gemeente, p, shift_km=p["behoud/verschuiving_laag_km"])
    high = outcomes(facts, gemeente, p, shift_km=p["behoud/verschuiving_hoog_km"])
    why = causes(case, gemeente, found.uitkomst, in_time)
    hard = facts.banen.hard
    by_code = {name: (found.uitkomst == i).sum(axis=-1) for i, name in enumerate(uitvoer.UITKOMSTEN)}
    kept, lost = (found.uitkomst == uitvoer.UITKOMSTEN.index(name) for name in ("binnen_50km", "verloren_regel"))
    with_km = ~np.isnan(found.km)
    kilometres, jobs = np.where(with_km, found.km, 0.0).sum(axis=-1), with_km.sum(axis=-1)
    undecided = by_code["niet_gekoppeld"]
    return {
        "binnen_50km": by_code["binnen_50km"],
        "verloren_regel": by_code["verloren_regel"],
        "verloren_regel_hard": (lost & (hard == JA)).sum(axis=-1),
        "al_buiten": by_code["al_buiten"],
        "loopt_af": by_code["loopt_af"],
        "banen_niet_gekoppeld": undecided,
        "behouden": by_code["binnen_50km"],
        "onbeslist": undecided,
        "behouden_min": by_code["binnen_50km"],
        "behouden_max": by_code["binnen_50km"] + undecided,
        "behouden_hard": (kept & (hard == JA)).sum(axis=-1),
        "behouden_niet_aangetoond": (kept & (hard == NIET_AANGETOOND)).sum(axis=-1),
        "behouden_te_weinig_uren": (kept & (hard == NEE)).sum(axis=-1),
        "uren_behouden": (kept * facts.banen.uren).sum(axis=-1),
        "uren_verloren": (lost * facts.banen.uren).sum(axis=-1),
        "loon_behouden_eur": (kept * np.nan_to_num(facts.banen.maandloon)).sum(axis=-1),
        "loon_verloren_eur": (lost * np.nan_to_num(facts.banen.maandloon)).sum(axis=-1),
        "verwacht_behouden": np.nansum(found.behouden, axis=-1),
        "verwacht_verloren": np.nansum(found.verloren, axis=-1),
        "verwacht_verloren_laag": np.nansum(low.verloren, axis=-1),
        "verwacht_verloren_hoog": np.nansum(high.verloren, axis=-1),
        # A mean over no jobs is unknown, not nought.
        "gemiddelde_afstand_km": np.where(jobs > 0, kilometres / np.maximum(1, jobs), np.nan),
        **{f"verloren_{name}": (why == i).sum(axis=-1) for i, name in enumerate(uitvoer.VERLIESOORZAKEN)},
    }


def _not_honoured(facts: Facts, gemeente: Ints, radius_km: float) -> npt.NDArray[np.int64]:
    """Linked households with a hard ground beyond the radius, int64 [...].

    A hard job that was not known in time counts too: it gave no ground in the decision, and the move passes it by.
    """
    g, b = facts.gronden, facts.banen
    household = np.r_[g.huishouden, b.huishouden[b.hard == JA]]
    place = np.r_[g.plek, b.plek[b.hard == JA]]
    to = gemeente[..., household]
    far = (to >= 0) & ~within_radius(facts.km[to, place], radius_km)
    passed = np.zeros(gemeente.shape, dtype=np.bool_)
    draws = np.indices(gemeente.shape[:-1])[..., None]
    np.logical_or.at(passed, (*draws, household), far)
    return np.asarray(passed.sum(axis=-1), dtype=np.int64)


def mean_over_draws(counts: Counts) -> Counts:
    """Return the mean of every count over draws, with the 5th and 95th percentile of the jobs kept and lost."""
    spread = {
        f"{name}_p{percentile:02}": np.asarray(np.percentile(counts[name], percentile))
        for name in ("behouden", "verloren_regel")
        for percentile in (5, 95)
    }
    return {**{name: np.asarray(values.mean()) for name, values in counts.items()}, **spread}
