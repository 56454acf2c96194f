"""Each bound against an independent computation of the same thing."""

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from optimizer.solve import assign
from optimizer.solve.bound.contest import lower_contest, open_contest, pair_losses
from optimizer.solve.bound.dual import no_prices, scan
from optimizer.solve.bound.flow import relax_by_flow
from optimizer.solve.bound.knapsack import WIDE, fill
from optimizer.solve.bound.losses import losses
from optimizer.solve.bound.program import build
from optimizer.solve.problem.checks import checked_space
from optimizer.solve.problem.lottery import BITS, lottery_value
from optimizer.solve.problem.pairs import Pairs, sort_pairs
from optimizer.solve.problem.sides import all_sides
from optimizer.solve.prove.branch import branch
from optimizer.solve.run.budget import Budget

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def draw(seed: int, households: int, gemeenten: int) -> tuple[Floats, Ints, Ints]:
    rng = np.random.default_rng(seed)
    persons = rng.integers(1, 5, households)
    return rng.normal(0.3, 0.5, (households, gemeenten)), persons, rng.integers(1, 9, gemeenten)


def best_fill(profit: Floats, persons: Ints, opgave: int, must: int | None = None) -> float:
    best = -np.inf
    for count in range(persons.size + 1):
        for chosen in combinations(range(persons.size), count):
            rows = list(chosen)
            if (must is None or must in rows) and persons[rows].sum() <= opgave:
                best = max(best, float(profit[rows].sum()))
    return best


def all_pairs(value: Floats, persons: Ints, opgave: Ints, full: bool = False) -> Pairs:
    h, g = np.nonzero(persons[:, None] <= opgave[None, :])
    return sort_pairs(h, g, value[h, g], persons, opgave, np.full(opgave.size, full))


@pytest.mark.parametrize("seed", range(6))
def test_a_filled_gemeente_equals_the_best_set_of_households(seed: int) -> None:
    value, persons, opgave = draw(seed, 8, 3)
    price = np.random.default_rng(seed + 50).normal(0.1, 0.2, 8)
    pairs = all_pairs(value, persons, opgave)
    filled = fill(pairs, price)
    for g in range(3):
        expected = best_fill(value[:, g] - price, persons, int(opgave[g]))
        assert filled.profit[g] == pytest.approx(expected)
        chosen = pairs.household[filled.chosen & (pairs.gemeente == g)]
        assert (value[chosen, g] - price[chosen]).sum() == pytest.approx(expected)
        assert persons[chosen].sum() <= opgave[g]


@pytest.mark.parametrize("seed", range(6))
def test_a_gemeente_that_must_be_full_is_filled_to_the_last_person_or_not_at_all(seed: int) -> None:
    value, persons, opgave = draw(seed, 8, 3)
    price = np.random.default_rng(seed + 50).normal(0.4, 0.3, 8)
    filled = fill(all_pairs(value, persons, opgave, full=True), price)
    for g in range(3):
        exact = [
            float((value[list(some), g] - price[list(some)]).sum())
            for count in range(9)
            for some in combinations(range(8), count)
            if persons[list(some)].sum() == opgave[g]
        ]
        assert filled.profit[g] == pytest.approx(max(exact, default=-np.inf))


@pytest.mark.parametrize("seed", range(6))
def test_the_loss_of_a_forced_household_is_exact(seed: int) -> None:
    value, persons, opgave = draw(seed, 7, 3)
    price = np.random.default_rng(seed + 50).normal(0.1, 0.2, 7)
    pairs = all_pairs(value, persons, opgave)
    lost = np.zeros(pairs.household.size)
    losses(pairs, price, fill(pairs, price), lost)
    for k, (h, g) in enumerate(zip(pairs.household.tolist(), pairs.gemeente.tolist(), strict=True)):
        free = best_fill(value[:, g] - price, persons, int(opgave[g]))
        forced = best_fill(value[:, g] - price, persons, int(opgave[g]), h)
        assert lost[k] == pytest.approx(free - forced)


@pytest.mark.parametrize("seed", range(6))
def test_a_poured_gemeente_bounds_the_best_set_of_households(seed: int) -> None:
    value, persons, _ = draw(seed, 9, 1)
    # In persons too many for a table: the same knapsack in units a hundred times as small.
    large, opgave = persons * 100, np.array([1100])
    assert opgave[0] > WIDE
    pairs = all_pairs(value, large, opgave)
    price, lost = np.zeros(9), np.zeros(pairs.household.size)
    filled = fill(pairs, price)
    losses(pairs, price, filled, lost)
    assert filled.profit[0] >= best_fill(value[:, 0], large, 1100) - 1e-12
    for k, h in enumerate(pairs.household.tolist()):
        assert filled.profit[0] - lost[k] >= best_fill(value[:, 0], large, 1100, h) - 1e-12


