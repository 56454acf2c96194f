"""The sharper bound: every contested gemeente filled with whole households; equations (10) to (12).

Households are priced, and each gemeente then solves a knapsack by itself. Households of one size differ only in profit,
so the best ``j`` of a size are always the first ``j`` in order of profit, and the knapsack is a short dynamic program
over sizes. Above `WIDE` persons the fractional knapsack is as good, and it is used instead; equation (12).
"""

from typing import NamedTuple

import numpy as np

from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray
from optimizer.solve.problem.pairs import Pairs
from optimizer.solve.run.compiled import compiled

WIDE = 400  # persons


class Filling(NamedTuple):
    """Every gemeente filled at given prices of households.

    Attributes
    ----------
    profit
        [gemeenten], what its best households are worth above their prices; -inf where it cannot be full.
    chosen
        [pairs], True for the pairs of those households.
    table
        [gemeenten, persons + 1], most profit of a gemeente with so many persons (not of wide ones).
    density
        [gemeenten], profit per person of the last household that fits a wide gemeente.
    """

    profit: FloatArray
    chosen: BoolArray
    table: FloatArray
    density: FloatArray


def empty_filling(pairs: Pairs) -> Filling:
    """Return room for the outcome of `fill`."""
    narrow = int(np.minimum(pairs.opgave, WIDE).max(initial=0))
    count = pairs.opgave.size
    chosen = np.zeros(pairs.household.size, dtype=np.bool_)
    return Filling(np.zeros(count), chosen, np.zeros((count, narrow + 1)), np.zeros(count))


def fill(pairs: Pairs, price: FloatArray) -> Filling:
    """Solve the knapsacks (11), and (12) for wide gemeenten, at the prices [households]."""
    out = empty_filling(pairs)
    alive = np.ones(pairs.household.size, dtype=np.bool_)
    fill_all(pairs, price, alive, out)
    return out


@compiled
def fill_all(pairs: Pairs, price: FloatArray, alive: BoolArray, out: Filling) -> float:
    """Fill every gemeente with pairs that are ``alive``; fills ``out`` in and returns the sum of the profits."""
    opgave, full, first = pairs.opgave, pairs.full, pairs.first
    household, persons, worth = pairs.household, pairs.persons, pairs.worth
    profit, chosen, table = out.profit, out.chosen, out.table
    room = table.shape[1]
    before = np.empty(room)
    count = np.zeros((pairs.kinds, room), dtype=np.int64)  # households taken of each size, for each number of persons
    taken = np.zeros((pairs.kinds, room + 1), dtype=np.int64)  # pairs of each size, best first
    sizes = np.zeros(pairs.kinds, dtype=np.int64)
    top = np.empty(room + 1)
    pair = np.empty(room + 1, dtype=np.int64)
    total = 0.0
    for k in range(chosen.size):
        chosen[k] = False
    for g in range(opgave.size):
        limit = opgave[g]
        if limit > WIDE:
            total += pour(g, pairs, price, alive, out)
            continue
        best = table[g]
        for r in range(limit + 1):
            best[r] = -np.inf if full[g] and r > 0 else 0.0
        lines, k, end = 0, first[g], first[g + 1]
        while k < end and limit > 0:
            size = persons[k]
            most, n = limit // size, 0
            while k < end and persons[k] == size:
                gain = worth[k] - price[household[k]]
                if most > 0 and alive[k] and (gain > 0 or full[g]):
                    n = insert(top, pair, n, most, gain, k)
                k += 1
            if n == 0:
                continue
            for r in range(limit + 1):
                before[r] = best[r]
                count[lines, r] = 0
            together = 0.0
            for j in range(1, n + 1):
                together += top[j - 1]
                taken[lines, j] = pair[j - 1]
                for r in range(size * j, limit + 1):
                    value = before[r - size * j] + together
                    if value > best[r]:
                        best[r] = value
                        count[lines, r] = j
            sizes[lines] = size
            lines += 1
        profit[g] = best[limit]
        total += best[limit]
        rest = limit
        for line in range(lines - 1, -1, -1):
            if best[limit] == -np.inf:
                break
            j = count[line, rest]
            for i in range(1, j + 1):
                chosen[taken[line, i]] = True
            rest -= j * sizes[line]
    return total


@compiled
def insert(top: FloatArray, pair: IntArray, n: int, most: int, gain: float, k: int) -> int:
    """Put a pair among the ``most`` best of its size, best first, equals in order; return their number."""
    if n < most:
        j = n
        n += 1
    elif gain > top[n - 1]:
        j = n - 1
    else:
        return n
    while j > 0 and top[j - 1] < gain:
        top[j] = top[j - 1]
        pair[j] = pair[j - 1]
        j -= 1
    top[j] = gain
    pair[j] = k
    return n


@compiled
def pour(g: int, pairs: Pairs, price: FloatArray, alive: BoolArray, out: Filling) -> float:
    """Fill a wide gemeente in order of profit per person, the last household in part; Dantzig's bound (12).

    Dantzig, Discrete-variable extremum problems, 1957, doi:10.1287/opre.5.2.266.
    """
    household, persons, worth = pairs.household, pairs.persons, pairs.worth
    profit, chosen, density = out.profit, out.chosen, out.density
    limit, begin, end = pairs.opgave[g], pairs.first[g], pairs.first[g + 1]
    each = np.empty(end - begin)
    weight = 0
    for k in range(begin, end):
        gain = worth[k] - price[household[k]]
        each[k - begin] = gain / persons[k] if alive[k] and gain > 0 else 0.0
        if each[k - begin] > 0:
            weight += persons[k]
    total, rest = 0.0, limit
    density[g] = 0.0
    if weight <= limit:
        for k in range(begin, end):
            if each[k - begin] > 0:
                chosen[k] = True
                total += worth[k] - price[household[k]]
        profit[g] = total
        return total
    for i in descending(each):
        k = begin + i
        if persons[k] > rest:
            density[g] = each[i]
            total += rest * each[i]
            break
        chosen[k] = True
        total += worth[k] - price[household[k]]
        rest -= persons[k]
    profit[g] = total
    return total


@compiled
def descending(value: FloatArray) -> IntArray:
    """Order of the values, largest first, the first of equals first: a shell sort, which compiles in no time."""
    order = np.arange(value.size)
    step = value.size // 2
    while step > 0:
        for i in range(step, value.size):
            item, j = order[i], i
            while j >= step:
                other = order[j - step]
                if value[other] > value[item] or (value[other] == value[item] and other < item):
                    break
                order[j] = other
                j -= step
            order[j] = item
        step //= 2
    return order
