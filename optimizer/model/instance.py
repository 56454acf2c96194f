"""The assignment problem of one batch under one policy, as numbers.

Equation (14) of docs/method.md, subject to (1), (2), (2b) and (3): maximise the levels one after the other, with one
municipality or none per household, persons within the opgave, and the pairs that the policy admits.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from optimizer.domain.eisen import Eisen
from optimizer.model.admissible import admissible_pairs
from optimizer.model.facts import Bools, Facts, Floats, Ints
from optimizer.model.levels import LevelValues, level_values
from optimizer.model.woningen import Woningen
from optimizer.policy import Beleid
from optimizer.rules.parameters import Parameters

Matrix = npt.NDArray[np.int32]


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

    def replace(self, **changes: object) -> "Instance":
        """Return an instance that differs in the given fields, validated again."""
        return replace(self, **changes)  # type: ignore[arg-type]


def build(
    facts: Facts, beleid: Beleid, eisen: Eisen, parameters: Parameters, chance: Matrix, best: Matrix | None = None
) -> Instance:
    """Build the instance of a batch under a policy.

    Parameters
    ----------
    facts
        The batch as arrays.
    beleid, eisen
        The policy and what it binds.
    parameters
        In force.
    chance
        Chance of work summed over the adults of a household, in 0.0001, int32 [H, G].
    best
        The same of the adult most likely to work; needed by the policy ``beste_gezinslid`` only.
    """
    pairs = admissible_pairs(facts, eisen, parameters)
    taken = facts.vastgezet >= 0
    fixed = np.flatnonzero(taken)
    dwellings = replace(facts.woningen, vrij=facts.woningen.left_by(fixed, facts.vastgezet[fixed]))
    used = np.bincount(facts.vastgezet[taken], weights=facts.personen[taken], minlength=len(facts.opgave))
    room = facts.opgave if eisen.opgave_geldt else np.full_like(facts.opgave, int(facts.personen.sum()))
    return Instance(
        personen=facts.personen,
        opgave=np.maximum(0, room - used.astype(np.int64)),
        toegestaan=pairs,
        vastgezet=facts.vastgezet,
        niveaus=level_values(facts, beleid, eisen, parameters, chance, best),
        lot=facts.lot,
        woningen=dwellings if eisen.opgave_geldt and dwellings.soorten else None,
    )


def farthest_km(facts: Facts, rows: Ints) -> Floats:
    """Distance of every municipality to the farthest hard ground of some households, float64 [rows, G]."""
    position = np.full(len(facts.personen), -1, dtype=np.int64)
    position[rows] = np.arange(rows.size)
    out = np.zeros((rows.size, len(facts.opgave)))
    mine = position[facts.gronden.huishouden] >= 0
    np.maximum.at(out, position[facts.gronden.huishouden[mine]], facts.km[:, facts.gronden.plek[mine]].T)
    return out
