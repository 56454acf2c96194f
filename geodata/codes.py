"""From what people write to the CBS code of a municipality; the unknown is refused."""

import re
from functools import lru_cache

from geodata.errors import GemeenteOnbekend
from geodata.names import NONE, Codes, labelled, named, present
from geodata.spelling import normalise, without_kind, words_of
from geodata.suggest import suggestions

_MENTION = re.compile(r"\bgm ?(\d{4})\b")
_NUMBER = re.compile(r"\b\d{3,4}\b")


def _parts(name: str) -> list[Codes]:
    """Give what each part of a text fits: every code in it, and the name beside them.

    A number without GM is a code only beside a name: alone it may be a postcode or a count.
    """
    mentions = [present().get(f"GM{digits}", NONE) for digits in _MENTION.findall(name)]
    rest = _MENTION.sub(" ", name)
    numbers = [] if mentions or not re.search("[a-z]", rest) else _NUMBER.findall(rest)
    mentions += [present().get(f"GM{int(number):04d}", NONE) for number in numbers]
    words = (_NUMBER.sub(" ", rest) if numbers else rest).split()
    return [*mentions, *([named(words)] if without_kind(words) or not mentions else [])]


@lru_cache(maxsize=65_536)
def _lookup(tekst: str) -> str | GemeenteOnbekend:
    """Find the code or the refusal: both are remembered, since files repeat their errors."""
    parts = _parts(normalise(tekst))
    agreed = frozenset.intersection(*parts)
    if len(agreed) == 1:
        return next(iter(agreed))
    if all(parts):
        return GemeenteOnbekend(tekst, labelled(sorted(frozenset.union(*parts))), meerduidig=True)
    codes, since = suggestions(words_of(tekst))
    return GemeenteOnbekend(tekst, labelled(sorted(frozenset.union(*parts)) or codes), sinds=since)


def resolve(tekst: str) -> str:
    """Give the present CBS code of a municipality named by code, by name, or by both.

    Case, accents, apostrophes, a province behind the name and the word "gemeente" do not matter. Names
    and codes of municipalities merged since 2022 give their successor. A settlement that is no
    municipality is refused, with the municipality it lies in as a candidate.

    Parameters
    ----------
    tekst
        A code (``GM0363``), a name, or both where they agree (``Zwolle (GM0193)``).

    Raises
    ------
    GemeenteOnbekend
        Where the text fits no municipality, or several (``Bergen``).

    Examples
    --------
    >>> resolve("Den Haag"), resolve("rijswijk (zh)"), resolve("GM0457"), resolve("GM0193 Zwolle")
    ('GM0518', 'GM0603', 'GM0363', 'GM0193')
    >>> resolve("Zwole")
    Traceback (most recent call last):
    geodata.errors.GemeenteOnbekend: 'Zwole' is geen gemeente; bedoelt u Zwolle (GM0193)?
    """
    found = _lookup(tekst)
    if isinstance(found, str):
        return found
    # A fresh exception each time: a raised one carries the traceback of its raise.
    raise GemeenteOnbekend(*found.args)
