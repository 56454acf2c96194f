"""First answers: nobody is put where there is no room, and nobody is left out where there is some."""

from dataclasses import replace
from itertools import product

import numpy as np
import numpy.typing as npt
import pytest

from optimizer.solve.bound.dual import Duals, best_pairs, no_prices, profit, scan
from optimizer.solve.bound.relaxation import Relaxation, merge_pairs, near_enough, opgaven_only, price_out
from optimizer.solve.first_answer import again, draft, stack
from optimizer.solve.large.month import bounded, crowded_out, weights
from optimizer.solve.large.rivals import look
from optimizer.solve.large.sample import part_of, sample
from optimizer.solve.problem.checks import checked_space
from optimizer.solve.problem.goal import Goal
from optimizer.solve.problem.space import Kept, Space, total
from optimizer.solve.run.budget import Budget
from optimizer.solve.search.ties import Ties, draw_groups, tie_gemeenten
from optimizer.solve.whole.by_size import part_of as part_of_pairs
from optimizer.solve.whole.by_size import round_by_size
from optimizer.solve.whole.greedy import cumulated, link_greedily
from optimizer.solve.whole.state import Search, State
from tests.solve.test_contest import month, some_prices

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def plain(space: Space) -> Space:
    """Return a space without earlier levels and obligations, for those who do not look at them."""
    return space.replace(
        kept=(),
        must_link=np.zeros(space.persons.size, dtype=np.bool_),
        full=np.zeros(space.opgave.size, dtype=np.bool_),
    )


def searching(space: Space, value: Ints | Floats) -> Search:
    ties = np.random.default_rng(0).random(space.opgave.size)
    return Search(space, Goal("a", value), ties, 0.0, 1, np.random.default_rng(0), Budget())


def free_prices(space: Space, seed: int) -> Duals:
    duals = some_prices(space.replace(kept=(Kept(np.zeros(space.allowed.shape), 0.0, np.zeros(5), 1.0),)), seed)
    return replace(duals, weight=np.zeros(0))


@pytest.mark.parametrize("seed", range(15))
def test_a_greedy_answer_fits_and_nobody_is_left_who_would_gain_and_fits(seed: int) -> None:
    whole, value, _ = month(seed)
    space = plain(whole)
    duals = free_prices(space, seed) if seed % 2 else no_prices(space)
    out = link_greedily(space, value, duals, np.zeros(3), np.full(5, -1), Budget())
    assert space.contains(out)
    gain = profit(space, value, duals, np.arange(5))
    for linked in np.flatnonzero(out >= 0).tolist():
        assert gain[linked, out[linked]] > 0
    for h, g in product(np.flatnonzero(out < 0).tolist(), range(3)):
        there = out.copy()
        there[h] = g
        assert gain[h, g] <= 0 or not space.contains(there)
    # Whoever must be linked comes first, and also where that costs something.
    must = np.arange(5) == seed % 5
    if (space.allowed[seed % 5] & (space.persons[seed % 5] <= space.opgave)).any():
        first = link_greedily(
            space.replace(must_link=must), value - 20, no_prices(space), np.zeros(3), np.full(5, -1), Budget()
        )
        assert first[seed % 5] >= 0
        assert (first[~must] == -1).all()


def test_a_greedy_answer_leaves_who_has_a_place_and_takes_the_largest_of_those_who_apply() -> None:
    space = checked_space((4, 1), [1, 2, 3, 1], [4], None, None, None)
    out = link_greedily(space, np.ones((4, 1)), no_prices(space), np.zeros(1), np.array([0, -1, -1, -1]), Budget())
    assert out.tolist() == [0, -1, 0, -1]
    spent = Budget(0)
    assert (
        link_greedily(space, np.ones((4, 1)), no_prices(space), np.zeros(1), np.full(4, -1), spent).tolist() == [-1] * 4
    )


def test_sums_by_group_run_in_the_order_of_the_rows() -> None:
    group, amount = np.array([2, 0, 2, 2, 0, 1]), np.array([1, 2, 3, 4, 5, 6])
    assert cumulated(group, amount).tolist() == [1, 2, 4, 8, 7, 6]
    assert cumulated(np.zeros(0, np.int64), np.zeros(0, np.int64)).tolist() == []


