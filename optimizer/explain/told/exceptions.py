"""Exceptions: links that a person or a shortage took outside the rule, each with its reason, the most urgent first."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.wording import Sentence, joined
from optimizer.domain import uitvoer
from optimizer.domain.terms import GROUNDS, ROOM
from optimizer.explain.told.places import ground_places, kind_in_words, named
from optimizer.model import Facts
from optimizer.model.admissible import compatible, honoured
from optimizer.policy import Beleid
from optimizer.rules.parameters import Parameters

Ints = npt.NDArray[np.int64]
Rows = list[tuple[int, str, Sentence]]
Places = dict[int, list[int]]

_LOCKED_OUTSIDE = Sentence(
    "Een mens heeft {name} vastgezet. Dat ligt verder dan {km} km van {places}.",
    "A person fixed {name}. That lies farther than {km} km from {places}.",
)
_STAYS = Sentence("Het huishouden blijft hier door een overeenkomst.", "The household stays here by an agreement.")
_OVER_OPGAVE = Sentence(
    "In {name} {n:is|zijn} {n} {n:persoon|personen} vastgezet. De {room} is {opgave}.",
    "In {name} {n} {n:person is|persons are} fixed. The {room} is {opgave}.",
)
_OVER_DWELLINGS = Sentence(
    "In {name} is van de soort {kind} {n} keer nodig voor wie vaststaat. Er {free:is|zijn} er {free}.",
    "In {name} whoever is fixed needs {n} of the kind {kind}. There {free:is|are} {free}.",
)
_APART = Sentence(
    "Geen gemeente ligt binnen {km} km van {places} tegelijk. Zo veel mogelijk gronden tellen, in de volgorde {order}.",
    "No municipality lies within {km} km of {places} at once. As many grounds as possible count, in the order {order}.",
)
_FARTHER = Sentence("{name} ligt verder dan {km} km van {places}.", "{name} lies farther than {km} km from {places}.")


def exceptions(facts: Facts, gemeente: Ints, beleid: Beleid, parameters: Parameters) -> pd.DataFrame:
    """List every exception of a proposal, the most urgent first; each explanation is a `Sentence`.

    Households whose term for linking has passed come first, then the kinds in the order of `uitvoer.UITZONDERINGEN`,
    then who waits longest, then the order of the input. A policy without opgave exceeds none.
    """
    allowed, kept = honoured(facts, parameters)
    places, linked = ground_places(facts), gemeente >= 0
    within = linked & allowed[np.arange(gemeente.size), gemeente]
    rows: Rows = [
        *_locked_outside(facts, gemeente, places, within, parameters),
        *(_fixed_over_opgave(facts, gemeente, parameters) if beleid.opgave_geldt else []),
        *(_fixed_over_dwellings(facts, gemeente) if beleid.opgave_geldt else []),
        *_incompatible(facts, places, compatible(facts, kept), parameters),
        *_no_room_inside(facts, gemeente, places, linked & ~within & (facts.vastgezet < 0), parameters),
    ]
    days = np.datetime64(parameters.peildatum, "D").astype(np.int64) - facts.vergunning
    late = days >= 7 * parameters["termijnen/koppelen_weken"]
    rows.sort(key=lambda row: (not late[row[0]], uitvoer.UITZONDERINGEN.index(row[1]), -days[row[0]], row[0]))
    frame = {
        "huishouden_id": [facts.huishoudens[h] for h, _, _ in rows],
        "soort": [kind for _, kind, _ in rows],
        "toelichting": [text for _, _, text in rows],
    }
    return pd.DataFrame(frame, dtype=object)[uitvoer.UITZONDERING.names]


def _locked_outside(
    facts: Facts, gemeente: Ints, places: Places, within: npt.NDArray[np.bool_], parameters: Parameters
) -> Rows:
    rows = np.flatnonzero((facts.vastgezet >= 0) & facts.heeft_grond & ~within)
    km = parameters["gronden/straal_km"]
    return [
        (
            h,
            "vastgezet_buiten_straal",
            _LOCKED_OUTSIDE.fill(name=_name(facts, gemeente[h]), km=km, places=named(facts, places[h])),
        )
        for h in rows.tolist()
    ]


def _fixed_over_opgave(facts: Facts, gemeente: Ints, parameters: Parameters) -> Rows:
    locked = facts.vastgezet >= 0
    used = np.bincount(gemeente[locked], weights=facts.personen[locked], minlength=facts.opgave.size).astype(np.int64)
    found: Rows = []
    for h in np.flatnonzero(locked & (used > facts.opgave)[gemeente]).tolist():
        g = gemeente[h]
        told = _OVER_OPGAVE.fill(
            name=_name(facts, g),
            n=int(used[g]),
            opgave=int(facts.opgave[g]),
            room=ROOM[parameters["taakstelling/regime"]],
        )
        if facts.overeenkomst[h]:
            found.append((h, "overeenkomst_boven_opgave", joined([_STAYS, told])))
        else:
            found.append((h, "vastgezet_boven_opgave", told))
    return found


def _fixed_over_dwellings(facts: Facts, gemeente: Ints) -> Rows:
    """Name fixed households that need a special dwelling of which there are too few for those fixed there."""
    fixed, w = np.flatnonzero(facts.vastgezet >= 0), facts.woningen
    used = w.used_by(fixed, gemeente[fixed])
    short = (used > w.vrij)[gemeente] & (w.nodig > 0) & (facts.vastgezet >= 0)[:, None]
    found: Rows = []
    for h in np.flatnonzero(short.any(axis=1)).tolist():
        g = gemeente[h]
        told = [
            _OVER_DWELLINGS.fill(
                name=_name(facts, g), kind=kind_in_words(w.soorten[k]), n=int(used[g, k]), free=int(w.vrij[g, k])
            )
            for k in np.flatnonzero(short[h])
        ]
        found.append((h, "vast_boven_woningen", joined(told)))
    return found


def _incompatible(facts: Facts, places: Places, together: npt.NDArray[np.bool_], parameters: Parameters) -> Rows:
    order = joined([GROUNDS[kind] for kind in parameters["gronden/volgorde"]], ", ")
    km = parameters["gronden/straal_km"]
    return [
        (h, "gronden_onverenigbaar", _APART.fill(km=km, places=named(facts, places[h]), order=order))
        for h in np.flatnonzero(~together).tolist()
    ]


def _no_room_inside(
    facts: Facts, gemeente: Ints, places: Places, outside: npt.NDArray[np.bool_], parameters: Parameters
) -> Rows:
    km = parameters["gronden/straal_km"]
    return [
        (
            h,
            "geen_plaats_binnen_50km",
            _FARTHER.fill(name=_name(facts, gemeente[h]), km=km, places=named(facts, places[h])),
        )
        for h in np.flatnonzero(outside).tolist()
    ]


def _name(facts: Facts, gemeente: np.int64) -> str:
    return str(facts.gemeenten.naam[gemeente])
