"""The program on a chosen set of pairs, as a matrix for HiGHS; equations (1) to (5) and (9)."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from optimizer.solve.problem.arrays import FloatArray, IntArray, PairList, ValueArray
from optimizer.solve.problem.space import Space, exact_sum

UNBOUNDED = -np.inf
LARGEST_WHOLE = 2**22  # whole numbers up to here are left as they are: solvers then round their bounds


@dataclass(frozen=True, eq=False)
class Program:
    """A linear program over pairs (h, g); rows satisfy ``low <= matrix @ x <= high``; the objective is maximised.

    The rows are households, gemeenten, regions, resources of each gemeente, and kept levels, in this order;
    ``starts`` tells where each kind begins. ``base`` [levels, households] is what a kept level counts beforehand for
    households that must be linked; their rows hold the differences, which are small and exact.
    """

    pair_h: IntArray
    pair_g: IntArray
    objective: FloatArray
    matrix: sp.csr_array
    low: FloatArray
    high: FloatArray
    starts: tuple[int, int, int, int, int]
    kept_scale: FloatArray
    base: FloatArray


def penalised(space: Space, value: ValueArray, weight: FloatArray, pairs: PairList) -> tuple[Space, FloatArray, float]:
    """Weigh the kept levels in instead of keeping them by a row; equation (14).

    Returns the space without kept levels, the objective of every pair, and what to subtract from its bound. Any
    weights >= 0 give a valid bound: an answer that keeps the levels loses nothing by the exchange.
    """
    h, g = pairs
    objective = value[h, g].astype(np.float64)
    floors = 0.0
    for one, kept in zip(weight, space.kept, strict=True):
        objective += one * kept.value[h, g]
        floors += one * kept.floor
    return space.replace(kept=()), objective, floors


def build(space: Space, value: ValueArray, pairs: PairList, objective: FloatArray | None = None) -> Program:
    """Write (1) to (5) and (9) over ``pairs``; ``objective`` takes the place of the values of the pairs."""
    h, g = pairs
    if objective is None:
        objective = value[h, g].astype(np.float64)
    n, kinds = h.size, space.capacity.shape[1]
    column = np.arange(n)
    persons = space.persons[h].astype(np.float64)
    gemeente = space.persons.size
    region = gemeente + space.opgave.size
    resource = region + space.ceiling.size
    kept_row = resource + space.capacity.size
    entries: list[tuple[IntArray, IntArray, FloatArray]] = [(h, column, np.ones(n)), (gemeente + g, column, persons)]
    if space.ceiling.size:
        inside = space.region[g] >= 0
        counted = space.counted[h].astype(np.float64)
        entries.append((region + space.region[g[inside]], column[inside], counted[inside]))
    for k in range(kinds):
        entries.append((resource + g * kinds + k, column, space.use[h, k].astype(np.float64)))
    scale = np.ones(len(space.kept))
    base = np.zeros((len(space.kept), space.persons.size))
    for k, kept in enumerate(space.kept):
        own = kept.value[h, g].astype(np.float64)
        base[k] = kept_beforehand(space, h, own)
        coefficient = own - base[k, h]
        largest = float(np.abs(coefficient).max(initial=0.0))
        if largest > LARGEST_WHOLE or not np.issubdtype(kept.value.dtype, np.integer):
            scale[k] = max(1.0, largest)
        entries.append((np.full(n, kept_row + k), column, coefficient / scale[k]))
    rows, cols, data = (np.concatenate(part) for part in zip(*entries, strict=True))
    size = kept_row + len(space.kept)
    matrix = sp.csr_array((data, (rows, cols)), shape=(size, n))
    low, high = limits(space, scale, base)
    starts = (gemeente, region, resource, kept_row, size)
    return Program(h, g, objective, matrix, low, high, starts, scale, base)


def kept_beforehand(space: Space, household: IntArray, own: FloatArray) -> FloatArray:
    """[households], the most that each household that must be linked adds to a kept level; 0 for the others."""
    most = np.full(space.persons.size, -np.inf)
    np.maximum.at(most, household, own)
    return np.where(space.must_link & np.isfinite(most), most, 0.0)


def limits(space: Space, kept_scale: FloatArray, base: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Right-hand sides of all rows."""
    kept = [
        (kept.floor - exact_sum(own.tolist())) / scale
        for kept, scale, own in zip(space.kept, kept_scale, base, strict=True)
    ]
    high = np.concatenate(
        [
            np.ones(space.persons.size),
            space.opgave,
            space.ceiling,
            space.capacity.ravel(),
            np.full(len(kept), np.inf),
        ]
    )
    low = np.concatenate(
        [
            np.where(space.must_link, 1.0, UNBOUNDED),
            np.where(space.full, space.opgave, UNBOUNDED),
            np.full(space.ceiling.size + space.capacity.size, UNBOUNDED),
            np.array(kept, dtype=np.float64),
        ]
    )
    return low, high
