"""Batch and policy in, answer out: the one place that knows which method of ``solve`` a policy asks for."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.domain.voorstel import Niveau
from optimizer.fit import Chances, per_huishouden
from optimizer.model import Facts, Instance, build, collect, with_agreements
from optimizer.model.instance import farthest_km
from optimizer.policy import NIVEAUS, Beleid
from optimizer.rules.parameters import Parameters
from optimizer.solve import Level, LevelsAnswer, solve_levels
from optimizer.solve.sequence import by_lottery, by_order

Ints = npt.NDArray[np.int64]
Progress = Callable[[str, float, float], None]


@dataclass(frozen=True)
class Limits:
    """When the solver stops: counted work, never the clock unless a person asks for it.

    Attributes
    ----------
    work_limit
        Counted steps over all levels; None: until nothing improves.
    time_limit_s
        Emergency stop in seconds; the answer is then marked as not reproducible.
    workers
        Threads; they cannot change the answer.
    """

    work_limit: int | None = None
    time_limit_s: float | None = None
    workers: int = 1


@dataclass(frozen=True)
class Answer:
    """The answer of a policy.

    Attributes
    ----------
    gemeente
        Row of the municipality per household, or -1, int64 [H]; locked households included.
    niveaus
        What each level reached; empty for a policy that does not optimise (its status is ``not_optimised``).
    prijzen
        Shadow price per person in units of the last level that an opgave limits, float64 [G]; None without one.
    """

    gemeente: Ints
    niveaus: tuple[Niveau, ...] = ()
    prijzen: npt.NDArray[np.float64] | None = None
    status: str = "not_optimised"
    reproducible: bool = True
    seconden: dict[str, float] | None = None
    werk: int = 0


@dataclass(frozen=True)
class Case:
    """One batch under one policy, with its answer: everything that tables and counts are made from.

    Attributes
    ----------
    batch, parameters, beleid, eisen, bekend, seed
        What was asked.
    facts, instance
        The same as numbers.
    kans
        Chance of work summed over the adults of a household, in 0.0001, int32 [H, G].
    answer
        The answer.
    """

    batch: Batch
    parameters: Parameters
    beleid: Beleid
    eisen: Eisen
    bekend: float
    seed: int
    facts: Facts
    instance: Instance
    kans: npt.NDArray[np.int32]
    answer: Answer


def work_out(
    batch: Batch,
    parameters: Parameters,
    beleid: Beleid,
    *,
    chances: Chances,
    bekend: float = 1.0,
    seed: int = 0,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Case:
    """Answer a batch under a policy: facts, instance, answer.

    Parameters
    ----------
    chances
        Chance of work of each adult in each municipality, as ``fit.score`` gives it.
    bekend
        Share of households whose jobs are known in time.
    """
    facts = with_agreements(batch, collect(batch, parameters, seed=seed, bekend=bekend), parameters)
    eisen = beleid.eisen(parameters)
    size = facts.personen.size
    chance = per_huishouden(chances, facts.volwassenen, size, how="som")
    with_best = "kans_beste_gezinslid" in beleid.niveaus
    best = per_huishouden(chances, facts.volwassenen, size, how="beste") if with_best else None
    instance = build(facts, beleid, eisen, parameters, chance, best)
    answer = decide(instance, beleid, facts, seed=seed, limits=limits, progress=progress)
    return Case(batch, parameters, beleid, eisen, bekend, seed, facts, instance, chance, answer)


def decide(
    instance: Instance,
    beleid: Beleid,
    facts: Facts,
    *,
    seed: int = 0,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Answer:
    """Link the households of a batch under a policy; those fixed by a lock or an agreement are followed."""
    free = np.flatnonzero(instance.vastgezet < 0)
    gemeente = instance.vastgezet.copy()
    if beleid.methode == "loting":
        gemeente[free] = lottery_draws(instance, seed, 1)[0, free]
        return Answer(gemeente)
    if beleid.methode == "volgorde":
        gemeente[free] = _in_order(instance, beleid, facts, free)[free]
        return Answer(gemeente)
    answer = _by_levels(instance, free, seed, limits or Limits(), progress)
    gemeente[free] = answer.gemeente
    return Answer(
        gemeente,
        _niveaus(instance, gemeente, answer),
        answer.prices,
        str(answer.status),
        answer.reproducible,
        dict(answer.seconds),
        answer.work,
    )


def lottery_draws(instance: Instance, seed: int, draws: int) -> Ints:
    """Draw the lottery a number of times, int64 [draws, H]; locked households are filled in.

    Equation (21) of docs/method.md.
    """
    free = np.flatnonzero(instance.vastgezet < 0)
    rows = free[np.argsort(instance.lot[free], kind="stable")]
    out = by_lottery(instance.personen, instance.opgave, instance.toegestaan, rows, draws, seed, _resources(instance))
    return np.where(instance.vastgezet >= 0, instance.vastgezet, out)


def _in_order(instance: Instance, beleid: Beleid, facts: Facts, free: Ints) -> Ints:
    """By permit date, then id; equation (20) of docs/method.md."""
    order = free[np.lexsort((facts.huishoudens[free].astype(str), facts.vergunning[free]))]
    region = np.unique(facts.gemeenten.koppelregio, return_inverse=True)[1].astype(np.int64)
    with_ground = np.flatnonzero(facts.heeft_grond & (instance.vastgezet < 0)) if beleid.let_op_gronden else free[:0]
    km = farthest_km(facts, with_ground)
    return by_order(
        instance.personen,
        instance.opgave,
        instance.toegestaan,
        order,
        region,
        region[facts.opvang],
        dict(zip(with_ground.tolist(), km, strict=True)),
        _resources(instance),
    )


def _resources(instance: Instance, rows: Ints | slice = slice(None)) -> tuple[Ints, Ints] | None:
    """Return use [rows, K] and capacity [G, K] of the special dwellings; None where none limit."""
    return None if instance.woningen is None else (instance.woningen.nodig[rows], instance.woningen.vrij)


def _by_levels(instance: Instance, free: Ints, seed: int, limits: Limits, progress: Progress | None) -> LevelsAnswer:
    every = free.size == instance.personen.size
    rows: Ints | slice = slice(None) if every else free
    return solve_levels(
        [Level(n.naam, n.value[rows], n.unit) for n in instance.niveaus],
        instance.personen[rows],
        instance.opgave,
        instance.toegestaan[rows],
        _resources(instance, rows),
        lot=instance.lot[rows],
        seed=seed,
        workers=limits.workers,
        work_limit=limits.work_limit,
        time_limit_s=limits.time_limit_s,
        progress=progress,
    )


def _niveaus(instance: Instance, gemeente: Ints, answer: LevelsAnswer) -> tuple[Niveau, ...]:
    """Put the levels back into the units of the world, the locked households counted in."""
    locked = np.flatnonzero(instance.vastgezet >= 0)
    out = []
    for level, result in zip(instance.niveaus, answer.levels, strict=False):
        extra = int(level.value[locked, gemeente[locked]].sum(dtype=np.int64))
        unit, eenheid = NIVEAUS[level.naam]
        out.append(
            Niveau(
                level.naam,
                eenheid,
                (result.value + extra) * unit,
                (result.bound + extra) * unit,
                result.gap,
                str(result.status),
            )
        )
    return tuple(out)
