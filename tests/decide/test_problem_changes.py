"""A changed problem is whole: the same as if the batch had been posed with that lock or exclusion in it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.decide import decide
from optimizer.domain.batch import Batch
from optimizer.model import Problem
from tests.decide.maanden import PLACES, Maand, maanden
from tests.proefbatch import UTRECHT, ZWOLLE, groep, huishouden, worked_out

POLICIES = ("kansrijk", "handmatig", "zonder_opgave")


def problem_of(batch: Batch, policy: str) -> Problem:
    return worked_out(batch, policy).problem


def with_cells(batch: Batch, row: int, **cells: str) -> Batch:
    table = batch.huishoudens.copy()
    for column, value in cells.items():
        table.loc[row, column] = value
    return batch.replace(huishoudens=table)


def assert_same(changed: Problem, posed: Problem) -> None:
    for name in ("vastgezet", "locks", "overeenkomst"):
        np.testing.assert_array_equal(getattr(changed.facts, name), getattr(posed.facts, name))
    for name in ("opgave", "toegestaan", "vastgezet", "personen"):
        np.testing.assert_array_equal(getattr(changed.instance, name), getattr(posed.instance, name))
    if posed.instance.woningen is None:
        assert changed.instance.woningen is None
    else:
        assert changed.instance.woningen is not None
        np.testing.assert_array_equal(changed.instance.woningen.vrij, posed.instance.woningen.vrij)
    for ours, theirs in zip(changed.instance.niveaus, posed.instance.niveaus, strict=True):
        np.testing.assert_array_equal(ours.value, theirs.value)


@pytest.mark.parametrize("policy", POLICIES)
@settings(max_examples=15)
@given(month=maanden(), row=st.integers(0, 50), place=st.sampled_from(PLACES))
def test_a_lock_on_a_problem_is_the_lock_of_a_person_in_the_file(
    policy: str, month: Maand, row: int, place: str
) -> None:
    batch = month.batch
    row %= len(batch.huishoudens)
    # An exclusion of that very municipality would make the file contradict itself.
    free = with_cells(batch, row, uitgesloten_gemeenten="")
    locked = with_cells(free, row, vastgezet_gemeente=place, vastgezet_reden="wens")
    problem = problem_of(free, policy)
    assert_same(problem.with_lock(row, problem.facts.gemeenten.index[place]), problem_of(locked, policy))


@pytest.mark.parametrize("policy", POLICIES)
@settings(max_examples=15)
@given(month=maanden(), row=st.integers(0, 50), place=st.sampled_from(PLACES))
def test_a_pair_taken_out_of_a_problem_is_an_exclusion_in_the_file(
    policy: str, month: Maand, row: int, place: str
) -> None:
    row %= len(month.batch.huishoudens)
    free = with_cells(month.batch, row, vastgezet_gemeente="", vastgezet_reden="", uitgesloten_gemeenten="")
    problem = problem_of(free, policy)
    gemeente = problem.facts.gemeenten.index[place]
    if problem.facts.vastgezet[row] == gemeente:  # an agreement keeps it there
        with pytest.raises(ValueError, match="fixed there"):
            problem.without(row, gemeente)
        return
    assert_same(problem.without(row, gemeente), problem_of(with_cells(free, row, uitgesloten_gemeenten=place), policy))


def test_a_changed_problem_is_decided_like_any_other_and_the_first_one_stays_as_it_was() -> None:
    problem = problem_of(groep([huishouden("H1"), huishouden("H2")], {UTRECHT: 1, ZWOLLE: 1}), "kansrijk")
    index = problem.facts.gemeenten.index
    before = decide(problem).gemeente.tolist()
    locked = decide(problem.with_lock(0, index[ZWOLLE])).gemeente.tolist()
    assert locked == [index[ZWOLLE], index[UTRECHT]]
    assert decide(problem.without(0, index[UTRECHT])).gemeente.tolist() == locked
    assert decide(problem).gemeente.tolist() == before


def test_facts_and_instance_that_disagree_on_what_is_fixed_make_no_problem() -> None:
    problem = problem_of(groep([huishouden("H1")], {UTRECHT: 1}), "kansrijk")
    with pytest.raises(ValueError, match="agree"):
        problem.replace(facts=problem.facts.replace(vastgezet=np.array([3])))
