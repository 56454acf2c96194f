"""The instances of the benchmarks: seeded, of the promised form, and judged by a check that sees every rule."""

import numpy as np
import pytest

from benchmarks.check import faults, over_opgave, values
from benchmarks.draw import HELD_OUT_SEEDS, TUNING_SEEDS, Shape, draw, nearest_gemeenten
from benchmarks.problem import Problem
from geodata.distance import matrix

SMALL = Shape(200, 40, 1.05)


def test_a_seed_decides_an_instance_and_another_seed_gives_another() -> None:
    one, same, other = draw(SMALL, 10), draw(SMALL, 10), draw(SMALL, 11)
    for name in ("persons", "opgave", "admissible"):
        assert (getattr(one, name) == getattr(same, name)).all()
    assert (one.levels[0] == same.levels[0]).all()
    assert not (one.levels[0] == other.levels[0]).all()


def test_tuning_and_held_out_seeds_are_apart() -> None:
    assert not set(TUNING_SEEDS) & set(HELD_OUT_SEEDS)


def test_opgaven_add_up_to_the_ratio_and_households_have_one_to_nine_persons() -> None:
    problem = draw(SMALL, 10)
    assert problem.opgave.sum() == round(problem.persons.sum() * 1.05)
    assert problem.persons.min() >= 1
    assert problem.persons.max() <= 9


def test_a_household_with_a_ground_stays_within_fifty_km_of_some_gemeente() -> None:
    # Few of the gemeenten nearest to Utrecht lie apart, so the whole country shows the circles better.
    problem = draw(Shape(2000, 342, 1.05), 10)
    bound = np.flatnonzero(~problem.admissible.all(axis=1))
    assert 0.17 < bound.size / 2000 < 0.25
    reach = matrix() <= 50
    for h in bound.tolist():
        assert problem.admissible[h].any()
        assert (problem.admissible[h] <= reach).all(axis=1).any()


def test_a_regional_month_is_drawn_on_neighbours() -> None:
    rows = nearest_gemeenten(68)
    assert rows.size == 68
    assert matrix()[np.ix_(rows, rows)].max() < 130


def test_identical_households_come_in_as_many_kinds_as_asked() -> None:
    problem = draw(Shape(300, 40, 1.05, kinds=7), 10)
    assert len(np.unique(problem.levels[0], axis=0)) == 7


def variants() -> list[tuple[Problem, np.ndarray[tuple[int], np.dtype[np.int64]], str]]:
    """Answers that break exactly one rule each."""
    flat = np.array([[1.0, 2.0], [3.0, 4.0]])
    problem = Problem((flat,), ("value",), np.array([2, 1]), np.array([3, 3]), np.array([[True, True], [False, True]]))
    use, one = np.ones((2, 1), dtype=np.int64), np.ones((2, 1), dtype=np.int64)
    region = (np.array([0, 0]), np.array([2]))
    return [
        (problem, np.array([-1, 0]), "a pair that is not admissible"),
        (
            Problem((flat,), ("value",), problem.persons, np.array([3, 2]), problem.admissible),
            np.array([1, 1]),
            "1 pers",
        ),
        (
            Problem((flat,), ("value",), problem.persons, problem.opgave, problem.admissible, resources=(use, one)),
            np.array([1, 1]),
            "1 units over a resource",
        ),
        (
            Problem((flat,), ("value",), problem.persons, problem.opgave, problem.admissible, regions=region),
            np.array([0, 1]),
            "1 persons over a ceiling",
        ),
    ]


@pytest.mark.parametrize(("problem", "gemeente", "fault"), variants())
def test_the_check_sees_each_rule_broken_and_the_empty_answer_breaks_none(
    problem: Problem, gemeente: np.ndarray[tuple[int], np.dtype[np.int64]], fault: str
) -> None:
    found = faults(problem, gemeente)
    assert len(found) == 1
    assert found[0].startswith(fault)
    assert faults(problem, np.array([-1, -1])) == []
    assert over_opgave(problem, np.array([-1, -1])) == 0


def test_the_check_counts_the_value_itself() -> None:
    problem = variants()[0][0]
    assert values(problem, np.array([1, -1])) == [2.0]
