"""Where a search may go on from: the answer and the prices of an earlier one; docs/method-solver.md, section 6."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from optimizer.solve.problem.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Prices:
    """What one level ended with.

    Attributes
    ----------
    opgave, region
        [gemeenten], prices per person.
    resource
        [gemeenten, K].
    weights
        One for each earlier level; 0 for those that no row keeps.
    households
        [households].
    sharp
        True where the bound (10) was lowered from them.
    """

    opgave: FloatArray
    region: FloatArray
    resource: FloatArray
    weights: tuple[float, ...]
    households: FloatArray
    sharp: bool


@dataclass(frozen=True, eq=False)
class Start:
    """An earlier answer to a problem that is nearly the same: a pair fixed or forbidden, another month, other opgaven.

    Nothing of it has to fit: links that cannot be are dropped, and prices give a valid bound whatever they are.

    Attributes
    ----------
    gemeente
        [households].
    levels
        Prices by level, the lottery last.
    """

    gemeente: IntArray
    levels: tuple[Prices, ...]

    def rows(self, rows: IntArray) -> Self:
        """Return the start for some households, in their order."""
        levels = tuple(
            Prices(one.opgave, one.region, one.resource, one.weights, one.households[rows], one.sharp)
            for one in self.levels
        )
        return type(self)(self.gemeente[rows], levels)

    def fits(self, households: int, gemeenten: int, kinds: int, levels: int) -> bool:
        """Tell whether the shapes are those of a problem."""
        return (
            self.gemeente.shape == (households,)
            and all(
                one.opgave.shape == one.region.shape == (gemeenten,)
                and one.resource.shape == (gemeenten, kinds)
                and one.households.shape == (households,)
                and len(one.weights) == level
                for level, one in enumerate(self.levels[:levels])
            )
            and bool(
                self.gemeente.size == 0 or (int(np.min(self.gemeente)) >= -1 and int(np.max(self.gemeente)) < gemeenten)
            )
        )
