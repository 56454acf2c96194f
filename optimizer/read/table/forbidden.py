"""Columns that may not be in a file, for what they hold may not play a part in a decision."""

import re
from fnmatch import translate
from functools import cache
from importlib.resources import files

from optimizer.read.table.headings import normalise


@cache
def patterns() -> tuple[str, ...]:
    """Return the patterns of ``forbidden.txt``, in the order of the file."""
    lines = (files("optimizer.read.table") / "forbidden.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def _any_pattern() -> re.Pattern[str]:
    return re.compile("|".join(translate(pattern) for pattern in patterns()))


def is_forbidden(header: str) -> bool:
    """Tell whether a header names something that this program refuses to read.

    Case, accents, spaces, underscores and hyphens do not matter.

    >>> is_forbidden("Geboorte-datum"), is_forbidden("NATIONALITÉIT"), is_forbidden("gemeente_naam")
    (True, True, False)
    """
    return _any_pattern().fullmatch(normalise(header)) is not None
