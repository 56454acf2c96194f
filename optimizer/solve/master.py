"""The program on a chosen set of pairs, as a matrix for HiGHS; equations (1) to (5), (9) and (10)."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from optimizer.solve.arrays import BoolArray, FloatArray, IntArray, ValueArray
from optimizer.solve.duals import Duals
from optimizer.solve.patterns import Patterns
from optimizer.solve.space import Space

UNBOUNDED = -np.inf
NODES = 10_000
INFEASIBLE = 2  # status of scipy
TOLERANCE = 1e-5  # HiGHS closes at an absolute gap of 1e-6 and rows may be off by 1e-6


@dataclass(frozen=True, eq=False)
class Blocks:
    """Where each kind of row begins; the rows of a kind lie together."""

    person: IntArray  # [gemeenten] row in persons, -1 where patterns take its place
    size: IntArray  # [gemeenten, sizes] row that ties households to patterns, -1 elsewhere
    convex: IntArray  # [gemeenten] row that chooses one pattern, -1 elsewhere
    region: int
    resource: int
    kept: int
    rows: int


@dataclass(frozen=True, eq=False)
class Master:
    """A linear program over pairs (h, g), then patterns, then counts of households by size.

    Rows satisfy ``low <= matrix @ x <= high``; the objective is maximised.
    """

    pair_h: IntArray
    pair_g: IntArray
    objective: FloatArray
    matrix: sp.csr_array
    low: FloatArray
    high: FloatArray
    blocks: Blocks
    patterns: Patterns | None
    kept_scale: FloatArray


def lay_out(space: Space, patterns: Patterns | None) -> Blocks:
    """Number the rows."""
    households, gemeenten, sizes = space.persons.size, space.opgave.size, space.sizes.size
    small = patterns.small if patterns else np.zeros(gemeenten, dtype=np.bool_)
    row = households
    person = np.full(gemeenten, -1, dtype=np.int64)
    need = ~small | space.full
    person[need] = row + np.arange(need.sum())
    row += int(need.sum())
    size = np.full((gemeenten, sizes), -1, dtype=np.int64)
    size[small] = row + np.arange(int(small.sum()) * sizes).reshape(-1, sizes)
    row += int(small.sum()) * sizes
    convex = np.full(gemeenten, -1, dtype=np.int64)
    convex[small] = row + np.arange(small.sum())
    row += int(small.sum())
    region = row
    resource = region + space.ceiling.size
    kept = resource + space.capacity.size
    return Blocks(person, size, convex, region, resource, kept, kept + len(space.kept))


def build(
    space: Space,
    value: ValueArray,
    pairs: tuple[IntArray, IntArray],
    patterns: Patterns | None = None,
) -> Master:
    """Write (1) to (5) and (9) over ``pairs``; with ``patterns``, (10) takes the place of (3)."""
    h, g = pairs
    blocks = lay_out(space, patterns)
    n = h.size
    column = np.arange(n)
    persons = space.persons[h].astype(np.float64)
    entries: list[tuple[IntArray, IntArray, FloatArray]] = [(h, column, np.ones(n))]

    by_person = blocks.person[g] >= 0
    entries.append((blocks.person[g[by_person]], column[by_person], persons[by_person]))
    row = blocks.size[g, space.size_class[h]]
    by_size = row >= 0
    entries.append((row[by_size], column[by_size], np.ones(int(by_size.sum()))))

    in_region = space.region[g] >= 0 if space.ceiling.size else np.zeros(n, dtype=np.bool_)
    entries.append((blocks.region + space.region[g[in_region]], column[in_region], persons[in_region]))
    kinds = space.capacity.shape[1]
    for k in range(kinds):
        entries.append((blocks.resource + g * kinds + k, column, space.use[h, k].astype(float)))
    scale = np.ones(len(space.kept))
    for k, kept in enumerate(space.kept):
        coefficient = kept.value[h, g].astype(np.float64)
        scale[k] = max(1.0, float(np.abs(coefficient).max(initial=0.0)))
        entries.append((np.full(n, blocks.kept + k), column, coefficient / scale[k]))

    objective = value[h, g].astype(np.float64)
    columns = n
    if patterns is not None:
        columns += patterns.gemeente.size
        objective = np.concatenate([objective, np.zeros(patterns.gemeente.size)])
        at = np.arange(n, columns)
        entries.append((blocks.convex[patterns.gemeente], at, np.ones(at.size)))
        p, size = np.nonzero(patterns.count)
        entries.append((blocks.size[patterns.gemeente[p], size], at[p], -patterns.count[p, size].astype(float)))
    low, high = limits(space, blocks, scale)
    rows, cols, data = (np.concatenate(part) for part in zip(*entries, strict=True))
    matrix = sp.csr_array((data, (rows, cols)), shape=(blocks.rows, columns))
    return Master(h, g, objective, matrix, low, high, blocks, patterns, scale)


def limits(space: Space, blocks: Blocks, kept_scale: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Right-hand sides of all rows."""
    low = np.full(blocks.rows, UNBOUNDED)
    high = np.zeros(blocks.rows)
    households = space.persons.size
    high[:households] = 1.0
    low[:households][space.must_link] = 1.0
    person = blocks.person >= 0
    high[blocks.person[person]] = space.opgave[person]
    full = person & space.full
    low[blocks.person[full]] = space.opgave[full]
    high[blocks.convex[blocks.convex >= 0]] = 1.0
    high[blocks.region : blocks.resource] = space.ceiling
    high[blocks.resource : blocks.kept] = space.capacity.ravel()
    high[blocks.kept :] = np.inf
    low[blocks.kept :] = [k.floor / s for k, s in zip(space.kept, kept_scale, strict=True)]
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

    ``scale`` is the size of a typical value: HiGHS's tolerances are absolute.
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
    row_price = np.zeros(master.blocks.rows)
    inequality = -np.asarray(result.ineqlin.marginals) * scale
    row_price[np.flatnonzero(below)] = np.maximum(inequality[: below.sum()], 0.0)
    row_price[np.flatnonzero(above)] -= np.maximum(inequality[below.sum() :], 0.0)
    if equal.any():
        row_price[np.flatnonzero(equal)] = -np.asarray(result.eqlin.marginals) * scale
    return Relaxed(
        objective=-float(result.fun or 0.0) * scale,
        pair_value=np.asarray(result.x)[: master.pair_h.size],
        household_price=row_price[: space.persons.size],
        duals=read_duals(space, master, row_price),
    )


