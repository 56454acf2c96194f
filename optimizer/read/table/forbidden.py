"""Columns that may not be in a file, for what they hold may not play a part in a decision.

A heading is taken apart into its words, and the words are looked up in ``forbidden.txt``: a word that always tells
(``leeftijd``), a word that tells when it stands alone (``man``), and a word that tells unless the heading is about a
thing (``naam``). A slip of the keys in a long word does not hide it.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from geodata.names import names
from geodata.spelling import edits, key, words_of
from geodata.tables import read_table

Words = tuple[str, ...]

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LONGEST_RUN = 4
# In a word of so many letters two slips of the keys are still that word.
_TWO_SLIPS = 13
_TELLING_PLACE = 4


@cache
def sections() -> dict[str, tuple[str, ...]]:
    """Return the patterns of ``forbidden.txt`` by section, in the order of the file."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in (files("optimizer.read.table") / "forbidden.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            found.setdefault(name, []).extend(pattern.strip() for pattern in line.split(","))
    return {section: tuple(patterns) for section, patterns in found.items()}


@lru_cache(maxsize=4096)
def is_forbidden(header: str) -> bool:
    """Tell whether a header names something that this program refuses to read.

    Case, accents, signs between words, abbreviations and compounds do not matter.

    >>> [is_forbidden(h) for h in ("Geboorte-datum", "NATIONALITÉIT", "ageYears", "Naam bewoner", "Lft.")]
    [True, True, True, True, True]
    >>> [is_forbidden(h) for h in ("gemeente_naam", "Naam school", "Land van Cuijk", "Geslaagd", "Herkomst gegevens")]
    [False, False, False, False, False]
    """
    if key(words_of(header)) in names():
        return False
    return any(_tells(words) for words in {_words(header), _words(_CAMEL.sub(" ", header))})


def _words(header: str) -> Words:
    """Cut a heading into words of letters, without what means something else and without digits that stand apart."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", header).casefold() if not unicodedata.combining(c))
    spaced = " ".join(re.findall(r"[a-z]+|\d+", plain))
    return tuple(_pattern("anders").sub(" ", spaced).split())


def _tells(words: Words) -> bool:
    letters = tuple(word for word in words if word.isalpha())
    telling = tuple(word for word in letters if not _fits("klein", word)) or letters
    return (
        any(_fits("altijd", run) for run in _runs(words))
        or any(map(_misspelt, letters))
        or _fits("geheel", " ".join(words))
        or _fits("alleen", " ".join(telling))
        or (bool(telling) and all(_fits("alleen", word) for word in telling))
        or (any(_fits("tenzij ding", word) for word in letters) and not _about_a_thing(letters))
        or any(_fits("tenzij gegevens", word) and not _about_data(letters[i + 1 :]) for i, word in enumerate(letters))
    )


def _runs(words: Words) -> Iterable[str]:
    """Every few words one after another, and the same written as one word."""
    for start in range(len(words)):
        for stop in range(start + 1, min(start + _LONGEST_RUN, len(words)) + 1):
            yield " ".join(words[start:stop])
            yield "".join(words[start:stop])


def _about_a_thing(words: Words) -> bool:
    """Tell whether a heading is about a thing or a place, and not about people too."""
    things = {word for word in words if _fits("dingen", word) or _fits("dingen", _bearer(word)) or word in _places()}
    return bool(things) and not any(_fits("mensen", word) for word in words if word not in things)


def _bearer(word: str) -> str:
    """Return what has the name in a compound: ``bedrijfsnaam`` -> ``bedrijf``."""
    return re.sub(r"^naam|s?naam$|namen$", "", word)


def _about_data(words: Words) -> bool:
    return any(_fits("gegevens", word) for word in words)


@cache
def _pattern(section: str) -> re.Pattern[str]:
    alternatives = (re.escape(p).replace(r"\*", "[a-z]*").replace(r"\?", "[a-z]") for p in sections()[section])
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b")


def _fits(section: str, text: str) -> bool:
    return _pattern(section).fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _misspelt(word: str) -> bool:
    """Tell whether a word, or the beginning of it, is one of the long words with a slip of the keys in it."""
    return any(
        edits(word[:length], core, most) <= most
        for core in sections()["tikfout"]
        for most in [1 + (len(core) >= _TWO_SLIPS)]
        for length in range(len(core) - most, len(core) + most + 1)
        if length <= len(word) and core not in word
    )


@cache
def _places() -> frozenset[str]:
    """Words of the names of municipalities: "Land van Cuijk", "Land van Maas en Waal"."""
    words = {word for row in read_table("gemeenten.csv") for word in words_of(row["naam"])}
    return frozenset(word for word in words if len(word) >= _TELLING_PLACE and not _fits("tenzij ding", word))
