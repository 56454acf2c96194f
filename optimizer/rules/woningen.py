"""Who needs a special dwelling."""

import datetime

import numpy as np
import numpy.typing as npt

from optimizer.rules.citation import Citation, cites
from optimizer.rules.parameters import Source


@cites(
    Citation(
        id="grote_woning",
        nl="Een huishouden vanaf een aantal personen heeft een grote woning nodig, als de invoer zegt hoeveel er zijn.",
        en="A household from a number of persons on needs a large dwelling, if the input says how many there are.",
        source=Source(
            "Aanname van Koppelwijzer: de bronnen noemen geen grens",
            title_en="Assumption of Koppelwijzer: the sources name no limit",
        ),
        layer="aanname",
        since=datetime.date(2016, 1, 1),
        parameters=("woningen/groot_vanaf_personen",),
    )
)
def needs_large(persons: npt.NDArray[np.int64], from_persons: float) -> npt.NDArray[np.bool_]:
    """Tell which households are large enough for a large dwelling, bool [households].

    >>> needs_large(np.array([5, 6]), 6).tolist()
    [False, True]
    """
    return np.asarray(persons >= from_persons, dtype=np.bool_)
