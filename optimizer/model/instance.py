"""The assignment problem of one batch under one policy, as numbers.

Equation (14) of docs/method.md, subject to (1), (2), (2b) and (3): maximise the levels one after the other, with one
municipality or none per household, persons within the opgave, and the pairs that the policy admits.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from optimizer.model.dwellings import Woningen
from optimizer.model.facts import Bools, Ints
from optimizer.model.levels import LevelValues


@dataclass(frozen=True)
class Instance:
    """Households [H] x municipalities [G], with what is fixed taken out of the opgave and the dwellings.

    Attributes
    ----------
    personen
        Persons per household, int64 [H].
    opgave
        Persons that each municipality can take besides the locked ones, equation (24), int64 [G].
    toegestaan
        Pairs that the policy admits, bool [H, G].
    vastgezet
        Row of the municipality that a lock or an agreement fixed, or -1, int64 [H]; such a household is not solved.
    niveaus
        What counts, most important first.
    lot
        Lottery tickets, uint64 [H].
    woningen
        Special dwellings: needs, and what is left besides the fixed households; None where none limit.
    """

    personen: Ints
    opgave: Ints
    toegestaan: Bools
    vastgezet: Ints
    niveaus: tuple[LevelValues, ...]
    lot: npt.NDArray[np.uint64]
    woningen: Woningen | None = None

    def __post_init__(self) -> None:
        households, gemeenten = self.toegestaan.shape
        for name, size in (("personen", households), ("vastgezet", households), ("lot", households)):
            if getattr(self, name).shape != (size,):
                raise ValueError(f"{name} must have one entry per household ({size})")
        if self.opgave.shape != (gemeenten,) or (self.opgave < 0).any():
            raise ValueError("opgave must have one entry >= 0 per municipality")
        for level in self.niveaus:
            if level.value.shape != self.toegestaan.shape:
                raise ValueError(f"level {level.naam} must have shape {self.toegestaan.shape}")

    def replace(self, **changes: Any) -> "Instance":
        """Return an instance that differs in the given fields, validated again."""
        return replace(self, **changes)

    @property
    def free(self) -> Ints:
        """Rows of the households that nothing fixes, int64 [any]."""
        return np.flatnonzero(self.vastgezet < 0)

    @property
    def resources(self) -> tuple[Ints, Ints] | None:
        """Use int64 [H, K] and capacity int64 [G, K] of the special dwellings; None where none limit."""
        return None if self.woningen is None else (self.woningen.nodig, self.woningen.vrij)
