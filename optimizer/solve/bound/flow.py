"""The relaxation (6) as a transportation problem in persons, solved by min-cost flow."""

import numpy as np
from ortools.graph.python import min_cost_flow

from optimizer.solve.bound.dual import Duals, no_prices
from optimizer.solve.bound.highs import Relaxed
from optimizer.solve.bound.program import Program
from optimizer.solve.problem.arrays import FloatArray, IntArray
from optimizer.solve.problem.space import Space

LARGEST_COST = 2.0**44  # OR-Tools multiplies costs by the number of nodes; this leaves room below 2**63
FLOW_SWEEPS = 400


def unit_costs(space: Space, program: Program) -> tuple[IntArray, float]:
    """Cost per person of each pair in whole numbers, and how many of them make one unit of value.

    With the least common multiple of the household sizes as scale the costs of whole values are exact.
    """
    persons = space.persons[program.pair_h]
    largest = float(np.abs(program.objective).max(initial=0.0)) or 1.0
    common = float(np.lcm.reduce(space.sizes)) if space.sizes.size else 1.0
    scale = common if largest * common < LARGEST_COST else LARGEST_COST / largest
    whole = bool((program.objective == np.round(program.objective)).all())
    if not whole:
        scale = LARGEST_COST / largest
    cost: IntArray = np.round(-program.objective * scale / persons).astype(np.int64)
    return cost, scale


def relax_by_flow(space: Space, program: Program) -> Relaxed | None:
    """Solve (6) exactly for a space in which only opgaven bind; None when no flow fits.

    A household uses as many persons of every gemeente, so that persons are the goods of a transportation problem:
    households supply them, gemeenten take them, and staying unlinked is one more place. Ford and Fulkerson, Flows in
    networks, 1962; the solver is a cost-scaling push-relabel, Goldberg, doi:10.1006/jagm.1995.0805.
    """
    households, gemeenten = space.persons.size, space.opgave.size
    cost, scale = unit_costs(space, program)
    limit = int(np.abs(cost).max(initial=1)) * 4 + 1
    unlinked, sink = households + gemeenten, households + gemeenten + 1
    free = np.flatnonzero(~space.must_link)
    everybody = int(space.persons.sum())
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        program.pair_h, households + program.pair_g, space.persons[program.pair_h], cost
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        free, np.full(free.size, unlinked), space.persons[free], np.zeros(free.size, dtype=np.int64)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        np.append(households + np.arange(gemeenten), unlinked),
        np.full(gemeenten + 1, sink),
        np.append(space.opgave, everybody),
        np.append(np.where(space.full, -limit, 0), 0),
    )
    nodes = np.arange(sink + 1)
    flow.set_nodes_supplies(
        nodes, np.concatenate([space.persons, np.zeros(gemeenten + 1, dtype=np.int64), [-everybody]])
    )
    if flow.solve() != flow.OPTIMAL:
        return None
    moved = np.asarray(flow.flows(arcs))
    pair_value: FloatArray = moved / space.persons[program.pair_h]
    price = place_prices(space, program, moved, cost) / scale
    worth = program.objective - price[program.pair_g] * space.persons[program.pair_h]
    household_price = np.where(space.must_link, -np.inf, 0.0)
    np.maximum.at(household_price, program.pair_h, worth)
    zero = no_prices(space)
    duals = Duals(price, zero.region, zero.resource, zero.weight, zero.constant)
    return Relaxed(-float(moved @ cost) / scale, pair_value, household_price, duals)


def place_prices(space: Space, program: Program, moved: IntArray, cost: IntArray) -> FloatArray:
    """[gemeenten] price of one place, in units of ``cost``: the shortest way to a free place.

    Moving a person who has a place in g to g' costs the difference of the two pairs; a gemeente with room, and staying
    unlinked, cost nothing more. Bellman-Ford over gemeenten; complementary slackness of (6) and (7).
    """
    gemeenten = space.opgave.size
    load = np.bincount(program.pair_g, weights=moved.astype(np.float64), minlength=gemeenten)
    step = np.full((gemeenten, gemeenten), np.inf)
    price = np.where(load < space.opgave, 0.0, np.inf)
    inside = np.flatnonzero(moved > 0)
    order = np.argsort(program.pair_h, kind="stable")
    first = np.searchsorted(program.pair_h[order], np.arange(space.persons.size + 1))
    count = np.diff(first)[program.pair_h[inside]]
    begin = first[program.pair_h[inside]]
    offset = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    other = order[np.repeat(begin, count) + offset]
    mine = np.repeat(inside, count)
    difference = (cost[other] - cost[mine]).astype(np.float64)
    np.minimum.at(step, (program.pair_g[mine], program.pair_g[other]), difference)
    leaves = inside[~space.must_link[program.pair_h[inside]]]
    np.minimum.at(price, program.pair_g[leaves], -cost[leaves].astype(np.float64))
    for _ in range(FLOW_SWEEPS):
        shorter = np.minimum(price, (step + price[None, :]).min(axis=1, initial=np.inf))
        if (shorter == price).all():
            break
        price = shorter
    price[space.opgave == 0] = 0.0
    highest = price[np.isfinite(price)].max(initial=0.0)
    price[~np.isfinite(price)] = highest
    return np.where(space.full, price, np.maximum(price, 0.0))
