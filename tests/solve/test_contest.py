"""The contest of the gemeenten for the households, on months with every kind of limit, against every answer."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import numpy.typing as npt
import pytest
from scipy.optimize import linprog

from optimizer.solve import assign
from optimizer.solve.bound.contest import Contest, certify, charged, lower_contest, open_contest, pair_losses, promising
from optimizer.solve.bound.dual import Duals, scan
from optimizer.solve.bound.sharpen import sharpen
from optimizer.solve.problem.checks import checked_space
from optimizer.solve.problem.space import Kept, Space, total
from optimizer.solve.run.budget import Budget

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def month(seed: int) -> tuple[Space, Ints, list[Ints]]:
    """Draw five households, three gemeenten, ceilings, two resources and an earlier level; list the answers."""
    rng = np.random.default_rng(seed)
    shape = (5, 3)
    space = checked_space(
        shape,
        rng.integers(1, 4, 5),
        rng.integers(2, 7, 3),
        rng.random(shape) < 0.8,
        (rng.integers(0, 3, (5, 2)), rng.integers(1, 5, (3, 2))),
        (rng.integers(-1, 2, 3), rng.integers(2, 7, 2)),
        rng.integers(0, 2, 5),
    )
    everything = [np.array(choice, dtype=np.int64) for choice in product(range(-1, 3), repeat=5)]
    fits = [one for one in everything if space.contains(one)]
    one = fits[int(rng.integers(len(fits)))]
    rest = space.opgave - space.load(one)
    earlier = rng.integers(0, 4, shape)
    space = space.replace(
        must_link=(one >= 0) & (rng.random(5) < 0.3),
        full=(rest == 0) & (rng.random(3) < 0.5),
        kept=(Kept(earlier, float(total(earlier, one)) - 1.0, rng.random(5), 1.0),),
    )
    return space, rng.integers(-2, 9, shape), [one for one in fits if space.contains(one)]


def some_prices(space: Space, seed: int) -> Duals:
    """Draw a point of the dual function; the constant is what the documentation says it is."""
    rng = np.random.default_rng(seed + 500)
    opgave = np.where(space.full, rng.normal(0.0, 1.5, 3), np.maximum(rng.normal(0.3, 1.0, 3), 0.0))
    ceiling, resource = np.maximum(rng.normal(0.2, 1.0, 2), 0.0), np.maximum(rng.normal(0.0, 1.0, (3, 2)), 0.0)
    weight = np.array([rng.choice([0.0, 1.5])])
    region = np.array([ceiling[r] if r >= 0 else 0.0 for r in space.region])
    constant = float(ceiling @ space.ceiling + (resource * space.capacity).sum() - weight[0] * space.kept[0].floor)
    return Duals(opgave, region, resource, weight, constant)


def by_hand(space: Space, value: Ints, duals: Duals, price: Floats) -> float:
    """Equation (10), every set of households in every gemeente looked at."""
    pay = np.where(space.full, np.maximum(-duals.opgave, 0.0), 0.0)
    out = float(price.sum()) + duals.constant - float(pay @ space.opgave)
    for g in range(3):
        best = 0.0
        for count in range(1, 6):
            for group in combinations(range(5), count):
                rows = list(group)
                if not space.allowed[rows, g].all() or space.persons[rows].sum() > space.opgave[g]:
                    continue
                worth = value[rows, g].sum() + duals.weight[0] * space.kept[0].value[rows, g].sum()
                paid = space.counted[rows].sum() * duals.region[g] + (space.use[rows] @ duals.resource[g]).sum()
                best = max(best, float(worth - paid + space.persons[rows].sum() * pay[g] - price[rows].sum()))
        out += best
    return out


@pytest.mark.parametrize("seed", range(25))
def test_the_bound_is_equation_10_and_no_answer_is_worth_more(seed: int) -> None:
    space, value, answers = month(seed)
    duals = some_prices(space, seed)
    contested = np.random.default_rng(seed).random(3) < 0.6
    contest = open_contest(space, value, duals, np.random.default_rng(seed).normal(1.0, 2.0, 5), contested)
    best = max(total(value, one) for one in answers)
    assert contest.bound >= best
    assert contest.bound == pytest.approx(by_hand(space, value, duals, contest.price), abs=1e-9)
    assert certify(contest) == contest.bound
    assert certify(replace(contest, price=contest.price + 1.0)) >= best
    assert scan(space, value, duals).bound >= best


@pytest.mark.parametrize("seed", range(25))
def test_no_household_is_cheaper_than_what_it_is_worth_where_nobody_competes(seed: int) -> None:
    space, value, _ = month(seed)
    duals, rng = some_prices(space, seed), np.random.default_rng(seed)
    contested = rng.random(3) < 0.5
    contest = open_contest(space, value, duals, rng.normal(0.0, 1.0, 5), contested)
    for h in range(5):
        least = -np.inf if space.must_link[h] else 0.0
        for g in np.flatnonzero(space.allowed[h] & ~contested):
            gain = value[h, g] + duals.weight[0] * space.kept[0].value[h, g] - space.counted[h] * duals.region[g]
            pay = max(0.0, -duals.opgave[g]) if space.full[g] else 0.0
            least = max(least, float(gain - space.use[h] @ duals.resource[g] + space.persons[h] * pay))
        assert contest.floor[h] == pytest.approx(least)
        assert contest.price[h] >= contest.floor[h]


@pytest.mark.parametrize("seed", [15, 26, 440])
def test_who_does_not_count_against_a_ceiling_is_paid_for_all_the_same(seed: int) -> None:
    # A gemeente that must be full pays for persons, not only for those that count: else the bound is too low.
    space, value, answers = month(seed)
    assert space.full.any()
    assert (space.counted < space.persons).any()
    contest = open_contest(space, value, some_prices(space, seed), np.zeros(5), np.ones(3, dtype=np.bool_))
    assert contest.bound >= max(total(value, one) for one in answers)


@pytest.mark.parametrize("seed", range(25))
def test_a_full_gemeente_pays_below_zero_and_nobody_else_pays(seed: int) -> None:
    space, _, answers = month(seed)
    duals = some_prices(space, seed)
    pay, constant = charged(space, duals)
    assert (pay == np.where(space.full & (duals.opgave < 0), -duals.opgave, 0.0)).all()
    for one in answers:
        # Every answer is paid the same, which the constant lacks.
        paid = sum(space.persons[h] * pay[one[h]] for h in np.flatnonzero(one >= 0))
        assert constant + paid == pytest.approx(duals.constant)


@pytest.mark.parametrize("seed", range(25))
def test_whoever_is_forced_in_costs_at_least_the_loss_of_the_pair(seed: int) -> None:
    space, value, answers = month(seed)
    contest = open_contest(space, value, some_prices(space, seed), np.ones(5), np.ones(3, dtype=np.bool_))
    lost = pair_losses(contest)
    seen = 0
    for k, (h, g) in enumerate(zip(contest.pairs.household, contest.pairs.gemeente, strict=True)):
        with_pair = [total(value, one) for one in answers if one[h] == g]
        seen += bool(with_pair)
        if with_pair:
            assert max(with_pair) <= contest.bound - lost[k] + 1e-9
        assert lost[k] >= 0
    assert seen


@pytest.mark.parametrize("seed", range(12))
def test_a_contest_is_lowered_towards_the_best_answer_and_never_below_it(seed: int) -> None:
    space, value, answers = month(seed)
    best = max(total(value, one) for one in answers)
    contest = open_contest(space, value, some_prices(space, seed), np.full(5, 3.0), np.ones(3, dtype=np.bool_))
    budget = Budget()
    lowered = lower_contest(contest, float(best), budget)
    assert best <= lowered.bound <= contest.bound
    assert lowered.bound == certify(lowered)
    assert (lowered.price >= lowered.floor).all()
    assert budget.work > 0
    spent = Budget(1)
    spent.work = 1
    assert lower_contest(contest, float(best), spent).bound == contest.bound


def crowd(seed: int, households: int = 40, gemeenten: int = 15) -> tuple[Space, Ints, Contest]:
    """Draw a plain month in which every gemeente is contested."""
    rng = np.random.default_rng(seed)
    persons = rng.integers(1, 4, households)
    opgave = rng.multinomial(int(persons.sum()), np.full(gemeenten, 1 / gemeenten)) + 1
    space = checked_space(
        (households, gemeenten), persons, opgave, rng.random((households, gemeenten)) < 0.8, None, None
    )
    value = rng.integers(0, 1_000, (households, gemeenten))
    zero = Duals(np.zeros(gemeenten), np.zeros(gemeenten), np.zeros((gemeenten, 0)), np.zeros(0), 0.0)
    price = value.max(axis=1).astype(np.float64) * rng.random(households)
    return space, value, open_contest(space, value, zero, price, rng.random(gemeenten) < 0.9)


@pytest.mark.parametrize("seed", range(6))
def test_the_promising_pairs_are_those_that_lose_least_and_nobody_goes_without(seed: int) -> None:
    _, _, contest = crowd(seed)
    chosen, lost = promising(contest), pair_losses(contest)
    household = contest.pairs.household
    everywhere = contest.contested[contest.pairs.gemeente]
    assert everywhere[chosen].all()
    assert (np.diff(chosen) > 0).all()
    left_out = np.setdiff1d(np.flatnonzero(everywhere), chosen)
    assert left_out.size
    # Eight of each household on average; beyond those only the six best of whoever had fewer.
    few = np.sort(lost[everywhere])[: 8 * 40]
    assert set(np.flatnonzero(everywhere & (lost < few[-1]))) <= set(chosen.tolist())
    for h in range(40):
        own = chosen[household[chosen] == h]
        mine = np.flatnonzero(everywhere & (household == h))
        assert own.size >= min(6, mine.size)
        beyond = np.setdiff1d(mine, own)
        if own.size and beyond.size:
            assert lost[own].max() <= lost[beyond].min()
        assert own.size <= max(6, int((lost[mine] <= few[-1]).sum()))


def test_where_pairs_are_few_all_that_are_contested_are_promising() -> None:
    _, _, contest = crowd(3, 10, 5)
    assert promising(contest).tolist() == np.flatnonzero(contest.contested[contest.pairs.gemeente]).tolist()


def by_sets(space: Space, value: Ints) -> float:
    """Return the least that (10) can be at any prices: the linear program over all sets of households that fit."""
    columns, worth = [], []
    households, gemeenten = space.allowed.shape
    for g in range(gemeenten):
        for count in range(1, households + 1):
            for group in combinations(np.flatnonzero(space.allowed[:, g]).tolist(), count):
                rows = list(group)
                if space.persons[rows].sum() <= space.opgave[g]:
                    column = np.zeros(households + gemeenten)
                    column[[*rows, households + g]] = 1.0
                    columns.append(column)
                    worth.append(float(value[rows, g].sum()))
    found = linprog(-np.array(worth), A_ub=np.array(columns).T, b_ub=np.ones(households + gemeenten), bounds=(0, None))
    assert found.fun is not None
    return -float(found.fun)


@pytest.mark.parametrize("seed", range(8))
def test_patterns_give_the_least_bound_that_prices_of_households_can_give(seed: int) -> None:
    space, value, contest = crowd(seed, 9, 4)
    contest = open_contest(space, value, contest.duals, contest.price, np.ones(4, dtype=np.bool_))
    best = assign(value, space.persons, space.opgave, space.allowed, unlinked_value=0.0)
    least = by_sets(space, value)
    budget = Budget()
    sharp = sharpen(space, value, contest, best.gemeente, budget, best.value)
    assert sharp.bound == certify(sharp)
    assert least - 1e-6 <= sharp.bound <= min(contest.bound, least + 0.02 * (least - best.value) + 0.1)
    assert lower_contest(contest, best.value, Budget(), 3).bound >= least - 1e-6
    assert budget.work > 0


@pytest.mark.parametrize("seed", range(3))
def test_pairs_that_pay_are_added_until_the_bound_over_all_pairs_is_that_of_the_program(seed: int) -> None:
    space, value, contest = crowd(seed, 30, 14)
    contest = open_contest(space, value, contest.duals, contest.price, np.ones(14, dtype=np.bool_))
    best = assign(value, space.persons, space.opgave, space.allowed, unlinked_value=0.0)
    assert best.status == "proven"
    assert promising(contest).size < int(space.allowed.sum())
    sharp = sharpen(space, value, contest, best.gemeente, Budget(), best.value)
    assert best.value <= sharp.bound <= contest.bound
    # Nothing that steps along the gradient finds from there is worth more than the fiftieth that was left to gain.
    further = lower_contest(sharp, best.value, Budget(), 6)
    assert sharp.bound - further.bound <= 0.02 * (sharp.bound - best.value) + 0.1
