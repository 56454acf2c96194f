"""What others would do with the same arrays: persons first by a weight, then benefit."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp

from benchmarks.instances import Instance
from optimizer.solve import assign

Links = npt.NDArray[np.int64]
Outcome = tuple[Links, float, str]
WEIGHT = 4.0  # of a person linked; more than any difference in benefit


def pairs(instance: Instance) -> tuple[Links, Links]:
    """Admissible pairs that fit."""
    fits = instance.persons[:, None] <= instance.opgave[None, :]
    h, g = np.nonzero(instance.admissible & fits)
    return h, g


def koppelwijzer(instance: Instance, seconds: float) -> Outcome:
    """Our solver, with two workers."""
    answer = assign(
        instance.benefit,
        instance.persons,
        instance.opgave,
        instance.admissible,
        instance.resources,
        instance.regions,
        workers=2,
        time_limit_s=seconds,
    )
    return answer.gemeente, answer.bound, str(answer.status)


def highs(instance: Instance, seconds: float) -> Outcome:
    """HiGHS through scipy on all pairs, written naively."""
    h, g = pairs(instance)
    n, m = instance.benefit.shape
    weight = np.concatenate([np.ones(h.size), instance.persons[h].astype(float)])
    rows, columns = np.concatenate([h, n + g]), np.tile(np.arange(h.size), 2)
    matrix = sparse.csr_array((weight, (rows, columns)), shape=(n + m, h.size))
    high = np.concatenate([np.ones(n), instance.opgave])
    value = instance.benefit[h, g] + WEIGHT * instance.persons[h]
    result = milp(
        -value,
        constraints=LinearConstraint(matrix, -np.inf, high),
        integrality=np.ones(h.size, dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    out = np.full(n, -1, dtype=np.int64)
    if result.x is not None:
        chosen = result.x > 0.5
        out[h[chosen]] = g[chosen]
    bound = np.inf if result.mip_dual_bound is None else -float(result.mip_dual_bound)
    return out, bound - WEIGHT * float(instance.persons.sum()), "proven" if result.status == 0 else "limit"


def cp_sat(instance: Instance, seconds: float) -> Outcome:
    """CP-SAT with two workers on all pairs."""
    from ortools.sat.python import cp_model

    h, g = pairs(instance)
    model = cp_model.CpModel()
    x = [model.new_bool_var("") for _ in range(h.size)]
    by_household: list[list[int]] = [[] for _ in range(instance.persons.size)]
    by_gemeente: list[list[int]] = [[] for _ in range(instance.opgave.size)]
    for k, (a, b) in enumerate(zip(h.tolist(), g.tolist(), strict=True)):
        by_household[a].append(k)
        by_gemeente[b].append(k)
    for ks in by_household:
        model.add_at_most_one(x[k] for k in ks)
    for b, ks in enumerate(by_gemeente):
        weights = [int(instance.persons[h[k]]) for k in ks]
        model.add(cp_model.LinearExpr.weighted_sum([x[k] for k in ks], weights) <= int(instance.opgave[b]))
    value = np.round((instance.benefit[h, g] + WEIGHT * instance.persons[h]) * 1e6).astype(np.int64)
    model.maximize(cp_model.LinearExpr.weighted_sum(x, value.tolist()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    out = np.full(instance.persons.size, -1, dtype=np.int64)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        chosen = np.array([solver.boolean_value(one) for one in x])
        out[h[chosen]] = g[chosen]
    bound = solver.best_objective_bound / 1e6 - WEIGHT * float(instance.persons.sum())
    return out, bound, "proven" if status == cp_model.OPTIMAL else "limit"


def cbc(instance: Instance, seconds: float) -> Outcome:
    """CBC through PuLP on all pairs."""
    import pulp

    h, g = pairs(instance)
    problem = pulp.LpProblem("koppeling", pulp.LpMaximize)
    x = [pulp.LpVariable(f"x{k}", cat="Binary") for k in range(h.size)]
    value = instance.benefit[h, g] + WEIGHT * instance.persons[h]
    problem += pulp.lpSum(float(v) * one for v, one in zip(value, x, strict=True))
    for a in range(instance.persons.size):
        problem += pulp.lpSum(x[k] for k in np.flatnonzero(h == a)) <= 1
    for b in range(instance.opgave.size):
        inside = np.flatnonzero(g == b)
        problem += pulp.lpSum(int(instance.persons[h[k]]) * x[k] for k in inside) <= int(instance.opgave[b])
    problem.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds, threads=2))
    out = np.full(instance.persons.size, -1, dtype=np.int64)
    chosen = np.array([(one.value() or 0.0) > 0.5 for one in x])
    out[h[chosen]] = g[chosen]
    return out, np.inf, "limit"


def slots(instance: Instance, seconds: float) -> Outcome:  # noqa: ARG001
    """Slots and linear_sum_assignment, households as units: may break the opgaven."""
    mean = float(instance.persons.mean())
    places = np.repeat(np.arange(instance.opgave.size), np.ceil(instance.opgave / mean).astype(np.int64))
    score = np.where(instance.admissible, instance.benefit, -1e3)[:, places]
    h, slot = linear_sum_assignment(score, maximize=True)
    out = np.full(instance.persons.size, -1, dtype=np.int64)
    good = score[h, slot] > -1e2
    out[h[good]] = places[slot[good]]
    return out, np.inf, "no bound"


def greedy(instance: Instance, seconds: float) -> Outcome:  # noqa: ARG001
    """The best gemeente with room, in order of permit date (the order of the rows)."""
    rest = instance.opgave.copy()
    out = np.full(instance.persons.size, -1, dtype=np.int64)
    for a, size in enumerate(instance.persons.tolist()):
        score = np.where(instance.admissible[a] & (rest >= size), instance.benefit[a], -np.inf)
        b = int(np.argmax(score))
        if np.isfinite(score[b]):
            out[a] = b
            rest[b] -= size
    return out, np.inf, "no bound"


SOLVERS: dict[str, Callable[[Instance, float], Outcome]] = {
    "koppelwijzer": koppelwijzer,
    "highs": highs,
    "cp_sat": cp_sat,
    "cbc": cbc,
    "slots": slots,
    "greedy": greedy,
}
