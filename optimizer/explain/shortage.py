"""Why a household was not linked: which set of municipalities is full, for how many people, and what would help.

The argument is Hall's: start from the municipalities that the household may go to; whoever is linked there could make
room by moving to any municipality open to them, and so on. When that closed set has no room left, its places and
the people who depend on it are the shortage.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optimizer.explain.alternatives import remaining
from optimizer.explain.numbers import dutch, people, places
from optimizer.model import Feiten, Instance

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Tekort:
    """Why one household was not linked (code of ``uitvoer.OORZAKEN``), in numbers, and the smallest change."""

    oorzaak: str
    toelichting: str
    oplossing: str


def closed_set(instance: Instance, gemeente: Ints, start: Bools) -> Bools:
    """Return the municipalities that whoever is linked inside ``start`` could reach by moving on, bool [G]."""
    inside = start.copy()
    while True:
        linked = (gemeente >= 0) & (instance.vastgezet < 0)
        linked[linked] = inside[gemeente[linked]]
        wider = inside | instance.toegestaan[linked].any(axis=0)
        if (wider == inside).all():
            return inside
        inside = wider


def shortages(instance: Instance, feiten: Feiten, gemeente: Ints, radius_km: float) -> dict[int, Tekort]:
    """Explain every household that is not linked, by row."""
    rest = remaining(instance, gemeente)
    sets: dict[bytes, Bools] = {}
    out = {}
    for h in np.flatnonzero(gemeente < 0).tolist():
        key = instance.toegestaan[h].tobytes()
        if key not in sets:
            sets[key] = closed_set(instance, gemeente, instance.toegestaan[h] & (instance.opgave > 0))
        out[h] = _explain(instance, feiten, gemeente, rest, sets[key], h, radius_km)
    return out


def _explain(
    instance: Instance, feiten: Feiten, gemeente: Ints, rest: Ints, inside: Bools, h: int, radius_km: float
) -> Tekort:
    size, allowed = int(instance.personen[h]), instance.toegestaan[h]
    grounds = np.unique(feiten.gronden.gemeente[feiten.gronden.huishouden == h])
    where = _where(feiten, grounds, radius_km)
    if size > instance.opgave.max(initial=0):
        text = f"Het huishouden telt {people(size)}. Geen gemeente heeft nog zo veel plekken."
        return Tekort("te_groot", text, _largest_rest(feiten, instance.opgave, np.ones_like(allowed), size))
    if not allowed.any():
        text = "Alle gemeenten die mogen, zijn voor dit huishouden uitgesloten."
        return Tekort("alles_uitgesloten", text, "Bekijk de uitgesloten gemeenten opnieuw.")
    oorzaak = "geen_plaats_binnen_50km" if grounds.size else "geen_plaats"
    return Tekort(
        oorzaak,
        f"{where} {_count(instance, gemeente, rest, inside, allowed, size)}",
        _largest_rest(feiten, rest, allowed, size),
    )


def _where(feiten: Feiten, grounds: Ints, radius_km: float) -> str:
    if not grounds.size:
        return "In de gemeenten die mogen"
    names = " en ".join(str(feiten.gemeenten.naam[g]) for g in grounds)
    return f"Binnen {dutch(radius_km)} km van {names}"


def _count(instance: Instance, gemeente: Ints, rest: Ints, inside: Bools, allowed: Bools, size: int) -> str:
    """Say how many places there are for how many people, or that places are left but not together."""
    left = int(rest[allowed].sum())
    if left >= size:
        return f"zijn nog {places(left)} over, maar nergens {dutch(size)} bij elkaar."
    depends = ~(instance.toegestaan & ~inside & (instance.opgave > 0)).any(axis=1) & (instance.vastgezet < 0)
    depends &= (gemeente < 0) | inside[gemeente]
    persons = int(instance.personen[depends].sum())
    capacity = int(instance.opgave[inside].sum())
    if persons > capacity:
        around = "" if (inside == allowed).all() else " (met de gemeenten waar anderen naartoe kunnen)"
        return f"zijn {places(capacity)}{around} voor {people(persons)} die nergens anders naartoe kunnen."
    return f"is nog {places(left)} over voor dit huishouden van {people(size)}."


def _largest_rest(feiten: Feiten, rest: Ints, allowed: Bools, size: int) -> str:
    """Name the smallest change that makes room: a municipality that takes a few persons more."""
    candidates = np.where(allowed, rest, np.iinfo(np.int64).min)
    g = int(candidates.argmax())
    more = size - int(rest[g])
    return f"Er is plek als {feiten.gemeenten.naam[g]} {people(more)} meer opneemt dan de opgave."