def read_duals(space: Space, master: Master, row_price: FloatArray) -> Duals:
    """Turn the prices of rows into a point of the dual function (7)."""
    blocks = master.blocks
    per_person = np.where(blocks.person >= 0, row_price[blocks.person], 0.0)
    free = ~space.full
    per_person[free] = np.maximum(per_person[free], 0.0)
    constant = float(per_person @ space.opgave)
    region_price = np.maximum(row_price[blocks.region : blocks.resource], 0.0)
    constant += float(region_price @ space.ceiling)
    if space.ceiling.size:
        inside = space.region >= 0
        per_person[inside] += region_price[space.region[inside]]
    price: FloatArray = per_person[:, None] * space.sizes[None, :].astype(np.float64)
    if master.patterns is not None:
        size_price = np.where(blocks.size >= 0, np.maximum(row_price[blocks.size], 0.0), 0.0)
        price = price + size_price
        worth = (master.patterns.count * size_price[master.patterns.gemeente]).sum(axis=1)
        most = np.zeros(space.opgave.size)
        np.maximum.at(most, master.patterns.gemeente, worth)
        constant += float(most.sum())
        per_person = per_person + most / np.maximum(space.opgave, 1)
    resource: FloatArray = np.maximum(row_price[blocks.resource : blocks.kept], 0.0)
    constant += float(resource @ space.capacity.ravel())
    weight = np.maximum(-row_price[blocks.kept :], 0.0) / master.kept_scale
    constant -= float(sum(w * k.floor for w, k in zip(weight, space.kept, strict=True)))
    return Duals(price, resource.reshape(space.capacity.shape), weight, constant, per_person)


@dataclass(frozen=True, eq=False)
class Rounded:
    """Outcome of the whole-number program on a master."""

    gemeente: IntArray | None
    bound: float
    complete: bool
    has_point: bool
    nodes: int


