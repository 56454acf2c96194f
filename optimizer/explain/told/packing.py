"""Whether some whole households fit together in some municipalities: an exact search, for small sets."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Packing:
    """Households that need room of every kind, and the municipalities that have it.

    Attributes
    ----------
    open
        Pairs that are open, bool [n, G].
    need
        Persons and special dwellings of each household, int64 [n, K].
    room
        The same that each municipality has, int64 [G, K].
    """

    open: Bools
    need: Ints
    room: Ints


def fit_together(packing: Packing, nodes: int) -> tuple[bool | None, int]:
    """Tell whether every household can have a place at once: True, False (proven) or None (out of nodes).

    Depth first, the hardest to place first; households that are alike are taken in order of municipality, and what
    failed once with the same room left is not tried again. Also returns how many nodes were used.
    """
    open_to = packing.open & (packing.need[:, None, :] <= packing.room[None, :, :]).all(axis=2)
    if not open_to.any(axis=1).all():
        return False, 1
    hardest = np.lexsort((*packing.need.T, -packing.need[:, 0], open_to.sum(axis=1)))
    order = sorted(hardest.tolist(), key=lambda i: (int(open_to[i].sum()), -int(packing.need[i, 0]), _key(packing, i)))
    used = np.flatnonzero(open_to.any(axis=0))
    search = _Search(open_to[order][:, used], packing.need[order], packing.room[used], nodes)
    return search.run(), nodes - search.left


def _key(packing: Packing, i: int) -> bytes:
    return bytes(packing.need[i].tobytes() + packing.open[i].tobytes())


class _Search:
    """The state of one search."""

    def __init__(self, open_to: Bools, need: Ints, room: Ints, nodes: int) -> None:
        self.need, self.room, self.left = need, room.copy(), nodes
        self.choices = [np.flatnonzero(row).tolist() for row in open_to]
        self.alike = [
            i > 0 and bool((need[i] == need[i - 1]).all() and (open_to[i] == open_to[i - 1]).all())
            for i in range(len(need))
        ]
        # Municipalities that the same later households may go to are alike where as much is left.
        self.kinds = [np.unique(open_to[i:].T, axis=0, return_inverse=True)[1].reshape(-1) for i in range(len(need))]
        self.rest = np.cumsum(need[::-1], axis=0)[::-1]
        self.reach = [open_to[i:].any(axis=0) for i in range(len(need))]
        self.failed: set[tuple[int, int, bytes]] = set()
        self.at = [-1] * len(need)

    def run(self) -> bool | None:
        found = self._place(0)
        return None if found is False and self.left < 0 else found

    def _place(self, i: int) -> bool:
        if i == len(self.need):
            return True
        self.left -= 1
        if self.left < 0:
            return False
        if (self.room[self.reach[i]].sum(axis=0) < self.rest[i]).any():
            return False
        first = self.at[i - 1] if self.alike[i] else -1
        state = (i, first, self.room.tobytes())
        if state in self.failed:
            return False
        tried: set[tuple[int, bytes]] = set()
        for g in self.choices[i]:
            if g < first or (self.need[i] > self.room[g]).any():
                continue
            kind = (int(self.kinds[i][g]), self.room[g].tobytes())
            if kind in tried and not self.alike[i] and not (i + 1 < len(self.need) and self.alike[i + 1]):
                continue
            tried.add(kind)
            self.room[g] -= self.need[i]
            self.at[i] = g
            done = self._place(i + 1)
            self.room[g] += self.need[i]
            if done:
                return True
            if self.left < 0:
                return False
        self.failed.add(state)
        return False
