"""How likely a job survives a move, and what became of each job.

A curve of our own (*aanname*: no Dutch measurement was found). Who holds a job today, at today's distance, does not
lose it by standing still: only the move counts.
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

VAST: Final = 0
TIJDELIJK: Final = 1
UITZEND: Final = 2

NIET_GEKOPPELD, LOOPT_AF, BINNEN, AL_BUITEN, VERLOREN = range(len(UITKOMSTEN))


def expected_kept(
    km_before: npt.ArrayLike,
    km_after: npt.ArrayLike,
    hours: npt.ArrayLike,
    contract: npt.ArrayLike,
    parameters: Parameters,
    shift_km: float = 0.0,
) -> Float:
    """Return the chance that a job that is held now survives a move, equation (27) of docs/method.md.

    ``min(1, h(km_after) / h(km_before))``, taken between logarithms so that no distance is too large. A job that stays
    as near as it was is kept for certain; it never falls when the new home is nearer.

    Parameters
    ----------
    km_before, km_after
        Distance to the work before and after the move, km; the arrays are broadcast against each other.
    hours
        Paid hours a week.
    contract
        ``VAST``, ``TIJDELIJK`` or ``UITZEND``.
    parameters
        ``behoud/*``, all *aanname*.
    shift_km
        Moves the middle of the curve: ``behoud/verschuiving_laag_km`` never lowers the loss of any job,
        ``behoud/verschuiving_hoog_km`` never raises it.

    Returns
    -------
    float64, the broadcast shape, in [0, 1].
    """
    before, after = (log_h(km, hours, contract, parameters, shift_km) for km in (km_before, km_after))
    kept: Float = np.exp(np.minimum(0.0, after - before))
    return kept


def log_h(
    km: npt.ArrayLike,
    hours: npt.ArrayLike,
    contract: npt.ArrayLike,
    parameters: Parameters,
    shift_km: float = 0.0,
) -> Float:
    """Return the logarithm of the curve of retention, equation (17a), float64 <= 0.

    ``h = (1 + exp((km - m) / s)) ** (-1 / f)`` with
    ``m = midden_km + shift_km + km_per_uur * min(hours, uren_maximum)``, ``s = schaal_km`` and ``f`` the factor of the
    contract in (0, 1]: a looser contract falls faster. Never rises with km, never falls with hours.
    """
    factor = np.array([parameters[f"behoud/factor_{kind}"] for kind in ("vast", "tijdelijk", "uitzend")], np.float64)
    counted = np.minimum(np.asarray(hours, np.float64), parameters["behoud/uren_maximum"])
    middle = parameters["behoud/midden_km"] + shift_km + parameters["behoud/km_per_uur"] * counted
    beyond = (np.asarray(km, np.float64) - middle) / parameters["behoud/schaal_km"]
    return np.asarray(-np.logaddexp(0.0, beyond) / factor[np.asarray(contract)], dtype=np.float64)


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