@pytest.mark.parametrize("seed", range(10))
def test_the_best_pairs_of_a_household_are_its_most_profitable(seed: int) -> None:
    space, value, _ = month(seed)
    space = plain(space)
    duals = free_prices(space, seed)
    gain = profit(space, value, duals, np.arange(5))
    for count in (1, 2, 9):
        h, g, worth = best_pairs(space, value, duals, np.zeros(3), count)
        assert (space.allowed[h, g]).all()
        assert worth == pytest.approx(gain[h, g])
        for household in range(5):
            mine = np.sort(gain[household][np.isfinite(gain[household])])[::-1]
            assert np.sort(worth[h == household])[::-1] == pytest.approx(mine[:count])
    assert best_pairs(space, value, duals, np.zeros(3), 0)[0].size == 0


def test_pairs_are_joined_in_order_and_once() -> None:
    first, second = (np.array([1, 0]), np.array([2, 1])), (np.array([0, 1, 0]), np.array([1, 0, 2]))
    h, g = merge_pairs(3, first, second)
    assert list(zip(h.tolist(), g.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 0), (1, 2)]


@pytest.mark.parametrize("seed", range(10))
def test_pairs_that_pay_are_added_until_the_bound_is_that_of_all_pairs(seed: int) -> None:
    space, value, answers = month(seed)
    zero = no_prices(space)
    start = Relaxation(zero, scan(space, value, zero), None, np.zeros(0))
    best = max(answers, key=lambda one: total(value, one))
    linked = np.flatnonzero(best >= 0)
    budget = Budget()
    found = price_out(space, value, (linked, best[linked]), start, budget, ties=np.zeros(3))
    assert total(value, best) <= found.bound <= start.bound
    assert found.program is not None
    assert (
        found.bound - float(found.program.objective @ found.pair_value) <= near_enough(space, value, found.bound) + 1e-6
    )
    assert budget.work > 0
    stopped = price_out(space, value, (linked, best[linked]), start, Budget(), ties=np.zeros(3), enough=np.inf)
    assert stopped.bound <= start.bound
    loose = opgaven_only(space)
    assert all(loose.contains(one) for one in answers)
    assert (loose.use.shape, loose.capacity.shape, loose.ceiling.size) == ((5, 0), (3, 0), 0)


@pytest.mark.parametrize("seed", range(10))
def test_the_largest_first_gives_an_answer_that_fits_and_is_near_the_best(seed: int) -> None:
    rng = np.random.default_rng(seed)
    persons, opgave = rng.integers(1, 4, 6), rng.integers(2, 6, 3)
    space = checked_space((6, 3), persons, opgave, rng.random((6, 3)) < 0.9, None, None)
    value = rng.integers(1, 100, (6, 3))
    every = [np.array(one, dtype=np.int64) for one in product(range(-1, 3), repeat=6)]
    best = max(total(value, one) for one in every if space.contains(one))
    h, g = np.nonzero(space.allowed)
    out = round_by_size(space, value, (h, g), np.full(6, -1), Budget())
    assert space.contains(out)
    assert total(value, out) >= 0.7 * best
    # Who has a place stays there.
    held = next(one for one in every if space.contains(one) and (one >= 0).sum() == 1)
    kept = round_by_size(space, value, (h, g), held, Budget())
    assert space.contains(kept)
    assert kept[held >= 0].tolist() == held[held >= 0].tolist()
    part, inside, local = part_of_pairs(space, held, held < 0, (h, g))
    free = np.flatnonzero(held < 0)
    assert (free[local[0]] == h[inside]).all()
    assert (local[1] == g[inside]).all()
    assert {(int(a), int(b)) for a, b in zip(*local, strict=True)} == {
        tuple(p) for p in np.argwhere(part.allowed).tolist()
    }


