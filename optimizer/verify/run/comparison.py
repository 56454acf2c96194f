"""``beleidsvergelijking.csv``: what follows from the input, what must add up, and what no count can exceed.

The answers of the policies are not in the folder, so most counts cannot be worked out again. What can: the sizes of the
batch, the five outcomes that add up to all jobs, the differences with the baseline, the order of the variants.
"""

from collections.abc import Mapping
from typing import Any, SupportsIndex

import numpy as np
import pandas as pd

from optimizer.domain.batch import Batch
from optimizer.domain.finished import FinishedRun
from optimizer.domain.uitvoer import BELEIDSVERGELIJKING, DECIMALS, VERLIESOORZAKEN, OutputColumn
from optimizer.rules.parameters import Parameters
from optimizer.verify.case import Case, open_case
from optimizer.verify.cells import has_form, numbers, shown, texts
from optimizer.verify.codes import KOLOMMEN_VERGELIJKING
from optimizer.verify.findings import bevinding, place
from optimizer.verify.households import Floats
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.run.layout import columns_right, unreadable

OUTCOMES = ("binnen_50km", "verloren_regel", "al_buiten", "loopt_af", "banen_niet_gekoppeld")
#: Counts that another count or the batch bounds.
AT_MOST = {
    "personen_gekoppeld": "personen",
    "niet_gekoppeld": "huishoudens",
    "verloren_regel_hard": "verloren_regel",
    "verloren_regel": "banen",
    "verwacht_verloren": "banen",
    "gronden_niet_gehonoreerd": "huishoudens",
    "buiten_koppelregio": "huishoudens",
    "verwacht_verloren_laag": "verwacht_verloren",
    "verwacht_verloren_hoog": "banen",
    "verloren_regel_p05": "verloren_regel_p95",
    "verloren_regel_p95": "banen",
    "behouden_p05": "behouden_p95",
    "behouden_p95": "banen",
    "verwacht_behouden": "banen",
    "in_koppelregio": "huishoudens",
}
#: Columns that are another one, or the sum of others.
SUMS: Mapping[str, tuple[str, ...]] = {
    "behouden": ("binnen_50km",),
    "onbeslist": ("banen_niet_gekoppeld",),
    "behouden_min": ("behouden",),
    "behouden_max": ("behouden", "onbeslist"),
    "verloren_regel": tuple(f"verloren_{cause}" for cause in VERLIESOORZAKEN),
    "binnen_50km": ("behouden_hard", "behouden_niet_aangetoond", "behouden_te_weinig_uren"),
}
#: Percentiles over draws: of the lottery, or of who is known in time.
SPREAD = ("verloren_regel_p05", "verloren_regel_p95", "behouden_p05", "behouden_p95")
#: Columns that may be empty, and differences, which may be below nought.
MAY_BE_EMPTY = frozenset({*SPREAD, "gemiddelde_afstand_km"})
DIFFERENCES = {
    f"verschil_{name}": name for name in ("verloren_regel", "verwacht_verloren", "behouden", "verwacht_behouden")
}
COLUMNS: Mapping[str, OutputColumn] = {c.name: c for c in KOLOMMEN_VERGELIJKING}


class _Sheet:
    """The table as numbers, and the findings about it."""

    def __init__(self, written: pd.DataFrame, parameters: Parameters) -> None:
        self.written, self.parameters = written, parameters
        self.beleid = texts(written["beleid"])
        self.found: list[Bevinding] = []

    def values(self, column: str) -> Floats:
        return numbers(texts(self.written[column]))

    def wrong(self, row: SupportsIndex, column: str, right: str | float) -> None:
        """Note a cell that is not what it should be."""
        bestand, rij = place(self.written, row)
        wanted = right if isinstance(right, str) else shown(right, COLUMNS[column].kind)
        stands = str(texts(self.written[column])[row])
        said = {"baan": str(self.beleid[row]), "gevonden": stands, "toegestaan": wanted, "bestand": bestand}
        self.found.append(bevinding(f"vergelijking_{column}_onjuist", self.parameters, **said, rij=rij))

    def equal(self, column: str, right: Floats, slack: float) -> None:
        """Note the cells of a column that differ from what is right by more than the rounding allows."""
        for row in np.flatnonzero(np.abs(self.values(column) - right) > slack + 1e-9):
            self.wrong(row, column, float(right[row]))


def table_vergelijking(run: FinishedRun, batch: Batch, parameters: Parameters) -> list[Bevinding]:
    """Judge the table of a comparison."""
    written = run.table(BELEIDSVERGELIJKING)
    if written is None or written.wrong:
        return [] if written is None else unreadable(written, parameters)
    found = columns_right(written, BELEIDSVERGELIJKING.names, parameters)
    if found or not written.rows:
        return found
    sheet = _Sheet(written.frame, parameters)
    nobody = pd.DataFrame({"huishouden_id": batch.huishoudens["huishouden_id"], "gemeente": ""}, dtype=str)
    case = open_case(batch, nobody, parameters, None, 1.0, run.receipt["seed"])
    _rows(sheet, run.receipt)
    if _numbers_as_ours(sheet, english=written.english):
        _of_batch(sheet, case)
        _adds_up(sheet)
        _with_baseline(sheet, str(run.receipt.get("baseline", "")))
    return sheet.found


