"""Each part of the search does its own work: taken alone, it makes a poor answer better and keeps every rule."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from optimizer.solve import assign
from optimizer.solve.bound.contest import lower_contest, open_contest
from optimizer.solve.bound.dual import no_prices, scan
from optimizer.solve.bound.relaxation import Relaxation
from optimizer.solve.problem.checks import checked_space
from optimizer.solve.problem.goal import Goal
from optimizer.solve.problem.space import Kept, Space, total
from optimizer.solve.prove.core import Core, make_core
from optimizer.solve.run.budget import Budget
from optimizer.solve.search.chains import cool
from optimizer.solve.search.groups import search_parts
from optimizer.solve.whole.greedy import link_greedily
from optimizer.solve.whole.one_by_one import link_one_by_one
from optimizer.solve.whole.state import Search, State

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def month(seed: int, sides: bool) -> tuple[Space, Floats]:
    """Draw a tight month of 60 households, with a resource and ceilings where ``sides``."""
    rng = np.random.default_rng(seed)
    persons = rng.choice([1, 1, 1, 2, 3, 4], 60)
    opgave = rng.multinomial(int(persons.sum() * 1.06), np.full(10, 0.1))
    use = (persons > 2).astype(np.int64)[:, None]
    resources = (use, np.full((10, 1), 3)) if sides else None
    ceiling = np.array([opgave[:5].sum() - 3, opgave[5:].sum()])
    regions = (np.repeat([0, 1], 5), ceiling) if sides else None
    value = rng.normal(0.6, 0.15, (60, 10))
    return checked_space(value.shape, persons, opgave, None, resources, regions), value


def started(space: Space, value: Floats, gemeente: Ints) -> tuple[Search, State, Core]:
    """Price the households and set the search up at an answer."""
    zero = no_prices(space)
    relaxation = Relaxation(zero, scan(space, value, zero), None, np.zeros(0))
    goal = Goal("value", value)
    find = Search(space, goal, np.zeros(10), 0.0, 1, np.random.default_rng(1), Budget())
    state = State(gemeente, total(value, gemeente), relaxation.bound, relaxation)
    contest = open_contest(space, value, zero, relaxation.scan.best, np.ones(10, dtype=np.bool_))
    return find, state, make_core(find, lower_contest(contest, float(state.value), Budget()))


def greedy(space: Space, value: Floats | Ints) -> Ints:
    nobody = np.full(space.persons.size, -1)
    return link_greedily(space, value, no_prices(space), np.zeros(space.opgave.size), nobody, Budget())


@pytest.mark.parametrize("sides", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_annealing_alone_comes_near_the_best_answer(seed: int, sides: bool) -> None:
    space, value = month(seed, sides)
    find, state, core = started(space, value, greedy(space, value))
    cooled = cool(find, state, core, 3_000, 6.0)
    assert space.contains(cooled.gemeente)
    assert cooled.value == total(value, cooled.gemeente)
    resources = (space.use, space.capacity) if sides else None
    regions = (space.region, space.ceiling) if sides else None
    best = assign(value, space.persons, space.opgave, None, resources, regions, unlinked_value=0.0).value
    before, after = best - state.value, best - cooled.value
    assert before > 0.3
    assert after < 0.15 * before


def test_annealing_keeps_what_an_earlier_level_reached() -> None:
    space, value = month(4, sides=False)
    first = np.random.default_rng(9).integers(0, 20, value.shape)
    start = greedy(space, first)
    floor = float(total(first, start)) - 60
    kept = space.replace(kept=(Kept(first, floor, np.zeros(60), 1.0),))
    find, state, core = started(kept, value, start)
    weighed = replace(state.relaxation.duals, weight=np.array([0.02]))
    cooled = cool(find, replace(state, relaxation=replace(state.relaxation, duals=weighed)), core, 6_000, 6.0)
    assert cooled.value > state.value + 0.5
    assert total(first, cooled.gemeente) >= floor


@pytest.mark.parametrize("seed", range(3))
def test_groups_searched_again_make_a_greedy_answer_better(seed: int) -> None:
    space, value = month(seed, sides=False)
    find, state, core = started(space, value, greedy(space, value))
    found = search_parts(find, state, core, (4, 6), 500)
    assert space.contains(found.gemeente)
    assert found.value > state.value + 0.2


@pytest.mark.parametrize("sides", [False, True])
def test_one_pass_links_whoever_fits_where_most_is_gained(sides: bool) -> None:
    space, value = month(7, sides)
    answer = link_one_by_one(space, value)
    assert space.contains(answer)
    by_hand = np.full(60, -1)
    for h in range(60):
        options = []
        for g in range(10):
            tried = by_hand.copy()
            tried[h] = g
            if value[h, g] > 0 and space.contains(tried):
                options.append((value[h, g], -g))
        if options:
            by_hand[h] = -max(options)[1]
    assert answer.tolist() == by_hand.tolist()
