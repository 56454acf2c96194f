"""Large months, on small ones: the thresholds are lowered so that every part of the method has work to do."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from optimizer.solve import Answer, Level, Status, assign, solve_levels
from optimizer.solve.bound.dual import no_prices, scan
from optimizer.solve.bound.program import build
from optimizer.solve.large import boxes
from optimizer.solve.large import month as large_month
from optimizer.solve.large.boxes import price_by_boxes
from optimizer.solve.large.evenly import Loose, round_evenly
from optimizer.solve.large.rivals import look
from optimizer.solve.problem import sizes
from optimizer.solve.problem.checks import checked_space
from optimizer.solve.problem.goal import Goal
from optimizer.solve.problem.space import Space
from optimizer.solve.run.budget import Budget
from optimizer.solve.whole.state import Search

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Month = tuple[Floats, Ints, Ints]


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "LARGE", 60)
    monkeypatch.setattr(large_month, "HESITATING", 4)
    monkeypatch.setattr(boxes, "FIRST_SAMPLE", 40)
    monkeypatch.setattr(boxes, "GROWTH", 3)


def month(seed: int, households: int = 250, gemeenten: int = 9, ratio: float = 1.1) -> Month:
    rng = np.random.default_rng(seed)
    persons = rng.choice(np.arange(1, 7), size=households, p=[0.45, 0.2, 0.12, 0.1, 0.08, 0.05])
    opgave = np.floor(rng.dirichlet(np.full(gemeenten, 3.0)) * persons.sum() * ratio).astype(np.int64)
    return rng.normal(0.5, 0.1, (households, gemeenten)), persons, opgave


def search(value: Floats, persons: Ints, opgave: Ints, regions: tuple[Ints, Ints] | None = None) -> Search:
    space = checked_space(value.shape, persons, opgave, None, None, regions)
    goal = Goal("value", value)
    return Search(space, goal, np.zeros(opgave.size), 0.0, 1, np.random.default_rng(0), Budget())


def relaxed_optimum(space: Space, value: Floats) -> float:
    h, g = np.nonzero(space.allowed)
    program = build(space, value, (h, g))
    finite = np.isfinite(program.high)
    rows = program.matrix[finite].toarray()
    result = linprog(-program.objective, A_ub=rows, b_ub=program.high[finite], bounds=(0, None))
    assert result.fun is not None
    return -float(result.fun)


def judge(answer: Answer, value: Floats, persons: Ints, opgave: Ints) -> None:
    linked = np.flatnonzero(answer.gemeente >= 0)
    load = np.bincount(answer.gemeente[linked], weights=persons[linked], minlength=opgave.size)
    assert (load <= opgave).all()
    assert answer.value == pytest.approx(value[linked, answer.gemeente[linked]].sum())
    assert answer.bound >= answer.value


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), ratio=st.sampled_from([0.7, 1.02, 1.5, 4.0]), ceilings=st.booleans())
def test_prices_by_boxes_are_those_of_the_linear_relaxation(seed: int, ratio: float, ceilings: bool) -> None:
    value, persons, opgave = month(seed, 150, 8, ratio)
    region = np.array([0, 0, 0, 1, 1, -1, -1, -1])
    loads = np.array([opgave[:3].sum(), opgave[3:5].sum()])
    find = search(value, persons, opgave, (region, np.floor(0.8 * loads).astype(np.int64)) if ceilings else None)
    with pytest.MonkeyPatch.context() as exact:
        exact.setattr(boxes, "CLOSED", 0.0)
        exact.setattr(boxes, "LAST_BOXES", 60)
        duals = price_by_boxes(find)
    optimum = relaxed_optimum(find.space, value)
    bound = scan(find.space, value, duals).bound
    assert bound >= optimum - 1e-9
    assert bound == pytest.approx(optimum, rel=1e-6)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_pair_that_is_no_rival_is_best_at_no_prices_in_the_box(seed: int) -> None:
    value, persons, opgave = month(seed, 80, 9)
    find, rng = search(value, persons, opgave), np.random.default_rng(seed)
    price, reach = rng.uniform(0, 0.1, 9), rng.uniform(0, 0.03, 9)
    seen = look(find, replace(no_prices(find.space), opgave=price), reach, reach, count=9)
    rivals = np.zeros(value.shape, dtype=np.bool_)
    h, g = seen.rivals(np.arange(80))
    rivals[h, g] = True
    assert (np.diff(h) >= 0).all()
    for _ in range(20):
        at = price + rng.uniform(-1, 1, 9) * reach
        profit = np.where(find.space.allowed, value - persons[:, None] * at, -np.inf)
        best = profit.argmax(axis=1)
        pays = profit.max(axis=1) > 0
        assert rivals[np.flatnonzero(pays), best[pays]].all()
        assert (best == seen.choice)[seen.settled & (seen.choice >= 0)].all()
        assert not pays[seen.settled & (seen.choice < 0)].any()


def test_a_look_finds_the_bound_that_a_scan_finds() -> None:
    value, persons, opgave = month(5)
    find, stay = search(value, persons, opgave), np.zeros(9)
    duals = replace(no_prices(find.space), opgave=np.linspace(0, 0.2, 9))
    assert look(find, duals, stay, stay, count=1).scan.bound == scan(find.space, value, duals).bound


def test_rounding_keeps_to_the_relaxed_numbers_of_a_size() -> None:
    # Four couples are worth the same in both; 3 + 5 places hold one couple and two, and the single person the rest.
    space = checked_space((5, 2), [2, 2, 2, 1, 1], [3, 5], None, None, None)
    pair_h, pair_g = np.repeat(np.arange(5), 2), np.tile([0, 1], 5)
    worth = np.where(pair_h == 3, np.where(pair_g == 0, 1.0, 0.5), 1.0)
    loose = Loose(space.persons, space.must_link, pair_h, pair_g, worth)
    gemeente = round_evenly(space, loose, np.full(5, -1))
    assert (gemeente >= 0).all()
    assert space.load(gemeente).tolist() == [3, 5]
    assert gemeente[3] == 0


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), ratio=st.sampled_from([0.8, 1.02, 1.6]))
def test_a_large_month_is_feasible_and_near_its_bound(seed: int, ratio: float) -> None:
    value, persons, opgave = month(seed, 250, 9, ratio)
    answer = assign(value, persons, opgave, unlinked_value=0.0)
    judge(answer, value, persons, opgave)
    assert answer.gap <= 0.02
    assert answer.bound >= relaxed_optimum(checked_space(value.shape, persons, opgave, None, None, None), value) - 1e-9


def test_two_workers_give_a_large_month_the_answer_of_one_to_the_last_bit() -> None:
    value, persons, opgave = month(3, 9_000, 40)
    one, two = (assign(value, persons, opgave, unlinked_value=0.0, workers=workers) for workers in (1, 2))
    assert one.gemeente.tolist() == two.gemeente.tolist()
    assert (one.value, one.bound, one.work) == (two.value, two.bound, two.work)
    assert one.prices.tolist() == two.prices.tolist()


def test_permuting_a_large_month_with_its_tickets_permutes_the_answer() -> None:
    value, persons, opgave = month(4)
    lot = np.random.default_rng(9).integers(0, 2**63, persons.size).astype(np.uint64)
    order = np.random.default_rng(10).permutation(persons.size)
    straight = assign(value, persons, opgave, lot=lot)
    shuffled = assign(value[order], persons[order], opgave, lot=lot[order])
    assert shuffled.gemeente.tolist() == straight.gemeente[order].tolist()


def test_everybody_is_linked_before_value_counts() -> None:
    value, persons, opgave = month(6, ratio=1.2)
    answer = assign(value - 0.45, persons, opgave)
    assert (answer.gemeente >= 0).all()
    judge(answer, value - 0.45, persons, opgave)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), shift=st.sampled_from([0.0, 0.45, 0.9]), time_limit_s=st.sampled_from([None, 60.0]))
def test_persons_first_costs_a_large_month_no_sharpness(seed: int, shift: float, time_limit_s: float | None) -> None:
    # At a shift of 0.9 nearly every link costs: only the level before it makes anybody be linked.
    value, persons, opgave = month(seed, 250, 9, 1.2)
    answer = assign(value - shift, persons, opgave, time_limit_s=time_limit_s)
    judge(answer, value - shift, persons, opgave)
    assert (answer.gemeente >= 0).all()
    everybody = relaxed_optimum(checked_space(value.shape, persons, opgave, None, None, None), value + 100.0)
    everybody -= (100.0 + shift) * persons.size
    assert everybody - 1e-6 <= answer.bound <= everybody + 0.01 * persons.size * 0.5
    assert answer.bound - answer.value <= 0.02 * persons.size * 0.5


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), ratio=st.sampled_from([0.7, 0.95, 1.0]))
def test_a_large_month_without_room_links_as_many_persons_as_there_are_places(seed: int, ratio: float) -> None:
    value, persons, opgave = month(seed, 250, 9, ratio)
    answer = assign(value, persons, opgave)
    judge(answer, value, persons, opgave)
    linked = int(persons[answer.gemeente >= 0].sum())
    assert linked >= 0.995 * min(int(opgave.sum()), int(persons.sum()))


def test_a_level_is_flat_where_a_household_is_worth_the_same_everywhere() -> None:
    persons = np.array([2, 1, 3])
    assert Goal("personen", np.broadcast_to(persons[:, None], (3, 4))).flat
    assert Goal("personen", np.repeat(persons[:, None], 4, axis=1)).flat
    other = np.repeat(persons[:, None], 4, axis=1)
    other[2, 3] += 1
    assert not Goal("kans", other).flat


def test_levels_of_a_large_month_keep_what_earlier_ones_reached() -> None:
    value, persons, opgave = month(7, ratio=2.5)
    jobs = (np.random.default_rng(7).random(value.shape) < 0.03).astype(np.int64)
    linked = np.broadcast_to(persons[:, None], value.shape)
    soft = np.random.default_rng(8).integers(0, 100, value.shape)
    chance = np.round(value * 1000).astype(np.int64)
    levels = [Level("personen", linked), Level("banen", jobs), Level("kans", chance), Level("zacht", soft)]
    answer = solve_levels(levels, persons, opgave)
    assert answer.levels[0].value == int(persons.sum())
    for level, result in zip(levels, answer.levels, strict=False):
        assert result.value == int(np.asarray(level.value)[np.arange(250), answer.gemeente].sum())
        assert result.bound >= result.value
    three = solve_levels(levels[:3], persons, opgave)
    for before, after in zip(three.levels[:2], answer.levels[:2], strict=True):
        assert after.value == before.value
    assert answer.levels[3].value > 0.4 * answer.levels[3].bound


def test_a_ceiling_of_a_region_holds_in_a_large_month() -> None:
    value, persons, opgave = month(8, ratio=1.5)
    region, ceiling = np.array([0, 0, 0, 0, 1, 1, 1, -1, -1]), np.array([60, 90])
    answer = assign(value, persons, opgave, regions=(region, ceiling), unlinked_value=0.0)
    judge(answer, value, persons, opgave)
    linked = answer.gemeente >= 0
    for r in (0, 1):
        assert persons[linked][region[answer.gemeente[linked]] == r].sum() <= ceiling[r]
    assert answer.gap <= 0.02


def test_a_work_limit_stops_a_large_month_with_a_true_bound() -> None:
    value, persons, opgave = month(9)
    answer = assign(value, persons, opgave, unlinked_value=0.0, work_limit=2)
    judge(answer, value, persons, opgave)
    assert answer.status is Status.LIMIT
    assert answer.reproducible


def best_of_all(value: Floats, persons: Ints, opgave: Ints) -> float:
    h, g = np.nonzero(persons[:, None] <= opgave[None, :])
    rows = sparse.vstack(
        [
            sparse.csr_array((np.ones(h.size), (h, np.arange(h.size))), shape=(persons.size, h.size)),
            sparse.csr_array((persons[h].astype(float), (g, np.arange(h.size))), shape=(opgave.size, h.size)),
        ]
    )
    high = np.concatenate([np.ones(persons.size), opgave])
    limits = LinearConstraint(rows, -np.inf, high)
    found = milp(-value[h, g], constraints=limits, integrality=np.ones(h.size, dtype=np.int64), bounds=Bounds(0, 1))
    assert found.fun is not None
    return -float(found.fun)


@pytest.mark.parametrize("seed", range(6))
def test_a_large_month_is_searched_further_when_somebody_gave_the_work_for_it(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "MIDDLE", 60)
    value, persons, opgave = month(seed, 200, 8, 1.03)
    optimum = best_of_all(value, persons, opgave)
    rough, further = (assign(value, persons, opgave, unlinked_value=0.0, work_limit=limit) for limit in (None, 2_000))
    for answer in (rough, further):
        judge(answer, value, persons, opgave)
        assert answer.value <= optimum + 1e-6 <= answer.bound + 2e-6
    assert rough.status is not Status.PROVEN
    assert further.bound < rough.bound
    assert further.bound - further.value < 0.5 * (rough.bound - rough.value)


@pytest.mark.parametrize("seed", range(3))
def test_a_month_in_the_middle_starts_from_boxes_and_searches_parts(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "LARGE", 10_000)
    monkeypatch.setattr(sizes, "MIDDLE", 60)
    monkeypatch.setattr(sizes, "SMALL", 50)
    value, persons, opgave = month(seed, 200, 8, 1.03)
    optimum = best_of_all(value, persons, opgave)
    answers = [assign(value, persons, opgave, unlinked_value=0.0, work_limit=2_000, workers=n) for n in (1, 2)]
    judge(answers[0], value, persons, opgave)
    assert (answers[0].gemeente == answers[1].gemeente).all()
    assert answers[0].value <= optimum + 1e-6 <= answers[0].bound + 2e-6
    assert answers[0].value >= 0.999 * optimum
