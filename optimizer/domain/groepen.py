"""The groups by which winners and losers are counted and of which a floor may be asked, and their names.

The unit is the adult. A group of households (by size, by reception) is the group of their adults, so that every group
is a part of the same whole and no two of them can be set against each other in different units.
"""

from collections.abc import Sequence

from optimizer.domain.tables import OPLEIDINGEN, TAALNIVEAUS, Column, Table

#: Everybody together: the characteristic and its one group.
ALLE = "alle"
ONBEKEND = "onbekend"
#: Sizes of household that stand alone; all larger ones are one group.
GROOTTEN = ("1", "2", "3", "4", "5", "6+")
#: Characteristics that may be looked at, and of which a floor may be asked (not of the first two).
KENMERKEN = (ALLE, "opvang_gemeente", "opleiding", "taalniveau", "huishoudgrootte")
#: Protected characteristics: only counted, after the answer is fixed, and never a reason for anything.
BESCHERMD = ("sekse", "leeftijdsgroep", "huishoudtype")
#: The values of a characteristic that has a fixed list, in order.
GROEPEN = {
    "opleiding": (*OPLEIDINGEN, ONBEKEND),
    "taalniveau": (*TAALNIVEAUS, ONBEKEND),
    "huishoudgrootte": GROOTTEN,
}
GROEPEN_TABEL = Table(
    "groepen",
    "persoon_id",
    True,
    (
        Column("persoon_id", "id", "Volwassene, als in personen", "Adult, as in personen", True),
        Column("sekse", "text", "Sekse, in uw eigen woorden", "Sex, in your own words"),
        Column("leeftijdsgroep", "text", "Leeftijdsgroep, zoals 25-34", "Age group, such as 25-34"),
        Column("huishoudtype", "text", "Soort huishouden, zoals eenouder", "Kind of household"),
    ),
)


def size_group(persons: int) -> str:
    """Return the group of a household by its size.

    >>> [size_group(n) for n in (1, 5, 6, 9)]
    ['1', '5', '6+', '6+']
    """
    return str(persons) if persons < len(GROOTTEN) else GROOTTEN[-1]


def in_order(kenmerk: str, found: Sequence[str]) -> list[str]:
    """Return the groups of a characteristic: those of a fixed list in its order, else by name, unknown last."""
    fixed = GROEPEN.get(kenmerk)
    return list(fixed) if fixed else sorted(set(found) - {ONBEKEND}) + [ONBEKEND] * (ONBEKEND in found)
