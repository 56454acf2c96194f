"""Slots for households and linear_sum_assignment, as in GeoMatch: persons are not counted.

Bansak et al., Improving refugee integration through data-driven algorithmic assignment, 2018,
doi:10.1126/science.aao4408.
"""

import numpy as np

from benchmarks.problem import Found, Problem


def solve(problem: Problem, limit_s: float, gap: float) -> Found:  # noqa: ARG001
    """Give each gemeente as many slots as its opgave holds mean households, and assign one household a slot."""
    from scipy.optimize import linear_sum_assignment

    count = np.rint(problem.opgave / problem.persons.mean()).astype(np.int64)
    slot = np.repeat(np.arange(problem.opgave.size), count)
    value = problem.levels[0]
    forbidden = float(value.min()) - 10.0 * float(np.ptp(value)) - 1.0
    score = np.where(problem.admissible, value, forbidden)[:, slot]
    h, k = linear_sum_assignment(score, maximize=True)
    may = problem.admissible[h, slot[k]]
    gemeente = np.full(problem.persons.size, -1, dtype=np.int64)
    gemeente[h[may]] = slot[k[may]]
    return Found(gemeente, (None,), "no bound")
