"""The chance that a job survives a move, and what became of each job.

A curve of our own (*aanname*: no Dutch measurement was found): at ``behoud/midden_km`` half of the jobs of 0 hours are
kept, and the middle lies farther away the more hours somebody works.
"""

from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from optimizer.domain.uitvoer import UITKOMSTEN
from optimizer.rules.parameters import Parameters

Float = npt.NDArray[np.float64]
Bool = npt.NDArray[np.bool_]
Day = npt.NDArray[np.datetime64]
Code = npt.NDArray[np.int8]
#: exp of more than this is no float64.
_EXP_MAXIMUM: Final = 700.0

VAST: Final = 0
TIJDELIJK: Final = 1
UITZEND: Final = 2

NIET_GEKOPPELD, LOOPT_AF, BINNEN, AL_BUITEN, VERLOREN = range(len(UITKOMSTEN))


def p_keep(
    km: npt.ArrayLike,
    hours: npt.ArrayLike,
    contract: npt.ArrayLike,
    parameters: Parameters,
    shift_km: float = 0.0,
) -> Float:
    """Return the chance that a job is kept when its holder lives ``km`` away from it at the moving date.

    Equation (17) of docs/method.md:
    ``c / (1 + exp((km - m) / s))`` with ``m = midden_km + shift_km + km_per_uur * min(hours, uren_maximum)``,
    ``s = schaal_km`` and ``c`` the factor of the contract. Never rises with km, never falls with hours.
    Of a job whose contract ends before the moving date nothing is kept: see `ends_first`.

    Parameters
    ----------
    km
        Distance to the work, km; the three arrays are broadcast against each other.
    hours
        Paid hours a week.
    contract
        ``VAST``, ``TIJDELIJK`` or ``UITZEND``.
    parameters
        ``behoud/*``, all *aanname*.
    shift_km
        Moves the middle: ``behoud/verschuiving_laag_km`` and ``behoud/verschuiving_hoog_km`` give the band.

    Returns
    -------
    float64, the broadcast shape, in [0, 1].
    """
    factor = np.array([parameters[f"behoud/factor_{kind}"] for kind in ("vast", "tijdelijk", "uitzend")], np.float64)
    counted = np.minimum(np.asarray(hours, np.float64), parameters["behoud/uren_maximum"])
    middle = parameters["behoud/midden_km"] + shift_km + parameters["behoud/km_per_uur"] * counted
    beyond = (np.asarray(km, np.float64) - middle) / parameters["behoud/schaal_km"]
    chance: Float = factor[np.asarray(contract)] / (1.0 + np.exp(np.minimum(beyond, _EXP_MAXIMUM)))
    return chance


def contract_kind(werk: pd.DataFrame) -> Code:
    """Tell agency work from contracts with an end and open-ended ones, int8 [jobs]."""
    ends = werk["contract_einde"].notna() | werk["contract_maanden"].notna()
    agency = werk["via_uitzendbureau"] == "ja"
    return np.where(agency, UITZEND, np.where(ends, TIJDELIJK, VAST)).astype(np.int8)


def contract_end(werk: pd.DataFrame, peildatum: date) -> Day:
    """Return the last day of each contract, datetime64[D] [jobs]; NaT is open-ended.

    ``contract_einde`` where given, else ``contract_begin`` plus ``contract_maanden`` calendar months minus one day.
    Months without a first day count from the peildatum (*aanname*).

    >>> werk = pd.DataFrame({"contract_begin": ["2026-01-15", None, None], "contract_einde": [None, "2026-03-01", None],
    ...                      "contract_maanden": [6.0, None, None]})
    >>> werk = werk.astype({"contract_begin": "datetime64[s]", "contract_einde": "datetime64[s]"})
    >>> contract_end(werk, date(2026, 10, 1)).astype(str).tolist()
    ['2026-07-14', '2026-03-01', 'NaT']
    """
    given = werk["contract_einde"].to_numpy("datetime64[D]")
    begin = werk["contract_begin"].fillna(pd.Timestamp(peildatum)).to_numpy("datetime64[D]")
    months = werk["contract_maanden"].to_numpy(np.float64)
    computed = add_months(begin, np.nan_to_num(months).astype(np.int64)) - np.timedelta64(1, "D")
    return np.where(np.isnat(given), np.where(np.isnan(months), np.datetime64("NaT"), computed), given)


def add_months(day: Day, months: npt.NDArray[np.int64]) -> Day:
    """Add calendar months; a day that the month lacks becomes its last day.

    >>> add_months(np.array(["2026-01-31"], "datetime64[D]"), np.array([1])).astype(str).tolist()
    ['2026-02-28']
    """
    month: Day = day.astype("datetime64[M]")
    target: Day = month + months
    next_month: Day = (target + 1).astype("datetime64[D]")
    last = next_month - np.timedelta64(1, "D")
    same_day = target.astype("datetime64[D]") + (day - month.astype("datetime64[D]"))
    return np.where(same_day > last, last, same_day)


def moving_date(huishoudens: pd.DataFrame, peildatum: date, weeks: float) -> Day:
    """Return when each household moves, datetime64[D] [households]: as expected, else ``weeks`` after the peildatum."""
    default = np.datetime64(peildatum, "D") + np.timedelta64(round(weeks * 7), "D")
    given = huishoudens["verwachte_verhuisdatum"].to_numpy("datetime64[D]")
    return np.where(np.isnat(given), default, given)


def ends_first(end: Day, moving: Day) -> Bool:
    """Tell whose contract ends before the moving date; a contract that ends on that very day does not."""
    return ~np.isnat(end) & (end < moving)


def outcome(linked: Bool, km_before: Float, km_after: Float, ends_first: Bool, straal_km: float) -> Code:
    """Give every job exactly one outcome, equation (18): int8 indices into ``domain.uitvoer.UITKOMSTEN``.

    In this order: not linked, contract ends first, within the radius after the move, beyond it before the move already,
    lost by the rule. ``km_after`` may be NaN where the household is not linked.

    Source: domain, section "Jobs lost through forced moves"; the radius is parameter ``gronden/straal_km``.
    """
    conditions = [~linked, ends_first, km_after <= straal_km, km_before > straal_km]
    return np.select(conditions, [NIET_GEKOPPELD, LOOPT_AF, BINNEN, AL_BUITEN], VERLOREN).astype(np.int8)


def expected_loss(linked: Bool, ends_first: Bool, keep_before: Float, keep_after: Float) -> Float:
    """Return the jobs that the move is expected to cost, float64 [jobs]; NaN where the household is not linked.

    Equation (19): ``max(0, p_keep if the household stays - p_keep after the move)``, both at the moving date; 0 where
    the contract ends first.
    """
    loss = np.where(ends_first, 0.0, np.maximum(0.0, keep_before - keep_after))
    return np.where(linked, loss, np.nan)
