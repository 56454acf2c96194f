"""A program handed to HiGHS: its linear relaxation, and the program in whole numbers."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from optimizer.solve.bound.dual import Duals
from optimizer.solve.bound.program import Program
from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray
from optimizer.solve.problem.space import Space, exact_sum

HIGHS_NODES = 10_000
INFEASIBLE = 2  # status of scipy
HIGHS_TOLERANCE = 1e-5  # HiGHS closes at an absolute gap of 1e-6 and rows may be off by 1e-6


@dataclass(frozen=True, eq=False)
class Relaxed:
    """Optimum of the linear relaxation of a program."""

    objective: float
    pair_value: FloatArray
    household_price: FloatArray
    duals: Duals


def relax(space: Space, program: Program, scale: float, time_limit_s: float | None = None) -> Relaxed | None:
    """Solve the linear relaxation; None when the solver found no optimum.

    ``scale`` divides the objective: HiGHS's tolerances are absolute.
    """
    equal = program.low == program.high
    below = np.isfinite(program.high) & ~equal
    above = np.isfinite(program.low) & ~equal
    matrix_ub = sp.vstack([program.matrix[below], -program.matrix[above]], format="csr")
    result = linprog(
        -program.objective / scale,
        A_ub=matrix_ub if matrix_ub.shape[0] else None,
        b_ub=np.concatenate([program.high[below], -program.low[above]]) if matrix_ub.shape[0] else None,
        A_eq=program.matrix[equal] if equal.any() else None,
        b_eq=program.high[equal] if equal.any() else None,
        bounds=(0, None),
        method="highs",
        options={} if time_limit_s is None else {"time_limit": time_limit_s},
    )
    if result.status != 0:
        return None
    price = np.zeros(program.matrix.shape[0])
    inequality = np.maximum(-np.asarray(result.ineqlin.marginals) * scale, 0.0)
    price[below] = inequality[: below.sum()]
    price[above] -= inequality[below.sum() :]
    if equal.any():
        price[equal] = -np.asarray(result.eqlin.marginals) * scale
    duals = read_duals(space, program, price)
    return Relaxed(
        objective=-float(result.fun or 0.0) * scale,
        pair_value=np.asarray(result.x),
        household_price=price[: space.persons.size] + duals.weight @ program.base,
        duals=duals,
    )


def read_duals(space: Space, program: Program, price: FloatArray) -> Duals:
    """Turn the prices of rows into a point of the dual function (7)."""
    gemeente, region, resource, kept, end = program.starts
    own = price[gemeente:region].copy()
    own[~space.full] = np.maximum(own[~space.full], 0.0)
    ceiling = np.maximum(price[region:resource], 0.0)
    in_region = np.zeros(space.opgave.size)
    if space.ceiling.size:
        inside = space.region >= 0
        in_region[inside] = ceiling[space.region[inside]]
    supply = np.maximum(price[resource:kept], 0.0)
    weight = np.maximum(-price[kept:end], 0.0) / program.kept_scale
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
    """Outcome of the whole-number program on a program."""

    gemeente: IntArray | None
    bound: float
    complete: bool
    nodes: int
    word: str = "HiGHS"


@dataclass(frozen=True, eq=False)
class Counted:
    """Outcome of a program in which a pair may be used more than once: [pairs] how often, or None."""

    counts: IntArray | None
    bound: float
    complete: bool
    nodes: int


def solve_counts(
    program: Program, most: FloatArray, scale: float, node_limit: int = HIGHS_NODES, time_limit_s: float | None = None
) -> Counted:
    """Solve the program in whole numbers, each pair at most ``most`` [pairs] times, by HiGHS.

    The bound that HiGHS reports is widened by its tolerances. It gets what each pair is worth less than the best one of
    its household, where that must be linked: on totals of millions it has called an answer the best that was a unit
    short.
    """
    limit = 1e30 if time_limit_s is None else time_limit_s
    n = program.matrix.shape[1]
    if n == 0:
        return Counted(np.zeros(0, dtype=np.int64), 0.0, complete=True, nodes=0)
    less, constant = beside_the_best(program)
    result = milp(
        -less / scale,
        constraints=LinearConstraint(program.matrix, program.low, program.high),
        integrality=np.ones(n, dtype=np.int64),
        bounds=Bounds(0.0, most),
        options={"mip_rel_gap": 0.0, "node_limit": node_limit, "time_limit": limit},
    )
    if result.status == INFEASIBLE:
        return Counted(None, -np.inf, complete=True, nodes=0)
    bound = np.inf
    if result.mip_dual_bound is not None:
        bound = constant + (HIGHS_TOLERANCE - float(result.mip_dual_bound)) * scale
    counts = None if result.x is None else np.round(np.asarray(result.x)).astype(np.int64)
    return Counted(counts, bound, result.status == 0, int(result.mip_node_count or 0))


def beside_the_best(program: Program) -> tuple[FloatArray, float]:
    """Return the objective [columns] without the best pairs of households that must be linked, and what that takes out.

    Every answer links such a household (as often as its row says, where households are counted by kind), so that the
    sum of what is taken out is the same for all answers.
    """
    households = program.starts[0]
    low, high = program.low[:households], program.high[:households]
    best = np.full(households, -np.inf)
    pairs = program.pair_h.size  # columns of patterns come after them
    np.maximum.at(best, program.pair_h, program.objective[:pairs])
    always = (low == high) & np.isfinite(best)
    taken = np.where(always, best, 0.0)
    constant = exact_sum((taken * np.where(always, high, 0.0)).tolist())
    less = program.objective.copy()
    less[:pairs] -= taken[program.pair_h]
    return less, constant


def solve_whole(
    space: Space, program: Program, scale: float, node_limit: int = HIGHS_NODES, time_limit_s: float | None = None
) -> Rounded:
    """Solve the program in whole numbers."""
    found = solve_counts(program, np.ones(program.matrix.shape[1]), scale, node_limit, time_limit_s)
    gemeente = None if found.counts is None else read_whole(space, program, found.counts)
    return Rounded(gemeente, found.bound, found.complete, found.nodes)


def read_whole(space: Space, program: Program, pair_value: FloatArray | IntArray) -> IntArray:
    """Read an answer from pair values that are whole up to the solver's tolerance."""
    chosen: BoolArray = pair_value[: program.pair_h.size] > 0.5
    gemeente = np.full(space.persons.size, -1, dtype=np.int64)
    gemeente[program.pair_h[chosen]] = program.pair_g[chosen]
    return gemeente
