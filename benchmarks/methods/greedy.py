"""One household after the other in order of permit date, each to the best gemeente with room."""

import numpy as np

from benchmarks.problem import Found, Problem


def solve(problem: Problem, limit_s: float, gap: float) -> Found:  # noqa: ARG001
    """Link in the order of the rows, which is the order of the permits."""
    households, gemeenten = problem.admissible.shape
    rest = problem.opgave.copy()
    use, free = problem.resources or (np.zeros((households, 0), np.int64), np.zeros((gemeenten, 0), np.int64))
    region, ceiling = problem.regions or (np.full(gemeenten, -1), np.zeros(0, np.int64))
    # The last entry, of region -1, never runs out.
    free, left = free.copy(), np.append(ceiling, np.iinfo(np.int64).max)
    gemeente = np.full(households, -1, dtype=np.int64)
    for h, size in enumerate(problem.persons.tolist()):
        fits = problem.admissible[h] & (rest >= size)
        if not problem.plain:
            fits &= (free >= use[h]).all(axis=1) & (left[region] >= size)
        score = np.where(fits, problem.levels[0][h], 0.0)
        best = int(score.argmax())
        if score[best] > 0:
            gemeente[h] = best
            rest[best] -= size
            free[best] -= use[h]
            left[region[best]] -= size
    return Found(gemeente, (None,), "no bound")
