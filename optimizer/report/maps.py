"""Maps of a proposal: how far each opgave is filled, and who moves where."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import bestaat
from geodata.places import centres
from optimizer.report.drawing import HEIGHT, WIDTH, View, drawn, ground

#: Upper limits (share of the opgave that is filled) of the classes of the map; what lies above is over the opgave.
CLASSES = (0.0, 0.25, 0.5, 0.75, 0.9999, 1.0)
#: Waiting households from which on a municipality has a class of the map of shortages, and that class.
WAITING = ((1, 1), (2, 3), (10, 5))
#: Proofs that are about municipalities: what is there is too little.
PROOFS = ("personen", "woningen", "inpassen")
DRAWN_FLOWS = 36
#: Space around the group at hand (km), so that its neighbours are seen, and the part of the country above which a map
#: shows all of it.
MARGIN_VIEW_KM, MOST_OF_COUNTRY = 14.0, 0.6
#: Space that a line leaves around the circle of a province (km).
MARGIN_KM = 8.0


@dataclass(frozen=True)
class Shape:
    """One municipality on the map: class of its fill (None: no opgave) and what a pointer shows."""

    path: str
    fill: int | None
    title: str


@dataclass(frozen=True)
class Flow:
    """People who move from one province to another, or within one (``origin`` = ``target``)."""

    origin: str
    target: str
    households: int
    persons: int
    path: str
    width: float


@dataclass(frozen=True)
class Moves:
    """All moves of a proposal.

    Parameters
    ----------
    flows
        Between two provinces, most persons first; only the first ``DRAWN_FLOWS`` have a path.
    stays
        Within a province, most persons first, with the place of their circle (km).
    mean_km, within_radius, within_koppelregio
        Mean distance of a move per household; shares of households that move no farther than the radius around a
        ground, or within the koppelregio.
    """

    flows: tuple[Flow, ...]
    stays: tuple[tuple[Flow, float, float], ...]
    mean_km: float
    within_radius: float
    within_koppelregio: float


def at_hand(taakstelling: pd.DataFrame, voorstel: pd.DataFrame, banen: pd.DataFrame) -> set[str]:
    """Return the municipalities that a proposal is about: asked for anybody, linked, reception or work."""
    asked = taakstelling.loc[(taakstelling["opgave"] > 0) | (taakstelling["voorgesteld"] > 0), "gemeente"]
    return {*asked, *voorstel["opvang_gemeente"], *voorstel["gemeente"], *banen["werk_gemeente"]} - {""}


def view_of(codes: Collection[str], day: datetime.date) -> View:
    """Return the part of the country that shows some municipalities with their neighbours, and the provinces in it.

    Parameters
    ----------
    codes
        Municipalities that the group has to do with; where they lie all over the country, all of it is shown.
    """
    g, bounds = load_gemeenten(), ground(day).grenzen
    inside = bounds[[g.index[code] for code in codes if code in g.index]]
    inside = inside[~np.isnan(inside).any(axis=1)]
    whole = View(0.0, 0.0, WIDTH, HEIGHT)
    if not len(inside):
        return replace(whole, names=_named_in(whole))
    left, top = inside[:, :2].min(axis=0) - MARGIN_VIEW_KM
    right, bottom = inside[:, 2:].max(axis=0) + MARGIN_VIEW_KM
    size = max((right - left) / WIDTH, (bottom - top) / HEIGHT)
    if size > MOST_OF_COUNTRY:
        return replace(whole, names=_named_in(whole))
    width, height = size * WIDTH, size * HEIGHT
    x = min(max(0.0, (left + right - width) / 2), WIDTH - width)
    y = min(max(0.0, (top + bottom - height) / 2), HEIGHT - height)
    found = View(x, y, width, height)
    return replace(found, names=_named_in(found))


def _named_in(view: View) -> tuple[tuple[str, float, float], ...]:
    """Return the provinces whose centre lies in a part of the drawing."""
    edge_x, edge_y = 0.02 * view.width, 0.03 * view.height
    return tuple(
        (name, x, y)
        for name, (x, y) in sorted(_province_centres().items())
        if view.left + edge_x < x < view.left + view.width - edge_x
        and view.top + edge_y < y < view.top + view.height - edge_y
    )


def fill_class(voorgesteld: int, opgave: int) -> int | None:
    """Return the class of a municipality: index into ``CLASSES``, one more when over the opgave, None without opgave.

    >>> fill_class(0, 10), fill_class(5, 10), fill_class(10, 10), fill_class(11, 10), fill_class(0, 0)
    (0, 2, 5, 6, None)
    """
    if opgave == 0:
        return None if voorgesteld == 0 else len(CLASSES)
    return int(np.searchsorted(CLASSES, voorgesteld / opgave))


def fill_map(taakstelling: pd.DataFrame, day: datetime.date) -> tuple[Shape, ...]:
    """Return every municipality of a day with its fill; those that the table lacks have no opgave."""
    rows = taakstelling.set_index("gemeente")
    codes, naam = load_gemeenten().code.tolist(), load_gemeenten().naam.tolist()
    paths = ground(day).gemeenten
    shapes = []
    for i in np.flatnonzero(bestaat(day)).tolist():
        code = codes[i]
        placed, opgave = (int(rows.loc[code, c]) for c in ("voorgesteld", "opgave")) if code in rows.index else (0, 0)
        shapes.append(Shape(paths[i], fill_class(placed, opgave), f"{naam[i]}: {placed} / {opgave}"))
    return tuple(shapes)


def shortage_class(households: int) -> int:
    """Return the class of a municipality by the waiting households whose proof it belongs to: 0, or one of `WAITING`.

    >>> [shortage_class(n) for n in (0, 1, 2, 9, 10)]
    [0, 1, 3, 3, 5]
    """
    return max((fill for least, fill in WAITING if households >= least), default=0)


def shortage_map(niet_gekoppeld: pd.DataFrame, day: datetime.date) -> tuple[Shape, ...]:
    """Return every municipality of a day with the households that wait because it and others together are full."""
    proven = niet_gekoppeld[niet_gekoppeld["bewijs"].isin(PROOFS)]
    count = pd.Series([code for cell in proven["bewijs_gemeenten"] for code in str(cell).split()], dtype=object)
    waiting = count.value_counts()
    codes, naam, paths = load_gemeenten().code.tolist(), load_gemeenten().naam.tolist(), ground(day).gemeenten
    numbers = {i: int(waiting.get(codes[i], 0)) for i in np.flatnonzero(bestaat(day)).tolist()}
    return tuple(Shape(paths[i], shortage_class(n), f"{naam[i]}: {n}") for i, n in numbers.items())


def moves(
    opvang: Sequence[str],
    gemeente: Sequence[str],
    personen: Sequence[int],
    straal_km: float,
    day: datetime.date,
) -> Moves:
    """Add up the moves of linked households by province.

    Parameters
    ----------
    opvang, gemeente
        Codes of the municipality of reception and the linked one, one per household.
    personen
        Persons of each household.
    straal_km
        The radius around a ground that is in force.
    day
        The peildatum, whose division of municipalities counts.
    """
    g = load_gemeenten()
    start, end = g.rows(opvang), g.rows(gemeente)
    table = pd.DataFrame({"van": g.provincie[start], "naar": g.provincie[end], "personen": personen})
    summed = table.groupby(["van", "naar"])["personen"].agg(["count", "sum"]).reset_index()
    summed = summed.sort_values(["sum", "van", "naar"], ascending=[False, True, True])
    place = _province_centres()
    flows: list[Flow] = []
    stays: list[tuple[Flow, float, float]] = []
    for van, naar, households, persons in summed.itertuples(index=False):
        if van == naar:
            x, y = place[van]
            stays.append((Flow(van, naar, households, persons, "", 0.0), x, y))
        else:
            path = _curve(place[van], place[naar]) if len(flows) < DRAWN_FLOWS else ""
            flows.append(Flow(van, naar, households, persons, path, _width(persons / summed["sum"].max())))
    km = matrix("straight", day)[end, start]
    return Moves(
        tuple(flows),
        tuple(stays),
        mean_km=float(km.mean()) if len(km) else 0.0,
        within_radius=float((km <= straal_km).mean()) if len(km) else 0.0,
        within_koppelregio=float((g.koppelregio[start] == g.koppelregio[end]).mean()) if len(km) else 0.0,
    )


@cache
def _province_centres() -> dict[str, tuple[float, float]]:
    """Return the inhabitant-weighted centre of each province in the drawing."""
    g = load_gemeenten()
    places = drawn(centres())
    return {
        str(province): (
            round(float(np.average(places[mask, 0], weights=g.inwoners[mask])), 1),
            round(float(np.average(places[mask, 1], weights=g.inwoners[mask])), 1),
        )
        for province in np.unique(g.provincie)
        for mask in [g.provincie == province]
    }


def _width(share: float) -> float:
    """Return the width of a line (km) for its share of the largest flow; never too thin to see."""
    return round(0.4 + 2.8 * share, 2)


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Return a line that bends to the right of its direction and ends just before the circles of both provinces."""
    a, b = np.array(start), np.array(end)
    along = b - a
    control = (a + b) / 2 + 0.16 * np.array([-along[1], along[0]])
    first, last = (p + MARGIN_KM * (control - p) / np.linalg.norm(control - p) for p in (a, b))
    return f"M{first[0]:.1f} {first[1]:.1f}Q{control[0]:.1f} {control[1]:.1f} {last[0]:.1f} {last[1]:.1f}"
