"""A certificate in parts: whole prices, bounds (7) and (10) on a face, and what they exclude, for every answer."""

from dataclasses import replace
from itertools import product
from math import log2

import numpy as np
import numpy.typing as npt
import pytest

from optimizer.solve.bound.dual import Duals, scan
from optimizer.solve.bound.relaxation import Relaxation
from optimizer.solve.problem.certificate import View
from optimizer.solve.problem.goal import Goal
from optimizer.solve.problem.space import Space, total
from optimizer.solve.prove.certify import (
    Earlier,
    Face,
    adds_up,
    best_of,
    bound_of,
    by_households,
    heavier,
    in_rows,
    is_no_better,
    narrow_by_households,
    narrow_by_places,
    rounded,
    scale_at,
    scale_for,
    seven,
    tenth,
    weights_of,
    whole_prices,
    worth_of,
)
from optimizer.solve.run.budget import Budget
from optimizer.solve.whole.state import State
from tests.solve.test_contest import month, some_prices

Ints = npt.NDArray[np.int64]


def on_a_face(seed: int) -> tuple[Space, Goal, Face, list[Earlier], View, list[Ints]]:
    """Draw a month, the answers that earlier certificates leave of it, and prices in whole numbers."""
    space, value, _ = month(seed)
    rng = np.random.default_rng(seed + 90)
    level = space.kept[0].value
    space = space.replace(kept=(), must_link=np.zeros(5, dtype=np.bool_), full=np.zeros(3, dtype=np.bool_))
    every = [np.array(one, dtype=np.int64) for one in product(range(-1, 3), repeat=5)]
    fits = [one for one in every if space.contains(one)]
    one = fits[int(rng.integers(len(fits)))]
    rest = space.opgave - space.load(one)
    face = Face(
        space.allowed & ((one[:, None] == np.arange(3)) | (rng.random((5, 3)) < 0.8)),
        (one >= 0) & (rng.random(5) < 0.4),
        (rest == 0) & (rng.random(3) < 0.6),
    )
    reached = int(total(level, one)) - int(rng.integers(0, 2))
    earlier = [Earlier(level, reached, np.zeros(5), 1.0)]
    left = space.replace(allowed=face.allowed, must_link=face.must, full=face.full)
    answers = [one for one in fits if left.contains(one) and total(level, one) >= reached]
    view = View(
        8,
        np.where(face.full, rng.integers(-30, 40, 3), rng.integers(0, 40, 3)),
        rng.integers(0, 9, space.ceiling.size),
        rng.integers(0, 9, space.capacity.shape),
        (int(rng.integers(0, 20)),),
    )
    return space, Goal("a", value), face, earlier, view, answers


def copied(face: Face) -> Face:
    return Face(face.allowed.copy(), face.must.copy(), face.full.copy())


def holds(face: Face, space: Space, answer: Ints) -> bool:
    linked = np.flatnonzero(answer >= 0)
    full = space.load(answer)[face.full] == space.opgave[face.full]
    return bool(face.allowed[linked, answer[linked]].all() and (answer[face.must] >= 0).all() and full.all())


