"""What so many jobs can hold together, whichever they are: bounds that hold for every choice, and means of choices."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.verify.run.amounts import smallest_and_largest
from optimizer.verify.run.attribution import mean_between

AMOUNTS = st.lists(st.floats(0.0, 60.0), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("number", "least", "most"),
    [
        (0.0, 0.0, 0.0),
        (1.0, 6.0, 36.0),
        (2.0, 18.0, 60.0),
        (1.5, 12.0, 48.0),  # half way between one job and two
        (4.0, 78.0, 78.0),
        (5.0, 78.0, 78.0),  # more jobs than there are: another requirement sees that
    ],
)
def test_four_jobs_of_6_12_24_and_36_hours(number: float, least: float, most: float) -> None:
    low, high = smallest_and_largest(np.array([number]), np.array([24.0, 6.0, 36.0, 12.0]))
    assert (low[0], high[0]) == (least, most)


@given(AMOUNTS, st.data())
@settings(max_examples=200)
def test_no_choice_of_jobs_lies_outside_and_some_choice_is_at_each_end(
    amounts: list[float], data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(amounts)))
    low, high = smallest_and_largest(np.array([float(number)]), np.array(amounts))
    sums = [sum(chosen) for chosen in combinations(amounts, number)]
    assert low[0] == pytest.approx(min(sums))
    assert high[0] == pytest.approx(max(sums))


@given(AMOUNTS, st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=1, max_size=8))
@settings(max_examples=200)
def test_the_mean_over_draws_of_any_choices_lies_within(amounts: list[float], draws: list[list[bool]]) -> None:
    chosen = np.array([draw[: len(amounts)] for draw in draws], dtype=bool)
    number, total = chosen.sum(axis=1).mean(), (chosen * np.array(amounts)).sum(axis=1).mean()
    low, high = smallest_and_largest(np.array([number]), np.array(amounts))
    assert low[0] - 1e-9 <= total <= high[0] + 1e-9


@given(st.lists(st.integers(-5, 5), min_size=2, max_size=60))
@settings(max_examples=300)
def test_the_mean_of_draws_lies_between_what_their_percentiles_allow(gains: list[int]) -> None:
    low, high = np.percentile(gains, [5, 95])
    least, most = mean_between(float(low), float(high), len(gains), 5)
    assert least - 1e-9 <= np.mean(gains) <= most + 1e-9


def test_one_draw_in_twenty_may_lie_far_beyond_the_interval_and_no_more() -> None:
    assert mean_between(0.0, 0.0, 20, 40) == (-2.0, 2.0)  # 19 draws of nought and one of 40 jobs
    assert mean_between(1.0, 3.0, 2, 7) == (-3.0, 5.0)  # of two draws either may be anything
