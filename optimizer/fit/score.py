"""The score: a sum of named terms, turned into a chance."""

from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from optimizer.domain.tables import OPLEIDINGEN, TAALNIVEAUS
from optimizer.fit.profile import Profiles, profiles
from optimizer.fit.work_nearby import participation, work_nearby
from optimizer.rules.parameters import Parameters

Float = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Chances:
    """The chance of paid work three years after the permit, per adult and municipality.

    Parameters
    ----------
    profile
        Row of ``table`` of each adult, int64 [adults].
    table
        Chance of each profile in each municipality, in order of code, float64 [profiles, 342] in [0, 1].
    unknown
        How many adults left a cell empty, by column: the documented mean was used for them.
    """

    profile: npt.NDArray[np.int64]
    table: Float
    unknown: dict[str, int]


def score(personen: pd.DataFrame, parameters: Parameters) -> Chances:
    """Return the chance of work of every adult in every municipality.

    ``1 / (1 + exp(-z))`` with::

        z = basis + opleiding + taalniveau + ervaring_vol * v
            + bereik * (a * W[g, sector of experience] + b * W[g, desired sector] + (1 - a - b) * W[g, all sectors])
            + participatie * (labour participation of g above the national mean, percentage points)
        v = min(completed years, ervaring_jaren_vol) / ervaring_jaren_vol
        a = sector_ervaring * v,  b = sector_ambitie

    W is `work_nearby`. An unknown sector counts as all sectors, unknown education, language level and years as the
    documented mean. Who does not want to work has no chance counted.

    Parameters
    ----------
    personen
        The table of adults (``domain.tables``).
    parameters
        ``fit/*``, all *aanname*.

    Source: the weights are our own; the mean is calibrated on CBS: 31 % of the permit holders of 2020 aged 18 to 65 had
    a job after three years.
    """
    p = profiles(personen, parameters)
    person, place = (reduce(np.add, terms(p, parameters).values()) for terms in (of_person, of_place))
    z = person[:, None] + place
    return Chances(p.of_adult, np.where(p.wil_werken[:, None], expit(z), 0.0), p.unknown)


def of_person(p: Profiles, parameters: Parameters) -> dict[str, Float]:
    """Return the terms that are the same everywhere, by key of ``domain.kansdelen.DELEN`` [profiles]."""
    return {
        "opleiding": _weights(parameters["fit/opleiding"], OPLEIDINGEN)[p.opleiding],
        "taalniveau": _weights(parameters["fit/taalniveau"], TAALNIVEAUS)[p.taalniveau],
        "ervaring": parameters["fit/ervaring_vol"] * _experience(p, parameters),
        "basis": np.full(p.opleiding.size, float(parameters["fit/basis"])),
    }


def of_place(p: Profiles, parameters: Parameters) -> dict[str, Float]:
    """Return the terms that differ between municipalities, by the same keys [profiles or 1, gemeenten]."""
    nearby = work_nearby(parameters.peildatum).T
    own = (parameters["fit/sector_ervaring"] * _experience(p, parameters))[:, None]
    desired = parameters["fit/sector_ambitie"]
    match = own * nearby[p.ervaring_sector] + desired * nearby[p.ambitie_sector] + (1.0 - own - desired) * nearby[-1]
    return {
        "werk_in_de_buurt": parameters["fit/bereik"] * match,
        "arbeidsdeelname": parameters["fit/participatie"] * participation(parameters.peildatum)[None, :],
    }


def _experience(p: Profiles, parameters: Parameters) -> Float:
    share: Float = p.ervaring_jaren / parameters["fit/ervaring_jaren_vol"]
    return share


def _weights(by_word: dict[str, float], words: tuple[str, ...]) -> Float:
    """Return the weight of each word in order, and that of ``onbekend`` last."""
    return np.array([by_word[w] for w in (*words, "onbekend")], dtype=np.float64)
