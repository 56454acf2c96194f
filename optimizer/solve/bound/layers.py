"""The relaxation (6) with ceilings of regions, or with a nested capacity: still a flow, with one layer more.

A *nested* capacity is a further resource that a household uses with all its persons or not at all: of each opgave only
a part is open to some households. Their persons pass through that part first, and through the opgave like all others.
"""

import numpy as np

from optimizer.solve.bound.dual import Duals, no_prices
from optimizer.solve.bound.flow import unit_costs
from optimizer.solve.bound.highs import Relaxed
from optimizer.solve.bound.market import Market, clear, prices
from optimizer.solve.bound.program import Program
from optimizer.solve.problem.arrays import FloatArray, IntArray
from optimizer.solve.problem.sizes import everybody_counts
from optimizer.solve.problem.space import Space

DEAR = 4  # times the largest cost: who must be linked and what must be full comes first


def is_layered(space: Space) -> bool:
    """Tell whether the relaxation is a flow in two layers: ceilings alone, or one nested capacity alone."""
    if space.kept:
        return False
    if space.use.shape[1] == 0:
        return everybody_counts(space)
    own = space.use[:, 0]
    return space.use.shape[1] == 1 and space.ceiling.size == 0 and bool(((own == 0) | (own == space.persons)).all())


def relax_by_layers(space: Space, program: Program) -> Relaxed | None:
    """Solve (6) by min-cost flow for a space in which opgaven and one layer more bind; None when no flow fits."""
    cost, scale = unit_costs(space, program)
    dear = int(np.abs(cost).max(initial=1)) * DEAR + 1
    market = market_of(space, program, cost, dear)
    moved = clear(market)
    if moved is None:
        return None
    sent = np.bincount(program.pair_h, weights=moved, minlength=space.persons.size)
    if (sent[space.must_link] < space.persons[space.must_link]).any():
        return None
    # The highest: a part that nobody is in has no lowest price, and the middle of two kinds of prices proves nothing.
    _, highest = prices(market, moved)
    duals = duals_of_layers(space, highest / scale)
    h, g = program.pair_h, program.pair_g
    worth = program.objective - duals.per_person[g] * space.persons[h] - (duals.resource[g] * space.use[h]).sum(axis=1)
    household_price = np.where(space.must_link, -np.inf, 0.0)
    np.maximum.at(household_price, h, worth)
    return Relaxed(-float(moved @ cost) / scale, moved / space.persons[h], household_price, duals)


def market_of(space: Space, program: Program, cost: IntArray, dear: int) -> Market:
    """Return the market: gemeenten below regions, or nested and open parts of gemeenten below the gemeenten."""
    gemeenten = space.opgave.size
    alone = np.where(space.must_link, dear, 0)
    filled = np.where(space.full, -dear, 0)[None, :]
    if space.use.shape[1] == 0:
        nothing = np.zeros((1, space.ceiling.size), dtype=np.int64)
        below, pair_g = space.region, program.pair_g
        room, charge, above, above_charge = space.opgave[None, :], filled, space.ceiling[None, :], nothing
    else:
        everybody = np.full(gemeenten, int(space.persons.sum()))
        below = np.tile(np.arange(gemeenten), 2)
        pair_g = program.pair_g + gemeenten * (space.use[program.pair_h, 0] == 0)
        room = np.concatenate([space.capacity[:, 0], everybody])[None, :]
        charge, above, above_charge = np.zeros_like(room), space.opgave[None, :], filled
    return Market(
        supply=space.persons,
        pair_h=program.pair_h,
        pair_g=pair_g,
        cost=cost,
        alone=alone,
        room=room,
        charge=charge,
        region=below,
        region_room=above,
        region_charge=above_charge,
    )


def duals_of_layers(space: Space, price: FloatArray) -> Duals:
    """Read the prices of the nodes of a market as a point of the dual function (7)."""
    zero, gemeenten = no_prices(space), space.opgave.size
    if space.use.shape[1] == 0:
        own, ceiling = price[:gemeenten], np.maximum(price[gemeenten:], 0.0)
        inside = space.region >= 0
        region = np.where(inside, np.append(ceiling, 0.0)[space.region], 0.0)
        opgave = signed(space, own - region)
        return Duals(opgave, region, zero.resource, zero.weight, float(ceiling @ space.ceiling))
    opgave = signed(space, price[2 * gemeenten :])
    nested = np.maximum(price[:gemeenten] - opgave, 0.0)[:, None]
    return Duals(opgave, zero.region, nested, zero.weight, float((nested * space.capacity).sum()))


def signed(space: Space, opgave: FloatArray) -> FloatArray:
    """Return prices of the opgaven, below zero only where they must be full."""
    out: FloatArray = np.where(space.full, opgave, np.maximum(opgave, 0.0))
    return out
