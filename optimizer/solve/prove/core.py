"""The core: the few pairs that an answer better than the incumbent could use; equation (13)."""

from dataclasses import dataclass

import numpy as np

from optimizer.solve.bound.contest import Contest, pair_losses
from optimizer.solve.bound.dual import Duals
from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray
from optimizer.solve.problem.sides import Sides, all_sides
from optimizer.solve.problem.sizes import is_large, is_small, is_thin
from optimizer.solve.problem.space import Space
from optimizer.solve.whole.state import Search, State


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


def unit_of(find: Search, state: State) -> float:
    """Return what a better answer is better by, at least."""
    return 0.999 if find.goal.whole else 0.5 * find.goal.tolerance(state.value)


def contested_gemeenten(space: Space, duals: Duals) -> BoolArray:
    """Gemeenten with a price, or that must be full; all of them where these are most of them, or in a thin month."""
    contested: BoolArray = (duals.per_person > 0) | space.full | (duals.resource > 0).any(axis=1)
    return contested | tight(contested) | is_thin(space)


def tight(contested: BoolArray) -> bool:
    """Tell whether most gemeenten are contested: branching is then sharper than cuts."""
    return 2 * int(contested.sum()) > contested.size


def anneals_first(space: Space, contested: BoolArray) -> bool:
    """Tell whether annealing comes before everything else: it does not mind where it starts, and rounding is slow."""
    return not is_small(space) and not is_large(space) and not space.kept and tight(contested)


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
