"""Agreements with municipalities (effect ``blijft``): who stays where they work and live."""

import numpy as np

from geodata.gemeenten import Gemeenten
from optimizer.domain.batch import Batch
from optimizer.domain.tables import BLIJFT
from optimizer.model.admissible import honoured, not_excluded
from optimizer.model.facts import Bools, Facts, Ints
from optimizer.rules.overeenkomst import agreement_holds, stays
from optimizer.rules.parameters import Parameters
from optimizer.rules.werk import JA


def agreed_gemeenten(batch: Batch, parameters: Parameters, gemeenten: Gemeenten) -> Ints:
    """Rows of the municipalities with an agreement ``blijft`` that holds on the peildatum."""
    table = batch.bestuursovereenkomsten
    first, last = (table[c].to_numpy("datetime64[D]") for c in ("vanaf", "tot_en_met"))
    holds = agreement_holds(first, last, np.datetime64(parameters.peildatum, "D"))
    codes = table["gemeente"][holds & (table["effect"] == BLIJFT).to_numpy(np.bool_)]
    return gemeenten.rows(codes.tolist())


def with_agreements(facts: Facts, parameters: Parameters) -> Facts:
    """Fix the households that an agreement lets stay, beside those that a person locked."""
    agreed = np.isin(facts.opvang, facts.agreed)
    if not agreed.any():
        return facts.replace(vastgezet=facts.locks, overeenkomst=agreed)
    here = (np.arange(facts.personen.size), facts.opvang)
    kept = stays(
        agreed,
        _works_at_reception(facts),
        (facts.locks >= 0) | ~not_excluded(facts)[here],
        ~honoured(facts, parameters)[0][here],
    )
    return facts.replace(vastgezet=np.where(kept, facts.opvang, facts.locks), overeenkomst=kept)


def without_agreements(facts: Facts, parameters: Parameters) -> Facts:
    """Return the facts as they would be without any agreement."""
    return with_agreements(facts.replace(agreed=facts.agreed[:0]), parameters)


def _works_at_reception(facts: Facts) -> Bools:
    b = facts.banen
    there = b.bekend & (b.hard == JA) & (b.gemeente == facts.opvang[b.huishouden])
    return np.bincount(b.huishouden[there], minlength=facts.personen.size) > 0
