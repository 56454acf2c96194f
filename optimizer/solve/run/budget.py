"""Counted work, the clock as an emergency stop, Ctrl-C, progress and seconds by phase."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

VISITS = 10_000  # of one pair by a compiled loop: one step, about a millisecond
ROOT = 300  # nodes that cost as much as the root of a program, measured
THIN_ROOT, THIN_NODE = 30, 15  # likewise, of the root of a program with patterns and of each node: measured
ITERATIONS = 4  # of SCIP's simplex method: one step
FLOW_S = 2.5e-6  # seconds per pair of a min-cost flow, measured; used only under a time limit
VISIT_S = 1e-7  # seconds per visit of a pair by a compiled loop, likewise
DEFAULT_STEPS = 30_000  # of a search that nobody limited: about half a minute
Progress = Callable[[str, float, float], None]
"""Called with the name of a level, its value and its bound."""


@dataclass
class Budget:
    """What the search may still spend.

    Attributes
    ----------
    work_limit
        Steps: one step is a thousand columns handed to a solver, times one plus the nodes that it may visit.
    time_limit_s
        Emergency stop; an answer that it stopped is not reproducible.
    reserve_s
        Part of the time that the search leaves to what must follow it.
    given
        False where the limit of work is the default one.
    interrupted
        Ctrl-C was pressed.
    """

    work_limit: int | None = None
    time_limit_s: float | None = None
    progress: Progress | None = None
    reserve_s: float = 0.0
    given: bool = True
    work: int = 0
    stopped_by_clock: bool = False
    interrupted: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    started: float = field(default_factory=time.monotonic)

    @classmethod
    def of(cls, work_limit: int | None, time_limit_s: float | None, progress: Progress | None) -> "Budget":
        """Return what somebody gave, or the default budget; the clock runs from here."""
        given = work_limit is not None or time_limit_s is not None
        # A limit of time alone leaves the work open.
        steps = work_limit if given else DEFAULT_STEPS
        return cls(steps, time_limit_s, progress, given=given)

    def spend(self, columns: int, nodes: int = 0) -> None:
        """Count the work of one call of a solver."""
        self.work += 1 + columns * (1 + nodes) // 1000

    def spend_program(self, columns: int, nodes: int) -> None:
        """Count the work of a program in whole numbers: its root costs as much as some hundreds of nodes."""
        self.work += 1 + columns * (ROOT + nodes) // 1000

    def spend_patterns(self, columns: int, nodes: int) -> None:
        """Count the work of a program with patterns, whose relaxation is nearly whole: its root is soon done."""
        self.work += 1 + columns * (THIN_ROOT + THIN_NODE * nodes) // 1000

    def leaves_patterns(self, columns: int) -> bool:
        """Tell whether the root of a program with patterns is within what is left."""
        return self.work_limit is None or self.work + columns * THIN_ROOT // 1000 <= self.work_limit

    def spend_pairs(self, visits: int) -> None:
        """Count the work of a compiled loop, by the pairs that it visits."""
        self.work += 1 + visits // VISITS

    def spend_iterations(self, iterations: int) -> None:
        """Count the work of a solver, by the iterations of its simplex method."""
        self.work += 1 + iterations // ITERATIONS

    @property
    def left_s(self) -> float | None:
        """Seconds that the clock leaves, None without a limit."""
        if self.time_limit_s is None:
            return None
        return max(0.01, self.time_limit_s - self.reserve_s - (time.monotonic() - self.started))

    @property
    def late(self) -> bool:
        """True when the clock leaves nothing, or Ctrl-C was pressed."""
        late = self.interrupted or (
            self.time_limit_s is not None and time.monotonic() - self.started >= self.time_limit_s - self.reserve_s
        )
        # Once the clock has decided anything, another run may decide otherwise.
        self.stopped_by_clock = self.stopped_by_clock or late
        return late

    def affords(self, columns: int, each_s: float = FLOW_S) -> bool:
        """Tell whether the clock leaves the time for work on so many pairs that nothing can interrupt."""
        affordable = self.left_s is None or self.left_s > columns * each_s
        self.stopped_by_clock = self.stopped_by_clock or not affordable
        return affordable

    def pace(self) -> Callable[[int, int], int]:
        """Return a function of (turns made since the last call, turns wanted): how many of these the clock leaves.

        Its first call only looks at the clock: first turns load machine code, and their pace says nothing.
        """
        before: float | None = None

        def affordable(made: int, wanted: int) -> int:
            nonlocal before
            if self.left_s is None or self.late:
                return wanted
            now, then, left = time.monotonic(), before, self.left_s
            before = now
            if then is None:
                return wanted
            turns = min(wanted, int(made / max(now - then, 1e-3) * left))
            self.stopped_by_clock = self.stopped_by_clock or turns < wanted
            return turns

        return affordable

    @property
    def exhausted(self) -> bool:
        """True when the search must return what it has."""
        if self.work_limit is not None and self.work >= self.work_limit:
            return True
        return self.late

    @contextmanager
    def share(self, part: float) -> Iterator[None]:
        """Leave only a part of the work and of the time to what happens inside."""
        work, seconds = self.work_limit, self.time_limit_s
        if work is not None:
            self.work_limit = self.work + int(part * max(0, work - self.work))
        if self.left_s is not None:
            self.time_limit_s = time.monotonic() - self.started + part * self.left_s + self.reserve_s
        try:
            yield
        finally:
            self.work_limit, self.time_limit_s = work, seconds

    @contextmanager
    def at_most(self, steps: int) -> Iterator[None]:
        """Leave no more than so many steps to what happens inside."""
        before = self.work_limit
        self.work_limit = self.work + steps if before is None else min(before, self.work + steps)
        try:
            yield
        finally:
            self.work_limit = before

    @property
    def ended_by(self) -> str:
        """Name the limit that is used up: ``interrupt``, ``time_limit``, ``work_limit``, ``default``; else empty."""
        if self.interrupted:
            return "interrupt"
        if self.stopped_by_clock:
            return "time_limit"
        if self.work_limit is not None and self.work >= self.work_limit:
            return "work_limit" if self.given else "default"
        return ""

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Add the seconds spent inside to a phase."""
        begin = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - begin