def test_one_level_outweighs_all_after_it_pair_by_pair() -> None:
    space = checked_space((2, 2), [1, 1], [1, 1], None, None, None)
    rng = np.random.default_rng(3)
    goals = [Goal(str(k), rng.integers(0, 50, (2, 2)) + np.array([[50, 0], [0, 50]])) for k in range(3)]
    stacked = stack(space, goals)
    assert stack(space, goals[2:]) == pytest.approx(goals[2].value / goals[2].value.max())
    # One whole level of the first is worth thirty times all that the others can bring.
    rest = stack(space, goals[1:])
    weight = (stacked - rest)[0, 0] / goals[0].value[0, 0]
    assert weight * goals[0].value.max() == pytest.approx(30 * (30 + 1))
    assert stacked == pytest.approx(weight * goals[0].value + rest)


@pytest.mark.parametrize("seed", range(8))
def test_a_draft_and_what_is_left_of_an_earlier_answer_can_be(seed: int) -> None:
    whole, value, _ = month(seed)
    space = plain(whole)
    find = searching(space, value)
    goals = [Goal("persons", np.repeat(space.persons[:, None], 3, axis=1)), Goal("a", value)]
    for some in (goals, goals[1:]):
        out = draft(find, some)
        assert space.contains(out)
    every = [np.array(one, dtype=np.int64) for one in product(range(-1, 3), repeat=5)]
    for earlier in np.random.default_rng(seed).permutation(np.array(every))[:8]:
        out = again(find, goals, earlier)
        assert space.contains(out)
        if space.contains(earlier):
            assert (out[earlier >= 0] == earlier[earlier >= 0]).all()


def test_a_sample_stands_for_all_with_its_share_of_the_places() -> None:
    persons = np.array([1, 2, 3, 4, 2])
    space = checked_space((5, 2), persons, [6, 3], None, None, ([0, 0], [8]))
    half = sample(space, 2)
    # The first, third and fifth stand for two each: twelve of twelve persons.
    assert half.persons.tolist() == [1, 3, 2]
    assert half.opgave.tolist() == [6, 3]
    assert half.ceiling.tolist() == [8]
    third = sample(space, 3)
    assert third.persons.tolist() == [1, 4]
    assert third.opgave.tolist() == [8, 4]  # fifteen stand for twelve: 7.5 and 3.75, rounded
    find, times = part_of(searching(space, np.arange(10).reshape(5, 2)), 2)
    assert (times, find.space.persons.tolist(), find.value.tolist()) == (3, [1, 4], [[0, 1], [6, 7]])
    assert part_of(searching(space, np.zeros((5, 2))), 9)[1] == 1


def test_gemeenten_hang_together_by_the_pairs_between_them_and_hold_what_is_lost() -> None:
    space = checked_space((4, 3), [1, 2, 1, 1], [3, 2, 4], None, None, None)
    gemeente = np.array([0, 1, 0, -1])
    pairs = np.array([0, 0, 1, 3, 3]), np.array([0, 1, 0, 2, 1])
    cost = np.array([0.5, 0.25, 0.0, 6.0])
    ties = tie_gemeenten(space, gemeente, pairs, cost, np.array([2.0, -1.0, 0.0]))
    # H0 ties 0 with itself and 1, H1 ties 1 with 0; both ways.
    assert ties.strength.tolist() == [[2, 2, 0], [2, 0, 0], [0, 0, 0]]
    # An empty place in 0 costs 2; the own costs of H0 and H1; H3 would like 2 or 1: half of six each.
    assert ties.loss.tolist() == [2.0 + 0.5, 0.25 + 3.0, 3.0]


