"""Floors: a group keeps at least a share of the best chance of work that it could have; equation (38).

A floor is a level with room. The best chance of the group is found over all answers that link as many people and keep
as many jobs; whatever comes later may cost at most the rest of it. So a floor can always be kept, never costs a job,
and its bound is proven as that of any level.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from optimizer.domain.levels import VLOEREN

#: Levels that no floor goes before: who is linked at all, within reach of the own grounds, and jobs.
BEFORE = (
    *("personen_gekoppeld", "gronden_gehonoreerd"),
    *("werkgemeente_gehaald", "verwacht_behouden", "banen_behouden", "hard_behouden"),
)
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?) ?%")


def floor_level(told: str) -> str:
    """Return the level of a floor as a user names its group; empty where there is none of that name.

    >>> floor_level("opleiding=laag"), floor_level("Taalniveau = a0"), floor_level("sekse=v")
    ('vloer_opleiding_laag', 'vloer_taalniveau_A0', '')
    """
    kenmerk, _, groep = (part.strip().casefold() for part in told.partition("="))
    known = {(kind, group.casefold()): level for (kind, group), level in VLOEREN.items()}
    return known.get((kenmerk, groep), "")


def floor_share(told: object) -> Decimal | None:
    """Return the share of a floor, more than nought and at most one; None where nothing says one.

    >>> [floor_share(x) for x in ("95 %", "97,5%", 0.9, 1, 0, 95, "veel", True)]
    [Decimal('0.95'), Decimal('0.975'), Decimal('0.9'), Decimal('1'), None, None, None, None]
    """
    if isinstance(told, str):
        found = _PERCENT.fullmatch(told.strip())
        share = Decimal(found[1].replace(",", ".")) / 100 if found else Decimal(0)
    elif isinstance(told, int | float) and not isinstance(told, bool):
        share = Decimal(str(told))
    else:
        return None
    return share if 0 < share <= 1 else None


def with_floors(levels: Sequence[str], told: Mapping[str, str | float]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the levels of a policy with those of its floors among them, and the room of each floor.

    Floors stand before everything but who is linked and jobs, in the order of the groups, however they were named.

    Parameters
    ----------
    told
        Share by group, both as a user writes them; each can be read.
    """
    shares = {floor_level(group): floor_share(share) for group, share in told.items()}
    floors = [level for level in VLOEREN.values() if level in shares]
    first = next((i for i, level in enumerate(levels) if level not in BEFORE), len(levels))
    rest = {level: 1 - (shares[level] or Decimal(1)) for level in floors}
    room = {level: f"{(100 * left).normalize():f} %" for level, left in rest.items() if left}
    return (*levels[:first], *floors, *levels[first:]), room
