"""The table ``niet_gekoppeld``: who waits, and why by the judge's own reckoning."""

from typing import SupportsIndex

import numpy as np
import pandas as pd

from optimizer.verify.admitted import admitted, dwelling_free
from optimizer.verify.case import Case
from optimizer.verify.cells import Form, texts
from optimizer.verify.codes import KOLOMMEN_NIET_GEKOPPELD
from optimizer.verify.dwellings import dwellings_left, dwellings_of
from optimizer.verify.households import NONE, Ints, Texts
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.room import opgave_counts, room_left
from optimizer.verify.run.proofs import proofs
from optimizer.verify.run.sayings import judged_texts
from optimizer.verify.tables import About, Table


def waiting(case: Case) -> Ints:
    """Return the rows of the households that the proposal leaves without a municipality, in input order."""
    return np.flatnonzero(case.links.readable & ~case.links.linked)


def table_niet_gekoppeld(case: Case, written: pd.DataFrame, form: Form) -> list[Bevinding]:
    """Every household that waits stands in the table once, with its size, its cause and nothing untrue."""
    rows = waiting(case)
    ids = case.households.ids[rows]
    right = pd.DataFrame({"aantal_personen": case.households.persons[rows], "oorzaak": causes(case, rows)})
    keys = texts(written["huishouden_id"])
    stands = pd.Index(ids).get_indexer(pd.Index(keys)).astype(np.int64)

    def about(i: SupportsIndex) -> About:
        return {"h": str(ids[i])}

    def unknown(row: SupportsIndex) -> About:
        return {"h": str(keys[row])}

    table = Table(case, "niet_gekoppeld", written, form, right, stands, np.ones(len(ids), dtype=bool), about, unknown)
    found = table.findings([c for c in KOLOMMEN_NIET_GEKOPPELD if c.name in right])
    where = {row: int(rows[i]) for row, i in enumerate(stands.tolist()) if i != NONE}
    for column in ("toelichting", "voorstel_oplossing"):
        found += judged_texts(case, written, column, where, f"niet_gekoppeld_{column}_onjuist")
    return [*found, *proofs(case, written, where)]


def causes(case: Case, rows: Ints) -> Texts:
    """Return why each household waits, text [rows]; the first of these that applies.

    Nothing is open to it: ``alles_uitgesloten`` where exclusions alone see to that, else as below. It is larger than
    the opgave of any municipality: ``te_groot``. There is room for its persons, but nowhere with the special dwelling
    that it needs: ``geen_woning``. Else ``geen_plaats_binnen_50km`` where it waits for a hard ground, and
    ``geen_plaats``.
    """
    open_to, size = admitted(case, rows), case.households.counted[rows]
    none = ~open_to.any(axis=1)
    excluded = none & admitted(case, rows, exclusions=False).any(axis=1)
    dwellings = dwellings_of(case)
    fits = open_to & (room_left(case)[None, :] >= size[:, None])
    housed = fits & dwelling_free(dwellings.needs[rows], dwellings_left(case, dwellings))
    waits = case.eisen is not None and case.eisen.gronden_binden and case.eisen.bij_tekort == "wachten"
    for_ground = case.grounds.has[rows] & (none | waits)
    choices = [
        (excluded, "alles_uitgesloten"),
        (~none & (size > _largest_room(case)), "te_groot"),
        (fits.any(axis=1) & ~housed.any(axis=1), "geen_woning"),
        (for_ground, "geen_plaats_binnen_50km"),
    ]
    return np.select([c for c, _ in choices], [np.array(t, dtype=object) for _, t in choices], "geen_plaats")


def _largest_room(case: Case) -> int:
    """Return the most persons that any municipality is asked to take, whoever is fixed there."""
    if not opgave_counts(case):
        return int(case.households.counted.sum())
    return int(case.households.opgave.max(initial=0))
