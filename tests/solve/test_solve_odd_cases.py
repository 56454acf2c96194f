"""Small and odd problems are exact, and nonsense is refused."""

from itertools import product
from math import fsum

import numpy as np
import pytest

from optimizer.solve import Level, Status, assign, solve_levels


def test_no_household_is_a_proven_empty_answer() -> None:
    answer = assign(np.zeros((0, 3)), [], [1, 2, 3])
    assert answer.gemeente.shape == (0,)
    assert (answer.value, answer.bound, answer.gap, answer.status) == (0.0, 0.0, 0.0, Status.PROVEN)


def test_no_gemeente_leaves_everybody_unlinked() -> None:
    answer = assign(np.zeros((2, 0)), [1, 2], [])
    assert answer.gemeente.tolist() == [-1, -1]
    assert answer.status is Status.PROVEN


def test_one_gemeente_takes_the_most_persons_first() -> None:
    answer = assign([[9.0], [1.0], [1.0]], [3, 2, 2], [4])
    assert answer.gemeente.tolist() == [-1, 0, 0]
    assert answer.value == 2.0


def test_plain_value_may_leave_persons_unlinked() -> None:
    answer = assign([[9.0], [1.0], [1.0]], [3, 2, 2], [4], unlinked_value=0.0)
    assert answer.gemeente.tolist() == [0, -1, -1]
    assert answer.value == 9.0


def test_no_admissible_pair_leaves_everybody_unlinked() -> None:
    answer = assign(np.ones((2, 2)), [1, 1], [5, 5], admissible=np.zeros((2, 2), dtype=bool))
    assert answer.gemeente.tolist() == [-1, -1]
    assert answer.status is Status.PROVEN


def test_a_household_larger_than_any_opgave_stays_unlinked() -> None:
    assert assign(np.ones((2, 2)), [7, 2], [6, 2]).gemeente.tolist()[0] == -1


def test_identical_households_with_an_opgave_of_one_each_get_a_place() -> None:
    answer = assign(np.full((40, 30), 0.5), np.ones(40, dtype=int), np.ones(30, dtype=int))
    linked = answer.gemeente[answer.gemeente >= 0]
    assert sorted(linked.tolist()) == list(range(30))
    assert answer.value == pytest.approx(15.0)
    assert answer.status is Status.PROVEN


def test_negative_benefits_are_linked_only_when_persons_come_first() -> None:
    benefit = [[-1.0, -2.0]]
    assert assign(benefit, [1], [1, 1]).gemeente.tolist() == [0]
    assert assign(benefit, [1], [1, 1], unlinked_value=0.0).gemeente.tolist() == [-1]


@pytest.mark.parametrize("seed", range(25))
def test_benefits_of_a_milliard_and_a_milliardth_together_are_exact(seed: int) -> None:
    rng = np.random.default_rng(seed)
    benefit = np.where(rng.random((4, 3)) < 0.5, 1e9, 1e-9) * rng.integers(1, 4, (4, 3))
    persons, opgave = rng.integers(1, 3, 4), rng.integers(1, 4, 3)
    best = 0.0
    for choice in product(range(-1, 3), repeat=4):
        linked = [(h, g) for h, g in enumerate(choice) if g >= 0]
        load = np.zeros(3, dtype=int)
        for h, g in linked:
            load[g] += persons[h]
        if (load <= opgave).all():
            best = max(best, fsum(float(benefit[h, g]) for h, g in linked))
    assert assign(benefit, persons, opgave, unlinked_value=0.0).value == best


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"benefit": [[np.nan, 1.0]]}, "household 0, gemeente 0"),
        ({"benefit": [1.0, 2.0]}, "benefit must have shape"),
        ({"persons": [0]}, "persons must be at least 1"),
        ({"persons": [1, 1]}, "persons must have shape"),
        ({"persons": [1.5]}, "persons must hold whole numbers"),
        ({"opgave": [-1, 2]}, "opgave must be at least 0"),
        ({"admissible": [[True]]}, "admissible must be booleans of shape"),
        ({"admissible": [[1, 0]]}, "admissible must be booleans"),
        ({"resources": ([[1]], [[1]])}, "resources: capacity must have shape"),
        ({"regions": ([0, 3], [5])}, "region 3 has no ceiling"),
        ({"unlinked_value": np.inf}, "unlinked_value must be a finite number"),
        ({"lot": [1, 2]}, "lot must be 1 whole numbers"),
        ({"workers": 0}, "workers must be at least 1"),
        ({"gap": -0.1}, "gap must be a number"),
    ],
)
def test_nonsense_is_refused_in_a_clear_sentence(change: dict[str, object], sentence: str) -> None:
    arguments: dict[str, object] = {"benefit": [[1.0, 2.0]], "persons": [1], "opgave": [1, 1], **change}
    with pytest.raises(ValueError, match=sentence):
        assign(**arguments)  # type: ignore[arg-type]


def test_a_level_too_large_to_add_up_exactly_is_refused() -> None:
    level = Level("groot", np.array([[2**61], [2**61]]))
    with pytest.raises(ValueError, match="too large to add up exactly"):
        solve_levels([level], [1, 1], [2])


def test_solving_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one level"):
        solve_levels([], [1], [1])


def test_a_proven_answer_worth_nothing_has_no_gap() -> None:
    nothing = assign(np.ones((3, 2)), [5, 5, 5], [2, 2])
    unwanted = assign(-np.ones((2, 2)), [1, 1], [1, 1], unlinked_value=0.0)
    for answer in (nothing, unwanted):
        assert answer.status is Status.PROVEN
        assert answer.value == 0.0
        assert 0.0 <= answer.gap <= 1e-12


def test_a_resource_without_a_price_still_binds_and_the_answer_is_proven() -> None:
    use, capacity = np.array([[1, 1], [1, 2], [1, 1]]), np.array([[2, 2], [3, 3], [1, 3]])
    answer = assign(
        np.ones((3, 3)),
        [1, 2, 1],
        [4, 0, 4],
        resources=(use, capacity),
        regions=([1, 0, 1], [6, 4]),
        unlinked_value=0.0,
        lot=np.array([3, 9, 7], dtype=np.uint64),
    )
    assert answer.value == 3.0
    assert answer.status is Status.PROVEN
