"""Distances between municipalities in kilometres, by a named measure."""

import datetime
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geodata.errors import MaatOnbekend
from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import Opvolgers, opvolgers, planned
from geodata.matrixfile import MatrixFout, Reisafstanden, read_matrix, write_rows
from geodata.places import centres, centres_after
from geodata.tables import DATA
from geodata.wording import Sentence

Float = NDArray[np.float64]
MEASURES = ("straight", "border", "road")
# A measure "bestand:PATH" is the user's own matrix.
FILE_PREFIX = "bestand:"


def matrix(measure: str = "straight", day: datetime.date | None = None) -> Float:
    """Give the distance from every municipality to every other.

    Parameters
    ----------
    measure
        ``straight``: between the inhabitant-weighted centres of both (our reading of the 50 km
        rule, *aanname*). ``border``: from the centre of the row's municipality to the nearest
        point of the column's area, so not symmetric. ``road``: along the graph of
        :mod:`geodata.road`. ``bestand:PATH``: the user's own matrix in km.
    day
        The day whose division counts. A merged municipality is measured from its own centre and to
        its whole area, and the one that ended as its successor; a matrix of the user gives the
        successor. None: the division that ships.

    Returns
    -------
    float64, shape [342, 342], km, read-only, zero on the diagonal; rows are where people live
    (the linked municipality), columns where the ground or the job is; both in order of
    ``Gemeenten.code``

    Raises
    ------
    MaatOnbekend
        For a measure that is not in :data:`MEASURES` and no file.
    MatrixFout
        Where the user's own matrix has faults, or holds minutes: a rule in km cannot use those.
    """
    merged = opvolgers(day)
    if not measure.startswith(FILE_PREFIX):
        return _merged(measure, merged) if merged else _known(measure)
    own = own_matrix(Path(measure.removeprefix(FILE_PREFIX)), day)
    if own.eenheid != "km":
        raise MatrixFout(
            measure,
            (
                Sentence(
                    "een regel in km kan geen minuten gebruiken; geef een matrix in km",
                    "a rule in km cannot use minutes; give a matrix in km",
                ),
            ),
        )
    return _as_successors(own.waarden, merged) if merged else own.waarden


def own_matrix(path: Path, day: datetime.date | None = None) -> Reisafstanden:
    """Read a user's own matrix once, and again only when the file has changed.

    From the day of a merger on, the municipality that ended need not be in it.

    Raises
    ------
    MatrixFout
        Where the file cannot be used; see :func:`geodata.matrixfile.read_matrix`.
    """
    state = path.stat() if path.is_file() else None
    return _own(path, (state.st_mtime_ns, state.st_size) if state else None, opvolgers(day))


#: Kilometres that a user's distance may fall short of the straight line between the centres, or exceed three times it.
SLACK_KM = 60.0


def doubtful(measure: str, day: datetime.date | None = None) -> tuple[int, str]:
    """Count the distances of a user's matrix that cannot be right beside the straight line between the centres.

    A road is no shorter than the straight line, but a user may measure from other points of large municipalities.

    Returns
    -------
    The number of pairs, and the one that differs most (``GM0344-GM0193: 1.2 km, straight 65.3 km``).
    """
    if not measure.startswith(FILE_PREFIX):
        return 0, ""
    own, straight = matrix(measure, day), matrix("straight", day)
    off = np.maximum(straight - SLACK_KM - own, own - 3 * straight - 4 * SLACK_KM)
    a, b = np.unravel_index(off.argmax(), off.shape)
    code = load_gemeenten().code
    return int((off > 0).sum()), f"{code[a]}-{code[b]}: {own[a, b]:.1f} km, straight {straight[a, b]:.1f} km"


@lru_cache(maxsize=4)
def _own(path: Path, _version: tuple[int, int] | None, merged: Opvolgers) -> Reisafstanden:
    return read_matrix(path, merged)


@cache
def _known(measure: str) -> Float:
    if measure not in MEASURES:
        raise MaatOnbekend(measure, MEASURES)
    km = _straight(centres()) if measure == "straight" else _shipped(measure)
    km.flags.writeable = False
    return km


