"""Where the hard grounds of each household lie, in order of precedence."""

from collections.abc import Sequence

from optimizer.model import Facts


def ground_places(facts: Facts) -> dict[int, list[int]]:
    """Return the destinations of the grounds by row of the household, without doubles."""
    out: dict[int, list[int]] = {}
    for h, g in zip(facts.gronden.huishouden.tolist(), facts.gronden.plek.tolist(), strict=True):
        places = out.setdefault(h, [])
        if g not in places:
            places.append(g)
    return out


def named(facts: Facts, places: Sequence[int]) -> str:
    """Name destinations in a sentence, each once: ``Utrecht en Hoek van Holland (Rotterdam)``."""
    return " en ".join(dict.fromkeys(facts.destinations.naam[list(places)].tolist()))


def kind_in_words(kind: str) -> str:
    """Name a kind of special dwelling in a sentence.

    >>> kind_in_words("grote_woning")
    'grote woning'
    """
    return kind.replace("_", " ")
