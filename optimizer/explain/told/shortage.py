"""Why a household was not linked: which set of municipalities is full, for how many people, and what would help.

The argument is Hall's: start from the municipalities that the household may go to; whoever is linked there could make
room by moving to any municipality open to them, and so on. When that closed set has no room left, its places and
the people who depend on it are the shortage. Equation (23) of docs/method.md.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optimizer.domain.eisen import Eisen
from optimizer.explain.told.alternatives import dwelling_fits, dwellings_left, remaining
from optimizer.explain.told.numbers import are, dutch, people, places, plain
from optimizer.explain.told.openings import Openings, openings
from optimizer.explain.told.places import ground_places, kind_in_words, named
from optimizer.model import Facts, Instance
from optimizer.model.admissible import admissible_pairs
from optimizer.rules.gronden import within_radius
from optimizer.rules.opgave import room_name
from optimizer.rules.parameters import Parameters

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_ONE_EXTRA = "Er is plek als {naam} {meer} meer opneemt dan de {ruimte}."


@dataclass(frozen=True)
class Shortage:
    """Why one household was not linked (code of ``uitvoer.OORZAKEN``), in numbers, and the smallest change."""

    oorzaak: str
    toelichting: str
    oplossing: str


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
    left = dwellings_left(instance, gemeente)
    waiting = np.flatnonzero(gemeente < 0)
    groups = openings(instance, gemeente)
    shut = waiting[~instance.toegestaan[waiting].any(axis=1)]
    none: Ints = np.zeros(0, dtype=np.int64)
    freed = admissible_pairs(facts.replace(uitgesloten=(none, none)), eisen, parameters) if shut.size else None
    out = {}
    for h in waiting.tolist():
        asked = _Question(h, int(instance.personen[h]), instance.toegestaan[h], rest, grounds.get(h, []))
        if not asked.allowed.any():
            by_exclusion = freed is not None and bool(freed[h].any())
            out[h] = _shut_out(facts, h, by_exclusion=by_exclusion)
        elif asked.size > instance.opgave.max(initial=0):
            text = (
                f"Het huishouden telt {people(asked.size)}. De grootste ruimte in één gemeente is "
                f"{places(int(instance.opgave.max()))}."
            )
            out[h] = Shortage("te_groot", text, _one_extra(facts, asked, parameters))
        elif _lacks_dwelling(instance, asked, left):
            out[h] = _no_dwelling(instance, facts, asked, left, eisen, parameters)
        else:
            out[h] = _full(instance, facts, groups, asked, eisen, parameters)
    return out


def _shut_out(facts: Facts, h: int, *, by_exclusion: bool) -> Shortage:
    if by_exclusion:
        text = "Alle gemeenten die mogen, zijn voor dit huishouden uitgesloten."
        return Shortage("alles_uitgesloten", text, "Bekijk de uitgesloten gemeenten opnieuw.")
    oorzaak = "geen_plaats_binnen_50km" if facts.heeft_grond[h] else "geen_plaats"
    text = "Geen gemeente voldoet aan alles wat het beleid bindt: de harde gronden en de regio."
    return Shortage(oorzaak, text, "Zet een gemeente vast, of kies een beleid dat minder bindt.")


def _full(
    instance: Instance, facts: Facts, groups: Openings, asked: _Question, eisen: Eisen, parameters: Parameters
) -> Shortage:
    mine = _binding_places(asked, eisen)
    oorzaak = "geen_plaats_binnen_50km" if mine.size else "geen_plaats"
    fits = asked.allowed & (asked.rest >= asked.size)
    if fits.any():
        g = int(fits.argmax())
        text = f"{facts.gemeenten.naam[g]} heeft nog {places(int(asked.rest[g]))}. Het beleid telt wachten hoger."
        return Shortage(oorzaak, text, "Laat het beleid eerst de gekoppelde personen tellen, of zet een gemeente vast.")
    where = _where(facts, asked, mine, parameters["gronden/straal_km"])
    return Shortage(oorzaak, f"{where} {_count(instance, groups, asked)}", _one_extra(facts, asked, parameters))


def _binding_places(asked: _Question, eisen: Eisen) -> Ints:
    """Rows of the municipalities of the grounds that a policy binds and lets people wait for."""
    binds = eisen.gronden_binden and eisen.bij_tekort == "wachten"
    return np.array(asked.places if binds else [], dtype=np.int64)


def _lacks_dwelling(instance: Instance, asked: _Question, left: Ints) -> bool:
    """Tell whether there is room for the persons, but nowhere with the special dwelling that they need."""
    fits = asked.allowed & (asked.rest >= asked.size)
    return bool(fits.any() and not (fits & dwelling_fits(instance, np.array([asked.row]), left)[0]).any())


def _no_dwelling(
    instance: Instance, facts: Facts, asked: _Question, left: Ints, eisen: Eisen, parameters: Parameters
) -> Shortage:
    """Count the special dwellings where the household may go, and those in use; name where one more would help.

    Of the municipalities with room the one that lacks the fewest kinds, then the one with most room, then the first.
    """
    assert instance.woningen is not None  # noqa: S101  (only who needs a dwelling can lack one)
    where = _where(facts, asked, _binding_places(asked, eisen), parameters["gronden/straal_km"])
    sentences = []
    for k in np.flatnonzero(instance.woningen.nodig[asked.row]):
        kind = kind_in_words(instance.woningen.soorten[k])
        there, free = (int(n[asked.allowed, k].sum()) for n in (instance.woningen.vrij, left))
        if free < 1:
            sentences.append(f"{where} is geen {kind} vrij: {there} in deze ronde, {there - free} voor anderen.")
        else:
            sentences.append(f"{where}: waar een {kind} vrij is ({free}), is geen plek voor {people(asked.size)}.")
    lacking = (left < instance.woningen.nodig[asked.row]).sum(axis=1)
    candidates = np.flatnonzero(asked.allowed & (asked.rest >= asked.size))
    g = int(candidates[np.lexsort((-asked.rest[candidates], lacking[candidates]))[0]])
    missing = np.flatnonzero(left[g] < instance.woningen.nodig[asked.row])
    kinds = " en ".join(f"een {kind_in_words(instance.woningen.soorten[k])}" for k in missing)
    return Shortage("geen_woning", " ".join(sentences), f"Er is plek als {facts.gemeenten.naam[g]} nog {kinds} heeft.")


def _where(facts: Facts, asked: _Question, grounds: Ints, radius_km: float) -> str:
    """Name the municipalities that the household may go to, by the grounds that bind."""
    near = within_radius(facts.km[:, grounds], radius_km)
    binding = near[asked.allowed].all(axis=0)
    if not binding.any():
        return "In de gemeenten die mogen"
    circle = f"innen {plain(radius_km)} km van {named(facts, grounds[binding].tolist())}"
    every = (near[:, binding].all(axis=1) == asked.allowed).all()
    return f"B{circle}" if every else f"In de gemeenten die mogen b{circle}"


def _count(instance: Instance, groups: Openings, asked: _Question) -> str:
    """Say how many places there are for how many people, or that places are left but not together."""
    left = int(asked.rest[asked.allowed].sum())
    if left >= asked.size:
        return f"zijn nog {places(left)} over, maar nergens {dutch(asked.size)} bij elkaar."
    group = groups.which[asked.row]
    inside, persons = groups.closed_set(group), groups.dependent_persons(group)
    capacity = int(instance.opgave[inside].sum())
    if persons > capacity:
        around = " (met de gemeenten waar anderen naartoe kunnen)" if (inside & ~asked.allowed).any() else ""
        alone = "kan" if persons == 1 else "kunnen"
        return f"{are(capacity)} {places(capacity)}{around} voor {people(persons)} die nergens anders naartoe {alone}."
    return f"{are(left)} nog {places(left)} over voor dit huishouden van {people(asked.size)}."


def _one_extra(facts: Facts, asked: _Question, parameters: Parameters) -> str:
    """Name the smallest change that makes room while everybody else stays: one municipality takes more persons.

    Of equals the one with the largest opgave, then the first by code.
    """
    candidates = np.flatnonzero(asked.allowed)
    g = int(candidates[np.lexsort((-facts.opgave[candidates], -asked.rest[candidates]))[0]])
    more, room = people(asked.size - int(asked.rest[g])), room_name(parameters["taakstelling/regime"])
    return _ONE_EXTRA.format(naam=facts.gemeenten.naam[g], meer=more, ruimte=room)
