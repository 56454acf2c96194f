"""The sharper bound: every contested gemeente filled with whole households; equations (10) and (11).

Households are priced (``u``), and each gemeente then solves a knapsack by itself. Households of one size differ only in
profit, so the best ``j`` of a size are always the first ``j`` in order of profit, and the knapsack is a short dynamic
program over sizes.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from optimizer.solve.arrays import FloatArray, IntArray

BANDS = (10, 20, 45, 90)  # gemeenten of about the same opgave share one array; larger ones are wide


@dataclass(frozen=True, eq=False)
class Size:
    """The candidates of one size in the gemeenten of a band.

    Attributes
    ----------
    persons
        Size of the households.
    household
        [gemeenten of the band, candidates].
    value
        Same shape; -inf where the pair is not allowed.
    most
        How many of them fit in the largest opgave of the band.
    """

    persons: int
    household: IntArray
    value: FloatArray
    most: int


@dataclass(frozen=True, eq=False)
class Band:
    """Gemeenten of about the same opgave."""

    gemeente: IntArray
    opgave: IntArray
    sizes: tuple[Size, ...]


def make_bands(
    gemeente: IntArray,
    opgave: IntArray,
    value: FloatArray,
    persons: IntArray,
    ranking: FloatArray | None = None,
    spare: int = 10,
) -> tuple[Band, ...]:
    """Group gemeenten and list their candidates.

    Parameters
    ----------
    gemeente, opgave
        [contested], columns and opgaven of the contested gemeenten.
    value
        [households, contested], -inf where not allowed.
    persons
        [households].
    ranking
        Same shape as ``value``: keep only the most promising candidates by this measure; None keeps all.
    spare
        Candidates kept beyond twice the number that fits.
    """
    bands: list[Band] = []
    for low, high in pairwise((0, *BANDS)):
        inside = np.flatnonzero((opgave > low) & (opgave <= high))
        if inside.size == 0:
            continue
        room = int(opgave[inside].max())
        sizes = []
        for size in np.unique(persons):
            most = room // int(size)
            rows = np.flatnonzero(persons == size)
            if most == 0:
                continue
            block = value[np.ix_(rows, inside)].T
            household = np.broadcast_to(rows, block.shape)
            keep = 2 * most + spare
            if ranking is not None and rows.size > keep:
                rank = ranking[np.ix_(rows, inside)].T
                best = np.argpartition(-rank, keep - 1, axis=1)[:, :keep]
                household, block = rows[best], np.take_along_axis(block, best, axis=1)
            sizes.append(Size(int(size), household, np.ascontiguousarray(block), min(most, rows.size)))
        bands.append(Band(gemeente[inside], opgave[inside], tuple(sizes)))
    return tuple(bands)


@dataclass(frozen=True, eq=False)
class Sorted:
    """The best candidates of one size, best first, and the sums of the first j."""

    order: IntArray  # [gemeenten, most]
    profit: FloatArray  # [gemeenten, most]
    sums: FloatArray  # [gemeenten, most + 1]


def sort_size(size: Size, price: FloatArray) -> Sorted:
    """Order the candidates of one size by profit."""
    profit = size.value - price[size.household]
    if profit.shape[1] > 2 * size.most:
        best = np.argpartition(-profit, size.most - 1, axis=1)[:, : size.most]
        part = np.take_along_axis(profit, best, axis=1)
        inner = np.argsort(-part, axis=1, kind="stable")
        order = np.take_along_axis(best, inner, axis=1)
    else:
        order = np.argsort(-profit, axis=1, kind="stable")[:, : size.most]
    chosen = np.take_along_axis(profit, order, axis=1)
    sums = np.zeros((chosen.shape[0], chosen.shape[1] + 1))
    np.cumsum(chosen, axis=1, out=sums[:, 1:])
    return Sorted(order, chosen, sums)


def add_size(table: FloatArray, persons: int, best: Sorted) -> tuple[FloatArray, IntArray]:
    """One step of the dynamic program: table[g, q] = most profit with at most q persons; (11)."""
    out = table.copy()
    count = np.zeros(table.shape, dtype=np.int64)
    for j in range(1, best.profit.shape[1] + 1):
        if not (best.profit[:, j - 1] > 0).any():
            break
        new = table[:, : table.shape[1] - persons * j] + best.sums[:, j, None]
        old = out[:, persons * j :]
        better = new > old
        old[better] = new[better]
        count[:, persons * j :][better] = j
    return out, count


@dataclass(frozen=True, eq=False)
class Filled:
    """Each gemeente of a band filled at given prices: its profit, and who was chosen."""

    profit: FloatArray
    household: IntArray
    gemeente: IntArray


def fill(band: Band, price: FloatArray) -> Filled:
    """Solve the knapsacks of a band; (11)."""
    room = int(band.opgave.max())
    table = np.zeros((band.opgave.size, room + 1))
    steps: list[tuple[Size, Sorted, IntArray]] = []
    for size in band.sizes:
        best = sort_size(size, price)
        table, count = add_size(table, size.persons, best)
        steps.append((size, best, count))
    row = np.arange(band.opgave.size)
    rest = band.opgave.copy()
    households: list[IntArray] = [np.zeros(0, dtype=np.int64)]
    gemeenten: list[IntArray] = [np.zeros(0, dtype=np.int64)]
    for size, best, count in reversed(steps):
        taken = count[row, rest]
        chosen = np.arange(best.order.shape[1]) < taken[:, None]
        picked = np.take_along_axis(size.household, best.order, axis=1)
        households.append(picked[chosen])
        gemeenten.append(np.repeat(band.gemeente, taken))
        rest = rest - size.persons * taken
    profit = table[row, band.opgave]
    return Filled(profit, np.concatenate(households), np.concatenate(gemeenten))


def forced_loss(band: Band, price: FloatArray) -> list[tuple[Size, FloatArray]]:
    """For each size [gemeenten, candidates]: the profit that a gemeente loses when it must take a candidate; (13).

    Forward and backward tables give what the other sizes earn beside j households of this size; among the j, the forced
    one replaces the last unless it is one of them.
    """
    room = int(band.opgave.max())
    empty = np.zeros((band.opgave.size, room + 1))
    best = [sort_size(size, price) for size in band.sizes]
    before, after = [empty], [empty]
    for size, one in zip(band.sizes, best, strict=True):
        before.append(add_size(before[-1], size.persons, one)[0])
    for size, one in zip(reversed(band.sizes), reversed(best), strict=True):
        after.append(add_size(after[-1], size.persons, one)[0])
    row = np.arange(band.opgave.size)
    full = before[-1][row, band.opgave]
    losses = []
    for k, (size, one) in enumerate(zip(band.sizes, best, strict=True)):
        beside = join(before[k], after[len(best) - 1 - k])
        profit = size.value - price[size.household]
        forced = np.full(profit.shape, -np.inf)
        for j in range(1, one.profit.shape[1] + 1):
            rest = band.opgave - size.persons * j
            base = np.where(rest >= 0, beside[row, np.maximum(rest, 0)] + one.sums[:, j - 1], -np.inf)
            np.maximum(forced, base[:, None] + np.minimum(profit, one.profit[:, j - 1, None]), out=forced)
        losses.append((size, np.maximum(full[:, None] - forced, 0.0)))
    return losses


def join(left: FloatArray, right: FloatArray) -> FloatArray:
    """Best split of every number of persons between two tables (a max-plus convolution)."""
    out = left + right[:, :1]
    for q in range(1, left.shape[1]):
        np.maximum(out[:, q:], left[:, : left.shape[1] - q] + right[:, q, None], out=out[:, q:])
    return out
