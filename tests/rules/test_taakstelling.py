"""The taakstelling by the legal formula, its rounding, and the national numbers that ship."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from geodata.gemeenten import load_gemeenten
from optimizer.errors import ParameterFout
from optimizer.rules.parameters import load
from optimizer.rules.taakstelling import largest_remainder, taakstelling

CASES = Path(__file__).parent.parent / "cases"


def cases(name: str) -> list[Any]:
    return [pytest.param(c, id=c["name"]) for c in yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))]


@pytest.mark.parametrize("case", cases("taakstelling_afronding"))
def test_rounding_keeps_the_sum_and_favours_the_largest_remainder(case: dict[str, Any]) -> None:
    assert largest_remainder(np.array(case["weights"]), case["total"]).tolist() == case["expected"]


@pytest.mark.parametrize("case", cases("taakstelling_aandeel"))
def test_a_municipality_houses_its_share_by_inhabitants(case: dict[str, Any]) -> None:
    assert taakstelling(np.array(case["inwoners"]), case["landelijk"]).tolist() == case["expected"]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any), st.integers(0, 10**6))
def test_parts_add_up_and_none_is_a_whole_person_off(weights: list[int], total: int) -> None:
    parts = largest_remainder(np.array(weights), total)
    assert parts.sum() == total
    assert (np.abs(parts * sum(weights) - np.array(weights) * total) < sum(weights)).all()


@pytest.mark.parametrize(("weights", "total"), [([1, -1], 3), ([0, 0], 3), ([1, 2], -1), ([], 1)])
def test_nonsense_is_refused(weights: list[int], total: int) -> None:
    with pytest.raises(ValueError, match="largest_remainder needs"):
        largest_remainder(np.array(weights, dtype=np.int64), total)


def test_the_municipalities_share_the_number_of_the_first_half_of_2022_to_the_last_person() -> None:
    parts = taakstelling(load_gemeenten().inwoners, 10_000)
    assert parts.sum() == 10_000
    assert len(parts) == 342


@pytest.mark.parametrize(
    ("day", "persons"),
    [
        (date(2022, 6, 30), 10_000),
        (date(2022, 7, 1), 13_500),
        (date(2023, 1, 1), 21_200),
        (date(2023, 12, 31), 17_600),
        (date(2024, 1, 1), 18_750),
        (date(2024, 7, 1), 17_000),
        (date(2025, 6, 30), 15_000),
        (date(2025, 7, 1), 13_000),
        (date(2026, 1, 1), 15_000),
        (date(2026, 10, 1), 15_000),
    ],
)
def test_the_national_number_of_each_half_year(day: date, persons: int) -> None:
    assert load(day)["taakstelling/landelijk"] == persons


def test_only_numbers_that_two_sources_give_count_as_verified() -> None:
    dated = load(date(2026, 10, 1)).catalogue["taakstelling/landelijk"].values
    verified = [v.since.isoformat() for v in dated if v.verified]
    assert verified == ["2022-01-01", "2022-07-01", "2023-07-01", "2025-01-01", "2025-07-01"]


def test_no_number_is_known_before_2022() -> None:
    with pytest.raises(ParameterFout, match="geen waarde op 2021-12-31"):
        load(date(2021, 12, 31))["taakstelling/landelijk"]
