"""Why a household was not linked: which set of municipalities is full, for how many people, and what would help.

What proves it stands in ``proof``: the smallest set of municipalities whose places, and the people who can go nowhere
else, are the shortage. Equations (23) and (32) of docs/method.md.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from geodata.wording import Sentence, joined
from optimizer.domain.eisen import Eisen
from optimizer.domain.terms import ROOM
from optimizer.explain.told.advice import Left, left_by, smallest_change
from optimizer.explain.told.alternatives import dwelling_fits, dwellings_left, remaining
from optimizer.explain.told.openings import openings
from optimizer.explain.told.places import ground_places, kind_in_words, named
from optimizer.explain.told.proof import Bewijs, Prover
from optimizer.explain.told.proof_words import proof_said, remedies_said
from optimizer.explain.told.remedies import Middelen, more_places, swap, wider_radius
from optimizer.model import Facts, Instance
from optimizer.model.admissible import admissible_pairs, honoured
from optimizer.rules.gronden import within_radius
from optimizer.rules.parameters import Parameters

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_TOO_LARGE = Sentence(
    "Het huishouden telt {n} {n:persoon|personen}. De grootste {room} van één gemeente is {most} {most:plek|plekken}.",
    "The household counts {n} {n:person|persons}. The largest {room} of a municipality is {most} {most:place|places}.",
)
_ALL_EXCLUDED = Sentence(
    "Alle gemeenten die mogen, zijn voor dit huishouden uitgesloten.",
    "All municipalities that are allowed are excluded for this household.",
)
_NONE_ALLOWED = Sentence(
    "Geen gemeente voldoet aan alles wat het beleid bindt: de harde gronden en de regio.",
    "No municipality meets all that the policy binds: the hard grounds and the region.",
)
_WAITING_COUNTS = Sentence(
    "{name} heeft nog {n} {n:plek|plekken}. Het beleid telt wachten hoger.",
    "{name} has {n} {n:place|places} left. The policy counts waiting higher.",
)
_PACE = Sentence(
    "{name} heeft nog {n} {n:plek|plekken}. Deze ronde mogen daar niet meer mensen naartoe.",
    "{name} has {n} {n:place|places} left. No more people may go there in this round.",
)
_PERSONS_FIRST = Sentence(
    "{lock} Of laat het beleid eerst de gekoppelde personen tellen.",
    "{lock} Or let the policy count the persons linked first.",
)
_NO_DWELLING = Sentence(
    "{where} is geen {kind} vrij: {there} in deze ronde, {taken} voor anderen.",
    "{where} no {kind} is free: {there} in this round, {taken} for others.",
)
_DWELLING_WITHOUT_ROOM = Sentence(
    "{where}: waar een {kind} vrij is ({free}), is geen plek voor {n} {n:persoon|personen}.",
    "{where}: where a {kind} is free ({free}), there is no room for {n} {n:person|persons}.",
)
_ALLOWED = Sentence("In de gemeenten die mogen", "In the municipalities that are allowed")
_CIRCLE = Sentence("Binnen {km} km van {places}", "Within {km} km of {places}")
_ALLOWED_IN_CIRCLE = Sentence(
    "In de gemeenten die mogen binnen {km} km van {places}",
    "In the municipalities that are allowed within {km} km of {places}",
)
_NOT_TOGETHER = Sentence(
    "{where} zijn nog {left} {left:plek|plekken} over, maar nergens {n} bij elkaar.",
    "{where} {left} {left:place is|places are} left, but nowhere {n} together.",
)
_SHORT = Sentence(
    "{where} {places:is|zijn} {places} {places:plek|plekken}{around} voor {n} {n:persoon|personen} die nergens anders "
    "naartoe {n:kan|kunnen}.",
    "{where} there {places:is|are} {places} {places:place|places}{around} for {n} {n:person|persons} who can go "
    "nowhere else.",
)
_AROUND = Sentence(" (met de gemeenten waar anderen naartoe kunnen)", " (with the municipalities where others can go)")
_FULL = Sentence(
    "{where} {left:is|zijn} nog {left} {left:plek|plekken} over voor dit huishouden van {n} {n:persoon|personen}.",
    "{where} {left} {left:place is|places are} left for this household of {n} {n:person|persons}.",
)


@dataclass(frozen=True)
class Shortage:
    """Why one household was not linked, and what would help.

    Attributes
    ----------
    oorzaak
        Code of ``uitvoer.OORZAKEN``.
    toelichting, oplossing
        The same in numbers, and the smallest change.
    bewijs, bewijs_zin
        What proves it, and the same as a sentence.
    huishoudens
        Keys of the households that the proof is about.
    middelen, middel_zinnen
        The smallest change of each kind, and the same as sentences.
    """

    oorzaak: str
    toelichting: Sentence
    oplossing: Sentence
    bewijs: Bewijs
    bewijs_zin: Sentence
    huishoudens: tuple[str, ...]
    middelen: Middelen
    middel_zinnen: tuple[Sentence, ...]

    def shielded(self, shield: Callable[[Sentence], Sentence]) -> "Shortage":
        """Return the same with sentences that others may read."""
        return replace(
            self,
            toelichting=shield(self.toelichting),
            oplossing=shield(self.oplossing),
            bewijs_zin=shield(self.bewijs_zin),
            middel_zinnen=tuple(map(shield, self.middel_zinnen)),
        )


@dataclass(frozen=True)
class _Told:
    """The cause, what is said of it, and the advice."""

    oorzaak: str
    toelichting: Sentence
    oplossing: Sentence


@dataclass(frozen=True)
class _Question:
    """One household that waits.

    Attributes
    ----------
    row, size
        Its row and its persons.
    allowed, rest
        The municipalities that it may go to, and the persons that each can still take [G].
    places
        Rows of the municipalities of its hard grounds.
    """

    row: int
    size: int
    allowed: Bools
    rest: Ints
    places: list[int]


@dataclass(frozen=True)
class _Month:
    """The month around the households that wait: what was decided, what binds, and what is left."""

    instance: Instance
    facts: Facts
    eisen: Eisen
    parameters: Parameters
    gemeente: Ints
    prover: Prover
    left: Left
    free: Ints

    @property
    def room(self) -> Sentence:
        """What limits a municipality."""
        return ROOM[self.parameters["taakstelling/regime"]]

    @property
    def largest(self) -> int:
        """The most persons that any municipality is asked to take."""
        return int((self.facts.opgave if self.eisen.opgave_geldt else self.instance.opgave).max(initial=0))


def shortages(
    instance: Instance, facts: Facts, gemeente: Ints, eisen: Eisen, parameters: Parameters
) -> dict[int, Shortage]:
    """Explain every household that is not linked, by row.

    Parameters
    ----------
    instance, facts
        The problem, and the batch as arrays.
    gemeente
        Row of the municipality per household, or -1, int64 [H].
    eisen, parameters
        What the policy binds, and the rules in force.
    """
    rest, grounds = remaining(instance, gemeente), ground_places(facts)
    month = _Month(
        instance,
        facts,
        eisen,
        parameters,
        gemeente,
        Prover(instance, gemeente, openings(instance, gemeente)),
        left_by(facts, gemeente),
        dwellings_left(instance, gemeente),
    )
    waiting = np.flatnonzero(gemeente < 0)
    shut = waiting[~instance.toegestaan[waiting].any(axis=1)]
    freed = _without_exclusions(facts, eisen, parameters) if shut.size else instance.toegestaan
    out = {}
    for h in waiting.tolist():
        asked = _Question(h, int(instance.personen[h]), instance.toegestaan[h], rest, grounds.get(h, []))
        if not asked.allowed.any():
            told = _shut_out(month, h, freed[h])
        elif asked.size > month.largest:
            large = _TOO_LARGE.fill(n=asked.size, most=month.largest, room=month.room)
            told = _Told("te_groot", large, smallest_change(facts, h, asked.allowed, month.left, month.room))
        elif _lacks_dwelling(month, asked):
            told = _no_dwelling(month, asked)
        else:
            told = _full(month, asked)
        out[h] = _with_proof(month, asked, told)
    return out


def _with_proof(month: _Month, asked: _Question, told: _Told) -> Shortage:
    """Add what proves a shortage, and the smallest change of each kind."""
    facts, h, left = month.facts, asked.row, month.left
    bewijs = month.prover.prove(h)
    limited = asked.allowed if month.eisen.opgave_geldt else np.zeros_like(asked.allowed)
    middelen = Middelen(
        more_places(facts, h, limited, left, month.prover.least(h)),
        swap(facts, h, limited, left, month.parameters),
        wider_radius(facts, h, month.eisen, left, month.parameters),
    )
    who = tuple(str(facts.huishoudens[row]) for row in bewijs.huishoudens.tolist())
    said = proof_said(facts, bewijs), who, middelen, remedies_said(facts, middelen)
    return Shortage(told.oorzaak, told.toelichting, told.oplossing, bewijs, *said)


def _without_exclusions(facts: Facts, eisen: Eisen, parameters: Parameters) -> Bools:
    none: Ints = np.zeros(0, dtype=np.int64)
    return admissible_pairs(facts.replace(uitgesloten=(none, none)), eisen, parameters)


def _shut_out(month: _Month, h: int, freed: Bools) -> _Told:
    """Explain a household that may go nowhere: because of its exclusions alone, or of what the policy binds."""
    facts = month.facts
    if freed.any():
        return _Told("alles_uitgesloten", _ALL_EXCLUDED, smallest_change(facts, h, freed, month.left, month.room))
    oorzaak = "geen_plaats_binnen_50km" if facts.heeft_grond[h] else "geen_plaats"
    near = honoured(facts, month.parameters)[0][h] & facts.bestaat
    where = near if near.any() else facts.bestaat
    return _Told(oorzaak, _NONE_ALLOWED, smallest_change(facts, h, where, month.left, month.room, lock=True))


def _full(month: _Month, asked: _Question) -> _Told:
    mine = _binding_places(asked, month.eisen)
    oorzaak = "geen_plaats_binnen_50km" if mine.size else "geen_plaats"
    fits = asked.allowed & (asked.rest >= asked.size)
    fits &= dwelling_fits(month.instance, np.array([asked.row]), month.free)[0]
    paced = fits & _by_pace(month, asked)
    if fits.any() and (paced == fits).all():
        first = np.arange(fits.size) == fits.argmax()
        told = _PACE.fill(name=str(month.facts.gemeenten.naam[first][0]), n=int(asked.rest[first][0]))
        change = smallest_change(month.facts, asked.row, first, month.left, month.room, lock=True)
        return _Told(oorzaak, told, change)
    fits &= ~paced
    if fits.any():
        first = np.arange(fits.size) == fits.argmax()
        told = _WAITING_COUNTS.fill(name=str(month.facts.gemeenten.naam[first][0]), n=int(asked.rest[first][0]))
        change = smallest_change(month.facts, asked.row, first, month.left, month.room, lock=True)
        return _Told(oorzaak, told, _PERSONS_FIRST.fill(lock=change))
    change = smallest_change(month.facts, asked.row, asked.allowed, month.left, month.room)
    return _Told(oorzaak, _count(month, asked, _where(month, asked, mine)), change)


def _by_pace(month: _Month, asked: _Question) -> Bools:
    """Tell where the pace of the round leaves no room for a household, bool [G]."""
    tempo = month.instance.tempo
    if tempo is None:
        return np.zeros_like(asked.allowed)
    closed: Bools = tempo.full(month.instance.personen, month.gemeente, np.array([asked.row]))[0]
    return closed


def _binding_places(asked: _Question, eisen: Eisen) -> Ints:
    """Rows of the municipalities of the grounds that a policy binds and lets people wait for."""
    binds = eisen.gronden_binden and eisen.bij_tekort == "wachten"
    return np.array(asked.places if binds else [], dtype=np.int64)


def _lacks_dwelling(month: _Month, asked: _Question) -> bool:
    """Tell whether there is room for the persons, but nowhere with the special dwelling that they need."""
    fits = asked.allowed & (asked.rest >= asked.size)
    housed = fits & dwelling_fits(month.instance, np.array([asked.row]), month.free)[0]
    return bool(fits.any() and not housed.any())


def _no_dwelling(month: _Month, asked: _Question) -> _Told:
    """Count the special dwellings where the household may go, and those in use; name where one more would help."""
    dwellings = month.instance.woningen
    assert dwellings is not None  # noqa: S101  (only who needs a dwelling can lack one)
    where = _where(month, asked, _binding_places(asked, month.eisen))
    told = []
    for k in np.flatnonzero(dwellings.nodig[asked.row]):
        kind = kind_in_words(dwellings.soorten[k])
        there, free = (int(n[asked.allowed, k].sum()) for n in (dwellings.vrij, month.free))
        if free < 1:
            told.append(_NO_DWELLING.fill(where=where, kind=kind, there=there, taken=there - free))
        else:
            told.append(_DWELLING_WITHOUT_ROOM.fill(where=where, kind=kind, free=free, n=asked.size))
    fits = asked.allowed & (asked.rest >= asked.size)
    return _Told("geen_woning", joined(told), smallest_change(month.facts, asked.row, fits, month.left, month.room))


def _where(month: _Month, asked: _Question, grounds: Ints) -> Sentence:
    """Name the municipalities that the household may go to, by the grounds that bind."""
    radius_km = month.parameters["gronden/straal_km"]
    near = within_radius(month.facts.km[:, grounds], radius_km)
    binding = near[asked.allowed].all(axis=0)
    if not binding.any():
        return _ALLOWED
    every = (near[:, binding].all(axis=1) == asked.allowed).all()
    places = named(month.facts, grounds[binding].tolist())
    return (_CIRCLE if every else _ALLOWED_IN_CIRCLE).fill(km=radius_km, places=places)


def _count(month: _Month, asked: _Question, where: Sentence) -> Sentence:
    """Say how many places there are for how many people, or that places are left but not together."""
    left = int(asked.rest[asked.allowed].sum())
    if left >= asked.size:
        return _NOT_TOGETHER.fill(where=where, left=left, n=asked.size)
    proof = month.prover.prove(asked.row)
    if proof.soort == "personen":
        around = _AROUND if (proof.gemeenten & ~asked.allowed).any() else ""
        return _SHORT.fill(where=where, places=proof.plekken, around=around, n=proof.nodig)
    return _FULL.fill(where=where, left=left, n=asked.size)
