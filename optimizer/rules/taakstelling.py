"""The taakstelling of each municipality: its share of the national number of persons, in proportion to inhabitants."""

import datetime

import numpy as np
import numpy.typing as npt

from optimizer.rules.citation import Citation, cites
from optimizer.rules.parameters import Source

Int = npt.NDArray[np.int64]
_LAW = Source("Huisvestingswet 2014 (BWBR0035303), art. 28 en 29", "https://wetten.overheid.nl/BWBR0035303/")


@cites(
    Citation(
        id="taakstelling_afronding",
        nl="Aandelen worden heel volgens de grootste resten. De som blijft het landelijke getal.",
        en="Shares become whole by the largest remainders. The sum stays the national number.",
        source=Source(
            "Aanname van Koppelwijzer: de wet zegt niet hoe er wordt afgerond",
            title_en="Assumption of Koppelwijzer: the law does not say how to round",
        ),
        layer="aanname",
        since=datetime.date(2015, 1, 1),
    )
)
def largest_remainder(weights: Int, total: int) -> Int:
    """Divide whole persons in proportion to weights, so that the parts add up to the total.

    Everybody gets the whole part of the exact share; what is left goes one by one to the largest remainders, the first
    in order among equal ones (municipalities stand in order of code). Integer arithmetic: no rounding error.

    Parameters
    ----------
    weights
        Whole numbers >= 0 [n], at least one positive; ``max(weights) * total`` must fit in int64.
    total
        Persons to divide, >= 0.

    Returns
    -------
    int64 [n], the sum is ``total``.

    Raises
    ------
    ValueError
        When a weight or the total is negative, or all weights are zero.

    Examples
    --------
    >>> largest_remainder(np.array([5, 3, 1]), 4).tolist()
    [2, 1, 1]
    """
    whole = np.asarray(weights, dtype=np.int64)
    everybody = int(whole.sum())
    if total < 0 or everybody <= 0 or (whole < 0).any():
        raise ValueError("largest_remainder needs a total >= 0 and weights >= 0 that are not all zero")
    parts, remainders = np.divmod(whole * total, everybody)
    left = total - int(parts.sum())
    parts[np.argsort(-remainders, kind="stable")[:left]] += 1
    return parts


@cites(
    Citation(
        id="taakstelling_aandeel",
        nl="Elke gemeente huisvest een deel van het landelijke getal, naar rato van haar inwoners.",
        en="Every municipality houses a part of the national number, in proportion to its inhabitants.",
        source=_LAW,
        layer="wet",
        since=datetime.date(2015, 1, 1),
        parameters=("taakstelling/landelijk",),
    )
)
def taakstelling(inwoners: Int, landelijk: int) -> Int:
    """Return the persons that each municipality must house in a half-year.

    ``inhabitants of the municipality / inhabitants of the Netherlands x national number``, made whole by
    `largest_remainder`.

    Parameters
    ----------
    inwoners
        Inhabitants of every municipality, in order of code [gemeenten].
    landelijk
        National number of persons for the half-year (parameter ``taakstelling/landelijk``).

    Examples
    --------
    >>> taakstelling(np.array([600_000, 300_000, 100_000]), 1_005).tolist()
    [603, 302, 100]
    """
    return largest_remainder(inwoners, landelijk)
