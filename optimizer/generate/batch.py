"""A whole synthetic batch, table by table, from one seed."""

import numpy as np
import pandas as pd

from optimizer.errors import Gebruiksfout
from optimizer.generate.area import find_area
from optimizer.generate.grounds import draw_grounds
from optimizer.generate.households import draw_adults, draw_households
from optimizer.generate.jobs import draw_holders, draw_jobs
from optimizer.generate.opgave import draw_end, draw_halfyear, scale_to
from optimizer.rules.parameters import Parameters


def draw_tables(
    huishoudens: int,
    seed: int,
    parameters: Parameters,
    *,
    tightness: float | None = None,
    regio: str | None = None,
    einde_halfjaar: bool = False,
) -> dict[str, pd.DataFrame]:
    """Draw the tables of a batch; the same arguments give the same tables.

    Parameters
    ----------
    huishoudens
        Number of households, at least 1.
    seed
        Seed of everything that is drawn, at least 0; each table has a stream of its own.
    parameters
        ``generate/*``, ``verhuizing/*`` and ``taakstelling/landelijk``; their peildatum is that of the batch.
    tightness
        None: the opgaven of a half-year that is under way. Else the opgaven add up to this many times the persons of
        the batch, in proportion to inhabitants.
    regio
        A koppelregio, by a part of its name: people live, work and have their grounds there, and only its
        municipalities have an opgave. None for the whole country.
    einde_halfjaar
        The half-year is nearly over: some municipalities have room left and others none. Together they have
        ``tightness`` (None: ``generate/einde_ruimte``) times the persons.

    Returns
    -------
    The tables of ``domain.tables`` by name, with all their columns.

    Raises
    ------
    Gebruiksfout
        When a number makes no sense, the region does not exist, or it has too few places at the end of its half-year.
    """
    _check_numbers(huishoudens, seed, tightness)
    streams = (np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(6))
    area, day = find_area(regio, parameters), parameters.peildatum
    households, adults, opvang = draw_households(next(streams), huishoudens, day, area, parameters)
    names = households["huishouden_id"].to_numpy(dtype=np.str_)
    household_of = np.repeat(np.arange(huishoudens), adults)
    holder = draw_holders(next(streams), adults, area.has_job[opvang], parameters)
    works = np.zeros(len(household_of), dtype=np.bool_)
    works[holder] = True
    personen = draw_adults(next(streams), names[household_of].tolist(), works, parameters)
    holders = personen["persoon_id"].iloc[holder].tolist()
    werk = draw_jobs(next(streams), holders, opvang[household_of[holder]], day, area, parameters)
    gronden = draw_grounds(next(streams), names, opvang, area, parameters)
    rng, persons = next(streams), int(households["aantal_personen"].sum())
    if einde_halfjaar:
        taakstelling = draw_end(rng, persons, tightness, day, area, parameters)
    elif tightness is not None:
        taakstelling = scale_to(persons, tightness, day, area)
    else:
        taakstelling = draw_halfyear(rng, day, area, parameters)
    return {
        "huishoudens": households,
        "personen": personen,
        "werk": werk,
        "gronden": gronden,
        "taakstelling": taakstelling,
    }


def _check_numbers(huishoudens: int, seed: int, tightness: float | None) -> None:
    if huishoudens < 1 or seed < 0 or not (tightness is None or 0 <= tightness < np.inf):
        raise Gebruiksfout(
            "Geef ten minste 1 huishouden, een seed van 0 of hoger en een tightness van 0 of hoger; "
            f"gegeven: {huishoudens}, {seed}, {tightness}.",
            "Give at least 1 household, a seed of 0 or more and a tightness of 0 or more; "
            f"given: {huishoudens}, {seed}, {tightness}.",
        )
