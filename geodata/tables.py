"""The tables that ship with the toolkit, and where each comes from."""

import csv
import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

DATA: Traversable = files("geodata") / "data"
PROVENANCE = "bronnen.toml"


class Table(NamedTuple):
    """A shipped table with its provenance.

    ``sha256`` is of the bytes of the file; ``date`` is the day that the facts describe. ``source_en``
    and ``licence_en`` say the same in English.
    """

    name: str
    sha256: str
    source: str
    licence: str
    date: str
    source_en: str
    licence_en: str


def read_table(name: str) -> list[dict[str, str]]:
    """Read one shipped CSV table as rows of text, in the order of the file."""
    return list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines()))


@cache
def tables() -> list[Table]:
    """List every shipped table with its hash, source, licence and date, for the receipt.

    Examples
    --------
    >>> [t.licence for t in tables() if t.name == "gemeenten.csv"]
    ['CC BY 4.0']
    """
    bronnen = tomllib.loads((DATA / PROVENANCE).read_text(encoding="utf-8"))
    return [
        Table(
            name=name,
            sha256=hashlib.sha256((DATA / name).read_bytes()).hexdigest(),
            source=f"{bron['bron']}; {bron['href']}",
            licence=bron["licentie"],
            date=bron["datum"],
            source_en=f"{bron['bron_en']}; {bron['href']}",
            licence_en=bron.get("licentie_en", bron["licentie"]),
        )
        for name, bron in sorted(bronnen.items())
    ]
