"""A request for a re-link: every condition at both sides of its threshold, as data in tests/cases."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from optimizer.errors import ParameterFout
from optimizer.rules.omkoppeling import (
    contract_months,
    in_time,
    kind_counts,
    long_enough,
    may_be_considered,
    paid_enough,
)
from optimizer.rules.parameters import load
from optimizer.rules.werk import HARD

CASES = Path(__file__).parent.parent / "cases"
P = load(date(2026, 10, 1))


def cases(name: str) -> list[Any]:
    return [pytest.param(c, id=c["name"]) for c in yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))]


def one(text: str) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array([text], dtype=object)


def day(text: str) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.array([text or "NaT"], dtype="datetime64[D]")


@pytest.mark.parametrize("case", cases("omkoppeling_moment"))
def test_the_moment_has_two_readings_and_the_stricter_one_is_ours(case: dict[str, Any]) -> None:
    for reading in ("en", "of"):
        assert HARD[in_time(one(case["offered"]), one(case["begun"]), reading)[0]] == case[reading]
    assert P["omkoppeling/moment"] == "en"


@pytest.mark.parametrize("case", cases("omkoppeling_duur"))
def test_a_contract_lasts_at_least_six_months(case: dict[str, Any]) -> None:
    found = long_enough(np.array([float(case["months"])]), P["omkoppeling/contract_maanden"])
    assert HARD[found[0]] == case["expected"]


@pytest.mark.parametrize("case", cases("omkoppeling_loon"))
def test_pay_reaches_the_norm_of_the_type_of_household(case: dict[str, Any]) -> None:
    norm = P["bijstand/norm"].get(case["type"], np.nan)
    assert HARD[paid_enough(np.array([float(case["pay"])]), np.array([norm]))[0]] == case["expected"]


@pytest.mark.parametrize("case", cases("omkoppeling_werksoort"))
def test_some_kinds_of_work_do_not_count(case: dict[str, Any]) -> None:
    found = kind_counts(one(case["kind"]), P["omkoppeling/werksoort_uitgesloten"])
    assert HARD[found[0]] == case["expected"]


@pytest.mark.parametrize("case", cases("omkoppeling"))
def test_one_job_must_meet_every_condition_in_time(case: dict[str, Any]) -> None:
    jobs = np.array(case["jobs"], dtype=np.int8).reshape(len(case["jobs"]), 3 if case["jobs"] else 0)
    request = np.zeros(len(jobs), dtype=np.int64)
    found = may_be_considered(np.array([case["timing"]], dtype=np.int8), jobs, request)
    assert HARD[found[0]] == case["expected"]


@pytest.mark.parametrize(
    ("begin", "end", "given", "months"),
    [
        ("2026-01-15", "2026-07-14", np.nan, 6),
        ("2026-01-15", "2026-07-13", np.nan, 5),
        ("2026-01-01", "2026-06-30", np.nan, 6),
        ("2025-08-31", "2026-02-27", np.nan, 6),
        ("2025-08-31", "2026-02-26", np.nan, 5),
        ("2026-01-15", "2026-02-14", 12, 1),
        ("2026-01-15", "", 7, 7),
        ("", "", 6, 6),
        ("2026-01-15", "", np.nan, np.inf),
        ("", "2026-07-14", np.nan, np.nan),
    ],
)
def test_a_contract_counts_whole_calendar_months(begin: str, end: str, given: float, months: float) -> None:
    found = contract_months(day(begin), day(end), np.array([given]))
    np.testing.assert_array_equal(found, [months])


@pytest.mark.parametrize(
    ("on", "alleenstaand"),
    [
        (date(2024, 6, 30), 1283.83),
        (date(2024, 7, 1), 1308.45),
        (date(2025, 1, 1), 1345.45),
        (date(2025, 6, 30), 1345.45),
        (date(2025, 7, 1), 1369.06),
        (date(2025, 12, 31), 1369.06),
        (date(2026, 1, 1), 1401.50),
    ],
)
def test_the_norm_of_the_day_counts(on: date, alleenstaand: float) -> None:
    assert load(on)["bijstand/norm"]["alleenstaand"] == alleenstaand


def test_a_norm_that_nobody_looked_up_is_missing_and_not_guessed() -> None:
    with pytest.raises(ParameterFout, match="geen waarde op 2023-12-31"):
        load(date(2023, 12, 31))["bijstand/norm"]
