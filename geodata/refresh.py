"""Fetch the official division, inhabitants and boundaries from CBS and PDOK.

What is fetched goes into one folder per year that appears only when it is complete and checked;
a failure leaves what was there. The shipped tables stay the ones that the rules use: a fetched
division tells by :func:`differences` whether the toolkit needs a new release, and fetched
boundaries replace the Thiessen areas on maps.
"""

import csv
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import geopandas as gpd

from geodata.areas import check_crs
from geodata.cbs import gemeenten
from geodata.errors import SchemaFout
from geodata.gemeenten import load_gemeenten
from geodata.geopackage import write_layer
from geodata.network import Antwoord, NetwerkFout, fetch
from geodata.pdok import borders
from geodata.wording import Sentence

Get = Callable[[str], Antwoord]
Record = dict[str, Any]
Put = Callable[[Path, Callable[[Path], None]], object]
#: Stands in every folder of a year: where its tables came from.
RECEIPT = "bron.json"


@dataclass(frozen=True)
class Bronnen:
    """Where to ask: the addresses of CBS and PDOK, up to the name of a table or year."""

    cbs: str = "https://opendata.cbs.nl/ODataApi/odata"
    pdok: str = "https://service.pdok.nl/cbs/gebiedsindelingen"


def refresh(jaar: int, folder: Path, put: Put, bronnen: Bronnen | None = None, get: Get = fetch) -> Path:
    """Fetch division, regions, inhabitants and boundaries of 1 January of a year.

    Parameters
    ----------
    jaar
        The year of the division; one of :data:`geodata.cbs.GEBIEDEN`.
    folder
        The user's cache; the result is ``folder/JAAR`` with ``gemeenten.csv``, ``grenzen.gpkg``
        (EPSG:28992) and ``bron.json`` (address, hash and date of every answer).
    put
        Publishes a folder: takes its place and what fills an empty folder, which appears there when it is full.
    bronnen
        Where to ask; CBS and PDOK themselves if None.
    get
        How to fetch a URL.

    Returns
    -------
    The folder of the year.

    Raises
    ------
    NetwerkFout
        Where a server keeps failing.
    SchemaFout
        Where an answer has another form, or names and boundaries do not match one to one.
    """
    source = bronnen or Bronnen()
    seen: dict[str, dict[str, str]] = {}

    def ask(url: str) -> Any:
        answer = get(url)
        digest = hashlib.sha256(answer.inhoud).hexdigest()
        seen[url] = {"sha256": digest, "opgehaald": answer.datum}
        try:
            return json.loads(answer.inhoud)
        except (ValueError, RecursionError):
            raise NetwerkFout(url, Sentence("het antwoord is geen JSON", "the answer is no JSON")) from None

    rows = gemeenten(jaar, source.cbs, ask)
    areas = borders(jaar, source.pdok, ask)
    _match(rows, areas)
    done = folder / str(jaar)
    put(done, lambda place: _write(place, rows, areas, seen))
    return done


def _match(rows: list[Record], areas: gpd.GeoDataFrame) -> None:
    names, shapes = [row["gemeente"] for row in rows], areas["gemeente"].tolist()
    if names != shapes:
        differ = ", ".join((sorted(set(names) ^ set(shapes)) or ["2x"])[:5])
        raise SchemaFout(
            "PDOK",
            Sentence(
                f"namen en grenzen passen niet een op een: {differ}",
                f"names and boundaries do not match one to one: {differ}",
            ),
        )


def _write(folder: Path, rows: list[Record], areas: gpd.GeoDataFrame, seen: dict[str, Any]) -> None:
    """Fill the folder of a year."""
    with (folder / "gemeenten.csv").open("w", encoding="utf-8", newline="") as bestand:
        writer = csv.DictWriter(bestand, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    write_layer(folder / "grenzen.gpkg", "gemeenten", areas)
    (folder / RECEIPT).write_text(json.dumps(seen, indent=2), encoding="utf-8")


def official_areas(folder: Path) -> gpd.GeoDataFrame:
    """Read fetched boundaries with the columns of :func:`geodata.areas.thiessen`.

    Raises
    ------
    SchemaFout
        Where they are not of the division that the toolkit uses.
    VerkeerdCRS
        Where they are not in EPSG:28992.
    """
    frame = check_crs(gpd.read_file(folder / "grenzen.gpkg"))
    known = load_gemeenten()
    if frame["gemeente"].tolist() != known.code.tolist():
        raise SchemaFout(
            str(folder),
            Sentence(
                "de grenzen horen bij een andere gemeentelijke indeling", "the boundaries are of another division"
            ),
        )
    frame.insert(1, "naam", known.naam)
    return frame


def differences(folder: Path, lang: Literal["nl", "en"] = "nl") -> list[str]:
    """Tell how a fetched division differs from the one that the toolkit uses."""
    known = load_gemeenten()
    with (folder / "gemeenten.csv").open(encoding="utf-8", newline="") as bestand:
        fetched = {row["gemeente"]: row for row in csv.DictReader(bestand)}
    found = [
        Sentence(f"{code} {row['naam']} is nieuw", f"{code} {row['naam']} is new")
        for code, row in fetched.items()
        if code not in known.index
    ]
    for code, i in known.index.items():
        row, name = fetched.get(code), f"{code} {known.naam[i]}"
        if row is None:
            found.append(Sentence(f"{name} bestaat niet meer", f"{name} is no more"))
        elif row["arbeidsmarktregio"] != known.arbeidsmarktregio[i]:
            there = f"{row['arbeidsmarktregio_naam']} ({row['arbeidsmarktregio']})"
            here = known.arbeidsmarktregio[i]
            found.append(
                Sentence(f"{name} hoort bij {there}, niet bij {here}", f"{name} belongs to {there}, not to {here}")
            )
    return [difference.said(lang) for difference in found]
