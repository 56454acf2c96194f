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
    # m = 25 + 0.75 * 32 = 49 km; at 49 km half remains; 8 km farther 1 / (1 + e); an exponent of 1 / 0.8 and 1 / 0.6.
    found = np.exp(retention.log_h([49.0, 57.0, 49.0, 49.0], 32, [0, 0, 1, 2], P))
    assert found == pytest.approx([0.5, 1 / (1 + np.e), 0.5 ** (1 / 0.8), 0.5 ** (1 / 0.6)])


def test_what_is_kept_is_the_ratio_of_the_curve_by_hand() -> None:
    ratio = (1 / (1 + np.e)) / 0.5
    found = retention.expected_kept(49.0, [57.0, 57.0, 41.0], 32, [0, 1, 0], P)
    assert found == pytest.approx([ratio, ratio ** (1 / 0.8), 1.0])


@given(km, hours, contracts, shifts)
def test_who_stands_still_keeps_the_job_for_certain(d: float, h: float, contract: int, shift: float) -> None:
    assert float(retention.expected_kept(d, d, h, contract, P, shift)) == 1.0


@given(km, km, km, hours, contracts, shifts)
def test_what_is_kept_is_a_chance_and_never_rises_with_the_distance_after_the_move(
    now: float, a: float, b: float, h: float, contract: int, shift: float
) -> None:
    near, far = retention.expected_kept(now, sorted([a, b]), h, contract, P, shift)
    assert 0.0 <= far <= near <= 1.0


@given(km, km, hours, shifts)
def test_a_looser_contract_never_loses_less_by_the_same_move(now: float, then: float, h: float, shift: float) -> None:
    kinds = [retention.VAST, retention.TIJDELIJK, retention.UITZEND]
    open_ended, fixed_term, agency = retention.expected_kept(now, then, h, kinds, P, shift)
    assert open_ended >= fixed_term >= agency


@given(km, hours, hours, contracts, shifts)
def test_the_curve_never_falls_with_hours(d: float, a: float, b: float, contract: int, shift: float) -> None:
    few, many = retention.log_h(d, sorted([a, b]), contract, P, shift)
    assert few <= many


@given(km, km, hours, contracts)
def test_low_middle_and_high_are_in_order_job_by_job(now: float, then: float, h: float, contract: int) -> None:
    """``laag`` is the variant with few losses, ``hoog`` the one with many."""
    low, middle, high = (
        float(retention.expected_kept(now, then, h, contract, P, s))
        for s in (P["behoud/verschuiving_laag_km"], 0.0, P["behoud/verschuiving_hoog_km"])
    )
    assert low >= middle - 1e-12
    assert middle >= high - 1e-12


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
