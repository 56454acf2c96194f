"""A day as people write it: read where it can be one day only."""

import datetime
import re

_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
# Day first, as everybody in the Netherlands writes it with hyphens and full stops.
_DUTCH = re.compile(rf"(\d{{1,2}})([-.])(\d{{1,2}})\2(\d{{4}}){_TIME}")
# With a slash the day may come first or second.
_SLASH = re.compile(rf"(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}){_TIME}")
_WEEKDAY = r"(?:(?:ma|di|wo|do|vr|za|zo|mon?|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+)?"
_WORDS = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:e|st|nd|rd|th)?[-. ]?\s*([a-z]+)[-.,]?\s*(\d{{4}}){_TIME}", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}([a-z]+)\.?\s+(\d{{1,2}}),?\s+(\d{{4}}){_TIME}", re.IGNORECASE)
#: Every beginning of a month of three letters or more, in Dutch and in English, names it; so does "mrt".
_MONTHS = (
    ("januari", "january"),
    ("februari", "february"),
    ("maart", "mrt", "march"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("augustus", "august"),
    ("september", "sept"),
    ("oktober", "october"),
    ("november",),
    ("december",),
)
_SHORTEST = 3
# A date as the number of days that Excel keeps: 1 January 2000 is 36526, 31 December 2099 is 73050.
_SERIAL = re.compile(r"\d{5}")
_SERIAL_ZERO = datetime.date(1899, 12, 30)
_SERIAL_FIRST, _SERIAL_LAST = 36526, 73050
#: Days between the start of the two calendars that Excel counts from.
DAYS_1904 = 1462


def parse_date(text: str) -> datetime.date | None:
    """Read a date of a cell: as `read_day`, or the day number of Excel; None where it is none of these.

    >>> parse_date("2026-07-01") == parse_date("46204")
    True
    """
    if _SERIAL.fullmatch(text) and _SERIAL_FIRST <= int(text) <= _SERIAL_LAST:
        return _SERIAL_ZERO + datetime.timedelta(days=int(text))
    return read_day(text)


def read_day(text: str) -> datetime.date | None:
    """Read a date as a person writes it; None where it is none, or may be two days.

    >>> read_day("2026-06-15") == read_day("15.06.2026") == read_day("15 juni 2026") == read_day("06/15/2026")
    True
    >>> read_day("07/01/2026"), read_day("1-7-26"), read_day("06-15-2026")
    (None, None, None)
    """
    if found := _ISO.fullmatch(text):
        return _day(found[1], found[3], found[4])
    if found := _DUTCH.fullmatch(text):
        return _day(found[4], found[3], found[1])
    if found := _SLASH.fullmatch(text):
        readings = {_day(found[3], found[2], found[1]), _day(found[3], found[1], found[2])} - {None}
        return readings.pop() if len(readings) == 1 else None
    if found := _WORDS.fullmatch(text):
        return _day(found[3], _month(found[2]), found[1])
    if found := _MONTH_FIRST.fullmatch(text):
        return _day(found[3], _month(found[1]), found[2])
    return None


def from_1904(text: str) -> str:
    """Return a day number that counts from 1904 as one that counts from 1900; any other text stays.

    >>> from_1904("44804"), from_1904("1-9-2026")
    ('46266', '1-9-2026')
    """
    return str(int(text) + DAYS_1904) if _SERIAL.fullmatch(text) else text


def _month(word: str) -> int:
    """Return the number of a month by its name or the beginning of it; 0 where it is none."""
    written = word.casefold()
    fitting = [n for n, names in enumerate(_MONTHS, start=1) if any(name.startswith(written) for name in names)]
    return fitting[0] if len(written) >= _SHORTEST and len(fitting) == 1 else 0


def _day(year: str, month: str | int, day: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
