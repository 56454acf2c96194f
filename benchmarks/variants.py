"""Months of five structures, thin months and months of another country: what tuning on one generator would not show.

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
AFFILIATE_ADULTS = (0.55, 0.35, 0.07, 0.03)  # of a household in an American month
WITH_CHILDREN, WITH_SENIOR = 0.5, 0.08
LANGUAGES, SERVED = 12, 0.7  # languages, and the share of agencies that serve one
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


def nested(ratio: float, seed: int, households: int = 1500, gemeenten: int = 342) -> Problem:
    """Draw a month in which four fifths of each opgave are open to households that may go anywhere."""
    problem = draw(Shape(households, gemeenten, ratio), seed)
    anywhere = problem.admissible.all(axis=1)
    return replace(problem, resources=((problem.persons * anywhere)[:, None], (problem.opgave * 4 // 5)[:, None]))


def affiliates(households: int, seed: int, ratio: float = 1.04) -> Problem:
    """Draw an American month: 20 agencies with room for persons, children, adults and seniors, each about as scarce.

    A household is worth the chances of work of its adults together; an agency does not serve every language. The
    form follows what Ahani et al. (doi:10.1287/opre.2020.2093) tell of the months of HIAS; no figure is theirs.
    """
    rng = np.random.default_rng([seed, households, 20])
    adults = rng.choice([1, 2, 3, 4], size=households, p=AFFILIATE_ADULTS)
    children = rng.binomial(5, 0.35, households) * (rng.random(households) < WITH_CHILDREN)
    seniors = (rng.random(households) < WITH_SENIOR).astype(np.int64)
    use = np.stack([children, adults, seniors], axis=1).astype(np.int64)
    persons = use.sum(axis=1)
    share = rng.dirichlet(np.full(20, 4.0))
    room = np.stack([share_out(share, round(int(need) * ratio) + 1) for need in use.sum(axis=0)], axis=1)
    chance = np.clip(rng.normal(0.3, 0.12, (households, 1)) + rng.normal(0, 0.08, (households, 20)), 0.02, 0.95)
    served = rng.random((LANGUAGES, 20)) < SERVED
    return Problem(
        levels=(np.round(chance * adults[:, None], 4),),
        names=("work",),
        persons=persons,
        opgave=share_out(share, round(int(persons.sum()) * ratio)),
        admissible=served[rng.integers(0, LANGUAGES, households)],
        resources=(use, room),
    )


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
