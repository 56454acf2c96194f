"""An alternative names another municipality, and one that is allowed."""

import numpy as np

from optimizer.verify.case import Case
from optimizer.verify.cells import texts
from optimizer.verify.codes import label
from optimizer.verify.households import NONE, Ints, Texts
from optimizer.verify.links import UNREADABLE, resolve_rows
from optimizer.verify.oordeel import Bevinding

COLUMNS = ("alternatief_1", "alternatief_2", "alternatief_3")


def alternatives(case: Case) -> list[Bevinding]:
    """Every alternative begins with the code of a municipality that is not ruled out and is not the proposal itself."""
    judged = np.flatnonzero(case.links.readable)
    found: list[Bevinding] = []
    for column in COLUMNS:
        if column in case.voorstel.columns:
            found += _judge_column(case, judged, texts(case.voorstel[column])[case.links.row[judged]])
    return found


def _judge_column(case: Case, judged: Ints, written: Texts) -> list[Bevinding]:
    first_word = np.array([text.partition(" ")[0] for text in written.tolist()], dtype=object)
    gemeente = resolve_rows(first_word)
    unknown = gemeente == UNREADABLE
    excluded = case.households.is_excluded(judged, gemeente)
    same = (gemeente == case.links.gemeente[judged]) & (gemeente != NONE)
    names = [label(code) for code in case.codes(np.where(unknown, NONE, gemeente))]
    return [
        *(case.finding("alternatief_onbekend", judged[i], str(written[i])) for i in np.flatnonzero(unknown)),
        *(case.finding("alternatief_uitgesloten", judged[i], names[i]) for i in np.flatnonzero(excluded)),
        *(case.finding("alternatief_is_voorstel", judged[i], names[i]) for i in np.flatnonzero(same)),
    ]
