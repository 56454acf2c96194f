"""The solver of this repository, with two workers."""

import numpy as np

from benchmarks.problem import Found, Int32s, Problem, Values

WORKERS = 2


def solve(problem: Problem, limit_s: float, gap: float) -> Found:
    """Call `assign` for plain value, `solve_levels` for levels in whole units."""
    from optimizer.solve import Level, assign, solve_levels

    rest = (problem.persons, problem.opgave, problem.admissible, problem.resources, problem.regions)
    if problem.levels[-1].dtype.kind == "f":
        # One level of floats, or persons first: both are `assign`.
        first = None if len(problem.levels) > 1 else 0.0
        answer = assign(problem.levels[-1], *rest, unlinked_value=first, workers=WORKERS, gap=gap, time_limit_s=limit_s)
        before: list[float | None] = [None] * (len(problem.levels) - 1)
        return Found(answer.gemeente, (*before, answer.bound), str(answer.status))
    by_level = solve_levels(
        [Level(name, in_units(value)) for name, value in zip(problem.names, problem.levels, strict=True)],
        *rest,
        lot=problem.lot,
        workers=WORKERS,
        gap=gap,
        time_limit_s=limit_s,
    )
    return Found(by_level.gemeente, tuple(float(level.bound) for level in by_level.levels[:-1]), str(by_level.status))


def in_units(value: Values) -> Int32s:
    """Return whole units in 32 bits; refuse what these would cut off."""
    units = value.astype(np.int32)
    if not (units == value).all():
        msg = "A level of solve_levels has whole units of at most 32 bits; this one would lose a part of its values."
        raise ValueError(msg)
    return units
