"""Batches with the shape of the real thing: jobs and grounds within 50 km, opgaven in proportion to inhabitants."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SHARE_OF_SIZE = (0.48, 0.12, 0.11, 0.11, 0.08, 0.05, 0.03, 0.015, 0.005)  # 1 to 9 persons; aanname
JOB, GROUND = 0.12, 0.10  # shares of households with a job, with another ground; aanname


@dataclass(frozen=True)
class Case:
    """What a benchmark asks; ``variant`` adds ceilings, resources or identical households."""

    name: str
    households: int
    gemeenten: int
    tightness: float
    variant: str = ""


@dataclass(frozen=True, eq=False)
class Instance:
    """Arrays for `optimizer.solve.assign` and for the peers."""

    benefit: npt.NDArray[np.float64]
    persons: npt.NDArray[np.int64]
    opgave: npt.NDArray[np.int64]
    admissible: npt.NDArray[np.bool_]
    resources: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None
    regions: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None


def make(case: Case, seed: int) -> Instance:
    """Draw an instance; benefits are correlated by region of 60 by 60 km."""
    rng = np.random.default_rng(seed)
    n, m = case.households, case.gemeenten
    place = rng.uniform(0, 1, (m, 2)) * np.array([170.0, 250.0]) * np.sqrt(m / 342)
    inhabitants = np.exp(rng.normal(0, 0.85, m))
    inhabitants /= inhabitants.sum()
    persons = rng.choice(np.arange(1, 10), size=n, p=SHARE_OF_SIZE)
    _, region = np.unique((place // 60) @ np.array([100, 1]), return_inverse=True)
    benefit = rng.normal(0, 0.1, (n, int(region.max()) + 1))[:, region]
    benefit += rng.normal(0, 0.06, (n, m)) + rng.normal(0, 0.05, m) + 0.6 + rng.normal(0, 0.1, (n, 1))
    km = np.hypot(*(place[:, None] - place[None]).transpose(2, 0, 1))
    kind, at = rng.random(n), rng.choice(m, size=n, p=inhabitants)
    bound, job = kind < JOB + GROUND, kind < JOB
    admissible = np.ones((n, m), dtype=np.bool_)
    admissible[bound] = km[at[bound]] <= 50
    benefit[job] += np.exp(-km[at[job]] / 20)
    if case.variant == "identical":
        kinds = np.arange(n) % max(1, n // 20)
        benefit, persons, admissible = benefit[kinds], persons[kinds], admissible[kinds]
    opgave = share_out(inhabitants, round(float(persons.sum()) * case.tightness))
    resources = regions = None
    if case.variant == "resources":
        use = np.stack([np.maximum(persons - 2, 0), (persons >= 6).astype(np.int64)], axis=1)
        resources = (use, np.stack([opgave // 2, np.maximum(1, opgave // 12)], axis=1))
    if case.variant == "regions":
        regions = (region, np.floor(np.bincount(region, weights=opgave) * 0.97).astype(np.int64))
    return Instance(benefit, persons, opgave, admissible, resources, regions)


def share_out(weight: npt.NDArray[np.float64], total: int) -> npt.NDArray[np.int64]:
    """Share a whole number out in proportion, largest remainders first."""
    exact = weight * total
    out = np.floor(exact).astype(np.int64)
    most = np.argsort(out - exact, kind="stable")[: total - int(out.sum())]
    out[most] += 1
    return out
