"""When a request for a re-link (omkoppeling) may be considered. Passing is never a right.

Every condition answers ``JA``, ``NIET_AANGETOOND`` (the file does not say) or ``NEE``, int8; a request passes when one
job answers ``JA`` to all.
"""

import datetime

import numpy as np
import numpy.typing as npt

from optimizer.rules.citation import Citation, cites
from optimizer.rules.parameters import Source
from optimizer.rules.werk import JA, NEE, NIET_AANGETOOND

Answers = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.datetime64]
Texts = npt.NDArray[np.object_]
_P33 = Source("Wachten of Werken? (Platform31, 2024)", "https://www.platform31.nl", "33")
_P34 = Source("Wachten of Werken? (Platform31, 2024)", "https://www.platform31.nl", "34")
_NOTE_68 = Source("Wachten of Werken? (Platform31, 2024), voetnoot 68", "https://www.platform31.nl", "34")
_PRACTICE = "uitvoeringspraktijk"
_SINCE = datetime.date(2016, 1, 1)


def answer(flags: Texts, *, wanted: str = "ja") -> Answers:
    """Turn cells of ja, nee or nothing into answers; ``wanted`` is the cell that passes.

    >>> answer(np.array(["ja", "", "nee"], dtype=object)).tolist()
    [2, 1, 0]
    """
    return np.select([flags == wanted, flags == ""], [JA, NIET_AANGETOOND], NEE).astype(np.int8)


@cites(
    Citation(
        id="omkoppeling_moment",
        nl="Omkoppelen kan zolang er geen woonruimte is aangeboden en de inburgering niet is begonnen.",
        en="A re-link is possible as long as no housing was offered and the inburgering has not begun.",
        source=_P33,
        layer=_PRACTICE,
        since=_SINCE,
        parameters=("omkoppeling/moment",),
    )
)
def in_time(housing_offered: Texts, integration_begun: Texts, reading: str) -> Answers:
    """Tell which requests come in time.

    Parameters
    ----------
    housing_offered, integration_begun
        ``ja``, ``nee`` or empty [requests].
    reading
        ``en``: neither may have happened; ``of``: one of them may (footnote 68).
    """
    combine = np.minimum if reading == "en" else np.maximum
    both: Answers = combine(answer(housing_offered, wanted="nee"), answer(integration_begun, wanted="nee"))
    return both


@cites(
    Citation(
        id="omkoppeling_duur",
        nl="Het contract duurt ten minste een aantal maanden.",
        en="The contract lasts at least a number of months.",
        source=_NOTE_68,
        layer=_PRACTICE,
        since=_SINCE,
        parameters=("omkoppeling/contract_maanden",),
    )
)
def long_enough(months: Floats, minimum_months: float) -> Answers:
    """Tell which contracts last long enough: whole months [jobs], infinite when open-ended, NaN when unknown."""
    return _at_least(months, np.full_like(months, minimum_months))


@cites(
    Citation(
        id="omkoppeling_loon",
        nl="Het maandloon is ten minste de bijstandsnorm van het soort huishouden.",
        en="The monthly pay is at least the bijstandsnorm of the kind of household.",
        source=_NOTE_68,
        layer=_PRACTICE,
        since=_SINCE,
        parameters=("bijstand/norm",),
    )
)
def paid_enough(pay: Floats, norm: Floats) -> Answers:
    """Tell which jobs pay enough: pay and norm a month in euro [jobs], NaN when unknown.

    The source compares "maandsalaris" with the norm; gross pay against the net norm is our reading (*aanname*).
    """
    return _at_least(pay, norm)


@cites(
    Citation(
        id="omkoppeling_werksoort",
        nl="Sommige soorten werk tellen niet voor een omkoppeling.",
        en="Some kinds of work do not count for a re-link.",
        source=_P34,
        layer=_PRACTICE,
        since=_SINCE,
        parameters=("omkoppeling/werksoort_uitgesloten",),
    )
)
def kind_counts(kind: Texts, excluded: str) -> Answers:
    """Tell which kinds of work count [jobs]; ``excluded`` names the others, separated by spaces."""
    out = np.isin([str(k).strip().casefold() for k in kind], excluded.casefold().split())
    return np.select([out, kind == ""], [NEE, NIET_AANGETOOND], JA).astype(np.int8)


@cites(
    Citation(
        id="omkoppeling",
        nl="Een verzoek mag worden overwogen als het op tijd is en één baan aan alle voorwaarden voldoet. "
        "Het geeft geen recht.",
        en="A request may be considered when it comes in time and one job meets all conditions. It gives no right.",
        source=_NOTE_68,
        layer=_PRACTICE,
        since=_SINCE,
    )
)
def may_be_considered(timing: Answers, jobs: Answers, request: npt.NDArray[np.int64]) -> Answers:
    """Tell which requests may be considered.

    Parameters
    ----------
    timing
        Answer of `in_time` [requests].
    jobs
        Answers to every condition [jobs, conditions].
    request
        Row of the request that each job belongs to [jobs].

    Returns
    -------
    int8 [requests]
        ``JA``; ``NIET_AANGETOOND`` when what the file does not say could still make it pass; ``NEE``, also without job.
    """
    best = np.full(timing.size, NEE, dtype=np.int8)
    if jobs.size:
        np.maximum.at(best, request, jobs.min(axis=1))
    return np.minimum(timing, best)


def contract_months(begin: Days, end: Days, given: Floats) -> Floats:
    """Return the whole calendar months that a contract lasts, float64 [jobs].

    Parameters
    ----------
    begin, end
        First and last day, NaT when empty [jobs].
    given
        Months as the file gives them, NaN when empty; they count where there is no last day [jobs].

    Returns
    -------
    Infinite when neither end nor months are given (open-ended), NaN when there is an end but no begin.

    Examples
    --------
    >>> day = lambda text: np.array([text], "datetime64[D]")
    >>> contract_months(day("2026-01-15"), day("2026-07-14"), np.array([np.nan])).tolist()
    [6.0]
    """
    after = end + np.timedelta64(1, "D")
    months = (_month(after) - _month(begin)).astype(np.float64)
    # A contract from the 31st is a month old on the last day of a shorter month.
    short = (_day(after) < _day(begin)) & (_month(after) == _month(after + np.timedelta64(1, "D")))
    dated = np.where(np.isnat(end) | np.isnat(begin), np.nan, months - short)
    return np.where(np.isnat(end), np.where(np.isnan(given), np.inf, given), dated)


def _month(day: Days) -> npt.NDArray[np.int64]:
    return np.where(np.isnat(day), 0, day.astype("datetime64[M]").astype(np.int64))


def _day(day: Days) -> npt.NDArray[np.int64]:
    first = day.astype("datetime64[M]").astype("datetime64[D]")
    return np.where(np.isnat(day), 0, (day - first).astype(np.int64))


def _at_least(value: Floats, minimum: Floats) -> Answers:
    unknown = np.isnan(value) | np.isnan(minimum)
    return np.select([unknown, value >= minimum], [NIET_AANGETOOND, JA], NEE).astype(np.int8)
