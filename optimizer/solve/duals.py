"""The dual function: a bound that holds for any prices, whatever a solver rounded."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.solve.arrays import FloatArray, IntArray, ValueArray
from optimizer.solve.space import Space, magnitude

CELLS = 4_000_000  # pairs looked at in one block: 32 MB of float64
EPS = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, eq=False)
class Duals:
    """A point in the dual space; equation (7).

    Attributes
    ----------
    price
        [gemeenten, sizes], price of one household of each size (the price of its region included).
    resource
        [gemeenten, K], price per unit of each further resource.
    weight
        One weight >= 0 for each kept level.
    constant
        Worth of all capacity at these prices, minus the weighted floors of the kept levels.
    per_person
        [gemeenten], price per person, for people to read.
    """

    price: FloatArray
    resource: FloatArray
    weight: FloatArray
    constant: float
    per_person: FloatArray


def no_prices(space: Space) -> Duals:
    """Prices of zero: the bound if every household could have its best gemeente."""
    gemeenten = space.opgave.size
    return Duals(
        price=np.zeros((gemeenten, space.sizes.size)),
        resource=np.zeros(space.capacity.shape),
        weight=np.zeros(len(space.kept)),
        constant=0.0,
        per_person=np.zeros(gemeenten),
    )


def profit(space: Space, value: ValueArray, duals: Duals, rows: slice) -> FloatArray:
    """Value minus price of every pair of a block of households; -inf where not allowed.

    The term in brackets of equation (7).
    """
    out = value[rows].astype(np.float64)
    for kept, weight in zip(space.kept, duals.weight, strict=True):
        if weight > 0:
            out += weight * kept.value[rows]
    out -= duals.price.T[space.size_class[rows]]
    if duals.resource.any():
        out -= space.use[rows] @ duals.resource.T
    out[~space.allowed[rows]] = -np.inf
    return out


def blocks(space: Space) -> Iterator[slice]:
    """Blocks of households that fit the processor's memory."""
    step = max(1, CELLS // max(1, space.opgave.size))
    for start in range(0, space.persons.size, step):
        yield slice(start, min(start + step, space.persons.size))


@dataclass(frozen=True, eq=False)
class Scan:
    """What one pass over all pairs tells.

    Attributes
    ----------
    bound
        Upper bound on the level, equation (7), rounding included.
    best
        [households], the best profit; 0 where staying unlinked is best and allowed.
    """

    bound: float
    best: FloatArray


def scan(space: Space, value: ValueArray, duals: Duals) -> Scan:
    """Evaluate the dual function (7) in one pass over the pairs."""
    best = np.zeros(space.persons.size)
    for rows in blocks(space):
        best[rows] = profit(space, value, duals, rows).max(axis=1, initial=-np.inf)
    free = ~space.must_link
    best[free] = np.maximum(best[free], 0.0)
    # Every term carries a rounding error of a few units in the last place, of the terms before cancellation too.
    largest = float(np.abs(duals.price).max(initial=0.0)) + magnitude(value)
    error = 8 * EPS * (float(np.abs(best).sum()) + abs(duals.constant) + largest * best.size)
    return Scan(bound=float(best.sum()) + duals.constant + error, best=best)


def pairs_within(space: Space, value: ValueArray, duals: Duals, found: Scan, width: float) -> tuple[IntArray, IntArray]:
    """Pairs whose reduced cost is at most ``width``: the *core*; equation (8)."""
    rows_found, columns_found = [], []
    for rows in blocks(space):
        block = profit(space, value, duals, rows) >= (found.best[rows] - width)[:, None]
        h, g = np.nonzero(block)
        rows_found.append(h + rows.start)
        columns_found.append(g)
    if not rows_found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.concatenate(rows_found), np.concatenate(columns_found)


def best_pairs(
    space: Space, value: ValueArray, duals: Duals, ties: FloatArray, count: int
) -> tuple[IntArray, IntArray, FloatArray]:
    """For each household its ``count`` most profitable pairs and their profit.

    ``ties`` [gemeenten] spreads equal pairs: pairs are ranked by profit, and by a rotation of ``ties`` that differs
    per household, so that a level full of ties does not send every household to the same gemeente.
    """
    gemeenten = space.opgave.size
    count = min(count, gemeenten)
    if count == 0 or space.persons.size == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    found_h, found_g, found_profit = [], [], []
    shift = np.arange(gemeenten)
    for rows in blocks(space):
        block = profit(space, value, duals, rows)
        spread = ties[(shift[None, :] + 31 * np.arange(rows.start, rows.stop)[:, None]) % gemeenten]
        ranked = block - spread
        order = np.argpartition(-ranked, count - 1, axis=1)[:, :count]
        chosen = np.take_along_axis(block, order, axis=1)
        h = np.repeat(np.arange(rows.start, rows.stop), count)
        keep = np.isfinite(chosen.ravel())
        found_h.append(h[keep])
        found_g.append(order.ravel()[keep])
        found_profit.append(chosen.ravel()[keep])
    return np.concatenate(found_h), np.concatenate(found_g), np.concatenate(found_profit)
