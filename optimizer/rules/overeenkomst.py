"""Agreements between a municipality and the COA on paid work: when they hold, and whom they let stay."""

import datetime

import numpy as np
import numpy.typing as npt

from optimizer.rules.citation import Citation, cites
from optimizer.rules.parameters import Source

Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
_SINCE = datetime.date(2016, 1, 1)


@cites(
    Citation(
        id="overeenkomst_geldt",
        nl="Een bestuursovereenkomst geldt van de eerste tot en met de laatste dag. Zonder laatste dag loopt zij door.",
        en="An agreement holds from its first day up to and including its last. Without a last day it goes on.",
        source=Source("Wachten of Werken? (Platform31, 2024)", "https://www.platform31.nl", "34"),
        layer="bestuursovereenkomst",
        since=_SINCE,
    )
)
def agreement_holds(first: Days, last: Days, day: np.datetime64) -> Bools:
    """Tell which agreements hold on a day: both ends are included, an unknown last day is open.

    >>> first, last = (np.array([d], dtype="datetime64[D]") for d in ("2026-01-01", "2026-12-31"))
    >>> agreement_holds(first, last, np.datetime64("2026-12-31")).tolist()
    [True]
    """
    return np.asarray((first <= day) & (np.isnat(last) | (day <= last)), dtype=np.bool_)


@cites(
    Citation(
        id="overeenkomst_blijft",
        nl="Met effect blijft: wie in de gemeente van de opvang een harde baan heeft, blijft daar. Een besluit van een "
        "mens en een harde grond buiten de straal gaan voor.",
        en="With effect blijft: whoever has a hard job in the municipality of reception stays there. A decision "
        "of a person comes first, and so does a hard ground out of reach.",
        source=Source(
            "Aanname van Koppelwijzer: een scenario voor wat gemeenten vragen (Wachten of Werken?, p. 33-34)",
            title_en="Assumption of Koppelwijzer: a scenario of municipalities' wishes (Wachten of Werken?, p. 33-34)",
        ),
        layer="aanname",
        since=_SINCE,
    )
)
def stays(agreed: Bools, works_there: Bools, decided: Bools, ground_far: Bools) -> Bools:
    """Tell which households stay in the municipality of their reception, bool [households].

    Parameters
    ----------
    agreed
        Whether that municipality has an agreement with effect ``blijft`` that holds.
    works_there
        Whether somebody has a hard job there that is known in time.
    decided
        Whether a person locked the household or excluded that municipality for it.
    ground_far
        Whether a hard ground that binds lies beyond the radius of that municipality.
    """
    return np.asarray(agreed & works_there & ~decided & ~ground_far, dtype=np.bool_)
