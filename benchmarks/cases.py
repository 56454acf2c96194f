"""The registry: which instances, which methods on each, how long, and what is aimed at."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from benchmarks.draw import HELD_OUT_SEEDS, Shape, draw
from benchmarks.file import read
from benchmarks.month import example_month
from benchmarks.problem import Problem
from benchmarks.variants import VARIANTS, affiliates, as_a_run, nested, regional, thin

OURS = "koppelwijzer"


@dataclass(frozen=True)
class Trial:
    """One method on one case.

    Attributes
    ----------
    limit_s
        Seconds that the method may take, reading and building its own model included.
    gap
        Relative gap at which it may stop; 0 asks for proof.
    full
        True for trials that only ``--full`` runs.
    """

    method: str
    limit_s: float
    gap: float = 0.0
    full: bool = False


@dataclass(frozen=True)
class Target:
    """What our method should reach in the trial with this limit: seconds, relative gap, peak memory."""

    limit_s: float
    seconds: float
    gap: float
    peak_gb: float | None = None


@dataclass(frozen=True)
class Case:
    """One instance, its trials and its targets.

    Attributes
    ----------
    make
        Takes a seed.
    series
        True for the tight months that the charts of time and memory against size are drawn from.
    more_seeds
        True where our method also runs on the other held-out seeds.
    hidden
        True for cases that run only when they are named.
    full
        True for cases that only ``--full`` runs.
    """

    name: str
    title: str
    make: Callable[[int], Problem]
    trials: tuple[Trial, ...]
    targets: tuple[Target, ...] = ()
    series: bool = False
    more_seeds: bool = False
    hidden: bool = False
    full: bool = False


NATIONAL = (Target(3, 3, 1e-3), Target(30, 30, 3e-4), Target(120, 120, 1e-4))


def ours(*limits: float, gap: float = 0.0) -> tuple[Trial, ...]:
    """Our method at several points in time."""
    return tuple(Trial(OURS, limit, gap) for limit in limits)


def peers(limit_s: float, *names: str) -> tuple[Trial, ...]:
    """Other methods: the named ones, or all."""
    every = ("highs", "cpsat", "cbc", "flow", "slots", "greedy")
    return tuple(Trial(name, limit_s) for name in names or every)


def longer(*names: str) -> tuple[Trial, ...]:
    """The same peers with five minutes, for ``--full``."""
    return tuple(Trial(name, 300.0, full=True) for name in names)


def month(households: int, gemeenten: int, ratio: float, **variant: float) -> Callable[[int], Problem]:
    """Fix the shape and leave the seed open."""
    return partial(draw, Shape(households, gemeenten, ratio, **variant))  # type: ignore[arg-type]


def tight_run(variant: str, seed: int) -> Problem:
    """Draw a tight regional month with the levels of a run."""
    return as_a_run(regional(variant, 1.02, seed), seed)


def national(variant: str, seed: int) -> Problem:
    """Draw a tight national month of one of the five generators."""
    return regional(variant, 1.05, seed, 1500, 342)


CASES = (
    Case(
        "regional",
        "regional month, 300 × 68, tight 3 %",
        month(300, 68, 1.03),
        ours(20) + peers(30),
        (Target(20, 5, 0.0),),
        series=True,
        more_seeds=True,
    ),
    *(
        Case(
            f"regional-{variant}",
            f"regional month, 300 × 68, tight 1 %, generator `{variant}`",
            partial(regional, variant, 1.01),
            ours(20) + peers(30, "highs"),
            (Target(20, 5, 0.0),),
        )
        for variant in VARIANTS
    ),
    *(
        Case(
            f"run-{variant}",
            f"run of a regional month, 300 × 68, tight 2 %, generator `{variant}`, level by level",
            partial(tight_run, variant),
            ours(20) + peers(30, "highs"),
            (Target(20, 20, 1e-4),),
        )
        for variant in VARIANTS
    ),
    Case(
        "national",
        "national month, 1,500 × 342, tight 5 %",
        month(1500, 342, 1.05),
        ours(3, 30, 120) + peers(30) + longer("highs", "cpsat", "cbc"),
        NATIONAL,
        series=True,
    ),
    *(
        Case(
            f"national-{variant}",
            f"national month, 1,500 × 342, tight 5 %, generator `{variant}`",
            partial(national, variant),
            ours(3, 30, 120),
            NATIONAL,
        )
        for variant in VARIANTS
        if variant != "region"
    ),
    Case(
        "very-tight",
        "national month, tight 0.5 %",
        month(1500, 342, 1.005),
        ours(30) + peers(30, "highs", "flow", "slots", "greedy") + longer("highs"),
    ),
    Case(
        "half-year",
        "national month, half a year's opgave (ratio 4)",
        month(1500, 342, 4.0),
        ours(30, gap=1e-6) + peers(30, "highs", "flow", "slots", "greedy") + longer("highs"),
        (Target(30, 10, 1e-6),),
        more_seeds=True,
    ),
    Case(
        "persons-first",
        "national month, tight 5 %, persons linked before value",
        month(1500, 342, 1.05, persons_first=True),
        ours(30) + peers(30, "highs") + longer("highs"),
    ),
    Case(
        "identical",
        "national month, tight 5 %, 40 kinds of household",
        month(1500, 342, 1.05, kinds=40),
        ours(30) + peers(30, "highs", "flow", "greedy") + longer("highs"),
    ),
    Case(
        "ceilings",
        "national month, ratio 1.5, labour-market regions at most 1.05 of their share",
        month(1500, 342, 1.5, ceiling=1.05),
        ours(30) + peers(30, "highs", "greedy") + longer("highs"),
    ),
    Case(
        "nested",
        "national month, ratio 1.5, four fifths of each opgave for households without a ground",
        partial(nested, 1.5),
        ours(30) + peers(30, "highs", "greedy") + longer("highs"),
    ),
    Case(
        "resources",
        "national month, ratio 1.3, places for children and large dwellings",
        month(1500, 342, 1.3, resources=True),
        ours(30) + peers(30, "highs", "greedy") + longer("highs"),
    ),
    *(
        Case(
            f"affiliates-{households}",
            f"American month, {households} × 20, persons, children, adults and seniors, each 4 % more than needed",
            partial(affiliates, households),
            ours(20) + peers(30, "highs", "greedy") + longer("highs"),
            (Target(20, 2, 0.0),),
            more_seeds=True,
        )
        for households in (329, 499)
    ),
    *(
        Case(
            f"thin-{households}",
            f"run of a thin month, {households} × 342, opgave 1.10 × persons, level by level",
            partial(thin, households),
            ours(60) + peers(60, "highs") + longer("highs"),
            (Target(60, 60, 1e-4),),
        )
        for households in (240, 400)
    ),
    Case(
        "n5000",
        "5,000 × 342, tight 5 %",
        month(5_000, 342, 1.05),
        ours(5, gap=1e-4) + peers(30, "flow", "greedy"),
        (Target(5, 5, 1e-4),),
        series=True,
    ),
    Case(
        "n15000",
        "15,000 × 342, tight 5 %",
        month(15_000, 342, 1.05),
        ours(20, gap=3e-5) + peers(30, "highs", "flow", "greedy"),
        (Target(20, 1.5, 3e-5, 0.35),),
        series=True,
    ),
    Case(
        "n100000",
        "100,000 × 342, tight 5 %",
        month(100_000, 342, 1.05),
        ours(30, gap=2e-6) + peers(90, "flow", "greedy"),
        (Target(30, 4, 2e-6, 0.6),),
        series=True,
    ),
    Case(
        "n100000-persons-first",
        "100,000 × 342, tight 5 %, persons linked before value",
        month(100_000, 342, 1.05, persons_first=True),
        ours(30, gap=2e-6) + peers(90, "greedy"),
        (Target(30, 4, 2e-6, 0.9),),
    ),
    Case(
        "n1000000",
        "1,000,000 × 342, tight 5 %",
        month(1_000_000, 342, 1.05),
        ours(300, gap=5e-7) + peers(300, "greedy"),
        (Target(300, 30, 5e-7, 4.3),),
        series=True,
    ),
    Case(
        "example",
        "inputs/voorbeeld, policy kansrijk, level by level",
        example_month,
        ours(60) + peers(30, "highs") + longer("highs"),
        (Target(60, 30, 0.0),),
    ),
    Case("tiny", "24 × 12, ratio 1.1: a trial of the protocol", month(24, 12, 1.1), ours(5) + peers(5), hidden=True),
    Case(
        "tiny-rows",
        "24 × 12 with resources and ceilings: a trial of the protocol",
        month(24, 12, 1.5, ceiling=1.2, resources=True),
        ours(5) + peers(5),
        hidden=True,
    ),
)
BY_NAME = {case.name: case for case in CASES}
FILE = "file:"  # before the path, in the name of a case that is read


def case_of(name: str) -> Case:
    """Return a case of the registry, or one that is read from a file (`file:PATH`); its seed means nothing."""
    if not name.startswith(FILE):
        return BY_NAME[name]
    path = Path(name.removeprefix(FILE))
    return Case(name, f"read from {path.name}", lambda _: read(path), ours(60) + peers(60, "highs", "greedy"))


def plan(
    names: list[str], *, full: bool, seeds: list[int], at_most: float | None = None
) -> list[tuple[Case, int, Trial]]:
    """List what to run, case by case; without seeds the held-out ones, and more of them for our method alone."""
    chosen = [case_of(name) for name in names] or [
        case for case in CASES if not case.hidden and (full or not case.full)
    ]
    out = []
    for case in chosen:
        for seed in (0,) if case.name.startswith(FILE) else seeds or HELD_OUT_SEEDS:
            everyone = bool(seeds) or seed == HELD_OUT_SEEDS[0] or case.name.startswith(FILE)
            if not (everyone or case.more_seeds or (full and not case.full)):
                continue
            trials = [trial for trial in case.trials if full or not trial.full]
            out += [(case, seed, shorter(trial, at_most)) for trial in trials if everyone or trial.method == OURS]
    return out


def shorter(trial: Trial, at_most: float | None) -> Trial:
    """Cut the limit of a trial."""
    return trial if at_most is None else replace(trial, limit_s=min(trial.limit_s, at_most))
