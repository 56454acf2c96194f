"""What every method gets: arrays, and nothing that favours one of them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Int32s = npt.NDArray[np.int32]
Values = Floats | Ints | Int32s


@dataclass(frozen=True, eq=False)
class Problem:
    """Households [H] to link to gemeenten [G]; staying unlinked is worth 0 on every level.

    Attributes
    ----------
    levels
        Values of the links, most important level first, each [H, G].
    names
        Name of each level.
    persons, opgave, admissible
        Persons per household [H], places in persons [G], pairs that may be used [H, G].
    resources
        (use [H, K], capacity [G, K]) or None.
    regions
        (region [G], ceiling in persons [regions]) or None.
    lot
        Lottery tickets, uint64 [H], or None for the order of the rows.
    """

    levels: tuple[Values, ...]
    names: tuple[str, ...]
    persons: Ints
    opgave: Ints
    admissible: Bools
    resources: tuple[Ints, Ints] | None = None
    regions: tuple[Ints, Ints] | None = None
    lot: npt.NDArray[np.uint64] | None = None

    @property
    def plain(self) -> bool:
        """True when only the opgaven limit."""
        return self.resources is None and self.regions is None

    @property
    def nbytes(self) -> int:
        """Bytes that the matrices take before any method starts."""
        return self.admissible.nbytes + sum(value.nbytes for value in self.levels)

    def pairs(self) -> tuple[Ints, Ints]:
        """Admissible pairs in which the household fits the opgave, as (household, gemeente)."""
        h, g = np.nonzero(self.admissible & (self.persons[:, None] <= self.opgave[None, :]))
        return h.astype(np.int64), g.astype(np.int64)


@dataclass(frozen=True, eq=False)
class Found:
    """What a method answers: column per household or -1, a proven bound per level, and how it ended.

    ``gemeente`` is None when it found no answer; a bound is None when the method proves none.
    """

    gemeente: Ints | None
    bounds: tuple[float | None, ...]
    status: str
