"""The cases of each rule, as data in tests/cases; a rule without cases fails."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from optimizer.rules.catalogue import all_rules
from optimizer.rules.gronden import ground_counts, reachable, within_radius
from optimizer.rules.opgave import capacity_left
from optimizer.rules.overeenkomst import agreement_holds, stays
from optimizer.rules.peildata import linking_day, supervision_day
from optimizer.rules.tempo import most_in_a_round
from optimizer.rules.werk import HARD, hard_job
from optimizer.rules.woningen import needs_large

CASES = Path(__file__).parent.parent / "cases"


def plain_cases(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8")))


def cases(name: str) -> list[Any]:
    return [pytest.param(c, id=c["name"]) for c in plain_cases(name)]


@pytest.mark.parametrize("case", cases("werk_harde_grond"))
def test_a_job_is_a_hard_ground_when_hours_contract_and_payslip_say_so(case: dict[str, Any]) -> None:
    one: Callable[[str], Any] = lambda key: np.array([case[key]])  # noqa: E731
    found = hard_job(
        one("hours"),
        one("contract"),
        one("payslip"),
        one("self_employed"),
        minimum_hours=8,
        need_contract=True,
        need_payslip=True,
    )
    assert HARD[found[0]] == case["expected"]


@pytest.mark.parametrize("case", cases("straal"))
def test_the_radius_is_inclusive_and_on_the_unrounded_number(case: dict[str, Any]) -> None:
    assert within_radius(np.array([case["km"]]), case["radius"])[0] == case["expected"]


@pytest.mark.parametrize("case", cases("grond_telt"))
def test_a_ground_counts_when_it_was_shown(case: dict[str, Any]) -> None:
    assert ground_counts(np.array([case["evidence"]]))[0] == case["expected"]


@pytest.mark.parametrize("case", cases("meer_gronden"))
def test_several_grounds_bind_as_far_as_they_go_together(case: dict[str, Any]) -> None:
    within = np.array(case["within"], dtype=bool).reshape(-1, case["gemeenten"])
    allowed, kept = reachable(np.zeros(len(within), dtype=np.int64), within, 1)
    assert allowed[0].astype(int).tolist() == case["allowed"]
    assert kept.all() == case["compatible"]


def test_grounds_of_several_households_bind_each_their_own() -> None:
    household = np.array([2, 0, 2, 0, 3, 2])
    within = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 1], [0, 1, 1], [0, 0, 1], [0, 1, 0]], dtype=bool)
    allowed, kept = reachable(household, within, 5)
    assert allowed.astype(int).tolist() == [[1, 0, 0], [1, 1, 1], [0, 1, 0], [0, 0, 1], [1, 1, 1]]
    assert kept.tolist() == [True, True, True, False, True, True]


@pytest.mark.parametrize("case", cases("capaciteit"))
def test_without_taakstelling_room_is_capacity_less_who_was_linked(case: dict[str, Any]) -> None:
    assert capacity_left(np.array([case["capaciteit"]]), np.array([case["gekoppeld"]]))[0] == case["expected"]


@pytest.mark.parametrize("case", cases("tempo"))
def test_tempo(case: dict[str, Any]) -> None:
    found = most_in_a_round(np.array(case["open"]), case["round"], case["factor"], case["least"])
    assert found.tolist() == case["expected"]


@pytest.mark.parametrize("case", cases("grote_woning"))
def test_a_household_is_large_from_a_number_of_persons(case: dict[str, Any]) -> None:
    assert needs_large(np.array([case["persons"]]), case["from"])[0] == case["expected"]


@pytest.mark.parametrize("case", cases("overeenkomst_geldt"))
def test_an_agreement_holds_on_its_first_and_last_day_and_between(case: dict[str, Any]) -> None:
    first, last = (np.array([case[key]], dtype="datetime64[D]") for key in ("first", "last"))
    assert agreement_holds(first, last, np.datetime64(case["day"], "D"))[0] == case["expected"]


@pytest.mark.parametrize("case", cases("overeenkomst_blijft"))
def test_who_works_and_lives_there_stays_unless_something_goes_first(case: dict[str, Any]) -> None:
    found = stays(*(np.array([case[key]]) for key in ("agreed", "works", "decided", "far")))
    assert found[0] == case["expected"]


@pytest.mark.parametrize(
    ("rule", "case"),
    [
        *(pytest.param(supervision_day, c, id=c["name"]) for c in plain_cases("peildatum_toezicht")),
        *(pytest.param(linking_day, c, id=c["name"]) for c in plain_cases("peildatum_koppeling")),
    ],
)
def test_the_next_reference_date_is_the_first_of_its_months_after_the_day(
    rule: Callable[[date, list[int]], date], case: dict[str, Any]
) -> None:
    assert rule(case["day"], case["months"]) == case["expected"]


@pytest.mark.parametrize("rule", sorted(all_rules()))
def test_every_rule_has_cases(rule: str) -> None:
    assert (CASES / f"{rule}.yaml").is_file()
