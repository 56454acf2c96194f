"""A first answer for any capacities, without a solver; docs/method-solver.md, section 6."""

import numpy as np

from optimizer.solve.bound.dual import BLOCK_PAIRS, Duals, profit
from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray, ValueArray
from optimizer.solve.problem.room import Room, take_all
from optimizer.solve.problem.rotation import rotated
from optimizer.solve.problem.space import Space
from optimizer.solve.run.budget import Budget

GREEDY_ROUNDS = 200


def link_greedily(
    space: Space, value: ValueArray, duals: Duals, ties: FloatArray, gemeente: IntArray, budget: Budget
) -> IntArray:
    """Add links to an answer until nothing fits that pays.

    In each round every unlinked household applies where it gains most at the given prices, among the gemeenten that
    have room for it; each gemeente and each region then takes the applicants that must be linked first, then the
    largest, as far as they fit. Every capacity is respected; kept levels are not looked at.

    Parameters
    ----------
    value
        [households, gemeenten].
    duals
        Prices that steer the choice; none of them has to be right.
    ties
        [gemeenten], small numbers that spread equal choices.
    gemeente
        [households], a feasible answer to start from; -1 where not linked.
    """
    out = gemeente.copy()
    room = space.room_beside(out)
    waiting = np.flatnonzero(out < 0)
    waiting = waiting[np.lexsort((-space.persons[waiting], ~space.must_link[waiting]))]
    for _ in range(GREEDY_ROUNDS):
        if waiting.size == 0 or budget.exhausted:
            break
        choice = apply_where_best(space, value, duals, ties, waiting, room)
        waiting, choice = waiting[choice >= 0], choice[choice >= 0]
        taken = take_in_order(space, waiting, choice, room)
        h, g = waiting[taken], choice[taken]
        out[h] = g
        take_all(room, space.needs, h, g)
        waiting = waiting[~taken]
    return out


def apply_where_best(
    space: Space,
    value: ValueArray,
    duals: Duals,
    ties: FloatArray,
    waiting: IntArray,
    room: Room,
) -> IntArray:
    """[waiting], the gemeente with room that pays most; -1 where none does."""
    choice = np.full(waiting.size, -1, dtype=np.int64)
    inside = space.region >= 0
    places = room.place
    above = np.full(places.size, int(space.counted.sum()), dtype=np.int64)
    above[inside] = room.ceiling[space.region[inside]]
    step = max(1, BLOCK_PAIRS // max(1, places.size))
    for start in range(0, waiting.size, step):
        rows = waiting[start : start + step]
        gain = profit(space, value, duals, rows)
        gain[(gain <= 0) & ~space.must_link[rows, None]] = -np.inf
        gain[(space.persons[rows, None] > places) | (space.counted[rows, None] > above)] = -np.inf
        for k in range(room.capacity.shape[1]):
            gain[space.use[rows, k, None] > room.capacity[:, k]] = -np.inf
        gain -= rotated(ties, rows)
        if places.size:
            best = gain.argmax(axis=1)
            fits = np.isfinite(gain[np.arange(rows.size), best])
            choice[start : start + step][fits] = best[fits]
    return choice


def take_in_order(space: Space, waiting: IntArray, choice: IntArray, room: Room) -> BoolArray:
    """[waiting], True for those taken: each capacity is handed out in the order of the applicants until it is short."""
    persons = space.persons[waiting]
    taken = cumulated(choice, persons) <= room.place[choice]
    for k in range(room.capacity.shape[1]):
        taken &= cumulated(choice, space.use[waiting, k]) <= room.capacity[choice, k]
    region = space.region[choice]
    if room.ceiling.size:
        taken &= (region < 0) | (cumulated(region, space.counted[waiting]) <= room.ceiling[region])
    result: BoolArray = taken
    return result


def cumulated(group: IntArray, amount: IntArray) -> IntArray:
    """Sum of the amounts of the same group, up to and including each."""
    order = np.argsort(group, kind="stable")
    sums = np.cumsum(amount[order])
    first = np.r_[True, group[order][1:] != group[order][:-1]][: order.size]
    before = (sums - amount[order])[first]
    out = np.empty_like(sums)
    out[order] = sums - np.repeat(before, np.diff(np.r_[np.flatnonzero(first), order.size]))
    return out
