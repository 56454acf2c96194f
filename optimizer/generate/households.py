"""Households and their adults."""

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.generate.area import Area
from optimizer.generate.draw import chance, near, pick
from optimizer.rules.parameters import Parameters

Int = npt.NDArray[np.int64]


def ids(letter: str, n: int) -> list[str]:
    """Number ``n`` things: a letter and at least four digits.

    >>> ids("H", 2)
    ['H0001', 'H0002']
    """
    width = max(4, len(str(n)))
    return [f"{letter}{i:0{width}d}" for i in range(1, n + 1)]


def draw_households(
    rng: np.random.Generator, n: int, peildatum: date, area: Area, p: Parameters
) -> tuple[pd.DataFrame, Int, Int]:
    """Draw the table of households.

    Returns
    -------
    The table ``huishoudens``, the number of adults int64 [n], and the row of the reception municipality int64 [n].
    """
    gemeenten = load_gemeenten()
    persons = 1 + np.searchsorted(np.cumsum(p["generate/huishoudgrootte"])[:-1], rng.random(n), side="right")
    adults = _adults(rng, persons, p)
    opvang = rng.choice(area.opvang, n)
    locked = chance(rng, p["generate/vastgezet"], n)
    excluded = chance(rng, p["generate/uitgesloten"], n) & ~locked
    somewhere = near(rng, opvang, area.inwoners, p["generate/afstand_km"])
    day = np.datetime64(peildatum, "s")
    table = pd.DataFrame(
        {
            "huishouden_id": ids("H", n),
            "aantal_personen": persons,
            "vergunning_datum": day - _days_since_permit(rng, n, p),
            "opvang_gemeente": gemeenten.code[opvang],
            "vastgezet_gemeente": np.where(locked, gemeenten.code[somewhere], ""),
            "vastgezet_reden": np.where(locked, "afspraak van de regievoerder met de gemeente", ""),
            "uitgesloten_gemeenten": np.where(excluded, gemeenten.code[somewhere], ""),
            "nareis_verwacht": pd.array(
                np.where(chance(rng, p["generate/nareis"], n), rng.integers(1, 5, n), np.nan), dtype="Int64"
            ),
            "verwachte_verhuisdatum": day + _days_until_move(rng, n, p),
            "bijstandsnorm_type": np.where(adults > 1, "gehuwd", "alleenstaand"),
        }
    )
    return table, adults, opvang


def _days_since_permit(rng: np.random.Generator, n: int, p: Parameters) -> npt.NDArray[np.timedelta64]:
    """Draw how long people have their permit: most came within the last month, some wait since an earlier one."""
    month, share, mean = p["generate/vergunning_dagen"]
    earlier = np.where(chance(rng, share, n), month + rng.exponential(mean, n).astype(np.int64), 0)
    return np.maximum(earlier, rng.integers(0, month, n)).astype("timedelta64[D]")


def _days_until_move(rng: np.random.Generator, n: int, p: Parameters) -> npt.NDArray[np.timedelta64]:
    """Draw how long those wait for whom the term is too short; nothing (NaT) for who moves within the term."""
    share, mean = p["generate/verhuisdatum"]
    weeks = p["verhuizing/weken_na_koppeling"] + 1 + rng.gamma(2.0, mean / 2, n).astype(np.int64)
    days = (weeks * 7).astype("timedelta64[D]")
    return np.where(chance(rng, share, n), days, np.timedelta64("NaT", "D"))


def _adults(rng: np.random.Generator, persons: Int, p: Parameters) -> Int:
    """Draw the adults of each household: one at least, two in most families, sometimes a third."""
    pair, family = p["generate/tweede_volwassene"]
    second = rng.random(len(persons)) < np.select([persons == 2, persons > 2], [pair, family], 0.0)
    third = second & (persons > 3) & chance(rng, p["generate/derde_volwassene"], len(persons))
    adults: Int = 1 + second.astype(np.int64) + third
    return adults


def draw_adults(
    rng: np.random.Generator, household: list[str], works: npt.NDArray[np.bool_], p: Parameters
) -> pd.DataFrame:
    """Draw the table of adults.

    Parameters
    ----------
    household
        Household of each adult.
    works
        Who has a job; they want to work.
    """
    n = len(household)
    sector = pick(rng, p["generate/ervaring_sector"], n)
    years = 1 + rng.poisson(rng.exponential(p["generate/ervaring_jaren"] - 1, n)).clip(max=35)
    known, same = p["generate/ambitie"]
    other = pick(rng, p["generate/ervaring_sector"], n)
    ambition = np.where(chance(rng, same, n) & (sector != ""), sector, other)
    unwilling = chance(rng, p["generate/wil_niet_werken"], n) & ~works
    return pd.DataFrame(
        {
            "persoon_id": ids("P", n),
            "huishouden_id": household,
            "opleiding": pick(rng, p["generate/opleiding"], n),
            "taalniveau": pick(rng, p["generate/taalniveau"], n),
            "ervaring_sector": sector,
            "ervaring_jaren": pd.array(np.where(sector != "", years, np.nan), dtype="Int64"),
            "ambitie_sector": np.where(chance(rng, known, n), ambition, ""),
            "wil_werken": np.where(unwilling, "nee", "ja"),
        }
    )
