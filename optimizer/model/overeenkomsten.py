"""Agreements with municipalities (effect ``blijft``): who stays where they work and live."""

import numpy as np

from optimizer.domain.batch import Batch
from optimizer.domain.tables import BLIJFT
from optimizer.model.admissible import honoured, not_excluded
from optimizer.model.facts import Bools, Facts, Ints
from optimizer.rules.overeenkomst import agreement_holds, stays
from optimizer.rules.parameters import Parameters
from optimizer.rules.werk import JA


def agreed_gemeenten(batch: Batch, parameters: Parameters, facts: Facts) -> Ints:
    """Rows of the municipalities with an agreement ``blijft`` that holds on the peildatum."""
    table = batch.bestuursovereenkomsten
    first, last = (table[c].to_numpy("datetime64[D]") for c in ("vanaf", "tot_en_met"))
    holds = agreement_holds(first, last, np.datetime64(parameters.peildatum, "D"))
    codes = table["gemeente"][holds & (table["effect"] == BLIJFT).to_numpy(np.bool_)]
    return facts.gemeenten.rows(codes.tolist())


def with_agreements(batch: Batch, facts: Facts, parameters: Parameters) -> Facts:
    """Fix the households that an agreement lets stay; without agreements the facts are as they were."""
    agreed = np.isin(facts.opvang, agreed_gemeenten(batch, parameters, facts))
    if not agreed.any():
        return facts
    here = (np.arange(facts.personen.size), facts.opvang)
    kept = stays(
        agreed,
        _works_at_reception(facts),
        (facts.vastgezet >= 0) | ~not_excluded(facts)[here],
        ~honoured(facts, parameters)[0][here],
    )
    return facts.replace(vastgezet=np.where(kept, facts.opvang, facts.vastgezet), overeenkomst=kept)


def _works_at_reception(facts: Facts) -> Bools:
    b = facts.banen
    there = b.bekend & (b.hard == JA) & (b.gemeente == facts.opvang[b.huishouden])
    return np.bincount(b.huishouden[there], minlength=facts.personen.size) > 0
