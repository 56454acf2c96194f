"""The days on which somebody looks whether municipalities and the COA did what they must."""

import datetime
from collections.abc import Sequence

from optimizer.rules.citation import Citation, cites
from optimizer.rules.parameters import Source

_COA = Source("COA: huisvesting van statushouders", "https://www.coa.nl/nl/huisvesting-van-statushouders")


@cites(
    Citation(
        id="peildatum_toezicht",
        nl="De provincie kijkt op de eerste dag van vaste maanden of een gemeente haar taakstelling haalde.",
        en="The province looks on the first day of fixed months whether a municipality met its taakstelling.",
        source=_COA,
        layer="uitvoeringspraktijk",
        since=datetime.date(2016, 1, 1),
        parameters=("taakstelling/maanden_toezicht",),
    )
)
def supervision_day(day: datetime.date, months: Sequence[int]) -> datetime.date:
    """Return the first day after a day on which the province looks: the first of one of some months.

    >>> supervision_day(datetime.date(2026, 1, 1), [1, 7])
    datetime.date(2026, 7, 1)
    """
    return _first_after(day, months)


@cites(
    Citation(
        id="peildatum_koppeling",
        nl="Het COA kijkt op de eerste dag van vaste maanden of er genoeg is gekoppeld.",
        en="The COA looks on the first day of fixed months whether enough has been linked.",
        source=_COA,
        layer="uitvoeringspraktijk",
        since=datetime.date(2016, 1, 1),
        parameters=("taakstelling/maanden_koppeling",),
    )
)
def linking_day(day: datetime.date, months: Sequence[int]) -> datetime.date:
    """Return the first day after a day on which the COA looks: the first of one of some months.

    >>> linking_day(datetime.date(2026, 7, 1), [4, 10])
    datetime.date(2026, 10, 1)
    """
    return _first_after(day, months)


def _first_after(day: datetime.date, months: Sequence[int]) -> datetime.date:
    firsts = (datetime.date(year, month, 1) for year in (day.year, day.year + 1) for month in months)
    return min(first for first in firsts if first > day)
