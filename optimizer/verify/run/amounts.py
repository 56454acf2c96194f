"""Bounds on the jobs, hours and wages of a comparison: what the jobs of the batch allow, whoever goes where.

A job can only be lost by the rule where it is within the radius now, and neither lost nor kept where its contract ends
first. So many jobs hold at most the hours of as many of the longest, and at least those of the shortest.
"""

import numpy as np

from optimizer.verify.case import Case
from optimizer.verify.households import Bools, Floats
from optimizer.verify.outcomes import km_before
from optimizer.verify.run.sheet import Sheet


def amounts_possible(sheet: Sheet, case: Case, drawn: Bools) -> None:
    """Note counts, hours and wages that no answer can have.

    Parameters
    ----------
    drawn
        Rows that are means over draws, bool [rows]; their counts are rounded, those of the others are not.
    """
    jobs = case.jobs
    lasts = ~jobs.ends_first
    near = lasts & (km_before(case) <= case.straal_km)
    hard, shown = jobs.hard == "ja", jobs.hard == "niet_aangetoond"
    for column, possible in {
        "al_buiten": lasts & ~near,
        "verloren_regel": near,
        "verloren_regel_hard": near & hard,
        "verloren_geen_harde_grond": near & ~hard,
        "behouden_hard": lasts & hard,
        "behouden_niet_aangetoond": lasts & shown,
        "behouden_te_weinig_uren": lasts & ~hard & ~shown,
    }.items():
        sheet.between(column, np.zeros(len(drawn)), np.full(len(drawn), float(possible.sum())))
    wage = np.nan_to_num(case.batch.werk["maandloon_eur"].to_numpy(np.float64))
    for kept, lost, amount in (
        ("uren_behouden", "uren_verloren", jobs.hours),
        ("loon_behouden_eur", "loon_verloren_eur", wage),
    ):
        number_kept, number_lost = sheet.values("binnen_50km"), sheet.values("verloren_regel")
        _between(sheet, kept, number_kept, amount[lasts], drawn)
        _between(sheet, lost, number_lost, amount[near], drawn)
        _together(sheet, kept, lost, number_kept + number_lost, amount[lasts], drawn)


def smallest_and_largest(number: Floats, amounts: Floats) -> tuple[Floats, Floats]:
    """Return the least and the most that so many of these amounts can be together, float64 [rows] each.

    Between whole numbers the bounds go in straight lines. The least curves up and the most curves down, so that they
    hold for means too: those of several draws with another number of jobs each.

    >>> few, many = smallest_and_largest(np.array([0.0, 1.0, 1.5, 3.0]), np.array([8.0, 40.0, 24.0]))
    >>> few.tolist(), many.tolist()
    ([0.0, 8.0, 20.0, 72.0], [0.0, 40.0, 52.0, 72.0])
    """
    up = np.sort(amounts)
    numbers = np.arange(len(up) + 1)
    low, high = (np.interp(number, numbers, np.r_[0.0, np.cumsum(part)]) for part in (up, up[::-1]))
    return low, high


def _between(sheet: Sheet, column: str, number: Floats, amounts: Floats, drawn: Bools) -> None:
    low, high = smallest_and_largest(number, amounts)
    slack = _slack(sheet, column, amounts, drawn, 1)
    sheet.between(column, low - slack, high + slack)


def _together(sheet: Sheet, kept: str, lost: str, number: Floats, amounts: Floats, drawn: Bools) -> None:
    """No job is both kept and lost; where too much is, the loss is named."""
    low, high = smallest_and_largest(number, amounts)
    slack, other = _slack(sheet, lost, amounts, drawn, 2), sheet.values(kept)
    sheet.between(lost, low - other - slack, high - other + slack)


def _slack(sheet: Sheet, column: str, amounts: Floats, drawn: Bools, cells: int) -> Floats:
    """Return what rounding may do: that of the amounts, and that of the numbers of jobs where these are means."""
    rounding = sheet.rounding(column)
    largest = float(amounts.max(initial=0.0))
    return cells * rounding * np.where(drawn, 1.0 + largest, 1.0)
