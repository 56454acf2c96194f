"""What becomes of every adult under a policy: jobs, chance of work, region and distance; means over draws."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from optimizer.domain.maten import MATEN
from optimizer.measure.outcomes import outcomes
from optimizer.model import Case
from optimizer.model.facts import Bools, Floats, Ints


@dataclass(frozen=True)
class Fates:
    """What becomes of the adults of a batch, in the order of ``personen`` [A].

    Attributes
    ----------
    drawn
        Whether these are means over draws.
    gemeente
        Row of the municipality of each household, or -1, int64 [H]; of the first draw.
    linked
        Whether the adult is linked, in any draw, bool [A].
    values
        By measure of ``domain.groepen.MATEN`` the mean over the draws in which the adult is linked, float64 [A]; NaN
        where that is none.
    """

    drawn: bool
    gemeente: Ints
    linked: Bools
    values: Mapping[str, Floats]


def fates(case: Case, gemeente: Ints, profile: Ints, chances: Floats) -> Fates:
    """Follow every adult through a proposal, or through several draws.

    Each outcome counts in whole units of its measure, as levels do, so that it does not hang on how a sum was made.

    Parameters
    ----------
    case
        Batch and policy.
    gemeente
        Row of the municipality or -1, int64 [draws, H].
    profile, chances
        Row of ``chances`` of each adult, int64 [A], and the chance of work by row in each municipality, float64.
    """
    personen, ids = case.batch.personen, case.batch.huishoudens["huishouden_id"]
    household = pd.Index(ids).get_indexer(pd.Index(personen["huishouden_id"])).astype(np.int64)
    holder = pd.Index(personen["persoon_id"]).get_indexer(pd.Index(case.batch.werk["persoon_id"])).astype(np.int64)
    units = np.rint(chances / MATEN["kans_werk"]).astype(np.int64)
    sums = {maat: np.zeros(len(personen)) for maat in MATEN}
    times = np.zeros(len(personen), dtype=np.int64)
    for draw in gemeente:
        linked = draw[household] >= 0
        times += linked
        for maat, values in _of_draw(case, draw, household, holder, units[profile]).items():
            sums[maat] += np.where(linked, values, 0.0)
    mean = {maat: np.where(times > 0, sums[maat] / np.maximum(1, times), np.nan) for maat in MATEN}
    return Fates(len(gemeente) > 1, gemeente[0], times > 0, mean)


def _of_draw(
    case: Case, draw: Ints, household: Ints, holder: Ints, chance: npt.NDArray[np.int64]
) -> dict[str, npt.NDArray[np.float64]]:
    """Return the outcome of each adult in one draw; what stands there for who is not linked means nothing."""
    facts, to = case.facts, draw[household]
    kept = np.nan_to_num(np.rint(outcomes(facts, draw, case.parameters).behouden / MATEN["verwacht_behouden"]))
    region, reception = facts.gemeenten.koppelregio, facts.opvang[household]
    km = np.rint(facts.km[to, reception] / MATEN["afstand_km"])
    units = {
        "verwacht_behouden": np.bincount(holder, kept, len(to)),
        "kans_werk": chance[np.arange(len(to)), to],
        "in_koppelregio": region[to] == region[reception],
        "afstand_km": km,
    }
    return {maat: values * MATEN[maat] for maat, values in units.items()}
