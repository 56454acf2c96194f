"""Synthetic months on the real municipalities: seeded, and the same on every machine with the same numpy."""

from dataclasses import dataclass

import numpy as np

from benchmarks.problem import Bools, Floats, Ints, Problem
from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten

TUNING_SEEDS = (0, 1, 2, 3, 4)
HELD_OUT_SEEDS = (10, 11, 12)

RADIUS_KM = 50.0
# Shares below are aanname: the form of a month, not a claim about one.
SIZE_SHARES = (0.48, 0.12, 0.11, 0.11, 0.08, 0.05, 0.03, 0.015, 0.005)
JOB_SHARE, OTHER_GROUND_SHARE = 0.12, 0.10
CENTRE = "GM0344"  # a regional month is drawn on the gemeenten nearest to Utrecht
BLOCK = 20_000  # rows drawn at a time, so that a million households need no second matrix


@dataclass(frozen=True)
class Shape:
    """What a month looks like.

    Attributes
    ----------
    households, gemeenten
        Size; fewer than 342 gemeenten are those nearest to Utrecht.
    ratio
        Sum of the opgaven over the persons of the month.
    kinds
        Number of different households; 0 makes each one different.
    ceiling
        Ceiling of each labour-market region over its share of the persons; 0 gives none.
    resources
        True adds places for children and dwellings for six persons or more.
    persons_first
        True puts the persons linked before the value.
    """

    households: int
    gemeenten: int
    ratio: float
    kinds: int = 0
    ceiling: float = 0.0
    resources: bool = False
    persons_first: bool = False


def draw(shape: Shape, seed: int) -> Problem:
    """Draw a month; benefits are correlated within labour-market regions."""
    rng = np.random.default_rng([seed, shape.households, shape.gemeenten])
    rows = nearest_gemeenten(shape.gemeenten)
    everywhere = load_gemeenten()
    inhabitants = everywhere.inwoners[rows] / everywhere.inwoners[rows].sum()
    region = np.unique(everywhere.arbeidsmarktregio[rows], return_inverse=True)[1].astype(np.int64)
    km = matrix()[np.ix_(rows, rows)]
    different = shape.kinds or shape.households
    persons = rng.choice(np.arange(1, 10), size=different, p=SIZE_SHARES).astype(np.int64)
    job = places_of(rng, different, JOB_SHARE, inhabitants)
    other = places_of(rng, different, OTHER_GROUND_SHARE, inhabitants)
    admissible = within_reach(km, job, other)
    benefit = benefits(rng, region, km, job)
    if shape.kinds:
        kind = rng.integers(shape.kinds, size=shape.households)
        persons, admissible, benefit = persons[kind], admissible[kind], benefit[kind]
    opgave = share_out(inhabitants, round(int(persons.sum()) * shape.ratio))
    first = (np.repeat(persons[:, None], shape.gemeenten, axis=1),) if shape.persons_first else ()
    return Problem(
        levels=(*first, benefit),
        names=(*(("persons",) if first else ()), "value"),
        persons=persons,
        opgave=opgave,
        admissible=admissible,
        resources=children_and_dwellings(persons, inhabitants) if shape.resources else None,
        regions=region_ceilings(persons, inhabitants, region, shape.ceiling) if shape.ceiling else None,
    )


def nearest_gemeenten(count: int) -> Ints:
    """Rows of the gemeenten nearest to Utrecht, in order of code."""
    km = matrix()[load_gemeenten().index[CENTRE]]
    return np.sort(np.argsort(km, kind="stable")[:count]).astype(np.int64)


def places_of(rng: np.random.Generator, households: int, share: float, inhabitants: Floats) -> Ints:
    """Gemeente of a ground per household, in proportion to inhabitants; -1 for households without one."""
    has = rng.random(households) < share
    at = rng.choice(inhabitants.size, size=households, p=inhabitants)
    return np.where(has, at, -1).astype(np.int64)


def within_reach(km: Floats, job: Ints, other: Ints) -> Bools:
    """Pairs within the radius of every ground; where no gemeente is, the job gives way."""
    near = np.vstack([km <= RADIUS_KM, np.ones((1, km.shape[0]), dtype=np.bool_)])  # row -1: no ground
    reach = near[other]
    jobs = np.flatnonzero(job >= 0)
    both = reach[jobs] & near[job[jobs]]
    possible = both.any(axis=1)
    reach[jobs[possible]] = both[possible]
    return reach


def benefits(rng: np.random.Generator, region: Ints, km: Floats, job: Ints) -> Floats:
    """About 0.6 per link, with the spread of household, region, gemeente and pair; a job adds exp(-km / 20)."""
    regions, gemeenten = int(region.max()) + 1, region.size
    of_gemeente = rng.normal(0, 0.05, gemeenten)
    out = np.empty((job.size, gemeenten))
    for start in range(0, job.size, BLOCK):
        block = out[start : start + BLOCK]
        rng.standard_normal(out=block)
        block *= 0.06
        block += rng.normal(0.6, 0.1, (len(block), 1))
        block += rng.normal(0, 0.1, (len(block), regions))[:, region]
        block += of_gemeente
    with_job = np.flatnonzero(job >= 0)
    out[with_job] += np.exp(-km[job[with_job]] / 20)
    return out


def share_out(share: Floats, total: int) -> Ints:
    """Share a whole number out, largest remainders first.

    >>> share_out(np.array([0.5, 0.3, 0.2]), 4).tolist()
    [2, 1, 1]
    """
    exact = share * total
    out = np.floor(exact).astype(np.int64)
    most = np.argsort(out - exact, kind="stable")[: total - int(out.sum())]
    out[most] += 1
    return out


def children_and_dwellings(persons: Ints, inhabitants: Floats) -> tuple[Ints, Ints]:
    """Two further resources, each a tenth more than the whole month needs: children, and large dwellings."""
    use = np.stack([np.maximum(persons - 2, 0), (persons >= 6).astype(np.int64)], axis=1)
    room = [share_out(inhabitants, -(-int(need) * 11 // 10)) for need in use.sum(axis=0)]
    return use, np.stack(room, axis=1)


def region_ceilings(persons: Ints, inhabitants: Floats, region: Ints, ratio: float) -> tuple[Ints, Ints]:
    """Ceilings in persons over labour-market regions, in proportion to inhabitants."""
    share: Floats = np.bincount(region, weights=inhabitants).astype(np.float64)
    return region, share_out(share, round(int(persons.sum()) * ratio))
