"""What is kept of a solved level: no answer that reaches it is lost, and every answer that is left reaches it."""

from dataclasses import replace
from itertools import product

import numpy as np
import numpy.typing as npt
import pytest

from optimizer.solve import Leeway
from optimizer.solve.bound.contest import open_contest
from optimizer.solve.bound.dual import no_prices, scan
from optimizer.solve.bound.highs import relax
from optimizer.solve.bound.program import build
from optimizer.solve.bound.relaxation import Relaxation
from optimizer.solve.problem.goal import Goal
from optimizer.solve.problem.space import Space, total
from optimizer.solve.problem.start import Prices, Start
from optimizer.solve.prove.core import contested_gemeenten, make_core, thin, tight, unit_of
from optimizer.solve.prove.keep import contest_face, keep, relaxation_face
from optimizer.solve.prove.outright import pairs_left, solve_outright
from optimizer.solve.prove.resume import as_duals, resume
from optimizer.solve.prove.widening import keep_strictly, present, relaxed
from optimizer.solve.run.budget import Budget
from optimizer.solve.whole.state import Search, State
from tests.solve.test_contest import month

Ints = npt.NDArray[np.int64]


def searching(space: Space, goal: Goal, gap: float = 0.0) -> Search:
    ties = np.random.default_rng(0).random(space.opgave.size)
    return Search(space, goal, ties, gap, 1, np.random.default_rng(0), Budget())


def solved(seed: int, leeway: Leeway | None = None, loose: float = 0.0) -> tuple[Search, State, list[Ints]]:
    """Return a level at its best answer and at the prices of its relaxation, ``loose`` from the best of them."""
    space, value, answers = month(seed)
    if seed % 3 == 0:  # a plain month
        nothing = np.zeros((5, 0), np.int64), np.zeros((3, 0), np.int64)
        space = space.replace(
            use=nothing[0], capacity=nothing[1], region=np.full(3, -1), ceiling=np.zeros(0, np.int64), kept=()
        )
        every = [np.array(one, dtype=np.int64) for one in product(range(-1, 3), repeat=5)]
        answers = [one for one in every if space.contains(one)]
    best = max(answers, key=lambda one: total(value, one))
    program = build(space, value, np.nonzero(space.allowed))  # type: ignore[arg-type]
    found = relax(space, program, 1.0)
    assert found is not None
    duals = replace(found.duals, opgave=found.duals.opgave + loose * (~space.full))
    relaxation = Relaxation(duals, scan(space, value, duals), program, found.pair_value)
    find = searching(space, Goal("niveau", value, leeway=leeway))
    return find, State(best, total(value, best), relaxation.bound, relaxation), answers


def contested(find: Search, state: State) -> State:
    contest = open_contest(
        find.space,
        find.value,
        state.relaxation.duals,
        state.relaxation.scan.best,
        np.ones(find.space.opgave.size, dtype=np.bool_),
    )
    return replace(state, contest=contest, bound=min(state.bound, contest.bound))


@pytest.mark.parametrize("leeway", [None, Leeway(units=2)])
@pytest.mark.parametrize("loose", [0.0, 0.4])
@pytest.mark.parametrize("seed", range(18))
def test_the_answers_left_are_those_that_reach_what_is_kept(seed: int, loose: float, leeway: Leeway | None) -> None:
    find, state, answers = solved(seed, leeway, loose)
    least = state.value - (2 if leeway else 0)
    for one in (state, contested(find, state)):
        left = keep(find, one)
        for answer in answers:
            assert left.contains(answer) == (total(find.value, answer) >= least)
    # Where prices alone say it all, no row is needed, and the month stays a flow.
    face, most_lost = relaxation_face(find, state, 0.0 if leeway is None else 2.0)
    assert len(keep(find, state).kept) == len(find.space.kept) + (most_lost >= (1.0 if leeway is None else 3.0))
    for answer in answers:
        if total(find.value, answer) >= least:
            assert face.contains(answer)
        if face.contains(answer):
            assert total(find.value, answer) >= state.value - most_lost - 1e-9


@pytest.mark.parametrize("seed", [0, 3, 6, 9, 12, 15])
def test_a_plain_level_whose_relaxation_is_whole_is_kept_without_a_row(seed: int) -> None:
    find, state, _ = solved(seed)
    _, most_lost = relaxation_face(find, state, 0.0)
    if state.relaxation.bound - state.value < 1e-6:
        assert most_lost < np.inf


