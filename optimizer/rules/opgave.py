"""From the taakstelling to what a municipality still has to house: mergers, swaps, arrears, surplus."""

import datetime

import numpy as np
import numpy.typing as npt

from optimizer.rules.citation import Citation, cites
from optimizer.rules.parameters import Source

Int = npt.NDArray[np.int64]
_LAW = Source("Huisvestingswet 2014 (BWBR0035303), art. 28 en 29", "https://wetten.overheid.nl/BWBR0035303/")
_SINCE = datetime.date(2015, 1, 1)


@cites(
    Citation(
        id="herindeling",
        nl="Na een herindeling telt de nieuwe gemeente alles van de oude gemeenten samen.",
        en="After a merger the new municipality counts everything of the old ones together.",
        source=Source(
            "Aanname van Koppelwijzer: de nieuwe gemeente neemt inwoners en stand over",
            title_en="Assumption of Koppelwijzer: the new municipality takes over inhabitants and state",
        ),
        layer="aanname",
        since=_SINCE,
    )
)
def merged(values: Int, into: Int) -> Int:
    """Add the values of merged municipalities to those of their successor.

    Parameters
    ----------
    values
        Persons or inhabitants [gemeenten].
    into
        Row of the municipality that each one belongs to on the day: its own row, or that of its successor [gemeenten].

    Returns
    -------
    int64 [gemeenten]; nought where a municipality no longer exists.

    Examples
    --------
    >>> merged(np.array([5, 3, 1]), np.array([0, 0, 2])).tolist()
    [8, 0, 1]
    """
    out = np.zeros_like(values)
    np.add.at(out, into, values)
    return out


@cites(
    Citation(
        id="taakstelling_ruil",
        nl="Gemeenten mogen onderling personen ruilen. De som blijft gelijk en niemand komt onder nul.",
        en="Municipalities may swap persons. The sum stays the same and nobody goes below nought.",
        source=_LAW,
        layer="wet",
        since=_SINCE,
    )
)
def swapped(taakstelling: Int, ruil: Int) -> Int:
    """Apply swaps between municipalities.

    Parameters
    ----------
    taakstelling
        Persons [gemeenten].
    ruil
        Persons that a municipality takes over (positive) or hands over (negative) [gemeenten].

    Raises
    ------
    ValueError
        When the swaps do not add up to nought, or somebody hands over more than the taakstelling.

    Examples
    --------
    >>> swapped(np.array([10, 4]), np.array([-3, 3])).tolist()
    [7, 7]
    """
    if ruil.sum() != 0:
        raise ValueError(f"swaps add up to {ruil.sum()}, not to 0")
    after = taakstelling + ruil
    if (after < 0).any():
        raise ValueError(f"row {int(np.argmin(after))} hands over more than its taakstelling")
    return np.asarray(after, dtype=np.int64)


@cites(
    Citation(
        id="opgave",
        nl="Achterstand komt bij de taakstelling. Voorsprong, en wie al gekoppeld, gehuisvest of tijdelijk gehuisvest "
        "is, gaan eraf. Nooit minder dan nul.",
        en="Arrears are added to the taakstelling. A surplus, and whoever is linked, housed or housed for the time "
        "being already, are subtracted. Never less than nought.",
        source=_LAW,
        layer="wet",
        since=_SINCE,
    )
)
def remaining(
    taakstelling: Int,
    achterstand: Int,
    voorsprong: Int,
    gekoppeld: Int,
    gehuisvest: Int | int = 0,
    tijdelijk_gehuisvest: Int | int = 0,
) -> Int:
    """Return the persons that each municipality can still take: equation (24) of docs/method.md, without locks.

    A person stands in one of three stocks: linked and not housed yet, housed, or housed for the time being. Each of
    them takes a place. That the COA caused a part of the arrears changes nothing here: these people too need a home.

    >>> remaining(np.array([6, 2]), np.array([1, 0]), np.array([0, 3]), np.array([4, 0])).tolist()
    [3, 0]
    """
    taken = gekoppeld + gehuisvest + tijdelijk_gehuisvest
    return np.asarray(np.maximum(0, taakstelling + achterstand - voorsprong - taken), dtype=np.int64)


@cites(
    Citation(
        id="capaciteit",
        nl="Geldt er geen taakstelling, dan is de ruimte van een gemeente haar capaciteit min wie al gekoppeld is.",
        en="Where no taakstelling holds, the room of a municipality is its capacity minus whoever is linked already.",
        source=Source(
            "Aanname van Koppelwijzer: wat de taakstelling vervangt, is niet bekend",
            title_en="Assumption of Koppelwijzer: what replaces the taakstelling is not known",
        ),
        layer="aanname",
        since=datetime.date(2016, 1, 1),
        parameters=("taakstelling/regime",),
    )
)
def capacity_left(capaciteit: Int, gekoppeld: Int) -> Int:
    """Return the persons that each municipality can still take where no taakstelling holds.

    >>> capacity_left(np.array([6, 2]), np.array([4, 3])).tolist()
    [2, 0]
    """
    return np.asarray(np.maximum(0, capaciteit - gekoppeld), dtype=np.int64)
