"""What one household would find in a municipality: the value of each level, and what each value is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optimizer import retention
from optimizer.domain.uitvoer import UITKOMSTEN
from optimizer.explain.told.alternatives import dwelling_fits, dwellings_left, remaining
from optimizer.model import Case, LevelValues, Problem
from optimizer.model.levels import grounds_honoured, jobs_kept, persons_linked, soft_parts

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Niveauwaarde:
    """One level for one household, in units of the world.

    Attributes
    ----------
    naam
        Name of the level.
    hier
        Value where the household is proposed; None without a municipality.
    elders
        Value in each alternative, in their order.
    """

    naam: str
    hier: float | None
    elders: tuple[float, ...]


@dataclass(frozen=True)
class Baandeel:
    """What one job of the household becomes in one municipality.

    Attributes
    ----------
    baan_id, werk
        Key of the job, and what people call the place of work.
    uren
        Hours a week.
    bekend
        Whether it was known in time; else it counts in no choice.
    km_nu, km
        Distance from reception and from the municipality.
    kans_behoud
        Chance that it survives the move; 0 where the contract ends first.
    uitkomst
        As in ``banen.csv``.
    """

    baan_id: str
    werk: str
    uren: float
    bekend: bool
    km_nu: float
    km: float
    kans_behoud: float
    uitkomst: str


def counted_levels(problem: Problem) -> tuple[LevelValues, ...]:
    """Return the levels of a policy; of one that has none what comparisons count, though it decided nothing."""
    if problem.instance.niveaus:
        return problem.instance.niveaus
    facts, p = problem.facts, problem.parameters
    return (
        LevelValues("personen_gekoppeld", 1.0, persons_linked(facts)),
        LevelValues("gronden_gehonoreerd", 1.0, grounds_honoured(facts, p)),
        LevelValues("verwacht_behouden", 0.001, jobs_kept(facts, p)),
        LevelValues("kans_werk", 0.0001, problem.kansen["kans_werk"]),
    )


def best(problem: Problem, household: int, candidates: Bools, count: int) -> list[int]:
    """Return the best municipalities (rows) of some (bool [G]) for a household: level by level, then by code."""
    where = np.flatnonzero(candidates)
    keys = [-n.value[household, where].astype(np.int64) for n in problem.instance.niveaus]
    order = np.lexsort(tuple(reversed(keys))) if keys else np.zeros(0, dtype=np.int64)
    return [int(where[i]) for i in order[:count]]


def with_room(problem: Problem, gemeente: Ints, household: int) -> Bools:
    """Tell where a household fits beside everybody else of an answer (rows or -1, int64 [H]), bool [G]."""
    others = gemeente.copy()
    others[household] = -1
    fits = remaining(problem.instance, others) >= problem.instance.personen[household]
    if problem.instance.tempo is not None:
        fits &= ~problem.instance.tempo.full(problem.instance.personen, others, np.array([household]))[0]
    left = dwellings_left(problem.instance, others)
    return np.asarray(fits & dwelling_fits(problem.instance, np.array([household]), left)[0], dtype=np.bool_)


def values(problem: Problem, household: int, here: int, elsewhere: list[int]) -> tuple[Niveauwaarde, ...]:
    """Return what each level gives a household here (row or -1) and in some other municipalities (rows)."""
    return tuple(
        Niveauwaarde(
            n.naam,
            _in_world(n, int(n.value[household, here])) if here >= 0 else None,
            tuple(_in_world(n, int(n.value[household, g])) for g in elsewhere),
        )
        for n in counted_levels(problem)
    )


def _in_world(level: LevelValues, units: int) -> float:
    """Put whole units into the world without the dust of binary fractions: 33 of 0.001 is 0.033."""
    return units / round(1 / level.unit)


def jobs_in(case: Case, household: int, gemeente: int) -> tuple[Baandeel, ...]:
    """Return what each job of a household becomes in a municipality (row)."""
    facts, b, p = case.facts, case.facts.banen, case.parameters
    mine = np.flatnonzero(b.huishouden == household)
    km = facts.km[gemeente, b.plek[mine]]
    km_nu = facts.km_nu[mine]
    kept = np.where(b.loopt_af[mine], 0.0, retention.expected_kept(km_nu, km, b.uren[mine], b.contract[mine], p))
    linked = np.ones(mine.size, dtype=np.bool_)
    outcome = retention.outcome(linked, km_nu, km, b.loopt_af[mine], p["gronden/straal_km"])
    ids = case.batch.werk["baan_id"].to_numpy(dtype=object)
    return tuple(
        Baandeel(
            baan_id=str(ids[j]),
            werk=str(facts.destinations.naam[b.plek[j]]),
            uren=float(b.uren[j]),
            bekend=bool(b.bekend[j]),
            km_nu=float(km_nu[i]),
            km=float(km[i]),
            kans_behoud=float(kept[i]),
            uitkomst=UITKOMSTEN[int(outcome[i])],
        )
        for i, j in enumerate(mine.tolist())
    )


def points_in(problem: Problem, household: int, gemeente: int) -> Mapping[str, int]:
    """Return what the soft points of a household in a municipality (row) are the sum of."""
    parts = soft_parts(problem.facts, problem.eisen, problem.parameters)
    return {name: int(value[min(household, len(value) - 1), gemeente]) for name, value in parts.items()}
