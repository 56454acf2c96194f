"""The relaxation as one min-cost flow in persons on all pairs: a bound, no answer."""

import numpy as np

from benchmarks.problem import Found, Problem

SCALE = 10**8


def solve(problem: Problem, limit_s: float, gap: float) -> Found:  # noqa: ARG001
    """Solve the relaxation exactly in whole costs, each rounded so that the bound stays valid."""
    from ortools.graph.python import min_cost_flow

    households, gemeenten = problem.admissible.shape
    h, g = problem.pairs()
    persons, sink = problem.persons, households + gemeenten
    gain = np.ceil(problem.levels[0][h, g] / persons[h] * SCALE).astype(np.int64)
    network = min_cost_flow.SimpleMinCostFlow()
    network.add_arcs_with_capacity_and_unit_cost(h, households + g, persons[h], -gain)
    network.add_arcs_with_capacity_and_unit_cost(
        households + np.arange(gemeenten), np.full(gemeenten, sink), problem.opgave, np.zeros(gemeenten, np.int64)
    )
    network.add_arcs_with_capacity_and_unit_cost(
        np.arange(households), np.full(households, sink), persons, np.zeros(households, np.int64)
    )
    network.set_nodes_supplies(np.arange(households), persons)
    network.set_node_supply(sink, -int(persons.sum()))
    status = network.solve()
    if status != network.OPTIMAL:
        return Found(None, (None,), f"flow status {status}")
    return Found(None, (-network.optimal_cost() / SCALE,), "relaxation")
