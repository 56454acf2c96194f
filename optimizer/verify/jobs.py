"""The jobs of a batch: which are a hard ground, when they end, and the chance of keeping them after a move."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from optimizer.domain.batch import Batch
from optimizer.domain.lottery import known
from optimizer.rules.parameters import Parameters
from optimizer.verify.households import Bools, Days, Floats, Households, Ints, Texts, gemeente_rows, household_rows


@dataclass(frozen=True)
class Jobs:
    """The rows of ``werk``, in input order; m of them.

    Parameters
    ----------
    household, gemeente
        Row of the household that has the job, and of the municipality where the work is done, int64 [m].
    hours
        Paid hours a week, float64 [m].
    hard
        ``ja``, ``nee`` or ``niet_aangetoond``, text [m].
    known
        Whether the job was known in time to weigh in the decision, bool [m].
    factor
        Factor of the kind of contract, float64 [m].
    ends_first
        Whether the contract ends before the moving date, bool [m].
    """

    household: Ints
    gemeente: Ints
    hours: Floats
    hard: Texts
    known: Bools
    factor: Floats
    ends_first: Bools


def collect_jobs(batch: Batch, households: Households, parameters: Parameters, bekend: float, seed: int) -> Jobs:
    """Return what the input says about every job."""
    werk = batch.werk
    owner = pd.Series(batch.personen["huishouden_id"].to_numpy(object), index=batch.personen["persoon_id"])
    household = household_rows(owner.loc[werk["persoon_id"]], households.ids)
    ends = contract_ends(werk, parameters)
    return Jobs(
        household=household,
        gemeente=gemeente_rows(werk["werk_gemeente"]),
        hours=werk["uren_per_week"].to_numpy(np.float64),
        hard=hard_jobs(werk, parameters),
        known=known(seed, households.ids, bekend)[household],
        factor=contract_factors(werk, ends, parameters),
        ends_first=ends < households.moving_date[household],
    )


def hard_jobs(werk: pd.DataFrame, parameters: Parameters) -> Texts:
    """Tell of each job whether it is a hard ground, text [m].

    Enough hours, contract and payslip shown and not self-employed: ``ja``. Enough hours otherwise:
    ``niet_aangetoond``. Fewer hours: ``nee``. Source: Wachten of Werken? p. 33.
    """
    enough = (werk["uren_per_week"] >= parameters["werk/minimum_uren"]).to_numpy(bool)
    contract = (werk["contract_getekend"] == "ja").to_numpy(bool) | (not parameters["werk/contract_nodig"])
    payslip = (werk["loonstrook_gezien"] == "ja").to_numpy(bool) | (not parameters["werk/loonstrook_nodig"])
    employed = (werk["soort"] != "zelfstandig").to_numpy(bool)
    shown = contract & payslip & employed
    return np.where(enough, np.where(shown, "ja", "niet_aangetoond"), "nee").astype(object)


def contract_ends(werk: pd.DataFrame, parameters: Parameters) -> Days:
    """Return the last day of each contract, datetime64[D] [m]; NaT for an open-ended one.

    The end as given; else the begin plus the months less one day, counted from the peildatum where the begin is
    unknown (aanname).
    """
    given = werk["contract_einde"].to_numpy("datetime64[D]")
    begin = werk["contract_begin"].to_numpy("datetime64[D]")
    begin = np.where(np.isnat(begin), np.datetime64(parameters.peildatum, "D"), begin)
    months = werk["contract_maanden"].to_numpy(np.float64)
    counted = add_months(begin, np.nan_to_num(months).astype(np.int64)) - np.timedelta64(1, "D")
    counted[np.isnan(months)] = np.datetime64("NaT")
    return np.where(np.isnat(given), counted, given)


def add_months(days: Days, months: Ints) -> Days:
    """Return the same day some calendar months later; the last day of the month where it lacks that day.

    >>> days = np.array(["2026-01-31", "2026-01-15"], dtype="datetime64[D]")
    >>> add_months(days, np.array([1, 12])).astype(str).tolist()
    ['2026-02-28', '2027-01-15']
    """
    month = days.astype("datetime64[M]")
    day_of_month = days - month.astype("datetime64[D]")
    target = month + months.astype("timedelta64[M]")
    last = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    same_day: Days = target.astype("datetime64[D]") + day_of_month
    earliest: Days = np.minimum(same_day, last)
    return earliest


def contract_factors(werk: pd.DataFrame, ends: Days, parameters: Parameters) -> Floats:
    """Return the factor of the kind of contract of each job, float64 [m]: agency, else fixed-term, else open-ended."""
    agency = (werk["via_uitzendbureau"] == "ja").to_numpy(bool)
    fixed = np.where(np.isnat(ends), parameters["behoud/factor_vast"], parameters["behoud/factor_tijdelijk"])
    factors: Floats = np.where(agency, parameters["behoud/factor_uitzend"], fixed).astype(np.float64)
    return factors


def retention(jobs: Jobs, km: Floats, parameters: Parameters, shift_km: float) -> Floats:
    """Return the logarithm of the curve of retention of each job at a distance, float64 [m]; NaN where the distance is.

    (1 + exp((km - m) / s)) ** (-1 / f) with m = midden_km + shift + km_per_uur * min(hours, uren_maximum) and f the
    factor of the contract. Source: parameters ``behoud/*`` (aanname).
    """
    hours = np.minimum(jobs.hours, parameters["behoud/uren_maximum"])
    middle = parameters["behoud/midden_km"] + shift_km + parameters["behoud/km_per_uur"] * hours
    steps = (km - middle) / parameters["behoud/schaal_km"]
    # log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|)), which no distance makes too large.
    grown = np.maximum(steps, 0.0) + np.log1p(np.exp(-np.abs(steps)))
    logarithm: Floats = -grown / jobs.factor
    return logarithm
