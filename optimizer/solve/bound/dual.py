"""The dual function: a bound that holds for any prices, whatever a solver rounded."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.solve.problem.arrays import FloatArray, IntArray, ValueArray
from optimizer.solve.problem.rotation import rotated
from optimizer.solve.problem.space import Space, magnitude

BLOCK_PAIRS = 4_000_000  # looked at together: 32 MB of float64
EPS = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, eq=False)
class Duals:
    """A point in the dual space; equation (7).

    Attributes
    ----------
    opgave
        [gemeenten], price per person of the opgave; below zero only where it must be used in full.
    region
        [gemeenten], price per person of the ceiling of its region.
    resource
        [gemeenten, K], price per unit of each further resource.
    weight
        One weight >= 0 for each kept level.
    constant
        Worth of the ceilings and resources at these prices, minus the weighted floors of the kept levels.
    """

    opgave: FloatArray
    region: FloatArray
    resource: FloatArray
    weight: FloatArray
    constant: float

    @property
    def per_person(self) -> FloatArray:
        """[gemeenten], what one person's place costs."""
        return self.opgave + self.region


def no_prices(space: Space) -> Duals:
    """Prices of zero: the bound if every household could have its best gemeente."""
    gemeenten = space.opgave.size
    return Duals(
        opgave=np.zeros(gemeenten),
        region=np.zeros(gemeenten),
        resource=np.zeros(space.capacity.shape),
        weight=np.zeros(len(space.kept)),
        constant=0.0,
    )


def worth(space: Space, value: ValueArray, duals: Duals, rows: slice | IntArray) -> FloatArray:
    """Value of every pair of a block of households, with ceilings and resources paid; -inf where not allowed.

    Kept levels are weighed in; the opgave is not paid yet.
    """
    out = value[rows].astype(np.float64)
    for kept, weight in zip(space.kept, duals.weight, strict=True):
        if weight > 0:
            out += weight * kept.value[rows]
    if duals.region.any():
        out -= space.counted[rows, None] * duals.region
    if duals.resource.any():
        out -= space.use[rows] @ duals.resource.T
    out[~space.allowed[rows]] = -np.inf
    return out


def profit(space: Space, value: ValueArray, duals: Duals, rows: slice | IntArray) -> FloatArray:
    """Worth minus the price of the opgave: the term in brackets of equation (7)."""
    out = worth(space, value, duals, rows)
    out -= space.persons[rows, None] * duals.opgave
    return out


def blocks(space: Space, pairs: int = BLOCK_PAIRS) -> Iterator[slice]:
    """Blocks of households that fit the processor's memory."""
    step = max(1, pairs // max(1, space.opgave.size))
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
    return certified(space, duals, best, magnitude(value))


def certified(space: Space, duals: Duals, best: FloatArray, largest_value: float) -> Scan:
    """Add up the bound (7) from the best profits [households], rounding included."""
    # Every term carries a rounding error of a few units in the last place, of the terms before cancellation too.
    constant = duals.constant + float(duals.opgave @ space.opgave)
    largest = float(np.abs(duals.per_person).max(initial=0.0)) * space.sizes.max(initial=1) + largest_value
    error = 8 * EPS * (float(np.abs(best).sum()) + abs(constant) + largest * best.size)
    return Scan(bound=float(best.sum()) + constant + error, best=best)


def nothing_known(space: Space, largest_value: float) -> Scan:
    """Bound a level by its largest value for every household: for when there is no time to look at the pairs."""
    best = np.full(space.persons.size, largest_value)
    return Scan(bound=float(best.sum()) * (1 + 8 * EPS * max(1, best.size)), best=best)


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
    for rows in blocks(space):
        block = profit(space, value, duals, rows)
        ranked = block - rotated(ties, np.arange(rows.start, rows.stop))
        order = np.argpartition(-ranked, count - 1, axis=1)[:, :count]
        chosen = np.take_along_axis(block, order, axis=1)
        h = np.repeat(np.arange(rows.start, rows.stop), count)
        keep = np.isfinite(chosen.ravel())
        found_h.append(h[keep])
        found_g.append(order.ravel()[keep])
        found_profit.append(chosen.ravel()[keep])
    return np.concatenate(found_h), np.concatenate(found_g), np.concatenate(found_profit)
