"""Which municipalities a household may be linked to, given its hard grounds and the radius around each."""

import datetime

import numpy as np
import numpy.typing as npt

from optimizer.rules.citation import Citation, cites
from optimizer.rules.parameters import Source

_PLATFORM31 = Source("Wachten of Werken? (Platform31, 2024)", "https://www.platform31.nl", "33")


@cites(
    Citation(
        id="straal",
        nl="Bij een harde grond koppelt het COA binnen de straal van de gemeente van die grond. Op de grens is binnen.",
        en="With a hard ground the COA links within the radius of the municipality of that ground. On the limit "
        "is within.",
        source=_PLATFORM31,
        layer="uitvoeringspraktijk",
        since=datetime.date(2016, 1, 1),
        parameters=("gronden/straal_km", "gronden/maat"),
    )
)
def within_radius(km: npt.NDArray[np.float64], radius_km: float) -> npt.NDArray[np.bool_]:
    """Tell which distances honour a ground: at most the radius, on the unrounded number.

    >>> within_radius(np.array([49.9, 50.0, 50.1]), 50).tolist()
    [True, True, False]
    """
    return km <= radius_km


@cites(
    Citation(
        id="grond_telt",
        nl="Eerstegraads familie, studie en medische noodzaak zijn een harde grond als het bewijs is gezien.",
        en="First-degree family, study and medical necessity are a hard ground when the evidence was seen.",
        source=_PLATFORM31,
        layer="uitvoeringspraktijk",
        since=datetime.date(2016, 1, 1),
    )
)
def ground_counts(evidence: npt.NDArray[np.str_]) -> npt.NDArray[np.bool_]:
    """Tell which grounds were shown: any evidence but ``nee`` or an empty cell.

    >>> ground_counts(np.array(["ja", "nee", "", "beschikking"])).tolist()
    [True, False, False, True]
    """
    return np.asarray((evidence != "") & (evidence != "nee"), dtype=np.bool_)


@cites(
    Citation(
        id="meer_gronden",
        nl="Bij meer gronden ligt de gemeente binnen de straal van alle. Kan dat nergens, dan vallen gronden af, "
        "in vaste volgorde.",
        en="With several grounds the municipality lies within the radius of all. Where that is nowhere possible, "
        "grounds are set aside in a fixed order.",
        source=Source(
            "Aanname van Koppelwijzer: de bronnen noemen geen volgorde",
            title_en="Assumption of Koppelwijzer: the sources name no order",
        ),
        layer="aanname",
        since=datetime.date(2016, 1, 1),
        parameters=("gronden/volgorde",),
    )
)
def reachable(
    household: npt.NDArray[np.int64], within: npt.NDArray[np.bool_], households: int
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Combine the grounds of each household: within reach of all of them, or of as many as go together.

    Parameters
    ----------
    household
        Row of the household of each ground [grounds]; the grounds of a household stand in order of precedence.
    within
        Whether a municipality honours the ground [grounds, gemeenten].
    households
        Number of households.

    Returns
    -------
    allowed : bool [households, gemeenten]
        Municipalities that honour the grounds that bind. A ground that would leave no municipality beside the
        grounds before it is set aside. All True without grounds.
    kept : bool [grounds]
        False for a ground that was set aside.
    """
    allowed = np.ones((households, within.shape[1]), dtype=np.bool_)
    kept = np.ones(household.size, dtype=np.bool_)
    for turn in _turns(household):
        rows = household[turn]
        both = allowed[rows] & within[turn]
        keeps = both.any(axis=1)
        allowed[rows[keeps]] = both[keeps]
        kept[turn[~keeps]] = False
    return allowed, kept


def _turns(household: npt.NDArray[np.int64]) -> list[npt.NDArray[np.int64]]:
    """Split the grounds into first grounds, second grounds, ...: int64 [grounds of that turn] each."""
    order = np.argsort(household, kind="stable")
    rows = household[order]
    starts = np.r_[True, rows[1:] != rows[:-1]] if rows.size else np.zeros(0, dtype=np.bool_)
    first = np.maximum.accumulate(np.where(starts, np.arange(rows.size), 0))
    rank = np.arange(rows.size) - first
    return [order[rank == k] for k in range(int(rank.max(initial=-1)) + 1)]
