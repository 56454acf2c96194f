"""What becomes of a job when its holder moves."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from optimizer import retention
from optimizer.domain.uitvoer import UITKOMSTEN
from optimizer.rules.parameters import load

PEILDATUM = date(2026, 10, 1)
P = load(PEILDATUM)

km = st.floats(0, 400)
hours = st.floats(0, 168)
contracts = st.sampled_from([retention.VAST, retention.TIJDELIJK, retention.UITZEND])
shifts = st.sampled_from([0.0, P["behoud/verschuiving_laag_km"], P["behoud/verschuiving_hoog_km"]])


def jobs(**columns: list[object]) -> pd.DataFrame:
    n = len(next(iter(columns.values())))
    empty = {"contract_begin": [None] * n, "contract_einde": [None] * n, "contract_maanden": [None] * n}
    frame = pd.DataFrame({**empty, "via_uitzendbureau": [""] * n, **columns})
    return frame.astype(
        {"contract_begin": "datetime64[s]", "contract_einde": "datetime64[s]", "contract_maanden": "float64"}
    )


def test_the_curve_by_hand() -> None:
    # m = 25 + 0.75 * 32 = 49 km; at 49 km half remains; 8 km farther 1 / (1 + e).
    found = retention.p_keep([49.0, 57.0, 49.0, 49.0], 32, [0, 0, 1, 2], P)
    assert found == pytest.approx([0.5, 1 / (1 + np.e), 0.475, 0.45])


def test_an_open_ended_full_time_job_next_door_is_all_but_certain_and_never_more() -> None:
    assert 0.99 < float(retention.p_keep(0.0, 40, retention.VAST, P)) <= 1.0


@given(km, km, hours, contracts, shifts)
def test_the_chance_is_a_chance_and_never_rises_with_distance(
    a: float, b: float, h: float, contract: int, shift: float
) -> None:
    near, far = retention.p_keep(sorted([a, b]), h, contract, P, shift)
    assert 0.0 <= far <= near <= 1.0


@given(km, hours, hours, contracts, shifts)
def test_the_chance_never_falls_with_hours(d: float, a: float, b: float, contract: int, shift: float) -> None:
    few, many = retention.p_keep(d, sorted([a, b]), contract, P, shift)
    assert few <= many


@given(km, hours, contracts)
def test_the_low_variant_loses_least_and_the_high_one_most(d: float, h: float, contract: int) -> None:
    low, middle, high = (
        float(retention.p_keep(d, h, contract, P, s))
        for s in (P["behoud/verschuiving_laag_km"], 0.0, P["behoud/verschuiving_hoog_km"])
    )
    assert low >= middle >= high


@given(st.integers(0, 30), st.data())
def test_every_job_has_one_outcome_and_the_counts_add_up(n: int, data: st.DataObject) -> None:
    flags = hnp.arrays(bool, n)
    distances = hnp.arrays(np.float64, n, elements=km)
    linked, ends = data.draw(flags), data.draw(flags)
    before, after = data.draw(distances), np.where(linked, data.draw(distances), np.nan)
    found = retention.outcome(linked, before, after, ends, 50.0)
    assert np.bincount(found, minlength=len(UITKOMSTEN)).sum() == n
    assert (found == retention.NIET_GEKOPPELD).sum() == (~linked).sum()


@pytest.mark.parametrize(
    ("linked", "before", "after", "ends", "expected"),
    [
        (False, 10.0, np.nan, True, "niet_gekoppeld"),
        (True, 10.0, 10.0, True, "loopt_af"),
        (True, 60.0, 50.0, False, "binnen_50km"),
        (True, 50.1, 50.1, False, "al_buiten"),
        (True, 50.0, 50.1, False, "verloren_regel"),
        (True, 50.0, 50.04, False, "verloren_regel"),
    ],
)
def test_outcomes_by_precedence_and_on_both_sides_of_the_radius(
    linked: bool, before: float, after: float, ends: bool, expected: str
) -> None:
    one = retention.outcome(np.array([linked]), np.array([before]), np.array([after]), np.array([ends]), 50.0)
    assert UITKOMSTEN[one[0]] == expected


def test_the_end_is_given_or_follows_from_months_counted_from_the_begin_or_else_from_the_peildatum() -> None:
    werk = jobs(
        contract_begin=["2026-07-01", "2026-08-31", None, "2026-07-01", "2026-07-01"],
        contract_einde=[None, None, None, "2026-12-24", None],
        contract_maanden=[6, 6, 3, 6, None],
    )
    found = retention.contract_end(werk, PEILDATUM).astype(str).tolist()
    assert found == ["2026-12-31", "2027-02-27", "2026-12-31", "2026-12-24", "NaT"]


def test_the_kind_of_contract_agency_before_end_before_open() -> None:
    werk = jobs(contract_maanden=[None, 6, 6, None], via_uitzendbureau=["", "nee", "ja", "ja"])
    kinds = [retention.VAST, retention.TIJDELIJK, retention.UITZEND, retention.UITZEND]
    assert retention.contract_kind(werk).tolist() == kinds


def test_a_table_without_jobs_has_no_ends() -> None:
    assert len(retention.contract_end(jobs(via_uitzendbureau=[]), PEILDATUM)) == 0


def test_the_moving_date_is_the_expected_one_or_twelve_weeks_on() -> None:
    frame = pd.DataFrame({"verwachte_verhuisdatum": pd.array(["2026-11-05", None], "datetime64[s]")})
    found = retention.moving_date(frame, PEILDATUM, P["verhuizing/weken_na_koppeling"])
    assert found.astype(str).tolist() == ["2026-11-05", "2026-12-24"]


def test_a_contract_that_ends_on_the_moving_day_does_not_end_first() -> None:
    end = np.array(["2026-12-23", "2026-12-24", "NaT"], "datetime64[D]")
    assert retention.ends_first(end, np.full(3, np.datetime64("2026-12-24"))).tolist() == [True, False, False]


def test_the_loss_is_never_negative_zero_for_an_ended_contract_and_unknown_without_a_link() -> None:
    loss = retention.expected_loss(
        np.array([True, True, True, False]),
        np.array([False, False, True, False]),
        np.array([0.9, 0.2, 0.9, 0.9]),
        np.array([0.4, 0.7, 0.1, 0.1]),
    )
    assert loss == pytest.approx([0.5, 0.0, 0.0, np.nan], nan_ok=True)
