"""The table ``koppelregio``: who leaves the koppelregio of reception, from where to where, and why."""

import re
from typing import SupportsIndex

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.verify.bindings import crosses_koppelregio
from optimizer.verify.case import Case
from optimizer.verify.cells import Form, texts
from optimizer.verify.codes import KOLOMMEN_KOPPELREGIO
from optimizer.verify.findings import bevinding, place
from optimizer.verify.households import NONE, Ints
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.run.sayings import judged_texts
from optimizer.verify.run.turned import Turned
from optimizer.verify.tables import About, Table

CODE = "koppelregio_reden_onjuist"
#: What a reason says that is about a hard ground.
_OF_A_GROUND = re.compile("harde grond|hard ground", re.IGNORECASE)


def crossing(case: Case) -> Ints:
    """Return the rows of the households that leave the koppelregio of their reception, in input order."""
    return np.flatnonzero(crosses_koppelregio(case))


def table_koppelregio(case: Case, written: pd.DataFrame, form: Form, weighed: Turned | None = None) -> list[Bevinding]:
    """Every household that leaves its koppelregio stands in the table once, with both regions and a true reason.

    Parameters
    ----------
    weighed
        What turned the scale for each household; None: that is not judged.
    """
    rows, regions = crossing(case), load_gemeenten().koppelregio
    ids = case.households.ids[rows]
    here, there = regions[case.households.reception[rows]], regions[case.links.gemeente[rows]]
    right = pd.DataFrame({"van": here.astype(object), "naar": there.astype(object)})
    keys = texts(written["huishouden_id"])
    stands = pd.Index(ids).get_indexer(pd.Index(keys)).astype(np.int64)

    def about(i: SupportsIndex) -> About:
        return {"h": str(ids[i])}

    def unknown(row: SupportsIndex) -> About:
        return {"h": str(keys[row])}

    table = Table(case, "koppelregio", written, form, right, stands, np.ones(len(ids), dtype=bool), about, unknown)
    found = table.findings([c for c in KOLOMMEN_KOPPELREGIO if c.name in right])
    where = {row: int(rows[i]) for row, i in enumerate(stands.tolist()) if i != NONE}
    return [*found, *_reasons(case, written, where, weighed), *_grounds_named(case, written, where)]


def _reasons(case: Case, written: pd.DataFrame, where: dict[int, int], weighed: Turned | None) -> list[Bevinding]:
    """Where no ground and no person chose, the reason is what turned the scale; the others name what can be true."""
    if weighed is None or "reden" not in written.columns:
        return judged_texts(case, written, "reden", where, CODE)
    binds = case.eisen is None or case.eisen.gronden_binden
    chosen = {row: h for row, h in where.items() if h in weighed.said and not (binds and case.grounds.has[h])}
    cells, found = texts(written["reden"]), []
    for row, h in chosen.items():
        scale = weighed.said[h][0]
        if cells[row] not in scale:
            bestand, rij = place(written, row)
            said = {"h": str(case.households.ids[h]), "gevonden": str(cells[row]), "toegestaan": scale.nl}
            found.append(bevinding(CODE, case.parameters, **said, bestand=bestand, rij=rij))
    others = {row: h for row, h in where.items() if row not in chosen}
    return [*found, *judged_texts(case, written, "reden", others, CODE)]


def _grounds_named(case: Case, written: pd.DataFrame, where: dict[int, int]) -> list[Bevinding]:
    """A household that a hard ground took to another region has every ground named; nobody else has one named."""
    if "reden" not in written.columns:
        return []
    cells, names = texts(written["reden"]), load_gemeenten().naam
    binds = case.eisen is None or case.eisen.gronden_binden
    found = []
    for row, h in where.items():
        grounds = case.grounds.gemeente[case.grounds.household == h] if binds and not case.locked[h] else []
        missing = [str(names[g]) for g in grounds if str(names[g]) not in cells[row]]
        if not cells[row] or (len(grounds) == 0 and _OF_A_GROUND.search(str(cells[row]))):
            missing = missing or ["..."]
        if missing:
            bestand, rij = place(written, row)
            said = {"h": str(case.households.ids[h]), "gevonden": str(cells[row]), "toegestaan": ", ".join(missing)}
            found.append(bevinding(CODE, case.parameters, **said, bestand=bestand, rij=rij))
    return found