@pytest.mark.parametrize("seed", range(20))
def test_the_bound_of_places_holds_for_every_answer_and_excludes_none_that_reaches_the_level(seed: int) -> None:
    space, goal, face, earlier, view, answers = on_a_face(seed)
    worth, constant = worth_of(space, goal, view, face, earlier)
    for h, g in np.argwhere(face.allowed).tolist():
        paid = space.counted[h] * view.region[space.region[g]] if space.region[g] >= 0 else 0
        paid += sum(space.use[h, k] * view.resource[g, k] for k in range(2))
        assert worth[h, g] == 8 * goal.value[h, g] + view.weights[0] * earlier[0].value[h, g] - paid
    bound = seven(space, face, worth, constant, view)
    by_hand = constant + float(view.place @ space.opgave)
    for h in range(5):
        terms = [] if face.must[h] else [0.0]
        terms += [worth[h, g] - space.persons[h] * view.place[g] for g in np.flatnonzero(face.allowed[h])]
        by_hand += max(terms)
        assert best_of(space, face, worth, view)[h] == max(terms)
    assert bound == by_hand
    for answer in answers:
        assert view.scale * total(goal.value, answer) <= bound
    for target in sorted({int(total(goal.value, one)) for one in answers})[-3:]:
        narrow = copied(face)
        narrow_by_places(space, narrow, worth, view, bound - view.scale * target)
        for answer in answers:
            if total(goal.value, answer) >= target:
                assert holds(narrow, space, answer)
        assert not (narrow.allowed & ~face.allowed).any()
        assert not (face.must & ~narrow.must).any()
        assert not (face.full & ~narrow.full).any()
    closed = copied(face)
    narrow_by_places(space, closed, worth, view, -1)
    assert not closed.allowed.any()


@pytest.mark.parametrize("seed", range(20))
def test_the_bound_of_households_holds_for_every_answer_and_excludes_none_that_reaches_the_level(seed: int) -> None:
    space, goal, face, earlier, view, answers = on_a_face(seed)
    worth, constant = worth_of(space, goal, view, face, earlier)
    budget = Budget()
    best = max(int(total(goal.value, one)) for one in answers)
    start = np.random.default_rng(seed).normal(20, 30, 5)
    ten = tenth(space, face, worth, constant, start, view.scale * (best + 1) - 1, budget)
    assert budget.work > 0
    assert (ten.price == np.round(ten.price)).all()
    assert (ten.price[~face.must] >= 0).all()
    by_hand = float(ten.price.sum()) + constant
    for g in range(3):
        sets = [[h for h in range(5) if chosen >> h & 1] for chosen in range(32)]
        by_hand += max(
            float(sum(worth[h, g] - ten.price[h] for h in rows))
            for rows in sets
            if face.allowed[rows, g].all() and space.persons[rows].sum() <= space.opgave[g]
        )
    assert ten.total == by_hand
    assert ten.total >= view.scale * best
    narrow = copied(face)
    narrow_by_households(narrow, ten, ten.total - view.scale * best)
    for answer in answers:
        if total(goal.value, answer) == best:
            linked = np.flatnonzero(answer >= 0)
            assert narrow.allowed[linked, answer[linked]].all()
            assert (answer[narrow.must] >= 0).all()
    told = by_households(view, ten)
    assert told.households is not None
    assert told.households.tolist() == ten.price.tolist()
    assert not told.place.any()
    assert (told.scale, told.weights) == (view.scale, view.weights)


def test_prices_become_whole_and_lie_below_nothing_only_where_a_gemeente_must_be_full() -> None:
    space, _, _ = month(1)
    space = space.replace(region=np.array([0, -1, 1]))
    face = Face(space.allowed, np.zeros(5, dtype=np.bool_), np.array([True, False, False]))
    duals = Duals(
        np.array([-0.3, -0.3, 1.26]),
        np.array([0.5, 9.0, -0.2]),
        np.array([[0.1, -1.0], [0.0, 2.0], [0.24, 0.26]]),
        np.zeros(1),
        0.0,
    )
    view = whole_prices(space, duals, face, 10, (3,))
    assert view.place.tolist() == [-3, 0, 13]
    assert view.region.tolist() == [5, 0]
    assert view.resource.tolist() == [[1, 0], [0, 20], [2, 3]]
    assert (view.scale, view.weights, view.households) == (10, (3,), None)


def test_prices_of_households_are_whole_and_small_enough_to_add_up() -> None:
    face = Face(np.ones((3, 1), dtype=np.bool_), np.array([True, False, False]), np.zeros(1, dtype=np.bool_))
    assert rounded(np.array([-2.6, -2.6, 1e30]), face).tolist() == [-3.0, 0.0, float(round(2.0**47 / 3))]


