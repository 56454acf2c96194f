"""The contest of the gemeenten for the households, which are priced; equations (10) to (13)."""

from dataclasses import dataclass, replace

import numpy as np

from optimizer.solve.bound.dual import EPS, Duals, blocks, worth
from optimizer.solve.bound.household_prices import Descent, Priced, lower
from optimizer.solve.bound.knapsack import empty_filling, fill
from optimizer.solve.bound.losses import losses
from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray, ValueArray
from optimizer.solve.problem.pairs import Pairs, some, sort_pairs
from optimizer.solve.problem.space import Space
from optimizer.solve.run.budget import VISIT_S, Budget

ROUNDS = 3  # choices of candidates
ROUND_STEPS, ROUND_MISSES = 400, 20  # of the prices in a round
CANDIDATES, FEWEST = 8, 6  # pairs per household: on average, and of each
FIRST_AIM = 3e-3  # of the bound


@dataclass(frozen=True, eq=False)
class Contest:
    """A level as the gemeenten see it.

    Attributes
    ----------
    pairs
        Every allowed pair, with its worth at the prices of ceilings and resources.
    contested
        [gemeenten], True where households compete for the places; elsewhere there is room for everybody who comes.
    floor
        [households], the least price: what the household is worth where nobody competes; 0 when it may stay unlinked.
    price
        [households], what a place is worth to each household.
    duals
        The prices of ceilings and resources, the weights of kept levels and the pay of what must be full, `charged`.
    constant
        Worth of ceilings and resources, minus the weighted floors of kept levels and minus what full gemeenten pay.
    bound
        Upper bound on the level; equation (10).
    """

    pairs: Pairs
    contested: BoolArray
    floor: FloatArray
    price: FloatArray
    duals: Duals
    constant: float
    bound: float


def open_contest(space: Space, value: ValueArray, duals: Duals, price: FloatArray, contested: BoolArray) -> Contest:
    """Set up a contest at the prices of a relaxation, from the household prices [households] that go with it.

    A household is never cheaper than where nobody competes: the uncontested gemeenten then want nobody, and the prices
    move on the contested pairs alone.
    """
    found_h, found_g, found_worth = [], [], []
    pay, constant = charged(space, duals)
    for rows in blocks(space):
        block = worth(space, value, duals, rows) + space.persons[rows, None] * pay
        h, g = np.nonzero(space.allowed[rows])
        found_h.append(h + rows.start)
        found_g.append(g)
        found_worth.append(block[h, g])
    h, g = np.concatenate(found_h), np.concatenate(found_g)
    # A gemeente that must be full may be filled less in a bound: what it pays for every person makes up for it.
    at_most = np.zeros_like(space.full)
    pairs = sort_pairs(h, g, np.concatenate(found_worth), space.persons, space.opgave, at_most)
    floor = np.where(space.must_link, -np.inf, 0.0)
    elsewhere = ~contested[pairs.gemeente]
    np.maximum.at(floor, pairs.household[elsewhere], pairs.worth[elsewhere])
    contest = Contest(pairs, contested, floor, np.maximum(price, floor), duals, constant, np.inf)
    return replace(contest, bound=certify(contest))


def charged(space: Space, duals: Duals) -> tuple[FloatArray, float]:
    """[gemeenten], what a gemeente that must be full pays for each person, and the constant without all that it pays.

    What its places cost below zero is what it pays. Every answer fills it, so that it pays a constant, and whole
    households may fill it less in a bound.
    """
    pay: FloatArray = np.where(space.full, np.maximum(-duals.opgave, 0.0), 0.0)
    return pay, duals.constant - float(pay @ space.opgave)


def certify(contest: Contest) -> float:
    """Evaluate (10) on all pairs at the prices of a contest; rounding included."""
    terms = np.concatenate([contest.price, fill(contest.pairs, contest.price).profit])
    largest = float(np.abs(contest.pairs.worth).max(initial=0.0))
    error = 64 * EPS * (float(np.abs(terms).sum()) + abs(contest.constant) + largest * contest.price.size)
    return float(terms.sum()) + contest.constant + error


def lower_contest(contest: Contest, target: float, budget: Budget, rounds: int = ROUNDS) -> Contest:
    """Lower the bound (10) on the pairs that lose least, and certify it on all of them.

    The first aim is never below ``target`` (the incumbent) and starts near the bound: an incumbent far away would make
    every step too long.
    """
    everybody = np.ones(contest.price.size, dtype=np.bool_)
    aim = min(contest.bound - target, FIRST_AIM * abs(contest.bound))
    for _ in range(rounds):
        budget.spend_pairs(4 * contest.pairs.household.size)
        if budget.exhausted or aim <= 0:
            break
        pairs = some(contest.pairs, promising(contest))
        if not budget.affords(ROUND_STEPS * pairs.household.size, VISIT_S):
            break
        alive = np.ones(pairs.household.size, dtype=np.bool_)
        priced = Priced(contest.price.copy(), contest.floor, everybody, alive)
        descent = Descent(target, aim, ROUND_STEPS, ROUND_MISSES)
        share = np.zeros(pairs.household.size)
        _, steps = lower(pairs, priced, contest.constant, descent, empty_filling(pairs), share)
        budget.spend_pairs(steps * pairs.household.size)
        lowered = replace(contest, price=priced.price)
        lowered = replace(lowered, bound=certify(lowered))
        if lowered.bound >= contest.bound:
            break
        aim = min(aim, contest.bound - lowered.bound, lowered.bound - target)
        contest = lowered
    return contest


def promising(contest: Contest) -> IntArray:
    """Choose the contested pairs that lose least: `FEWEST` of every household, `CANDIDATES` a household on average.

    With less than a few pairs the price of a household runs off, and the bound over all pairs is worse than before.
    Ties go to the first.
    """
    contested = np.flatnonzero(contest.contested[contest.pairs.gemeente])
    lost = pair_losses(contest)[contested]
    count = CANDIDATES * contest.price.size
    if count >= lost.size:
        return contested
    limit = np.partition(lost, count)[count]
    keep = lost < limit
    equal = np.flatnonzero(lost == limit)
    keep[equal[: count - int(keep.sum())]] = True
    household = contest.pairs.household[contested]
    poor = np.bincount(household[keep], minlength=contest.price.size) < FEWEST
    own = np.flatnonzero(poor[household])
    own = own[np.lexsort((lost[own], household[own]))]
    first = np.searchsorted(household[own], household[own])
    keep[own[np.arange(own.size) - first < FEWEST]] = True
    places: IntArray = contested[keep]
    return places


def pair_losses(contest: Contest) -> FloatArray:
    """[pairs] what the bound loses when a pair is forced; equation (13)."""
    lost = np.zeros(contest.pairs.household.size)
    losses(contest.pairs, contest.price, fill(contest.pairs, contest.price), lost)
    return lost
