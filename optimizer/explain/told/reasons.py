"""Why a household is proposed for a municipality, in one or two plain sentences."""

from collections.abc import Sequence

import numpy as np

from geodata.wording import Sentence, enumerate_words, joined
from optimizer.domain.batch import Batch
from optimizer.domain.tables import BLIJFT
from optimizer.explain.told.places import AND, ground_places, named
from optimizer.model import Case, Facts
from optimizer.policy import Beleid
from optimizer.rules.overeenkomst import agreement_holds

_STAYS = Sentence(
    "Het huishouden werkt en woont in {name} en blijft daar. {agreement}",
    "The household works and lives in {name} and stays there. {agreement}",
)
_AGREEMENT = Sentence(
    "Dat staat in de bestuursovereenkomst van {first}{source}.",
    "So says the agreement with the COA of {first}{source}.",
)
_LOCKED = Sentence("Een mens heeft deze gemeente vastgezet: {reason}", "A person fixed this municipality: {reason}")
_WAITS = Sentence(
    "Nog niet gekoppeld. Zie het overzicht van niet gekoppelde huishoudens.",
    "Not linked yet. See the list of households that are not linked.",
)
_HERE = Sentence("Er is een harde grond in {name} zelf.", "There is a hard ground in {name} itself.")
_GROUND = Sentence(
    "Er is een harde grond in {where}. {name} ligt op {km}.",
    "There is a hard ground in {where}. {name} lies at {km}.",
)
_WITHIN = Sentence("{km:1} km, dat is binnen {radius} km", "{km:1} km, which is within {radius} km")
_BEYOND = Sentence("{km:1} km, verder dan {radius} km", "{km:1} km, farther than {radius} km")
_ALL_WITHIN = Sentence("{list} (binnen {radius} km)", "{list} (within {radius} km)")
_ALL_BEYOND = Sentence("{list} (verder dan {radius} km)", "{list} (farther than {radius} km)")
_BOTH = Sentence("{near} en op {far}", "{near} and at {far}")
_OF = Sentence("{km:1} km van {place}", "{km:1} km from {place}")
_KEPT = Sentence(
    "Het voorstel houdt zich aan {n:de grond|de gronden} in {near}, niet aan {m:de grond|de gronden} in {far}.",
    "The proposal keeps the {n:ground|grounds} in {near}, not the {m:ground|grounds} in {far}.",
)
#: What whoever may read nothing about others reads instead of what turned the scale.
_BEST = Sentence(
    "Deze gemeente past het best in het hele voorstel.", "This municipality fits best in the proposal as a whole."
)
_NO_GROUND = Sentence("Geen harde grond.", "No hard ground.")
_GROUND_IGNORED = Sentence("Dit beleid kijkt niet naar harde gronden.", "This policy does not look at hard grounds.")
_SAME_REGION = Sentence("De koppelregio van de opvang blijft gelijk.", "The koppelregio of reception stays the same.")
_LOTTERY = Sentence("De loting wees deze gemeente aan.", "The lottery chose this municipality.")
_MOST_JOBS = Sentence(
    "Hier behoudt het huishouden naar verwachting het meeste werk van de gemeenten met plek toen het aan de beurt was.",
    "Of the municipalities with room when it was its turn, the household is expected to keep most work here.",
)
_NEAREST = Sentence(
    "Deze gemeente lag het dichtst bij de opvang van de gemeenten met plek toen het huishouden aan de beurt was.",
    "Of the municipalities with room when it was the turn of the household, this one lay nearest to reception.",
)
_MOST_ROOM_REGION = Sentence(
    "Deze gemeente had in de koppelregio van de opvang de meeste ruimte toen het huishouden aan de beurt was.",
    "This municipality had most room in the koppelregio of reception when it was the turn of the household.",
)
_MOST_ROOM = joined(
    (
        Sentence(
            "In de koppelregio van de opvang was geen plek meer.", "No place was left in the koppelregio of reception."
        ),
        Sentence(
            "Deze gemeente had in het land de meeste ruimte toen het huishouden aan de beurt was.",
            "This municipality had most room in the country when it was the turn of the household.",
        ),
    )
)


