"""Why a household is proposed for a municipality, in one or two plain Dutch sentences."""

import numpy as np
import numpy.typing as npt

from optimizer.domain.batch import Batch
from optimizer.domain.tables import BLIJFT
from optimizer.explain.told.numbers import dutch, plain
from optimizer.explain.told.places import ground_places, named
from optimizer.model import Facts
from optimizer.policy import Beleid
from optimizer.rules.overeenkomst import agreement_holds

Ints = npt.NDArray[np.int64]

_NO_GROUND = "Geen harde grond. "
_GROUND_IGNORED = "Dit beleid kijkt niet naar harde gronden. "
_BEST = "Deze gemeente past het best in het hele voorstel."
_LOTTERY = "De loting wees deze gemeente aan."
_MOST_ROOM = "Deze gemeente had {waar} de meeste ruimte toen het huishouden aan de beurt was."
_SAME_REGION = " De koppelregio van de opvang blijft gelijk."


def reasons(
    batch: Batch, facts: Facts, beleid: Beleid, gemeente: Ints, km: npt.NDArray[np.float64], radius_km: float
) -> list[str]:
    """Write the reason of each row of the proposal.

    Parameters
    ----------
    batch, facts
        The batch, also as arrays.
    beleid
        The policy.
    gemeente
        Row of the municipality or -1, int64 [H].
    km
        Distance to the farthest hard ground, NaN without one, float64 [H].
    radius_km
        Radius of the rule.
    """
    grounds = ground_places(facts)
    locks = batch.huishoudens["vastgezet_reden"].tolist()
    agreements = agreements_in_words(batch)
    out = []
    for h, g in enumerate(gemeente.tolist()):
        if facts.overeenkomst[h]:
            out.append(
                f"Het huishouden werkt en woont in {facts.gemeenten.naam[g]} en blijft daar. "
                f"{agreements[str(facts.gemeenten.code[g])]}"
            )
        elif facts.vastgezet[h] >= 0:
            out.append(f"Een mens heeft deze gemeente vastgezet: {_sentence(locks[h])}")
        elif g < 0:
            out.append("Nog niet gekoppeld. Zie het overzicht van niet gekoppelde huishoudens.")
        elif h in grounds and beleid.gronden_binden:
            out.append(_ground_reason(facts, grounds[h], g, km[h], radius_km))
        else:
            out.append(_other_reason(facts, beleid, h, g, ignored=h in grounds))
    return out


def agreements_in_words(batch: Batch) -> dict[str, str]:
    """Say of each municipality with an agreement ``blijft`` that holds where that stands, by code."""
    table = batch.bestuursovereenkomsten
    first, last = (table[c].to_numpy("datetime64[D]") for c in ("vanaf", "tot_en_met"))
    holds = agreement_holds(first, last, np.datetime64(batch.peildatum, "D"))
    rows = table[holds & (table["effect"] == BLIJFT).to_numpy(np.bool_)]
    return {
        str(code): f"Dat staat in de bestuursovereenkomst van {first:%d-%m-%Y}{f' ({bron})' if bron else ''}."
        for code, first, bron in zip(rows["gemeente"], rows["vanaf"], rows["bron"], strict=True)
    }


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _ground_reason(facts: Facts, places: list[int], g: int, km: float, radius_km: float) -> str:
    name = facts.gemeenten.naam[g]
    where = named(facts, places)
    if km > radius_km:
        return f"Er is een harde grond in {where}. {name} ligt op {dutch(km, 1)} km, verder dan {plain(radius_km)} km."
    if set(facts.destinations.gemeente[places].tolist()) == {g}:
        return f"Er is een harde grond in {name} zelf."
    return f"Er is een harde grond in {where}. {name} ligt op {dutch(km, 1)} km, dat is binnen {plain(radius_km)} km."


def _other_reason(facts: Facts, beleid: Beleid, h: int, g: int, *, ignored: bool) -> str:
    """Say what chose a municipality where no hard ground did; ``ignored`` tells that there is one all the same."""
    region = facts.gemeenten.koppelregio
    same = region[facts.opvang[h]] == region[g]
    if beleid.methode == "loting":
        return _LOTTERY
    if beleid.methode == "volgorde" and same:
        return _MOST_ROOM.format(waar="in de koppelregio van de opvang")
    if beleid.methode == "volgorde":
        return f"In de koppelregio van de opvang was geen plek meer. {_MOST_ROOM.format(waar='in het land')}"
    return (_GROUND_IGNORED if ignored else _NO_GROUND) + _BEST + (_SAME_REGION if same else "")
