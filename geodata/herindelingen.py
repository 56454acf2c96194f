"""Mergers of municipalities that lie ahead of the division that ships, by the day on which they begin."""

import datetime
from functools import cache

from geodata.tables import read_table


@cache
def _planned() -> tuple[tuple[datetime.date, str, str], ...]:
    rows = read_table("herindelingen_gepland.csv")
    return tuple((datetime.date.fromisoformat(row["per"]), row["oude_code"], row["gemeente"]) for row in rows)


def merged_into(day: datetime.date) -> dict[str, str]:
    """Give the municipalities of `geodata.gemeenten` that no longer exist on a day, each with its successor.

    Source: the announcement named in ``geodata/data/bronnen.toml``; a plan, until it is law.

    Examples
    --------
    >>> merged_into(datetime.date(2026, 12, 31)), merged_into(datetime.date(2027, 1, 1))
    ({}, {'GM1696': 'GM0402'})
    """
    return {old: new for since, old, new in _planned() if since <= day}
