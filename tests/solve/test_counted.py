"""Ceilings that count some persons only: against every answer there is, and certified."""

from itertools import product

import numpy as np
import numpy.typing as npt
import pytest

from optimizer.solve import Level, solve_levels
from optimizer.verify.bound.proof import Question, check_levels
from tests.solve.test_solve_brute_force import Case, draw

Ints = npt.NDArray[np.int64]


def feasible(case: Case, gemeente: Ints, region: Ints, ceiling: Ints, counted: Ints) -> bool:
    linked = np.flatnonzero(gemeente >= 0)
    to = gemeente[linked]
    load = np.bincount(to, weights=case.persons[linked], minlength=case.opgave.size)
    over = [counted[linked][region[to] == r].sum() > ceiling[r] for r in range(ceiling.size)]
    return bool(case.admissible[linked, to].all() and (load <= case.opgave).all() and not any(over))


@pytest.mark.parametrize("seed", range(40))
def test_who_does_not_count_goes_over_a_ceiling_and_nobody_else(seed: int) -> None:
    case, rng = draw(seed), np.random.default_rng([seed, 7])
    households, gemeenten = case.admissible.shape
    counted = np.where(rng.random(households) < 0.5, case.persons, 0)
    region: Ints = rng.integers(-1, 2, size=(gemeenten,))
    ceiling: Ints = rng.integers(0, 6, 2)
    best: list[int] = []
    for choice in product(range(-1, gemeenten), repeat=households):
        gemeente = np.array(choice)
        if feasible(case, gemeente, region, ceiling, counted):
            linked = np.flatnonzero(gemeente >= 0)
            best = max(best, [int(value[linked, gemeente[linked]].sum()) for value in case.levels])
    answer = solve_levels(
        [Level(str(k), value) for k, value in enumerate(case.levels)],
        case.persons,
        case.opgave,
        case.admissible,
        None,
        (region, ceiling),
        counted=counted,
        lot=case.lot,
        certify=True,
    )
    assert feasible(case, answer.gemeente, region, ceiling, counted)
    assert [level.value for level in answer.levels[:-1]] == best == [level.bound for level in answer.levels[:-1]]
    nothing = np.zeros((households, 0), np.int64), np.zeros((gemeenten, 0), np.int64)
    question = Question(
        case.levels, case.persons, case.opgave, case.admissible, *nothing, region, ceiling, counted=counted
    )
    certificates = [one.as_dict() for one in answer.certificates[: len(case.levels)]]
    verdicts = check_levels(question, answer.gemeente, certificates)
    assert not [verdict.faults for verdict in verdicts if verdict.faults]


def test_more_persons_than_a_household_has_cannot_count() -> None:
    with pytest.raises(ValueError, match="counted"):
        solve_levels([Level("x", np.ones((1, 1), np.int64))], [2], [2], regions=([0], [1]), counted=[3])
