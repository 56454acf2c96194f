"""Where the hard grounds of each household lie, in order of precedence."""

from collections.abc import Sequence

from optimizer.model import Feiten


def ground_places(feiten: Feiten) -> dict[int, list[int]]:
    """Return the rows of the municipalities of the grounds by row of the household, without doubles."""
    out: dict[int, list[int]] = {}
    for h, g in zip(feiten.gronden.huishouden.tolist(), feiten.gronden.gemeente.tolist(), strict=True):
        places = out.setdefault(h, [])
        if g not in places:
            places.append(g)
    return out


def named(feiten: Feiten, places: Sequence[int]) -> str:
    """Name municipalities in a sentence: ``Utrecht en Zwolle``."""
    return " en ".join(str(feiten.gemeenten.naam[g]) for g in places)
