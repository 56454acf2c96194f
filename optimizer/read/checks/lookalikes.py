"""Keys that a person takes for the same and that are not: leading zeros, capitals, letters of another alphabet."""

import re
import unicodedata
from collections.abc import Iterable

# Letters of Greek and Cyrillic that look like Latin ones.
_LOOK_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo",
)
_SIGNS = re.compile(r"[\W_]+")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


def without_zeros(key: str) -> str:
    """Return a key without zeros in front of its numbers.

    >>> without_zeros("H0012"), without_zeros("0002"), without_zeros("H100")
    ('H12', '2', 'H100')
    """
    return _ZEROS.sub("", key)


def skeleton(key: str) -> str:
    """Return what remains of a key when everything is left out that a person may overlook.

    >>> skeleton("H-0012") == skeleton("h 12"), skeleton("Н0003") == skeleton("H0003"), skeleton("H1") == skeleton("H2")
    (True, True, False)
    """
    plain = unicodedata.normalize("NFKC", key).translate(_LOOK_ALIKE).casefold()
    return without_zeros(_SIGNS.sub("", plain))


def look_alikes(keys: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Return for each key the known one that it looks like; a key that looks like none or several is left out."""
    by_skeleton: dict[str, set[str]] = {}
    for name in known:
        if name:
            by_skeleton.setdefault(skeleton(name), set()).add(name)
    found = {key: by_skeleton.get(skeleton(key), set()) for key in keys}
    return {key: next(iter(names)) for key, names in found.items() if len(names) == 1}
