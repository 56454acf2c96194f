"""The methods that are measured; each imports its solver only when it is asked to solve.

OR-Tools and HiGHS are never loaded in one process: `benchmarks.worker` runs one method and ends.
"""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.methods import cbc, cpsat, flow, greedy, highs, ours, slots
from benchmarks.problem import Found, Problem

MILLION = 1_000_000


@dataclass(frozen=True)
class Method:
    """One method: how it is called in the report, and what it can take.

    Attributes
    ----------
    solve
        Takes a problem, seconds and a relative gap that is enough.
    most_pairs
        Largest number of pairs that it is given; more would only measure how memory runs out.
    levels, rows
        True where it can take several levels, and resources or ceilings.
    """

    title: str
    solve: Callable[[Problem, float, float], Found]
    most_pairs: int
    levels: bool = False
    rows: bool = True

    def refusal(self, problem: Problem) -> str:
        """Return why a problem is not given to this method, or nothing."""
        if problem.admissible.size > self.most_pairs:
            return f"not tried above {self.most_pairs:,} pairs"
        if len(problem.levels) > 1 and not self.levels:
            return "takes one level"
        if not (problem.plain or self.rows):
            return "takes the opgaven only"
        return ""


METHODS = {
    "koppelwijzer": Method("Koppelwijzer", ours.solve, 1000 * MILLION, levels=True),
    "highs": Method("HiGHS MIP (scipy), all pairs", highs.solve, 6 * MILLION, levels=True),
    "cpsat": Method("CP-SAT, 2 workers", cpsat.solve, MILLION),
    "cbc": Method("PuLP + CBC, 2 threads", cbc.solve, MILLION),
    "flow": Method("min-cost flow, all pairs (relaxation only)", flow.solve, 40 * MILLION, rows=False),
    "slots": Method("slots + linear_sum_assignment", slots.solve, MILLION, rows=False),
    "greedy": Method("greedy by permit date", greedy.solve, 1000 * MILLION),
}
