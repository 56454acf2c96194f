"""Every answer is counted again here, by code that no method shares."""

from math import fsum

import numpy as np

from benchmarks.problem import Ints, Problem


def faults(problem: Problem, gemeente: Ints) -> list[str]:
    """Name every rule that an answer breaks; an empty list is a feasible answer."""
    out = []
    linked = np.flatnonzero(gemeente >= 0)
    to = gemeente[linked]
    if not problem.admissible[linked, to].all():
        out.append("a pair that is not admissible")
    over = over_opgave(problem, gemeente)
    if over:
        out.append(f"{over} persons over the opgaven")
    if problem.resources is not None:
        use, capacity = problem.resources
        used = np.zeros_like(capacity)
        np.add.at(used, to, use[linked])
        if (used > capacity).any():
            out.append(f"{np.maximum(used - capacity, 0).sum()} units over a resource")
    if problem.regions is not None:
        region, ceiling = problem.regions
        inside = region[to] >= 0
        load = np.bincount(region[to][inside], weights=problem.persons[linked][inside], minlength=ceiling.size)
        if (load > ceiling).any():
            out.append(f"{int(np.maximum(load - ceiling, 0).sum())} persons over a ceiling")
    return out


def over_opgave(problem: Problem, gemeente: Ints) -> int:
    """Persons linked above the opgaven, summed over gemeenten."""
    load = np.zeros(problem.opgave.size, dtype=np.int64)
    linked = gemeente >= 0
    np.add.at(load, gemeente[linked], problem.persons[linked])
    return int(np.maximum(load - problem.opgave, 0).sum())


def values(problem: Problem, gemeente: Ints) -> list[float]:
    """Value of an answer on each level, correctly rounded."""
    linked = np.flatnonzero(gemeente >= 0)
    return [fsum(value[linked, gemeente[linked]].tolist()) for value in problem.levels]
