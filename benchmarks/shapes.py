"""Random shapes: ``python -m benchmarks.shapes --seeds 1000 1040``: this solver and HiGHS on the same arrays.

Every shape is drawn from its seed alone: size, tightness, sizes of households, density, structure of the benefits,
resources, ceilings and the value of staying unlinked. Both sides have one thread and the same limit, in one process
each after the other; seconds are processor seconds, so that a busy machine does not decide. Seeds below 500 were for
tuning.
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.check import faults
from benchmarks.methods.rows import constraints, links
from benchmarks.problem import Floats, Ints, Problem

ALLOWED_S, TIMES = 0.2, 1.5  # never proven later than this many times HiGHS, plus so many seconds
CLOSE = 1e-9  # relative: values that count as equal


@dataclass(frozen=True, eq=False)
class Drawn:
    """A problem, what staying unlinked is worth (None: persons first), and its structure in words."""

    problem: Problem
    unlinked: float | None
    words: str


def draw_shape(seed: int, most_households: int = 500, most_gemeenten: int = 100) -> Drawn:
    """Draw a shape."""
    rng = np.random.default_rng([seed, 2])
    households = int(np.exp(rng.uniform(np.log(20), np.log(most_households))))
    gemeenten = int(np.exp(rng.uniform(np.log(5), np.log(most_gemeenten))))
    persons, size_word = draw_sizes(rng, households)
    ratio = float(rng.choice([0.8, 1.0, 1.02, 1.05, 1.2, 1.5, 2.0, 4.0]))
    share = rng.dirichlet(np.full(gemeenten, float(rng.choice([0.7, 2.0, 10.0]))))
    opgave = np.floor(share * persons.sum() * ratio + rng.random(gemeenten)).astype(np.int64)
    structure = str(rng.choice(sorted(STRUCTURES)))
    value = STRUCTURES[structure](rng, persons, gemeenten)
    density = float(rng.choice([0.05, 0.2, 0.5, 0.9, 1.0]))
    admissible = rng.random(value.shape) < density
    kinds = int(rng.choice([0, 0, 0, 1, 2, 3]))
    resources = draw_resources(rng, persons, share, kinds, ratio) if kinds else None
    regions = draw_ceilings(rng, persons, share, ratio) if rng.random() < 0.25 else None
    unlinked = [None, 0.0, 0.0, -float(rng.choice([0.1, 1.0, 5.0]))][int(rng.integers(4))]
    words = f"{households} x {gemeenten}, ratio {ratio}, {size_word}, {structure}, density {density}, {kinds} resources"
    words += ", ceilings" if regions else ""
    problem = Problem((value,), ("value",), persons, opgave, admissible, resources, regions)
    return Drawn(problem, unlinked, f"{words}, unlinked {unlinked}")


def draw_sizes(rng: np.random.Generator, households: int) -> tuple[Ints, str]:
    """Draw the sizes of households."""
    word = str(rng.choice(["ones", "mixed", "coprime", "few huge"]))
    if word == "ones":
        return np.ones(households, dtype=np.int64), word
    if word == "mixed":
        return rng.choice(np.arange(1, 7), size=households, p=[0.45, 0.2, 0.12, 0.1, 0.08, 0.05]).astype(np.int64), word
    if word == "coprime":
        return rng.choice([3, 5, 7], size=households).astype(np.int64), word
    return np.where(rng.random(households) < 0.05, 30, rng.integers(1, 4, households)).astype(np.int64), word


def by_region(rng: np.random.Generator, persons: Ints, gemeenten: int) -> Floats:
    """Benefits that hang together within regions."""
    region = rng.integers(0, max(2, gemeenten // 6), gemeenten)
    of_region = rng.normal(0, 0.1, (persons.size, int(region.max()) + 1))[:, region]
    return rng.normal(0.6, 0.06, (persons.size, gemeenten)) + of_region + rng.normal(0, 0.05, gemeenten)


def few_kinds(rng: np.random.Generator, persons: Ints, gemeenten: int) -> Floats:
    """Benefits of a few kinds of household."""
    kinds = int(rng.integers(3, 12))
    return rng.normal(0.6, 0.15, (kinds, gemeenten))[rng.integers(0, kinds, persons.size)]


STRUCTURES: dict[str, Callable[[np.random.Generator, Ints, int], Floats]] = {
    "iid": lambda rng, persons, gemeenten: rng.normal(0.6, 0.15, (persons.size, gemeenten)),
    "by region": by_region,
    "few kinds": few_kinds,
    "zeros": lambda rng, persons, gemeenten: (
        rng.random((persons.size, gemeenten)) * (rng.random((persons.size, gemeenten)) < 0.3)
    ),
    "integers": lambda rng, persons, gemeenten: rng.integers(0, 30, (persons.size, gemeenten)).astype(float),
    "cents": lambda rng, persons, gemeenten: np.round(rng.normal(0.6, 0.15, (persons.size, gemeenten)), 2),
    "negative": lambda rng, persons, gemeenten: rng.normal(0.0, 0.3, (persons.size, gemeenten)),
    "per person": lambda rng, persons, gemeenten: persons[:, None] * rng.normal(0.6, 0.1, (persons.size, gemeenten)),
}


def draw_resources(
    rng: np.random.Generator, persons: Ints, share: Floats, kinds: int, ratio: float
) -> tuple[Ints, Ints]:
    """Further resources, about as scarce as the places."""
    use = np.stack([rng.binomial(persons, rng.uniform(0.1, 0.6)) for _ in range(kinds)], axis=1).astype(np.int64)
    room = np.floor(share[:, None] * use.sum(axis=0) * max(1.0, ratio) * 1.05 + rng.random((share.size, kinds)))
    return use, room.astype(np.int64)


def draw_ceilings(rng: np.random.Generator, persons: Ints, share: Floats, ratio: float) -> tuple[Ints, Ints]:
    """Ceilings in persons over groups of gemeenten; some have none."""
    regions = max(1, share.size // 5)
    region = rng.integers(-1, regions, share.size)
    weight = np.bincount(region[region >= 0], weights=share[region >= 0], minlength=regions)
    return region, np.floor(weight * persons.sum() * max(1.0, 0.9 * ratio) + 1).astype(np.int64)


@dataclass(frozen=True)
class Outcome:
    """Value (None without an answer), whether it is proven, processor seconds."""

    value: float | None
    proven: bool
    seconds: float


def by_us(drawn: Drawn, limit_s: float) -> Outcome:
    """Solve a shape with this solver."""
    from optimizer.solve import Status, assign

    problem, begin = drawn.problem, time.process_time()
    rest = (problem.persons, problem.opgave, problem.admissible, problem.resources, problem.regions)
    answer = assign(problem.levels[0], *rest, unlinked_value=drawn.unlinked, time_limit_s=limit_s)
    seconds = time.process_time() - begin
    wrong = faults(problem, answer.gemeente)
    if wrong:
        raise SystemExit(f"not allowed: {drawn.words}: {wrong}")
    return Outcome(answer.value, answer.status is Status.PROVEN, seconds)


def by_highs(drawn: Drawn, limit_s: float) -> Outcome:
    """Solve a shape with HiGHS on all pairs; persons first is a program of its own, whose value becomes a row."""
    from scipy import sparse
    from scipy.optimize import Bounds, LinearConstraint, milp

    problem, begin = drawn.problem, time.process_time()
    h, g = problem.pairs()
    if h.size == 0:
        return Outcome((drawn.unlinked or 0.0) * problem.persons.size, proven=True, seconds=0.0)
    matrix, high = constraints(problem, h, g)
    low = np.full(high.size, -np.inf)
    alone = drawn.unlinked or 0.0
    objectives = [problem.levels[0][h, g] - alone]
    if drawn.unlinked is None:
        objectives.insert(0, problem.persons[h].astype(float))
    value, proven, left = None, True, limit_s
    for objective in objectives:
        result = milp(
            -objective,
            constraints=LinearConstraint(matrix, low, high),
            integrality=np.ones(h.size, dtype=np.int64),
            bounds=Bounds(0, 1),
            options={"time_limit": max(0.05, left), "mip_rel_gap": 1e-9},
        )
        left = limit_s - (time.process_time() - begin)
        proven &= result.status == 0
        if result.x is None:
            return Outcome(None, proven=False, seconds=time.process_time() - begin)
        gemeente = links(problem.persons.size, h, g, result.x)
        linked = np.flatnonzero(gemeente >= 0)
        value = float(problem.levels[0][linked, gemeente[linked]].sum()) + alone * (gemeente.size - linked.size)
        reached = float(objective[result.x > 0.5].sum())
        matrix = sparse.vstack([matrix, sparse.csr_array(objective[None, :])], format="csr")
        low, high = np.append(low, reached - 1e-6), np.append(high, np.inf)
    return Outcome(value, proven, time.process_time() - begin)


def judgement(ours: Outcome, theirs: Outcome) -> str:
    """Say in a word who was ahead."""
    if ours.value is None:
        return "NONE"
    if theirs.value is not None and ours.value < theirs.value - CLOSE * max(1.0, abs(theirs.value)):
        return "WORSE"
    if theirs.proven and not ours.proven:
        return "UNPROVEN"
    if theirs.proven and ours.seconds > TIMES * theirs.seconds + ALLOWED_S:
        return "LATER"
    return "ahead" if ours.proven and not theirs.proven else "fine"


def main(argv: list[str] | None = None) -> None:
    """Run shapes and say, line by line and together, how both sides did."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.shapes", description=__doc__)
    ask.add_argument("--seeds", nargs=2, type=int, default=(1000, 1040), metavar=("FROM", "TO"))
    ask.add_argument("--limit", type=float, default=10.0, help="seconds for each side")
    options = ask.parse_args(argv)
    told, ratios, proven = [], [], [0, 0]
    by_us(draw_shape(0), 10.0)  # loads machine code
    for seed in range(*options.seeds):
        drawn = draw_shape(seed)
        ours, theirs = by_us(drawn, options.limit), by_highs(drawn, options.limit)
        word = judgement(ours, theirs)
        told.append(word)
        proven[0] += ours.proven
        proven[1] += theirs.proven
        ratios.append(max(ours.seconds, 0.01) / max(theirs.seconds, 0.01))
        sys.stdout.write(
            f"{seed}\t{word}\t{ours.seconds:.2f}\t{theirs.seconds:.2f}\t{ours.value}\t{theirs.value}\t{drawn.words}\n"
        )
        sys.stdout.flush()
    counts = ", ".join(f"{told.count(word)} {word}" for word in sorted(set(told)))
    mean = float(np.exp(np.log(ratios).mean()))
    sys.stdout.write(
        f"{counts}; proven {proven[0]} and {proven[1]} by HiGHS; seconds over HiGHS's, geometric mean {mean:.2f}\n"
    )


if __name__ == "__main__":
    main()
