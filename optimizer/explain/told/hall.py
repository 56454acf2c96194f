"""The smallest set of municipalities and households that proves that somebody must wait; equation (32).

Hall's argument for whatever is counted, persons or special dwellings of one kind: households that may go nowhere but to
some municipalities need more than these have. Whether such a set exists is a flow: households of the same open
municipalities are one group; those who are linked have been sent already, one more household is to be sent beside them,
others moving on. Where it cannot, the groups that could be reached are the set. A flow may split a household; where
only whole households do not fit there is no such set, and ``packing`` is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Groups:
    """Households with the same open municipalities, taken together.

    Attributes
    ----------
    open
        Municipalities that a group may go to, bool [groups, G].
    need
        What a group needs in all, int64 [groups].
    sent
        What is sent where to begin with, within the room: the links of an answer, int64 [groups, G].
    room
        What each municipality has, int64 [G].
    """

    open: Bools
    need: Ints
    sent: Ints
    room: Ints

    def only(self, groups: Ints) -> "Groups":
        """Return some of the groups alone."""
        return Groups(self.open[groups], self.need[groups], self.sent[groups], self.room)


class _Flow:
    """What is sent from groups to municipalities, and what more can be."""

    def __init__(self, groups: Groups) -> None:
        self.open, self.need, self.sent = groups.open, groups.need, groups.sent.copy()
        self.left = groups.room - self.sent.sum(axis=0)

    def send(self, group: int, asked: int) -> int:
        """Send as much of what is asked for a group as can be sent; return what cannot."""
        while asked > 0 and (pushed := self.push(group, asked)):
            asked -= pushed
        return asked

    def push(self, group: int, most: int) -> int:
        """Send more of a group along the shortest way, others moving on; return how much, 0 where nothing can."""
        came_g, came_k, end = self._search(group)
        if end < 0:
            return 0
        way: list[tuple[int, int, int]] = []  # a group, where it sends more, and where it then sends less (-1: nowhere)
        g, amount = end, min(most, int(self.left[end]))
        while True:
            k = int(came_g[g])
            before = int(came_k[k])
            way.append((k, g, before))
            if k == group:
                break
            amount = min(amount, int(self.sent[k, before]))
            g = before
        for k, to, less in way:
            self.sent[k, to] += amount
            if k != group:
                self.sent[k, less] -= amount
        self.left[end] -= amount
        return amount

    def reached(self, group: int) -> Bools:
        """Return the groups that could make room for a group by moving on, and the group itself, bool [groups]."""
        _, came_k, _ = self._search(group)
        groups = came_k >= 0
        groups[group] = True
        return groups

    def _search(self, start: int) -> tuple[Ints, Ints, int]:
        """Look breadth first; return which group reached each municipality, from which each group came, and an end."""
        came_g = np.full(self.left.size, -1, dtype=np.int64)
        came_k = np.full(self.need.size, -1, dtype=np.int64)
        seen = np.zeros(self.need.size, dtype=np.bool_)
        seen[start] = True
        front = [start]
        while front:
            fresh: list[int] = []
            for k in front:
                new = np.flatnonzero(self.open[k] & (came_g < 0))
                came_g[new] = k
                ends = new[self.left[new] > 0]
                if ends.size:
                    return came_g, came_k, int(ends[0])
                for g in new.tolist():
                    others = np.flatnonzero((self.sent[:, g] > 0) & ~seen)
                    seen[others] = True
                    came_k[others] = g
                    fresh += others.tolist()
            front = fresh
        return came_g, came_k, -1


def cut(groups: Groups) -> tuple[Ints, Bools]:
    """Send as much as can be sent; return what of each group cannot, and the smallest set that lacks the most.

    The set holds whoever could make room for what is not sent by moving on. It is that of a minimum cut, the same
    however the flow was found.

    Parameters
    ----------
    groups
        Groups of which nothing has been sent yet.

    Returns
    -------
    unsent : int64 [groups]
    short : bool [groups]
    """
    flow = _Flow(groups)
    unsent = np.array([flow.send(k, int(groups.need[k])) for k in range(groups.need.size)], dtype=np.int64)
    short = np.zeros(groups.need.size, dtype=np.bool_)
    for k in np.flatnonzero(unsent).tolist():
        short |= flow.reached(k)
    return unsent, short


def smallest_set(groups: Groups, start: int, budget: "Budget") -> Ints | None:
    """Return groups that need more than the municipalities open to them have, ``start`` among them; None without.

    None of the others can be left out, however many are left out with it, as long as the budget lasts.

    Parameters
    ----------
    groups
        Every group; all but the start are sent whole to begin with.
    start
        The group that must be in the set.
    budget
        How often a smaller set may still be looked for.
    """
    found = _violators(groups, np.arange(groups.need.size), start)
    if found is None:
        return None
    for other in found.tolist():
        if other == start or other not in found:
            continue
        if not budget.take():
            break
        smaller = _violators(groups, found[found != other], start)
        if smaller is not None:
            found = smaller
    return found


def lacking(groups: Groups, start: int) -> int:
    """Return how much of what a group needs cannot be sent, though everybody else may move on."""
    return _Flow(groups).send(start, int(groups.need[start] - groups.sent[start].sum()))


class Budget:
    """A number of times that something may be tried."""

    def __init__(self, tries: int) -> None:
        self.tries = tries

    def take(self) -> bool:
        """Use one try; False where none is left."""
        self.tries -= 1
        return self.tries >= 0


def _violators(groups: Groups, rows: Ints, start: int) -> Ints | None:
    """Return the groups out of ``rows`` that prove a shortage with ``start`` among them; None where all can be sent."""
    some = groups.only(rows)
    at = int(np.flatnonzero(rows == start)[0])
    flow = _Flow(some)
    if flow.send(at, int(some.need[at] - some.sent[at].sum())) == 0:
        return None
    return rows[flow.reached(at)]


@dataclass(frozen=True)
class Linked:
    """The households that are linked, in groups, as what one more household is added to.

    Attributes
    ----------
    which
        Group of each household, int64 [H].
    need
        What each household needs, int64 [H].
    groups
        The groups, with what those who are linked need.
    """

    which: Ints
    need: Ints
    groups: Groups

    def beside(self, household: int) -> tuple[Groups, int]:
        """Return the groups with one more household (place), and its group."""
        group = int(self.which[household])
        need = self.groups.need.copy()
        need[group] += self.need[household]
        return Groups(self.groups.open, need, self.groups.sent, self.groups.room), group


def grouped(open_to: Bools, need: Ints, gemeente: Ints, room: Ints) -> Linked:
    """Group households.

    Parameters
    ----------
    open_to
        Pairs that are open, bool [H, G].
    need
        What each household needs, int64 [H].
    gemeente
        Where each household is linked, rows or -1, int64 [H].
    room
        What each municipality has, int64 [G].
    """
    packed = np.packbits(open_to, axis=1)
    _, first, which = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    which = which.reshape(-1).astype(np.int64)
    sent = np.zeros((first.size, room.size), dtype=np.int64)
    linked = np.flatnonzero(gemeente >= 0)
    np.add.at(sent, (which[linked], gemeente[linked]), need[linked])
    return Linked(which, need, Groups(open_to[first], sent.sum(axis=1), sent, room))


def open_to_all(groups: Groups, chosen: Sequence[int] | Ints) -> Bools:
    """Return the municipalities open to any of some groups, bool [G]."""
    return np.asarray(groups.open[np.asarray(chosen, dtype=np.int64)].any(axis=0), dtype=np.bool_)
