"""The best answer level by level: the instance to the solver, its answer back into the units of the world."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np

from optimizer.domain.levels import LEVELS
from optimizer.domain.voorstel import Niveau
from optimizer.model import Answer, Instance
from optimizer.model.facts import Ints
from optimizer.model.levels import LevelValues
from optimizer.solve import Leeway, Level, LevelsAnswer, Start, solve_levels

#: Relative gap at which a level may stop where the pace of a round binds: proving the last units would take minutes.
PACED_GAP = 1e-3
#: Told the name of a level, the value reached and the bound, both in the unit of the level (docs/method.md).
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
    gap
        Relative gap at which a level may stop; 0: only when it is proven.
    """

    work_limit: int | None = None
    time_limit_s: float | None = None
    workers: int = 1
    gap: float = 0.0


def by_levels(
    instance: Instance,
    seed: int,
    limits: Limits,
    progress: Progress | None = None,
    start: Ints | None = None,
    *,
    certify: bool = False,
) -> Answer:
    """Solve the levels one after the other for the households that nothing fixes.

    Parameters
    ----------
    instance, seed
        The problem, and the seed of the search.
    limits, progress
        When to stop, and who is told.
    start
        Links of an earlier answer to nearly the same problem, rows or -1, int64 [H]; the search begins there.
    certify
        Also make the certificates of the bounds.
    """
    answer = _solved(instance, seed, limits, progress, start, certify=certify)
    gemeente = _everybody(instance, answer.gemeente)
    return Answer(
        gemeente,
        _niveaus(instance, gemeente, answer),
        answer.prices,
        "gap" if answer.status == "proven" and any(one.gap for one in answer.levels[:-1]) else str(answer.status),
        answer.reproducible,
        dict(answer.seconds),
        answer.work,
        tuple(certificate.as_dict() for certificate in answer.certificates),
        {name: _everybody(instance, turn) for name, turn in answer.turns.items()},
    )


def _everybody(instance: Instance, free: Ints) -> Ints:
    """Return the rows of the municipalities of all households from those of the free ones."""
    gemeente = instance.vastgezet.copy()
    gemeente[instance.free] = free
    return gemeente


def _solved(
    instance: Instance, seed: int, limits: Limits, progress: Progress | None, start: Ints | None, *, certify: bool
) -> LevelsAnswer:
    # No copy of the matrices where everybody is free.
    rows: Ints | slice = instance.free if instance.free.size < instance.personen.size else slice(None)
    resources, counted = instance.resources, instance.counted
    return solve_levels(
        [Level(n.naam, n.value[rows], n.unit, _leeway(n)) for n in instance.niveaus],
        instance.personen[rows],
        instance.opgave,
        instance.toegestaan[rows],
        None if resources is None else (resources[0][rows], resources[1]),
        instance.regions,
        counted=None if counted is None else counted[rows],
        gap=max(limits.gap, PACED_GAP if instance.paced else 0.0),
        lot=instance.lot[rows],
        seed=seed,
        start=None if start is None else Start(start[rows], ()),
        certify=certify,
        workers=limits.workers,
        work_limit=limits.work_limit,
        time_limit_s=limits.time_limit_s,
        progress=None if progress is None else _in_the_world(instance, progress),
    )


def _in_the_world(instance: Instance, progress: Progress) -> Progress:
    """Return what tells a level in its own unit, with the households that are fixed counted in."""
    fixed = np.flatnonzero(instance.vastgezet >= 0)
    at = instance.vastgezet[fixed]
    extra = {level.naam: int(level.value[fixed, at].sum(dtype=np.int64)) for level in instance.niveaus}

    def tell(naam: str, value: float, bound: float) -> None:
        if naam in extra:
            unit = LEVELS[naam].unit
            value, bound = (value + extra[naam]) * unit, (floor(bound) + extra[naam]) * unit
        progress(naam, value, bound)

    return tell


def _leeway(level: LevelValues) -> Leeway | None:
    """Return what later levels may give up of a level, in whole units, from decimals as they are written."""
    if not (level.deel or level.aantal):
        return None
    units = Fraction(str(level.aantal)) / Fraction(str(LEVELS[level.naam].unit))
    return Leeway(Fraction(str(level.deel)), floor(units))


def _niveaus(instance: Instance, gemeente: Ints, answer: LevelsAnswer) -> tuple[Niveau, ...]:
    """Put the levels back into the units of the world, the locked households counted in."""
    locked = np.flatnonzero(instance.vastgezet >= 0)
    proofs = [certificate.kind for certificate in answer.certificates] or [""] * len(answer.levels)
    out = []
    for level, result, proof in zip(instance.niveaus, answer.levels, proofs, strict=False):
        extra = int(level.value[locked, gemeente[locked]].sum(dtype=np.int64))
        kind = LEVELS[level.naam]
        # A level that may stop at a gap is not proven by that.
        status = "gap" if result.gap and result.status == "proven" else str(result.status)
        reached, bound, best, floored, most = (
            (units + extra) * kind.unit
            for units in (result.value, result.bound, result.best, result.floor, result.ceiling)
        )
        out.append(Niveau(level.naam, kind.eenheid, reached, bound, result.gap, status, best, floored, most, proof))
    return tuple(out)