@pytest.mark.parametrize("seed", range(6))
def test_groups_are_drawn_apart_from_gemeenten_that_hang_together(seed: int) -> None:
    strength = np.zeros((9, 9))
    for begin in (0, 3, 6):
        strength[begin : begin + 3, begin : begin + 3] = 1.0
    among = np.arange(9) != 4
    groups = draw_groups(Ties(strength, np.ones(9)), among, 3, 3, np.random.default_rng(seed))
    together = np.sum(groups, axis=0)
    assert together.max() == 1
    assert not together[~among].any()
    assert all(group.sum() in (2, 3) for group in groups)
    first = np.flatnonzero(groups[0])
    if 1 not in first // 3:  # of the second three one may not be drawn
        assert len(set((first // 3).tolist())) == 1
    assert draw_groups(Ties(strength, np.ones(9)), np.arange(9) == 2, 3, 3, np.random.default_rng(seed)) == []
    # Where all is lost in one gemeente, the group grows from there.
    lost = np.where(np.arange(9) == 7, 1e9, 0.0)
    (only,) = draw_groups(Ties(strength, lost), np.ones(9, dtype=np.bool_), 3, 1, np.random.default_rng(seed))
    assert np.flatnonzero(only).tolist() == [6, 7, 8]


def test_who_has_least_to_lose_leaves_a_gemeente_that_all_prefer() -> None:
    space = checked_space((4, 2), [2, 1, 2, 1], [3, 9], None, None, ([-1, 0], [2]))
    value = np.array([[9.0, 1.0], [5.0, 4.0], [8.0, 1.0], [0.0, 7.0]])
    find = searching(space, value)
    seen = look(find, no_prices(space), np.zeros(2), np.zeros(2), count=2)
    assert seen.choice.tolist() == [0, 0, 0, 1]
    assert seen.settled.all()
    # Per root of a person H0 is 5.7 ahead, H2 4.9 and H1 1: after H0 there is one place, which H2 is too large for.
    assert seen.margin == pytest.approx([8 / 2**0.5, 1.0, 7 / 2**0.5, 7.0])
    assert crowded_out(space, seen).tolist() == [False, True, True, False]


def test_an_earlier_level_counts_so_many_times_as_much_as_all_after_it() -> None:
    space = checked_space((2, 2), [1, 1], [1, 1], None, None, None)
    kept = tuple(Kept(np.full((2, 2), size), 0.0, np.zeros(2), 1.0) for size in (4, 10))
    find = searching(space.replace(kept=kept), np.full((2, 2), 5))
    second = 3.0 * 5 / 10
    assert weights(find, 3.0) == pytest.approx([3.0 * (5 + second * 10) / 4, second])


def test_a_bound_is_taken_where_it_is_lower_and_an_answer_where_it_is_better_and_can_be() -> None:
    space = checked_space((2, 1), [1, 1], [1], None, None, None)
    value = np.array([[3], [4]])
    find = searching(space, value)
    zero = no_prices(space)
    seen = scan(space, value, zero)
    state = State(np.array([0, -1]), 3, 9.0, Relaxation(zero, seen, None, np.zeros(0)))
    assert bounded(state, zero, seen).bound == pytest.approx(7.0)
    assert bounded(replace(state, bound=seen.bound), zero, seen).bound == seen.bound
    assert bounded(replace(state, bound=5.0), zero, seen).bound == 5.0
    assert find.lower(state, 8.0, "SCIP").word == "SCIP"
    assert find.lower(state, 9.0, "SCIP") is state
    assert find.accept(state, np.array([-1, 0])).value == 4
    for worse in (np.array([0, 0]), np.array([0, -1]), np.array([-1, -1]), None):
        assert find.accept(state, worse) is state
    assert find.closed(replace(state, bound=3.999))
    assert not find.closed(replace(state, bound=4.0))
    assert replace(find, gap=0.5).closed(replace(state, bound=4.5))
    assert not replace(find, gap=0.5).closed(replace(state, bound=4.6))
    tenth = replace(find, goal=Goal("a", value * 0.1))
    assert tenth.closed(replace(state, value=0.3, bound=0.3 + 1e-9))
    assert not tenth.closed(replace(state, value=0.3, bound=0.3 + 3e-9))
    assert find.largest == 4
    find.budget.work_limit = 0
    assert find.over(state)
    assert not searching(space, value).over(state)
    told: list[tuple[str, float, float]] = []
    find.budget.progress = lambda *one: told.append(one)
    find.report(state)
    assert told == [("a", 3.0, 9.0)]
