"""Simulated annealing on the pairs that lose least; docs/method-solver.md, section 6.

A household is drawn with one of its few promising pairs. Where the gemeente is full, households from it take the place
that the first one leaves. Kirkpatrick, Gelatt and Vecchi, doi:10.1126/science.220.4598.671.
"""

from math import log
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optimizer.solve.arrays import BoolArray, FloatArray, IntArray, TicketArray
from optimizer.solve.branch import Sides
from optimizer.solve.knapsack import Pairs
from optimizer.solve.native import compiled

TableArray = npt.NDArray[np.int32]
QUANTILES = 2048
# How much worse an answer may become, in temperatures, at equally likely draws; rounded, so that no machine differs.
PATIENCE = np.array([round(-log((i + 0.5) / QUANTILES), 6) for i in range(QUANTILES)])
EJECTED = 8  # households that may make room for one


class Heat(NamedTuple):
    """State of the annealing between two calls.

    ``link`` [households] is the pair of each household or -1; ``rest`` [gemeenten], ``left`` [gemeenten, K] and
    ``ceiling`` [regions] what is free; ``members`` and ``number`` the households of each gemeente, ``begin`` where they
    are kept and ``at`` [households] the place of each; ``reached`` [levels + 1] the values of earlier levels and of the
    present one; ``best`` [1] and ``kept`` [households] the best answer that keeps the earlier levels.
    """

    link: IntArray
    rest: IntArray
    left: IntArray
    ceiling: IntArray
    begin: IntArray
    members: IntArray
    number: IntArray
    at: IntArray
    reached: FloatArray
    best: FloatArray
    kept: IntArray
    state: TicketArray


def warm(pairs: Pairs, sides: Sides, link: IntArray, seed: int) -> Heat:
    """Set up the annealing at an answer: ``link`` [households] holds pairs or -1."""
    begin = np.concatenate([[0], np.cumsum(np.minimum(pairs.opgave, link.size))]).astype(np.int64)
    heat = Heat(
        link=np.full(link.size, -1, dtype=np.int64),
        rest=pairs.opgave.copy(),
        left=sides.capacity.copy(),
        ceiling=sides.ceiling.copy(),
        begin=begin,
        members=np.full(int(begin[-1]), -1, dtype=np.int64),
        number=np.zeros(pairs.opgave.size, dtype=np.int64),
        at=np.zeros(link.size, dtype=np.int64),
        reached=np.zeros(sides.floor.size + 1),
        best=np.array([-np.inf]),
        kept=link.copy(),
        state=np.array([seed * 2 + 1], dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15),
    )
    for h in np.flatnonzero(link >= 0).tolist():
        k, g = int(link[h]), int(pairs.gemeente[link[h]])
        heat.link[h] = k
        heat.rest[g] -= pairs.persons[k]
        heat.at[h] = begin[g] + heat.number[g]
        heat.members[heat.at[h]] = h
        heat.number[g] += 1
        weigh(sides, heat, h, k, g, int(pairs.persons[k]), 1)
    heat.best[0] = heat.reached[-1]
    return heat