def reasons(case: Case, turned: Sequence[Sentence | None]) -> list[Sentence]:
    """Write the reason of each row of the proposal.

    Parameters
    ----------
    turned
        What turned the scale for each household (`decided`); None leaves that out.
    """
    batch, facts, beleid = case.batch, case.facts, case.beleid
    radius_km = float(case.parameters["gronden/straal_km"])
    grounds = ground_places(facts)
    locks = batch.huishoudens["vastgezet_reden"].tolist()
    agreements = agreements_in_words(batch)
    out = []
    for h, g in enumerate(case.answer.gemeente.tolist()):
        if facts.overeenkomst[h]:
            told = agreements[str(facts.gemeenten.code[g])]
            out.append(_STAYS.fill(name=str(facts.gemeenten.naam[g]), agreement=told))
        elif facts.vastgezet[h] >= 0:
            out.append(_LOCKED.fill(reason=_closed(locks[h])))
        elif g < 0:
            out.append(_WAITS)
        elif h in grounds and beleid.gronden_binden:
            out.append(_said([_ground_reason(facts, grounds[h], g, radius_km), turned[h]]))
        else:
            out.append(_other_reason(facts, beleid, h, g, turned[h], ignored=h in grounds))
    return out


def _said(parts: Sequence[Sentence | None]) -> Sentence:
    return joined([part for part in parts if part is not None])


def agreements_in_words(batch: Batch) -> dict[str, Sentence]:
    """Say of each municipality with an agreement ``blijft`` that holds where that stands, by code."""
    table = batch.bestuursovereenkomsten
    first, last = (table[c].to_numpy("datetime64[D]") for c in ("vanaf", "tot_en_met"))
    holds = agreement_holds(first, last, np.datetime64(batch.peildatum, "D"))
    rows = table[holds & (table["effect"] == BLIJFT).to_numpy(np.bool_)]
    return {
        str(code): _AGREEMENT.fill(first=first.date(), source=f" ({bron})" if bron else "")
        for code, first, bron in zip(rows["gemeente"], rows["vanaf"], rows["bron"], strict=True)
    }


def _closed(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _ground_reason(facts: Facts, places: list[int], g: int, radius_km: float) -> Sentence:
    """Name the grounds, and how far the municipality lies from each: which it honours, and which it does not."""
    name = str(facts.gemeenten.naam[g])
    if set(facts.destinations.gemeente[places].tolist()) == {g}:
        return _HERE.fill(name=name)
    km = facts.km[g, places]
    near, far = ([p for p, inside in zip(places, km <= radius_km, strict=True) if inside == side] for side in (1, 0))
    if len(dict.fromkeys(facts.destinations.naam[places].tolist())) == 1:
        told = (_BEYOND if far else _WITHIN).fill(km=float(km.max()), radius=radius_km)
    else:
        parts = [
            said.fill(list=_distances(facts, g, of), radius=radius_km)
            for said, of in ((_ALL_WITHIN, near), (_ALL_BEYOND, far))
            if of
        ]
        told = parts[0] if len(parts) == 1 else _BOTH.fill(near=parts[0], far=parts[1])
    said = _GROUND.fill(where=named(facts, places), name=name, km=told)
    return joined([said, _kept(facts, near, far)]) if near and far else said


def _kept(facts: Facts, near: list[int], far: list[int]) -> Sentence:
    """Say which of some grounds the proposal keeps."""
    n, m = (len(set(facts.destinations.naam[places].tolist())) for places in (near, far))
    return _KEPT.fill(near=named(facts, near), far=named(facts, far), n=n, m=m)


def _distances(facts: Facts, g: int, places: list[int]) -> Sentence:
    """Say how far a municipality lies from each of some places: ``20,3 km van Breda en 31,0 km van Ede``."""
    km = dict(zip(facts.destinations.naam[places].tolist(), facts.km[g, places].tolist(), strict=True))
    return enumerate_words([_OF.fill(km=far, place=str(name)) for name, far in km.items()], AND)


def _other_reason(facts: Facts, beleid: Beleid, h: int, g: int, turned: Sentence | None, *, ignored: bool) -> Sentence:
    """Say what chose a municipality where no hard ground did; ``ignored`` tells that there is one all the same."""
    region = facts.gemeenten.koppelregio
    same = bool(region[facts.opvang[h]] == region[g])
    if beleid.methode == "loting":
        return _LOTTERY
    if beleid.methode == "volgorde" and beleid.let_op_banen and h in set(facts.banen.huishouden[facts.banen.bekend]):
        return _MOST_JOBS
    if beleid.methode == "volgorde" and beleid.let_op_opvang:
        return _NEAREST
    if beleid.methode == "volgorde":
        return _MOST_ROOM_REGION if same else _MOST_ROOM
    return _said([_GROUND_IGNORED if ignored else _NO_GROUND, turned or _BEST, _SAME_REGION if same else None])
