"""The clock of the application: who answered when, and whether a deadline has passed; never which law is in force."""

import datetime
import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

#: What tells the time: the application has one, and a test gives its own.
Clock = Callable[[], datetime.datetime]
#: Where the officials are: a deadline is the end of a day in the Netherlands.
ZONE = ZoneInfo("Europe/Amsterdam")


def now() -> datetime.datetime:
    """Return the time of this machine, in UTC, in whole microseconds."""
    return datetime.datetime.fromtimestamp(time.time(), datetime.UTC)


def end_of_day(day: datetime.date) -> datetime.datetime:
    """Return the last moment of a day in the Netherlands, in UTC.

    >>> end_of_day(datetime.date(2026, 7, 1)).isoformat()
    '2026-07-01T21:59:59+00:00'
    """
    return datetime.datetime.combine(day, datetime.time(23, 59, 59), ZONE).astimezone(datetime.UTC)


def day_of(moment: datetime.datetime) -> datetime.date:
    """Return the day of a moment in the Netherlands.

    >>> day_of(datetime.datetime(2026, 7, 1, 22, 30, tzinfo=datetime.UTC)).isoformat()
    '2026-07-02'
    """
    return moment.astimezone(ZONE).date()
