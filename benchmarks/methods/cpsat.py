"""CP-SAT of OR-Tools, two workers, on all pairs."""

import time

import numpy as np

from benchmarks.methods.rows import constraints, links
from benchmarks.problem import Found, Problem

SCALE = 10**6  # CP-SAT counts in whole numbers


def solve(problem: Problem, limit_s: float, gap: float) -> Found:
    """Maximise the one level, rounded to millionths; the bound is corrected for the rounding."""
    from ortools.sat.python import cp_model

    end = time.monotonic() + limit_s
    h, g = problem.pairs()
    matrix, limit = constraints(problem, h, g)
    model = cp_model.CpModel()
    x = [model.new_bool_var("") for _ in range(h.size)]
    for row in range(limit.size):
        span = slice(matrix.indptr[row], matrix.indptr[row + 1])
        weights = matrix.data[span].astype(np.int64).tolist()
        model.add(cp_model.LinearExpr.weighted_sum([x[k] for k in matrix.indices[span]], weights) <= int(limit[row]))
    value = np.rint(problem.levels[0][h, g] * SCALE).astype(np.int64)
    model.maximize(cp_model.LinearExpr.weighted_sum(x, value.tolist()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, end - time.monotonic())
    solver.parameters.num_workers = 2
    solver.parameters.relative_gap_limit = gap
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        # Before its first answer CP-SAT gives 0 for a bound, which is none.
        return Found(None, (None,), "limit")
    bound = solver.best_objective_bound / SCALE + problem.persons.size * 0.5 / SCALE
    chosen = np.array([solver.boolean_value(one) for one in x], dtype=np.float64)
    gemeente = links(problem.persons.size, h, g, chosen)
    return Found(gemeente, (bound,), "proven" if status == cp_model.OPTIMAL else "limit")