@cache
def _merged(measure: str, merged: Opvolgers) -> Float:
    """Measure in the division after mergers, from what ``scripts/bouw_herindelingen.py`` computed."""
    if measure == "straight":
        km = _straight(centres_after(merged))
    else:
        km = _known(measure).copy()
        index = load_gemeenten().index
        from_centre = _shipped(f"{measure}_gepland")
        for row, (_, old_code, new_code) in zip(from_centre, planned(), strict=True):
            old, new = index[old_code], index[new_code]
            if (old, new) in merged:
                # To the border of both areas, or along the road that also leads from the centre.
                km[:, new] = np.minimum(km[:, old], km[:, new]) if measure == "border" else row
                km[new, :] = row
    return _as_successors(km, merged)


def _as_successors(km: Float, merged: Opvolgers) -> Float:
    """Measure a municipality that ended as its successor."""
    found = km.copy()
    for old, new in merged:
        found[old, :] = found[new, :]
        found[:, old] = found[:, new]
        found[old, old] = 0.0
    found.flags.writeable = False
    return found


def describe(measure: str, day: datetime.date | None = None) -> dict[str, str]:
    """Say for the receipt which distances were used on a day: measure, unit, hash of a user's file.

    Examples
    --------
    >>> describe("road")
    {'maat': 'road', 'eenheid': 'km', 'vertrekvenster': '', 'sha256': ''}
    """
    if not measure.startswith(FILE_PREFIX):
        return {"maat": measure, "eenheid": "km", "vertrekvenster": "", "sha256": ""}
    own = own_matrix(Path(measure.removeprefix(FILE_PREFIX)), day)
    return {
        "maat": measure,
        "eenheid": own.eenheid,
        "vertrekvenster": own.vertrekvenster,
        "sha256": own.sha256,
    }


def _straight(xy: Float) -> Float:
    delta = xy[:, None, :] - xy[None, :, :]
    km: Float = np.hypot(delta[..., 0], delta[..., 1]) / 1000
    return km


def _shipped(measure: str) -> Float:
    """Read a matrix of whole metres that a ``scripts/bouw_*`` script computed."""
    with (DATA / f"{measure}.npy").open("rb") as bestand:
        metres: NDArray[np.uint32] = np.load(bestand)
    return metres / 1000


def between(a_code: str, b_code: str, measure: str = "straight") -> float:
    """Give the distance in km from where people live to where the ground or job is.

    Raises
    ------
    GemeenteOnbekend
        For a code outside the present division.
    MaatOnbekend
        For an unknown measure.

    Examples
    --------
    >>> round(between("GM0344", "GM0307"))  # Utrecht to Amersfoort
    21
    """
    row, column = load_gemeenten().rows([a_code, b_code])
    return float(matrix(measure)[row, column])


def travel(a_code: str, b_code: str, measure: str = "straight") -> tuple[float, str, str]:
    """Give the way from where people live to where the ground or job is, with its unit.

    Returns
    -------
    The amount, ``km`` or ``min``, and the departure window that minutes hold for (else empty)

    Raises
    ------
    GemeenteOnbekend
        For a code outside the present division.
    MaatOnbekend
        For an unknown measure.
    MatrixFout
        Where the user's own matrix has faults.

    Examples
    --------
    >>> travel("GM0718", "GM1714", "border")[1:]
    ('km', '')
    """
    if not measure.startswith(FILE_PREFIX):
        return between(a_code, b_code, measure), "km", ""
    own = own_matrix(Path(measure.removeprefix(FILE_PREFIX)))
    row, column = load_gemeenten().rows([a_code, b_code])
    return float(own.waarden[row, column]), own.eenheid, own.vertrekvenster


def write_matrix(path: Path, measure: str = "straight", *, english: bool = False) -> None:
    """Write a whole matrix as CSV: a header of codes, then a code and its kilometres per row.

    The file has three decimals (metres), opens in a Dutch Excel by double click (``english``: comma-separated with a
    decimal point), and reads back as a user's own matrix.
    """
    write_rows(path, matrix(measure), english=english)
