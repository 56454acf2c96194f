"""What a link is worth on each level, in whole units, by the words of docs/method.md, equations (7) to (13d)."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from optimizer.domain.levels import LEVELS, ONGEWIJZIGD, VLOEREN
from optimizer.verify.bindings import crosses_koppelregio, koppelregio_rule
from optimizer.verify.case import Case
from optimizer.verify.households import Ints, gemeente_rows, household_rows
from optimizer.verify.outcomes import expected_kept, km_after

#: Chance of work of each household in each municipality in 0.0001, int32 [n, municipalities], by name of the level.
Kansen = Mapping[str, NDArray[np.int32]]


def level_value(case: Case, level: str, chances: Kansen) -> Ints | None:
    """Return what the link of each household is worth on a level, in whole units, int64 [n].

    Only the rows of linked households mean anything. None for a chance of work that was not given.
    """
    chance = chances.get(LEVELS[level].chance)
    if level in _OF_CHANCE:
        return None if chance is None else _OF_CHANCE[level](case, chance)
    return _OF_CASE[level](case)


def _persons(case: Case) -> Ints:
    return case.households.counted


def _grounds(case: Case) -> Ints:
    return (case.grounds.has & ~case.beyond_binding).astype(np.int64)


def _in_work_gemeente(case: Case) -> Ints:
    there = case.jobs.known & (case.jobs.gemeente == case.links.gemeente[case.jobs.household])
    return _per_household(case, there.astype(np.float64))


def _near_reception(case: Case) -> Ints:
    return np.rint(-10 * case.km[case.links.gemeente, case.households.reception]).astype(np.int64)


def _jobs_kept(case: Case) -> Ints:
    kept = np.rint(1000 * np.nan_to_num(expected_kept(case)))
    return _per_household(case, np.where(case.jobs.known, kept, 0.0))


def _hard_jobs_kept(case: Case) -> Ints:
    kept = np.rint(1000 * np.nan_to_num(expected_kept(case)))
    return _per_household(case, np.where(case.jobs.known & (case.jobs.hard == "ja"), kept, 0.0))


def _jobs_within(case: Case) -> Ints:
    near = case.jobs.known & ~case.jobs.ends_first & (km_after(case) <= case.straal_km)
    return _per_household(case, near.astype(np.float64))


def _soft_points(case: Case) -> Ints:
    """Koppelregio of reception, a network within the radius, nearness of grounds, and what of the opgave is open."""
    total: Ints = np.sum(list(soft_parts(case).values()), axis=0)
    return total


def soft_parts(case: Case) -> dict[str, Ints]:
    """Return what the soft points of each household are the sum of, int64 [n] each."""
    p, to = case.parameters, case.links.gemeente
    open_share = np.minimum(1.0, case.households.opgave / np.maximum(1, case.households.whole))
    progress: Ints = np.rint(p["zacht/voortgang_punten"] * open_share).astype(np.int64)[to]
    stays = (koppelregio_rule(case) == "voorkeur") & ~crosses_koppelregio(case)
    table = case.batch.gronden
    rows = table[(table["grond"] == "netwerk") & ~table["bewijs"].isin(["", "nee"])]
    household = household_rows(rows["huishouden_id"], case.households.ids)
    near = case.km[to[household], gemeente_rows(rows["gemeente"])] <= case.straal_km
    known = np.isin(np.arange(len(case.households)), household[near])
    return {
        "koppelregio": np.where(stays, int(p["zacht/koppelregio_punten"]), 0).astype(np.int64),
        "grond_nabij": _near_other_grounds(case),
        "netwerk": np.where(known, int(p["zacht/netwerk_punten"]), 0).astype(np.int64),
        "voortgang": progress,
    }


def _near_other_grounds(case: Case) -> Ints:
    """Points for the farthest ground that is no work: all of them on the spot, none from the radius on."""
    most, grounds, size = case.parameters["zacht/grond_nabij_punten"], case.grounds, len(case.households)
    rows = [k for k, kind in enumerate(grounds.kind.tolist()) if grounds.order[kind] != "werk"]
    farthest = np.full(size, -1.0)
    for k in rows:
        h = grounds.household[k]
        farthest[h] = max(farthest[h], grounds.km[case.links.gemeente[h], k])
    nearness = np.clip(1.0 - farthest / case.straal_km, 0.0, 1.0)
    return np.where(farthest >= 0, np.rint(most * nearness), 0.0).astype(np.int64)


def _unchanged(case: Case) -> Ints:
    """One where the household has the municipality that it had in the run before."""
    had = case.batch.eerder or {}
    before = [had.get(str(h), "") for h in case.households.ids]
    same = [was != "" and was == now for was, now in zip(before, case.codes(case.links.gemeente), strict=True)]
    return np.array(same, dtype=np.int64)


def _chance(case: Case, chance: NDArray[np.int32]) -> Ints:
    return chance[np.arange(len(case.households)), case.links.gemeente].astype(np.int64)


def _up_to_lottery(case: Case, chance: NDArray[np.int32]) -> Ints:
    """The chance, as far as it does not exceed the mean over municipalities weighted by opgave, rounded down."""
    return np.minimum(_chance(case, chance), lottery_mean(case, chance))


def lottery_mean(case: Case, chance: NDArray[np.int32]) -> Ints:
    """Return the mean chance of each household over municipalities weighted by opgave, rounded down, int64 [n]."""
    opgave = case.households.opgave
    mean: Ints = np.floor(chance @ (opgave / max(1, int(opgave.sum())))).astype(np.int64)
    return mean


def _per_household(case: Case, weights: NDArray[np.float64]) -> Ints:
    return np.rint(np.bincount(case.jobs.household, weights, len(case.households))).astype(np.int64)


_OF_CASE: Mapping[str, Callable[[Case], Ints]] = {
    "personen_gekoppeld": _persons,
    "gronden_gehonoreerd": _grounds,
    "werkgemeente_gehaald": _in_work_gemeente,
    "nabij_opvang": _near_reception,
    "banen_behouden": _jobs_within,
    "hard_behouden": _hard_jobs_kept,
    "verwacht_behouden": _jobs_kept,
    "zachte_punten": _soft_points,
    ONGEWIJZIGD: _unchanged,
}
_OF_CHANCE: Mapping[str, Callable[[Case, NDArray[np.int32]], Ints]] = {
    "kans_tot_loting": _up_to_lottery,
    "kans_werk": _chance,
    "kans_beste_gezinslid": _chance,
    **dict.fromkeys(VLOEREN.values(), _chance),
}