@pytest.mark.parametrize("seed", range(8))
def test_the_scale_is_the_largest_power_of_two_with_which_sums_stay_exact(seed: int) -> None:
    space, value, _ = month(seed)
    for times in (1, 10**6, 10**11):
        goal = Goal("a", value * times)
        duals = some_prices(space, seed)
        relaxation = Relaxation(duals, scan(space, goal.value, duals), None, np.zeros(0))
        state = State(np.full(5, -1), 0, 1.0, relaxation, kept=(0,))
        earlier = [Earlier(space.kept[0].value, 0, np.zeros(5), 1.0)]
        scale = scale_for(space, goal, state, earlier)
        assert scale == scale_at(space, goal, state, duals, earlier)
        assert scale == 2**20 or scale >= 1
        assert log2(scale) == int(log2(scale))
        # Every household at its largest, and all that places, ceilings and resources are worth, stay far below 2**53.
        largest = float(np.abs(goal.value).max()) + float(duals.weight[0] * space.kept[0].value.max())
        largest += 3 * float((duals.opgave + duals.region).max(initial=0.0)) + 2 * 2 * float(
            duals.resource.max(initial=0.0)
        )
        assert 5 * largest * scale < 2.0**50
        if scale < 2**20:
            assert 5 * largest * scale > 2.0**38
    assert weights_of(state, duals, earlier, 4) == (round(4 * float(duals.weight[0])),)
    assert weights_of(replace(state, kept=()), duals, earlier, 4) == (0,)


def test_a_level_that_a_row_keeps_weighs_four_times_what_this_level_may_gain_for_each_unit_of_its_gap() -> None:
    space, value, _ = month(2)
    duals = some_prices(space, 2)
    relaxation = Relaxation(duals, scan(space, value, duals), None, np.zeros(0))
    state = State(np.full(5, -1), 0, 1.0, relaxation, kept=(1,))
    level = np.full((5, 3), 2)
    earlier = [Earlier(level, 0, np.zeros(5), 5.0), Earlier(level, 0, np.zeros(5), 5.0)]
    view = View(10, np.zeros(3, np.int64), np.zeros(0, np.int64), np.zeros((3, 0), np.int64), (1, 2))
    assert heavier(view, state, earlier, 3.0).weights == (1, 24)
    assert heavier(view, state, [earlier[0], replace(earlier[1], gap=0.5)], 3.0).weights == (1, 120)
    assert heavier(replace(view, weights=(1, 99)), state, earlier, 3.0).weights == (1, 99)
    assert adds_up(space, view, earlier)
    # Four times two times five households: above 2**52 the sums are no longer whole.
    assert adds_up(space, replace(view, weights=(0, 2**46)), earlier)
    assert not adds_up(space, replace(view, weights=(0, 2**47)), earlier)
    assert not adds_up(space, replace(view, weights=(2**47, 0)), earlier)


def test_an_answer_is_no_better_where_it_lacks_an_earlier_level_or_is_worth_no_more() -> None:
    goal = Goal("b", np.array([[3, 5]]))
    earlier = [Earlier(np.array([[1, 0]]), 1, np.zeros(1), 1.0)]
    assert is_no_better(goal, 3, earlier, np.array([0]))
    assert not is_no_better(goal, 2, earlier, np.array([0]))
    assert is_no_better(goal, 2, earlier, np.array([1]))
    assert not is_no_better(goal, 2, [], np.array([1]))


def test_a_bound_in_whole_units_is_rounded_down_and_never_below_the_value() -> None:
    space, value, _ = month(2)
    duals = some_prices(space, 2)
    state = State(np.full(5, -1), 4, 5.9, Relaxation(duals, scan(space, value, duals), None, np.zeros(0)))
    assert bound_of(state) == 5
    assert bound_of(replace(state, bound=3.2)) == 4
    assert in_rows(np.array([0.1, 0.2, 0.3]), np.array([2, 0, 1])).tolist() == [0.2, 0.3, 0.1]
