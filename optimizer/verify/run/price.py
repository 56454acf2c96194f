"""``prijs.csv``: what a policy costs, counted again with and without from the links of both."""

from typing import Any, SupportsIndex

import numpy as np
import pandas as pd

from optimizer.domain.finished import FinishedRun, WrittenTable
from optimizer.domain.levels import VLOEREN
from optimizer.domain.uitvoer import KOPPELINGEN, ONDER_LOTING, PRIJS, PRIJSMATEN, TEKORT, ZONDER
from optimizer.verify.case import Case, open_case
from optimizer.verify.cells import Form, texts
from optimizer.verify.codes import KOLOMMEN_PRIJS
from optimizer.verify.findings import bevinding, place
from optimizer.verify.households import NONE
from optimizer.verify.judge import REQUIREMENTS
from optimizer.verify.levels import Kansen, level_value, lottery_mean
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.outcomes import banen_table, count
from optimizer.verify.run.layout import columns_right, unreadable
from optimizer.verify.tables import About, Table

LOTTERY_LEVEL = "kans_tot_loting"


def table_prijs(run: FinishedRun, case: Case, niveaus: tuple[str, ...], chances: Kansen) -> list[Bevinding]:
    """A policy with a floor, or with the level of the lottery, tells what that costs; no other does."""
    cares = [level for level in niveaus if level in VLOEREN.values() or level == LOTTERY_LEVEL]
    tables = [run.table(KOPPELINGEN), run.table(PRIJS)]
    if not cares:
        extra = [t for t in tables if t is not None]
        return [bevinding("prijs_bestand_onjuist", case.parameters, bestand=t.file) for t in extra]
    links, written = tables
    if links is None or written is None or not chances:
        gone = [n for n, t in ((KOPPELINGEN, links), (PRIJS, written)) if t is None]
        return [bevinding("prijs_bestand_onjuist", case.parameters, bestand=f"{n.name}.csv") for n in gone]
    found = [*unreadable(links, case.parameters), *unreadable(written, case.parameters)]
    found = found or columns_right(links, KOPPELINGEN.names, case.parameters)
    found = found or columns_right(written, PRIJS.names, case.parameters) or _rows_right(case, links)
    if found:
        return found
    other = open_case(
        case.batch, links.frame, case.parameters, case.eisen, run.receipt["policy"]["bekend"], run.receipt["seed"]
    )
    found = [b for requirement in REQUIREMENTS for b in requirement(other)]
    return [*found, *_counts_right(case, written, _expected(run, case, other, cares, chances))]


def _rows_right(case: Case, links: WrittenTable) -> list[Bevinding]:
    """Every household stands there once, in the order of the input, under the one name that there is."""
    stands = list(zip(texts(links.frame["beleid"]), texts(links.frame["huishouden_id"]), strict=True))
    due = [(ZONDER, str(h)) for h in case.households.ids]
    for row in range(max(len(stands), len(due))):
        here, right = (which[row] if row < len(which) else ("", "") for which in (stands, due))
        if here != right:
            said = {"gevonden": ", ".join(here), "toegestaan": ", ".join(right)}
            file, number = place(links.frame, row) if row < len(stands) else (links.file, None)
            return [bevinding("volgorde_onjuist", case.parameters, **said, bestand=file, rij=number)]
    return []


def _expected(run: FinishedRun, case: Case, other: Case, cares: list[str], chances: Kansen) -> pd.DataFrame:
    met, zonder = (_counted(one, cares, chances) for one in (case, other))
    statuses = [run.receipt.get("status"), (run.receipt.get("prijs") or {}).get("status")]
    proven = "ja" if statuses == ["proven", "proven"] else "nee"
    rows = [
        {
            "maat": maat,
            "met": met[maat],
            "zonder": zonder[maat],
            "verschil": met[maat] - zonder[maat],
            "bewezen": proven,
        }
        for maat in met
    ]
    return pd.DataFrame(rows, columns=PRIJS.names)


def _counted(case: Case, cares: list[str], chances: Kansen) -> dict[str, float]:
    linked = np.flatnonzero(case.links.gemeente != NONE)
    chance = np.full(len(case.households), np.nan)
    chance[linked] = chances["kans_werk"][linked, case.links.gemeente[linked]] / 10_000
    every = count(case, banen_table(case), chance)
    out = {maat: every[maat] for maat in PRIJSMATEN}
    for floor in (level for level in cares if level != LOTTERY_LEVEL):
        worth = level_value(case, floor, chances)
        out[floor] = 0.0 if worth is None else float(worth[linked].sum()) / 10_000
    if LOTTERY_LEVEL in cares:
        short = np.maximum(0, lottery_mean(case, chances["kans_werk"]) - np.rint(10_000 * np.nan_to_num(chance)))
        out |= {TEKORT: float(short.sum()) / 10_000, ONDER_LOTING: float((short > 0).sum())}
    return out


def _counts_right(case: Case, written: WrittenTable, right: pd.DataFrame) -> list[Bevinding]:
    due, stands = right["maat"].tolist(), texts(written.frame["maat"]).tolist()
    rows = pd.Index(due).get_indexer(pd.Index(stands, dtype=object)).astype(np.int64)

    def about(i: SupportsIndex) -> About:
        return {"baan": str(due[i])}

    def unknown(row: SupportsIndex) -> About:
        return {"baan": str(stands[row])}

    form: Form = "punt" if written.english else "komma"
    everything: Any = np.ones(len(due), dtype=bool)
    table = Table(case, "prijs", written.frame, form, right, rows, everything, about, unknown)
    found = table.findings(KOLOMMEN_PRIJS)
    if not found and stands != due:
        said = {"gevonden": ", ".join(stands), "toegestaan": ", ".join(due), "bestand": written.file}
        found.append(bevinding("volgorde_onjuist", case.parameters, **said, rij=2))
    return found
