"""What must be decided: the facts of a batch under one policy, what that policy binds, and the same as numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from optimizer.domain.eisen import Eisen, TempoTelt
from optimizer.model.dwellings import Woningen
from optimizer.model.facts import Facts, Ints
from optimizer.model.instance import Instance
from optimizer.model.tempo import tempo_of
from optimizer.policy import Beleid
from optimizer.rules.parameters import Parameters

Chance = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Problem:
    """One batch under one policy, ready to be decided; ``decide.pose`` makes it.

    A change gives a new problem that is whole again: opgave and dwellings are netted anew.

    Attributes
    ----------
    facts
        The batch as arrays, with every lock and agreement.
    beleid, eisen
        The policy, and what it binds under the parameters.
    parameters
        In force on the peildatum.
    kansen
        Chance of work of each household in each municipality in 0.0001, int32 [H, G], by the level that counts it.
    instance
        The same as numbers for the solver: pairs, levels, room.
    """

    facts: Facts
    beleid: Beleid
    eisen: Eisen
    parameters: Parameters
    kansen: Mapping[str, Chance]
    instance: Instance

    def __post_init__(self) -> None:
        if not np.array_equal(self.facts.vastgezet, self.instance.vastgezet):
            raise ValueError("facts and instance must agree on what is fixed")

    def replace(self, **changes: Any) -> "Problem":
        """Return a problem that differs in the given fields, validated again."""
        return replace(self, **changes)

    def with_lock(self, household: int, gemeente: int) -> "Problem":
        """Return the problem in which a person fixed one household (row) at one municipality (row).

        A lock is followed even where the policy admits the pair not; what it takes is no longer there for others.
        """
        locks, fixed, agreed = (a.copy() for a in (self.facts.locks, self.facts.vastgezet, self.facts.overeenkomst))
        locks[household] = fixed[household] = gemeente
        agreed[household] = False
        facts = self.facts.replace(locks=locks, vastgezet=fixed, overeenkomst=agreed)
        opgave, woningen = room_left(facts, self.eisen)
        left = {"opgave": opgave, "woningen": woningen, "tempo": tempo_of(facts, self.eisen)}
        return self.replace(facts=facts, instance=self.instance.replace(vastgezet=fixed, **left))

    def with_pace(self, telt: TempoTelt) -> "Problem":
        """Return the problem in which the persons of others count for the pace of the round."""
        eisen = replace(self.eisen, tempo_telt=telt)
        return self.replace(eisen=eisen, instance=self.instance.replace(tempo=tempo_of(self.facts, eisen)))

    def without(self, household: int, gemeente: int) -> "Problem":
        """Return the problem in which one household (row) may not go to one municipality (row).

        Raises
        ------
        ValueError
            Where the household is fixed at that very municipality.
        """
        if self.facts.vastgezet[household] == gemeente:
            raise ValueError("the household is fixed there")
        rows, columns = self.facts.uitgesloten
        pairs = self.instance.toegestaan.copy()
        pairs[household, gemeente] = False
        return self.replace(
            facts=self.facts.replace(uitgesloten=(np.r_[rows, household], np.r_[columns, gemeente])),
            instance=self.instance.replace(toegestaan=pairs),
        )


def room_left(facts: Facts, eisen: Eisen, fixed: Ints | None = None) -> tuple[Ints, Woningen | None]:
    """Return what fixed households leave: persons int64 [G], equation (24), and special dwellings, equation (2b).

    A policy without opgave has room for everybody everywhere, and no dwelling limits it.

    Parameters
    ----------
    facts, eisen
        The batch as arrays, and what the policy binds.
    fixed
        Row of the municipality that each household is fixed at, or -1, int64 [H]; None: as the facts say.
    """
    at = facts.vastgezet if fixed is None else fixed
    rows = np.flatnonzero(at >= 0)
    used = np.bincount(at[rows], weights=facts.personen[rows], minlength=len(facts.opgave))
    room = facts.opgave if eisen.opgave_geldt else np.full_like(facts.opgave, int(facts.personen.sum()))
    left = replace(facts.woningen, vrij=facts.woningen.left_by(rows, at[rows]))
    return np.maximum(0, room - used.astype(np.int64)), left if eisen.opgave_geldt and left.soorten else None
