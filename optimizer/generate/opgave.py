"""What each municipality still has to house."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.errors import Gebruiksfout
from optimizer.generate.area import Area, work_nearby
from optimizer.generate.draw import pick
from optimizer.rules.parameters import Parameters
from optimizer.rules.taakstelling import largest_remainder
from optimizer.rules.taakstelling import taakstelling as by_law

Int = npt.NDArray[np.int64]


def halfjaar(day: date) -> str:
    """Name the half-year of a day.

    >>> halfjaar(date(2026, 10, 1))
    '2026-2'
    """
    return f"{day.year}-{1 if day.month <= 6 else 2}"


@dataclass(frozen=True, eq=False)
class Start:
    """Where municipalities stood when the half-year began, whole persons, each [gemeenten of the area]."""

    taakstelling: Int
    achterstand: Int
    voorsprong: Int

    @property
    def opgave(self) -> Int:
        """What was to be linked in the half-year."""
        opgave: Int = np.maximum(0, self.taakstelling + self.achterstand - self.voorsprong)
        return opgave


def draw_start(rng: np.random.Generator, area: Area, p: Parameters) -> Start:
    """Draw the start of a half-year: the taakstelling follows from the law, arrears and surplus are drawn."""
    share = by_law(load_gemeenten().inwoners, p["taakstelling/landelijk"])[area.rows]
    n = len(share)
    state = pick(rng, p["generate/stand"], n)
    behind, ahead = p["generate/stand_deel"]
    arrears = np.maximum(1, np.rint(share * rng.gamma(2.0, behind / 2, n)))
    surplus = np.maximum(1, np.rint(share * rng.exponential(ahead, n)))
    return Start(
        share,
        np.where(state == "achter", arrears, 0).astype(np.int64),
        np.where(state == "voor", surplus, 0).astype(np.int64),
    )


def draw_halfyear(rng: np.random.Generator, peildatum: date, area: Area, p: Parameters) -> pd.DataFrame:
    """Draw the table ``taakstelling`` of a half-year that is under way: a part of the taakstelling was linked."""
    start = draw_start(rng, area, p)
    low, high = p["generate/gekoppeld_deel"]
    linked = np.floor(start.taakstelling * rng.uniform(low, high, len(area.rows))).astype(np.int64)
    return _table(start, linked, peildatum, area)


def draw_end(
    rng: np.random.Generator, persons: int, tightness: float | None, peildatum: date, area: Area, p: Parameters
) -> pd.DataFrame:
    """Draw the table ``taakstelling`` of a half-year that is nearly over: most municipalities have no room left.

    What remains lies with the few that have: any place of theirs is as likely as another to be open still.

    Parameters
    ----------
    persons, tightness
        The opgaven add up to ``tightness x persons``; None takes ``generate/einde_ruimte`` for the tightness.

    Raises
    ------
    Gebruiksfout
        When there are fewer places than that.
    """
    start = draw_start(rng, area, p)
    rest = round((p["generate/einde_ruimte"] if tightness is None else tightness) * persons)
    if rest > start.opgave.sum():
        raise Gebruiksfout(
            f"Aan het eind van het halfjaar zijn er geen {rest} plekken over. "
            "Vraag minder huishoudens of een lagere tightness.",
            f"At the end of the half-year no {rest} places are left. Ask fewer households or a lower tightness.",
        )
    part, power = p["generate/einde_met_plek"]
    order = np.argsort(rng.exponential(size=len(area.rows)) * work_nearby(area, p) ** power)
    enough = int(np.searchsorted(np.cumsum(start.opgave[order]), rest)) + 1
    places = np.zeros_like(start.opgave)
    open_still = order[: max(enough, round(part * len(order)))]
    places[open_still] = start.opgave[open_still]
    return _table(start, start.opgave - rng.multivariate_hypergeometric(places, rest), peildatum, area)


def scale_to(persons: int, tightness: float, peildatum: date, area: Area) -> pd.DataFrame:
    """Return a table ``taakstelling`` whose opgaven add up to ``tightness x persons``, in proportion to inhabitants."""
    share = largest_remainder(load_gemeenten().inwoners[area.rows], round(tightness * persons))
    nothing = np.zeros_like(share)
    return _table(Start(share, nothing, nothing), nothing, peildatum, area)


def _table(start: Start, gekoppeld: Int, day: date, area: Area) -> pd.DataFrame:
    columns = {"gemeente": load_gemeenten().code[area.rows], **vars(start), "gekoppeld": gekoppeld}
    return pd.DataFrame(columns).assign(halfjaar=halfjaar(day))
