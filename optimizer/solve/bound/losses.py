"""What the bound loses when a gemeente must take a household; equation (13)."""

import numpy as np

from optimizer.solve.bound.knapsack import WIDE, Filling, insert
from optimizer.solve.problem.arrays import FloatArray
from optimizer.solve.problem.pairs import Pairs
from optimizer.solve.run.compiled import compiled


@compiled
def losses(pairs: Pairs, price: FloatArray, filling: Filling, lost: FloatArray) -> None:
    """Fill in [pairs] what the profit of a gemeente loses when it must take a pair; equation (13).

    Forward and backward tables give what the other sizes earn beside ``j`` households of one size; among the ``j``, the
    forced one replaces the last unless it is one of them. For gemeenten that need not be full.
    """
    opgave, first, household, persons = pairs.opgave, pairs.first, pairs.household, pairs.persons
    worth, profit, density = pairs.worth, filling.profit, filling.density
    room = 0
    for g in range(opgave.size):
        if opgave[g] <= WIDE:
            room = max(room, opgave[g])
    ahead = np.zeros((pairs.kinds + 1, room + 1))
    behind = np.zeros((pairs.kinds + 1, room + 1))
    starts = np.zeros(pairs.kinds + 1, dtype=np.int64)
    tops = np.zeros((pairs.kinds, room + 1))
    pair = np.zeros(room + 1, dtype=np.int64)
    numbers = np.zeros(pairs.kinds, dtype=np.int64)
    for g in range(opgave.size):
        limit = opgave[g]
        begin, end = first[g], first[g + 1]
        if limit > WIDE or limit == 0:
            for k in range(begin, end):
                gain = worth[k] - price[household[k]]
                lost[k] = max(0.0, density[g] * persons[k] - gain) if limit > 0 else np.inf
            continue
        lines, k = 0, begin
        while k < end:
            starts[lines] = k
            size, n = persons[k], 0
            while k < end and persons[k] == size:
                gain = worth[k] - price[household[k]]
                if limit >= size:
                    n = insert(tops[lines], pair, n, limit // size, gain, k)
                k += 1
            numbers[lines] = n
            lines += 1
        starts[lines] = end
        for r in range(limit + 1):
            ahead[0, r] = 0.0
            behind[lines, r] = 0.0
        for line in range(lines):
            add(ahead[line], ahead[line + 1], tops[line], numbers[line], persons[starts[line]], limit)
        for line in range(lines - 1, -1, -1):
            add(behind[line + 1], behind[line], tops[line], numbers[line], persons[starts[line]], limit)
        for line in range(lines):
            size = persons[starts[line]]
            for k in range(starts[line], starts[line + 1]):
                lost[k] = np.inf
            together = 0.0
            for j in range(1, numbers[line] + 1):
                rest = limit - size * j
                others = -np.inf
                for r in range(rest + 1):
                    others = max(others, ahead[line, r] + behind[line + 1, rest - r])
                last = tops[line, j - 1]
                for k in range(starts[line], starts[line + 1]):
                    gain = worth[k] - price[household[k]]
                    forced = others + together + min(gain, last)
                    lost[k] = min(lost[k], max(0.0, profit[g] - forced))
                together += last


@compiled
def add(before: FloatArray, after: FloatArray, top: FloatArray, n: int, size: int, limit: int) -> None:
    """One step of the dynamic program: most profit with ``n`` more households of a size."""
    for r in range(limit + 1):
        after[r] = before[r]
    together = 0.0
    for j in range(1, n + 1):
        if top[j - 1] <= 0:
            break
        together += top[j - 1]
        for r in range(size * j, limit + 1):
            after[r] = max(after[r], before[r - size * j] + together)
