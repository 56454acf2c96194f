"""A sentence in Dutch and in English: the one form in which the program says something to people.

Both texts stand together where they are written, so that neither can be forgotten, and have the same open places. What
fills a place is written in the language of the sentence: a number with its separators, a day with its month, a part of
a sentence with the right half. ``{n:is|zijn}`` writes the first word for exactly one and the other otherwise;
``{cell!s}`` quotes a value as it was given.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from geodata.wording.numbers import Lang, date, number, plain


class _Filled:
    """What stands in an open place, written in one language."""

    __slots__ = ("lang", "value")

    def __init__(self, value: object, lang: Lang) -> None:
        self.value, self.lang = value, lang

    def __str__(self) -> str:
        """Return the value as it was given, for ``{cell!s}``."""
        return self.value.nl if isinstance(self.value, Sentence) else str(self.value)

    def __format__(self, spec: str) -> str:
        one, several, more = spec.partition("|")
        if several:
            return one if str(self) == "1" else more
        value = self.value
        if isinstance(value, Sentence):
            return format(value.said(self.lang), spec)
        if isinstance(value, datetime.date):
            return date(value, self.lang)
        if isinstance(value, float) and not spec:
            return plain(value, self.lang)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return number(value, int(spec or 0), self.lang)
        return format(str(value), spec)


class Sentence(NamedTuple):
    """One sentence, or a part of one, in Dutch and in English.

    Attributes
    ----------
    nl, en
        The same in both languages, with the same open places.

    Examples
    --------
    >>> room = Sentence("Er {n:is|zijn} {n} {n:plek|plekken} op {km:1} km.", "There {n:is|are} {n} at {km:1} km.")
    >>> room.fill(n=1200, km=49.95).nl
    'Er zijn 1.200 plekken op 50,0 km.'
    >>> Sentence("Nu: {what}.", "Now: {what}.").fill(what=Sentence("niets", "nothing")).said("en")
    'Now: nothing.'
    """

    nl: str
    en: str

    def said(self, lang: str) -> str:
        """Return the text of a language, ``nl`` or ``en``."""
        return self.en if lang == "en" else self.nl

    def fill(self, **values: "Sentence | str | float | datetime.date") -> "Sentence":
        """Fill the open places.

        Parameters
        ----------
        values
            By name: text stays as it is; a whole number gets a mark between thousands, ``{km:1}`` one decimal, another
            number the decimals that it needs; a day is written out; a sentence puts its own half in each language.
        """
        nl, en = ({name: _Filled(value, lang) for name, value in values.items()} for lang in _LANGUAGES)
        return Sentence(self.nl.format(**nl), self.en.format(**en))


_LANGUAGES: tuple[Lang, Lang] = ("nl", "en")


def joined(sentences: Iterable[Sentence], between: str = " ") -> Sentence:
    """Put sentences after each other.

    >>> joined([Sentence("Nee.", "No."), Sentence("Ja.", "Yes.")])
    Sentence(nl='Nee. Ja.', en='No. Yes.')
    """
    found = list(sentences)
    return Sentence(between.join(s.nl for s in found), between.join(s.en for s in found))


def enumerate_words(words: Sequence["str | Sentence"], last: Sentence) -> Sentence:
    """List words in a sentence, with a word such as *en* or *of* before the last one.

    >>> enumerate_words(["Utrecht", "Zwolle", "Ede"], Sentence("of", "or"))
    Sentence(nl='Utrecht, Zwolle of Ede', en='Utrecht, Zwolle or Ede')
    """
    pairs = [word if isinstance(word, Sentence) else Sentence(word, word) for word in words]
    *others, end = pairs
    if not others:
        return end
    return joined([joined(others, ", "), last, end])
