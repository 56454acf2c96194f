"""Agreements with municipalities that let who works and lives there stay (a scenario)."""

import numpy as np

from optimizer.domain.batch import Batch
from optimizer.domain.tables import BLIJFT
from optimizer.rules.parameters import Parameters
from optimizer.verify.grounds import Grounds, farthest_km
from optimizer.verify.households import NONE, Households, Ints, gemeente_rows
from optimizer.verify.jobs import Jobs


def stays(
    batch: Batch,
    households: Households,
    jobs: Jobs,
    grounds: Grounds,
    straal_km: float,
    parameters: Parameters,
) -> Ints:
    """Return the municipality where an agreement keeps each household, int64 [n]; `NONE` where none does.

    The agreement holds on the peildatum and says ``blijft``. The household lives in reception there and has a known
    hard job there. A choice of a person (another lock, an exclusion) and a hard ground that binds and lies beyond the
    radius go before the agreement.
    """
    here = households.reception
    with_agreement = np.isin(here, agreed_gemeenten(batch, parameters))
    at_home = jobs.known & (jobs.hard == "ja") & (jobs.gemeente == here[jobs.household])
    works = np.isin(np.arange(len(households)), jobs.household[at_home])
    near = ~(farthest_km(grounds, here, binding_only=True) > straal_km)
    free = (households.lock == NONE) & ~households.is_excluded(np.arange(len(households)), here)
    return np.where(with_agreement & works & near & free, here, NONE).astype(np.int64)


def agreed_gemeenten(batch: Batch, parameters: Parameters) -> Ints:
    """Return the municipalities whose agreement lets people stay on the peildatum, int64."""
    table = batch.bestuursovereenkomsten
    day = np.datetime64(parameters.peildatum, "D")
    begins, ends = (table[c].to_numpy("datetime64[D]") for c in ("vanaf", "tot_en_met"))
    in_force = (begins <= day) & (np.isnat(ends) | (day <= ends)) & (table["effect"] == BLIJFT).to_numpy(bool)
    return gemeente_rows(table["gemeente"][in_force])
