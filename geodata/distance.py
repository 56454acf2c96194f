"""Distances between municipalities in kilometres, by a named measure."""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geodata.errors import MaatOnbekend
from geodata.gemeenten import load_gemeenten
from geodata.places import centres
from geodata.tables import DATA

Float = NDArray[np.float64]
MEASURES = ("straight", "border", "road")


@cache
def matrix(measure: str = "straight") -> Float:
    """Give the distance from every municipality to every other.

    Parameters
    ----------
    measure
        ``straight``: between the inhabitant-weighted centres of both (our reading of the 50 km
        rule, *aanname*). ``border``: from the centre of the row's municipality to the nearest
        point of the column's area, so not symmetric. ``road``: along the graph of
        :mod:`geodata.road`.

    Returns
    -------
    float64, shape [342, 342], km, read-only, zero on the diagonal; rows are where people live
    (the linked municipality), columns where the ground or the job is; both in order of
    ``Gemeenten.code``

    Raises
    ------
    MaatOnbekend
        For a measure that is not in :data:`MEASURES`.
    """
    if measure not in MEASURES:
        raise MaatOnbekend(measure, MEASURES)
    km = _straight() if measure == "straight" else _shipped(measure)
    km.flags.writeable = False
    return km


def _straight() -> Float:
    xy = centres()
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


def write_matrix(path: Path, measure: str = "straight") -> None:
    """Write a whole matrix as CSV: a header of codes, then a code and its kilometres per row.

    The file is comma-separated with a decimal point and three decimals (metres), and reads back
    as a user's own matrix.
    """
    km = matrix(measure)
    codes = load_gemeenten().code.tolist()
    with path.open("w", encoding="utf-8", newline="\n") as bestand:
        bestand.write(",".join(["gemeente", *codes]) + "\n")
        for code, row in zip(codes, km, strict=True):
            bestand.write(",".join([code, *(f"{value:.3f}" for value in row)]) + "\n")
