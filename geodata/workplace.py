"""The place of a job inside its municipality, where the user names it, and how far away that is."""

import datetime
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from geodata.codes import resolve
from geodata.detour import DETOUR
from geodata.distance import FILE_PREFIX, matrix
from geodata.errors import GemeenteOnbekend, WerkplaatsElders, WerkplaatsOnbekend
from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import Opvolgers, opvolgers, planned
from geodata.places import centres, load_places
from geodata.spelling import PROVINCES, normalise
from geodata.suggest import MAX_CANDIDATES
from geodata.tables import DATA, read_table

Float = NDArray[np.float64]
# Similarity from which difflib's suggestion of a place helps more than it distracts.
CUTOFF = 0.7


@dataclass(frozen=True)
class Plek:
    """A point in a municipality where people work.

    Attributes
    ----------
    gemeente
        Code of its municipality.
    rij
        Row in :func:`geodata.places.load_places` of the place itself, or of the nearest one of the municipality.
    x_rd, y_rd
        EPSG:28992, metres.
    """

    gemeente: str
    rij: int
    x_rd: float
    y_rd: float

    @property
    def naam(self) -> str:
        """Name of the place, or of the nearest one."""
        return str(load_places().naam[self.rij])


@cache
def _codes(merged: Opvolgers) -> NDArray[np.str_]:
    """Municipality of each place after mergers."""
    gemeenten, places = load_gemeenten(), load_places()
    rows = gemeenten.rows(places.gemeente.tolist())
    for old, new in merged:
        rows[rows == old] = new
    return gemeenten.code[rows]


@cache
def _by_name(merged: Opvolgers) -> dict[tuple[str, str], int]:
    """(Normalised name, code) -> row of the place; of two of one name the larger, which comes first."""
    found: dict[tuple[str, str], int] = {}
    for row, (naam, code) in enumerate(zip(load_places().naam.tolist(), _codes(merged).tolist(), strict=True)):
        found.setdefault((normalise(naam), code), row)
    return found


@cache
def _where(merged: Opvolgers) -> dict[str, frozenset[str]]:
    """Normalised name of every place and official woonplaats -> the municipalities that have one of that name."""
    found: dict[str, set[str]] = {}
    for naam, code in _by_name(merged):
        found.setdefault(naam, set()).add(code)
    for row in read_table("woonplaatsen.csv"):
        found.setdefault(normalise(row["woonplaats"]), set()).add(_after(row["gemeente"], merged))
    return {naam: frozenset(codes) for naam, codes in found.items()}


def _after(code: str, merged: Opvolgers) -> str:
    """Code of the municipality that a present one belongs to after mergers."""
    row = load_gemeenten().index[code]
    return str(load_gemeenten().code[dict(merged).get(row, row)])


def locate(naam: str, gemeente: str, day: datetime.date | None = None) -> Plek | None:
    """Find a named place of work within a municipality.

    Case, accents, apostrophes and a province behind the name do not matter; of places of one name the municipality
    tells which.

    Parameters
    ----------
    naam, gemeente
        Name of the place, and code of its municipality.
    day
        The day whose division counts: the places of merged municipalities are in their successor.

    Returns
    -------
    The place; None for the municipality's own name or a woonplaats of it whose location is not known here, so that
    the centre of the municipality is all there is

    Raises
    ------
    WerkplaatsElders
        Where the place lies in another municipality.
    WerkplaatsOnbekend
        Where there is no place of that name; its candidates are places of the municipality.

    Examples
    --------
    >>> locate("hoek van holland", "GM0599").naam
    'Hoek van Holland'
    >>> locate("Scheveningen", "GM0599")
    Traceback (most recent call last):
    geodata.errors.WerkplaatsElders: 'Scheveningen' ligt in 's-Gravenhage (GM0518), niet in Rotterdam (GM0599)
    """
    merged = opvolgers(day)
    own = str(load_gemeenten().naam[load_gemeenten().index[gemeente]])
    meant = _resolved(naam)
    is_own = meant == gemeente
    for name in (normalise(naam), _without_province(normalise(naam)), *([normalise(own)] if is_own else [])):
        if (name, gemeente) in _by_name(merged):
            return _place(_by_name(merged)[name, gemeente], gemeente)
    elsewhere = _where(merged).get(normalise(naam), frozenset())
    if is_own or gemeente in elsewhere or (meant and _after(meant, merged) == gemeente):
        return None
    if elsewhere:
        raise WerkplaatsElders(naam, _labelled(sorted(elsewhere)), _labelled([gemeente]))
    raise WerkplaatsOnbekend(naam, _labelled([gemeente]), _near_misses(naam, gemeente, merged))


