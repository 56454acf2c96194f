"""Regional months of five structures, and thin months: what tuning on one generator would not show.

Every variant changes one thing of `draw`: how benefits hang together, how households are sized, or how the opgaven lie.
"""

from dataclasses import replace

import numpy as np

from benchmarks.draw import Shape, draw, nearest_gemeenten, share_out
from benchmarks.problem import Bools, Floats, Ints, Problem
from geodata.gemeenten import load_gemeenten

VARIANTS = ("region", "iid", "profiles", "families", "clustered")
PROFILES = 20  # kinds of household that differ a little within each kind
FAMILY_SHARES = (0.15, 0.2, 0.2, 0.2, 0.15, 0.1)  # households of 1 to 6 persons
CLUSTER = 2.0  # spread of the logarithm of the opgaven
SOFT_SHARE, SOFT_POINTS = 0.1, 50  # pairs with soft points, and how many: whole tens below
KANS = 10_000  # units in one


def regional(variant: str, ratio: float, seed: int, households: int = 300, gemeenten: int = 68) -> Problem:
    """Draw a tight regional month of one of the `VARIANTS`; opgave is ``ratio`` of the persons."""
    problem = draw(Shape(households, gemeenten, ratio), seed)
    rng = np.random.default_rng([seed, VARIANTS.index(variant), 7])
    shape = problem.admissible.shape
    if variant == "iid":
        return replace(problem, levels=(rng.normal(0.6, 0.15, shape),))
    if variant == "profiles":
        profile = rng.normal(0.6, 0.15, (PROFILES, gemeenten))
        return replace(problem, levels=(profile[rng.integers(0, PROFILES, households)] + rng.normal(0, 0.01, shape),))
    if variant == "families":
        persons = rng.choice(np.arange(1, 7), size=households, p=FAMILY_SHARES).astype(np.int64)
        return replace(problem, persons=persons, opgave=share_out(inhabitants(gemeenten), rounded(persons, ratio)))
    if variant == "clustered":
        share = np.exp(rng.normal(0, CLUSTER, gemeenten))
        return replace(problem, opgave=share_out(share / share.sum(), rounded(problem.persons, ratio)))
    return problem


def thin(households: int, seed: int, ratio: float = 1.10) -> Problem:
    """Draw a thin month over all gemeenten, with the levels of a run in whole units."""
    return as_a_run(draw(Shape(households, 342, ratio), seed), seed)


def as_a_run(problem: Problem, seed: int) -> Problem:
    """Return a month with the levels of a run in whole units, from its benefits."""
    rng = np.random.default_rng([seed, 13])
    shape = problem.admissible.shape
    persons = np.repeat(problem.persons[:, None], shape[1], axis=1)
    benefit: Floats = problem.levels[-1].astype(np.float64)
    kans = np.round(KANS * np.maximum(benefit, 0.0)).astype(np.int64)
    some: Bools = rng.random(shape) < SOFT_SHARE
    soft = some * 10 * rng.integers(1, SOFT_POINTS // 10 + 1, shape)
    return replace(
        problem,
        levels=(persons, kans, soft.astype(np.int64)),
        names=("personen_gekoppeld", "kans_werk", "zachte_punten"),
    )


def inhabitants(gemeenten: int) -> Floats:
    """Shares of the inhabitants of the nearest gemeenten."""
    own = load_gemeenten().inwoners[nearest_gemeenten(gemeenten)].astype(np.float64)
    share: Floats = own / own.sum()
    return share


def rounded(persons: Ints, ratio: float) -> int:
    """Return the sum of the opgaven."""
    return round(int(persons.sum()) * ratio)
