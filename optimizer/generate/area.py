"""Where a synthetic batch takes place: the whole country, or one koppelregio."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from optimizer.errors import Gebruiksfout
from optimizer.rules.parameters import Parameters

Int = npt.NDArray[np.int64]
Share = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Area:
    """The municipalities of a batch, and what draws people to them.

    Attributes
    ----------
    rows
        The municipalities inside, ascending [inside].
    opvang
        Those with a reception centre, each equally often [centres].
    inwoners
        Inhabitants of every municipality of the country, 0 outside the area [gemeenten].
    workplaces
        How much each municipality draws who looks for work, 0 outside the area [gemeenten].
    has_job
        Chance that a household received there has a job [gemeenten].
    """

    rows: Int
    opvang: Int
    inwoners: Share
    workplaces: Share
    has_job: Share


def find_area(regio: str | None, p: Parameters) -> Area:
    """Return the area of a koppelregio, by a part of its name that no other has; of the whole country for None.

    Raises
    ------
    Gebruiksfout
        When no koppelregio, or more than one, has that in its name.

    Examples
    --------
    >>> from datetime import date
    >>> from optimizer.rules.parameters import load
    >>> len(find_area("noord-holland", load(date(2026, 10, 1))).rows)
    76
    """
    gemeenten = load_gemeenten()
    inside = np.ones(len(gemeenten), dtype=np.bool_) if regio is None else gemeenten.koppelregio == _named(regio)
    opvang = gemeenten.rows(p["generate/opvang_gemeenten"])
    more = p["generate/werk_regio"]
    work = np.array([more.get(str(name), 1.0) for name in gemeenten.arbeidsmarktregio_naam])
    return Area(
        rows=np.flatnonzero(inside),
        opvang=opvang[inside[opvang]],
        inwoners=np.where(inside, gemeenten.inwoners, 0.0),
        workplaces=np.where(inside, gemeenten.inwoners * work, 0.0),
        has_job=p["generate/huishoudens_met_baan"] * work / work[opvang].mean(),
    )


def work_nearby(area: Area, p: Parameters) -> Share:
    """Return how much work each municipality has around it: workplaces x exp(-km / decay), added up [inside]."""
    nearby: Share = np.exp(-matrix("straight")[area.rows] / p["generate/afstand_km"]) @ area.workplaces
    return nearby


def _named(part: str) -> str:
    names = np.unique(load_gemeenten().koppelregio).tolist()
    found = [name for name in names if part.strip().casefold() in name.casefold()]
    if len(found) != 1:
        listed = "; ".join(found or names)
        raise Gebruiksfout(
            f"'{part}' wijst niet één koppelregio aan. Kies uit: {listed}.",
            f"'{part}' does not point to one koppelregio. Choose from: {listed}.",
        )
    return str(found[0])
