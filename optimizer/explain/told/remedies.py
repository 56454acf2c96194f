"""The smallest change of one kind that gives a waiting household a place, while everybody else stays where they are."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.buren import neighbours
from optimizer.domain.eisen import Eisen
from optimizer.explain.told.advice import Left, excludes
from optimizer.model import Facts
from optimizer.model.admissible import inside_koppelregio, inside_labour_region
from optimizer.rules.gronden import reachable, within_radius
from optimizer.rules.parameters import Parameters

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Plekken:
    """More places in one municipality (row): how many, and how many are needed at least if others may move on too."""

    gemeente: int
    aantal: int
    minst: int


@dataclass(frozen=True)
class Ruil:
    """A swap between neighbours that keeps the sum: ``naar`` takes so many persons of the opgave of ``van`` (rows)."""

    naar: int
    van: int
    aantal: int


@dataclass(frozen=True)
class Straal:
    """A wider radius for this household alone, in km, and the municipality (row) where there is room then."""

    gemeente: int
    km: float


@dataclass(frozen=True)
class Middelen:
    """One change of each kind; None where no change of that kind helps."""

    plekken: Plekken | None = None
    ruil: Ruil | None = None
    straal: Straal | None = None


def more_places(facts: Facts, household: int, allowed: Bools, left: Left, least: int) -> Plekken | None:
    """Return where the fewest places are missing; of equals where an opgave is, then most room, then the first by code.

    Parameters
    ----------
    household
        Row of the household.
    allowed
        Municipalities that it may go to, bool [G]; one without the dwelling that it needs is passed by.
    left
        What the answer leaves.
    least
        Places that are needed at least, whoever moves.
    """
    where = np.flatnonzero(allowed & _housed(facts, household, left))
    missing = np.maximum(0, facts.personen[household] - left.persons[where])
    if not where.size or missing.min() == 0:
        return None
    best = np.lexsort((-facts.opgave[where], -left.persons[where], facts.opgave[where] == 0, missing))[0]
    return Plekken(int(where[best]), int(missing[best]), least)


def swap(facts: Facts, household: int, allowed: Bools, left: Left, parameters: Parameters) -> Ruil | None:
    """Return the smallest swap: a neighbour hands over part of an opgave that this proposal leaves unused.

    Of equals the taker with an opgave, then with most room, then by code; the giver with most left, then by code.
    """
    near = neighbours(parameters.peildatum)
    missing = np.maximum(0, facts.personen[household] - left.persons)
    found: list[tuple[int, bool, int, int, int, int]] = []
    for g in np.flatnonzero(allowed & _housed(facts, household, left) & (missing > 0)).tolist():
        givers = np.flatnonzero(near[g] & (left.persons >= missing[g]))
        if givers.size:
            giver = int(givers[np.argmax(left.persons[givers])])
            key = (int(missing[g]), bool(facts.opgave[g] == 0), -int(left.persons[g]), -int(left.persons[giver]))
            found.append((*key, g, giver))
    if not found:
        return None
    aantal, _, _, _, g, giver = min(found)
    return Ruil(g, giver, aantal)


def wider_radius(facts: Facts, household: int, eisen: Eisen, left: Left, parameters: Parameters) -> Straal | None:
    """Return the smallest radius with which the household has a place, the grounds taken as equation (4) takes them."""
    mine = np.flatnonzero(facts.gronden.huishouden == household)
    if not mine.size or not eisen.gronden_binden or eisen.bij_tekort != "wachten":
        return None
    km = facts.km[:, facts.gronden.plek[mine]].T
    fits = _housed(facts, household, left) & facts.bestaat
    if eisen.opgave_geldt:
        fits &= left.persons >= facts.personen[household]
    fits &= ~excludes(facts, household)
    if eisen.koppelregio in {"binden", "alleen_met_grond"}:
        fits &= inside_koppelregio(facts, grounds_open=eisen.koppelregio == "alleen_met_grond")[household]
    if eisen.arbeidsmarktregio_bindt:
        fits &= inside_labour_region(facts)[household]
    if not fits.any():
        return None
    radius = float(parameters["gronden/straal_km"])
    if _within(km, radius)[1].all():  # all grounds go together, and do so with any wider radius
        far = np.where(fits, km.max(axis=0), np.inf)
        g = int(far.argmin())
        return Straal(g, float(far[g])) if radius < far[g] < np.inf else None
    for wider in np.unique(km[km > radius]).tolist():
        found = np.flatnonzero(_within(km, wider)[0] & fits)
        if found.size:
            return Straal(int(found[0]), float(wider))
    return None


def _within(km: Floats, radius: float) -> tuple[Bools, Bools]:
    """Return where the grounds of one household (km [grounds, G]) are honoured, and which of them bind."""
    pairs, kept = reachable(np.zeros(len(km), dtype=np.int64), within_radius(km, radius), 1)
    return pairs[0], kept


def _housed(facts: Facts, household: int, left: Left) -> Bools:
    """Tell where every special dwelling that a household needs is left, bool [G]."""
    need = facts.woningen.nodig[household]
    return np.asarray(((left.dwellings >= need) | (need == 0)).all(axis=1), dtype=np.bool_)
