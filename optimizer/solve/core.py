"""The core: the few pairs that an answer better than the incumbent could use; equation (13)."""

from dataclasses import dataclass

import numpy as np

from optimizer.solve.arrays import BoolArray, FloatArray, IntArray, ValueArray
from optimizer.solve.branch import Sides, by_household
from optimizer.solve.contest import Contest, pair_losses
from optimizer.solve.crowd import CROWD
from optimizer.solve.duals import Duals
from optimizer.solve.knapsack import Pairs
from optimizer.solve.search import FLOAT_TOLERANCE, Search, State
from optimizer.solve.space import Space, magnitude

SMALL = 600  # households of a month that is proven before anything else is tried


@dataclass(frozen=True, eq=False)
class Core:
    """A contest with the loss of every pair.

    Attributes
    ----------
    contest
        The prices and the bound.
    lost
        [pairs], equation (13).
    sides
        What answers must satisfy beside the opgaven, for every pair.
    """

    contest: Contest
    lost: FloatArray
    sides: Sides

    def width(self, per_household: float) -> float:
        """Return the width that leaves each household so many contested pairs on average."""
        lost = self.lost[self.contest.contested[self.contest.pairs.gemeente]]
        count = int(per_household * self.contest.price.size)
        if count >= lost.size:
            return float(lost[np.isfinite(lost)].max(initial=0.0))
        return float(np.partition(lost, count)[count])

    def within(self, width: float, gemeente: IntArray) -> IntArray:
        """Return the places of the pairs that lose at most ``width``, and of those of an answer."""
        pairs = self.contest.pairs
        return np.flatnonzero((self.lost <= width) | (gemeente[pairs.household] == pairs.gemeente))


def make_core(find: Search, contest: Contest) -> Core:
    """Compute the loss of every pair of a contest."""
    return Core(contest, pair_losses(contest), all_sides(find.space, find.value, contest.pairs))


def all_sides(space: Space, value: ValueArray, pairs: Pairs) -> Sides:
    """Collect what `Sides` holds for some pairs of a space."""
    h, g = pairs.household, pairs.gemeente
    kept = [one.value[h, g].astype(np.float64) for one in space.kept]
    floor = [one.floor - 1e-12 * abs(one.floor) * np.issubdtype(one.value.dtype, np.floating) for one in space.kept]
    first, place = by_household(h, space.persons.size)
    return Sides(
        own=value[h, g].astype(np.float64),
        use=space.use,
        capacity=space.capacity,
        region=space.region,
        ceiling=space.ceiling,
        kept=np.array(kept).reshape(len(kept), h.size),
        floor=np.array(floor, dtype=np.float64),
        first=first,
        place=place,
    )


def unit_of(find: Search, state: State) -> float:
    """Return what a better answer is better by, at least."""
    if np.issubdtype(find.value.dtype, np.integer):
        return 0.999
    return 0.5 * FLOAT_TOLERANCE * max(abs(state.value), magnitude(find.value))


def contested_gemeenten(space: Space, duals: Duals) -> BoolArray:
    """Gemeenten with a price, or that must be full; all of them where these are most of them."""
    contested: BoolArray = (duals.per_person > 0) | space.full | (duals.resource > 0).any(axis=1)
    return contested | tight(contested)


def tight(contested: BoolArray) -> bool:
    """Tell whether most gemeenten are contested: branching is then sharper than cuts."""
    return 2 * int(contested.sum()) > contested.size


def anneals_first(space: Space, contested: BoolArray) -> bool:
    """Tell whether annealing comes before everything else: it does not mind where it starts, and rounding is slow."""
    return SMALL < space.persons.size <= CROWD and not space.kept and tight(contested)


def thin(core: Core, chosen: IntArray, contested: BoolArray, gemeente: IntArray) -> IntArray:
    """Leave each household its best pair outside the contested gemeenten, for each value of the earlier levels.

    Where no capacity counts, the others cannot matter. Among equals the present gemeente comes first: it has room.
    """
    pairs, sides = core.contest.pairs, core.sides
    outside = ~contested[pairs.gemeente[chosen]]
    home = chosen[outside]
    h = pairs.household[home]
    elsewhere = (pairs.gemeente[home] != gemeente[h]).astype(np.int8)
    order = np.lexsort((pairs.gemeente[home], elsewhere, core.lost[home], *sides.kept[:, home], h))
    home, h = home[order], h[order]
    first = np.ones(home.size, dtype=np.bool_)
    first[1:] = (h[1:] != h[:-1]) | (sides.kept[:, home[1:]] != sides.kept[:, home[:-1]]).any(axis=0)
    return np.sort(np.concatenate([chosen[~outside], home[first]]))
