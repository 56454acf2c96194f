"""What an agreement does, group by group, on a month that can be counted by hand."""

import numpy as np
import pandas as pd
import pytest

from optimizer.decide import pose
from optimizer.domain import uitvoer
from optimizer.fit import household_chances, score
from optimizer.measure import agreements_hold, effect
from optimizer.measure.agreements import group_of
from optimizer.model import Answer, Case, collect, without_agreements
from optimizer.policy import load_beleid
from tests.decide.maanden import rows
from tests.proefbatch import AMERSFOORT, GRONINGEN, UTRECHT, ZWOLLE, baan, groep, grond, huishouden, parameters

#: H1 works where it is in reception and may stay; H2 is there too; H3 and H4 are elsewhere.
BATCH = groep(
    [
        huishouden("H1", aantal_personen=2),
        huishouden("H2", aantal_personen=3),
        huishouden("H3", aantal_personen=4, opvang_gemeente=ZWOLLE),
        huishouden("H4", opvang_gemeente=ZWOLLE),
    ],
    {UTRECHT: 3, AMERSFOORT: 3, ZWOLLE: 9, GRONINGEN: 9},
    werk=[
        baan("H1", UTRECHT),
        baan("H2", UTRECHT, uren_per_week=4.0),
        baan("H3", ZWOLLE, uren_per_week=5.0),
        baan("H3", ZWOLLE, uren_per_week=6.0, contract_einde="2026-11-01"),
    ],
    gronden=[grond("H2", "gezin", AMERSFOORT), grond("H4", "studie", GRONINGEN)],
    overeenkomsten=[{"gemeente": UTRECHT, "vanaf": "2026-01-01", "effect": "blijft", "bron": "brief 12"}],
)
MATEN = list(uitvoer.OVEREENKOMSTMATEN)


def _case(*, agreed: bool) -> Case:
    p = parameters()
    facts = collect(BATCH, p)
    facts = facts if agreed else without_agreements(facts, p)
    problem = pose(facts, load_beleid("straal50"), p, household_chances(BATCH, score(BATCH.personen, p)))
    return Case(BATCH, problem, Answer(np.full(4, -1)))


def _effect(with_it: list[list[str]], without: list[list[str]]) -> pd.DataFrame:
    """The effect for links by draw, with the agreement and without."""
    drawn = [np.array([rows(draw) for draw in draws]) for draws in (with_it, without)]
    table = effect(_case(agreed=True), drawn[0], _case(agreed=False), drawn[1])
    assert table.columns.tolist() == uitvoer.OVEREENKOMSTEN.names
    return table


def _counts(table: pd.DataFrame, column: str) -> dict[str, list[float]]:
    """The numbers of a column by group, in the order of the things counted."""
    return {str(g): part[column].tolist() for g, part in table.groupby("groep", sort=False)}


def test_households_belong_to_one_group_each() -> None:
    assert group_of(_case(agreed=True)).tolist() == [0, 1, 2, 2]
    assert [agreements_hold(_case(agreed=a)) for a in (True, False)] == [True, False]


def test_a_month_counted_by_hand_with_and_without_the_agreement() -> None:
    """With it H1 stays and H2 has its ground in Amersfoort; without it they change places, and H3 leaves its work."""
    table = _effect([[UTRECHT, AMERSFOORT, ZWOLLE, GRONINGEN]], [[GRONINGEN, UTRECHT, GRONINGEN, ""]])
    assert table["beleid"].unique().tolist() == ["straal50"]
    assert table["maat"].tolist() == MATEN * 3
    assert table["huishoudens"].tolist() == [1] * 5 + [1] * 5 + [2] * 5
    met, zonder = _counts(table, "met"), _counts(table, "zonder")
    # Persons linked, grounds honoured, jobs within 50 km, jobs lost by the rule; expected loss is looked at below.
    assert met["blijft"][:4] == [2, 1, 1, 0]
    assert met["zelfde_gemeente"][:4] == [3, 1, 1, 0]
    assert met["zonder_overeenkomst"][:4] == [5, 1, 1, 0]  # the contract of the second job of H3 ends first
    assert zonder["blijft"][:4] == [2, 0, 0, 1]
    assert zonder["zelfde_gemeente"][:4] == [3, 1, 1, 0]  # Utrecht is near Amersfoort too
    assert zonder["zonder_overeenkomst"][:4] == [4, 0, 0, 1]
    assert met["blijft"][4] == 0.0  # who stays loses nothing by moving
    assert zonder["blijft"][4] > 0.9
    for group, difference in _counts(table, "verschil").items():
        assert difference == pytest.approx(np.subtract(met[group], zonder[group]))


def test_draws_count_for_their_mean() -> None:
    near, far, nowhere = [AMERSFOORT, "", ZWOLLE, ""], [GRONINGEN, "", GRONINGEN, ""], ["", "", "", ""]
    table = _effect([near, near, far, nowhere], [far])
    assert _counts(table, "met")["blijft"][:4] == [1.5, 0.5, 0.5, 0.25]
    assert _counts(table, "met")["zonder_overeenkomst"][:4] == [3.0, 0.0, 0.5, 0.25]
    assert _counts(table, "met")["zelfde_gemeente"] == [0, 0, 0, 0, 0]
    assert _counts(table, "zonder")["blijft"][:4] == [2, 0, 0, 1]
