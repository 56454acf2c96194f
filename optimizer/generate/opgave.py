"""What each municipality still has to house."""

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.generate.draw import pick
from optimizer.rules.parameters import Parameters
from optimizer.rules.taakstelling import largest_remainder
from optimizer.rules.taakstelling import taakstelling as by_law

Number = npt.NDArray[np.int64] | npt.NDArray[np.float64]


def halfjaar(day: date) -> str:
    """Name the half-year of a day.

    >>> halfjaar(date(2026, 10, 1))
    '2026-2'
    """
    return f"{day.year}-{1 if day.month <= 6 else 2}"


def draw_halfyear(rng: np.random.Generator, peildatum: date, p: Parameters) -> pd.DataFrame:
    """Draw the table ``taakstelling`` of a half-year that is under way.

    The taakstelling follows from the law and the national number; arrears, surplus and what was linked are drawn.
    """
    gemeenten = load_gemeenten()
    n = len(gemeenten)
    share = by_law(gemeenten.inwoners, p["taakstelling/landelijk"])
    state = pick(rng, p["generate/stand"], n)
    behind, ahead = p["generate/stand_deel"]
    arrears = np.maximum(1, np.rint(share * rng.gamma(2.0, behind / 2, n)))
    surplus = np.maximum(1, np.rint(share * rng.exponential(ahead, n)))
    low, high = p["generate/gekoppeld_deel"]
    return _table(
        share,
        np.where(state == "achter", arrears, 0),
        np.where(state == "voor", surplus, 0),
        np.floor(share * rng.uniform(low, high, n)),
        peildatum,
    )


def scale_to(persons: int, tightness: float, peildatum: date) -> pd.DataFrame:
    """Return a table ``taakstelling`` whose opgaven add up to ``tightness x persons``, in proportion to inhabitants."""
    inwoners = load_gemeenten().inwoners
    nothing = np.zeros(len(inwoners))
    return _table(largest_remainder(inwoners, round(tightness * persons)), nothing, nothing, nothing, peildatum)


def _table(taakstelling: Number, achterstand: Number, voorsprong: Number, gekoppeld: Number, day: date) -> pd.DataFrame:
    numbers = {
        "taakstelling": taakstelling,
        "achterstand": achterstand,
        "voorsprong": voorsprong,
        "gekoppeld": gekoppeld,
    }
    table = pd.DataFrame({"gemeente": load_gemeenten().code, **numbers}).astype(dict.fromkeys(numbers, "int64"))
    return table.assign(halfjaar=halfjaar(day))
