"""HiGHS through scipy: the integer program on all pairs, written as a textbook would."""

import time

import numpy as np

from benchmarks.methods.rows import constraints, links
from benchmarks.problem import Found, Ints, Problem


def solve(problem: Problem, limit_s: float, gap: float) -> Found:
    """Maximise level by level; a level that was reached becomes a row of the next."""
    from scipy import sparse
    from scipy.optimize import Bounds, LinearConstraint, milp

    end = time.monotonic() + limit_s
    h, g = problem.pairs()
    matrix, limit = constraints(problem, h, g)
    low = np.full(limit.size, -np.inf)
    gemeente: Ints | None = None
    bounds: list[float | None] = []
    proven = True
    for value in problem.levels:
        objective = value[h, g].astype(float)
        result = milp(
            -objective,
            constraints=LinearConstraint(matrix, low, limit),
            integrality=np.ones(h.size, dtype=np.int64),
            bounds=Bounds(0, 1),
            options={"time_limit": max(0.1, end - time.monotonic()), "mip_rel_gap": gap},
        )
        dual = result.mip_dual_bound
        bounds.append(None if dual is None or not np.isfinite(dual) else -float(dual))
        proven &= result.status == 0
        if result.x is None:
            break
        gemeente = links(problem.persons.size, h, g, result.x)
        reached = float(objective[result.x > 0.5].sum())
        matrix = sparse.vstack([matrix, sparse.csr_array(objective[None, :])], format="csr")
        low, limit = np.append(low, reached - 1e-6), np.append(limit, np.inf)
        if time.monotonic() >= end:
            break
    finished = proven and len(bounds) == len(problem.levels)
    missing = [None] * (len(problem.levels) - len(bounds))
    return Found(gemeente, (*bounds, *missing), "proven" if finished else "limit")
