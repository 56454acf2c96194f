"""A comparison is made of counted cases: each its row, the differences with the baseline, what agreements do."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimizer.domain import uitvoer
from optimizer.domain.voorstel import Niveau
from optimizer.measure import side_by_side
from optimizer.measure.comparison import Counted
from optimizer.model import Answer, Case
from tests.measure.test_causes import posed
from tests.proefbatch import UTRECHT, groep, huishouden, parameters

BATCH = groep([huishouden("H1", aantal_personen=2), huishouden("H2", aantal_personen=3)], {UTRECHT: 9})
LEVELS = (Niveau("personen_gekoppeld", "personen", 5.0, 5.0, 0.0, "proven", 5.0, 5.0, 5.0),)


def _counted(policy: str, kept: float, *, bekend: float = 1.0, answer: Answer | None = None) -> Counted:
    case = posed(BATCH, policy, parameters(), bekend=bekend)
    case = case if answer is None else Case(BATCH, case.problem, answer)
    counts = {"behouden": kept, "verwacht_behouden": kept / 4, "verloren_regel": 9 - kept, "verwacht_verloren": 1.5}
    return Counted(policy, case, {name: np.asarray(value) for name, value in counts.items()})


def _answer(*, reproducible: bool = True, levels: tuple[Niveau, ...] = ()) -> Answer:
    status = "proven" if levels else "not_optimised"
    return replace(Answer(np.array([-1, -1]), levels, status=status), reproducible=reproducible)


def test_each_row_says_whom_it_is_about_and_how_it_differs_from_the_baseline() -> None:
    found = side_by_side([_counted("handmatig", 4.0), _counted("kansrijk", 6.0, bekend=0.5)], "handmatig").tabel
    assert found.columns.tolist() == uitvoer.BELEIDSVERGELIJKING.names
    told = ["beleid", "methode", "bekend", "huishoudens", "personen", "behouden"]
    assert found[told].to_numpy(object).tolist() == [
        ["handmatig", "volgorde", 1.0, 2, 5, 4.0],
        ["kansrijk", "optimaal", 0.5, 2, 5, 6.0],
    ]
    differences = {
        "verschil_behouden": [0.0, 2.0],
        "verschil_verwacht_behouden": [0.0, 0.5],
        "verschil_verloren_regel": [0.0, -2.0],
        "verschil_verwacht_verloren": [0.0, 0.0],
    }
    assert {name: found[name].tolist() for name in differences} == differences
    assert found["kans_werk"].isna().all()  # nobody counted it


def test_the_baseline_may_stand_in_any_row() -> None:
    found = side_by_side([_counted("kansrijk", 6.0), _counted("handmatig", 4.0)], "handmatig").tabel
    assert found["verschil_behouden"].tolist() == [2.0, 0.0]


@pytest.mark.parametrize("second", [True, False])
def test_a_comparison_is_reproducible_where_every_answer_is(second: bool) -> None:
    cases = [
        _counted("handmatig", 4.0, answer=_answer()),
        _counted("kansrijk", 4.0, answer=_answer(reproducible=second, levels=LEVELS)),
    ]
    found = side_by_side(cases, "handmatig")
    assert found.reproducible is second
    assert found.niveaus == {"kansrijk": LEVELS}
    assert found.statussen == {"handmatig": "not_optimised", "kansrijk": "proven"}


def test_what_agreements_do_stands_under_one_another_and_is_left_out_where_there_are_none() -> None:
    cases = [_counted("handmatig", 4.0)]
    assert side_by_side(cases, "handmatig").overeenkomsten is None
    effects = [pd.DataFrame({"beleid": [name], "met": [n]}) for name, n in (("handmatig", 1), ("kansrijk", 2))]
    found = side_by_side(cases, "handmatig", effects).overeenkomsten
    assert found is not None
    assert found.to_dict("list") == {"beleid": ["handmatig", "kansrijk"], "met": [1, 2]}
    assert found.index.tolist() == [0, 1]
