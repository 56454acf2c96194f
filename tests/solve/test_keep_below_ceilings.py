"""Below ceilings a level whose prices say it all is kept by exclusion alone: no row, on drawn months by brute force."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from optimizer.solve import Leeway, Level, solve_levels
from optimizer.solve.bound.dual import scan
from optimizer.solve.bound.highs import relax
from optimizer.solve.bound.program import build
from optimizer.solve.bound.relaxation import Relaxation
from optimizer.solve.problem.checks import checked_space
from optimizer.solve.problem.goal import Goal
from optimizer.solve.problem.space import total
from optimizer.solve.prove.keep import keep
from optimizer.solve.run.budget import Budget
from optimizer.solve.whole.state import Search, State
from tests.verify.test_proof import month


@pytest.mark.parametrize("seed", range(24))
def test_prices_of_ceilings_and_resources_tell_when_no_row_is_needed(seed: int) -> None:
    rng = np.random.default_rng(seed)
    persons, value = rng.integers(1, 4, 5), rng.integers(0, 7, (5, 3))
    roomy = seed % 3 == 0
    more = 20 if roomy else 0
    space = checked_space(
        (5, 3),
        persons,
        rng.integers(3, 9, 3) + more,
        None,
        (rng.integers(0, 2, (5, 1)), rng.integers(1, 4, (3, 1)) + more) if seed % 2 else None,
        (rng.integers(-1, 2, 3), rng.integers(3, 9, 2) + more),
    )
    answers = [one for one in (np.array(c) for c in product(range(-1, 3), repeat=5)) if space.contains(one)]
    # Levels with few values, as persons linked or jobs kept: their prices often say it all.
    value = np.repeat(persons[:, None], 3, axis=1) if roomy else value // (1 + seed % 4)
    best = max(answers, key=lambda one: total(value, one))
    program = build(space, value, np.nonzero(space.allowed))  # type: ignore[arg-type]
    found = relax(space, program, 1.0)
    assert found is not None
    relaxation = Relaxation(found.duals, scan(space, value, found.duals), program, found.pair_value)
    find = Search(space, Goal("niveau", value), np.zeros(3), 0.0, 1, np.random.default_rng(0), Budget())
    left = keep(find, State(best, total(value, best), relaxation.bound, relaxation))
    reached = {tuple(one.tolist()) for one in answers if total(value, one) == total(value, best)}
    assert {tuple(one.tolist()) for one in answers if left.contains(one)} == reached
    # Where everybody has the same worth everywhere and all fit, nothing has a price and nothing a row.
    if roomy:
        assert total(value, best) == persons.sum()
        assert left.kept == ()


def test_a_month_with_a_pace_stays_a_flow_after_the_levels_that_everybody_reaches() -> None:
    rng = np.random.default_rng(5)
    persons, kans = rng.integers(1, 4, 6), rng.integers(0, 50, (6, 4))
    ceilings = np.array([0, 0, 1, 1]), np.array([8, 9])
    levels = [Level("personen", np.repeat(persons[:, None], 4, axis=1)), Level("kans", kans)]
    answer = solve_levels(levels, persons, [6, 6, 6, 6], regions=ceilings)
    space = checked_space((6, 4), persons, [6, 6, 6, 6], None, None, ceilings)
    every = [np.array(one) for one in product(range(-1, 4), repeat=6)]
    best = max((int(persons[one >= 0].sum()), int(total(kans, one))) for one in every if space.contains(one))
    assert tuple(level.value for level in answer.levels[:2]) == best
    assert answer.status == "proven"


def test_a_level_that_only_other_levels_hold_up_is_kept_by_a_row() -> None:
    # Its second turn reaches 6 because of what is asked of later levels, whose bounds rest on its first turn.
    question = month(999, 14, 5, sides=False)
    values = [*question.values, np.roll(question.values[2], 1, axis=0)]
    room = [None, Leeway(units=1), Leeway(Fraction("0.05")), None]
    levels = [Level(str(k), value, leeway=one) for k, (value, one) in enumerate(zip(values, room, strict=True))]
    answer = solve_levels(levels, question.persons, question.opgave, question.allowed)
    for level, value in zip(answer.levels, values, strict=False):
        assert total(value, answer.gemeente) == level.value
        assert level.floor <= level.value <= level.bound
