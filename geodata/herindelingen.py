"""Mergers of municipalities that lie ahead of the division that ships, by the day on which they begin."""

import datetime
import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from geodata.gemeenten import load_gemeenten
from geodata.tables import read_table

#: (row of a municipality that no longer exists, row of its successor) for each merger; hashable.
Opvolgers = tuple[tuple[int, int], ...]


@cache
def planned() -> tuple[tuple[datetime.date, str, str], ...]:
    """List the mergers ahead: first day, code of the municipality that ends, code of its successor.

    Source: the announcement named in ``geodata/data/bronnen.toml``; a plan, until it is law.
    """
    rows = read_table("herindelingen_gepland.csv")
    return tuple((datetime.date.fromisoformat(row["per"]), row["oude_code"], row["gemeente"]) for row in rows)


@cache
def past() -> tuple[tuple[datetime.date, str, str, str], ...]:
    """List the mergers behind the division that ships: first day, code and name that ended, code of the successor."""
    rows = read_table("herindelingen.csv")
    return tuple(
        (datetime.date.fromisoformat(row["per"]), row["oude_code"], row["oude_naam"], row["gemeente"]) for row in rows
    )


def source() -> str:
    """Name the source of the mergers ahead, with its address."""
    about = tomllib.loads((files("geodata") / "data" / "bronnen.toml").read_text("utf-8"))["herindelingen_gepland.csv"]
    return f"{about['bron']} ({about['href']})"


def merged_into(day: datetime.date) -> dict[str, str]:
    """Give the municipalities of `geodata.gemeenten` that no longer exist on a day, each with its successor.

    Examples
    --------
    >>> merged_into(datetime.date(2026, 12, 31)), merged_into(datetime.date(2027, 1, 1))
    ({}, {'GM1696': 'GM0402'})
    """
    return {old: new for since, old, new in planned() if since <= day}


def opvolgers(day: datetime.date | None) -> Opvolgers:
    """Give the same as rows of `geodata.gemeenten`; none where no day is given: the division that ships."""
    index = load_gemeenten().index
    return () if day is None else tuple((index[old], index[new]) for old, new in merged_into(day).items())


def bestaat(day: datetime.date) -> NDArray[np.bool_]:
    """Tell which municipalities of `geodata.gemeenten` exist on a day, shape [342].

    Examples
    --------
    >>> int(bestaat(datetime.date(2026, 12, 31)).sum()), int(bestaat(datetime.date(2027, 1, 1)).sum())
    (342, 341)
    """
    found = np.ones(len(load_gemeenten()), dtype=np.bool_)
    found[[old for old, _ in opvolgers(day)]] = False
    return found


def into(day: datetime.date) -> NDArray[np.int64]:
    """Give the row of the municipality that each one belongs to on a day: its own, or that of its successor [342]."""
    rows = np.arange(len(load_gemeenten()), dtype=np.int64)
    for old, new in opvolgers(day):
        rows[old] = new
    return rows
