"""Where a household may go, and by which rule each other municipality is closed to it, with what was found and allowed.

Equations (2) to (6b) of docs/method.md, one municipality at a time, with nobody linked but those who are fixed: what
others take in the same round closes nothing, for they can be linked elsewhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from geodata.wording import Sentence
from optimizer.domain.terms import GROUNDS
from optimizer.explain.told.advice import excludes
from optimizer.explain.told.places import kind_in_words
from optimizer.model import Problem
from optimizer.model.admissible import honoured, inside_koppelregio, inside_labour_region

Bools = npt.NDArray[np.bool_]

_FIXED = Sentence("Een mens koos {there}.", "A person chose {there}.")
_STAYS = Sentence(
    "Het huishouden werkt en woont in {there} en blijft daar door een overeenkomst.",
    "The household works and lives in {there} and stays there by an agreement.",
)
_EXCLUDED = Sentence("Een mens sloot {name} uit.", "A person excluded {name}.")
_TOO_FAR = Sentence(
    "{name} ligt {km} km van {place} ({kind}). Het mag hoogstens {radius} km zijn.",
    "{name} lies {km} km from {place} ({kind}). It may be {radius} km at most.",
)
_REGION = Sentence(
    "{name} ligt in de koppelregio ‘{found}’. De opvang ligt in ‘{allowed}’, en dit beleid bindt aan die regio.",
    "{name} lies in the koppelregio ‘{found}’. Reception lies in ‘{allowed}’, and this policy binds that region.",
)
_LABOUR = Sentence(
    "{name} ligt in de arbeidsmarktregio {found}. Het werk ligt in {allowed}, en dit beleid bindt aan die regio.",
    "{name} lies in the labour-market region {found}. The job lies in {allowed}, and this policy binds that region.",
)
_NO_ROOM = Sentence(
    "{name} heeft in deze ronde plek voor {allowed} {allowed:persoon|personen}. Het huishouden telt er {found}.",
    "{name} has room for {allowed} {allowed:person|persons} in this round. The household counts {found}.",
)
_NO_DWELLING = Sentence(
    "Het huishouden heeft een {kind} nodig. {name} heeft er {allowed}.",
    "The household needs a {kind}. {name} has {allowed}.",
)


@dataclass(frozen=True)
class Closed:
    """One rule that closes one municipality to a household.

    Attributes
    ----------
    gemeente
        Row of the municipality.
    regel
        A parameter, or a key of ``rules.parameters.bron.BRONNEN``.
    gevonden, toegestaan
        What is there and what the rule allows: km, persons, dwellings, or the name of a municipality or a region.
    zin
        The same as a sentence.
    """

    gemeente: int
    regel: str
    gevonden: float | str
    toegestaan: float | str
    zin: Sentence

    def shielded(self, text: Callable[[str], str]) -> "Closed":
        """Return the same with a sentence that others may read."""
        return replace(self, zin=Sentence(text(self.zin.nl), text(self.zin.en)))


@dataclass(frozen=True)
class Openness:
    """Where one household may go.

    Attributes
    ----------
    toegestaan
        Municipalities that no rule closes, bool [G].
    gesloten
        Every rule that closes a municipality, by municipality, and within it the rule that comes first first.
    """

    toegestaan: Bools
    gesloten: dict[int, tuple[Closed, ...]]

    def first(self, gemeente: int) -> Closed | None:
        """Return the rule that closes a municipality; None where none does."""
        return next(iter(self.gesloten.get(gemeente, ())), None)


def openness(problem: Problem, household: int) -> Openness:
    """Look where a household (row) may go, and why not elsewhere; municipalities that are no more are left out."""
    facts = problem.facts
    closed: dict[int, list[Closed]] = {g: [] for g in np.flatnonzero(facts.bestaat).tolist()}
    rules = (_fixed,) if facts.vastgezet[household] >= 0 else _RULES
    for rule in rules:
        for one in rule(problem, household):
            if one.gemeente in closed:
                closed[one.gemeente].append(one)
    allowed = np.zeros(facts.opgave.size, dtype=np.bool_)
    allowed[[g for g, found in closed.items() if not found]] = True
    return Openness(allowed, {g: tuple(found) for g, found in closed.items() if found})


def exact_km(km: float, limit: float) -> str:
    """Write km with one decimal, or as many as it takes to see on which side of a limit they lie; decimal point.

    >>> exact_km(63.21, 50.0), exact_km(50.004, 50.0)
    ('63.2', '50.004')
    """
    decimals = next(n for n in (1, 2, 3, 4, 6, 9) if (float(f"{km:.{n}f}") > limit) == (km > limit) or n == 9)
    return f"{km:.{decimals}f}"


def _name(problem: Problem, g: int) -> str:
    return str(problem.facts.gemeenten.naam[g])


def _fixed(problem: Problem, h: int) -> list[Closed]:
    """A lock or an agreement closes every other municipality."""
    facts = problem.facts
    there = int(facts.vastgezet[h])
    agreed = bool(facts.overeenkomst[h])
    zin = (_STAYS if agreed else _FIXED).fill(there=_name(problem, there))
    regel = "overeenkomst" if agreed else "besluit"
    names = facts.gemeenten.naam
    others = [g for g in range(facts.opgave.size) if g != there]
    return [Closed(g, regel, str(names[g]), str(names[there]), zin) for g in others]


def _excluded(problem: Problem, h: int) -> list[Closed]:
    """Equation (5): what a person excluded."""
    out = np.flatnonzero(excludes(problem.facts, h)).tolist()
    return [Closed(g, "besluit", _name(problem, g), "", _EXCLUDED.fill(name=_name(problem, g))) for g in out]


def _too_far(problem: Problem, h: int) -> list[Closed]:
    """Equation (4): beyond the radius of a ground that binds; the farthest is named."""
    if not problem.eisen.gronden_binden or problem.eisen.bij_tekort != "wachten":
        return []
    facts, radius = problem.facts, float(problem.parameters["gronden/straal_km"])
    near, kept = honoured(facts, problem.parameters)
    mine = np.flatnonzero((facts.gronden.huishouden == h) & kept)
    order = list(problem.parameters["gronden/volgorde"])
    out = []
    for g in np.flatnonzero(~near[h]).tolist():
        far = int(mine[facts.km[g, facts.gronden.plek[mine]].argmax()])
        km = float(facts.km[g, facts.gronden.plek[far]])
        told = _TOO_FAR.fill(
            name=_name(problem, g),
            km=_km_said(km, radius),
            place=str(facts.destinations.naam[facts.gronden.plek[far]]),
            kind=GROUNDS[order[facts.gronden.soort[far]]],
            radius=radius,
        )
        out.append(Closed(g, "gronden/straal_km", km, radius, told))
    return out


def _km_said(km: float, limit: float) -> Sentence:
    written = exact_km(km, limit)
    return Sentence(written.replace(".", ","), written)


def _outside_region(problem: Problem, h: int) -> list[Closed]:
    """Equation (6a): another koppelregio than that of reception."""
    rule, region = problem.eisen.koppelregio, problem.facts.gemeenten.koppelregio
    if rule not in {"binden", "alleen_met_grond"}:
        return []
    open_to = inside_koppelregio(problem.facts, grounds_open=rule == "alleen_met_grond")[h]
    here = str(region[problem.facts.opvang[h]])
    return [_in_words(problem, g, "koppelregio/binding", str(region[g]), here, _REGION) for g in _not(open_to)]


def _outside_labour_region(problem: Problem, h: int) -> list[Closed]:
    """Equation (6b): another labour-market region than that of the job with most hours."""
    if not problem.eisen.arbeidsmarktregio_bindt:
        return []
    open_to = inside_labour_region(problem.facts)[h]
    names = problem.facts.gemeenten.arbeidsmarktregio_naam
    here = str(names[open_to][0]) if open_to.any() else ""
    return [_in_words(problem, g, "beleid", str(names[g]), here, _LABOUR) for g in _not(open_to)]


def _too_full(problem: Problem, h: int) -> list[Closed]:
    """Equation (2): less room than the household counts, beside those who are fixed."""
    size, room = int(problem.instance.personen[h]), problem.instance.opgave
    capacity = problem.parameters["taakstelling/regime"] == "capaciteit"
    regel = "taakstelling/regime" if capacity else "opgave"
    return [_in_words(problem, g, regel, size, int(room[g]), _NO_ROOM) for g in np.flatnonzero(room < size).tolist()]


def _no_dwelling(problem: Problem, h: int) -> list[Closed]:
    """Equation (2b): none of a special dwelling that the household needs, beside those who are fixed."""
    dwellings = problem.instance.woningen
    if dwellings is None:
        return []
    out = []
    for k in np.flatnonzero(dwellings.nodig[h]).tolist():
        kind = kind_in_words(dwellings.soorten[k])
        for g in np.flatnonzero(dwellings.vrij[:, k] < 1).tolist():
            free = int(dwellings.vrij[g, k])
            zin = _NO_DWELLING.fill(name=_name(problem, g), kind=kind, allowed=free)
            out.append(Closed(g, "woningen", 1, free, zin))
    return out


def _in_words(problem: Problem, g: int, regel: str, found: int | str, allowed: int | str, sentence: Sentence) -> Closed:
    return Closed(g, regel, found, allowed, sentence.fill(name=_name(problem, g), found=found, allowed=allowed))


def _not(open_to: Bools) -> list[int]:
    return [int(g) for g in np.flatnonzero(~open_to)]


#: In the order in which a person would check them: a decision, then the grounds, the regions, the room.
_RULES: tuple[Callable[[Problem, int], list[Closed]], ...] = (
    _excluded,
    _too_far,
    _outside_region,
    _outside_labour_region,
    _too_full,
    _no_dwelling,
)
