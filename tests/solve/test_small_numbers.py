"""HiGHS gets small numbers: without what every answer has, programs are the same and their bounds as true."""

from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy.optimize import milp

from optimizer.solve.bound.highs import beside_the_best, solve_counts, solve_whole
from optimizer.solve.bound.patterns import with_patterns
from optimizer.solve.bound.program import build
from optimizer.solve.problem.checks import checked_space
from optimizer.solve.problem.space import total


@pytest.mark.parametrize("seed", range(20))
def test_what_every_answer_has_is_taken_out_and_put_back(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(seed)
    persons = rng.integers(1, 4, 5)
    # A large worth that everybody has somewhere, and small differences.
    value = 4_000_000 + rng.integers(0, 9, (5, 3))
    ceilings = (rng.integers(-1, 2, 3), rng.integers(4, 9, 2)) if seed % 2 else None
    space = checked_space((5, 3), persons, rng.integers(3, 9, 3), rng.random((5, 3)) < 0.9, None, ceilings)
    space = space.replace(must_link=(rng.random(5) < 0.7) & space.allowed.any(axis=1))
    program = build(space, value, np.nonzero(space.allowed))  # type: ignore[arg-type]
    given: list[float] = []

    def listening(c: npt.NDArray[np.float64], **options: Any) -> object:
        given.append(float(np.abs(c[space.must_link[program.pair_h]]).max(initial=0.0)))
        return milp(c, **options)

    monkeypatch.setattr("optimizer.solve.bound.highs.milp", listening)
    found = solve_whole(space, program, 1.0)
    answers = [one for one in (np.array(c) for c in product(range(-1, 3), repeat=5)) if space.contains(one)]
    assert given[0] <= 8
    if not answers:
        assert found.gemeente is None
        assert found.bound == -np.inf
        return
    best = max(int(total(value, one)) for one in answers)
    assert found.gemeente is not None
    assert total(value, found.gemeente) == best
    assert best <= found.bound < best + 0.01
    # Columns of patterns come after the pairs, and are worth nothing.
    less, constant = beside_the_best(with_patterns(space, program)[0])
    assert (less[program.pair_h.size :] == 0).all()
    for one in answers:
        chosen = one[program.pair_h] == program.pair_g
        assert less[: program.pair_h.size] @ chosen + constant == total(value, one)


def test_kinds_of_household_count_as_often_as_there_are_of_them() -> None:
    space = checked_space((2, 2), [1, 2], [4, 3], None, None, None)
    space = space.replace(must_link=np.array([True, False]))
    value = np.array([[1_000_003, 1_000_001], [5, 9]])
    program = build(space, value, np.nonzero(space.allowed))  # type: ignore[arg-type]
    # Three singles that must be linked, two couples that may.
    program.high[:3], program.low[0] = (3, 2, 4), 3
    less, constant = beside_the_best(program)
    assert (less.tolist(), constant) == ([0, -2, 5, 9], 3 * 1_000_003)
    found = solve_counts(program, np.array([3.0, 3.0, 2.0, 2.0]), 1.0)
    # Seven places for seven persons: a couple to each, and of the singles one has to go to the second place.
    assert found.counts is not None
    assert found.counts.tolist() == [2, 1, 1, 1]
    assert found.bound == pytest.approx(3 * 1_000_003 - 2 + 5 + 9, abs=1e-3)
