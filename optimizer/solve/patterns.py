"""Ways to fill a gemeente: whole numbers of households of each size; equation (10)."""

from dataclasses import dataclass

import numpy as np

from optimizer.solve.arrays import IntArray
from optimizer.solve.space import Space

LARGEST = 900  # patterns of one gemeente; above this its opgave is so large that rounding hardly costs


@dataclass(frozen=True, eq=False)
class Patterns:
    """Maximal patterns of every gemeente that has few enough of them.

    Attributes
    ----------
    gemeente
        [patterns], the gemeente of each pattern, ascending.
    count
        [patterns, sizes], households of each size.
    small
        [gemeenten], True where the patterns are listed.
    """

    gemeente: IntArray
    count: IntArray
    small: np.typing.NDArray[np.bool_]


def maximal_patterns(opgave: int, sizes: IntArray, available: IntArray, most: int = LARGEST) -> IntArray | None:
    """List the patterns to which no further household can be added.

    Parameters
    ----------
    opgave
        Persons that fit.
    sizes, available
        [sizes], persons per household and households that exist of that size.
    most
        Give up above this number.

    Returns
    -------
    [patterns, sizes], or None when there are more than ``most``.

    Examples
    --------
    >>> maximal_patterns(4, np.array([1, 2, 3]), np.array([9, 9, 1])).tolist()
    [[1, 0, 1], [0, 2, 0], [2, 1, 0], [4, 0, 0]]
    """
    found: list[list[int]] = []
    counts = [0] * sizes.size

    def extend(k: int, rest: int) -> bool:
        if k < 0:
            addable = any(s <= rest and n < a for s, n, a in zip(sizes, counts, available, strict=True))
            if not addable:
                found.append(counts.copy())
            return len(found) <= most
        for n in range(min(rest // int(sizes[k]), int(available[k])), -1, -1):
            counts[k] = n
            if not extend(k - 1, rest - n * int(sizes[k])):
                return False
        counts[k] = 0
        return True

    complete = extend(sizes.size - 1, opgave)
    return np.array(found, dtype=np.int64).reshape(-1, sizes.size) if complete else None


def list_patterns(space: Space) -> Patterns:
    """List the patterns of every gemeente whose opgave is small; (10)."""
    available = np.bincount(space.size_class, minlength=space.sizes.size).astype(np.int64)
    by_opgave: dict[int, IntArray | None] = {}
    gemeenten: list[IntArray] = []
    counts: list[IntArray] = [np.zeros((0, space.sizes.size), dtype=np.int64)]
    small = np.zeros(space.opgave.size, dtype=np.bool_)
    for g, opgave in enumerate(space.opgave.tolist()):
        if opgave not in by_opgave:
            by_opgave[opgave] = maximal_patterns(opgave, space.sizes, available) if opgave <= 60 else None
        patterns = by_opgave[opgave]
        if patterns is not None:
            small[g] = True
            gemeenten.append(np.full(len(patterns), g, dtype=np.int64))
            counts.append(patterns)
    gemeente = np.concatenate(gemeenten) if gemeenten else np.zeros(0, dtype=np.int64)
    return Patterns(gemeente, np.concatenate(counts), small)
