"""What is said to be proven is: large penalties, large numbers, short limits, and what ended a search."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from optimizer.solve import Level, Status, assign, solve_levels
from optimizer.solve.run import budget as budgets

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def plain_program(value: Floats, persons: Ints, opgave: Ints, linked: int | None = None) -> float:
    """Solve with HiGHS; ``linked`` asks for so many households."""
    h, g = np.nonzero(persons[:, None] <= opgave)
    rows = [np.equal.outer(np.arange(persons.size), h) * 1.0, np.equal.outer(np.arange(opgave.size), g) * persons[h]]
    matrix, high = np.concatenate(rows), np.concatenate([np.ones(persons.size), opgave])
    low = np.full(high.size, -np.inf)
    if linked is not None:
        matrix, low, high = np.vstack([matrix, np.ones(h.size)]), np.append(low, linked), np.append(high, np.inf)
    result = milp(
        -value[h, g],
        constraints=LinearConstraint(matrix, low, high),
        integrality=np.ones(h.size, dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    return -float(result.fun or 0.0)


def tight(seed: int) -> tuple[Floats, Ints, Ints]:
    rng = np.random.default_rng(seed)
    persons = rng.integers(1, 5, 22)
    opgave = np.floor(rng.dirichlet(np.full(5, 3.0)) * persons.sum() * rng.choice([0.8, 1.0, 1.1])).astype(np.int64)
    return rng.normal(0.6, 0.15, (22, 5)), persons, opgave


@pytest.mark.parametrize("penalty", [-1e8, -1e6, -1e5])
@settings(max_examples=12, deadline=None)  # each example solves three programs
@given(seed=st.integers(0, 10_000))
def test_a_penalty_that_outweighs_all_values_links_the_most_and_then_the_best(penalty: float, seed: int) -> None:
    value, persons, opgave = tight(seed)
    answer = assign(value, persons, opgave, unlinked_value=penalty)
    most = round(plain_program(np.ones_like(value), persons, opgave))
    linked = np.flatnonzero(answer.gemeente >= 0)
    assert answer.status is Status.PROVEN
    assert linked.size == most
    reached = float(value[linked, answer.gemeente[linked]].sum())
    assert reached == pytest.approx(plain_program(value, persons, opgave, most), abs=1e-7)
    assert answer.value == pytest.approx(reached + penalty * (22 - most), rel=1e-12)
    assert answer.bound >= answer.value
    assert answer.gap <= 1e-8


def test_priorities_of_a_thousand_million_are_exact() -> None:
    benefit = [
        [9e9, 8e9, 9e9 + 1, 8e9 + 2],
        [4e9 + 2, 3e9, 3e9, 5e9 + 2],
        [2, 9e9 + 1, 3e9, 1e9 + 1],
        [8e9 + 1, 6e9, 6e9, 2],
        [3e9 + 1, 3e9 + 1, 3e9 + 1, 1e9 + 1],
        [4e9, 7e9, 2e9 + 2, 2e9],
    ]
    answer = assign(benefit, [3, 2, 3, 1, 2, 2], [5, 5, 1, 3])
    assert (answer.value, answer.bound, answer.status) == (39000000007.0, 39000000007.0, Status.PROVEN)


def test_a_tiny_month_with_resources_is_proven() -> None:
    answer = assign(
        [[7, 4, 2], [9, 4, 3], [3, 6, 7]],
        [1, 2, 2],
        [3, 5, 3],
        admissible=np.array([[1, 1, 0], [0, 1, 1], [1, 1, 1]], bool),
        resources=([[1], [2], [2]], [[2], [2], [0]]),
    )
    assert (answer.value, answer.bound, answer.status, answer.ended) == (7.0, 7.0, Status.PROVEN, "proven")


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), alone=st.sampled_from([None, 0.0, -0.25, 0.5]))
def test_values_in_cents_are_exact_to_the_last_cent(seed: int, alone: float | None) -> None:
    value, persons, opgave = tight(seed)
    value = np.round(value, 2)
    answer = assign(value, persons, opgave, unlinked_value=alone)
    assert answer.status is Status.PROVEN
    assert answer.bound == pytest.approx(answer.value, abs=1e-12)
    if alone is not None:
        best = plain_program(value - alone, persons, opgave) + 22 * alone
        assert answer.value == pytest.approx(best, abs=1e-6)


@pytest.mark.parametrize(("households", "gemeenten"), [(300, 40), (20_000, 60)])
def test_an_answer_links_people_however_short_the_limit(households: int, gemeenten: int) -> None:
    rng = np.random.default_rng(1)
    persons = rng.integers(1, 6, households)
    opgave = np.full(gemeenten, int(persons.sum() * 1.1) // gemeenten)
    value = rng.random((households, gemeenten))
    one = assign(value, persons, opgave, unlinked_value=0.0, time_limit_s=1e-6)
    levels = [
        Level("personen", np.broadcast_to(persons[:, None], value.shape)),
        Level("x", np.round(9 * value).astype(int)),
    ]
    several = solve_levels(levels, persons, opgave, time_limit_s=1e-6)
    for answer in (one, several):
        linked = answer.gemeente >= 0
        load = np.bincount(answer.gemeente[linked], weights=persons[linked], minlength=gemeenten)
        assert (load <= opgave).all()
        assert persons[linked].sum() > 0.95 * persons.sum()
        assert (answer.ended, answer.status) in {("time_limit", Status.LIMIT), ("proven", Status.PROVEN)}
        assert not answer.reproducible
    assert one.bound >= one.value
    assert (one.gap <= 1e-8) == (one.status is Status.PROVEN)
    # A level that the clock left out of the space is not given up for a later one.
    assert [level.value for level in several.levels[:2]] == [
        int(level.value[several.gemeente >= 0, several.gemeente[several.gemeente >= 0]].sum()) for level in levels
    ]
    assert [level.bound == level.value for level in several.levels] == [
        level.status is Status.PROVEN for level in several.levels
    ]


def test_an_unproven_answer_says_which_budget_was_used(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    persons = rng.integers(2, 9, 150)
    opgave = rng.multinomial(int(persons.sum() * 0.9), np.full(30, 1 / 30))
    value = rng.normal(0.5, 0.2, (150, 30))
    assert assign(value, persons, opgave, unlinked_value=0.0, work_limit=60).ended == "work_limit"
    monkeypatch.setattr(budgets, "DEFAULT_STEPS", 60)
    short = assign(value, persons, opgave, unlinked_value=0.0)
    assert (short.status, short.ended, short.reproducible) == (Status.GAP, "default", True)
