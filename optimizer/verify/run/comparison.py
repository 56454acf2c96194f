"""``beleidsvergelijking.csv``: what follows from the input, what must add up, and what no count can exceed.

The answers of the policies are not in the folder, so most counts cannot be worked out again. What can: the sizes of the
batch, the five outcomes that add up to all jobs, the differences with the baseline, the order of the variants, and
between which bounds hours and wages must lie.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from optimizer.domain.batch import Batch
from optimizer.domain.finished import FinishedRun
from optimizer.domain.uitvoer import BELEIDSVERGELIJKING, DECIMALS, VERLIESOORZAKEN
from optimizer.rules.parameters import Parameters
from optimizer.verify.case import Case, open_case
from optimizer.verify.cells import numbers
from optimizer.verify.codes import KOLOMMEN_VERGELIJKING
from optimizer.verify.households import Bools
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.run.amounts import amounts_possible
from optimizer.verify.run.layout import columns_right, unreadable
from optimizer.verify.run.sheet import Sheet

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
#: Columns that count, so that they are whole numbers where nothing is drawn.
WHOLE = frozenset(
    {*OUTCOMES, *SUMS, *(name for parts in SUMS.values() for name in parts), "verloren_regel_hard", "in_koppelregio"}
    | {"personen_gekoppeld", "niet_gekoppeld", "gronden_niet_gehonoreerd", "buiten_koppelregio", "banen", "banen_hard"}
)
#: The policy that stands for practice, and is shown too for the shares of jobs that practice may know.
PRACTICE = "handmatig"


def table_vergelijking(run: FinishedRun, batch: Batch, parameters: Parameters) -> list[Bevinding]:
    """Judge the table of a comparison."""
    written = run.table(BELEIDSVERGELIJKING)
    if written is None or written.wrong:
        return [] if written is None else unreadable(written, parameters)
    found = columns_right(written, BELEIDSVERGELIJKING.names, parameters)
    if found or not written.rows:
        return found
    sheet = Sheet("vergelijking", written, KOLOMMEN_VERGELIJKING, parameters)
    nobody = pd.DataFrame({"huishouden_id": batch.huishoudens["huishouden_id"], "gemeente": ""}, dtype=str)
    case = open_case(batch, nobody, parameters, None, 1.0, run.receipt["seed"])
    sheet.has_rows(due_rows(run.receipt, parameters))
    _of_policies(sheet, run.receipt)
    drawn = _drawn(sheet)
    whole = dict.fromkeys(WHOLE, ~drawn)
    if sheet.numbers_as_ours(may_be_empty=MAY_BE_EMPTY, may_be_negative=DIFFERENCES.__contains__, whole=whole):
        _of_batch(sheet, case)
        amounts_possible(sheet, case, drawn)
        _adds_up(sheet, drawn)
        _with_baseline(sheet, str(run.receipt.get("baseline", "")))
    return sheet.found


def due_rows(receipt: Mapping[str, Any], parameters: Parameters) -> list[str]:
    """Return the rows that a comparison has: its policies, and practice at the shares of jobs that it may know."""
    band = practice_shares(parameters) if PRACTICE in receipt["policies"] else []
    return [*receipt["policies"], *(f"{PRACTICE}@{share}" for share in band)]


def practice_shares(parameters: Parameters) -> list[float]:
    """Return the shares of the jobs that practice may know in time, lowest first, without all of them."""
    ends = (parameters["screening/praktijk_laag"], parameters["screening/praktijk_hoog"])
    return sorted({float(share) for share in ends} - {1.0})


def _of_policies(sheet: Sheet, receipt: Mapping[str, Any]) -> None:
    """Method and share of known jobs are those of the policy.

    Practice, and a bound on the jobs that any policy keeps, know every job.
    """
    for row, label in enumerate(sheet.keys.tolist()):
        name, _, share = label.partition("@")
        policy = receipt["policies"].get(name)
        if policy is None:
            continue
        if sheet.texts("methode")[row] != policy.get("methode", sheet.texts("methode")[row]):
            sheet.wrong(row, "methode", str(policy["methode"]))
        known = _number(share) if share else share_known(name, policy, receipt.get("bekend"))
        if known is not None and not abs(float(sheet.values("bekend")[row]) - known) <= sheet.rounding("bekend") + 1e-9:
            sheet.wrong(row, "bekend", known)


def share_known(name: str, policy: Mapping[str, Any], bekend: float | None) -> float | None:
    """Return the share of jobs that a policy knows: practice, and a bound on what any policy keeps, know all."""
    binds = policy.get("gronden_binden") or policy.get("arbeidsmarktregio_bindt")
    bound = list(policy.get("niveaus", ()))[:1] == ["banen_behouden"] and not binds
    return 1.0 if name == PRACTICE or bound else bekend


def _number(text: str) -> float:
    return float(numbers(np.array([text], dtype=object))[0])


def _drawn(sheet: Sheet) -> Bools:
    """Tell which rows are means over draws: of the lottery, or of who is known in time; bool [rows]."""
    pairs = zip(sheet.texts("methode"), sheet.keys, strict=True)
    return np.array([method == "loting" or "@" in label for method, label in pairs], dtype=bool)


def _of_batch(sheet: Sheet, case: Case) -> None:
    """The sizes of the batch, and what its contracts allow to end first."""
    hard = float((case.jobs.hard == "ja").sum())
    sizes = {
        "huishoudens": len(case.households),
        "personen": int(case.households.counted.sum()),
        "banen": len(case.jobs.hours),
        "banen_hard": hard,
    }
    for column, size in sizes.items():
        sheet.equal(column, np.full(len(sheet.keys), float(size)), 0.0)
    ends = float(case.jobs.ends_first.sum())
    waiting, ended = sheet.values("banen_niet_gekoppeld"), sheet.values("loopt_af")
    for row in np.flatnonzero((ended > ends + 0.005) | (ended + waiting < ends - 0.01)):
        sheet.wrong(row, "loopt_af", ends)


def _adds_up(sheet: Sheet, drawn: Bools) -> None:
    """The five outcomes are all jobs, no part exceeds its whole, and percentiles belong to draws."""
    total = sum((sheet.values(name) for name in OUTCOMES), np.zeros(len(sheet.keys)))
    sheet.equal("banen", total, 0.5 * 10.0 ** -(DECIMALS["mean"] or 0) * len(OUTCOMES))
    for whole, parts in SUMS.items():
        together = sum((sheet.values(name) for name in parts), np.zeros(len(sheet.keys)))
        sheet.equal(whole, together, 0.5 * 10.0 ** -(DECIMALS["mean"] or 0) * (len(parts) + 1))
    for part, whole in AT_MOST.items():
        for row in np.flatnonzero(sheet.values(part) > sheet.values(whole) + 0.011):
            sheet.wrong(row, part, float(sheet.values(whole)[row]))
    for column in SPREAD:
        cells = sheet.texts(column)
        for row in np.flatnonzero((cells != "") != drawn):
            sheet.wrong(row, column, "een getal" if drawn[row] else "leeg")


def _with_baseline(sheet: Sheet, baseline: str) -> None:
    """Differences are those with the baseline."""
    base = np.flatnonzero(sheet.keys == baseline)
    if not len(base):
        return
    for column, of in DIFFERENCES.items():
        values = sheet.values(of)
        sheet.equal(column, values - values[base[0]], 3 * sheet.rounding(of))
