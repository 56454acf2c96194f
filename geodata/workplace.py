"""The place of a job inside its municipality, where the user names it."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from geodata.codes import normalise, resolve
from geodata.errors import GeoFout, PlaatsOnbekend
from geodata.places import load_places
from geodata.roadgraph import Node

PC4_COLUMNS = ("postcode4", "gemeente", "x_rd", "y_rd")


class Pc4Fout(GeoFout):
    """A user's table of postcodes cannot be used."""

    def __init__(self, bestand: str, probleem: str) -> None:
        super().__init__(bestand, probleem)
        self.bestand = bestand
        self.probleem = probleem

    def __str__(self) -> str:
        return f"{self.bestand}: {self.probleem}"


@cache
def _by_name() -> dict[tuple[str, str], Node]:
    """(Normalised name, code) -> node; of two of one name the larger, which comes first."""
    places = load_places()
    found: dict[tuple[str, str], Node] = {}
    for naam, code in zip(places.naam.tolist(), places.gemeente.tolist(), strict=True):
        found.setdefault((normalise(naam), code), (naam, code))
    return found


def find_place(naam: str, gemeente: str) -> Node:
    """Find a named place within a municipality; case, accents and apostrophes do not matter.

    Raises
    ------
    PlaatsOnbekend
        Where the municipality has no place of that name.

    Examples
    --------
    >>> find_place("hoek van holland", "GM0599")
    ('Hoek van Holland', 'GM0599')
    """
    try:
        return _by_name()[normalise(naam), gemeente]
    except KeyError:
        raise PlaatsOnbekend(naam, gemeente) from None


def read_pc4(path: Path) -> dict[str, Node]:
    """Read a user's table of four-digit postcodes; each gets the nearest place of its municipality.

    The table is CSV (``;`` or ``,``) with the columns ``postcode4``, ``gemeente``, ``x_rd`` and
    ``y_rd`` (centre, EPSG:28992). No open table of this kind ships with the toolkit.

    Raises
    ------
    Pc4Fout
        Where a column is missing, a postcode has no four digits or stands there twice, or a
        coordinate is no number or lies outside the Netherlands.
    GemeenteOnbekend
        For an unknown municipality.
    """
    text = path.read_text(encoding="utf-8-sig")
    separator = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(text.splitlines(), delimiter=separator)
    missing = set(PC4_COLUMNS) - set(reader.fieldnames or ())
    if missing:
        raise Pc4Fout(str(path), f"kolommen ontbreken: {', '.join(sorted(missing))}")
    found: dict[str, Node] = {}
    for line, row in enumerate(reader, start=2):
        pc4 = row["postcode4"].strip()
        if len(pc4) != 4 or not pc4.isdigit() or pc4 in found:
            raise Pc4Fout(str(path), f"rij {line}: '{pc4}' is geen postcode van vier cijfers, of staat er dubbel")
        found[pc4] = _nearest(resolve(row["gemeente"]), _point(path, line, row))
    return found


def _point(path: Path, line: int, row: dict[str, str]) -> tuple[float, float]:
    try:
        x, y = (float(row[name].replace(",", ".")) for name in ("x_rd", "y_rd"))
    except ValueError:
        raise Pc4Fout(str(path), f"rij {line}: x_rd of y_rd is geen getal") from None
    if not (0 < x < 300_000 and 300_000 < y < 650_000):
        raise Pc4Fout(str(path), f"rij {line}: ({x:g}, {y:g}) ligt niet in Nederland (EPSG:28992)")
    return x, y


@cache
def _tree(gemeente: str) -> tuple[cKDTree, tuple[Node, ...]]:
    places = load_places()
    own = np.flatnonzero(places.gemeente == gemeente)
    return cKDTree(places.xy()[own]), tuple((str(places.naam[i]), gemeente) for i in own)


def _nearest(gemeente: str, point: tuple[float, float]) -> Node:
    tree, nodes = _tree(gemeente)
    return nodes[int(tree.query(point)[1])]
