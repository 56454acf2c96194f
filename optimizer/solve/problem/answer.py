"""What the solver is asked, level by level, and what it answers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from optimizer.solve.problem.arrays import FloatArray, IntArray
from optimizer.solve.problem.certificate import Certificate
from optimizer.solve.problem.start import Start


class Status(StrEnum):
    """How an answer ended; a status cannot be misread."""

    PROVEN = "proven"
    """No feasible answer is better."""
    GAP = "gap"
    """The default budget was used, nobody set a limit; a better answer may exist, within the gap."""
    LIMIT = "limit"
    """A work limit, a time limit or Ctrl-C ended the search; the gap is true all the same."""


@dataclass(frozen=True)
class Level:
    """One level of a lexicographic objective, in whole units.

    Parameters
    ----------
    name
        Name for reports.
    value
        Integers of shape [households, gemeenten]: units gained by linking household h to gemeente g; staying
        unlinked gains 0.
    unit
        What one unit is in the world (0.001 job, 0.0001 chance); for display only.
    """

    name: str
    value: npt.NDArray[np.integer[Any]]
    unit: float = 1.0


@dataclass(frozen=True)
class LevelResult:
    """What one level reached, given the levels before it.

    ``gap`` is (bound - value) / max(1, abs(value)), in units of the level.
    """

    name: str
    value: int
    bound: int
    gap: float
    status: Status


@dataclass(frozen=True)
class LevelsAnswer:
    """An answer to a lexicographic problem.

    Attributes
    ----------
    gemeente
        Integers of shape [households]: column of the gemeente, -1 for not linked.
    levels
        One result a level, in order; the lottery is the last.
    prices
        float64 of shape [gemeenten]: shadow price per person at the last given level (without the lottery) that
        has one.
    status
        ``proven`` when every given level is proven.
    seconds
        Seconds by phase: of the draft, of each level under its name, and of the steps within them.
    reproducible
        False when the clock or Ctrl-C stopped the search.
    work
        Counted steps.
    ended
        What ended the search: ``proven`` (or the gap that was asked for), ``default`` (the default budget,
        `optimizer.solve.run.budget.DEFAULT_STEPS`), ``work_limit``, ``time_limit`` or ``interrupt``.
    certificates
        One a level, the lottery included where it was drawn; empty unless they were asked for.
    start
        Where a search on nearly the same problem may go on from: the ``start`` of `solve_levels`.
    """

    gemeente: IntArray
    levels: tuple[LevelResult, ...]
    prices: FloatArray
    status: Status
    seconds: dict[str, float]
    reproducible: bool
    work: int
    ended: str = "proven"
    certificates: tuple[Certificate, ...] = ()
    start: Start | None = None


@dataclass(frozen=True)
class Answer:
    """An answer to one batch; see `optimizer.solve.assign` for the meaning of each field."""

    gemeente: IntArray
    value: float
    bound: float
    gap: float
    status: Status
    prices: FloatArray
    seconds: dict[str, float]
    reproducible: bool
    work: int
    ended: str = "proven"
