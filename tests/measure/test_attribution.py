"""The gain of the optimum over practice, split: the steps and the Shapley values add up to the whole of it."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizer.domain import uitvoer
from optimizer.measure.attribution import STAPPEN, Coalition, Kept, attribution, chain, shapley
from optimizer.model import collect
from optimizer.pipeline.attribution import coalitions
from tests.proefbatch import AMERSFOORT, GRONINGEN, UTRECHT, ZWOLLE, baan, groep, huishouden, in_force, parameters

EVERY: list[Coalition] = [frozenset(c) for k in range(5) for c in combinations(STAPPEN, k)]
NOTHING, ALL = EVERY[0], EVERY[-1]
numbers = st.lists(st.integers(0, 50), min_size=3, max_size=3).map(lambda xs: np.array(xs, dtype=np.float64))
kept = st.builds(Kept, label=st.just("x"), behouden=numbers, verwacht=numbers)


def worth(*counts: float) -> dict[Coalition, float]:
    return dict(zip(EVERY, counts, strict=True))


@given(st.lists(kept, min_size=16, max_size=16))
def test_the_steps_and_the_shapley_values_add_up_to_the_whole_difference(values: list[Kept]) -> None:
    value = dict(zip(EVERY, values, strict=True))
    table = attribution(value)
    assert table.columns.tolist() == uitvoer.ATTRIBUTIE.names
    gain = value[ALL].behouden.mean() - value[NOTHING].behouden.mean()
    expected = value[ALL].verwacht.mean() - value[NOTHING].verwacht.mean()
    assert table["verschil_behouden"].sum() == pytest.approx(gain)
    assert table["shapley"].sum() == pytest.approx(gain)
    assert table["verschil_verwacht_behouden"].sum() == pytest.approx(expected)
    assert (table["laag"] <= table["hoog"]).all()


def test_the_interval_of_a_step_is_that_of_its_own_gains_from_the_fifth_to_the_ninety_fifth_of_a_hundred() -> None:
    gains, still = np.arange(101.0), np.zeros(101)
    first = Kept("before", still, still)
    table = attribution({c: Kept("after", gains, gains) if c else first for c in chain()})
    rows = table[["verschil_behouden", "laag", "hoog"]].to_numpy(dtype=np.float64).tolist()
    assert rows == [[50.0, 5.0, 95.0], *[[0.0, 0.0, 0.0]] * 3]


@given(st.lists(kept, min_size=5, max_size=5))
def test_the_chain_alone_adds_up_and_has_no_shapley_value(values: list[Kept]) -> None:
    table = attribution(dict(zip(chain(), values, strict=True)))
    assert table["verschil_behouden"].sum() == pytest.approx(values[-1].behouden.mean() - values[0].behouden.mean())
    assert table["shapley"].isna().all()


def test_what_is_worth_the_same_in_every_order_is_its_shapley_value() -> None:
    alone = dict(zip(STAPPEN, (1.0, 2.0, 4.0, 8.0), strict=True))
    value = {c: sum(alone[s] for s in c) for c in EVERY}
    assert [shapley(value, step) for step in STAPPEN] == pytest.approx([1.0, 2.0, 4.0, 8.0])


def test_two_changes_that_only_work_together_share_what_they_bring_and_the_others_get_nothing() -> None:
    both = {STAPPEN[1], STAPPEN[2]}
    value = {c: 6.0 if both <= c else 0.0 for c in EVERY}
    assert [shapley(value, step) for step in STAPPEN] == pytest.approx([0.0, 3.0, 3.0, 0.0])


def test_every_coalition_of_a_real_month_is_worked_out_and_adds_up() -> None:
    """H1 and H2 work in Utrecht, H2 too few hours for a ground; one place near, for whoever the policy looks at."""
    batch = groep(
        [huishouden("H1", vergunning_datum="2026-09-02"), huishouden("H2"), huishouden("H3")],
        {AMERSFOORT: 2, ZWOLLE: 1, GRONINGEN: 1},
        werk=[baan("H1", UTRECHT), baan("H2", UTRECHT, uren_per_week=6.0)],
    )
    settled = in_force(batch)
    found = coalitions(settled, collect(batch, parameters()), 0.5, 20, whole=True)
    assert {*found} == {*EVERY}
    table = attribution(found)
    gain = found[ALL].behouden.mean() - found[NOTHING].behouden.mean()
    assert table["verschil_behouden"].sum() == pytest.approx(gain)
    assert table["shapley"].sum() == pytest.approx(gain)
    # All know both jobs and look at both: each fits in Amersfoort.
    assert found[ALL].behouden.tolist() == [2.0]
    assert found[NOTHING].behouden.size == 20
    assert gain > 0


@pytest.mark.parametrize(("bekend", "last"), [(1.0, "kansrijk"), (0.5, "kansrijk@1")])
def test_a_step_bears_the_name_of_a_row_only_where_both_know_the_same_jobs(bekend: float, last: str) -> None:
    batch = groep([huishouden("H1")], {AMERSFOORT: 1}, werk=[baan("H1", UTRECHT)])
    found = coalitions(in_force(batch, bekend=bekend), collect(batch, parameters()), 0.3, 2, whole=False)
    table = attribution(found)
    assert table["van"].tolist()[:2] == ["handmatig@0.3", "handmatig"]  # the baseline always knows every job
    assert table["naar"].tolist()[-1] == last