def at_point(gemeente: str, x_rd: float, y_rd: float, day: datetime.date | None = None) -> Plek:
    """Give a point of a municipality of a day (EPSG:28992, metres), such as the centre of a postcode.

    Examples
    --------
    >>> at_point("GM0599", 67_000, 444_000).naam
    'Hoek van Holland'
    """
    places = load_places()
    own = np.flatnonzero(_codes(opvolgers(day)) == gemeente)
    nearest = own[np.argmin(np.hypot(places.x_rd[own] - x_rd, places.y_rd[own] - y_rd))]
    return Plek(gemeente, int(nearest), x_rd, y_rd)


def by_place(measure: str) -> bool:
    """Tell whether a measure knows places; a matrix of the user's or of a route server knows municipalities only."""
    return not measure.startswith(FILE_PREFIX)


def km_to(plekken: Sequence[Plek], measure: str, day: datetime.date | None = None) -> Float:
    """Give the distance from the centre of every municipality to places of work.

    ``straight`` and ``border``: a straight line to the place, for a point has no border. ``road``: by road to the
    listed place, and from there to the point. A matrix of the user's own: as to the municipality of the place. From
    the municipality of the place itself it is 0, as everywhere.

    Parameters
    ----------
    plekken
        The places.
    measure, day
        As for :func:`geodata.distance.matrix`.

    Returns
    -------
    float64, shape [342, places], km; rows in order of ``Gemeenten.code``

    Raises
    ------
    MaatOnbekend, MatrixFout
        See :func:`geodata.distance.matrix`.
    """
    own = load_gemeenten().rows([plek.gemeente for plek in plekken])
    between, merged = matrix(measure, day)[:, own], opvolgers(day)
    if not by_place(measure):
        return between
    xy = np.array([(plek.x_rd, plek.y_rd) for plek in plekken]).reshape(-1, 2)
    km = _by_road(plekken, xy, merged) if measure == "road" else _km(centres(day)[:, None, :] - xy[None, :, :])
    km[own, np.arange(len(plekken))] = 0.0
    for old, new in merged:
        km[old] = km[new]
    return km


def _by_road(plekken: Sequence[Plek], xy: Float, merged: Opvolgers) -> Float:
    rows = [plek.rij for plek in plekken]
    gap = [DETOUR(km) for km in _km(load_places().xy()[rows] - xy).tolist()]
    whole: Float = _road_to_places(merged)[:, rows] / 1000 + np.array(gap)
    return whole


@cache
def _road_to_places(merged: Opvolgers) -> NDArray[np.uint32]:
    """Whole metres by road from each municipality to each place, shape [342, places]; see scripts/bouw_wegen.py."""
    metres = _metres("road_places").copy()
    for row, (_, old, new) in zip(_metres("road_places_gepland"), planned(), strict=True):
        pair = load_gemeenten().index[old], load_gemeenten().index[new]
        if pair in merged:
            metres[list(pair)] = row
    return metres


def _metres(table: str) -> NDArray[np.uint32]:
    with (DATA / f"{table}.npy").open("rb") as bestand:
        metres: NDArray[np.uint32] = np.load(bestand)
    return metres


def _km(delta: Float) -> Float:
    km: Float = np.hypot(delta[..., 0], delta[..., 1]) / 1000
    return km


def _place(row: int, gemeente: str) -> Plek:
    places = load_places()
    return Plek(gemeente, row, float(places.x_rd[row]), float(places.y_rd[row]))


def _resolved(naam: str) -> str:
    try:
        return resolve(naam)
    except GemeenteOnbekend:
        return ""


def _without_province(name: str) -> str:
    """Drop what tells places of one name apart in addresses: ``haren gn`` -> ``haren``."""
    stem, _, suffix = name.rpartition(" ")
    return stem if suffix in PROVINCES else name


def _near_misses(naam: str, gemeente: str, merged: Opvolgers) -> tuple[str, ...]:
    """Places of the municipality that may be meant, best first; its largest ones where none is similar."""
    places = load_places()
    own = {normalise(n): n for n in places.naam[_codes(merged) == gemeente].tolist()}
    rest = {
        normalise(r["woonplaats"]): r["woonplaats"]
        for r in read_table("woonplaatsen.csv")
        if _after(r["gemeente"], merged) == gemeente
    }
    known = rest | own
    close = difflib.get_close_matches(normalise(naam), known, n=MAX_CANDIDATES, cutoff=CUTOFF)
    return tuple(known[name] for name in close) or tuple(own.values())[:MAX_CANDIDATES]


def _labelled(codes: Sequence[str]) -> tuple[tuple[str, str], ...]:
    gemeenten = load_gemeenten()
    return tuple((code, str(gemeenten.naam[gemeenten.index[code]])) for code in codes)
