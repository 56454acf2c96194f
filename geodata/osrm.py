"""Road distances from an OSRM server, kept as a matrix file like any other."""

import datetime
import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from geodata.distance import FILE_PREFIX
from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import into
from geodata.matrixfile import write_rows
from geodata.network import Antwoord, NetwerkFout, check_address, fetch
from geodata.places import load_places
from geodata.wording import Sentence

Float = NDArray[np.float64]
# OSRM refuses tables of more than 100 points by default: half sources, half destinations.
BLOCK = 50
#: How a measure names a server.
OSRM_PREFIX = "osrm:"


def measured(
    measure: str, folder: Path, day: datetime.date | None = None, get: Callable[[str], Antwoord] = fetch
) -> str:
    """Turn the measure ``osrm:URL`` into the file that holds what the server answered; another is returned as it is.

    Raises
    ------
    NetwerkFout
        See :func:`fetch_osrm`.
    """
    if not measure.startswith(OSRM_PREFIX):
        return measure
    return f"{FILE_PREFIX}{cached_osrm(measure.removeprefix(OSRM_PREFIX), folder, day, get).as_posix()}"


def fetch_osrm(url: str, path: Path, points: Float, get: Callable[[str], Antwoord] = fetch) -> None:
    """Ask an OSRM server for all distances and write them as a matrix file in km.

    The file then serves as the measure ``bestand:PATH``; nothing else asks the server again. It
    is written beside its place and moved there when complete, so that two runs at once do no harm.

    Parameters
    ----------
    url
        Base address of the server, up to ``/table``.
    path
        The file to write.
    points
        Where to measure from and to, one for each municipality: see `centre_degrees`.
    get
        How to fetch a URL.

    Raises
    ------
    NetwerkFout
        Where the server fails, answers in another form, or knows no route for some pair.
    """
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as beside:  # before the server works
        km = np.zeros((len(points), len(points)))
        for rows, columns in _blocks(len(points)):
            km[np.ix_(rows, columns)] = _table(url, points, rows, columns, get)
        np.fill_diagonal(km, 0)
        part = Path(beside) / path.name
        write_rows(part, km)
        part.replace(path)


def cached_osrm(
    url: str, folder: Path, day: datetime.date | None = None, get: Callable[[str], Antwoord] = fetch
) -> Path:
    """Give the matrix file of a server for the centres of a day, asking the server only once.

    The name of the file holds the host and a hash of the address and of every point, so that a
    receipt tells the server, and other places, a merger or another server never meet an old answer.

    Raises
    ------
    NetwerkFout
        See :func:`fetch_osrm`.
    """
    check_address(url)
    points = centre_degrees(day)
    key = hashlib.sha256(url.encode() + points.tobytes()).hexdigest()[:16]
    host = re.sub(r"[^\w.-]", "_", urlsplit(url).netloc.rpartition("@")[2])
    path = folder / f"osrm-{host}-{key}.csv"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fetch_osrm(url, path, points, get)
    return path


def centre_degrees(day: datetime.date | None = None) -> Float:
    """Inhabitant-weighted centre of each municipality as (lon, lat), shape [342, 2], WGS 84.

    One that has merged by the day is where its successor is; None: the division that ships.
    """
    places, gemeenten = load_places(), load_gemeenten()
    successor = np.arange(len(gemeenten)) if day is None else into(day)
    row = successor[gemeenten.rows(places.gemeente.tolist())]
    weight = places.inwoners + 1.0
    total = np.bincount(row, weight, len(gemeenten))[successor]
    degrees = (np.bincount(row, weight * of, len(gemeenten))[successor] / total for of in (places.lon, places.lat))
    return np.column_stack(list(degrees))


def _blocks(n: int) -> Iterator[tuple[list[int], list[int]]]:
    parts = [list(range(i, min(i + BLOCK, n))) for i in range(0, n, BLOCK)]
    return ((rows, columns) for rows in parts for columns in parts)


def _table(url: str, points: Float, rows: list[int], columns: list[int], get: Callable[[str], Antwoord]) -> Float:
    """Ask for one block, km; see the table service in the documentation of OSRM's HTTP API."""
    coordinates = ";".join(f"{lon:.5f},{lat:.5f}" for lon, lat in points[rows + columns])
    sources = ";".join(map(str, range(len(rows))))
    destinations = ";".join(map(str, range(len(rows), len(rows) + len(columns))))
    address = (
        f"{url.rstrip('/')}/table/v1/driving/{coordinates}"
        f"?annotations=distance&sources={sources}&destinations={destinations}"
    )
    try:
        answer = json.loads(get(address).inhoud)
        metres = np.array(answer["distances"], dtype=np.float64)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as fout:
        raise NetwerkFout(
            url,
            Sentence(
                f"het antwoord is geen OSRM-tabel ({type(fout).__name__})",
                f"the answer is no OSRM table ({type(fout).__name__})",
            ),
        ) from None
    if metres.shape != (len(rows), len(columns)):
        raise NetwerkFout(url, Sentence(f"de tabel heeft vorm {metres.shape}", f"the table has shape {metres.shape}"))
    if not (np.isfinite(metres) & (metres >= 0)).all():
        raise NetwerkFout(
            url,
            Sentence(
                "voor een paar gemeenten kent de server geen route", "the server knows no route for some municipalities"
            ),
        )
    km: Float = metres / 1000
    return km
