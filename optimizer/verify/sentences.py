"""A sentence of the judge, in Dutch and in English, with open places for what it found."""

from geodata.wording import Sentence

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


def spoken(sentence: Sentence, **values: str | Sentence) -> Sentence:
    """Fill a sentence with what the judge found; in English numbers get a point, and the judge's own words are English.

    >>> room = Sentence("Er {n:is|zijn} {n} {n:plek|plekken}.", "There {n:is|are} {n} {n:place|places}.")
    >>> spoken(room, n="1").nl, spoken(room, n="2,5").en
    ('Er is 1 plek.', 'There are 2.5 places.')
    """
    both = {
        name: value if isinstance(value, Sentence) else Sentence(value, english(value))
        for name, value in values.items()
    }
    return sentence.fill(**both)


def english(value: str) -> str:
    """Return a value as an English sentence writes it.

    >>> english("49,9"), english("niet gekoppeld"), english("Utrecht (GM0344)")
    ('49.9', 'not linked', 'Utrecht (GM0344)')
    """
    whole, comma, part = value.partition(",")
    if comma and whole.isdigit() and part.isdigit():
        return f"{whole}.{part}"
    return ENGLISH.get(value, value)
