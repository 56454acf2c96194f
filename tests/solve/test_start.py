"""A search that goes on from an earlier one gives the answer that a fresh search gives."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.solve import Level, LevelsAnswer, Status, solve_levels
from optimizer.solve.problem.start import Start

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def month(seed: int, households: int = 40, gemeenten: int = 9) -> tuple[list[Level], Ints, Ints]:
    rng = np.random.default_rng(seed)
    persons = rng.choice([1, 1, 1, 2, 3, 4], households)
    opgave = rng.multinomial(int(persons.sum() * 1.05), np.full(gemeenten, 1 / gemeenten))
    levels = [
        Level("personen", np.repeat(persons[:, None], gemeenten, axis=1)),
        Level("banen", (rng.random((households, gemeenten)) < 0.1).astype(np.int64)),
        Level("kans", rng.integers(0, 3_000, (households, gemeenten))),
    ]
    return levels, persons, opgave


def solved(seed: int, allowed: Bools, start: Start | None = None) -> LevelsAnswer:
    levels, persons, opgave = month(seed)
    lot = np.random.default_rng(seed + 1).permutation(persons.size).astype(np.uint64)
    return solve_levels(levels, persons, opgave, allowed, lot=lot, start=start)


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 300), pair=st.integers(0, 359), fixed=st.booleans())
def test_with_one_pair_fixed_or_forbidden_it_proves_the_same_answer(seed: int, pair: int, fixed: bool) -> None:
    every = np.ones((40, 9), dtype=np.bool_)
    first = solved(seed, every)
    allowed, (h, g) = every.copy(), divmod(pair, 9)
    if fixed:
        allowed[h] = np.arange(9) == g
    else:
        allowed[h, g] = False
    fresh, again = solved(seed, allowed), solved(seed, allowed, first.start)
    assert fresh.status is again.status is Status.PROVEN
    assert [(one.value, one.bound) for one in again.levels[:3]] == [(one.value, one.bound) for one in fresh.levels[:3]]
    if fresh.levels[3].status is again.levels[3].status is Status.PROVEN:
        assert again.gemeente.tolist() == fresh.gemeente.tolist()


def test_going_on_with_nothing_changed_takes_a_fraction_of_the_work() -> None:
    work = []
    for seed in range(4):
        levels, persons, opgave = month(seed, 100, 20)
        first = solve_levels(levels, persons, opgave)
        again = solve_levels(levels, persons, opgave, start=first.start)
        assert again.gemeente.tolist() == first.gemeente.tolist()
        work.append(again.work / first.work)
    assert np.median(work) < 0.3


def test_prices_that_are_nonsense_cannot_make_a_wrong_answer() -> None:
    every = np.ones((40, 9), dtype=np.bool_)
    first = solved(3, every)
    assert first.start is not None
    rng = np.random.default_rng(0)
    wild = [
        replace(one, opgave=rng.normal(0, 1e4, 9), households=rng.normal(0, 1e4, 40), weights=(5.0,) * len(one.weights))
        for one in first.start.levels
    ]
    crowded = Start(np.zeros(40, dtype=np.int64), tuple(wild))
    again = solved(3, every, crowded)
    assert again.status is Status.PROVEN
    assert again.gemeente.tolist() == first.gemeente.tolist()


def test_a_start_of_another_shape_is_refused() -> None:
    levels, persons, opgave = month(1)
    start = solve_levels(levels, persons, opgave).start
    assert start is not None
    with pytest.raises(ValueError, match="start must come from an answer"):
        solve_levels([Level(one.name, one.value[:-1]) for one in levels], persons[:-1], opgave, start=start)


def test_some_households_of_a_start_go_on_without_the_others() -> None:
    levels, persons, opgave = month(2)
    first = solve_levels(levels, persons, opgave)
    rows = np.arange(1, 40)
    assert first.start is not None
    left = [Level(level.name, level.value[rows]) for level in levels]
    room = opgave - np.bincount(first.gemeente[:1], weights=persons[:1], minlength=9).astype(np.int64)
    again = solve_levels(left, persons[rows], room, lot=rows.astype(np.uint64), start=first.start.rows(rows))
    assert again.status is Status.PROVEN
    assert again.levels[2].value == first.levels[2].value - levels[2].value[0, first.gemeente[0]]
