"""What one level maximises, and how it is measured; values of a fixed number of decimals become whole units."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from optimizer.solve.problem.answer import Leeway
from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray, ValueArray
from optimizer.solve.problem.space import magnitude

FLAT_PAIRS = 1_000_000  # looked at together
FLOAT_TOLERANCE = 5e-9  # relative: differences below it are rounding, not value
UNITS = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)  # in one of value
LARGEST_EXACT = 2.0**50  # of a total in units: floats are whole below 2**53, and bounds need some room


@dataclass(frozen=True, eq=False)
class Goal:
    """One level.

    Attributes
    ----------
    name
        Name for reports.
    value
        [households, gemeenten], what a link adds; staying unlinked adds 0.
    offset
        What everybody is worth unlinked: tolerances are measured on the value as it was given, not on the shifted one.
    largest
        Size of the largest given value, what tolerances are measured by; None: of ``value``.
    leeway
        What later levels may give up of it; None: nothing. Only for whole units.
    """

    name: str
    value: ValueArray
    offset: float = 0.0
    largest: float | None = None
    leeway: Leeway | None = None

    def given_up(self, value: float) -> int:
        """Return the units that later levels may give up of a value."""
        return 0 if self.leeway is None else self.leeway.of(int(value))

    @property
    def whole(self) -> bool:
        """True for whole units, which are exact."""
        return bool(np.issubdtype(self.value.dtype, np.integer))

    @cached_property
    def flat(self) -> bool:
        """True where a household is worth the same in every gemeente."""
        value, step = self.value, max(1, FLAT_PAIRS // max(1, self.value.shape[1]))
        rows = range(0, len(value), step)
        return all(bool((value[k : k + step] == value[k : k + step, :1]).all()) for k in rows)

    def tolerance(self, value: float) -> float:
        """Return the difference that counts as rounding at a value of the level."""
        return FLOAT_TOLERANCE * max(abs(value + self.offset), self.scale)

    @cached_property
    def scale(self) -> float:
        """Size of the largest value as it was given."""
        return magnitude(self.value) if self.largest is None else self.largest


def in_whole_units(value: FloatArray, alone: float, allowed: BoolArray) -> tuple[IntArray, int] | None:
    """Return value minus ``alone`` in whole units and the units in one, when few decimals hold all values exactly.

    >>> value, every = np.array([[0.25, 0.5]]), np.ones((1, 2), dtype=np.bool_)
    >>> in_whole_units(value, 0.0, every)
    (array([[25, 50]]), 100)
    >>> in_whole_units(np.sqrt(value + 1.3), 0.0, every) is None
    True
    """
    first = value[:1] if value.size else value
    for units in UNITS:
        if not exact_in(first, alone, units):
            continue
        largest = (float(np.abs(value).max(initial=0.0, where=allowed)) + abs(alone)) * units
        if largest * max(1, value.shape[0]) > LARGEST_EXACT:
            return None
        if exact_in(np.where(allowed, value, 0.0), alone, units):
            whole = np.round(np.where(allowed, value, 0.0) * units) - round(alone * units)
            return whole.astype(np.int64), units
    return None


def exact_in(value: FloatArray, alone: float, units: int) -> bool:
    """Tell whether all values are whole numbers of units, to the last bit."""
    return bool((np.round(value * units) / units == value).all()) and round(alone * units) / units == alone


def dominates(alone: float, value: FloatArray, allowed: BoolArray) -> bool:
    """Tell whether one household more linked outweighs everything that links can differ by: a penalty is then a level.

    Added to every value, such a penalty would drown what the links are worth.
    """
    if alone >= 0 or value.size == 0:
        return False
    best = value.max(axis=1, initial=0.0, where=allowed)
    worst = value.min(axis=1, initial=0.0, where=allowed)
    return -alone > float((best - worst).sum())
