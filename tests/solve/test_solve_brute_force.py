"""The solver against every answer there is, on tiny problems."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
import pytest

from optimizer.solve import Level, Status, assign, solve_levels
from optimizer.solve.problem.lottery import lottery_value

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Case:
    """A tiny problem with several levels."""

    levels: list[Ints]
    persons: Ints
    opgave: Ints
    admissible: npt.NDArray[np.bool_]
    resources: tuple[Ints, Ints] | None
    regions: tuple[Ints, Ints] | None
    lot: npt.NDArray[np.uint64]

    def feasible(self, gemeente: Ints) -> bool:
        linked = np.flatnonzero(gemeente >= 0)
        to = gemeente[linked]
        load = np.bincount(to, weights=self.persons[linked], minlength=self.opgave.size)
        fits = bool(self.admissible[linked, to].all() and (load <= self.opgave).all())
        if self.resources is not None:
            used = np.zeros_like(self.resources[1])
            np.add.at(used, to, self.resources[0][linked])
            fits = fits and bool((used <= self.resources[1]).all())
        if self.regions is not None:
            region, ceiling = self.regions
            fits = fits and all(load[region == r].sum() <= ceiling[r] for r in range(ceiling.size))
        return fits


def draw(seed: int) -> Case:
    rng = np.random.default_rng(seed)
    households, gemeenten = int(rng.integers(1, 7)), int(rng.integers(1, 5))
    if (gemeenten + 1) ** households > 3000:
        gemeenten = 2
    persons = rng.integers(1, 5, households)
    shape = (households, gemeenten)
    levels = [np.repeat(persons[:, None], gemeenten, axis=1)] if rng.random() < 0.6 else []
    for _ in range(int(rng.integers(1, 4))):
        least = -1 if rng.random() < 0.3 else 0
        levels.append(rng.integers(least, int(rng.choice([2, 5, 1000])), shape))
    resources = regions = None
    if rng.random() < 0.4:
        resources = (rng.integers(0, 3, (households, 2)), rng.integers(0, 5, (gemeenten, 2)))
    if rng.random() < 0.4:
        regions = (rng.integers(-1, 2, gemeenten), rng.integers(0, 10, 2))
    return Case(
        levels,
        persons,
        rng.integers(0, 8, gemeenten),
        rng.random(shape) < 0.8,
        resources,
        regions,
        rng.integers(0, 2**63, households).astype(np.uint64),
    )


def best_of_all(case: Case) -> tuple[list[int], Ints]:
    households, gemeenten = case.admissible.shape
    values = [*case.levels, lottery_value(case.lot, gemeenten).astype(np.int64)]
    best: tuple[list[int], Ints] | None = None
    for choice in product(range(-1, gemeenten), repeat=households):
        gemeente = np.array(choice)
        if not case.feasible(gemeente):
            continue
        linked = np.flatnonzero(gemeente >= 0)
        key = [int(value[linked, gemeente[linked]].sum()) for value in values]
        if best is None or key > best[0]:
            best = (key, gemeente)
    assert best is not None
    return best


@pytest.mark.parametrize("seed", range(60))
def test_every_level_and_the_lottery_equal_the_best_of_all_answers(seed: int) -> None:
    case = draw(seed)
    key, gemeente = best_of_all(case)
    answer = solve_levels(
        [Level(str(k), value) for k, value in enumerate(case.levels)],
        case.persons,
        case.opgave,
        case.admissible,
        case.resources,
        case.regions,
        lot=case.lot,
    )
    assert [level.value for level in answer.levels] == key
    assert [level.bound for level in answer.levels] == key
    assert answer.status is Status.PROVEN
    assert answer.gemeente.tolist() == gemeente.tolist()


@pytest.mark.parametrize("unlinked", [0.0, 0.7, -2.0])
@pytest.mark.parametrize("seed", range(100, 112))
def test_plain_value_equals_the_best_of_all_answers(seed: int, unlinked: float) -> None:
    case = draw(seed)
    benefit = np.random.default_rng(seed).normal(size=case.admissible.shape)
    best = -np.inf
    for choice in product(range(-1, case.opgave.size), repeat=case.persons.size):
        gemeente = np.array(choice)
        if case.feasible(gemeente):
            linked = np.flatnonzero(gemeente >= 0)
            links = float(benefit[linked, gemeente[linked]].sum())
            best = max(best, links + unlinked * (case.persons.size - linked.size))
    answer = assign(
        benefit,
        case.persons,
        case.opgave,
        case.admissible,
        case.resources,
        case.regions,
        unlinked_value=unlinked,
    )
    assert case.feasible(answer.gemeente)
    assert answer.value == pytest.approx(best, abs=1e-12)
    assert answer.bound >= best - 1e-12
    assert answer.status is Status.PROVEN
