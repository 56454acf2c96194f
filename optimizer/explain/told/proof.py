"""What proves that a household must wait: a count of persons or dwellings, or that whole households do not fit.

Equation (32) of docs/method.md. A proof names municipalities; it is about every household that nobody fixed and that
may go to none but these.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from optimizer.explain.told.hall import Budget, Linked, grouped, lacking, open_to_all, smallest_set
from optimizer.explain.told.openings import Openings
from optimizer.explain.told.packing import Packing, fit_together
from optimizer.model import Instance

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

Soort = Literal["personen", "woningen", "inpassen", "regels", "verdeling", "onbewezen"]
#: Smaller sets that are looked for, and nodes of exact searches, in one run: counted, never the clock.
SMALLER, NODES, NODES_OF_ONE = 20_000, 200_000, 10_000
#: Households beyond which no exact search is begun.
MOST = 300


@dataclass(frozen=True)
class Bewijs:
    """A proof, or what stands in its way.

    Attributes
    ----------
    soort
        ``personen``, ``woningen``: more is needed than there is. ``inpassen``: every division was tried and none gives
        all of them a place. ``regels``: no rule lets the household go anywhere. ``verdeling``: it could have a place
        beside all who are linked, but the policy chose otherwise. ``onbewezen``: too many divisions to try.
    gemeenten
        The municipalities, bool [G].
    plekken
        Places there beside the fixed: persons, or dwellings of the kind.
    huishoudens
        Rows of the households that may go to none but these, int64 [any].
    nodig
        What they need: persons, or dwellings of the kind.
    woning
        Index of the kind of dwelling, or -1.
    """

    soort: Soort
    gemeenten: Bools
    plekken: int
    huishoudens: Ints
    nodig: int
    woning: int = -1


class Prover:
    """Proves shortages of one answer; what was found for one household serves all that may go to the same places.

    Parameters
    ----------
    instance
        The problem.
    gemeente
        Row of the municipality per household, or -1, int64 [H].
    openings
        The households grouped, for the set that nobody can leave.
    """

    def __init__(self, instance: Instance, gemeente: Ints, openings: Openings) -> None:
        self.instance, self.openings = instance, openings
        self.free = instance.free
        self.open = instance.toegestaan[self.free]
        self.links = gemeente[self.free]
        self.persons = instance.personen[self.free]
        self.smaller, self.nodes = Budget(SMALLER), NODES
        self.of_persons = grouped(self.open, self.persons, self.links, instance.opgave)
        self.which, self.groups = self.of_persons.which, self.of_persons.groups
        self._of_kind: dict[int, Linked] = {}
        self._found: dict[tuple[int, int, bytes], Bewijs] = {}
        self._row = {int(h): i for i, h in enumerate(self.free)}

    def prove(self, household: int) -> Bewijs:
        """Return what proves that a household (row) that is not linked must wait."""
        i = self._row[household]
        kinds = self._kinds(i)
        key = (int(self.which[i]), int(self.persons[i]), kinds.tobytes())
        if key not in self._found:
            self._found[key] = self._proof(i, kinds)
        return self._found[key]

    def least(self, household: int) -> int:
        """Return how many places more are needed at least, though everybody who is linked may move on."""
        return lacking(*self.of_persons.beside(self._row[household]))

    def _kinds(self, i: int) -> Ints:
        """Return the kinds of dwelling that a household needs, as far as any limits."""
        dwellings = self.instance.woningen
        if dwellings is None:
            return np.zeros(0, dtype=np.int64)
        return np.flatnonzero(dwellings.nodig[self.free[i]]).astype(np.int64)

    def _proof(self, i: int, kinds: Ints) -> Bewijs:
        if not self.open[i].any():
            return Bewijs("regels", self.open[i], 0, self.free[[i]], int(self.persons[i]))
        found = self._counted(i, -1)
        for kind in kinds.tolist():
            found = found or self._counted(i, kind)
        return found or self._packed(i)

    def _counted(self, i: int, kind: int) -> Bewijs | None:
        """Look for a set that needs more persons (kind -1) or dwellings of a kind than there are."""
        groups, group = (self.of_persons if kind < 0 else self._linked_in(kind)).beside(i)
        found = smallest_set(groups, group, self.smaller)
        if found is None:
            return None
        return self._about(open_to_all(groups, found), "personen" if kind < 0 else "woningen", kind)

    def _linked_in(self, kind: int) -> Linked:
        """Return the linked households by what they need of a kind of dwelling."""
        if kind not in self._of_kind:
            dwellings = self.instance.woningen
            assert dwellings is not None  # noqa: S101  (a kind is needed only where some limit)
            need = dwellings.nodig[self.free, kind]
            self._of_kind[kind] = grouped(self.open, need, self.links, dwellings.vrij[:, kind])
        return self._of_kind[kind]

    def _about(self, inside: Bools, soort: Soort, kind: int = -1) -> Bewijs:
        """Say of a set of municipalities what it has, and who may go to none but these."""
        only = self._only(inside)
        if kind < 0:
            need, room = self.persons, self.instance.opgave
        else:
            dwellings = self.instance.woningen
            assert dwellings is not None  # noqa: S101  (as above)
            need, room = dwellings.nodig[self.free, kind], dwellings.vrij[:, kind]
            only = only[need[only] > 0]
        return Bewijs(soort, inside, int(room[inside].sum()), self.free[only], int(need[only].sum()), kind)

    def _only(self, inside: Bools) -> Ints:
        """Return the free households (places in ``free``) that may go to none but some municipalities."""
        groups = self.groups.open
        confined: Bools = np.logical_and(~np.any(groups & ~inside, axis=1), np.any(groups, axis=1))
        return np.flatnonzero(confined[self.which])

    def _packed(self, i: int) -> Bewijs:
        """Try every division: over the municipalities of the household, then over all that hangs together."""
        whole = self.openings.closed_set(self.openings.which[self.free[i]])
        inside = ~(self.open & ~whole & (self.instance.opgave > 0)).any(axis=1) & self.open.any(axis=1)
        wide = open_to_all(self.groups, np.unique(self.which[inside]))
        last: bool | None = None
        for places in (self.open[i], wide):
            last = self._fits(self._beside(i, places))
            if last is False:
                return self._about(self._narrowed(i, places), "inpassen")
        return self._about(wide, "verdeling" if last else "onbewezen")

    def _beside(self, i: int, inside: Bools) -> Ints:
        """Return a household and who is linked and may go to none but some municipalities (places in ``free``)."""
        only = self._only(inside)
        return np.append(only[self.links[only] >= 0], i)

    def _fits(self, rows: Ints) -> bool | None:
        """Tell whether households (places in ``free``) fit together; None where that cannot be found out."""
        if rows.size > MOST or self.nodes <= 0:
            return None
        need, room = self.persons[rows][:, None], self.instance.opgave[:, None]
        if self.instance.woningen is not None:
            need = np.hstack([need, self.instance.woningen.nodig[self.free[rows]]])
            room = np.hstack([room, self.instance.woningen.vrij])
        found, used = fit_together(Packing(self.open[rows], need, room), min(self.nodes, NODES_OF_ONE))
        self.nodes -= used
        return found

    def _narrowed(self, i: int, places: Bools) -> Bools:
        """Leave municipalities out one group of households after the other, as long as the rest does not fit either."""
        group = int(self.which[i])
        kept = np.unique(self.which[self._beside(i, places)])
        for other in kept.tolist():
            fewer = kept[kept != other]
            if other == group or not self.smaller.take():
                continue
            inside = open_to_all(self.groups, fewer)
            if self._fits(self._beside(i, inside)) is False:
                kept, places = fewer, inside
        return places
