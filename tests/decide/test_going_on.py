"""A run that goes on from an earlier one begins its search there, and a proven answer does not show it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from optimizer.decide import Limits, decide, method
from optimizer.decide.by_levels import by_levels
from optimizer.decide.pose import pose
from optimizer.model import Problem
from tests.decide.maanden import Maand, maanden
from tests.proefbatch import UTRECHT, ZWOLLE, groep, huishouden, worked_out


def after(batch: Any, forbidden: int = 0) -> Problem:
    """The problem that goes on from the proposal for a batch, with the link of one household forbidden."""
    case = worked_out(batch)
    rows, columns = case.facts.uitgesloten
    gone = np.flatnonzero(case.answer.gemeente >= 0)[forbidden : forbidden + 1]
    facts = case.facts.replace(
        eerder=case.answer.gemeente.copy(),
        uitgesloten=(np.r_[rows, gone], np.r_[columns, case.answer.gemeente[gone]]),
    )
    return pose(facts, case.beleid, case.parameters, case.problem.kansen)


@settings(max_examples=25, deadline=None)
@given(month=maanden())
def test_where_the_search_begins_cannot_change_a_proven_answer(month: Maand) -> None:
    problem = after(month.batch)
    cold = by_levels(problem.instance, problem.facts.seed, Limits())
    warm = decide(problem)
    assert (cold.status, warm.status) == ("proven", "proven")
    assert warm.gemeente.tolist() == cold.gemeente.tolist()
    assert [level.waarde for level in warm.niveaus] == [level.waarde for level in cold.niveaus]


def test_the_search_begins_at_the_links_of_the_earlier_run(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = after(groep([huishouden("A"), huishouden("B")], {UTRECHT: 4, ZWOLLE: 4}))
    begun: list[Any] = []

    def spy(*given: Any, **named: Any) -> Any:
        begun.append(given[4])
        return by_levels(*given, **named)

    monkeypatch.setattr(method, "by_levels", spy)
    decide(problem)
    assert problem.facts.eerder is not None
    assert [start.tolist() for start in begun] == [problem.facts.eerder.tolist()]
