"""The term within which the COA links, as a work list: what is late, what is due, and who has to do something."""

import numpy as np
import pandas as pd

from optimizer.domain.besluiten import AKKOORD
from optimizer.domain.uitvoer import WERKLIJST
from optimizer.model import Case

#: Who waits for whom, and for what: a household without a municipality, one that was agreed on, any other.
NO_PLACE, AGREED, PROPOSED = ("coa", "plek_zoeken"), ("coa", "vastleggen"), ("gemeente", "antwoorden")


def work_list(case: Case) -> pd.DataFrame:
    """List every household by the day on which its link must be there, the most urgent first.

    Returns
    -------
    The columns of ``domain.uitvoer.WERKLIJST``; ``dagen`` is negative where the term is over on the peildatum.
    Households with the same day stand in input order.
    """
    facts, to = case.facts, case.answer.gemeente
    last = facts.vergunning + round(7 * case.parameters["termijnen/koppelen_weken"])
    left = last - np.datetime64(case.parameters.peildatum, "D").astype(np.int64)
    codes = np.append(facts.gemeenten.code.astype(object), "")[to]
    agreed = {(b.huishouden_id, b.gemeente) for b in case.batch.besluiten if b.soort == AKKOORD}
    waits = [
        NO_PLACE if not g else AGREED if (str(h), g) in agreed else PROPOSED
        for h, g in zip(facts.huishoudens, codes, strict=True)
    ]
    frame = {
        "huishouden_id": facts.huishoudens,
        "termijn": last.astype("datetime64[D]").astype(str).astype(object),
        "dagen": left,
        "wacht_op": [who for who, _ in waits],
        "gemeente": codes,
        "wat": [what for _, what in waits],
    }
    order = np.argsort(left, kind="stable")
    return pd.DataFrame(frame)[WERKLIJST.names].iloc[order].reset_index(drop=True)
