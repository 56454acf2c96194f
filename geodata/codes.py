"""From what people write to the CBS code of a municipality; the unknown is refused."""

import difflib
import re
import unicodedata
from functools import cache, lru_cache

from geodata.errors import GemeenteOnbekend, Kandidaten
from geodata.gemeenten import load_gemeenten
from geodata.tables import read_table

MAX_CANDIDATES = 5
# Similarity from which difflib's suggestion helps more than it distracts.
CUTOFF = 0.8
# Where nothing is that similar, one suggestion of this similarity beats none ("Cuyk").
LAST_RESORT = 0.66
# The ways in which people shorten a province behind a name: "Bergen (NH.)", "Hengelo O".
PROVINCES = {
    "gr": "Groningen",
    "gn": "Groningen",
    "fr": "Fryslân",
    "dr": "Drenthe",
    "o": "Overijssel",
    "ov": "Overijssel",
    "fl": "Flevoland",
    "g": "Gelderland",
    "ge": "Gelderland",
    "gld": "Gelderland",
    "u": "Utrecht",
    "ut": "Utrecht",
    "nh": "Noord-Holland",
    "zh": "Zuid-Holland",
    "z": "Zeeland",
    "ze": "Zeeland",
    "zld": "Zeeland",
    "nb": "Noord-Brabant",
    "l": "Limburg",
    "li": "Limburg",
    "lb": "Limburg",
}
_CODE = re.compile(r"gm\d{4}")
# What people abbreviate inside a name: "Capelle a/d IJssel", "St. Michielsgestel".
_SHORT = ((re.compile(r"\b(?:a d|ad)\b"), "aan den"), (re.compile(r"\bst\b"), "sint"))
_APOSTROPHES = re.compile("['`´‘’ʼ]")


def normalise(tekst: str) -> str:
    """Bring a name to lower-case words without accents, apostrophes and punctuation.

    Examples
    --------
    >>> normalise("Gemeente  's-Gravenhage"), normalise("Súdwest-Fryslân"), normalise("Bergen (N.H.)")
    ('s gravenhage', 'sudwest fryslan', 'bergen nh')
    """
    plain = unicodedata.normalize("NFKD", tekst).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = _APOSTROPHES.sub("", plain).replace(".", "")
    plain = re.sub(r"[^a-z0-9]+", " ", plain)
    for short, full in _SHORT:
        plain = short.sub(full, plain)
    words = plain.split()
    return " ".join(words[1:] if words[:1] == ["gemeente"] and len(words) > 1 else words)


@cache
def _names() -> dict[str, frozenset[str]]:
    """Every accepted name -> the codes that it fits; a short name may fit several."""
    found: dict[str, set[str]] = {}

    def add(name: str, code: str) -> None:
        found.setdefault(normalise(name), set()).add(code)

    gemeenten = load_gemeenten()
    for code, naam in zip(gemeenten.code.tolist(), gemeenten.naam.tolist(), strict=True):
        add(naam, code)
        add(re.sub(r" \(.*\)$", "", naam), code)
    for row in read_table("herindelingen.csv"):
        add(row["oude_naam"], row["gemeente"])
    for row in read_table("aliassen.csv"):
        add(row["alias"], row["gemeente"])
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def _codes() -> dict[str, str]:
    """Present and old codes -> the present code."""
    old = {row["oude_code"]: row["gemeente"] for row in read_table("herindelingen.csv")}
    return old | {code: code for code in load_gemeenten().index}


@cache
def _settlements() -> dict[str, frozenset[str]]:
    """Names of places that are no municipality -> the municipalities that they lie in."""
    found: dict[str, set[str]] = {}
    for table, column in (("places.csv", "naam"), ("woonplaatsen.csv", "woonplaats")):
        for row in read_table(table):
            found.setdefault(normalise(row[column]), set()).add(row["gemeente"])
    return {name: frozenset(codes) for name, codes in found.items()}


def _with_province(name: str) -> frozenset[str]:
    """Codes of "name province", where the municipality does lie in that province."""
    stem, _, suffix = name.rpartition(" ")
    provincies = {normalise(p): p for p in PROVINCES.values()}
    provincie = PROVINCES.get(suffix) or provincies.get(suffix)
    for spelled, official in provincies.items():  # "Bergen Noord-Holland" is three words
        if name.endswith(" " + spelled):
            stem, provincie = name.removesuffix(" " + spelled), official
    gemeenten = load_gemeenten()
    return frozenset(code for code in _names().get(stem, ()) if gemeenten.provincie[gemeenten.index[code]] == provincie)


def _candidates(tekst: str) -> list[str]:
    """Codes that may be meant by a text that fits no municipality, best first."""
    name = normalise(tekst)
    digits = re.fullmatch(r"(?:gm)?(\d{1,4})", name.replace(" ", ""))
    if digits:
        code = _codes().get(f"GM{int(digits[1]):04d}")
        return [code] if code else []
    close = difflib.get_close_matches(name, _names(), n=MAX_CANDIDATES, cutoff=CUTOFF)
    close = close or difflib.get_close_matches(name, _names(), n=1, cutoff=LAST_RESORT)
    found = [*sorted(_settlements().get(name, ()))]
    found += [code for match in close for code in sorted(_names()[match])]
    return list(dict.fromkeys(found))[:MAX_CANDIDATES]


def _labelled(codes: list[str]) -> Kandidaten:
    gemeenten = load_gemeenten()
    return tuple((code, str(gemeenten.naam[gemeenten.index[code]])) for code in codes)


@lru_cache(maxsize=65_536)
def _lookup(tekst: str) -> str | GemeenteOnbekend:
    """Find the code or the refusal: both are remembered, since files repeat their errors."""
    name = normalise(tekst)
    if _CODE.fullmatch(name):
        code = _codes().get(name.upper())
        return code if code else GemeenteOnbekend(tekst)
    codes = _names().get(name) or _with_province(name)
    if len(codes) == 1:
        return next(iter(codes))
    if codes:
        return GemeenteOnbekend(tekst, _labelled(sorted(codes)), meerduidig=True)
    return GemeenteOnbekend(tekst, _labelled(_candidates(tekst)))


def resolve(tekst: str) -> str:
    """Give the present CBS code of a municipality named by code or by name.

    Case, accents, apostrophes, a province suffix and the word "gemeente" do not matter. Names
    and codes of municipalities merged since 2022 give their successor. A settlement that is no
    municipality is refused, with the municipality it lies in as a candidate.

    Parameters
    ----------
    tekst
        A code (``GM0363``) or a name.

    Raises
    ------
    GemeenteOnbekend
        Where the text fits no municipality, or several (``Bergen``).

    Examples
    --------
    >>> resolve("Den Haag"), resolve("rijswijk (zh)"), resolve("GM0457")
    ('GM0518', 'GM0603', 'GM0363')
    >>> resolve("Zwole")
    Traceback (most recent call last):
    geodata.errors.GemeenteOnbekend: 'Zwole' is geen gemeente; bedoelt u Zwolle (GM0193)?
    """
    found = _lookup(tekst)
    if isinstance(found, str):
        return found
    # A fresh exception each time: a raised one carries the traceback of its raise.
    raise GemeenteOnbekend(found.tekst, found.kandidaten, found.meerduidig)
