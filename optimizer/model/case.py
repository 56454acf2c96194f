"""What was decided: the answer of a policy, and the whole case that tables and counts are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.domain.voorstel import Niveau
from optimizer.model.facts import Facts, Ints
from optimizer.model.instance import Instance
from optimizer.model.problem import Problem
from optimizer.policy import Beleid
from optimizer.rules.parameters import Parameters


@dataclass(frozen=True)
class Answer:
    """The answer of a policy.

    Attributes
    ----------
    gemeente
        Row of the municipality per household, or -1, int64 [H]; locked households included.
    niveaus
        What each level reached; empty for a policy that does not optimise (its status is ``not_optimised``).
    prijzen
        Shadow price per person in units of the last level that an opgave limits, float64 [G]; None without one.
    status
        ``proven``, ``gap``, ``limit`` or ``not_optimised``.
    reproducible
        False where the clock or Ctrl-C ended the search.
    seconds, work
        Time by part of the search, and counted steps.
    bewijs
        The certificate of every level's bound as plain data (docs/bewijs.md), the lottery last where it was drawn;
        about the households that nothing fixes. Empty where none was asked for.
    beurten
        By name of a level with room: the answer that was best for it in its turn, before later levels gave any up, as
        ``gemeente``.
    """

    gemeente: Ints
    niveaus: tuple[Niveau, ...] = ()
    prijzen: npt.NDArray[np.float64] | None = None
    status: str = "not_optimised"
    reproducible: bool = True
    seconds: Mapping[str, float] = field(default_factory=dict)
    work: int = 0
    bewijs: tuple[Mapping[str, Any], ...] = ()
    beurten: Mapping[str, Ints] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One batch under one policy, with its answer.

    Attributes
    ----------
    batch
        The input, for what people wrote in it.
    problem
        What had to be decided.
    answer
        What was decided.
    """

    batch: Batch
    problem: Problem
    answer: Answer

    @property
    def facts(self) -> Facts:
        """The batch as arrays."""
        return self.problem.facts

    @property
    def instance(self) -> Instance:
        """The problem as numbers."""
        return self.problem.instance

    @property
    def beleid(self) -> Beleid:
        """The policy."""
        return self.problem.beleid

    @property
    def eisen(self) -> Eisen:
        """What the policy binds."""
        return self.problem.eisen

    @property
    def parameters(self) -> Parameters:
        """The rules in force."""
        return self.problem.parameters

    @property
    def kans(self) -> npt.NDArray[np.int32]:
        """Chance of work summed over the adults of a household, in 0.0001, int32 [H, G]."""
        return self.problem.kansen["kans_werk"]
