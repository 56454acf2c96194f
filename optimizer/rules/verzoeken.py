"""When a request for a first link may be considered. It never gives priority.

A request names a household and a municipality. It is put to the rules of every link; who asks does not count.
"""

import datetime

import numpy as np
import numpy.typing as npt

from optimizer.rules.citation import Citation, cites
from optimizer.rules.parameters import Source
from optimizer.rules.werk import JA, NEE, NIET_AANGETOOND

Bools = npt.NDArray[np.bool_]


@cites(
    Citation(
        id="verzoek",
        nl="Een verzoek om een eerste koppeling mag worden overwogen als geen regel de gemeente sluit en zij binnen de "
        "straal van elke harde grond van het huishouden ligt. Het geeft nooit voorrang.",
        en="A request for a first link may be considered when no rule closes the municipality and it lies within the "
        "radius of every hard ground of the household. It never gives priority.",
        source=Source("Wachten of Werken? (Platform31, 2024)", "https://www.platform31.nl", "34"),
        layer="aanname",
        since=datetime.date(2016, 1, 1),
        parameters=("gronden/straal_km",),
    )
)
def request_considered(closed: Bools, grounded: Bools, near: Bools, unshown_near: Bools) -> npt.NDArray[np.int8]:
    """Tell which requests may be considered.

    Parameters
    ----------
    closed
        Whether a rule closes the municipality to the household [requests].
    grounded, near
        Whether the household has a hard ground that counts, and whether the municipality lies within the radius of
        every one that binds [requests].
    unshown_near
        Whether a job or ground that was not shown lies within the radius of the municipality [requests].

    Returns
    -------
    int8 [requests]
        ``JA``; ``NIET_AANGETOOND`` where a ground would be near enough if it were shown; ``NEE``.
    """
    could = np.where(~grounded & unshown_near, NIET_AANGETOOND, NEE)
    found: npt.NDArray[np.int8] = np.where(closed, NEE, np.where(grounded & near, JA, could)).astype(np.int8)
    return found