@pytest.mark.parametrize("seed", range(9))
def test_values_with_decimals_are_kept_up_to_rounding(seed: int) -> None:
    find, _, answers = solved(seed)
    value = find.value * 0.1
    find = replace(find, goal=Goal("kans", value))
    best = max(answers, key=lambda one: total(value, one))
    bound = scan(find.space, value, no_prices(find.space))
    relaxation = Relaxation(no_prices(find.space), bound, None, np.zeros(0))
    left = keep(find, State(best, total(value, best), bound.bound, relaxation))
    for answer in answers:
        assert left.contains(answer) == (total(value, answer) >= total(value, best) - 1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_a_contest_excludes_no_answer_that_reaches_the_level(seed: int) -> None:
    find, state, answers = solved(seed, loose=0.2)
    state = contested(find, state)
    face = contest_face(find.space, state, 0.0)
    for answer in answers:
        if total(find.value, answer) >= state.value:
            assert face.contains(answer)
    assert contest_face(find.space, replace(state, contest=None), 0.0) is find.space
    roomier = contest_face(find.space, state, 3.0)
    assert not (face.allowed & ~roomier.allowed).any()


@pytest.mark.parametrize("seed", range(12))
def test_the_pairs_that_are_left_hold_every_better_answer_and_the_present_one(seed: int) -> None:
    find, state, answers = solved(seed, loose=0.2)
    for now in answers[:: max(1, len(answers) // 6)]:
        here = replace(state, gemeente=now, value=total(find.value, now))
        left = pairs_left(find, here)
        assert left is not None
        pairs = set(zip(*(part.tolist() for part in left), strict=True))
        wanted = [one for one in answers if total(find.value, one) > here.value]
        for answer in [now, *wanted]:
            linked = np.flatnonzero(answer >= 0)
            assert {(int(h), int(answer[h])) for h in linked} <= pairs
        found = solve_outright(find, here)
        if find.space.plain:
            assert found is here
        else:
            assert found.value == state.value
            assert state.value <= found.bound <= state.value + 1e-3
            assert find.closed(found)


@pytest.mark.parametrize("seed", range(24))
def test_a_level_beside_a_row_is_proven_outright_at_the_best_answer_that_keeps_it(seed: int) -> None:
    find, state, answers = solved(seed, loose=0.3)
    space = keep(find, state)
    able = [one for one in answers if total(find.value, one) >= state.value]
    value = np.random.default_rng([seed, 5]).integers(0, 12, find.value.shape)
    later = replace(find, space=space, goal=Goal("zacht", value), budget=Budget())
    zero = no_prices(space)
    seen = scan(space, value, zero)
    best = max(total(value, one) for one in able)
    for now in able[:: max(1, len(able) // 4)]:
        here = State(now, total(value, now), seen.bound, Relaxation(zero, seen, None, np.zeros(0)))
        found = solve_outright(later, here)
        if space.plain:
            assert found is here
            continue
        assert found.value == best
        assert best <= found.bound < best + 1
        assert find.space.contains(found.gemeente)
        assert total(find.value, found.gemeente) >= state.value


@pytest.mark.parametrize("seed", range(18))
def test_a_core_within_a_width_holds_every_answer_that_is_not_that_much_below_the_bound(seed: int) -> None:
    find, state, answers = solved(seed, loose=0.3)
    state = contested(find, state)
    assert state.contest is not None
    core = make_core(find, state.contest)
    pairs, everywhere = state.contest.pairs, np.ones(3, dtype=np.bool_)
    for width in (0.5, 2.0, 6.0):
        held = set(core.within(width, state.gemeente).tolist())
        place = {(int(h), int(g)): k for k, (h, g) in enumerate(zip(pairs.household, pairs.gemeente, strict=True))}
        for answer in answers:
            used = {place[h, int(answer[h])] for h in np.flatnonzero(answer >= 0).tolist()}
            if total(find.value, answer) > state.contest.bound - width or answer is state.gemeente:
                assert used <= held
        assert thin(core, np.array(sorted(held)), everywhere, state.gemeente).tolist() == sorted(held)


def free_month(seed: int) -> tuple[Search, State]:
    """Return a month in which no gemeente is short, with an earlier level that is kept."""
    find, state, _ = solved(1 + 3 * seed)
    plenty = find.space.replace(
        opgave=np.full(3, 99), capacity=np.full((3, 2), 99), ceiling=np.full(2, 99), full=np.zeros(3, dtype=np.bool_)
    )
    find = replace(find, space=plenty)
    return find, contested(find, replace(state, relaxation=replace(state.relaxation, duals=no_prices(plenty))))


@pytest.mark.parametrize("seed", range(10))
def test_where_nobody_competes_one_pair_is_enough_for_each_value_of_the_earlier_level(seed: int) -> None:
    find, state = free_month(seed)
    assert state.contest is not None
    core, nowhere = make_core(find, state.contest), np.zeros(3, dtype=np.bool_)
    pairs, earlier = state.contest.pairs, find.space.kept[0].value
    every = np.arange(pairs.household.size)
    chosen = thin(core, every, nowhere, state.gemeente)
    kept = [(int(pairs.household[k]), int(earlier[pairs.household[k], pairs.gemeente[k]])) for k in chosen]
    assert len(set(kept)) == len(kept)
    for h in range(5):
        for level in set(earlier[h][find.space.allowed[h]].tolist()):
            here = [k for k in every if pairs.household[k] == h and earlier[h, pairs.gemeente[k]] == level]
            (one,) = [k for k in chosen if pairs.household[k] == h and earlier[h, pairs.gemeente[k]] == level]
            assert core.lost[one] == core.lost[here].min()
            equals = [k for k in here if core.lost[k] == core.lost[one]]
            if state.gemeente[h] in pairs.gemeente[equals]:
                assert pairs.gemeente[one] == state.gemeente[h]
            else:
                assert pairs.gemeente[one] == pairs.gemeente[equals].min()
    # The present answer stands there, or a pair that counts the same for it.
    mine = present(find.space, nowhere, pairs.household[chosen], pairs.gemeente[chosen], state.gemeente)
    assert np.bincount(pairs.household[chosen][mine], minlength=5).max(initial=0) <= 1
    for k, used in zip(chosen, mine, strict=True):
        h = int(pairs.household[k])
        if used:
            assert state.gemeente[h] >= 0
            assert earlier[h, pairs.gemeente[k]] == earlier[h, state.gemeente[h]]
    linked = np.flatnonzero(state.gemeente >= 0)
    assert set(linked.tolist()) == set(pairs.household[chosen][mine].tolist())


def test_where_places_are_short_only_the_own_pair_stands_for_an_answer() -> None:
    find, _ = free_month(0)
    h, g = np.array([0, 0, 1, 2]), np.array([0, 1, 0, 2])
    answer = np.array([0, 1, -1, -1, -1])
    space = find.space.replace(kept=())
    # Household 0 has its pair; 1 misses its own, and its other one is short; 2 is not linked.
    short = np.array([True, False, False])
    assert present(space, short, h, g, answer).tolist() == [True, False, False, False]
    assert present(space, ~short, h, g, answer).tolist() == [True, False, True, False]


@pytest.mark.parametrize("seed", range(10))
def test_a_space_without_what_nobody_competes_for_holds_every_answer(seed: int) -> None:
    space, _, answers = month(seed)
    rng = np.random.default_rng(seed)
    competed = rng.random(3) < 0.5
    loose = relaxed(space.replace(full=np.zeros(3, dtype=np.bool_)), competed)
    assert all(loose.contains(one) for one in answers)
    # What is competed for binds as before; a region with an open gemeente does not.
    for one in (np.array(choice, dtype=np.int64) for choice in product(range(-1, 3), repeat=5)):
        linked = np.flatnonzero(one >= 0)
        rest = space.room_beside(one)
        own = all((rest.place[g] >= 0 and (rest.capacity[g] >= 0).all()) for g in np.flatnonzero(competed))
        regions = all(
            rest.ceiling[r] >= 0 or (~competed & (space.region == r)).any() for r in range(space.ceiling.size)
        )
        others = (
            space.allowed[linked, one[linked]].all()
            and (one[space.must_link] >= 0).all()
            and total(space.kept[0].value, one) >= space.kept[0].floor
        )
        assert loose.contains(one) == (own and regions and bool(others))


@pytest.mark.parametrize("seed", [1, 2, 4, 5, 7, 8, 10, 11])
def test_weighing_the_earlier_level_heavily_leaves_a_valid_bound(seed: int) -> None:
    find, state, answers = solved(seed, loose=0.2)
    state = contested(find, state)
    assert state.contest is not None
    for value in (state.value, state.value - 2):
        here = replace(state, value=value)
        strict = keep_strictly(find, here, state.contest)
        best = max(total(find.value, one) for one in answers)
        assert strict.bound >= best
        # What an answer lacks of the earlier level costs four times what this level may gain.
        gap = state.contest.bound - value
        assert strict.duals.weight[0] == max(state.contest.duals.weight[0], 4.0 * gap / find.space.kept[0].slack)


@pytest.mark.parametrize("seed", range(12))
def test_prices_of_an_earlier_search_are_a_bound_whatever_they_are(seed: int) -> None:
    find, state, answers = solved(seed)
    space, rng = find.space, np.random.default_rng(seed)
    level = len(space.kept)
    prices = Prices(
        opgave=rng.normal(0.5, 1.0, 3),
        region=rng.normal(0.2, 1.0, 3),
        resource=rng.normal(0.0, 1.0, space.capacity.shape),
        weights=tuple(rng.normal(0.5, 1.0, level).tolist()),
        households=rng.random(5),
        sharp=True,
    )
    duals = as_duals(space, prices, tuple(range(level)))
    best = max(total(find.value, one) for one in answers)
    assert scan(space, find.value, duals).bound >= best
    assert (duals.opgave[~space.full] >= 0).all()
    assert (duals.weight >= 0).all()
    worst = replace(state, gemeente=answers[0], value=total(find.value, answers[0]), bound=1e9)
    resumed = resume(find, worst, prices, tuple(range(level)))
    assert resumed.bound >= best
    assert resumed.bound < 1e9
    assert space.contains(resumed.gemeente)
    dull = resume(find, worst, replace(prices, sharp=False), tuple(range(level)))
    assert dull.contest is None
    assert best <= dull.bound < 1e9
    known = replace(worst, bound=float(best))
    assert resume(find, known, replace(prices, sharp=False), tuple(range(level))) is known


def test_good_prices_of_an_earlier_search_say_exactly_what_they_said_then() -> None:
    for seed in range(12):
        find, state, _ = solved(seed)
        duals = state.relaxation.duals
        again = Prices(duals.opgave, duals.region, duals.resource, tuple(duals.weight), np.zeros(5), sharp=False)
        here = as_duals(find.space, again, tuple(range(len(find.space.kept))))
        assert scan(find.space, find.value, here).bound == pytest.approx(state.relaxation.bound)


def test_a_start_belongs_to_a_problem_of_the_same_shape() -> None:
    prices = Prices(np.zeros(3), np.zeros(3), np.zeros((3, 2)), (), np.zeros(5), sharp=True)
    second = replace(prices, weights=(0.0,))
    start = Start(np.array([0, -1, 2, 1, 0]), (prices, second))
    assert start.fits(5, 3, 2, 2)
    assert start.fits(5, 3, 2, 1)
    for households, gemeenten, kinds in ((4, 3, 2), (5, 4, 2), (5, 3, 1), (5, 2, 2)):
        assert not start.fits(households, gemeenten, kinds, 2)
    assert not Start(start.gemeente, (second, prices)).fits(5, 3, 2, 2)
    for gemeente in ([0, -2, 0, 0, 0], [0, 3, 0, 0, 0]):
        assert not Start(np.array(gemeente), (prices,)).fits(5, 3, 2, 1)
    for change in ({"opgave": np.zeros(2)}, {"region": np.zeros(4)}, {"resource": np.zeros((3, 1))}):
        assert not Start(start.gemeente, (replace(prices, **change),)).fits(5, 3, 2, 1)
    assert not Start(start.gemeente, (replace(prices, households=np.zeros(4)),)).fits(5, 3, 2, 1)
    assert Start(np.zeros(0, np.int64), ()).fits(0, 3, 2, 1)
    few = start.rows(np.array([3, 1]))
    assert few.gemeente.tolist() == [1, -1]
    assert few.fits(2, 3, 2, 2)


def test_a_gemeente_is_contested_where_a_place_costs_something_or_all_are_where_most_are() -> None:
    space, _, _ = month(1)
    space = space.replace(persons=np.ones(5, np.int64), opgave=np.full(3, 40), full=np.zeros(3, dtype=np.bool_))
    duals = no_prices(space)
    assert contested_gemeenten(space, duals).tolist() == [False] * 3
    one = np.array([0.0, 0.5, 0.0])
    assert contested_gemeenten(space, replace(duals, opgave=one)).tolist() == [False, True, False]
    assert contested_gemeenten(space, replace(duals, region=one)).tolist() == [False, True, False]
    resource = np.zeros((3, 2))
    resource[2, 1] = 0.1
    assert contested_gemeenten(space, replace(duals, resource=resource)).tolist() == [False, False, True]
    assert contested_gemeenten(space.replace(full=one > 0), duals).tolist() == [False, True, False]
    two = np.array([0.5, 0.5, 0.0])
    assert contested_gemeenten(space, replace(duals, opgave=two)).tolist() == [True] * 3
    thin_month = space.replace(opgave=np.array([3, 12, 0]))
    assert contested_gemeenten(thin_month, duals).tolist() == [True] * 3
    assert tight(np.array([True, True, False]))
    assert not tight(np.array([True, False]))


def test_a_better_answer_is_better_by_a_whole_unit_or_by_what_rounding_is_not() -> None:
    find, state, _ = solved(1)
    assert 0.99 < unit_of(find, state) < 1
    value = np.where(find.space.allowed, 2.0, -8.0)
    broken = replace(find, goal=Goal("kans", value))
    assert unit_of(broken, replace(state, value=3.0)) == pytest.approx(0.5 * 5e-9 * 8.0)
    assert unit_of(broken, replace(state, value=30.0)) == pytest.approx(0.5 * 5e-9 * 30.0)
