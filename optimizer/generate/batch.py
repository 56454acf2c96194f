"""A whole synthetic batch, table by table, from one seed."""

import numpy as np
import pandas as pd

from optimizer.errors import Gebruiksfout
from optimizer.generate.grounds import draw_grounds
from optimizer.generate.households import draw_adults, draw_households
from optimizer.generate.jobs import draw_holders, draw_jobs
from optimizer.generate.opgave import draw_halfyear, scale_to
from optimizer.rules.parameters import Parameters


def draw_tables(
    huishoudens: int, seed: int, parameters: Parameters, *, tightness: float | None = None
) -> dict[str, pd.DataFrame]:
    """Draw the tables of a batch; the same arguments give the same tables.

    Parameters
    ----------
    huishoudens
        Number of households, at least 1.
    seed
        Seed of everything that is drawn, at least 0; each table has a stream of its own.
    parameters
        ``generate/*`` and ``taakstelling/landelijk``; their peildatum is that of the batch.
    tightness
        None: the opgaven of a half-year that is under way. Else the opgaven add up to this many times the persons of
        the batch, in proportion to inhabitants.

    Returns
    -------
    The tables of ``domain.tables`` by name, with all their columns.

    Raises
    ------
    Gebruiksfout
        When a number makes no sense.
    """
    if huishoudens < 1 or seed < 0 or not (tightness is None or tightness >= 0):
        raise Gebruiksfout(
            "Geef ten minste 1 huishouden, een seed van 0 of hoger en een tightness van 0 of hoger; "
            f"gegeven: {huishoudens}, {seed}, {tightness}.",
            "Give at least 1 household, a seed of 0 or more and a tightness of 0 or more; "
            f"given: {huishoudens}, {seed}, {tightness}.",
        )
    streams = (np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(6))
    households, adults, opvang = draw_households(next(streams), huishoudens, parameters.peildatum, parameters)
    names = households["huishouden_id"].to_numpy(dtype=np.str_)
    household_of = np.repeat(np.arange(huishoudens), adults)
    holder = draw_holders(next(streams), adults, parameters)
    works = np.zeros(len(household_of), dtype=np.bool_)
    works[holder] = True
    personen = draw_adults(next(streams), names[household_of].tolist(), works, parameters)
    werk = draw_jobs(
        next(streams),
        personen["persoon_id"].iloc[holder].tolist(),
        opvang[household_of[holder]],
        parameters.peildatum,
        parameters,
    )
    working = np.isin(np.arange(huishoudens), household_of[holder])
    gronden = draw_grounds(next(streams), names, opvang, working, parameters)
    persons = int(households["aantal_personen"].sum())
    return {
        "huishoudens": households,
        "personen": personen,
        "werk": werk,
        "gronden": gronden,
        "taakstelling": draw_halfyear(next(streams), parameters.peildatum, parameters)
        if tightness is None
        else scale_to(persons, tightness, parameters.peildatum),
    }
