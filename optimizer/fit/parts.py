"""The score of some adults, taken apart for people: the very terms that `optimizer.fit.score.score` adds up."""

from functools import reduce

import numpy as np
import pandas as pd
from scipy.special import expit

from optimizer.domain.kansdelen import DELEN, Kansdelen
from optimizer.fit.profile import profiles
from optimizer.fit.score import Float, of_person, of_place
from optimizer.rules.parameters import Parameters

#: The columns that a part is made of; work nearby looks at the sectors.
_ASKED = {
    "opleiding": ("opleiding",),
    "taalniveau": ("taalniveau",),
    "ervaring": ("ervaring_jaren",),
    "werk_in_de_buurt": ("ervaring_sector", "ambitie_sector"),
}


def parts(personen: pd.DataFrame, parameters: Parameters) -> tuple[Kansdelen, ...]:
    """Return the chance of work of each adult of a table with everything that it is the sum of.

    Parameters
    ----------
    personen
        Rows of the table of adults (``domain.tables``).
    parameters
        ``fit/*``, all *aanname*.
    """
    p = profiles(personen, parameters)
    person, place = of_person(p, parameters), of_place(p, parameters)
    found = []
    for row, i in zip(range(len(personen)), p.of_adult.tolist(), strict=True):
        terms = {name: np.broadcast_to(value[i], place["werk_in_de_buurt"].shape[1]) for name, value in person.items()}
        terms |= {name: value[min(i, len(value) - 1)] for name, value in place.items()}
        terms = {name: terms[name] for name in DELEN}
        wants = bool(p.wil_werken[i])
        chance: Float = expit(reduce(np.add, terms.values())) * wants
        adult = personen.iloc[row]
        said = {name: ", ".join(map(_answer, adult[list(columns)])) for name, columns in _ASKED.items()}
        found.append(Kansdelen(str(adult["persoon_id"]), wants, said, terms, chance))
    return tuple(found)


def _answer(cell: object) -> str:
    """Write an answer as it was given.

    >>> _answer("hoog"), _answer(3.0), _answer(float("nan")), _answer("")
    ('hoog', '3', 'onbekend', 'onbekend')
    """
    if isinstance(cell, float):
        return "onbekend" if np.isnan(cell) else f"{cell:g}"
    return str(cell) or "onbekend"
