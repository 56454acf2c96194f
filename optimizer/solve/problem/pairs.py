"""Lists of pairs of a household and a gemeente that may be chosen."""

from typing import NamedTuple

import numpy as np

from optimizer.solve.problem.arrays import BoolArray, FloatArray, IntArray


class Pairs(NamedTuple):
    """Pairs that may be chosen, in order of gemeente, then size, then household.

    Attributes
    ----------
    opgave
        [gemeenten], persons.
    full
        [gemeenten], True where the opgave must be used to the last person.
    first
        [gemeenten + 1], where the pairs of each gemeente begin.
    household, gemeente, persons, worth
        [pairs].
    kinds
        Number of different sizes.
    """

    opgave: IntArray
    full: BoolArray
    first: IntArray
    household: IntArray
    gemeente: IntArray
    persons: IntArray
    worth: FloatArray
    kinds: int


def sort_pairs(
    household: IntArray, gemeente: IntArray, worth: FloatArray, persons: IntArray, opgave: IntArray, full: BoolArray
) -> Pairs:
    """Put pairs [pairs] in order; ``persons`` is [households], ``opgave`` and ``full`` are [gemeenten]."""
    order = np.lexsort((household, persons[household], gemeente))
    h, g = household[order], gemeente[order]
    first = np.searchsorted(g, np.arange(opgave.size + 1)).astype(np.int64)
    return Pairs(opgave, full, first, h, g, persons[h], worth[order], np.unique(persons).size)


def some(pairs: Pairs, chosen: IntArray) -> Pairs:
    """Return the pairs at some places, in the same order."""
    first = np.searchsorted(chosen, pairs.first).astype(np.int64)
    return pairs._replace(
        first=first,
        household=pairs.household[chosen],
        gemeente=pairs.gemeente[chosen],
        persons=pairs.persons[chosen],
        worth=pairs.worth[chosen],
    )


def by_household(household: IntArray, households: int) -> tuple[IntArray, IntArray]:
    """Return [households + 1] and [pairs]: where the pairs of each household begin in a list of their places."""
    place = np.argsort(household, kind="stable")
    return np.searchsorted(household[place], np.arange(households + 1)).astype(np.int64), place
