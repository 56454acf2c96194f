"""Links outside the koppelregio of reception: allowed, counted, and each with its reason."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geodata.wording import Sentence
from optimizer.domain import uitvoer
from optimizer.explain.told.places import ground_places, named
from optimizer.model import Case

_LOCKED = Sentence("Een mens koos deze gemeente.", "A person chose this municipality.")
_GROUND_THERE = Sentence("De harde grond ligt in {places}.", "The hard ground lies in {places}.")
#: Why a policy left the koppelregio of reception where neither a person nor a hard ground was the reason.
_WHY = {
    "loting": Sentence("De loting wees deze gemeente aan.", "The lottery chose this municipality."),
    "volgorde": Sentence(
        "In de koppelregio van de opvang was geen plek meer.", "No place was left in the koppelregio of reception."
    ),
}


def crossings(case: Case, turned: Sequence[Sentence | None]) -> pd.DataFrame:
    """List who goes to another koppelregio than that of reception, in order of the input; each reason is a `Sentence`.

    Parameters
    ----------
    turned
        What turned the scale for each household (`decided`); None where nothing was weighed.
    """
    facts, gemeente, beleid = case.facts, case.answer.gemeente, case.beleid
    region, places = facts.gemeenten.koppelregio, ground_places(facts)
    rows = np.flatnonzero((gemeente >= 0) & (region[facts.opvang] != region[gemeente]))

    def why(h: int) -> Sentence:
        if facts.vastgezet[h] >= 0:
            return _LOCKED
        if facts.heeft_grond[h] and beleid.gronden_binden:
            return _GROUND_THERE.fill(places=named(facts, places[h]))
        weighed = turned[h]
        return _WHY[beleid.methode] if weighed is None else weighed

    frame = {
        "huishouden_id": facts.huishoudens[rows],
        "van": region[facts.opvang[rows]].astype(object),
        "naar": region[gemeente[rows]].astype(object),
        "reden": [why(h) for h in rows.tolist()],
    }
    return pd.DataFrame(frame, dtype=object)[uitvoer.KOPPELREGIO.names]
