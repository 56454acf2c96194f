"""What turned the scale for a household: the best other municipality with room, the level that decided, by how much."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from geodata.wording import Sentence, joined
from optimizer.domain.levels import LEVELS, VLOEREN
from optimizer.explain.told.alternatives import Alternatives, of_policy
from optimizer.model import Case, LevelValues
from optimizer.rules.werk import JA

Ints = npt.NDArray[np.int64]

#: What a level gives more here, and what it gives more there, in its own unit (``x``) and over whom (``of``).
LEVEL_SAID: Mapping[str, tuple[Sentence, Sentence]] = {
    "personen_gekoppeld": (
        Sentence(
            "Hier {x:krijgt|krijgen} {x} {x:persoon|personen} meer een plek.",
            "Here {x} {x:person|persons} more {x:gets|get} a place.",
        ),
        Sentence(
            "Daar {x:krijgt|krijgen} {x} {x:persoon|personen} meer een plek.",
            "There {x} {x:person|persons} more would get a place.",
        ),
    ),
    "gronden_gehonoreerd": (
        Sentence(
            "Hier zijn de harde gronden binnen bereik, daar niet.", "Here the hard grounds are within reach, there not."
        ),
        Sentence(
            "Daar zijn de harde gronden binnen bereik, hier niet.", "There the hard grounds are within reach, here not."
        ),
    ),
    "werkgemeente_gehaald": (
        Sentence(
            "Hier {x:ligt|liggen} {x} {x:baan|banen} meer in de eigen gemeente.",
            "Here {x} {x:job|jobs} more {x:lies|lie} in the municipality itself.",
        ),
        Sentence(
            "Daar {x:ligt|liggen} {x} {x:baan|banen} meer in de eigen gemeente.",
            "There {x} {x:job|jobs} more {x:lies|lie} in the municipality itself.",
        ),
    ),
    "nabij_opvang": (
        Sentence("De opvang is hier {x:1} km dichterbij.", "Reception is {x:1} km nearer here."),
        Sentence("De opvang is daar {x:1} km dichterbij.", "Reception is {x:1} km nearer there."),
    ),
    "banen_behouden": (
        Sentence(
            "Hier {x:blijft|blijven} {x} {x:baan|banen} meer binnen de straal.",
            "Here {x} {x:job|jobs} more {x:stays|stay} within the radius.",
        ),
        Sentence(
            "Daar {x:blijft|blijven} {x} {x:baan|banen} meer binnen de straal.",
            "There {x} {x:job|jobs} more {x:stays|stay} within the radius.",
        ),
    ),
    "hard_behouden": (
        Sentence(
            "De kans om het harde werk te houden{of} is hier {x:1} procentpunt hoger.",
            "The chance to keep the hard work{of} is {x:1} percentage points higher here.",
        ),
        Sentence(
            "De kans om het harde werk te houden{of} is daar {x:1} procentpunt hoger.",
            "The chance to keep the hard work{of} is {x:1} percentage points higher there.",
        ),
    ),
    "verwacht_behouden": (
        Sentence(
            "De kans om het werk te houden{of} is hier {x:1} procentpunt hoger.",
            "The chance to keep the work{of} is {x:1} percentage points higher here.",
        ),
        Sentence(
            "De kans om het werk te houden{of} is daar {x:1} procentpunt hoger.",
            "The chance to keep the work{of} is {x:1} percentage points higher there.",
        ),
    ),
    "kans_tot_loting": (
        Sentence(
            "Vergeleken met een loting is het tekort aan kans op werk hier {x:2} procentpunt kleiner.",
            "Against a lottery the shortfall in the chance of work is {x:2} percentage points smaller here.",
        ),
        Sentence(
            "Vergeleken met een loting is het tekort aan kans op werk daar {x:2} procentpunt kleiner.",
            "Against a lottery the shortfall in the chance of work is {x:2} percentage points smaller there.",
        ),
    ),
    "kans_werk": (
        Sentence(
            "De kans op werk{of} is hier {x:2} procentpunt hoger.",
            "The chance of work{of} is {x:2} percentage points higher here.",
        ),
        Sentence(
            "De kans op werk{of} is daar {x:2} procentpunt hoger.",
            "The chance of work{of} is {x:2} percentage points higher there.",
        ),
    ),
    "kans_beste_gezinslid": (
        Sentence(
            "De kans op werk van één volwassene is hier {x:2} procentpunt hoger.",
            "The chance of work of one adult is {x:2} percentage points higher here.",
        ),
        Sentence(
            "De kans op werk van één volwassene is daar {x:2} procentpunt hoger.",
            "The chance of work of one adult is {x:2} percentage points higher there.",
        ),
    ),
    "zachte_punten": (
        Sentence(
            "Voor zachte gronden, koppelregio en voortgang krijgt deze gemeente {x} {x:punt|punten} meer.",
            "For soft grounds, koppelregio and progress this municipality gets {x} {x:point|points} more.",
        ),
        Sentence(
            "Voor zachte gronden, koppelregio en voortgang krijgt die gemeente {x} {x:punt|punten} meer.",
            "For soft grounds, koppelregio and progress that municipality gets {x} {x:point|points} more.",
        ),
    ),
    **dict.fromkeys(
        VLOEREN.values(),
        (
            Sentence(
                "De kans op werk van de groep met een vloer is hier {x:2} procentpunt hoger.",
                "The chance of work of the group with a floor is {x:2} percentage points higher here.",
            ),
            Sentence(
                "De kans op werk van de groep met een vloer is daar {x:2} procentpunt hoger.",
                "The chance of work of the group with a floor is {x:2} percentage points higher there.",
            ),
        ),
    ),
}
#: Chances are told in percentage points.
_HUNDREDFOLD = ("kans",)

_BEST_OTHER = Sentence(
    "Van de andere gemeenten met plek is {alt} de beste.", "Of the other municipalities with room {alt} is the best."
)
_NO_OTHER = Sentence(
    "Geen andere gemeente die mag, heeft nog plek.", "No other municipality that is allowed has room left."
)
#: Of the municipalities that are allowed and have no room, the best one for the household.
_NOT_THERE = Sentence(
    "Geen andere gemeente die mag, heeft nog plek, ook {alt} niet.",
    "No other municipality that is allowed has room left, {alt} neither.",
)
_EQUAL = Sentence(
    "Voor dit huishouden is die op elk niveau even goed.", "For this household it is as good on every level."
)
_ROOM = Sentence("Dat mag: dit niveau heeft speelruimte.", "That is allowed: this level has room.")
_EARLIER = Sentence(
    "Zo houdt het huishouden zijn eerdere gemeente.", "So the household keeps its earlier municipality."
)
_STOPPED = Sentence(
    "De berekening stopte voordat dit was verbeterd.", "The computation stopped before this was improved."
)
_SAME = Sentence(
    "Bij {n} van de {total} {total:huishouden|huishoudens} gaf ditzelfde de doorslag.",
    "For {n} of the {total} {total:household|households} the same turned the scale.",
)
_ADULTS = Sentence(", opgeteld over de volwassenen,", ", summed over the adults,")
_JOBS = Sentence(", opgeteld over de banen,", ", summed over the jobs,")
_NOTHING = Sentence("", "")


@dataclass(frozen=True)
class Decided:
    """What turned the scale for one household.

    Attributes
    ----------
    gemeente
        Row of the best other municipality with room; without one, of the best that is allowed and has an opgave; else
        -1.
    plek
        Whether that one has room.
    niveau
        The first level on which that one differs; empty where none does.
    verschil
        Proposal minus that municipality on the level, in units of the world.
    later
        The next level on which the proposal is better, and by how much; None where no later one is, or where the
        first one is already better here.
    """

    gemeente: int
    plek: bool
    niveau: str
    verschil: float
    later: tuple[str, float] | None = None

    @property
    def kind(self) -> tuple[bool, str, bool]:
        """What households that see the same have in common: room elsewhere, the level, and which side is better."""
        return self.plek, self.niveau, self.verschil > 0


def decided(case: Case, options: Alternatives) -> list[Decided | None]:
    """Return what turned the scale for each household; None where a person decided, or nothing was weighed.

    Parameters
    ----------
    options
        The alternatives of each household, best first.
    """
    to, niveaus = case.answer.gemeente, of_policy(case.instance).niveaus
    if not niveaus:
        return [None] * to.size
    free = (to >= 0) & (case.instance.vastgezet < 0)
    asked = case.facts.opgave > 0
    return [
        _of_one(niveaus, options, h, int(to[h]), case.instance.toegestaan[h] & asked) if free[h] else None
        for h in range(to.size)
    ]


def _of_one(
    niveaus: tuple[LevelValues, ...], options: Alternatives, h: int, here: int, allowed: npt.NDArray[np.bool_]
) -> Decided:
    other, level = int(options.gemeente[h, 0]), int(options.niveau[h, 0])
    if other < 0:
        return _without_room(niveaus, h, here, allowed)
    if level == len(niveaus):
        return Decided(other, True, "", 0.0)
    verschil = -float(options.verschil[h, 0])
    later = None
    if verschil < 0:
        gains = ((n.naam, int(n.value[h, here]) - int(n.value[h, other]), n.unit) for n in niveaus[level + 1 :])
        later = next(((name, units * unit) for name, units, unit in gains if units > 0), None)
    return Decided(other, True, niveaus[level].naam, verschil, later)


def _without_room(niveaus: tuple[LevelValues, ...], h: int, here: int, allowed: npt.NDArray[np.bool_]) -> Decided:
    """Compare with the best municipality that is allowed and has an opgave, though it has no room."""
    best = allowed.copy()
    best[here] = False
    if not best.any():
        return Decided(-1, False, "", 0.0)
    for n in niveaus:
        best &= n.value[h] == n.value[h][best].max()
    other = int(best.argmax())
    for n in niveaus:
        units = int(n.value[h, here]) - int(n.value[h, other])
        if units:
            return Decided(other, False, n.naam, units * n.unit)
    return Decided(other, False, "", 0.0)


def decided_in_words(case: Case, found: list[Decided | None], *, share: bool = True) -> list[Sentence | None]:
    """Say for each household what turned the scale, and for how many of the group the same did."""
    same = Counter(one.kind for one in found if one is not None)
    adults, jobs, hard = _members(case)
    of = {"kans_werk": (adults, _ADULTS), "verwacht_behouden": (jobs, _JOBS), "hard_behouden": (hard, _JOBS)}
    rooms = {n.naam for n in case.instance.niveaus if n.deel > 0 or n.aantal > 0}

    def level_said(h: int, name: str, verschil: float) -> Sentence:
        several, word = of.get(name, (adults, _NOTHING))
        return level_in_words(name, verschil, word if several[h] > 1 else _NOTHING)

    def said(h: int, one: Decided) -> Sentence:
        if one.gemeente < 0:
            parts = [_NO_OTHER]
        else:
            name = str(case.facts.gemeenten.naam[one.gemeente])
            parts = [_best_other(name) if one.plek else _not_there(name)]
            parts += [level_said(h, one.niveau, one.verschil)] if one.niveau else [_EQUAL] if one.plek else []
        if one.plek and one.verschil < 0:
            parts.append(_why_not_better(case, h, one, rooms))
            parts += [level_said(h, *one.later)] if one.later else []
        return joined([*parts, *([_same(same[one.kind], len(found))] if share else [])])

    return [None if one is None else said(h, one) for h, one in enumerate(found)]


@cache
def level_in_words(name: str, verschil: float, of: Sentence = _NOTHING) -> Sentence:
    """Say which side is better on a level, and by how much.

    >>> level_in_words("kans_werk", 0.0063).nl
    'De kans op werk is hier 0,63 procentpunt hoger.'
    >>> level_in_words("zachte_punten", -1.0).en
    'For soft grounds, koppelregio and progress that municipality gets 1 point more.'
    """
    level = LEVELS[name]
    x = abs(verschil) * (100 if level.kind in _HUNDREDFOLD else 1)
    return LEVEL_SAID[name][verschil < 0].fill(x=round(x) if level.unit == 1.0 else x, of=of)


@cache
def _best_other(name: str) -> Sentence:
    return _BEST_OTHER.fill(alt=name)


@cache
def _not_there(name: str) -> Sentence:
    return _NOT_THERE.fill(alt=name)


@cache
def _same(n: int, total: int) -> Sentence:
    return _SAME.fill(n=n, total=total)


def _why_not_better(case: Case, h: int, one: Decided, rooms: set[str]) -> Sentence:
    """Say why the proposal does not take what is better there."""
    earlier = case.facts.eerder
    if earlier is not None and earlier[h] == case.answer.gemeente[h]:
        return _EARLIER
    return _ROOM if one.niveau in rooms else _STOPPED


def _members(case: Case) -> tuple[Ints, Ints, Ints]:
    """Count the adults of each household, its known jobs that last, and the hard ones among these, int64 [H] each."""
    b, size = case.facts.banen, case.facts.personen.size
    count = b.bekend & ~b.loopt_af
    row = {str(name): h for h, name in enumerate(case.facts.huishoudens.tolist())}
    adults = np.array([row[str(h)] for h in case.batch.personen["huishouden_id"] if str(h) in row], dtype=np.int64)
    return (
        np.bincount(adults, minlength=size),
        np.bincount(b.huishouden[count], minlength=size),
        np.bincount(b.huishouden[count & (b.hard == JA)], minlength=size),
    )
