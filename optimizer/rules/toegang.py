"""When an asylum seeker may work: before the permit, by the regime of the day.

Whether a job was lawful at the time is a fact that can be shown, never a reproach: it decides nothing about a link, and
no input asks for it. With the permit everybody may work. The chance of a permit is a group that the IND names
(kansrijk, kansarm); it follows from the country of origin and enters no decision.
"""

import datetime

import numpy as np
import numpy.typing as npt

from optimizer.rules.citation import Citation, cites
from optimizer.rules.parameters import Source
from optimizer.rules.werk import JA, NEE, NIET_AANGETOOND

Answers = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
_SINCE = datetime.date(2016, 1, 1)
#: From this day the announced regime holds (Rijksoverheid, 3 November 2025); that it was enacted, we have not seen.
_ANNOUNCED = datetime.date(2026, 6, 12)
#: The Council of State set the limit of 24 weeks aside.
_LIMIT_VOID = datetime.date(2023, 11, 29)
_REPORT = Source("Wachten of Werken? (Platform31, 2024)", "https://www.platform31.nl", "12-13")


@cites(
    Citation(
        id="toegang_tot_werk",
        nl="Een asielzoeker mag werken als de aanvraag lang genoeg loopt, met een tewerkstellingsvergunning. "
        "Of een baan mocht, is een feit en geen verwijt.",
        en="An asylum seeker may work when the application is old enough, with a work permit. Whether a "
        "job was allowed is a fact, no reproach.",
        source=_REPORT,
        layer="amvb",
        since=_SINCE,
        until=_ANNOUNCED,
        parameters=("toegang/wachttijd_maanden",),
    )
)
def may_work(months: Floats, minimum_months: float) -> Answers:
    """Tell who had access to work on a day, int8 [persons]: ``JA``, ``NEE``, or ``NIET_AANGETOOND`` for no date.

    Parameters
    ----------
    months
        Months since the application, NaN when unknown [persons].
    minimum_months
        Parameter ``toegang/wachttijd_maanden`` on that day.

    Examples
    --------
    >>> may_work(np.array([5.9, 6.0, np.nan]), 6).tolist()
    [0, 2, 1]
    """
    return np.select([np.isnan(months), months >= minimum_months], [NIET_AANGETOOND, JA], NEE).astype(np.int8)


@cites(
    Citation(
        id="toegang_tot_werk@2026",
        nl="Aangekondigd: een asielzoeker met veel kans op een vergunning mag na een wachttijd werken. Wie weinig kans "
        "heeft, mag niet werken. Of een baan mocht, is een feit en geen verwijt.",
        en="Announced: an asylum seeker with a high chance of a permit may work after a waiting time. Who has "
        "a low chance may not work. Whether a job was allowed is a fact, no reproach.",
        source=Source(
            "Rijksoverheid, 3 november 2025, en Kamerstuk 2025D52078: aangekondigd; de invoering is niet nagekeken",
            "https://www.rijksoverheid.nl",
            title_en="Government, 3 November 2025, and Kamerstuk 2025D52078: announced; unchecked whether in force",
        ),
        layer="amvb",
        since=_ANNOUNCED,
        parameters=("toegang/wachttijd_maanden", "toegang/kansarm_mag_werken"),
    )
)
def may_work_2026(months: Floats, high_chance: Answers, minimum_months: float, low_chance_may: bool) -> Answers:
    """Tell who has access to work under the announced regime, int8 [persons].

    Parameters
    ----------
    months
        Months since the application, NaN when unknown [persons].
    high_chance
        Whether the IND counts the applicant among those with a high chance of a permit: ``JA``, ``NEE`` or
        ``NIET_AANGETOOND`` [persons].
    minimum_months, low_chance_may
        Parameters ``toegang/wachttijd_maanden`` and ``toegang/kansarm_mag_werken`` on that day.

    Examples
    --------
    >>> may_work_2026(np.array([3.0, 3.0, 2.0]), np.array([JA, NEE, NIET_AANGETOOND], np.int8), 3, False).tolist()
    [2, 0, 0]
    """
    group = np.where(low_chance_may, JA, high_chance).astype(np.int8)
    return np.asarray(np.minimum(may_work(months, minimum_months), group), dtype=np.int8)


@cites(
    Citation(
        id="weken_per_jaar",
        nl="Een asielzoeker mocht een deel van het jaar werken. Deze grens geldt niet meer.",
        en="An asylum seeker was allowed to work a part of the year. This limit no longer holds.",
        source=Source("Raad van State, 29 november 2023, volgens de pers"),
        layer="amvb",
        since=_SINCE,
        until=_LIMIT_VOID,
        parameters=("toegang/weken_per_jaar",),
    )
)
def within_weeks(weeks: Floats, maximum_weeks: float) -> Answers:
    """Tell who kept within the weeks of a year, int8 [persons]: weeks worked in that year, NaN when unknown.

    >>> within_weeks(np.array([24.0, 24.5, np.nan]), 24).tolist()
    [2, 0, 1]
    """
    return np.select([np.isnan(weeks), weeks <= maximum_weeks], [NIET_AANGETOOND, JA], NEE).astype(np.int8)


@cites(
    Citation(
        id="toegang_eu",
        nl="Een lidstaat geeft een asielzoeker toegang tot werk binnen een termijn na de aanvraag (EU-richtlijn).",
        en="A member state gives an asylum seeker access to work within a term after the application (EU directive).",
        source=Source(
            "Richtlijn 2013/33/EU, art. 15; daarna Richtlijn (EU) 2024/1346; Wachten of Werken?, voetnoot 75"
        ),
        layer="wet",
        since=_SINCE,
        parameters=("toegang/eu_maanden",),
    )
)
def within_directive(wait_months: float, maximum_months: float) -> bool:
    """Tell whether a waiting time for work keeps within the directive.

    >>> within_directive(6, 9), within_directive(6, 6), within_directive(9, 6)
    (True, True, False)
    """
    return wait_months <= maximum_months
