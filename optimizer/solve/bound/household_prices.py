"""Prices of households that lower the bound (10): deflected subgradient steps of Polyak's length."""

from typing import NamedTuple

import numpy as np

from optimizer.solve.bound.knapsack import Filling, fill_all
from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray
from optimizer.solve.problem.pairs import Pairs
from optimizer.solve.run.compiled import compiled

MEMORY = 0.3  # share of the last direction kept
NEARER = 0.7
AVERAGE = 0.2  # weight of the newest filling in the average


class Priced(NamedTuple):
    """Households with a price, and the pairs that count.

    Attributes
    ----------
    price
        [households], start; the best prices found are filled in.
    floor
        [households], the least prices; -inf for those that must be linked.
    free
        [households], True for those whose price counts; the worth of the others is in a constant.
    alive
        [pairs], True for those that the gemeenten may choose.
    """

    price: FloatArray
    floor: FloatArray
    free: BoolArray
    alive: BoolArray


class Descent(NamedTuple):
    """How far, and how long.

    Attributes
    ----------
    target
        Ends at a bound of at most this.
    aim
        First aim, below the best bound; 0 aims at the target.
    steps, misses
        Steps at most, and steps without success before the aim comes nearer.
    """

    target: float
    aim: float
    steps: int
    misses: int


@compiled
def lower(
    pairs: Pairs, priced: Priced, constant: float, descent: Descent, filling: Filling, share: FloatArray
) -> tuple[float, int]:
    """Lower the bound over the ``free`` households and the pairs ``alive``; return it and the number of steps.

    A price rises where more than one gemeente wants the household, and falls, never below ``floor``, where none does.
    Each step is as long as Polyak's towards a level ``aim`` below the best bound, which comes nearer when nothing
    improves. Held, Wolfe and Crowder, Validation of subgradient optimization, 1974, doi:10.1007/BF01580223.

    Parameters
    ----------
    constant
        Worth of the households that are not free.
    share
        [pairs], moving average of ``chosen``, a guess at the relaxed answer; filled in.
    """
    price, floor, free = priced.price, priced.floor, priced.free
    target, aim, steps = descent.target, descent.aim, descent.steps
    household, chosen = pairs.household, filling.chosen
    best = np.inf
    good = price.copy()
    at = price.copy()
    direction = np.zeros(price.size)
    missed, least, step = 0, 0.0, 0
    while step < steps:
        bound = constant
        for h in range(price.size):
            if free[h]:
                bound += at[h]
        bound += fill_all(pairs, at, priced.alive, filling)
        weight = AVERAGE if step > 0 else 1.0
        for k in range(household.size):
            share[k] += weight * ((1.0 if chosen[k] else 0.0) - share[k])
        if aim <= 0:
            aim = max(bound - target, 1e-12 * abs(bound)) * 1.05
        if step == 0:
            least = 1e-5 * aim
        step += 1
        missed = 0 if bound < best - 1e-3 * aim else missed + 1
        if bound < best:
            best = bound
            for h in range(at.size):
                good[h] = at[h]
        if best <= target or aim < least or step == steps:
            break
        if missed >= descent.misses:
            aim *= NEARER
            missed = 0
            for h in range(at.size):
                at[h] = good[h]
                direction[h] = 0.0
        length = turn(household, chosen, free, at, floor, direction)
        if length == 0:
            break
        stride = (bound - best + aim) / length
        for h in range(price.size):
            if free[h]:
                at[h] = max(at[h] + stride * direction[h], floor[h])
    for h in range(price.size):
        price[h] = good[h]
    return best, step


@compiled
def turn(
    household: IntArray, chosen: BoolArray, free: BoolArray, at: FloatArray, floor: FloatArray, direction: FloatArray
) -> float:
    """Turn the direction towards what the last filling asks; return its squared length."""
    for h in range(direction.size):
        direction[h] = MEMORY * direction[h] - 1.0 if free[h] else 0.0
    for k in range(household.size):
        if chosen[k]:
            direction[household[k]] += 1.0
    length = 0.0
    for h in range(direction.size):
        if at[h] <= floor[h] and direction[h] < 0:
            direction[h] = 0.0
        length += direction[h] * direction[h]
    return length