@pytest.mark.parametrize("seed", range(6))
def test_branching_finds_the_best_answer_above_a_value_and_proves_that_there_is_no_better(seed: int) -> None:
    value, persons, opgave = draw(seed, 30, 6)
    space = checked_space(value.shape, persons, opgave, None, None, None)
    best = assign(value, persons, opgave, unlinked_value=0.0).value
    contest = open_contest(
        space, value, no_prices(space), np.maximum(value.max(axis=1), 0.0), np.ones(opgave.size, dtype=np.bool_)
    )
    contest = lower_contest(contest, 0.0, Budget())
    assert contest.bound >= best - 1e-9
    sides = all_sides(space, value, contest.pairs)
    for beat, found in ((best - 0.5, True), (best + 1e-6, False)):
        branched = branch(
            space, contest.pairs, sides, contest.price, 0.0, beat=beat, unit=1e-9, nodes=100_000, budget=Budget()
        )
        assert branched.complete
        assert (branched.gemeente is not None) == found
        assert branched.bound == pytest.approx(max(best, beat), abs=1e-8)
        if branched.gemeente is not None:
            assert space.contains(branched.gemeente)
            linked = np.flatnonzero(branched.gemeente >= 0)
            assert value[linked, branched.gemeente[linked]].sum() == pytest.approx(best)


@pytest.mark.parametrize("seed", range(6))
def test_no_answer_with_a_pair_is_worth_more_than_the_bound_minus_its_loss(seed: int) -> None:
    value, persons, opgave = draw(seed, 12, 4)
    space = checked_space(value.shape, persons, opgave, None, None, None)
    contest = open_contest(
        space, value, no_prices(space), np.maximum(value.max(axis=1), 0.0), np.ones(opgave.size, dtype=np.bool_)
    )
    contest = lower_contest(contest, 0.0, Budget())
    for k, lost in enumerate(pair_losses(contest).tolist()):
        h, g = int(contest.pairs.household[k]), int(contest.pairs.gemeente[k])
        only = np.ones_like(space.allowed)
        only[h] = np.arange(opgave.size) == g
        forced = value.copy()
        forced[h, g] += 100.0
        answer = assign(forced, persons, opgave, only, unlinked_value=0.0)
        assert answer.gemeente[h] == g
        assert answer.value - 100.0 <= contest.bound - lost + 1e-8


@pytest.mark.parametrize("seed", range(8))
def test_the_flow_solves_the_linear_relaxation_and_its_prices_prove_it(seed: int) -> None:
    value, persons, opgave = draw(seed, 25, 6)
    space = checked_space(value.shape, persons, opgave, None, None, None)
    whole = np.round(value * 1000).astype(np.int64)
    h, g = np.nonzero(space.allowed)
    program = build(space, whole, (h, g))
    relaxed = relax_by_flow(space, program)
    assert relaxed is not None
    rows = program.matrix.toarray()[: 25 + 6]
    reference = linprog(-program.objective, A_ub=rows, b_ub=program.high[: 25 + 6], bounds=(0, None))
    assert reference.fun is not None
    assert relaxed.objective == pytest.approx(-reference.fun)
    assert scan(space, whole, relaxed.duals).bound == pytest.approx(-reference.fun, abs=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_a_small_month_equals_the_optimum_of_a_general_solver(seed: int) -> None:
    value, persons, opgave = draw(seed, 40, 9)
    h, g = np.nonzero(persons[:, None] <= opgave[None, :])
    rows, columns = np.concatenate([h, 40 + g]), np.tile(np.arange(h.size), 2)
    weights = np.concatenate([np.ones(h.size), persons[h]])
    result = milp(
        -value[h, g],
        constraints=LinearConstraint(
            sparse.csr_array((weights, (rows, columns))), -np.inf, np.concatenate([np.ones(40), opgave])
        ),
        integrality=np.ones(h.size, dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    assert result.fun is not None
    answer = assign(value, persons, opgave, unlinked_value=0.0)
    assert answer.value == pytest.approx(-result.fun, abs=1e-6)
    assert answer.bound >= -result.fun - 1e-9
    assert str(answer.status) == "proven"


def test_one_more_place_never_lowers_the_optimum() -> None:
    value, persons, opgave = draw(77, 30, 6)
    before = assign(value, persons, opgave, unlinked_value=0.0).value
    for g in range(6):
        more = opgave.copy()
        more[g] += 1
        assert assign(value, persons, more, unlinked_value=0.0).value >= before - 1e-9


def test_a_ticket_decides_its_own_row_of_the_lottery_only() -> None:
    lot = np.array([5, 6, 7], dtype=np.uint64)
    drawn = lottery_value(lot, 40)
    assert drawn[[2, 0]].tolist() == lottery_value(lot[[2, 0]], 40).tolist()
    assert drawn.min() >= 0
    assert drawn.max() < 2**BITS
    assert np.unique(drawn).size > 110
