"""Households that may go to the same municipalities, taken together: what shortages are counted over.

A month has few different sets of open municipalities, so that a set is looked at once however many people wait for it.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from optimizer.model import Instance

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Openings:
    """Groups of unlocked households with the same open municipalities.

    Attributes
    ----------
    which
        Group of each household, int64 [H].
    open
        Municipalities open to a group that have an opgave at all, bool [groups, G].
    everywhere
        Municipalities open to a group, with an opgave or not, bool [groups, G].
    linked
        Persons of a group linked to a municipality, int64 [groups, G].
    waiting
        Persons of a group that are not linked, int64 [groups].
    """

    which: Ints
    open: Bools
    everywhere: Bools
    linked: Ints
    waiting: Ints
    _sets: dict[int, Bools] = field(default_factory=dict)

    def closed_set(self, group: np.int64) -> Bools:
        """Return the municipalities that whoever is linked where a group may go could reach by moving on, bool [G]."""
        key = int(group)
        if key not in self._sets:
            self._sets[key] = self._widened(self.open[key])
        return self._sets[key]

    def _widened(self, start: Bools) -> Bools:
        inside = start
        while True:
            there = self.linked[:, inside].any(axis=1)
            wider: Bools = inside | self.everywhere[there].any(axis=0)
            if (wider == inside).all():
                return inside
            inside = wider


def openings(instance: Instance, gemeente: Ints) -> Openings:
    """Group the households of an answer.

    Parameters
    ----------
    instance
        The problem.
    gemeente
        Row of the municipality per household, or -1, int64 [H].
    """
    packed = np.packbits(instance.toegestaan, axis=1)
    _, first, which = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    everywhere = instance.toegestaan[first]
    free = instance.vastgezet < 0
    settled, waiting = free & (gemeente >= 0), free & (gemeente < 0)
    linked = np.zeros(everywhere.shape, dtype=np.int64)
    np.add.at(linked, (which[settled], gemeente[settled]), instance.personen[settled])
    queue = np.bincount(which[waiting], instance.personen[waiting], minlength=first.size).astype(np.int64)
    return Openings(which, everywhere & (instance.opgave > 0), everywhere, linked, queue)
