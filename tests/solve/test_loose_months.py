"""Loose months: few gemeenten are full, earlier levels are kept by a row, and every level is proven all the same."""

import numpy as np
import numpy.typing as npt
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from optimizer.solve import Level, Status, solve_levels
from optimizer.solve.bound.contest import lower_contest, open_contest
from optimizer.solve.bound.dual import no_prices
from optimizer.solve.bound.highs import solve_whole
from optimizer.solve.bound.program import build
from optimizer.solve.problem.checks import checked_space
from optimizer.solve.problem.sides import all_sides
from optimizer.solve.problem.space import Kept, total
from optimizer.solve.prove.cuts import solve_by_cuts
from optimizer.solve.prove.widening import present
from optimizer.solve.run.budget import Budget

Ints = npt.NDArray[np.int64]


def loose(seed: int, households: int = 70, gemeenten: int = 16) -> tuple[list[Level], Ints, Ints]:
    """Draw a month with room in most gemeenten: everybody wants the same few."""
    rng = np.random.default_rng(seed)
    persons = rng.choice([1, 1, 1, 2, 3, 4], households)
    wanted = np.sort(rng.integers(0, 300, gemeenten))[::-1]
    work = 5_000 + wanted[None, :] + rng.integers(0, 60, (households, gemeenten))
    soft = rng.integers(0, 40, (households, gemeenten))
    opgave = np.where(np.arange(gemeenten) < 5, 9, int(persons.sum()))
    return [Level("kans", work), Level("zacht", soft)], persons, opgave


def by_highs(levels: list[Level], persons: Ints, opgave: Ints) -> list[int]:
    """Solve level after level as one plain program each."""
    households, gemeenten = levels[0].value.shape
    h, g = (axis.ravel() for axis in np.indices((households, gemeenten)))
    rows = [np.equal.outer(np.arange(households), h), np.equal.outer(np.arange(gemeenten), g) * persons[h]]
    matrix = np.concatenate(rows).astype(float)
    low = np.full(matrix.shape[0], -np.inf)
    high = np.concatenate([np.ones(households), opgave]).astype(float)
    reached: list[int] = []
    for level in levels:
        result = milp(
            -level.value.ravel().astype(float),
            constraints=LinearConstraint(matrix, low, high),
            integrality=np.ones(h.size, dtype=np.int64),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0.0},
        )
        reached.append(round(-float(result.fun or 0.0)))
        matrix = np.vstack([matrix, level.value.ravel()])
        low, high = np.append(low, reached[-1] - 0.5), np.append(high, np.inf)
    return reached


@pytest.mark.parametrize("seed", range(4))
def test_levels_of_a_loose_month_reach_what_plain_programs_reach(seed: int) -> None:
    levels, persons, opgave = loose(seed)
    answer = solve_levels(levels, persons, opgave)
    assert answer.status is Status.PROVEN
    assert [level.value for level in answer.levels[:2]] == by_highs(levels, persons, opgave)
    assert [level.bound for level in answer.levels[:2]] == [level.value for level in answer.levels[:2]]


def test_the_lottery_of_a_loose_month_is_proven_and_independent_of_rows_and_workers() -> None:
    levels, persons, opgave = loose(7)
    lot = np.random.default_rng(3).permutation(persons.size).astype(np.uint64)
    answer = solve_levels(levels, persons, opgave, lot=lot)
    assert answer.levels[-1].status is Status.PROVEN
    order = np.random.default_rng(4).permutation(persons.size)
    moved = [Level(level.name, level.value[order]) for level in levels]
    other = solve_levels(moved, persons[order], opgave, lot=lot[order], workers=2)
    assert (other.gemeente == answer.gemeente[order]).all()


@pytest.mark.parametrize("seed", range(5))
def test_cuts_give_the_same_optimum_as_a_plain_program_whatever_the_start(seed: int) -> None:
    levels, persons, opgave = loose(seed, 25, 6)
    value = levels[0].value
    space = checked_space(value.shape, persons, opgave, None, None, None)
    h, g = np.nonzero(space.allowed)
    program = build(space, value, (h, g))
    expected = by_highs(levels[:1], persons, opgave)[0]
    nowhere = np.zeros(h.size, dtype=np.bool_)
    everywhere = np.ones(h.size, dtype=np.bool_)  # breaks every row: an answer that is none must not harm
    for mine in (nowhere, everywhere):
        found = solve_by_cuts(space, program, 1.0, mine, 1_000, None)
        assert found.complete
        assert found.gemeente is not None
        assert space.contains(found.gemeente)
        assert total(value, found.gemeente) == expected
        assert expected <= found.bound < expected + 1


def test_a_kept_level_is_a_row_of_small_whole_numbers_that_holds_exactly_for_the_answers_that_keep_it() -> None:
    levels, persons, opgave = loose(1, 12, 4)
    value = levels[0].value
    space = checked_space(value.shape, persons, opgave, None, None, None)
    everybody = np.ones(persons.size, dtype=np.bool_)
    rng = np.random.default_rng(0)
    answers = rng.integers(0, 4, (200, persons.size))
    floor = int(np.median([total(value, answer) for answer in answers]))
    kept = Kept(value, float(floor), np.zeros(persons.size), 1.0)
    h, g = np.nonzero(space.allowed)
    pairs = h.astype(np.int64), g.astype(np.int64)
    program = build(space.replace(must_link=everybody, kept=(kept,)), levels[1].value, pairs)
    row = program.matrix.toarray()[-1]
    assert np.abs(row).max() < 1_000
    for answer in answers:
        chosen = (answer[program.pair_h] == program.pair_g).astype(float)
        assert (row @ chosen >= program.low[-1]) == (total(value, answer) >= floor)


def test_an_answer_whose_pair_was_dropped_starts_from_the_pair_that_took_its_place() -> None:
    levels, persons, _ = loose(2, 6, 5)
    space = checked_space(levels[0].value.shape, persons, np.full(5, 99), None, None, None)
    contested = np.array([True, False, False, False, False])
    h, g = np.arange(6), np.array([0, 1, 1, 1, 2, 3])
    mine = present(space, contested, h, g, np.array([0, 1, 4, 0, 2, -1]))
    assert mine.tolist() == [True, True, True, True, True, False]


@pytest.mark.parametrize("seed", range(6))
def test_prices_that_stay_above_what_is_free_elsewhere_bound_every_answer(seed: int) -> None:
    levels, persons, opgave = loose(seed, 40, 10)
    value = levels[0].value
    space = checked_space(value.shape, persons, opgave, None, None, None)
    contested = opgave < 10
    h, g = np.nonzero(space.allowed)
    best = total(value, np.asarray(solve_whole(space, build(space, value, (h, g)), 1.0).gemeente))
    start = open_contest(space, value, no_prices(space), value.max(axis=1).astype(float), contested)
    lowered = lower_contest(start, float(best), Budget())
    assert best <= lowered.bound < start.bound
    assert (lowered.price >= value[:, ~contested].max(axis=1)).all()
    assert all_sides(space, value, lowered.pairs).own.size == h.size
