"""Simulated annealing on the pairs that lose least; docs/method-solver.md, section 6.

A household is drawn with one of its few promising pairs. Where the gemeente is full, households from it take the place
that the first one leaves. Kirkpatrick, Gelatt and Vecchi, doi:10.1126/science.220.4598.671.
"""

from math import log
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray, TicketArray
from optimizer.solve.problem.pairs import Pairs
from optimizer.solve.problem.room import fits_beside, give_back, overdrawn, take
from optimizer.solve.problem.sides import Sides
from optimizer.solve.run.compiled import compiled, compiled_inside

TableArray = npt.NDArray[np.int32]
QUANTILES = 2048
# How much worse an answer may become, in temperatures, at equally likely draws; rounded, so that no machine differs.
THRESHOLDS = np.array([round(-log((i + 0.5) / QUANTILES), 6) for i in range(QUANTILES)])
EJECTED = 8  # households that may make room for one


class Heat(NamedTuple):
    """State of the annealing between two calls.

    Attributes
    ----------
    link
        [households], the pair of each, or -1.
    room
        [1 + K, gemeenten + regions], what the links leave.
    begin, members, number, at
        Where the households of each gemeente are kept, they, how many there are, and the place of each household.
    reached
        [levels + 1], the values of earlier levels and of the present one.
    best, kept
        [1] and [households], the best answer that keeps the earlier levels.
    state
        [1], of the random generator.
    """

    link: IntArray
    room: IntArray
    begin: IntArray
    members: IntArray
    number: IntArray
    at: IntArray
    reached: FloatArray
    best: FloatArray
    kept: IntArray
    state: TicketArray


class Choices(NamedTuple):
    """What the annealing may draw.

    Attributes
    ----------
    table
        [households, gemeenten], the place of each pair, -1 where there is none.
    near
        Pairs to draw from.
    may_leave
        [households], True for those that may stay unlinked.
    thresholds
        How much worse an answer may become, in temperatures.
    """

    table: TableArray
    near: IntArray
    may_leave: BoolArray
    thresholds: FloatArray


class Cooling(NamedTuple):
    """So many ``draws``, from the temperature ``hot``, times ``factor`` after each thousand."""

    draws: int
    hot: float
    factor: float


