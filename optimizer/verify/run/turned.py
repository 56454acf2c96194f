"""What turned the scale, worked out again from the input and the files: the best other place, the level, how much.

The judge has words of its own for it, and puts them together from numbers that it computed itself.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np

from geodata.gemeenten import load_gemeenten
from geodata.wording import Sentence, joined
from optimizer.domain.levels import LEVELS, VLOEREN
from optimizer.verify.admitted import admitted
from optimizer.verify.case import Case
from optimizer.verify.cells import texts
from optimizer.verify.households import NONE, Bools, Ints
from optimizer.verify.levels import Kansen, level_value
from optimizer.verify.links import UNREADABLE, resolve_rows

_HERE, _THERE = Sentence("hier", "here"), Sentence("daar", "there")
_HERE_FIRST, _THERE_FIRST = Sentence("Hier", "Here"), Sentence("Daar", "There")
_THIS, _THAT = Sentence("deze", "this"), Sentence("die", "that")
_PERSONS = Sentence(
    "{Side} {x:krijgt|krijgen} {x} {x:persoon|personen} meer een plek.",
    "{Side} {x} {x:person|persons} more {x:gets|get} a place.",
)
_WOULD = Sentence(_PERSONS.nl, "{Side} {x} {x:person|persons} more would get a place.")
_GROUNDS = Sentence(
    "{Side} zijn de harde gronden binnen bereik, {other} niet.",
    "{Side} the hard grounds are within reach, {other} not.",
)
_IN_TOWN = Sentence(
    "{Side} {x:ligt|liggen} {x} {x:baan|banen} meer in de eigen gemeente.",
    "{Side} {x} {x:job|jobs} more {x:lies|lie} in the municipality itself.",
)
_RECEPTION = Sentence("De opvang is {side} {x:1} km dichterbij.", "Reception is {x:1} km nearer {side}.")
_INSIDE = Sentence(
    "{Side} {x:blijft|blijven} {x} {x:baan|banen} meer binnen de straal.",
    "{Side} {x} {x:job|jobs} more {x:stays|stay} within the radius.",
)
_LACK = Sentence(
    "Vergeleken met een loting is het tekort aan kans op werk {side} {x:2} procentpunt kleiner.",
    "Against a lottery the shortfall in the chance of work is {x:2} percentage points smaller {side}.",
)
_FLOOR = Sentence(
    "De kans op werk van de groep met een vloer is {side} {x:2} procentpunt hoger.",
    "The chance of work of the group with a floor is {x:2} percentage points higher {side}.",
)
_POINTS = Sentence(
    "Voor zachte gronden, koppelregio en voortgang krijgt {this} gemeente {x} {x:punt|punten} meer.",
    "For soft grounds, koppelregio and progress {this} municipality gets {x} {x:point|points} more.",
)


_HARD = Sentence(
    "De kans om het harde werk te houden{of} is {side} {x:1} procentpunt hoger.",
    "The chance to keep the hard work{of} is {x:1} percentage points higher {side}.",
)
_KEPT = Sentence(
    "De kans om het werk te houden{of} is {side} {x:1} procentpunt hoger.",
    "The chance to keep the work{of} is {x:1} percentage points higher {side}.",
)
_WORK = Sentence(
    "De kans op werk{of} is {side} {x:2} procentpunt hoger.",
    "The chance of work{of} is {x:2} percentage points higher {side}.",
)
_ONE_ADULT = Sentence(
    "De kans op werk van één volwassene{of} is {side} {x:2} procentpunt hoger.",
    "The chance of work of one adult{of} is {x:2} percentage points higher {side}.",
)
_WORDS: Mapping[str, Sentence] = {
    "personen_gekoppeld": _PERSONS,
    "gronden_gehonoreerd": _GROUNDS,
    "werkgemeente_gehaald": _IN_TOWN,
    "nabij_opvang": _RECEPTION,
    "banen_behouden": _INSIDE,
    "hard_behouden": _HARD,
    "verwacht_behouden": _KEPT,
    "kans_tot_loting": _LACK,
    "kans_werk": _WORK,
    "kans_beste_gezinslid": _ONE_ADULT,
    "zachte_punten": _POINTS,
    **dict.fromkeys(VLOEREN.values(), _FLOOR),
}
#: One unit of a level as it is told: a thousandth of a job is a tenth of a percentage point.
_TOLD: Mapping[str, float] = {
    "nabij_opvang": 10,
    "hard_behouden": 10,
    "verwacht_behouden": 10,
    "kans_tot_loting": 100,
    "kans_werk": 100,
    "kans_beste_gezinslid": 100,
    **dict.fromkeys(VLOEREN.values(), 100),
}
_OVER = {
    "kans_werk": Sentence(", opgeteld over de volwassenen,", ", summed over the adults,"),
    "verwacht_behouden": Sentence(", opgeteld over de banen,", ", summed over the jobs,"),
    "hard_behouden": Sentence(", opgeteld over de banen,", ", summed over the jobs,"),
}
_BEST_OTHER = Sentence(
    "Van de andere gemeenten met plek is {alt} de beste.", "Of the other municipalities with room {alt} is the best."
)
_NO_OTHER = Sentence(
    "Geen andere gemeente die mag, heeft nog plek.", "No other municipality that is allowed has room left."
)
_NOT_THERE = Sentence(
    "Geen andere gemeente die mag, heeft nog plek, ook {alt} niet.",
    "No other municipality that is allowed has room left, {alt} neither.",
)
_EQUAL = Sentence(
    "Voor dit huishouden is die op elk niveau even goed.", "For this household it is as good on every level."
)
_ALLOWED = Sentence("Dat mag: dit niveau heeft speelruimte.", "That is allowed: this level has room.")
_EARLIER = Sentence(
    "Zo houdt het huishouden zijn eerdere gemeente.", "So the household keeps its earlier municipality."
)
_STOPPED = Sentence(
    "De berekening stopte voordat dit was verbeterd.", "The computation stopped before this was improved."
)
_SHARE = Sentence(
    "Bij {n} van de {total} {total:huishouden|huishoudens} gaf ditzelfde de doorslag.",
    "For {n} of the {total} {total:household|households} the same turned the scale.",
)
#: The municipality without room that a reason names.
_NAMED = re.compile(r"heeft nog plek, ook (.+?) niet\.|has room left, (.+?) neither\.")
#: Households that are looked at together.
CHUNK = 4096


@dataclass(frozen=True)
class Turned:
    """What must be said of every household that nobody fixed; None of the others.

    Attributes
    ----------
    said
        Without and with the share of the group, by row of the household.
    """

    said: Mapping[int, tuple[Sentence, Sentence]]


def turned(case: Case, chances: Kansen, niveaus: Sequence[str]) -> Turned | None:
    """Work out for each household that nobody fixed what turned the scale; None where the files do not say enough.

    Parameters
    ----------
    chances
        Chance of work by level; without one that a level needs nothing can be said.
    niveaus
        Levels of the policy, most important first.
    """
    if "alternatief_1" not in case.voorstel.columns or not niveaus:
        return None
    written = np.where(case.links.readable, np.append(texts(case.voorstel["alternatief_1"]), "")[case.links.row], "")
    other = resolve_rows(np.array([text.partition(" ")[0] for text in written.tolist()], dtype=object))
    other = np.where(other == UNREADABLE, NONE, other)
    room = other != NONE
    other = np.where(room, other, _named_without_room(case, room))
    moved, differs = case.moved(other), []
    for level in niveaus:
        here, there = (level_value(c, level, chances) for c in (case, moved))
        if here is None or there is None:
            return None
        differs.append(here - there)
    found = {
        int(h): _scale(niveaus, differs, int(h), int(other[h]), plek=bool(room[h])) for h in np.flatnonzero(case.free)
    }
    same = Counter(kind for kind, _ in found.values())
    say = _speaker(case)
    said = {}
    for h, (kind, weighed) in found.items():
        short = joined(say(h, int(other[h]), weighed, plek=bool(room[h])))
        share = _share(same[kind], len(case.households))
        said[h] = (short, joined([short, share]))
    return Turned(said)


def _named_without_room(case: Case, room: Bools) -> Ints:
    """Return the municipality without room that the reason of each household names, int64 [n]; `NONE` where none may.

    One that is allowed and has an opgave must be named where there is such a one: which of these, the text chooses.
    """
    found = np.full(len(case.households), NONE, dtype=np.int64)
    rows = np.flatnonzero(case.free & ~room)
    asked = case.households.opgave > 0
    cells = np.append(texts(case.voorstel["reden"]), "")[case.links.row] if "reden" in case.voorstel.columns else None
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        open_to = admitted(case, part) & asked
        open_to[np.arange(len(part)), case.links.gemeente[part]] = False
        for h, may in zip(part.tolist(), open_to, strict=True):
            said = None if cells is None else _NAMED.search(str(cells[h]))
            named = _rows().get(said[1] or said[2], NONE) if said else NONE
            choices = np.flatnonzero(may)
            found[h] = named if named != NONE and may[named] else choices[0] if len(choices) else NONE
    return found


@cache
def _rows() -> dict[str, int]:
    return {str(name): row for row, name in enumerate(load_gemeenten().naam.tolist())}


def _scale(
    niveaus: Sequence[str], differs: Sequence[Ints], h: int, other: int, *, plek: bool
) -> tuple[tuple[bool, str, bool], list[tuple[str, int]]]:
    """Return the kind of a household, and its first level that differs with the next one that makes up for it."""
    if other == NONE:
        return (False, "", False), []
    units = [(level, int(d[h])) for level, d in zip(niveaus, differs, strict=True)]
    first = next((i for i, (_, n) in enumerate(units) if n), None)
    if first is None:
        return (plek, "", False), []
    weighed = [units[first]]
    if weighed[0][1] < 0 and plek:
        weighed += [unit for unit in units[first + 1 :] if unit[1] > 0][:1]
    return (plek, units[first][0], units[first][1] > 0), weighed


class _Say(Protocol):
    """Puts the sentences of a household together."""

    def __call__(self, h: int, other: int, weighed: list[tuple[str, int]], *, plek: bool) -> list[Sentence]:
        """Return them; ``plek``: whether the other municipality has room."""


def _speaker(case: Case) -> _Say:
    """Return what puts the sentences of a household together."""
    size = len(case.households)
    at = {str(name): h for h, name in enumerate(case.households.ids)}
    owners = [at[str(h)] for h in case.batch.personen["huishouden_id"] if str(h) in at]
    lasting = case.jobs.known & ~case.jobs.ends_first
    of_jobs = [case.jobs.household[rows] for rows in (lasting, lasting & (case.jobs.hard == "ja"))]
    jobs, hard = (np.bincount(rows, minlength=size) for rows in of_jobs)
    members = {
        "kans_werk": np.bincount(np.array(owners, dtype=np.int64), minlength=size),
        "verwacht_behouden": jobs,
        "hard_behouden": hard,
    }
    had = case.batch.eerder or {}
    codes = case.codes(case.links.gemeente)
    rooms = {} if case.eisen is None else case.eisen.speelruimte

    def level(h: int, name: str, units: int) -> Sentence:
        return _level(name, units, several=name in members and bool(members[name][h] > 1))

    def say(h: int, other: int, weighed: list[tuple[str, int]], *, plek: bool) -> list[Sentence]:
        if other == NONE:
            return [_NO_OTHER]
        if not plek:
            return [_NOT_THERE.fill(alt=str(load_gemeenten().naam[other])), *(level(h, *one) for one in weighed)]
        said = [_best_other(other)]
        if not weighed:
            return [*said, _EQUAL]
        name, units = weighed[0]
        said.append(level(h, name, units))
        if units < 0:
            room = rooms.get(name)
            kept = had.get(str(case.households.ids[h]), "") == codes[h]
            said.append(_EARLIER if kept else _ALLOWED if room and (room["deel"] or room["aantal"]) else _STOPPED)
            said += [level(h, *later) for later in weighed[1:]]
        return said

    return say


@cache
def _best_other(gemeente: int) -> Sentence:
    return _BEST_OTHER.fill(alt=str(load_gemeenten().naam[gemeente]))


@cache
def _share(n: int, total: int) -> Sentence:
    return _SHARE.fill(n=n, total=total)


@cache
def _level(name: str, units: int, *, several: bool) -> Sentence:
    """Say which side has more of a level, from the difference in whole units."""
    here = units > 0
    said = _WOULD if name == "personen_gekoppeld" and not here else _WORDS[name]
    x = abs(units) * LEVELS[name].unit if name not in _TOLD else abs(units) / _TOLD[name]
    return said.fill(
        x=x if name in _TOLD else round(x),
        of=_OVER[name] if several else "",
        side=_HERE if here else _THERE,
        Side=_HERE_FIRST if here else _THERE_FIRST,
        other=_THERE if here else _HERE,
        this=_THIS if here else _THAT,
    )
