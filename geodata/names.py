"""The names that municipalities go by, and went by, as tables from the key of a name to codes."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from geodata.errors import Kandidaten
from geodata.gemeenten import load_gemeenten
from geodata.spelling import ARTICLES, key, province_behind, without_kind, words_of
from geodata.tables import read_table

Codes = frozenset[str]
Words = Sequence[str]
NONE: Codes = frozenset()


def keyed(rows: Iterable[tuple[str, Iterable[str]]]) -> dict[str, Codes]:
    """Put names and their codes by key of the name; a name may have several."""
    found: dict[str, set[str]] = {}
    for name, codes in rows:
        found.setdefault(key(words_of(name)), set()).update(codes)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def names() -> dict[str, Codes]:
    """Every name that a municipality goes by -> the codes that it fits; a short name may fit several."""
    gemeenten = load_gemeenten()
    official = list(zip(gemeenten.naam.tolist(), gemeenten.code.tolist(), strict=True))
    short = [(re.sub(r" \(.*\)$", "", naam), code) for naam, code in official]
    merged = [(row["oude_naam"], row["gemeente"]) for row in read_table("herindelingen.csv")]
    usual = [(row["alias"], row["gemeente"]) for row in read_table("aliassen.csv")]
    return keyed((name, [code]) for name, code in [*official, *short, *merged, *usual])


class Ended(NamedTuple):
    """A municipality that is no more: all the municipalities that it became a part of, and the year from which."""

    codes: Codes
    since: str


@cache
def ended() -> dict[str, Ended]:
    """Names and codes of municipalities that ended in 2011 to 2021 -> what became of them."""
    return {
        key(words_of(form)): Ended(frozenset(row["gemeenten"].split()), row["per"][:4])
        for row in read_table("opgeheven.csv")
        for form in (row["oude_naam"], row["oude_code"])
    }


@cache
def settlements() -> dict[str, Codes]:
    """Names of places that are no municipality -> the municipalities that they lie in."""
    places = [(row["naam"], row["gemeente"]) for row in read_table("places.csv")]
    places += [(row["woonplaats"], row["gemeente"]) for row in read_table("woonplaatsen.csv")]
    return keyed((name, [code]) for name, code in places)


@cache
def _indexed() -> dict[str, Codes]:
    """The names as an index has them, "Bilt, De", or without their article, where nothing else is called so."""
    gemeenten = load_gemeenten()
    written = [(words_of(naam), code) for naam, code in zip(gemeenten.naam, gemeenten.code, strict=True)]
    written += [(words_of(row["alias"]), row["gemeente"]) for row in read_table("aliassen.csv")]
    rows = [
        (" ".join(form), [str(code)])
        for (article, *rest), code in written
        if article in ARTICLES
        for form in ([*rest, article], rest)
    ]
    found = keyed(rows)
    taken = names().keys() | ended().keys()
    return {
        name: codes
        for name, codes in found.items()
        if name not in taken and settlements().get(name, NONE) <= codes and len(codes) == 1
    }


@cache
def present() -> dict[str, Codes]:
    """Present codes, and those that ended since 2022 -> the one present code."""
    old = {row["oude_code"]: frozenset({row["gemeente"]}) for row in read_table("herindelingen.csv")}
    return old | {code: frozenset({code}) for code in load_gemeenten().index}


def in_province(codes: Codes, provincie: str) -> Codes:
    """Keep the municipalities that lie in a province."""
    gemeenten = load_gemeenten()
    return frozenset(code for code in codes if gemeenten.provincie[gemeenten.index[code]] == provincie)


def named(words: Words) -> Codes:
    """Give the municipalities that the words of a name fit, with or without a province behind it."""
    for form in (words, without_kind(words)):
        found = names().get(key(form)) or _indexed().get(key(form))
        if found:
            return found
    bare = without_kind(words)
    behind = [in_province(names().get(key(without_kind(stem)), NONE), pv) for stem, pv in province_behind(bare)]
    return next(filter(None, behind), NONE)


def labelled(codes: Iterable[str]) -> Kandidaten:
    """Put the official name beside each code."""
    gemeenten = load_gemeenten()
    return tuple((code, str(gemeenten.naam[gemeenten.index[code]])) for code in codes)