def _rows(sheet: _Sheet, receipt: Mapping[str, Any]) -> None:
    """One row for each policy of the receipt, and rows of one of them at another share of jobs known."""
    labels = sheet.beleid.tolist()
    for row, label in enumerate(labels):
        bestand, rij = place(sheet.written, row)
        name, _, share = label.partition("@")
        known = receipt["policies"].get(name)
        if known is None or labels.index(label) < row:
            code = "vergelijking_onbekend" if known is None else "vergelijking_dubbel"
            said = {"baan": label, "gevonden": str(labels.count(label)), "bestand": bestand}
            sheet.found.append(bevinding(code, sheet.parameters, **said, rij=rij))
            continue
        if sheet.written["methode"].iloc[row] != known.get("methode", sheet.written["methode"].iloc[row]):
            sheet.wrong(row, "methode", str(known["methode"]))
        if share and abs(float(numbers(texts(sheet.written["bekend"]))[row]) - _number(share)) > 0.005:
            sheet.wrong(row, "bekend", share.replace(".", ","))
    bestand = place(sheet.written)[0]
    for name in receipt["policies"]:
        if name not in labels:
            sheet.found.append(bevinding("vergelijking_ontbreekt", sheet.parameters, baan=name, bestand=bestand))


def _number(text: str) -> float:
    return float(numbers(np.array([text], dtype=object))[0])


def _numbers_as_ours(sheet: _Sheet, *, english: bool) -> bool:
    """Every number is written as our files write it; the others are judged only then."""
    before = len(sheet.found)
    for column in COLUMNS.values():
        if column.kind in ("id", "text"):
            continue
        cells = texts(sheet.written[column.name])
        good = has_form(cells, column.kind, "punt" if english else "komma")
        good |= (cells == "") & (column.name in MAY_BE_EMPTY)
        good &= (column.name in DIFFERENCES) | ~(numbers(cells) < 0)
        for row in np.flatnonzero(~good):
            sheet.wrong(row, column.name, "een getal van 0 of meer")
    return len(sheet.found) == before


def _of_batch(sheet: _Sheet, case: Case) -> None:
    """The sizes of the batch, and what its contracts allow to end first."""
    hard = float((case.jobs.hard == "ja").sum())
    sizes = {
        "huishoudens": len(case.households),
        "personen": int(case.households.counted.sum()),
        "banen": len(case.jobs.hours),
        "banen_hard": hard,
    }
    for column, size in sizes.items():
        sheet.equal(column, np.full(len(sheet.beleid), float(size)), 0.0)
    ends = float(case.jobs.ends_first.sum())
    waiting, ended = sheet.values("banen_niet_gekoppeld"), sheet.values("loopt_af")
    for row in np.flatnonzero((ended > ends + 0.005) | (ended + waiting < ends - 0.01)):
        sheet.wrong(row, "loopt_af", ends)


def _adds_up(sheet: _Sheet) -> None:
    """The five outcomes are all jobs, no part exceeds its whole, and percentiles belong to draws."""
    total = sum((sheet.values(name) for name in OUTCOMES), np.zeros(len(sheet.beleid)))
    sheet.equal("banen", total, 0.5 * 10.0 ** -(DECIMALS["mean"] or 0) * len(OUTCOMES))
    for whole, parts in SUMS.items():
        together = sum((sheet.values(name) for name in parts), np.zeros(len(sheet.beleid)))
        sheet.equal(whole, together, 0.5 * 10.0 ** -(DECIMALS["mean"] or 0) * (len(parts) + 1))
    for part, whole in AT_MOST.items():
        for row in np.flatnonzero(sheet.values(part) > sheet.values(whole) + 0.011):
            sheet.wrong(row, part, float(sheet.values(whole)[row]))
    drawn = (sheet.written["methode"] == "loting").to_numpy(bool) | np.array(["@" in name for name in sheet.beleid])
    for column in SPREAD:
        cells = texts(sheet.written[column])
        for row in np.flatnonzero((cells != "") != drawn):
            sheet.wrong(row, column, "een getal" if drawn[row] else "leeg")


def _with_baseline(sheet: _Sheet, baseline: str) -> None:
    """Differences are those with the baseline."""
    base = np.flatnonzero(sheet.beleid == baseline)
    if not len(base):
        return
    for column, of in DIFFERENCES.items():
        values = sheet.values(of)
        rounding = 10.0 ** -(DECIMALS[COLUMNS[of].kind] or 0)
        sheet.equal(column, values - values[base[0]], 1.5 * rounding)
