"""The greedy answer respects every capacity and leaves nobody out who still fits."""

import numpy as np
import pytest

from optimizer.solve import Level, solve_levels
from optimizer.solve.bound.dual import no_prices
from optimizer.solve.problem.checks import checked_space
from optimizer.solve.run.budget import Budget
from optimizer.solve.whole.greedy import link_greedily


@pytest.mark.parametrize("seed", range(20))
def test_a_greedy_answer_is_feasible_and_no_single_link_can_be_added(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shape = (40, 9)
    persons = rng.integers(1, 6, shape[0])
    use = rng.integers(0, 3, (shape[0], 2))
    space = checked_space(
        shape,
        persons,
        rng.integers(0, 14, shape[1]),
        rng.random(shape) < 0.7,
        (use, rng.integers(0, 9, (shape[1], 2))),
        (rng.integers(-1, 3, shape[1]), rng.integers(0, 30, 3)),
    )
    value = rng.integers(-20, 100, shape)
    nobody = np.full(shape[0], -1)
    answer = link_greedily(space, value, no_prices(space), np.zeros(shape[1]), nobody, Budget())
    assert space.contains(answer)
    linked = answer >= 0
    assert linked.any()
    assert (value[linked, answer[linked]] > 0).all()
    for h, g in np.argwhere(space.allowed & (value > 0) & ~linked[:, None]):
        more = answer.copy()
        more[h] = g
        assert not space.contains(more)


def test_every_level_has_its_seconds() -> None:
    persons = np.array([2, 1])
    levels = [Level("personen", np.array([[2, 2], [1, 1]])), Level("kans", np.array([[5, 9], [4, 3]]))]
    answer = solve_levels(levels, persons, [2, 2])
    assert {level.name for level in answer.levels} <= set(answer.seconds)
