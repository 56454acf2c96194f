"""The relaxation as a market in places: min-cost flow, and the prices that OR-Tools does not give."""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from optimizer.solve.problem.arrays import FloatArray, IntArray

PERSON_COSTS = 2.0**40  # scale of costs per person in whole numbers; OR-Tools multiplies by the number of nodes
MARKET_SWEEPS = 1_000


@dataclass(frozen=True, eq=False)
class Market:
    """Households supply persons, gemeenten and then regions take them, at costs that rise with their number.

    Attributes
    ----------
    supply
        [households], persons (or households, where each takes one place).
    pair_h, pair_g, cost
        [pairs], sorted by household; cost per person in whole numbers.
    alone
        [households], cost per person of staying unlinked.
    room, charge
        [steps, gemeenten], how many persons may come at which charge per person; charges rise with the step.
    region
        [gemeenten], -1 without a region.
    region_room, region_charge
        [steps, regions], the same for regions.
    """

    supply: IntArray
    pair_h: IntArray
    pair_g: IntArray
    cost: IntArray
    alone: IntArray
    room: IntArray
    charge: IntArray
    region: IntArray
    region_room: IntArray
    region_charge: IntArray

    @property
    def above(self) -> IntArray:
        """[gemeenten], the node a gemeente passes its persons on to: its region, else the sink (both from 0)."""
        regions = self.region_room.shape[1]
        above: IntArray = np.where(self.region >= 0, self.region, regions)
        return above


def clear(market: Market) -> IntArray | None:
    """Return the persons that each pair moves at least cost, [pairs]; None when they do not fit.

    Ford and Fulkerson, Flows in networks, 1962; the solver is a cost-scaling push-relabel, Goldberg,
    doi:10.1006/jagm.1995.0805.
    """
    households, gemeenten, regions = market.supply.size, market.room.shape[1], market.region_room.shape[1]
    place, up, sink = households, households + gemeenten, households + gemeenten + regions
    flow = min_cost_flow.SimpleMinCostFlow()
    supply = market.supply
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        market.pair_h, place + market.pair_g, supply[market.pair_h], market.cost
    )
    flow.add_arcs_with_capacity_and_unit_cost(np.arange(households), np.full(households, sink), supply, market.alone)
    for room, charge in zip(market.room, market.charge, strict=True):
        flow.add_arcs_with_capacity_and_unit_cost(place + np.arange(gemeenten), up + market.above, room, charge)
    for room, charge in zip(market.region_room, market.region_charge, strict=True):
        flow.add_arcs_with_capacity_and_unit_cost(up + np.arange(regions), np.full(regions, sink), room, charge)
    supplies = np.zeros(sink + 1, dtype=np.int64)
    supplies[:households], supplies[sink] = supply, -int(supply.sum())
    flow.set_nodes_supplies(np.arange(sink + 1), supplies)
    if flow.solve() != flow.OPTIMAL:
        return None
    moved: IntArray = np.asarray(flow.flows(arcs)).astype(np.int64)
    return moved


def prices(market: Market, moved: IntArray) -> tuple[FloatArray, FloatArray]:
    """Lowest and highest price of a place that go with a cleared market, [gemeenten + regions] each.

    The highest is the least cost of one more person, the lowest the most that one person less saves: the shortest ways
    to and from the sink when persons may change places (Bellman-Ford). Both are optimal, and so is all between them.
    """
    change = residual(market, moved)
    sink = change.shape[0] - 1
    to_sink = shortest(change, sink)
    from_sink = shortest(np.ascontiguousarray(change.T), sink)
    highest = to_sink[:sink]
    lowest = -from_sink[:sink]
    # Where nobody can leave or come, one of the two is not bounded: the other then stands for both.
    highest = np.where(np.isfinite(highest), highest, lowest)
    lowest = np.where(np.isfinite(lowest), lowest, highest)
    return np.where(np.isfinite(lowest), lowest, 0.0), np.where(np.isfinite(highest), highest, 0.0)


def residual(market: Market, moved: IntArray) -> FloatArray:
    """[nodes, nodes], cost of one person more at the first node and one less at the second.

    The nodes are the gemeenten, the regions and the sink (staying unlinked is at the sink).
    """
    gemeenten, regions = market.room.shape[1], market.region_room.shape[1]
    sink = gemeenten + regions
    change = np.full((sink + 1, sink + 1), np.inf)
    h, g, cost = market.pair_h, market.pair_g, market.cost
    first = np.searchsorted(h, np.arange(market.supply.size + 1))
    inside = np.flatnonzero(moved > 0)
    count = (first[1:] - first[:-1])[h[inside]]
    offset = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    other = np.repeat(first[h[inside]], count) + offset
    mine = np.repeat(inside, count)
    np.minimum.at(change, (g[mine], g[other]), (cost[other] - cost[mine]).astype(np.float64))
    alone = market.alone[h]
    np.minimum.at(change, (g[inside], np.full(inside.size, sink)), (alone - cost)[inside].astype(np.float64))
    linked = np.zeros(market.supply.size, dtype=np.int64)
    np.add.at(linked, h, moved)
    back = np.flatnonzero((linked < market.supply)[h])
    np.minimum.at(change, (np.full(back.size, sink), g[back]), (cost - alone)[back].astype(np.float64))
    load = np.zeros(gemeenten, dtype=np.int64)
    np.add.at(load, g, moved)
    climb(change, np.arange(gemeenten), gemeenten + market.above, load, market.room, market.charge)
    inside_region = market.region >= 0
    region_load = np.zeros(regions, dtype=np.int64)
    np.add.at(region_load, market.region[inside_region], load[inside_region])
    upward = np.full(regions, sink)
    climb(change, gemeenten + np.arange(regions), upward, region_load, market.region_room, market.region_charge)
    return change


def climb(
    change: FloatArray, lower: IntArray, upper: IntArray, load: IntArray, room: IntArray, charge: IntArray
) -> None:
    """Fill in what one person more and one person less cost on the steps between two layers of nodes."""
    filled = np.zeros_like(load)
    saved = np.full(load.size, np.inf)
    for step_room, step_charge in zip(room, charge, strict=True):
        here = np.clip(load - filled, 0, step_room)
        filled += here
        more = np.flatnonzero(here < step_room)
        change[lower[more], upper[more]] = np.minimum(change[lower[more], upper[more]], step_charge[more])
        # Charges rise: what is handed back first is the last step used.
        saved = np.where(here > 0, -step_charge, saved)
    change[upper, lower] = np.minimum(change[upper, lower], saved)


def shortest(change: FloatArray, sink: int) -> FloatArray:
    """[nodes], shortest way to the sink."""
    distance = change[:, sink].copy()
    distance[sink] = 0.0
    for _ in range(MARKET_SWEEPS):
        shorter = np.minimum(distance, (change + distance[None, :]).min(axis=1))
        if (shorter == distance).all():
            break
        distance = shorter
    return distance
