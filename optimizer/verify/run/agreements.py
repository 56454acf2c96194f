"""``overeenkomsten.csv``: who belongs to which group, what the written proposal gives them, and the difference."""

from typing import SupportsIndex

import numpy as np
import pandas as pd

from optimizer.domain.uitvoer import OVEREENKOMSTEN, OVEREENKOMSTGROEPEN, OVEREENKOMSTMATEN
from optimizer.verify.agreements import agreed_gemeenten
from optimizer.verify.case import Case
from optimizer.verify.cells import Form, differs, numbers, shown, texts
from optimizer.verify.codes import KOLOMMEN_OVEREENKOMSTEN
from optimizer.verify.households import NONE, Bools, Floats, Ints
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.outcomes import banen_table
from optimizer.verify.tables import About, Table

KEY = ("beleid", "groep", "maat")


def table_overeenkomsten(case: Case, written: pd.DataFrame, form: Form, methode: str) -> list[Bevinding]:
    """Every policy has a row for each group and each thing counted; that of this run has its own counts.

    The counts without agreements, and those of other policies or of a lottery (means over draws), follow from no file:
    only their differences are judged.
    """
    if not set(OVEREENKOMSTEN.names) <= set(written.columns):
        return []
    keys = [", ".join(cells) for cells in zip(*(texts(written[c]) for c in KEY), strict=True)]
    policies = dict.fromkeys(texts(written["beleid"]).tolist())
    due = [(str(p), g, m) for p in policies for g in OVEREENKOMSTGROEPEN for m in OVEREENKOMSTMATEN]
    stands = pd.Index([", ".join(key) for key in due]).get_indexer(pd.Index(keys)).astype(np.int64)
    groups = group_of(case)
    sizes = np.bincount(groups, minlength=len(OVEREENKOMSTGROEPEN)).astype(np.float64)
    right = pd.DataFrame({"huishoudens": [sizes[OVEREENKOMSTGROEPEN.index(g)] for _, g, _ in due]})

    def about(i: SupportsIndex) -> About:
        return {"baan": ", ".join(due[i])}

    def unknown(row: SupportsIndex) -> About:
        return {"baan": keys[row]}

    everything = np.ones(len(due), dtype=bool)
    table = Table(case, "overeenkomsten", written, form, right, stands, everything, about, unknown)
    found = table.findings([c for c in KOLOMMEN_OVEREENKOMSTEN if c.name in right])
    mine = case.eisen.beleid if case.eisen and methode != "loting" else ""
    counted = counts(case, groups)
    known = {i: float(counted[m][OVEREENKOMSTGROEPEN.index(g)]) for i, (p, g, m) in enumerate(due) if p == mine}
    return [*found, *_counts_right(table, known), *_differences_right(table)]


def group_of(case: Case) -> Ints:
    """Return the group of each household, an index into ``OVEREENKOMSTGROEPEN``, int64 [n]."""
    near = np.isin(case.households.reception, agreed_gemeenten(case.batch, case.parameters))
    return np.where(case.stays != NONE, 0, np.where(near, 1, 2)).astype(np.int64)


def counts(case: Case, groups: Ints) -> dict[str, Floats]:
    """Return what is counted of each group, float64 [groups] each, by name."""
    linked, banen, of_job = case.links.linked, banen_table(case), groups[case.jobs.household]
    lost = banen["verwacht_verloren"].fillna(0.0).to_numpy(np.float64)

    def total(of: Ints, amount: Floats | Bools | Ints) -> Floats:
        return np.bincount(of, amount, len(OVEREENKOMSTGROEPEN)).astype(np.float64)

    return {
        "personen_gekoppeld": total(groups, linked * case.households.counted),
        "gronden_gehonoreerd": total(groups, linked & case.grounds.has & ~case.beyond_binding),
        "banen_binnen_50km": total(of_job, (banen["uitkomst"] == "binnen_50km").to_numpy(bool)),
        "verloren_regel": total(of_job, (banen["uitkomst"] == "verloren_regel").to_numpy(bool)),
        "verwacht_verloren": total(of_job, lost),
    }


def _counts_right(table: Table, known: dict[int, float]) -> list[Bevinding]:
    """The counts of the proposal of this run."""
    cells, found = texts(table.written["met"]), []
    for row, i in enumerate(table.stands.tolist()):
        if i in known and differs(cells[[row]], np.array([known[i]]), "mean", form=table.form)[0]:
            said = {**table.about(i), "gevonden": str(cells[row]), "toegestaan": shown(known[i], "mean")}
            found.append(table.finding("met_onjuist", row, said))
    return found


def _differences_right(table: Table) -> list[Bevinding]:
    """The difference is the count with agreements less that without, as far as rounding allows."""
    zonder, met, verschil = (numbers(texts(table.written[c])) for c in ("zonder", "met", "verschil"))
    wrong = np.flatnonzero(~(np.abs(met - zonder - verschil) <= 0.015 + 1e-9) & (table.stands != NONE))
    cells = texts(table.written["verschil"])
    found = []
    for row in wrong:
        right = shown(float(met[row] - zonder[row]), "mean")
        said = {**table.about(table.stands[row]), "gevonden": str(cells[row]), "toegestaan": right}
        found.append(table.finding("verschil_onjuist", row, said))
    return found
