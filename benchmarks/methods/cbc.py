"""CBC through PuLP, two threads, on all pairs."""

import time

import numpy as np

from benchmarks.methods.rows import constraints, links
from benchmarks.problem import Found, Problem


def solve(problem: Problem, limit_s: float, gap: float) -> Found:
    """Maximise the one level; PuLP tells no bound, so only a finished run proves anything."""
    import pulp

    end = time.monotonic() + limit_s
    h, g = problem.pairs()
    matrix, limit = constraints(problem, h, g)
    model = pulp.LpProblem("koppeling", pulp.LpMaximize)
    x = [pulp.LpVariable(f"x{k}", cat="Binary") for k in range(h.size)]
    value = problem.levels[0][h, g].tolist()
    model += pulp.LpAffineExpression(zip(x, value, strict=True))
    for row in range(limit.size):
        span = slice(matrix.indptr[row], matrix.indptr[row + 1])
        terms = [(x[k], a) for k, a in zip(matrix.indices[span], matrix.data[span].tolist(), strict=True)]
        model += pulp.LpAffineExpression(terms) <= float(limit[row])
    left = max(1.0, end - time.monotonic())
    model.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=left, threads=2, gapRel=gap))
    chosen = np.array([one.value() or 0.0 for one in x])
    # Stopped before its first answer, CBC leaves fractions behind.
    if not np.allclose(chosen, np.rint(chosen), atol=1e-6) or not chosen.any():
        return Found(None, (None,), "limit")
    gemeente = links(problem.persons.size, h, g, chosen)
    proven = model.sol_status == pulp.LpSolutionOptimal
    return Found(gemeente, (float(pulp.value(model.objective)) if proven else None,), "proven" if proven else "limit")
