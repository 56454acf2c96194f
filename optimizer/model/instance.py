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
from optimizer.model.tempo import Tempo


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
    tempo
        What a round may take of each municipality and region; None where the policy sets no pace.
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
    tempo: Tempo | None = None

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
        """Use int64 [H, K] and capacity int64 [G, K] of special dwellings and of the pace; None where none limit."""
        use, capacity = [], []
        if self.woningen is not None:
            use.append(self.woningen.nodig.astype(np.int64))
            capacity.append(self.woningen.vrij)
        if self.tempo is not None and self._parts_bind:
            use.append(self._counted[:, None])
            capacity.append(self.tempo.deel[:, None])
        return (np.concatenate(use, axis=1), np.concatenate(capacity, axis=1)) if use else None

    @property
    def resource_names(self) -> list[str]:
        """What the columns of `resources` are: kinds of special dwelling, and ``tempo``."""
        kinds = [] if self.woningen is None else list(self.woningen.soorten)
        return [*kinds, *(["tempo"] if self.tempo is not None and self._parts_bind else [])]

    @property
    def _parts_bind(self) -> bool:
        """Whether the pace can keep anybody out of a municipality that has room."""
        assert self.tempo is not None  # noqa: S101  (asked for only with a pace)
        return bool((self.tempo.deel < np.minimum(self.opgave, self._counted.sum())).any())

    @property
    def regions(self) -> tuple[Ints, Ints] | None:
        """Region int64 [G], -1 where its ceiling cannot bind, and ceiling int64 [R] of the pace; None: none can."""
        if self.tempo is None:
            return None
        room = np.bincount(self.tempo.regio, weights=self.opgave, minlength=self.tempo.plafond.size)
        binds = self.tempo.plafond < np.minimum(room, self._counted.sum())
        return (np.where(binds[self.tempo.regio], self.tempo.regio, -1), self.tempo.plafond) if binds.any() else None

    @property
    def paced(self) -> bool:
        """Whether the pace can keep anybody out of a place that has room."""
        return self.tempo is not None and (self._parts_bind or self.regions is not None)

    @property
    def counted(self) -> Ints | None:
        """Persons of each household that count for the pace, int64 [H]; None without one."""
        return None if self.tempo is None else self._counted

    @property
    def _counted(self) -> Ints:
        assert self.tempo is not None  # noqa: S101  (asked for only with a pace)
        return np.where(self.tempo.telt, self.personen, 0)
