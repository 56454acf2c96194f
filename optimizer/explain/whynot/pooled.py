"""A month in which some neighbours share their opgaven: what any swaps between them could give at most.

Municipalities that share are a region with one ceiling, the sum of their opgaven; equation (33) of docs/method.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optimizer.decide import Limits
from optimizer.model import Instance, LevelValues
from optimizer.model.facts import Ints
from optimizer.solve import Level, LevelsAnswer, Start, Status, solve_levels

#: Two neighbours, the lower row first.
Edge = tuple[int, int]
#: Municipalities (rows) that share their opgaven, each once.
Clusters = tuple[tuple[int, ...], ...]
#: Whole units by level, most important first; infinite where nothing is known.
Units = tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Pooled:
    """What was found for one way of sharing.

    Attributes
    ----------
    gemeente
        Row of the municipality per household, or -1, int64 [H]; the fixed among them.
    reached, bound
        What the levels reach, and what nothing better can exceed in their order.
    work
        Counted steps.
    """

    gemeente: Ints
    reached: Units
    bound: Units
    work: int

    @property
    def proven(self) -> bool:
        """Whether no better answer exists."""
        return self.reached == self.bound


def clusters(edges: Iterable[Edge]) -> Clusters:
    """Join edges that hang together; municipalities without an edge are not named.

    >>> clusters([(1, 2), (5, 6), (2, 9)])
    ((1, 2, 9), (5, 6))
    """
    top: dict[int, int] = {}

    def root(g: int) -> int:
        while top.setdefault(g, g) != g:
            top[g] = top[top[g]]
            g = top[g]
        return g

    for a, b in edges:
        top[root(a)] = root(b)
    found: dict[int, list[int]] = {}
    for g in sorted(top):
        found.setdefault(root(g), []).append(g)
    return tuple(sorted(tuple(members) for members in found.values()))


def solve_pooled(
    instance: Instance, levels: Sequence[LevelValues], shared: Clusters, seed: int, limits: Limits, start: Ints
) -> Pooled:
    """Solve the levels where some municipalities share their opgaven.

    Parameters
    ----------
    instance
        The problem; what is fixed is out of its opgaven.
    levels
        What counts, most important first; a last one may keep people where they are.
    shared
        Who shares.
    seed, limits, start
        As ``decide.by_levels`` takes them.
    """
    opgave, region = instance.opgave.copy(), np.full(instance.opgave.size, -1, dtype=np.int64)
    ceilings = []
    for number, members in enumerate(shared):
        rows = list(members)
        ceilings.append(int(instance.opgave[rows].sum()))
        opgave[rows], region[rows] = ceilings[-1], number
    rows_free, resources = instance.free, instance.resources
    answer = solve_levels(
        [Level(n.naam, n.value[rows_free], n.unit) for n in levels],
        instance.personen[rows_free],
        opgave,
        instance.toegestaan[rows_free],
        None if resources is None else (resources[0][rows_free], resources[1]),
        (region, np.array(ceilings, dtype=np.int64)) if ceilings else None,
        lot=instance.lot[rows_free],
        seed=seed,
        start=Start(start[rows_free], ()),
        workers=limits.workers,
        work_limit=limits.work_limit,
        time_limit_s=limits.time_limit_s,
    )
    gemeente = instance.vastgezet.copy()
    gemeente[rows_free] = answer.gemeente
    return Pooled(gemeente, *_units(answer, len(levels)), answer.work)


def _units(answer: LevelsAnswer, count: int) -> tuple[Units, Units]:
    """Return what the levels reached and the bound in their order: behind a gap nothing is known."""
    reached: list[float] = []
    bound: list[float] = []
    for level in answer.levels[:count]:
        open_before = bound != reached
        reached.append(level.value)
        bound.append(np.inf if open_before else level.value if level.status is Status.PROVEN else level.bound)
    return tuple(reached), tuple(bound)


def used_by(instance: Instance, gemeente: npt.NDArray[np.int64]) -> Ints:
    """Return the persons that an answer links to each municipality beside the fixed, int64 [G]."""
    free = np.flatnonzero((gemeente >= 0) & (instance.vastgezet < 0))
    used = np.bincount(gemeente[free], weights=instance.personen[free], minlength=instance.opgave.size)
    return used.astype(np.int64)
