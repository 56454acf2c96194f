"""Agreements with municipalities (effect ``blijft``): who stays where they work and live."""

import numpy as np

from optimizer.domain.batch import Batch
from optimizer.domain.tables import BLIJFT
from optimizer.model.admissible import honoured, not_excluded
from optimizer.model.feiten import Bools, Feiten, Ints
from optimizer.rules.overeenkomst import agreement_holds, stays
from optimizer.rules.parameters import Parameters
from optimizer.rules.werk import JA


def agreed_gemeenten(batch: Batch, parameters: Parameters, feiten: Feiten) -> Ints:
    """Rows of the municipalities with an agreement ``blijft`` that holds on the peildatum."""
    table = batch.bestuursovereenkomsten
    first, last = (table[c].to_numpy("datetime64[D]") for c in ("vanaf", "tot_en_met"))
    holds = agreement_holds(first, last, np.datetime64(parameters.peildatum, "D"))
    codes = table["gemeente"][holds & (table["effect"] == BLIJFT).to_numpy(np.bool_)]
    return feiten.gemeenten.rows(codes.tolist())


def with_agreements(batch: Batch, feiten: Feiten, parameters: Parameters) -> Feiten:
    """Fix the households that an agreement lets stay; without agreements the facts are as they were."""
    agreed = np.isin(feiten.opvang, agreed_gemeenten(batch, parameters, feiten))
    if not agreed.any():
        return feiten
    here = (np.arange(feiten.personen.size), feiten.opvang)
    kept = stays(
        agreed,
        _works_at_reception(feiten),
        (feiten.vastgezet >= 0) | ~not_excluded(feiten)[here],
        ~honoured(feiten, parameters)[0][here],
    )
    return feiten.replace(vastgezet=np.where(kept, feiten.opvang, feiten.vastgezet), overeenkomst=kept)


def _works_at_reception(feiten: Feiten) -> Bools:
    b = feiten.banen
    there = b.bekend & (b.hard == JA) & (b.gemeente == feiten.opvang[b.huishouden])
    return np.bincount(b.huishouden[there], minlength=feiten.personen.size) > 0
