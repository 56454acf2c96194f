"""The program on a chosen set of pairs, as a matrix for HiGHS; equations (1) to (5) and (9)."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from optimizer.solve.arrays import BoolArray, FloatArray, IntArray, ValueArray
from optimizer.solve.duals import Duals
from optimizer.solve.space import Space, exact_sum

UNBOUNDED = -np.inf
NODES = 10_000
INFEASIBLE = 2  # status of scipy
LARGEST_WHOLE = 2**22  # whole numbers up to here are left as they are: solvers then round their bounds
TOLERANCE = 1e-5  # HiGHS closes at an absolute gap of 1e-6 and rows may be off by 1e-6


@dataclass(frozen=True, eq=False)
class Master:
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


def penalised(
    space: Space, value: ValueArray, weight: FloatArray, pairs: tuple[IntArray, IntArray]
) -> tuple[Space, FloatArray, float]:
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


def build(
    space: Space, value: ValueArray, pairs: tuple[IntArray, IntArray], objective: FloatArray | None = None
) -> Master:
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
        entries.append((region + space.region[g[inside]], column[inside], persons[inside]))
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
    return Master(h, g, objective, matrix, low, high, starts, scale, base)


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


@dataclass(frozen=True, eq=False)
class Relaxed:
    """Optimum of the linear relaxation of a master."""

    objective: float
    pair_value: FloatArray
    household_price: FloatArray
    duals: Duals


def relax(space: Space, master: Master, scale: float, time_limit_s: float | None = None) -> Relaxed | None:
    """Solve the linear relaxation; None when the solver found no optimum.

    ``scale`` divides the objective: HiGHS's tolerances are absolute.
    """
    equal = master.low == master.high
    below = np.isfinite(master.high) & ~equal
    above = np.isfinite(master.low) & ~equal
    matrix_ub = sp.vstack([master.matrix[below], -master.matrix[above]], format="csr")
    result = linprog(
        -master.objective / scale,
        A_ub=matrix_ub if matrix_ub.shape[0] else None,
        b_ub=np.concatenate([master.high[below], -master.low[above]]) if matrix_ub.shape[0] else None,
        A_eq=master.matrix[equal] if equal.any() else None,
        b_eq=master.high[equal] if equal.any() else None,
        bounds=(0, None),
        method="highs",
        options={} if time_limit_s is None else {"time_limit": time_limit_s},
    )
    if result.status != 0:
        return None
    price = np.zeros(master.starts[-1])
    inequality = np.maximum(-np.asarray(result.ineqlin.marginals) * scale, 0.0)
    price[below] = inequality[: below.sum()]
    price[above] -= inequality[below.sum() :]
    if equal.any():
        price[equal] = -np.asarray(result.eqlin.marginals) * scale
    duals = read_duals(space, master, price)
    return Relaxed(
        objective=-float(result.fun or 0.0) * scale,
        pair_value=np.asarray(result.x),
        household_price=price[: space.persons.size] + duals.weight @ master.base,
        duals=duals,
    )


def read_duals(space: Space, master: Master, price: FloatArray) -> Duals:
    """Turn the prices of rows into a point of the dual function (7)."""
    gemeente, region, resource, kept, _ = master.starts
    own = price[gemeente:region].copy()
    own[~space.full] = np.maximum(own[~space.full], 0.0)
    ceiling = np.maximum(price[region:resource], 0.0)
    in_region = np.zeros(space.opgave.size)
    if space.ceiling.size:
        inside = space.region >= 0
        in_region[inside] = ceiling[space.region[inside]]
    supply = np.maximum(price[resource:kept], 0.0)
    weight = np.maximum(-price[kept:], 0.0) / master.kept_scale
    floors = float(sum(w * k.floor for w, k in zip(weight, space.kept, strict=True)))
    return Duals(
        opgave=own,
        region=in_region,
        resource=supply.reshape(space.capacity.shape),
        weight=weight,
        constant=float(ceiling @ space.ceiling) + float(supply @ space.capacity.ravel()) - floors,
    )


@dataclass(frozen=True, eq=False)
class Rounded:
    """Outcome of the whole-number program on a master."""

    gemeente: IntArray | None
    bound: float
    complete: bool
    nodes: int


@dataclass(frozen=True, eq=False)
class Counted:
    """Outcome of a program in which a pair may be used more than once: [pairs] how often, or None."""

    counts: IntArray | None
    bound: float
    complete: bool
    nodes: int


def solve_counts(
    master: Master, most: FloatArray, scale: float, node_limit: int = NODES, time_limit_s: float | None = None
) -> Counted:
    """Solve the program in whole numbers, each pair at most ``most`` [pairs] times, by HiGHS.

    The bound that HiGHS reports is widened by its tolerances.
    """
    limit = 1e30 if time_limit_s is None else time_limit_s
    n = master.pair_h.size
    if n == 0:
        return Counted(np.zeros(0, dtype=np.int64), 0.0, complete=True, nodes=0)
    result = milp(
        -master.objective / scale,
        constraints=LinearConstraint(master.matrix, master.low, master.high),
        integrality=np.ones(n, dtype=np.int64),
        bounds=Bounds(0.0, most),
        options={"mip_rel_gap": 0.0, "node_limit": node_limit, "time_limit": limit},
    )
    if result.status == INFEASIBLE:
        return Counted(None, -np.inf, complete=True, nodes=0)
    bound = np.inf if result.mip_dual_bound is None else (TOLERANCE - float(result.mip_dual_bound)) * scale
    counts = None if result.x is None else np.round(np.asarray(result.x)).astype(np.int64)
    return Counted(counts, bound, result.status == 0, int(result.mip_node_count or 0))


def solve_whole(
    space: Space, master: Master, scale: float, node_limit: int = NODES, time_limit_s: float | None = None
) -> Rounded:
    """Solve the program in whole numbers."""
    found = solve_counts(master, np.ones(master.pair_h.size), scale, node_limit, time_limit_s)
    gemeente = None if found.counts is None else read_whole(space, master, found.counts)
    return Rounded(gemeente, found.bound, found.complete, found.nodes)


def read_whole(space: Space, master: Master, pair_value: FloatArray | IntArray) -> IntArray:
    """Read an answer from pair values that are whole up to the solver's tolerance."""
    chosen: BoolArray = pair_value > 0.5
    gemeente = np.full(space.persons.size, -1, dtype=np.int64)
    gemeente[master.pair_h[chosen]] = master.pair_g[chosen]
    return gemeente
