"""A sentence of the judge, in Dutch and in English, with open places for what it found."""

from dataclasses import dataclass

#: Words that the judge itself puts in a sentence; names, codes and cells of a file are the same in both languages.
ENGLISH = {
    "niet gekoppeld": "not linked",
    "onbekend": "unknown",
    "leeg": "empty",
    "ja": "yes",
    "nee": "no",
    "loondienst": "employed",
    "zelfstandig": "self-employed",
    "harde grond": "hard ground",
    "zachte grond": "soft ground",
    "geen harde grond": "no hard ground",
    "geen harde grond: niet aangetoond": "no hard ground: not shown",
    "telt": "counts",
    "telt niet: niet aangetoond": "does not count: not shown",
    "ja of een code": "yes or a code",
    "grote woning": "large dwelling",
    "toegankelijke woning": "accessible dwelling",
    "gezin": "family",
    "studie": "study",
    "medisch": "medical",
    "netwerk": "network",
    "werk": "work",
    "verklaring": "statement",
    "beschikking": "decision",
    "inschrijving": "enrolment",
}


class _Dutch(str):
    """A value in a Dutch sentence; ``{n:is|zijn}`` writes the first word for exactly one and the other otherwise."""

    __slots__ = ()

    def __format__(self, words: str) -> str:
        one, _, more = words.partition("|")
        return self.written() if not words else one if self == "1" else more

    def written(self) -> str:
        return str(self)


class _English(_Dutch):
    """A value in an English sentence."""

    __slots__ = ()

    def written(self) -> str:
        return english(str(self))


@dataclass(frozen=True)
class Zin:
    """One sentence in both languages, with the same open places; ``{n!s}`` quotes a cell as it stands in the file.

    >>> zin = Zin("Er {n:is|zijn} {n} {n:plek|plekken}.", "There {n:is|are} {n} {n:place|places}.")
    >>> zin.nederlands(n="1"), zin.engels(n="2")
    ('Er is 1 plek.', 'There are 2 places.')
    """

    nl: str
    en: str

    def nederlands(self, **values: str) -> str:
        """Return the Dutch sentence with its values filled in."""
        return self.nl.format(**{name: _Dutch(value) for name, value in values.items()})

    def engels(self, **values: str) -> str:
        """Return the English sentence; numbers get a decimal point, and the judge's own words are translated."""
        return self.en.format(**{name: _English(value) for name, value in values.items()})


def english(value: str) -> str:
    """Return a value as an English sentence writes it.

    >>> english("49,9"), english("niet gekoppeld"), english("Utrecht (GM0344)")
    ('49.9', 'not linked', 'Utrecht (GM0344)')
    """
    whole, comma, part = value.partition(",")
    if comma and whole.isdigit() and part.isdigit():
        return f"{whole}.{part}"
    return ENGLISH.get(value, value)
