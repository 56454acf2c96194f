"""Why a household is proposed for a municipality, in one or two plain Dutch sentences."""

import numpy as np
import numpy.typing as npt

from optimizer.domain.batch import Batch
from optimizer.explain.numbers import dutch
from optimizer.model import Feiten
from optimizer.policy import Beleid

Ints = npt.NDArray[np.int64]

_METHODS = {
    "loting": "De loting wees deze gemeente aan.",
    "volgorde": "Deze gemeente had de meeste ruimte toen het huishouden aan de beurt was.",
    "optimaal": "Geen harde grond. Deze gemeente past het best in het hele voorstel.",
}


def reasons(
    batch: Batch, feiten: Feiten, beleid: Beleid, gemeente: Ints, km: npt.NDArray[np.float64], radius_km: float
) -> list[str]:
    """Write the reason of each row of the proposal.

    Parameters
    ----------
    batch, feiten
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
    grounds = _grounds(feiten)
    looks = beleid.methode == "optimaal" or beleid.let_op_gronden
    locks = batch.huishoudens["vastgezet_reden"].tolist()
    out = []
    for h, g in enumerate(gemeente.tolist()):
        if feiten.vastgezet[h] >= 0:
            out.append(f"Een mens heeft deze gemeente vastgezet: {_sentence(locks[h])}")
        elif g < 0:
            out.append("Nog niet gekoppeld. Zie het overzicht van niet gekoppelde huishoudens.")
        elif h in grounds and looks:
            out.append(_ground_reason(feiten, grounds[h], g, km[h], radius_km))
        else:
            out.append(_METHODS[beleid.methode] + _region(feiten, h, g))
    return out


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _grounds(feiten: Feiten) -> dict[int, list[int]]:
    """Rows of the municipalities of the grounds of each household, in order of precedence, without doubles."""
    out: dict[int, list[int]] = {}
    for h, g in zip(feiten.gronden.huishouden.tolist(), feiten.gronden.gemeente.tolist(), strict=True):
        places = out.setdefault(h, [])
        if g not in places:
            places.append(g)
    return out


def _ground_reason(feiten: Feiten, places: list[int], g: int, km: float, radius_km: float) -> str:
    name = feiten.gemeenten.naam[g]
    where = " en ".join(str(feiten.gemeenten.naam[p]) for p in places)
    if km > radius_km:
        return f"Er is een harde grond in {where}. {name} ligt op {dutch(km, 1)} km, verder dan {dutch(radius_km)} km."
    if places == [g]:
        return f"Er is een harde grond in {name} zelf."
    return f"Er is een harde grond in {where}. {name} ligt op {dutch(km, 1)} km, dat is binnen {dutch(radius_km)} km."


def _region(feiten: Feiten, h: int, g: int) -> str:
    region = feiten.gemeenten.koppelregio
    return " De koppelregio van de opvang blijft gelijk." if region[feiten.opvang[h]] == region[g] else ""
