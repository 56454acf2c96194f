"""Thin months: a place or two in a gemeente, so that the sizes that fit together are a short list."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from optimizer.solve import Level, Status, solve_levels
from optimizer.solve.bound.contest import open_contest
from optimizer.solve.bound.dual import no_prices, scan
from optimizer.solve.bound.highs import solve_whole
from optimizer.solve.bound.patterns import broken_rows, maximal_patterns, with_patterns
from optimizer.solve.bound.program import build
from optimizer.solve.bound.sharpen import sharpen
from optimizer.solve.problem.arrays import BoolArray, IntArray
from optimizer.solve.problem.checks import checked_space
from optimizer.solve.problem.sizes import is_thin
from optimizer.solve.problem.space import Kept, Space, total
from optimizer.solve.run.budget import Budget


def thin_month(
    seed: int, households: int, gemeenten: int, places: int = 4
) -> tuple[IntArray, IntArray, BoolArray, list[IntArray]]:
    """Draw persons, opgaven, allowed pairs and two levels: persons linked, and a benefit."""
    rng = np.random.default_rng(seed)
    persons = rng.choice([1, 1, 1, 2, 2, 3, 4, 5], size=households)
    opgave = rng.integers(0, places, gemeenten)
    opgave[0] = places + 3
    allowed = rng.random((households, gemeenten)) < 0.85
    linked = np.repeat(persons[:, None], gemeenten, axis=1)
    benefit = rng.integers(0, 60, gemeenten) + rng.integers(0, 200, (households, gemeenten))
    return persons, opgave, allowed, [linked, benefit]


def answers(persons: IntArray, opgave: IntArray, allowed: BoolArray) -> Iterator[IntArray]:
    """Every feasible answer."""
    households, gemeenten = allowed.shape
    for gemeente in product(range(-1, gemeenten), repeat=households):
        to = np.array(gemeente)
        inside = np.flatnonzero(to >= 0)
        load = np.bincount(to[inside], weights=persons[inside], minlength=gemeenten)
        if allowed[inside, to[inside]].all() and (load <= opgave).all():
            yield to


@pytest.mark.parametrize("places", range(1, 9))
def test_patterns_are_all_that_fit_and_leave_no_room(places: int) -> None:
    sizes, number = (1, 2, 3, 5), (2, 3, 1, 1)
    found = {tuple(row) for row in maximal_patterns(places, sizes, number).tolist()}
    fits = {taken for taken in product(*(range(n + 1) for n in number)) if np.dot(taken, sizes) <= places}
    most = {a for a in fits if not any(a != b and all(x <= y for x, y in zip(a, b, strict=True)) for b in fits)}
    assert found == most


@pytest.mark.parametrize("seed", range(12))
def test_levels_equal_all_answers_counted(seed: int) -> None:
    persons, opgave, allowed, levels = thin_month(seed, 6, 4, places=3)
    best = max(tuple(int(total(level, one)) for level in levels) for one in answers(persons, opgave, allowed))
    found = solve_levels([Level("personen", levels[0]), Level("kans", levels[1])], persons, opgave, allowed)
    assert tuple(level.value for level in found.levels[:2]) == best
    assert found.status is Status.PROVEN


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("face", ["row", "full"])
def test_sharpened_bound_is_true_and_near(seed: int, face: str) -> None:
    """Over all answers that keep the persons, by a row or by what must be full, none exceeds the sharpened bound."""
    persons, opgave, allowed, levels = thin_month(100 + seed, 6, 4, places=3)
    space = checked_space(allowed.shape, persons, opgave, allowed, None, None)
    every = list(answers(persons, opgave, allowed))
    most = max(int(total(levels[0], one)) for one in every)
    space = space.replace(kept=(Kept(levels[0], float(most), np.zeros(persons.size), 1.0),))
    if face == "full":
        reached = next(one for one in every if total(levels[0], one) == most)
        space = space.replace(kept=(), full=space.load(reached) == space.opgave)
    inside = [one for one in every if space.contains(one)]
    best = max(inside, key=lambda one: total(levels[1], one))
    value = float(total(levels[1], best))
    zero = no_prices(space)
    contest = open_contest(space, levels[1], zero, scan(space, levels[1], zero).best, np.ones(4, dtype=np.bool_))
    sharp = sharpen(space, levels[1], contest, inside[0], Budget.of(10**6, None, None), value)
    assert value <= sharp.bound <= contest.bound
    # The relaxation of the same program without patterns is no nearer.
    plain = relaxed_value(space, levels[1])
    assert sharp.bound <= plain + 1e-3 * abs(plain)


def relaxed_value(space: Space, value: IntArray) -> float:
    """Optimum of (6) with the kept rows, by HiGHS."""
    h, g = np.nonzero(space.allowed & (space.persons[:, None] <= space.opgave))
    program = build(space, value, (h, g))
    result = milp(
        -program.objective,
        constraints=LinearConstraint(program.matrix, program.low, program.high),
        bounds=Bounds(0, 1),
    )
    assert result.fun is not None
    return -float(result.fun)


@pytest.mark.parametrize("seed", range(10))
def test_patterns_leave_the_best_answer_and_bring_the_relaxation_nearer(seed: int) -> None:
    persons, opgave, allowed, levels = thin_month(200 + seed, 14, 8, places=6)
    space = checked_space(allowed.shape, persons, opgave, allowed, None, None)
    h, g = np.nonzero(space.allowed & (space.persons[:, None] <= space.opgave))
    program = build(space, levels[1], (h, g))
    patterned, lines = with_patterns(space, program)
    assert patterned.matrix.shape[1] > program.matrix.shape[1]
    plain, thin = solve_whole(space, program, 1.0), solve_whole(space, patterned, 1.0)
    assert plain.gemeente is not None
    assert thin.gemeente is not None
    assert total(levels[1], plain.gemeente) == total(levels[1], thin.gemeente)
    assert space.contains(thin.gemeente)
    # Whole answers break no row of the matroids.
    mine = np.zeros(patterned.matrix.shape[1])
    mine[: h.size] = thin.gemeente[h] == g
    for line in lines:
        taken = int(mine[line.pairs].sum())
        assert line.taken.max() >= taken
    relaxed = milp(
        -patterned.objective,
        constraints=LinearConstraint(patterned.matrix, patterned.low, patterned.high),
        bounds=Bounds(0, 1),
    )
    assert relaxed.fun is not None
    assert relaxed.x is not None
    assert -relaxed.fun <= relaxed_value(space, levels[1]) + 1e-6
    for columns, data in broken_rows(lines, relaxed.x):
        assert data @ relaxed.x[columns] > 0


def by_highs(levels: list[IntArray], persons: IntArray, opgave: IntArray, allowed: BoolArray) -> list[int]:
    """Level by level on all pairs, as a textbook would write it."""
    h, g = np.nonzero(allowed & (persons[:, None] <= opgave))
    one = np.ones(h.size)
    rows: list[Any] = [
        sparse.coo_array((one, (h, np.arange(h.size))), shape=(persons.size, h.size)),
        sparse.coo_array((persons[h].astype(float), (g, np.arange(h.size))), shape=(opgave.size, h.size)),
    ]
    low, high = np.full(persons.size + opgave.size, -np.inf), np.concatenate([np.ones(persons.size), opgave])
    out: list[int] = []
    for level in levels:
        own = level[h, g].astype(float)
        result = milp(
            -own,
            constraints=LinearConstraint(sparse.vstack(rows, format="csr"), low, high),
            integrality=np.ones(h.size, dtype=np.int64),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0.0},
        )
        assert result.x is not None
        out.append(int(own[result.x > 0.5].sum()))
        rows.append(sparse.csr_array(own[None, :]))
        low, high = np.append(low, out[-1] - 0.5), np.append(high, np.inf)
    return out


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_thin_month_is_proven_and_equals_highs(seed: int) -> None:
    persons, opgave, allowed, levels = thin_month(300 + seed, 60, 40)
    rng = np.random.default_rng(seed)
    soft = rng.integers(0, 4, allowed.shape)
    space = checked_space(allowed.shape, persons, opgave, allowed, None, None)
    assert is_thin(space)
    names = ["personen", "kans", "zacht"]
    every = [*levels, soft]
    found = solve_levels([Level(n, v) for n, v in zip(names, every, strict=True)], persons, opgave, allowed)
    assert found.status is Status.PROVEN
    assert [level.value for level in found.levels[:3]] == by_highs(every, persons, opgave, allowed)
