"""Widening by hand: what is overfilled is competed for in the next search, and after four searches everything is."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from optimizer.solve.bound.contest import open_contest
from optimizer.solve.bound.dual import no_prices, scan
from optimizer.solve.bound.highs import Rounded
from optimizer.solve.bound.relaxation import Relaxation
from optimizer.solve.problem.checks import checked_space
from optimizer.solve.problem.goal import Goal
from optimizer.solve.prove.core import Core, make_core
from optimizer.solve.prove.widening import Near, prove_by_cuts, prove_by_patterns, widen
from optimizer.solve.run.budget import Budget
from optimizer.solve.whole.state import Search, State

Ints = npt.NDArray[np.int64]
SPACE = checked_space((3, 7), [1, 1, 1], [1] * 7, None, None, None)
VALUE = np.array([[9, 8, 7, 6, 5, 4, 3], [9, 8, 7, 6, 5, 4, 3], [9, 8, 7, 6, 5, 4, 3]])
NOWHERE = np.zeros(7, dtype=np.bool_)


def begun() -> tuple[Search, State, Core]:
    zero = no_prices(SPACE)
    seen = scan(SPACE, VALUE, zero)
    find = Search(SPACE, Goal("a", VALUE), np.zeros(7), 0.0, 1, np.random.default_rng(0), Budget())
    contest = open_contest(SPACE, VALUE, zero, np.zeros(3), ~NOWHERE)
    state = State(np.array([6, 5, 4]), 12, seen.bound, Relaxation(zero, seen, None, np.zeros(0)), contest)
    return find, state, make_core(find, contest)


def test_each_search_competes_for_what_the_last_one_overfilled_and_the_fifth_for_everything() -> None:
    find, state, core = begun()
    searched: list[Near] = []

    def overfill_the_next(near: Near) -> Rounded:
        turn = len(searched)
        searched.append(near)
        return Rounded(np.array([turn, turn, 6]), 27.0, complete=turn == 4, nodes=1)

    new, contested, complete = widen(find, state, core, NOWHERE, 1e9, overfill_the_next)
    assert [np.flatnonzero(near.contested).tolist() for near in searched] == [
        [],
        [0],
        [0, 1],
        [0, 1, 2],
        [0, 1, 2, 3, 4, 5, 6],
    ]
    assert contested.all()
    assert complete
    # What is not competed for has room for everybody.
    assert [near.space.opgave.tolist() for near in searched[:2]] == [[3] * 7, [1, 3, 3, 3, 3, 3, 3]]
    # One of the two who came to one place moves on, and what then fits is taken where it is better: 9, 8 and 3.
    assert SPACE.contains(new.gemeente)
    assert new.value == 20
    assert new.word == "HiGHS"


def test_a_search_that_finds_nothing_ends_there_and_lowers_the_bound_to_its_own_or_by_the_width() -> None:
    find, state, core = begun()
    for bound, width, left in ((13.5, 100.0, 13.5), (5.0, 20.0, core.contest.bound - 20.0), (3.0, 100.0, 12.0)):
        searched: list[Near] = []

        def nothing(near: Near, bound: float = bound, searched: list[Near] = searched) -> Rounded:
            searched.append(near)
            return Rounded(None, bound, complete=True, nodes=1)

        new, contested, complete = widen(find, state, core, NOWHERE, width, nothing)
        assert len(searched) == 1
        assert (new.bound, complete) == (left, True)
        assert not contested.any()
        assert new.gemeente is state.gemeente
        # Only what beats the answer, and lies within the width of the bound, matters.
        assert searched[0].beat == max(12.0, core.contest.bound - width)


def test_programs_prove_a_level_from_a_poor_answer() -> None:
    for prove in (prove_by_cuts, prove_by_patterns):
        find, state, core = begun()
        proven = prove(find, state, core)
        assert proven.value == 9 + 8 + 7
        assert find.closed(proven)
        assert SPACE.contains(proven.gemeente)
        # Who has spent everything goes no further.
        spent = replace(find, budget=Budget(0))
        assert prove(spent, state, core) is state