@compiled
def draw(state: TicketArray) -> np.int64:
    """Return the next number of a xorshift generator; Marsaglia, doi:10.18637/jss.v008.i14."""
    x = state[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    state[0] = x
    return np.int64(x >> np.uint64(11))


@compiled
def weigh(sides: Sides, heat: Heat, h: int, k: int, g: int, size: int, sign: int) -> None:
    """Count a pair in (1) or out (-1) of the further capacities and of the values of the levels."""
    for i in range(heat.left.shape[1]):
        heat.left[g, i] -= sign * sides.use[h, i]
    if heat.ceiling.size > 0 and sides.region[g] >= 0:
        heat.ceiling[sides.region[g]] -= sign * size
    for level in range(sides.floor.size):
        heat.reached[level] += sign * sides.kept[level, k]
    heat.reached[-1] += sign * sides.own[k]


@compiled
def room(sides: Sides, heat: Heat, h: int, g: int, size: int) -> bool:
    """Tell whether the further capacities have room for a household as things are."""
    for i in range(heat.left.shape[1]):
        if sides.use[h, i] > heat.left[g, i]:
            return False
    return heat.ceiling.size == 0 or sides.region[g] < 0 or size <= heat.ceiling[sides.region[g]]


@compiled
def put(
    h: int,
    k: int,
    gemeente: IntArray,
    persons: IntArray,
    link: IntArray,
    rest: IntArray,
    begin: IntArray,
    members: IntArray,
    count: IntArray,
    at: IntArray,
) -> None:
    """Move a household to a pair, or leave it unlinked (-1)."""
    old = link[h]
    if old >= 0:
        g = gemeente[old]
        rest[g] += persons[old]
        count[g] -= 1
        last = members[begin[g] + count[g]]
        members[at[h]] = last
        at[last] = at[h]
    if k >= 0:
        g = gemeente[k]
        rest[g] -= persons[k]
        at[h] = begin[g] + count[g]
        members[at[h]] = h
        count[g] += 1
    link[h] = k


@compiled
def anneal(
    pairs: Pairs,
    sides: Sides,
    heat: Heat,
    table: TableArray,
    near: IntArray,
    may_leave: BoolArray,
    patience: FloatArray,
    draws: int,
    hot: float,
    cooling: float,
) -> float:
    """Make some draws while it cools; return the temperature at the end.

    Parameters
    ----------
    pairs
        Pairs that may be used; ``worth`` is what the annealing climbs, ``sides.own`` what the best answer is judged by.
    table
        [households, gemeenten], the place of each pair, -1 where there is none.
    near
        Pairs to draw from.
    may_leave
        [households], True for those that may stay unlinked.
    hot, cooling
        Temperature to start with, and its factor per thousand draws.
    """
    household, gemeente, persons, worth = pairs.household, pairs.gemeente, pairs.persons, pairs.worth
    own = sides.own
    link, rest, begin, members, count, at = heat.link, heat.rest, heat.begin, heat.members, heat.number, heat.at
    state, reached, best, kept = heat.state, heat.reached, heat.best, heat.kept
    sided = heat.left.shape[1] > 0 or heat.ceiling.size > 0 or sides.floor.size > 0
    temperature = hot
    # The moves of one draw: households, the pairs that they leave and those that they take; the drawn one is the first.
    who = np.zeros(EJECTED + 1, dtype=np.int64)
    left = np.zeros(EJECTED + 1, dtype=np.int64)
    took = np.zeros(EJECTED + 1, dtype=np.int64)
    for turn in range(draws):
        if turn % 1000 == 999:
            temperature *= cooling
        k = near[draw(state) % near.size]
        h, to = household[k], gemeente[k]
        old = link[h]
        if old == k:
            continue
        limit = temperature * patience[draw(state) % patience.size]
        home = gemeente[old] if old >= 0 else -1
        worse = (worth[old] if old >= 0 else 0.0) - worth[k]
        free, home_free = rest[to], (rest[home] + persons[old] if old >= 0 else 0)
        who[0], left[0], took[0] = h, old, k
        moves, size = 1, count[to]
        if free < persons[k] or (sided and not room(sides, heat, h, to, persons[k])):
            start = draw(state) % max(size, 1)
            for i in range(size):
                if moves > EJECTED or (free >= persons[k] and moves > 1):
                    break
                other = members[begin[to] + (start + i) % size]
                mine = link[other]
                pair = np.int64(-1)
                if home >= 0:
                    if persons[mine] > home_free:
                        continue
                    pair = np.int64(table[other, home])
                    if pair < 0:
                        continue
                elif not may_leave[other]:
                    continue
                step = worth[mine] - (worth[pair] if pair >= 0 else 0.0)
                if worse + step > limit:
                    continue
                worse += step
                free += persons[mine]
                home_free -= persons[mine]
                who[moves], left[moves], took[moves] = other, mine, pair
                moves += 1
        if worse > limit or free < persons[k]:
            continue
        put(h, -1, gemeente, persons, link, rest, begin, members, count, at)
        for i in range(1, moves):
            put(who[i], took[i], gemeente, persons, link, rest, begin, members, count, at)
        put(h, k, gemeente, persons, link, rest, begin, members, count, at)
        if sided and not settle(pairs, sides, heat, who, left, took, moves):
            put(h, -1, gemeente, persons, link, rest, begin, members, count, at)
            for i in range(1, moves):
                put(who[i], left[i], gemeente, persons, link, rest, begin, members, count, at)
            put(h, old, gemeente, persons, link, rest, begin, members, count, at)
            continue
        if not sided:
            for i in range(moves):
                reached[-1] += own[took[i]] if took[i] >= 0 else 0.0
                reached[-1] -= own[left[i]] if left[i] >= 0 else 0.0
        if reached[-1] > best[0] and keeps(pairs, sides, heat):
            best[0] = reached[-1]
            for i in range(link.size):
                kept[i] = link[i]
    return temperature


@compiled
def settle(pairs: Pairs, sides: Sides, heat: Heat, who: IntArray, left: IntArray, took: IntArray, moves: int) -> bool:
    """Count moves in the further capacities; count them out again, and return False, when something is too full."""
    for i in range(moves):
        if left[i] >= 0:
            weigh(sides, heat, who[i], left[i], pairs.gemeente[left[i]], pairs.persons[left[i]], -1)
        if took[i] >= 0:
            weigh(sides, heat, who[i], took[i], pairs.gemeente[took[i]], pairs.persons[took[i]], 1)
    fine = True
    for i in range(moves):
        if took[i] >= 0:
            g = pairs.gemeente[took[i]]
            for j in range(heat.left.shape[1]):
                fine = fine and heat.left[g, j] >= 0
            if heat.ceiling.size > 0 and sides.region[g] >= 0:
                fine = fine and heat.ceiling[sides.region[g]] >= 0
    if fine:
        return True
    for i in range(moves):
        if left[i] >= 0:
            weigh(sides, heat, who[i], left[i], pairs.gemeente[left[i]], pairs.persons[left[i]], 1)
        if took[i] >= 0:
            weigh(sides, heat, who[i], took[i], pairs.gemeente[took[i]], pairs.persons[took[i]], -1)
    return False


@compiled
def keeps(pairs: Pairs, sides: Sides, heat: Heat) -> bool:
    """Tell whether the answer keeps the earlier levels and fills what must be full."""
    for level in range(sides.floor.size):
        if heat.reached[level] < sides.floor[level]:
            return False
    for g in range(pairs.opgave.size):
        if pairs.full[g] and heat.rest[g] > 0:
            return False
    return True
