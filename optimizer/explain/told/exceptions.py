"""Exceptions: links that a person or a shortage took outside the rule, each with its reason."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from optimizer.domain import uitvoer
from optimizer.explain.told.numbers import are, dutch, people, plain
from optimizer.explain.told.places import ground_places, kind_in_words, named
from optimizer.model import Facts
from optimizer.model.admissible import honoured
from optimizer.policy import Beleid
from optimizer.rules.opgave import room_name
from optimizer.rules.parameters import Parameters

Ints = npt.NDArray[np.int64]
Rows = list[tuple[int, str, str]]
Places = dict[int, list[int]]

#: Why a policy left the koppelregio of reception where no hard ground was the reason.
_OTHER_REGION = {
    "loting": "De loting wees deze gemeente aan.",
    "volgorde": "In de koppelregio van de opvang was geen plek meer.",
    "optimaal": "Die gemeente past beter in het hele voorstel.",
}


def exceptions(facts: Facts, gemeente: Ints, beleid: Beleid, parameters: Parameters) -> pd.DataFrame:
    """List every exception of a proposal, in order of household and kind.

    A policy without opgave exceeds none.
    """
    allowed, compatible = honoured(facts, parameters)
    places, linked = ground_places(facts), gemeente >= 0
    within = linked & allowed[np.arange(gemeente.size), gemeente]
    rows: Rows = [
        *_locked_outside(facts, gemeente, places, within, parameters),
        *(_fixed_over_opgave(facts, gemeente, parameters) if beleid.opgave_geldt else []),
        *(_fixed_over_dwellings(facts, gemeente) if beleid.opgave_geldt else []),
        *_incompatible(facts, places, compatible, parameters),
        *_no_room_inside(facts, gemeente, places, linked & ~within & (facts.vastgezet < 0), parameters),
        *_other_region(facts, gemeente, places, beleid, parameters),
    ]
    rows.sort(key=lambda row: (row[0], uitvoer.UITZONDERINGEN.index(row[1])))
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
    km = plain(parameters["gronden/straal_km"])
    return [
        (
            h,
            "vastgezet_buiten_straal",
            f"Een mens heeft {facts.gemeenten.naam[gemeente[h]]} vastgezet. Dat ligt verder dan {km} km van "
            f"{named(facts, places[h])}.",
        )
        for h in rows.tolist()
    ]


def _fixed_over_opgave(facts: Facts, gemeente: Ints, parameters: Parameters) -> Rows:
    locked = facts.vastgezet >= 0
    used = np.bincount(gemeente[locked], weights=facts.personen[locked], minlength=facts.opgave.size)
    rows = np.flatnonzero(locked & (used > facts.opgave)[gemeente])
    room = room_name(parameters["taakstelling/regime"])
    return [
        (
            h,
            "overeenkomst_boven_opgave" if facts.overeenkomst[h] else "vastgezet_boven_opgave",
            ("Het huishouden blijft hier door een overeenkomst. " if facts.overeenkomst[h] else "")
            + f"In {facts.gemeenten.naam[gemeente[h]]} {are(int(used[gemeente[h]]))} "
            f"{people(int(used[gemeente[h]]))} vastgezet. De {room} is "
            f"{dutch(int(facts.opgave[gemeente[h]]))}.",
        )
        for h in rows.tolist()
    ]


def _fixed_over_dwellings(facts: Facts, gemeente: Ints) -> Rows:
    """Name fixed households that need a special dwelling of which there are too few for those fixed there."""
    fixed, w = np.flatnonzero(facts.vastgezet >= 0), facts.woningen
    used = w.used_by(fixed, gemeente[fixed])
    short = (used > w.vrij)[gemeente] & (w.nodig > 0) & (facts.vastgezet >= 0)[:, None]
    return [
        (
            h,
            "vast_boven_woningen",
            " ".join(
                f"In {facts.gemeenten.naam[gemeente[h]]} is van de soort {kind_in_words(w.soorten[k])} "
                f"{used[gemeente[h], k]} keer nodig voor wie vaststaat. "
                f"Er {are(int(w.vrij[gemeente[h], k]))} er {w.vrij[gemeente[h], k]}."
                for k in np.flatnonzero(short[h])
            ),
        )
        for h in np.flatnonzero(short.any(axis=1)).tolist()
    ]


def _incompatible(facts: Facts, places: Places, compatible: npt.NDArray[np.bool_], parameters: Parameters) -> Rows:
    km = plain(parameters["gronden/straal_km"])
    return [
        (
            h,
            "gronden_onverenigbaar",
            f"Geen gemeente ligt binnen {km} km van {named(facts, places[h])} tegelijk. Zo veel mogelijk gronden "
            f"tellen, in de volgorde {', '.join(parameters['gronden/volgorde'])}.",
        )
        for h in np.flatnonzero(~compatible).tolist()
    ]


def _no_room_inside(
    facts: Facts, gemeente: Ints, places: Places, outside: npt.NDArray[np.bool_], parameters: Parameters
) -> Rows:
    km = plain(parameters["gronden/straal_km"])
    return [
        (
            h,
            "geen_plaats_binnen_50km",
            f"{facts.gemeenten.naam[gemeente[h]]} ligt verder dan {km} km van {named(facts, places[h])}.",
        )
        for h in np.flatnonzero(outside).tolist()
    ]


def _ground(facts: Facts, places: list[int]) -> str:
    return f"De harde grond ligt in {named(facts, places)}."


def _other_region(facts: Facts, gemeente: Ints, places: Places, beleid: Beleid, parameters: Parameters) -> Rows:
    if parameters["koppelregio/binding"] == "vrij":
        return []
    region = facts.gemeenten.koppelregio
    crossing = (gemeente >= 0) & (facts.vastgezet < 0) & (region[facts.opvang] != region[gemeente])
    because_of_ground = (facts.heeft_grond & beleid.gronden_binden).tolist()
    return [
        (
            h,
            "buiten_koppelregio",
            f"De opvang ligt in {region[facts.opvang[h]]}, {facts.gemeenten.naam[gemeente[h]]} in "
            f"{region[gemeente[h]]}. "
            + (
                f"De harde grond ligt in {named(facts, places[h])}."
                if because_of_ground[h]
                else _OTHER_REGION[beleid.methode]
            ),
        )
        for h in np.flatnonzero(crossing).tolist()
    ]
