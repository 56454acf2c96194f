"""The smallest change after which a household that waits has a place, while everybody else stays where they are.

Whoever makes that very change gives the household its place: more persons or a dwelling in one municipality, an
exclusion taken back, or a lock.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.wording import Sentence, enumerate_words
from optimizer.explain.told.places import AND, kind_in_words
from optimizer.model import Facts

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_ROOM_IF = Sentence("Er is plek als {name} {conditions}.", "There is a place if {name} {conditions}.")
_OPEN_AGAIN = Sentence("niet meer is uitgesloten", "is no longer excluded")
_MORE_PERSONS = Sentence(
    "{n} {n:persoon|personen} meer opneemt dan de {room}", "takes {n} {n:person|persons} more than its {room}"
)
_DWELLINGS = Sentence("nog {kinds} heeft", "has {kinds} more")
_ONE_DWELLING = Sentence("een {kind}", "one {kind}")
_SEVERAL_DWELLINGS = Sentence("{n} keer een {kind}", "{n} times a {kind}")
_LOCK = Sentence(
    "Er is plek als een mens het huishouden vastzet op {name}.",
    "There is a place if a person fixes the household in {name}.",
)
_LOCK_AND = Sentence(
    "Er is plek als een mens het huishouden vastzet op {name} en die gemeente {conditions}.",
    "There is a place if a person fixes the household in {name} and that municipality {conditions}.",
)


@dataclass(frozen=True)
class Left:
    """What a finished answer leaves of the input, below nought where whoever is fixed takes more than there is.

    Attributes
    ----------
    persons
        Persons that each municipality can still take, int64 [G].
    dwellings
        Special dwellings that are free, int64 [G, K].
    shared
        Municipalities where somebody is linked whom nobody fixed: a lock that takes their room sends them away,
        bool [G].
    """

    persons: Ints
    dwellings: Ints
    shared: Bools


def left_by(facts: Facts, gemeente: Ints) -> Left:
    """Count what the households of an answer (rows of municipalities or -1, int64 [H]) leave, the fixed among them."""
    linked = np.flatnonzero(gemeente >= 0)
    used = np.bincount(gemeente[linked], weights=facts.personen[linked], minlength=facts.opgave.size)
    dwellings = facts.woningen.vrij - facts.woningen.used_by(linked, gemeente[linked])
    shared = np.zeros(facts.opgave.size, dtype=np.bool_)
    shared[gemeente[linked[facts.vastgezet[linked] < 0]]] = True
    return Left(facts.opgave - used.astype(np.int64), dwellings, shared)


def smallest_change(
    facts: Facts, household: int, candidates: Bools, left: Left, room: Sentence, *, lock: bool = False
) -> Sentence:
    """Name the municipality where the least is missing, and what: an exclusion taken back, persons, dwellings.

    Municipalities that have an opgave go before those that are asked for nobody. Of equals the one where one kind of
    thing is missing, then the one with most room, then the first by code.

    Parameters
    ----------
    household
        Row of the household.
    candidates
        Municipalities that may be named, bool [G]; one that the household excludes is opened again.
    room
        What limits a municipality: its opgave or its capacity.
    lock
        A person fixes the household there, whatever the policy binds; a lock needs room only where it would take it
        from others.
    """
    persons = np.maximum(0, facts.personen[household] - left.persons)
    dwellings = np.maximum(0, facts.woningen.nodig[household] - left.dwellings)
    if lock:
        persons, dwellings = np.where(left.shared, persons, 0), np.where(left.shared[:, None], dwellings, 0)
    excluded = excludes(facts, household)
    kinds = excluded + (persons > 0).astype(np.int64) + (dwellings > 0).sum(axis=1)
    where = np.flatnonzero(candidates)
    order = (-facts.opgave, -left.persons, kinds, persons + dwellings.sum(axis=1), facts.opgave == 0)
    g = int(where[np.lexsort(tuple(key[where] for key in order))[0]])
    conditions = [_OPEN_AGAIN] if excluded[g] else []
    if persons[g]:
        conditions.append(_MORE_PERSONS.fill(n=int(persons[g]), room=room))
    if dwellings[g].any():
        missing = [_dwelling(facts, k, int(dwellings[g, k])) for k in np.flatnonzero(dwellings[g]).tolist()]
        conditions.append(_DWELLINGS.fill(kinds=enumerate_words(missing, AND)))
    said = (_LOCK_AND if conditions else _LOCK) if lock else _ROOM_IF
    told = enumerate_words(conditions, AND) if conditions else ""
    return said.fill(name=str(facts.gemeenten.naam[g]), conditions=told)


def excludes(facts: Facts, household: int) -> Bools:
    """Tell which municipalities are excluded for a household, bool [G]."""
    rows, columns = facts.uitgesloten
    excluded = np.zeros(facts.opgave.size, dtype=np.bool_)
    excluded[columns[rows == household]] = True
    return excluded


def _dwelling(facts: Facts, kind: int, count: int) -> Sentence:
    words = kind_in_words(facts.woningen.soorten[kind])
    return (_ONE_DWELLING if count == 1 else _SEVERAL_DWELLINGS).fill(kind=words, n=count)
