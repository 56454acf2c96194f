"""Where the hard grounds of each household lie, in order of precedence, and what places and dwellings are called."""

from collections.abc import Sequence

from geodata.wording import Sentence, enumerate_words
from optimizer.domain.terms import DWELLINGS
from optimizer.model import Facts

AND = Sentence("en", "and")


def ground_places(facts: Facts) -> dict[int, list[int]]:
    """Return the destinations of the grounds by row of the household, without doubles."""
    out: dict[int, list[int]] = {}
    for h, g in zip(facts.gronden.huishouden.tolist(), facts.gronden.plek.tolist(), strict=True):
        places = out.setdefault(h, [])
        if g not in places:
            places.append(g)
    return out


def named(facts: Facts, places: Sequence[int]) -> Sentence:
    """Name destinations in a sentence, each once: ``Utrecht en Hoek van Holland (Rotterdam)``."""
    return enumerate_words(list(dict.fromkeys(facts.destinations.naam[list(places)].tolist())), AND)


def kind_in_words(kind: str) -> Sentence:
    """Name a kind of special dwelling in a sentence; one of the user's own has one name.

    >>> kind_in_words("grote_woning").en, kind_in_words("woning_met_lift").en
    ('large dwelling', 'woning met lift')
    """
    plain = kind.replace("_", " ")
    return DWELLINGS.get(kind, Sentence(plain, plain))
