"""Access to work before the permit: a dated regime, and a fact that decides nothing."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from optimizer.rules.catalogue import all_rules, in_force
from optimizer.rules.parameters import load
from optimizer.rules.toegang import may_work, may_work_2026, within_directive, within_weeks
from optimizer.rules.werk import HARD, NIET_AANGETOOND

ROOT = Path(__file__).parents[2]
ANNOUNCED, VOID = date(2026, 6, 12), date(2023, 11, 29)


def cases(name: str) -> list[Any]:
    file = ROOT / "tests" / "cases" / f"{name}.yaml"
    return [pytest.param(c, id=c["name"]) for c in yaml.safe_load(file.read_text("utf-8"))]


def only(**values: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array(list(values.values()), dtype=np.float64)


@pytest.mark.parametrize("case", cases("toegang_tot_werk"))
def test_until_the_announced_day_the_wait_alone_decides(case: dict[str, Any]) -> None:
    found = may_work(only(months=case["months"]), load(case["day"])["toegang/wachttijd_maanden"])
    assert HARD[found[0]] == case["expected"]


@pytest.mark.parametrize("case", cases("toegang_tot_werk@2026"))
def test_from_the_announced_day_the_chance_of_a_permit_decides_too(case: dict[str, Any]) -> None:
    rules = load(case["day"])
    chance = np.array([HARD.index(case["chance"])], dtype=np.int8)
    wait, low = rules["toegang/wachttijd_maanden"], rules["toegang/kansarm_mag_werken"]
    assert HARD[may_work_2026(only(months=case["months"]), chance, wait, low)[0]] == case["expected"]


@pytest.mark.parametrize("case", cases("weken_per_jaar"))
def test_a_year_had_weeks_to_work_in(case: dict[str, Any]) -> None:
    found = within_weeks(only(weeks=case["weeks"]), load(case["day"])["toegang/weken_per_jaar"])
    assert HARD[found[0]] == case["expected"]


@pytest.mark.parametrize("case", cases("toegang_eu"))
def test_the_directive_says_how_long_a_member_state_may_wait(case: dict[str, Any]) -> None:
    assert within_directive(case["wait"], load(case["day"])["toegang/eu_maanden"]) == case["expected"]


@pytest.mark.parametrize("day", [date(2016, 1, 1), VOID, ANNOUNCED - timedelta(1), ANNOUNCED, date(2027, 1, 1)])
def test_the_dutch_wait_keeps_within_the_directive_on_every_day(day: date) -> None:
    rules = load(day)
    assert within_directive(rules["toegang/wachttijd_maanden"], rules["toegang/eu_maanden"])


def test_on_each_day_one_version_of_access_is_in_force_and_the_limit_of_weeks_ends() -> None:
    def on(day: date) -> set[str]:
        names = {rule["id"] for rule in in_force(load(day))["regels"]}
        return names & {"toegang_tot_werk", "toegang_tot_werk@2026", "weken_per_jaar"}

    assert on(VOID - timedelta(1)) == {"toegang_tot_werk", "weken_per_jaar"}
    assert on(VOID) == on(ANNOUNCED - timedelta(1)) == {"toegang_tot_werk"}
    assert on(ANNOUNCED) == {"toegang_tot_werk@2026"}


def test_what_was_only_announced_is_not_called_verified() -> None:
    shown = {p["naam"]: p for p in in_force(load(ANNOUNCED))["parameters"]}
    for name in ("toegang/wachttijd_maanden", "toegang/kansarm_mag_werken"):
        assert not shown[name]["geverifieerd"]
        assert "aangekondigd" in shown[name]["bron"]
    assert "toegang/weken_per_jaar" not in shown


def test_where_the_low_chance_may_work_the_group_makes_no_difference() -> None:
    months = np.array([3.0, 2.0, np.nan])
    unknown = np.full(3, NIET_AANGETOOND, dtype=np.int8)
    assert may_work_2026(months, unknown, 3, True).tolist() == may_work(months, 3).tolist()


@given(st.floats(0, 60), st.floats(0, 60), st.integers(0, 24), st.sampled_from([0, 1, 2]), st.booleans())
def test_waiting_longer_never_takes_access_away_nor_does_a_higher_chance(
    one: float, other: float, wait: int, chance: int, low: bool
) -> None:
    months = np.sort([one, other])
    earlier, later = may_work_2026(months, np.full(2, chance, dtype=np.int8), wait, low)
    assert earlier <= later
    higher = may_work_2026(months, np.full(2, min(2, chance + 1), dtype=np.int8), wait, low)
    assert (higher >= [earlier, later]).all()


def test_no_rule_calls_a_job_unlawful_and_none_but_the_cases_uses_access() -> None:
    for name, (citation, _) in all_rules().items():
        if name.startswith("toegang_tot_werk"):
            assert "een feit en geen verwijt" in citation.nl
    users = [f for f in (ROOT / "optimizer").rglob("*.py") if "rules.toegang" in f.read_text("utf-8")]
    assert users == []
