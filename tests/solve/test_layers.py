"""Ceilings and nested capacities are a flow: the same optimum as the linear program, with prices that prove it."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from optimizer.solve import Status, assign
from optimizer.solve.bound.dual import scan
from optimizer.solve.bound.layers import is_layered, relax_by_layers
from optimizer.solve.bound.program import build
from optimizer.solve.problem.checks import checked_space
from optimizer.solve.problem.space import Space

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def month(seed: int, nested: bool) -> tuple[Space, Ints]:
    """Draw a month with ceilings, or with a part of each opgave for households without a ground."""
    rng = np.random.default_rng(seed)
    persons = rng.integers(1, 6, 30)
    opgave = rng.multinomial(int(persons.sum() * rng.choice([0.8, 1.05, 1.5])), np.full(8, 1 / 8))
    use = np.where(rng.random(30) < 0.7, persons, 0)[:, None]
    part = np.floor(opgave * rng.uniform(0.4, 0.9, 8)).astype(np.int64)[:, None]
    region = rng.integers(-1, 3, 8)
    ceiling = np.array([int(opgave[region == r].sum() * 0.8) for r in range(3)])
    sides = ((use, part), None) if nested else (None, (region, ceiling))
    value = rng.integers(0, 1_000, (30, 8))
    return checked_space(value.shape, persons, opgave, rng.random(value.shape) < 0.8, *sides), value


@pytest.mark.parametrize("nested", [False, True])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_flow_in_layers_is_the_linear_relaxation_and_its_prices_prove_it(nested: bool, seed: int) -> None:
    space, value = month(seed, nested)
    assert is_layered(space)
    h, g = np.nonzero(space.allowed)
    program = build(space, value, (h, g))
    relaxed = relax_by_layers(space, program)
    assert relaxed is not None
    finite = np.isfinite(program.high)
    rows = program.matrix[finite].toarray()
    reference = linprog(-program.objective, A_ub=rows, b_ub=program.high[finite], bounds=(0, None))
    assert reference.fun is not None
    assert relaxed.objective == pytest.approx(-reference.fun, abs=1e-6)
    assert scan(space, value, relaxed.duals).bound == pytest.approx(-reference.fun, abs=1e-4)
    assert (relaxed.duals.region >= 0).all()
    assert (relaxed.duals.resource >= 0).all()


def test_a_resource_that_is_no_part_of_the_persons_is_no_layer() -> None:
    space = checked_space((2, 2), [2, 3], [5, 5], None, (np.array([[1], [3]]), np.array([[3], [3]])), None)
    assert not is_layered(space)


def test_households_without_a_ground_leave_the_part_that_is_kept_for_others() -> None:
    # Ten places, of which four for households without a ground: two of the three couples without a ground fit.
    answer = assign(
        np.ones((4, 1)),
        [2, 2, 2, 4],
        [10],
        resources=(np.array([[2], [2], [2], [0]]), np.array([[4]])),
    )
    assert answer.status is Status.PROVEN
    assert (answer.gemeente[:3] >= 0).sum() == 2
    assert answer.gemeente[3] == 0
