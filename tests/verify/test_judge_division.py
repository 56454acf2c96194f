"""The judge knows the municipalities of the day by itself, also of a batch in which nobody mapped a code."""

from datetime import date

import pandas as pd
import pytest

from optimizer.domain.batch import Batch
from optimizer.rules.parameters import Parameters, load
from optimizer.verify import Oordeel, judge, judge_link
from optimizer.verify.division import batch_of_the_day
from tests.proefbatch import UTRECHT, baan, eisen, groep, huishouden

BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)
HILVERSUM, WIJDEMEREN = "GM0402", "GM1696"


def batch() -> Batch:
    return groep(
        [
            huishouden("H1", opvang_gemeente=WIJDEMEREN),
            huishouden("H2", vastgezet_gemeente=WIJDEMEREN, vastgezet_reden="afspraak"),
            huishouden("H3", uitgesloten_gemeenten=f"{UTRECHT} {WIJDEMEREN}"),
        ],
        {WIJDEMEREN: 1, HILVERSUM: 2},
        werk=[baan("H1", WIJDEMEREN)],
    )


def rules(day: date) -> Parameters:
    return load(day)


def judged(day: date, *gemeenten: str, **cells: list[str]) -> Oordeel:
    frame = pd.DataFrame({"huishouden_id": ["H1", "H2", "H3"], "gemeente": gemeenten, **cells}, dtype=str)
    return judge(batch(), frame, parameters=rules(day), eisen=eisen("kansrijk", rules(day)))


def codes(verdict: Oordeel) -> list[str]:
    return [b.code for b in verdict.overtredingen]


@pytest.mark.parametrize("name", [WIJDEMEREN, "Wijdemeren", HILVERSUM, "Hilversum"])
def test_from_the_day_of_the_merger_both_names_are_one_municipality_with_the_room_of_both(name: str) -> None:
    verdict = judged(AFTER, name, name, "")
    assert codes(verdict) == []
    table = pd.DataFrame(
        {
            "gemeente": ["GM0402"],
            "gemeente_naam": ["Hilversum"],
            "opgave": ["3"],
            "voorgesteld": ["2"],
            "rest": ["1"],
        }
    )
    frame = pd.DataFrame({"huishouden_id": ["H1", "H2", "H3"], "gemeente": [name, name, ""]}, dtype=str)
    assert judge(batch(), frame, parameters=rules(AFTER), taakstelling=table).overtredingen == ()


def test_until_the_day_before_they_are_two_each_with_its_own_room() -> None:
    assert codes(judged(BEFORE, HILVERSUM, WIJDEMEREN, "")) == []
    assert codes(judged(BEFORE, WIJDEMEREN, WIJDEMEREN, "")) == ["opgave_overschreden"]
    assert codes(judged(BEFORE, HILVERSUM, HILVERSUM, "")) == ["vaste_keuze_niet_gevolgd"]


def test_an_exclusion_of_the_part_excludes_the_whole_from_the_day_on() -> None:
    assert codes(judged(BEFORE, "", WIJDEMEREN, HILVERSUM)) == []
    assert codes(judged(AFTER, "", WIJDEMEREN, HILVERSUM)) == ["gemeente_uitgesloten"]


def test_distances_are_those_of_the_merged_municipality() -> None:
    assert codes(judged(BEFORE, HILVERSUM, WIJDEMEREN, "", afstand_km=["5,1", "", ""])) == []
    assert codes(judged(AFTER, HILVERSUM, WIJDEMEREN, "", afstand_km=["5,1", "", ""])) == ["afstand_km_onjuist"]
    assert codes(judged(AFTER, HILVERSUM, WIJDEMEREN, "", afstand_km=["0,0", "", ""])) == []


def test_names_that_a_proposal_writes_are_read_in_the_division_of_the_day() -> None:
    old = {"gemeente_naam": ["Wijdemeren", "Hilversum", ""], "opvang_gemeente": ["Wijdemeren", UTRECHT, UTRECHT]}
    assert codes(judged(AFTER, HILVERSUM, WIJDEMEREN, "", **old)) == []
    assert codes(judged(BEFORE, HILVERSUM, WIJDEMEREN, "", **old)) == ["gemeente_naam_onjuist"] * 2


def test_state_is_added_up_before_nought_is_the_least() -> None:
    table = batch().taakstelling.assign(voorsprong=[3, 0])
    merged = batch_of_the_day(batch().replace(taakstelling=table), AFTER)
    assert merged.opgave.to_dict() == {HILVERSUM: 0}  # 1 - 3 + 2
    assert batch_of_the_day(batch(), BEFORE) is not batch()
    unchanged = batch()
    assert batch_of_the_day(unchanged, BEFORE) is unchanged


def test_one_link_by_hand_is_put_to_the_rules_of_the_day() -> None:
    said = [t.toelichting for t in judge_link(batch(), "H1", WIJDEMEREN, parameters=rules(AFTER))]
    assert any("Hilversum heeft plek voor 2" in text for text in said)
    said = [t.toelichting for t in judge_link(batch(), "H1", WIJDEMEREN, parameters=rules(BEFORE))]
    assert any("Wijdemeren (GM1696): het voorstel koppelt 1 persoon; er is plek voor 0." in text for text in said)
