"""One trial in a process of its own: ``python -m benchmarks.worker CASE SEED METHOD LIMIT GAP``.

A process of its own makes peak memory honest and keeps OR-Tools and HiGHS apart.
"""

import resource
import sys
import time

import numpy as np

from benchmarks.cases import BY_NAME, case_of
from benchmarks.check import faults, values
from benchmarks.methods import METHODS
from benchmarks.problem import Found, Problem
from benchmarks.record import Record

BLOCK = 10_000
WARM_S = 60.0
LARGEST_ERROR = 1e-6  # of a bound below the value of a feasible answer, relative


def main(case: str, seed: str, method: str, limit_s: str, gap: str) -> None:
    """Run one trial and print its record as the last line."""
    problem = case_of(case).make(int(seed))
    refusal = METHODS[method].refusal(problem)
    if refusal:
        sys.stdout.write(Record(case, int(seed), method, float(limit_s), refusal).to_json() + "\n")
        return
    # Loading libraries and compiling loops is done once on a machine; it is no part of a method.
    METHODS[method].solve(BY_NAME["tiny"].make(0), WARM_S, 0.0)
    floor = one_pass(problem)
    before, begin = user_seconds(), time.perf_counter()
    found = METHODS[method].solve(problem, float(limit_s), float(gap))
    seconds, user = time.perf_counter() - begin, user_seconds() - before
    peak = peak_gb()  # before the check, which takes memory of its own
    counted = judged(problem, found)
    record = Record(
        case=case,
        seed=int(seed),
        method=method,
        limit_s=float(limit_s),
        status=found.status,
        households=problem.admissible.shape[0],
        gemeenten=problem.admissible.shape[1],
        names=problem.names,
        values=counted[0],
        bounds=found.bounds,
        faults=counted[1],
        linked_persons=0 if found.gemeente is None else int(problem.persons[found.gemeente >= 0].sum()),
        persons=int(problem.persons.sum()),
        seconds=seconds,
        user_seconds=user,
        floor_seconds=floor,
        peak_gb=peak,
        input_gb=problem.nbytes / 1e9,
    )
    sys.stdout.write("\n" + record.to_json() + "\n")


def judged(problem: Problem, found: Found) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """Count the values of an answer and the rules that it breaks; a bound below a feasible answer is a fault too."""
    if found.gemeente is None:
        return (), ()
    reached, wrong = values(problem, found.gemeente), faults(problem, found.gemeente)
    for bound, value in zip(found.bounds, reached, strict=True):
        if not wrong and bound is not None and bound < value - LARGEST_ERROR * max(1.0, abs(value)):
            wrong = ["its bound lies below its value"]
    return tuple(reached), tuple(wrong)


def one_pass(problem: Problem) -> float:
    """Seconds of one argmax(value - price * persons) over all pairs, the best of three: the floor of any method."""
    value = problem.levels[-1]
    price = np.linspace(0.0, 0.01, problem.opgave.size)
    took = []
    for _ in range(3):
        begin = time.perf_counter()
        for start in range(0, len(value), BLOCK):
            rows = slice(start, start + BLOCK)
            (value[rows] - price * problem.persons[rows, None]).argmax(axis=1)
        took.append(time.perf_counter() - begin)
    return min(took)


def user_seconds() -> float:
    """Processor seconds of this process and of what it started and has ended."""
    return sum(resource.getrusage(who).ru_utime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def peak_gb() -> float:
    """Peak resident memory of this process, or of what it started if that is larger."""
    unit = 1 if sys.platform == "darwin" else 1024
    return (
        max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * unit / 1e9
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
