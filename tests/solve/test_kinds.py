"""Identical households: counted instead of named, with the same answers as a plain program."""

import numpy as np
import numpy.typing as npt
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from optimizer.solve import Status, assign
from optimizer.solve.prove.kinds import hand_out

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def alike(seed: int) -> tuple[Floats, Ints, Ints, Ints, Ints]:
    """Draw 40 households of five kinds, and a capacity of large dwellings."""
    rng = np.random.default_rng(seed)
    kind = rng.integers(0, 5, 40)
    persons = rng.integers(1, 5, 5)[kind]
    value = rng.random((5, 6))[kind]
    opgave = rng.multinomial(int(persons.sum() * 1.02), np.full(6, 1 / 6))
    use = (persons > 2).astype(np.int64)[:, None]
    return value, persons, opgave, use, rng.integers(0, 6, (6, 1))


def by_highs(value: Floats, persons: Ints, opgave: Ints, use: Ints, capacity: Ints) -> float:
    households, gemeenten = value.shape
    h, g = (axis.ravel() for axis in np.indices(value.shape))
    rows = [
        np.equal.outer(np.arange(households), h) * 1.0,
        np.equal.outer(np.arange(gemeenten), g) * persons[h],
        np.equal.outer(np.arange(gemeenten), g) * use[h, 0],
    ]
    high = np.concatenate([np.ones(households), opgave, capacity[:, 0]])
    result = milp(
        -value.ravel(),
        constraints=LinearConstraint(np.concatenate(rows), -np.inf, high),
        integrality=np.ones(h.size, dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    return -float(result.fun or 0.0)


@pytest.mark.parametrize("seed", range(5))
def test_kinds_of_households_give_the_optimum(seed: int) -> None:
    value, persons, opgave, use, capacity = alike(seed)
    answer = assign(value, persons, opgave, resources=(use, capacity), unlinked_value=0.0)
    best = by_highs(value, persons, opgave, use, capacity)
    assert answer.status is Status.PROVEN
    assert answer.value == pytest.approx(best, abs=1e-7)
    linked = np.flatnonzero(answer.gemeente >= 0)
    to = answer.gemeente[linked]
    assert (np.bincount(to, weights=persons[linked], minlength=6) <= opgave).all()
    assert (np.bincount(to, weights=use[linked, 0], minlength=6) <= capacity[:, 0]).all()


def test_persons_first_and_the_lottery_hold_for_kinds_too() -> None:
    value, persons, opgave, _, _ = alike(1)
    lot = np.random.default_rng(5).permutation(persons.size).astype(np.uint64)
    answer = assign(value, persons, opgave, lot=lot)
    order = np.random.default_rng(6).permutation(persons.size)
    moved = assign(value[order], persons[order], opgave, lot=lot[order], workers=2)
    assert answer.status is Status.PROVEN
    assert (moved.gemeente == answer.gemeente[order]).all()


def test_places_of_a_kind_go_to_its_households_in_order() -> None:
    kind = np.array([1, 0, 1, 1, 0])
    k, g = np.array([0, 1, 1]), np.array([2, 0, 3])
    assert hand_out(kind, k, g, np.array([1, 1, 1])).tolist() == [0, 2, 3, -1, -1]
