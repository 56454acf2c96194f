"""What happens to the households and jobs of a batch, counted: for one proposal, or for several draws at once."""

import numpy as np
import numpy.typing as npt

from optimizer.domain import uitvoer
from optimizer.measure.outcomes import outcomes
from optimizer.model import Facts
from optimizer.rules.parameters import Parameters
from optimizer.rules.werk import JA

Ints = npt.NDArray[np.int64]
#: By column of ``uitvoer.BELEIDSVERGELIJKING``, float64 [...]: a number, or one for each draw.
Counts = dict[str, npt.NDArray[np.float64]]


def count(facts: Facts, gemeente: Ints, parameters: Parameters, kans: npt.NDArray[np.int32]) -> Counts:
    """Count what happens to households and jobs, for one proposal or for several draws.

    Parameters
    ----------
    gemeente
        Row of the municipality or -1, int64 [..., H].
    kans
        Chance of work per household and municipality in 0.0001, int32 [H, G].

    Returns
    -------
    dict
        By column of ``uitvoer.BELEIDSVERGELIJKING``, float64 [...].
    """
    found = outcomes(facts, gemeente, parameters)
    low = outcomes(facts, gemeente, parameters, shift_km=parameters["behoud/verschuiving_laag_km"])
    high = outcomes(facts, gemeente, parameters, shift_km=parameters["behoud/verschuiving_hoog_km"])
    linked = gemeente >= 0
    hard = facts.banen.hard == JA
    lost = found.uitkomst == uitvoer.UITKOMSTEN.index("verloren_regel")
    by_code = {name: (found.uitkomst == i).sum(axis=-1) for i, name in enumerate(uitvoer.UITKOMSTEN)}
    with_km = ~np.isnan(found.km)
    kilometres, jobs = np.where(with_km, found.km, 0.0).sum(axis=-1), with_km.sum(axis=-1)
    region = facts.gemeenten.koppelregio
    crossing = linked & (region[facts.opvang] != region[gemeente])
    counts = {
        "personen_gekoppeld": (linked * facts.personen).sum(axis=-1),
        "niet_gekoppeld": (~linked).sum(axis=-1),
        "banen": np.full(gemeente.shape[:-1], facts.banen.uren.size),
        "banen_hard": np.full(gemeente.shape[:-1], int(hard.sum())),
        "binnen_50km": by_code["binnen_50km"],
        "verloren_regel": by_code["verloren_regel"],
        "verloren_regel_hard": (lost & hard).sum(axis=-1),
        "al_buiten": by_code["al_buiten"],
        "loopt_af": by_code["loopt_af"],
        "banen_niet_gekoppeld": by_code["niet_gekoppeld"],
        "verwacht_verloren": np.nansum(found.verloren, axis=-1),
        "verwacht_verloren_laag": np.nansum(low.verloren, axis=-1),
        "verwacht_verloren_hoog": np.nansum(high.verloren, axis=-1),
        "kans_werk": np.where(linked, kans[np.arange(facts.personen.size), gemeente], 0).sum(axis=-1) / 10_000,
        # A mean over no jobs is unknown, not nought.
        "gemiddelde_afstand_km": np.where(jobs > 0, kilometres / np.maximum(1, jobs), np.nan),
        "gronden_niet_gehonoreerd": _not_honoured(facts, gemeente, parameters["gronden/straal_km"]),
        "buiten_koppelregio": crossing.sum(axis=-1),
    }
    return {name: np.asarray(value, dtype=np.float64) for name, value in counts.items()}


def _not_honoured(facts: Facts, gemeente: Ints, radius_km: float) -> npt.NDArray[np.int64]:
    """Linked households with a hard ground beyond the radius, int64 [...].

    A hard job that was not known in time counts too: it gave no ground in the decision, and the move passes it by.
    """
    g, b = facts.gronden, facts.banen
    household = np.r_[g.huishouden, b.huishouden[b.hard == JA]]
    place = np.r_[g.plek, b.plek[b.hard == JA]]
    to = gemeente[..., household]
    far = (to >= 0) & (facts.km[to, place] > radius_km)
    passed = np.zeros(gemeente.shape, dtype=np.bool_)
    draws = np.indices(gemeente.shape[:-1])[..., None] if gemeente.ndim > 1 else ()
    np.logical_or.at(passed, (*draws, household), far)
    return np.asarray(passed.sum(axis=-1), dtype=np.int64)


def mean_over_draws(counts: Counts) -> Counts:
    """Return the mean of every count over draws, with the 5th and 95th percentile of the jobs lost."""
    low, high = np.percentile(counts["verloren_regel"], [5, 95])
    means = {name: np.asarray(values.mean()) for name, values in counts.items()}
    return {**means, "verloren_regel_p05": np.asarray(low), "verloren_regel_p95": np.asarray(high)}
