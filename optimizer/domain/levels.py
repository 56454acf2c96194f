"""The levels that a policy may name: the one table of what each counts, in which unit, and in which words.

Model and judge each work the values out by code of their own (docs/method.md, equations (7) to (13d)); what a level is
called, how fine it counts and how its numbers are written stands here alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from geodata.wording import Sentence
from optimizer.domain.groepen import GROEPEN
from optimizer.domain.terms import UNITS
from optimizer.domain.uitvoer import OutputKind


@dataclass(frozen=True)
class LevelKind:
    """One level.

    Attributes
    ----------
    naam
        Stable name, as in ``levels`` of ``beleid.toml``.
    unit
        One whole unit of the solver in the world: 0.001 job, 0.1 km.
    eenheid
        What is counted; its words stand in ``domain.terms.UNITS``.
    label
        What people read.
    kind
        How a difference on this level is written.
    chance
        The chance of work that it is made of, by name; empty for a level that needs none.
    of_policy
        Whether a policy may name it; else it comes of itself, before the levels of the policy.
    """

    naam: str
    unit: float
    eenheid: str
    label: Sentence
    kind: OutputKind = "count"
    chance: str = ""
    of_policy: bool = True

    def __post_init__(self) -> None:
        """Refuse a unit without words, or one that decimals cannot write.

        Raises
        ------
        ValueError
            When ``eenheid`` has no words, or ``unit`` is no power of ten up to one.
        """
        if self.eenheid not in UNITS:
            raise ValueError(f"level {self.naam}: unit '{self.eenheid}' has no words in domain.terms.UNITS")
        if self.unit not in _DECIMALS:
            raise ValueError(f"level {self.naam}: {self.unit} is none of {', '.join(map(str, _DECIMALS))}")

    @property
    def decimals(self) -> int:
        """Decimals with which a value is written in full."""
        return _DECIMALS[self.unit]


_DECIMALS = {1.0: 0, 0.1: 1, 0.01: 2, 0.001: 3, 0.0001: 4}

#: The level that goes first where a run goes on from an earlier one: `verify` and `model` each count it.
ONGEWIJZIGD = "ongewijzigd"
#: Words of a floor by characteristic; the group stands behind them.
_FLOOR_WORDS = {
    "opleiding": Sentence("Vloer: kans op werk, opleiding {groep}", "Floor: chance of work, education {groep}"),
    "taalniveau": Sentence("Vloer: kans op werk, taalniveau {groep}", "Floor: chance of work, language level {groep}"),
    "huishoudgrootte": Sentence(
        "Vloer: kans op werk, huishoudens van {groep}", "Floor: chance of work, households of {groep}"
    ),
}
#: The level of each floor that may be asked for, by characteristic and group: never a protected one.
VLOEREN: Mapping[tuple[str, str], str] = {
    (kenmerk, groep): f"vloer_{kenmerk}_{groep.rstrip('+')}" for kenmerk in _FLOOR_WORDS for groep in GROEPEN[kenmerk]
}


def _floor(kenmerk: str, groep: str, naam: str) -> LevelKind:
    words = _FLOOR_WORDS[kenmerk]
    said = Sentence(words.nl.format(groep=groep), words.en.format(groep=_IN_ENGLISH.get(groep, groep)))
    return LevelKind(naam, 0.0001, "kans", said, "kans", chance=naam)


_IN_ENGLISH = {"laag": "low", "middelbaar": "middle", "hoog": "high", "onbekend": "unknown"}
#: Every level by name.
LEVELS: Mapping[str, LevelKind] = {
    level.naam: level
    for level in (
        LevelKind("personen_gekoppeld", 1.0, "personen", Sentence("Gekoppelde personen", "Persons linked")),
        LevelKind(
            "gronden_gehonoreerd",
            1.0,
            "huishoudens",
            Sentence(
                "Huishoudens binnen bereik van hun harde gronden", "Households within reach of their hard grounds"
            ),
        ),
        LevelKind(
            "werkgemeente_gehaald",
            1.0,
            "banen",
            Sentence("Banen in de voorgestelde gemeente zelf", "Jobs in the proposed municipality itself"),
        ),
        LevelKind("nabij_opvang", 0.1, "km", Sentence("Dicht bij de opvang", "Near the reception centre"), "km"),
        LevelKind(
            "banen_behouden",
            1.0,
            "banen",
            Sentence("Banen binnen de straal na de verhuizing", "Jobs within the radius after the move"),
        ),
        LevelKind(
            "hard_behouden",
            0.001,
            "banen",
            Sentence("Verwacht behouden harde banen", "Hard jobs expected to be kept"),
            "kans",
        ),
        LevelKind(
            "verwacht_behouden", 0.001, "banen", Sentence("Verwacht behouden banen", "Jobs expected to be kept"), "kans"
        ),
        LevelKind(
            "kans_tot_loting",
            0.0001,
            "kans",
            Sentence(
                "Kans op werk, tot wat een loting gemiddeld geeft",
                "Chance of work, up to what a lottery gives on average",
            ),
            "kans",
            chance="kans_werk",
        ),
        LevelKind(
            "kans_werk",
            0.0001,
            "kans",
            Sentence("Kans op werk, opgeteld over alle volwassenen", "Chance of work, summed over all adults"),
            "kans",
            chance="kans_werk",
        ),
        LevelKind(
            "kans_beste_gezinslid",
            0.0001,
            "kans",
            Sentence("Kans op werk van één volwassene per huishouden", "Chance of work of one adult per household"),
            "kans",
            chance="kans_beste_gezinslid",
        ),
        LevelKind(
            "zachte_punten",
            1.0,
            "punten",
            Sentence("Zachte gronden, koppelregio en voortgang", "Soft grounds, koppelregio and progress"),
        ),
        LevelKind(
            ONGEWIJZIGD,
            1.0,
            "huishoudens",
            Sentence("Huishoudens die hun eerdere gemeente houden", "Households that keep their earlier municipality"),
            of_policy=False,
        ),
        *(_floor(*group, naam) for group, naam in VLOEREN.items()),
    )
}
#: The levels that a policy may name; a floor it names by ``vloer``.
POLICY_LEVELS: Mapping[str, LevelKind] = {
    name: level for name, level in LEVELS.items() if level.of_policy and name not in VLOEREN.values()
}
#: Counted where an earlier answer is changed: equations (13d) and (31). No policy may name it.
UNCHANGED = LEVELS[ONGEWIJZIGD]
