"""From what municipalities take to who hands what to which neighbour: the fewest pairs that a greedy way finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from optimizer.explain.whynot.pooled import Edge
from optimizer.model.facts import Ints


@dataclass(frozen=True)
class Transfer:
    """Places that one municipality (row) hands to a neighbour (row)."""

    van: int
    naar: int
    personen: int


def transfers(opgave: Ints, used: Ints, edges: Sequence[Edge]) -> tuple[Transfer, ...] | None:
    """Return transfers along some pairs after which every municipality has what it takes; None where there are none.

    Whoever takes more than its opgave gets the difference along the shortest ways from whoever has most left. Two
    transfers over one pair are one, so that the sum of each pair is kept.

    Parameters
    ----------
    opgave, used
        What each municipality has, and what it takes, int64 [G].
    edges
        The pairs that may be used.
    """
    near: dict[int, list[int]] = {}
    for a, b in edges:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    left = (opgave - used).astype(int)
    over: dict[tuple[int, int], int] = {}
    for taker in sorted(near, key=lambda g: (int(left[g]), g)):
        while left[taker] < 0:
            way = _nearest(near, left, taker)
            if way is None:
                return None
            amount = int(min(left[way[-1]], -left[taker]))
            left[way[-1]] -= amount
            left[taker] += amount
            for to, giver in pairwise(way):
                over[giver, to] = over.get((giver, to), 0) + amount
    if (left < 0).any():
        return None
    net = {pair: n - over.get((pair[1], pair[0]), 0) for pair, n in over.items()}
    return in_turn(opgave, [Transfer(van, naar, n) for (van, naar), n in sorted(net.items()) if n > 0])


def in_turn(opgave: Ints, moved: Sequence[Transfer]) -> tuple[Transfer, ...]:
    """Put transfers in an order in which nobody hands over what it does not have yet."""
    has, waiting, out = opgave.copy(), list(moved), []
    while waiting:
        one = next((t for t in waiting if has[t.van] >= t.personen), waiting[0])
        waiting.remove(one)
        has[one.van] -= one.personen
        has[one.naar] += one.personen
        out.append(one)
    return tuple(out)


def _nearest(near: dict[int, list[int]], left: Ints, start: int) -> list[int] | None:
    """Return the shortest way from a municipality to one with places left; of equals to the one with most."""
    came: dict[int, int] = {start: start}
    front = [start]
    while front:
        fresh = [(g, to) for g in front for to in sorted(near[g])]
        front = []
        for g, to in fresh:
            if to not in came:
                came[to] = g
                front.append(to)
        ends = [g for g in front if left[g] > 0]
        if ends:
            way = [max(ends, key=lambda g: (int(left[g]), -g))]
            while way[-1] != start:
                way.append(came[way[-1]])
            return way[::-1]
    return None
