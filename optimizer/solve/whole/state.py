"""The state of a level while it is solved, and when it is proven."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from optimizer.solve.bound.contest import Contest
from optimizer.solve.bound.relaxation import Relaxation
from optimizer.solve.problem.answer import Status
from optimizer.solve.problem.arrays import FloatArray, IntArray, ValueArray
from optimizer.solve.problem.goal import Goal
from optimizer.solve.problem.space import Space, magnitude, total
from optimizer.solve.run.budget import Budget
from optimizer.solve.whole.programs import better


@dataclass(frozen=True, eq=False)
class State:
    """The best answer and the best bounds of a level so far.

    ``relaxation`` and ``contest`` hold the dual points of the bounds (7) and (10); ``bound`` is the best of all;
    ``ended`` names what ended the search. ``word`` names the solver whose word the bound rests on, empty where it rests
    on prices; ``kept`` the earlier levels that a row keeps.
    """

    gemeente: IntArray
    value: int | float
    bound: float
    relaxation: Relaxation
    contest: Contest | None = None
    status: Status = Status.GAP
    ended: str = ""
    word: str = ""
    kept: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Search:
    """What stays the same while one level is solved."""

    space: Space
    goal: Goal
    ties: FloatArray
    gap: float
    workers: int
    rng: np.random.Generator
    budget: Budget

    @property
    def value(self) -> ValueArray:
        """[households, gemeenten], what a link adds."""
        return self.goal.value

    @cached_property
    def largest(self) -> float:
        """Size of the largest value: what tolerances are measured by."""
        return magnitude(self.value)

    def closed(self, state: State) -> bool:
        """Tell whether the level is proven: below one unit for integers, rounding for floats, or the gap asked."""
        left = state.bound - state.value
        if self.gap > 0 and left <= self.gap * abs(state.value):
            return True
        if self.goal.whole:
            return state.bound < state.value + 1
        return left <= self.goal.tolerance(state.value)

    def over(self, state: State) -> bool:
        """Tell whether to stop: proven, or out of budget."""
        return self.closed(state) or self.budget.exhausted

    def accept(self, state: State, new: IntArray | None) -> State:
        """Take an answer when it is feasible and better."""
        if new is None or not better(self.space, self.value, state.gemeente, new):
            return state
        return replace(state, gemeente=new, value=total(self.value, new))

    def lower(self, state: State, bound: float, word: str) -> State:
        """Take a bound when it is lower; ``word`` names the solver that gives it, empty for prices."""
        return replace(state, bound=bound, word=word) if bound < state.bound else state

    def report(self, state: State) -> None:
        """Tell who listens."""
        if self.budget.progress is not None:
            self.budget.progress(self.goal.name, float(state.value), state.bound)
