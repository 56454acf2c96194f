"""The contested gemeenten, priced by household; equations (10) to (13)."""

from dataclasses import dataclass, replace

import numpy as np

from optimizer.solve.arrays import BoolArray, FloatArray, IntArray, ValueArray
from optimizer.solve.budget import Budget
from optimizer.solve.duals import EPS, Duals, blocks, worth
from optimizer.solve.knapsack import Band, fill, forced_loss, make_bands
from optimizer.solve.space import Space
from optimizer.solve.wide import Wide, make_wides, pour, poured_loss

STEPS = 240
PATIENCE = 8
AIM = 1e-3  # of the bound: where the first level lies
SHORTEST = 1e-5  # of the first aim: stop below it
MEMORY = 0.3  # share of the last direction kept: deflected subgradient
REFRESH = 80  # steps between two choices of candidates


@dataclass(frozen=True, eq=False)
class Contest:
    """A level as its contested gemeenten see it.

    Attributes
    ----------
    column
        [contested], columns of the gemeenten whose opgave (or other capacity) binds.
    opgave
        [contested].
    value
        [households, contested], worth of each pair, -inf where not allowed.
    elsewhere
        [households], best worth outside the contested gemeenten, where capacities are ignored; 0 or more when the
        household may stay unlinked; -inf when there is nothing else.
    price
        [households], what a place is worth to each household, at least ``elsewhere``.
    bound
        Upper bound on the level; equation (10).
    constant
        Worth of ceilings and resources, minus the weighted floors of kept levels.
    """

    column: IntArray
    opgave: IntArray
    persons: IntArray
    value: FloatArray
    elsewhere: FloatArray
    price: FloatArray
    bound: float
    constant: float


def open_contest(space: Space, value: ValueArray, duals: Duals, best: FloatArray, contested: BoolArray) -> Contest:
    """Set up a contest at the prices of a relaxation; ``best`` [households] are the prices to start from."""
    column = np.flatnonzero(contested & (space.opgave > 0))
    inside = np.empty((space.persons.size, column.size))
    elsewhere = np.empty(space.persons.size)
    for rows in blocks(space):
        block = worth(space, value, duals, rows)
        inside[rows] = block[:, column]
        block[:, contested] = -np.inf
        elsewhere[rows] = block.max(axis=1, initial=-np.inf)
    free = ~space.must_link
    elsewhere[free] = np.maximum(elsewhere[free], 0.0)
    contest = Contest(
        column=column,
        opgave=space.opgave[column],
        persons=space.persons,
        value=inside,
        elsewhere=elsewhere,
        price=np.maximum(best, elsewhere),
        bound=np.inf,
        constant=duals.constant,
    )
    return replace(contest, bound=certify(contest))


def all_bands(contest: Contest) -> tuple[Band, ...]:
    """Bands with every pair: what a certificate needs."""
    local = np.arange(contest.column.size)
    return make_bands(local, contest.opgave, contest.value, contest.persons)


def all_wides(contest: Contest) -> tuple[Wide, ...]:
    """Wide gemeenten of a contest, with every pair."""
    return make_wides(contest.opgave, contest.value, contest.persons)


def certify(contest: Contest) -> float:
    """Evaluate (10) on all pairs at the prices of a contest; rounding included."""
    filled = [fill(band, contest.price).profit for band in all_bands(contest)]
    poured = [pour(wide, contest.price).profit for wide in all_wides(contest)]
    terms = np.concatenate([contest.price, *filled, poured])
    largest = float(
        np.abs(contest.value, where=np.isfinite(contest.value), out=np.zeros_like(contest.value)).max(initial=0)
    )
    error = 64 * EPS * (float(np.abs(terms).sum()) + abs(contest.constant) + largest * contest.price.size)
    return float(terms.sum()) + contest.constant + error


def ascend(contest: Contest, target: float, budget: Budget, steps: int = STEPS) -> Contest:
    """Lower the bound (10) by deflected subgradient steps, each as long as Polyak's towards a level below the best.

    The level is never below ``target`` (the incumbent), starts near the best bound, and comes nearer when nothing
    improves: an incumbent far away would make every step too long.

    A price rises where more than one gemeente (or none and no place elsewhere) wants the household; Held, Wolfe and
    Crowder, Validation of subgradient optimization, 1974, doi:10.1007/BF01580223.
    """
    if contest.column.size == 0:
        return contest
    local = np.arange(contest.column.size)
    floor = contest.elsewhere
    best_price, best = contest.price, np.inf
    price, missed = best_price, 0
    aim = min(contest.bound - target, AIM * abs(contest.bound))
    least = aim * SHORTEST
    direction = np.zeros(price.size)
    bands: tuple[Band, ...] = ()
    wides = all_wides(contest)
    for step in range(steps):
        if step % REFRESH == 0:
            budget.spend(contest.value.size)
            ranking = contest.value - best_price[:, None]
            bands = make_bands(local, contest.opgave, contest.value, contest.persons, ranking)
        wanted = np.zeros(price.size)
        bound = float(price.sum()) + contest.constant
        for band in bands:
            filled = fill(band, price)
            bound += float(filled.profit.sum())
            np.add.at(wanted, filled.household, 1.0)
        for wide in wides:
            poured = pour(wide, price)
            bound += poured.profit
            wanted[poured.household] += 1.0
        missed = 0 if bound < best - 1e-7 * abs(best) else missed + 1
        if bound < best:
            best, best_price = bound, price
        if missed >= PATIENCE:
            aim, missed, price = aim * 0.5, 0, best_price
            direction = np.zeros(price.size)
        direction = MEMORY * direction + wanted - 1.0
        direction[(price <= floor) & (direction < 0)] = 0.0
        length = float(direction @ direction)
        if length == 0 or aim < least or bound <= target or budget.exhausted:
            break
        price = np.maximum(price + (bound - best + aim) / length * direction, floor)
    lower = replace(contest, price=best_price)
    lower = replace(lower, bound=certify(lower))
    return lower if lower.bound < contest.bound else contest


def inside_loss(contest: Contest) -> FloatArray:
    """[households, contested] what the bound loses when a pair is forced; equation (13)."""
    loss = np.full(contest.value.shape, np.inf)
    for band in all_bands(contest):
        for size, lost in forced_loss(band, contest.price):
            loss[size.household, band.gemeente[:, None]] = lost
    for wide in all_wides(contest):
        loss[wide.household, wide.gemeente] = poured_loss(wide, contest.price)
    return loss