def warm(pairs: Pairs, sides: Sides, link: IntArray, seed: int) -> Heat:
    """Set up the annealing at an answer: ``link`` [households] holds pairs or -1."""
    begin = np.concatenate([[0], np.cumsum(np.minimum(pairs.opgave, link.size))]).astype(np.int64)
    heat = Heat(
        link=np.full(link.size, -1, dtype=np.int64),
        room=sides.room.copy(),
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
        move(pairs, sides, heat, h, int(link[h]))
        count_value(sides, heat, -1, int(link[h]))
    heat.best[0] = heat.reached[-1]
    return heat


@compiled_inside
def draw(state: TicketArray) -> np.int64:
    """Return the next number of a xorshift generator; Marsaglia, doi:10.18637/jss.v008.i14."""
    x = state[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    state[0] = x
    return np.int64(x >> np.uint64(11))


@compiled_inside
def count_value(sides: Sides, heat: Heat, left: int, took: int) -> None:
    """Count what a household gives up and what it takes (pairs or -1) in the values of the levels."""
    if took >= 0:
        for level in range(sides.floor.size):
            heat.reached[level] += sides.kept[level, took]
        heat.reached[-1] += sides.own[took]
    if left >= 0:
        for level in range(sides.floor.size):
            heat.reached[level] -= sides.kept[level, left]
        heat.reached[-1] -= sides.own[left]


@compiled_inside
def move(pairs: Pairs, sides: Sides, heat: Heat, h: int, k: int) -> None:
    """Move a household to a pair, or leave it unlinked (-1)."""
    room, needs, above = heat.room, sides.needs, sides.above
    begin, members, number, at = heat.begin, heat.members, heat.number, heat.at
    gemeente, link = pairs.gemeente, heat.link
    old = link[h]
    if old >= 0:
        g = gemeente[old]
        give_back(room, needs, above, h, g)
        number[g] -= 1
        last = members[begin[g] + number[g]]
        members[at[h]] = last
        at[last] = at[h]
    if k >= 0:
        g = gemeente[k]
        take(room, needs, above, h, g)
        at[h] = begin[g] + number[g]
        members[at[h]] = h
        number[g] += 1
    link[h] = k


@compiled
def anneal(pairs: Pairs, sides: Sides, heat: Heat, choices: Choices, cooling: Cooling) -> float:
    """Make some draws while it cools; return the temperature at the end.

    ``worth`` of the pairs is what the annealing climbs, ``own`` of the sides what the best answer is judged by.
    """
    household, gemeente, persons, worth = pairs.household, pairs.gemeente, pairs.persons, pairs.worth
    table, near, thresholds = choices.table, choices.near, choices.thresholds
    link, begin, members = heat.link, heat.begin, heat.members
    room, needs, above = heat.room, sides.needs, sides.above
    state, reached, best = heat.state, heat.reached, heat.best
    temperature = cooling.hot
    # The moves of one draw: households, the pairs that they leave and those that they take; the drawn one is the first.
    who = np.zeros(EJECTED + 1, dtype=np.int64)
    left = np.zeros(EJECTED + 1, dtype=np.int64)
    took = np.zeros(EJECTED + 1, dtype=np.int64)
    for turn in range(cooling.draws):
        if turn % 1000 == 999:
            temperature *= cooling.factor
        k = near[draw(state) % near.size]
        h, to = household[k], gemeente[k]
        old = link[h]
        if old == k:
            continue
        limit = temperature * thresholds[draw(state) % thresholds.size]
        home = gemeente[old] if old >= 0 else -1
        worse = (worth[old] if old >= 0 else 0.0) - worth[k]
        free, home_free = room[0, to], (room[0, home] + persons[old] if old >= 0 else 0)
        who[0], left[0], took[0] = h, old, k
        moves, size = 1, heat.number[to]
        if free < persons[k] or not fits_beside(room, needs, above, h, to):
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
                elif not choices.may_leave[other]:
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
        move_all(pairs, sides, heat, who, took, moves)
        if too_full(pairs, sides, heat, took, moves):
            move_all(pairs, sides, heat, who, left, moves)
            continue
        for i in range(moves):
            count_value(sides, heat, left[i], took[i])
        if reached[-1] > best[0] and keeps(pairs, sides, heat):
            best[0] = reached[-1]
            for i in range(link.size):
                heat.kept[i] = link[i]
    return temperature


@compiled_inside
def move_all(pairs: Pairs, sides: Sides, heat: Heat, who: IntArray, to: IntArray, moves: int) -> None:
    """Move households together: the first makes room before the others move, and comes last."""
    move(pairs, sides, heat, who[0], -1)
    for i in range(1, moves):
        move(pairs, sides, heat, who[i], to[i])
    move(pairs, sides, heat, who[0], to[0])


@compiled_inside
def too_full(pairs: Pairs, sides: Sides, heat: Heat, took: IntArray, moves: int) -> bool:
    """Tell whether a gemeente that somebody moved to, or its region, has more than there is room for."""
    for i in range(moves):
        if took[i] >= 0 and overdrawn(heat.room, sides.above, pairs.gemeente[took[i]]):
            return True
    return False


@compiled_inside
def keeps(pairs: Pairs, sides: Sides, heat: Heat) -> bool:
    """Tell whether the answer keeps the earlier levels and fills what must be full."""
    for level in range(sides.floor.size):
        if heat.reached[level] < sides.floor[level]:
            return False
    for g in range(pairs.opgave.size):
        if pairs.full[g] and heat.room[0, g] > 0:
            return False
    return True
