"""What the solver is asked, level by level, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import floor
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
class Leeway:
    """What later levels may give up of a level: a share of what it reached and so many units, together.

    >>> Leeway(Fraction("0.005")).of(5_628_948), Leeway(units=3).of(-2)
    (28144, 3)
    """

    share: Fraction = Fraction(0)
    units: int = 0

    def __post_init__(self) -> None:
        """Refuse what is no share, or less than nothing.

        Raises
        ------
        ValueError
            When the share lies outside 0 to 1, or the units are negative.
        """
        if not 0 <= self.share <= 1 or self.units < 0:
            msg = f"a leeway has a share from 0 to 1 and units of at least 0; not {self.share} and {self.units}."
            raise ValueError(msg)

    def of(self, value: int) -> int:
        """Return the units that may be given up of a value, rounded down."""
        return self.units + floor(self.share * abs(value))


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
    leeway
        What later levels may give up of it; None: nothing. Of the last level nothing is ever given up.
    """

    name: str
    value: npt.NDArray[np.integer[Any]]
    unit: float = 1.0
    leeway: Leeway | None = None


@dataclass(frozen=True)
class LevelResult:
    """What one level reached, given the levels before it.

    Attributes
    ----------
    value
        What the answer reaches.
    bound
        What no answer exceeds that keeps the levels before it.
    gap
        (bound - best) / max(1, abs(best)).
    status
        Of the level in its turn: proven when ``best`` is the bound.
    best
        The best that was found for it, before later levels gave anything up. Without leeway it is the value.
    floor
        What later levels had to keep; ``value`` lies between it and ``bound``. Without leeway it is the value.
    ceiling
        With leeway: what no answer reaches that is as good as this one on all later levels too. Otherwise the bound.
    """

    name: str
    value: int
    bound: int
    gap: float
    status: Status
    best: int
    floor: int
    ceiling: int


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
    turns
        [households] by name of a level with leeway: the answer that was best for it in its turn.
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
    turns: Mapping[str, IntArray] = field(default_factory=dict)
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
