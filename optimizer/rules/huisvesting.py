"""What the province looks at: who has been housed, and which arrears are a municipality's own."""

import datetime

import numpy as np
import numpy.typing as npt

from optimizer.rules.citation import Citation, cites
from optimizer.rules.parameters import Source

Int = npt.NDArray[np.int64]
_COA = Source("COA: huisvesting van statushouders", "https://www.coa.nl/nl/huisvesting-van-statushouders")
_PRACTICE = "uitvoeringspraktijk"
_SINCE = datetime.date(2016, 1, 1)


@cites(
    Citation(
        id="amv_in_groep",
        nl="Alleenstaande minderjarigen die in een groep wonen, tellen mee als gehuisvest.",
        en="Unaccompanied minors who live in a group count as housed.",
        source=_COA,
        layer=_PRACTICE,
        since=_SINCE,
        parameters=("taakstelling/amv_in_groep_telt",),
    )
)
def housed(gehuisvest: Int, amv_in_groep: Int, counts: bool) -> Int:
    """Return the persons that count as housed: those in a dwelling, and minors in groups where these count.

    >>> housed(np.array([6, 2]), np.array([4, 0]), True).tolist()
    [10, 2]
    """
    return gehuisvest + amv_in_groep if counts else gehuisvest.copy()


@cites(
    Citation(
        id="nog_te_huisvesten",
        nl="De provincie kijkt wie is gehuisvest. Wie is gekoppeld en nog wacht, telt dan niet. Wie tijdelijk is "
        "gehuisvest, telt alleen als een getal dat zegt.",
        en="The province looks who is housed. Who is linked and still waits does not count then. Who is "
        "housed for the time being counts only where a number says so.",
        source=Source(
            "Aanname van Koppelwijzer: het COA houdt drie standen bij; wat tijdelijk doet, is niet nagekeken",
            title_en="Assumption of Koppelwijzer: the COA keeps three states; what temporary housing does is unchecked",
        ),
        layer="aanname",
        since=_SINCE,
        parameters=("taakstelling/tijdelijk_telt",),
    )
)
def still_to_house(
    taakstelling: Int, achterstand: Int, voorsprong: Int, gehuisvest: Int, tijdelijk: Int, *, temporary_counts: bool
) -> Int:
    """Return the persons that each municipality must still house; not the persons that can still be linked to it.

    >>> one = [np.array([n]) for n in (10, 2, 0, 5, 3)]
    >>> still_to_house(*one, temporary_counts=False).tolist(), still_to_house(*one, temporary_counts=True).tolist()
    ([7], [4])
    """
    done = gehuisvest + tijdelijk if temporary_counts else gehuisvest
    return np.asarray(np.maximum(0, taakstelling + achterstand - voorsprong - done), dtype=np.int64)


@cites(
    Citation(
        id="achterstand_verschoonbaar",
        nl="Had het COA op zijn peildatum te weinig mensen gekoppeld, dan is dat deel van de achterstand de gemeente "
        "niet aan te rekenen. De opgave blijft gelijk.",
        en="Where the COA had linked too few people by its reference date, that part of the arrears is "
        "not the municipality's own. The opgave stays the same.",
        source=_COA,
        layer=_PRACTICE,
        since=_SINCE,
        parameters=("taakstelling/maanden_koppeling",),
    )
)
def own_arrears(achterstand: Int, verschoonbaar: Int) -> Int:
    """Return the arrears that are a municipality's own: all of them but what the COA caused by linking too few.

    >>> own_arrears(np.array([5, 3]), np.array([2, 4])).tolist()
    [3, 0]
    """
    return np.asarray(achterstand - np.minimum(achterstand, verschoonbaar), dtype=np.int64)
