"""Going on from a finished answer: ``python -m benchmarks.resolve --pairs 50``, with one pair forbidden or fixed.

Processor seconds of each re-solve over those of the first solve, on a tight regional month and on the example. Even
pairs are forbidden (the link that the answer has), odd ones fixed (to another gemeente that may be had). Every answer
is compared with a solve from nothing for the first ``--checked`` pairs.
"""

import argparse
import sys
import time
from collections.abc import Callable

import numpy as np

from benchmarks.month import example_month
from benchmarks.problem import Bools, Problem
from benchmarks.variants import as_a_run, regional
from optimizer.solve import Level, LevelsAnswer, solve_levels
from optimizer.solve.problem.start import Start

CASES: dict[str, Callable[[int], Problem]] = {
    "regional": lambda seed: as_a_run(regional("region", 1.03, seed), seed),
    "example": example_month,
}


def solve(problem: Problem, admissible: Bools, start: Start | None = None) -> tuple[LevelsAnswer, float]:
    """Solve all levels; return the answer and the processor seconds."""
    levels = [
        Level(name, np.asarray(value, dtype=np.int64))
        for name, value in zip(problem.names, problem.levels, strict=True)
    ]
    begin = time.process_time()
    answer = solve_levels(levels, problem.persons, problem.opgave, admissible, lot=problem.lot, start=start)
    return answer, time.process_time() - begin


def changed(problem: Problem, answer: LevelsAnswer, number: int, rng: np.random.Generator) -> Bools:
    """Forbid the link of a household, or leave it one other gemeente only."""
    out = problem.admissible.copy()
    linked = np.flatnonzero(answer.gemeente >= 0)
    h = int(rng.choice(linked))
    if number % 2 == 0:
        out[h, answer.gemeente[h]] = False
        return out
    others = np.flatnonzero(out[h] & (problem.opgave >= problem.persons[h]))
    others = others[others != answer.gemeente[h]]
    if others.size:
        out[h] = False
        out[h, rng.choice(others)] = True
    return out


def main(argv: list[str] | None = None) -> None:
    """Measure, and say line by line and together."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.resolve", description=__doc__)
    ask.add_argument("--pairs", type=int, default=50)
    ask.add_argument("--checked", type=int, default=0, help="pairs that are solved from nothing too")
    ask.add_argument("--seed", type=int, default=10)
    ask.add_argument("--only", choices=sorted(CASES), default=None)
    options = ask.parse_args(argv)
    for name in [options.only] if options.only else CASES:
        problem = CASES[name](options.seed)
        solve(problem, problem.admissible)  # loads machine code
        first, took = solve(problem, problem.admissible)
        rng = np.random.default_rng([options.seed, 3])
        ratios, proven = [], 0
        for number in range(options.pairs):
            admissible = changed(problem, first, number, rng)
            again, seconds = solve(problem, admissible, first.start)
            ratios.append(seconds / took)
            proven += str(again.status) == "proven"
            if number < options.checked:
                fresh, _ = solve(problem, admissible)
                same = [one.value for one in again.levels] == [one.value for one in fresh.levels]
                sys.stdout.write(f"{name} {number}: {'same' if same else 'OTHER'} as from nothing\n")
            sys.stdout.write(f"{name} {number}: {seconds:.2f} s, {ratios[-1]:.3f} of the first, {again.status}\n")
            sys.stdout.flush()
        sys.stdout.write(
            f"{name}: first {took:.2f} s ({first.status}); median {np.median(ratios):.3f}, most {max(ratios):.2f}; "
            f"{proven} of {options.pairs} proven\n"
        )


if __name__ == "__main__":
    main()
