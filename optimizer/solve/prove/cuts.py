"""Proof of a loose month by cutting planes: SCIP, from an answer that is known; docs/method-solver.md, section 4.

Achterberg, SCIP: solving constraint integer programs, 2009, doi:10.1007/s12532-008-0001-1. Where most gemeenten have
room, its cover cuts close the gap that splitting households leaves, and the known answer lets it fix most pairs.
"""

from datetime import timedelta

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers.gscip import gscip_pb2

from optimizer.solve.bound.highs import Rounded, read_whole
from optimizer.solve.bound.program import Program
from optimizer.solve.problem.arrays import BoolArray, FloatArray
from optimizer.solve.problem.space import Space

TOLERANCE = 1e-9  # relative; SCIP closes at an absolute gap of 1e-9 and its rows may be off by 1e-6
RESTARTS = 1  # more of them spend most of the time on cuts that no longer help


def solve_by_cuts(
    space: Space, program: Program, scale: float, mine: BoolArray, node_limit: int, time_limit_s: float | None
) -> Rounded:
    """Solve a program in whole numbers from the answer ``mine`` [pairs]; the bound is widened by SCIP's tolerances.

    The work that it reports as ``nodes`` is counted in iterations of the simplex method.
    """
    model = mathopt.Model.from_model_proto(scip_input(program, program.objective / scale))
    variables = list(model.variables())
    hint = mathopt.SolutionHint(variable_values=dict(zip(variables, mine.astype(float).tolist(), strict=True)))
    parameters = mathopt.SolveParameters(
        node_limit=node_limit,
        time_limit=None if time_limit_s is None else timedelta(seconds=time_limit_s),
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=0.0,
        threads=1,
        random_seed=0,
        gscip=gscip_pb2.GScipParameters(
            int_params={"presolving/maxrestarts": RESTARTS}, bool_params={"misc/catchctrlc": False}
        ),
    )
    result = mathopt.solve(
        model,
        mathopt.SolverType.GSCIP,
        params=parameters,
        model_params=mathopt.ModelSolveParameters(solution_hints=[hint]),
    )
    reason, work = result.termination.reason, int(result.solve_stats.simplex_iterations)
    if reason is mathopt.TerminationReason.INFEASIBLE:
        return Rounded(None, -np.inf, complete=True, nodes=work, word="SCIP")
    dual = float(result.termination.objective_bounds.dual_bound)
    bound = (dual + TOLERANCE * abs(dual) + 1e-5) * scale
    gemeente = None
    if result.has_primal_feasible_solution():
        gemeente = read_whole(space, program, np.array(result.variable_values(variables)))
    return Rounded(gemeente, bound, reason is mathopt.TerminationReason.OPTIMAL, work, "SCIP")


def scip_input(program: Program, objective: FloatArray) -> model_pb2.ModelProto:
    """Write a program, with another objective, as SCIP's input."""
    out = model_pb2.ModelProto()
    count = program.matrix.shape[1]
    out.variables.ids.extend(range(count))
    out.variables.lower_bounds.extend([0.0] * count)
    out.variables.upper_bounds.extend([1.0] * count)
    out.variables.integers.extend([True] * count)
    used = np.flatnonzero(objective)
    out.objective.maximize = True
    out.objective.linear_coefficients.ids.extend(used.tolist())
    out.objective.linear_coefficients.values.extend(objective[used].tolist())
    matrix = program.matrix.tocsr()
    filled = np.diff(matrix.indptr) > 0
    rows = np.flatnonzero(filled)
    out.linear_constraints.ids.extend(rows.tolist())
    out.linear_constraints.lower_bounds.extend(program.low[rows].tolist())
    out.linear_constraints.upper_bounds.extend(program.high[rows].tolist())
    out.linear_constraint_matrix.row_ids.extend(np.repeat(rows, np.diff(matrix.indptr)[rows]).tolist())
    out.linear_constraint_matrix.column_ids.extend(matrix.indices.tolist())
    out.linear_constraint_matrix.coefficients.extend(matrix.data.tolist())
    return out