def solve_whole(
    space: Space,
    master: Master,
    scale: float,
    node_limit: int = NODES,
    time_limit_s: float | None = None,
) -> Rounded:
    """Solve the program in whole numbers on the pairs of a master.

    When only opgaven and regions bind, pairs may stay continuous next to whole patterns: for given counts of households
    by size what remains is a transportation problem, whose vertices are whole; equation (11). Where the solver returns
    another point of that polytope, the pairs are made whole too.
    """
    if not space.kept and space.use.shape[1] == 0:
        counted = count_columns(space, master)
        found = run_whole(space, counted, scale, node_limit, time_limit_s, pairs_whole=False)
        if found.gemeente is not None or not found.has_point:
            return found
    return run_whole(space, master, scale, node_limit, time_limit_s, pairs_whole=True)


def run_whole(
    space: Space, master: Master, scale: float, node_limit: int, time_limit_s: float | None, *, pairs_whole: bool
) -> Rounded:
    """Hand a master to HiGHS; a bound that it reports is widened by its tolerances."""
    pairs, columns = master.pair_h.size, master.matrix.shape[1]
    whole = np.ones(columns, dtype=np.int64)
    whole[:pairs] = int(pairs_whole)
    upper = np.full(columns, np.inf)
    upper[:pairs] = 1.0
    limit = 1e30 if time_limit_s is None else time_limit_s
    result = milp(
        -master.objective / scale,
        constraints=LinearConstraint(master.matrix, master.low, master.high),
        integrality=whole,
        bounds=Bounds(0.0, upper),
        options={"mip_rel_gap": 0.0, "node_limit": node_limit, "time_limit": limit},
    )
    if result.status == INFEASIBLE:
        return Rounded(None, -np.inf, complete=True, has_point=False, nodes=0)
    bound = np.inf if result.mip_dual_bound is None else (TOLERANCE - float(result.mip_dual_bound)) * scale
    gemeente = None if result.x is None else read_whole(space, master, np.asarray(result.x)[:pairs])
    nodes = int(result.mip_node_count or 0)
    return Rounded(gemeente, bound, complete=result.status == 0, has_point=result.x is not None, nodes=nodes)


def count_columns(space: Space, master: Master) -> Master:
    """Add whole counts of households by size for the gemeenten without patterns; equation (11)."""
    if master.patterns is None:
        return master
    g, k = np.nonzero(np.repeat(~master.patterns.small[:, None], space.sizes.size, axis=1))
    if g.size == 0:
        return master
    columns = master.matrix.shape[1]
    at = np.arange(g.size)
    index = np.full(master.blocks.size.shape, -1, dtype=np.int64)
    index[g, k] = at
    row = index[master.pair_g, space.size_class[master.pair_h]]
    tied = row >= 0
    rows = np.concatenate([row[tied], at])
    cols = np.concatenate([np.flatnonzero(tied), columns + at])
    data = np.concatenate([np.ones(int(tied.sum())), -np.ones(g.size)])
    tie = sp.csr_array((data, (rows, cols)), shape=(g.size, columns + g.size))
    persons = sp.csr_array(
        (space.sizes[k].astype(float), (g, columns + at)),
        shape=(space.opgave.size, columns + g.size),
    )
    wide = sp.csr_array(
        (master.matrix.data, master.matrix.indices, master.matrix.indptr),
        shape=(master.matrix.shape[0], columns + g.size),
    )
    return Master(
        master.pair_h,
        master.pair_g,
        np.concatenate([master.objective, np.zeros(g.size)]),
        sp.vstack([wide, tie, persons], format="csr"),
        np.concatenate([master.low, np.full(g.size + space.opgave.size, UNBOUNDED)]),
        np.concatenate([master.high, np.zeros(g.size), space.opgave.astype(float)]),
        master.blocks,
        master.patterns,
        master.kept_scale,
    )


def read_whole(space: Space, master: Master, pair_value: FloatArray) -> IntArray | None:
    """Read an answer from whole pair values; None when a pair is fractional."""
    chosen: BoolArray = pair_value > 0.5
    if np.abs(pair_value - chosen).max(initial=0.0) > 1e-4:
        return None
    gemeente = np.full(space.persons.size, -1, dtype=np.int64)
    gemeente[master.pair_h[chosen]] = master.pair_g[chosen]
    return gemeente
