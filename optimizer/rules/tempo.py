"""What one round may take of what a municipality or a region still has to do."""

import datetime
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from optimizer.rules.citation import Citation, cites
from optimizer.rules.parameters import Source

Ints = npt.NDArray[np.int64]


@cites(
    Citation(
        id="tempo",
        nl="Een gemeente of arbeidsmarktregio neemt in een ronde ten hoogste een aantal keer haar evenredige deel op; "
        "een minimum mag altijd.",
        en="A municipality or labour-market region takes at most some times its proportional share of a round, and a "
        "minimum always may.",
        source=Source(
            "Wachten of Werken? (Platform31, 2024): na de taakstelling komt de verdeling over de regio's; "
            "de grens is een aanname van Koppelwijzer",
            page="33",
            title_en="Wachten of Werken? (Platform31, 2024): after the taakstelling comes the division by region; the "
            "limit is an assumption of Koppelwijzer",
        ),
        layer="aanname",
        since=datetime.date(2016, 1, 1),
        parameters=(
            "taakstelling/tempo_gemeente",
            "taakstelling/tempo_regio",
            "taakstelling/tempo_minste_personen",
        ),
    )
)
def most_in_a_round(open_persons: Ints, round_persons: int, factor: float, least: int) -> Ints:
    """Return how many persons each municipality or region takes at most in a round, int64 [n].

    Parameters
    ----------
    open_persons
        What each of them still has to take, persons [n]; together all that is left.
    round_persons
        All persons of the round.
    factor
        Times the share: ``open / all open * round``, rounded down.
    least
        Persons that each can take in any case.

    >>> most_in_a_round(np.array([60, 30, 10]), 20, 1.5, 4).tolist()
    [18, 9, 4]
    """
    everything = max(1, int(open_persons.sum()))
    times = Fraction(str(factor)) * round_persons / everything
    most = [max(least, times.numerator * one // times.denominator) for one in open_persons.tolist()]
    return np.array(most, dtype=np.int64)
