"""Room within a level: later levels may cost a share of it or some units, and no more than they need."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.solve import Leeway, Level, LevelsAnswer, solve_levels
from optimizer.verify.bound.proof import check_levels
from tests.solve.test_solve_brute_force import Case, draw
from tests.verify.test_proof import month

Ints = npt.NDArray[np.int64]
LEEWAYS = (None, Leeway(units=2), Leeway(Fraction("0.1")), Leeway(Fraction("0.25"), 1), Leeway(Fraction(1)))


def solved(case: Case, leeways: list[Leeway | None]) -> LevelsAnswer:
    levels = [Level(str(k), v, leeway=one) for k, (v, one) in enumerate(zip(case.levels, leeways, strict=True))]
    return solve_levels(levels, case.persons, case.opgave, case.admissible, case.resources, case.regions, lot=case.lot)


def totals(case: Case, gemeente: Ints) -> list[int]:
    linked = np.flatnonzero(gemeente >= 0)
    return [int(value[linked, gemeente[linked]].sum()) for value in case.levels]


def by_brute_force(case: Case, leeways: list[Leeway | None]) -> tuple[list[int], list[int], list[int]]:
    """Return of each level the best in its turn, what is kept of it, and what the final answer reaches."""
    households, gemeenten = case.admissible.shape
    answers = [np.array(a) for a in product(range(-1, gemeenten), repeat=households)]
    left = [totals(case, a) for a in answers if case.feasible(a)]
    best, kept = [], []
    for k, leeway in enumerate(leeways):
        best.append(max(values[k] for values in left))
        kept.append(best[k] - (leeway.of(best[k]) if leeway and k < len(leeways) - 1 else 0))
        left = [values for values in left if values[k] >= kept[k]]
    for k, leeway in enumerate(leeways[:-1]):
        if leeway:
            most = max(values[k] for values in left)
            left = [values for values in left if values[k] == most]
    assert all(values == left[0] for values in left)
    return best, kept, left[0]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 100_000), picks=st.lists(st.integers(0, len(LEEWAYS) - 1), min_size=4, max_size=4))
def test_each_level_keeps_its_floor_and_gives_up_no_more_than_later_levels_need(seed: int, picks: list[int]) -> None:
    case = draw(seed)
    leeways = [LEEWAYS[k] for k in picks][: len(case.levels)]
    answer = solved(case, leeways)
    best, kept, reached = by_brute_force(case, leeways)
    assert case.feasible(answer.gemeente)
    assert answer.status == "proven"
    assert totals(case, answer.gemeente) == reached == [one.value for one in answer.levels[:-1]]
    assert [one.best for one in answer.levels[:-1]] == best == [one.bound for one in answer.levels[:-1]]
    roomy = [k for k, one in enumerate(leeways[:-1]) if one is not None]
    assert [answer.levels[k].floor for k in roomy] == [kept[k] for k in roomy]
    assert [answer.levels[k].ceiling for k in roomy] == [reached[k] for k in roomy]
    for k in roomy:
        assert totals(case, answer.turns[str(k)])[k] == best[k]


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_room_changes_nothing(seed: int) -> None:
    case = draw(seed)
    without, nothing = (solved(case, [one] * len(case.levels)) for one in (None, Leeway()))
    np.testing.assert_array_equal(without.gemeente, nothing.gemeente)
    assert [one.value for one in without.levels] == [one.value for one in nothing.levels]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), share=st.sampled_from(["0.01", "0.05", "0.3"]))
def test_with_room_in_a_level_the_next_is_no_worse(seed: int, share: str) -> None:
    case = draw(seed)
    if len(case.levels) < 2:
        return
    before = solved(case, [None] * len(case.levels))
    after = solved(case, [Leeway(Fraction(share)), *[None] * (len(case.levels) - 1)])
    assert after.levels[1].value >= before.levels[1].value
    assert after.levels[0].value >= after.levels[0].floor


@pytest.mark.parametrize("sides", [False, True])
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_bounds_under_room_are_certified_and_a_higher_floor_is_not_believed(sides: bool, seed: int) -> None:
    question = month(seed, 14, 5, sides)
    leeways = [(Fraction(0), 0), (Fraction(0), 1), (Fraction("0.05"), 0)]
    names = ["personen", "banen", "kans"]
    values = [*question.values, np.roll(question.values[2], 1, axis=0)]
    levels = [Level("x", v, leeway=Leeway(*one)) for v, one in zip(values, [*leeways, (Fraction(0), 0)], strict=True)]
    answer = solve_levels(
        [replace(level, name=name) for level, name in zip(levels, [*names, "zacht"], strict=True)],
        question.persons,
        question.opgave,
        question.allowed,
        (question.use, question.capacity) if sides else None,
        (question.region, question.ceiling) if sides else None,
        certify=True,
    )
    plain: list[dict[str, Any]] = [one.as_dict() for one in answer.certificates]
    asked = replace(question, values=values, leeway=[*leeways, (Fraction(0), 0)])
    verdicts = check_levels(asked, answer.gemeente, plain[:6])
    assert [one["niveau"] for one in plain[:6]] == [*names, "zacht", "banen", "kans"]
    assert not [verdict.faults for verdict in verdicts if verdict.faults]
    assert len(answer.certificates) == 7 or answer.status != "proven"
    plain[2]["waarde"] += 1 + answer.levels[2].bound
    assert check_levels(asked, answer.gemeente, plain[:6])[2].faults


@pytest.mark.parametrize("wrong", [{"share": Fraction(-1)}, {"share": Fraction(2)}, {"units": -1}])
def test_what_is_no_leeway_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="leeway"):
        Leeway(**wrong)
