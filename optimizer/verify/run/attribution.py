"""``attributie.csv``: the chain of changes from practice to the default, added up again.

The answers behind the steps are not in the folder. What they kept is, where `beleidsvergelijking.csv` has a row of the
same name: then every step between two such rows follows, with the percentiles of a step that was drawn. Without them
the steps still form one chain, their shares add up, and no step moves more jobs than there are.
"""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from optimizer.domain.batch import Batch
from optimizer.domain.finished import FinishedRun
from optimizer.domain.uitvoer import ATTRIBUTIE, ATTRIBUTIESTAPPEN, BELEIDSVERGELIJKING
from optimizer.rules.parameters import Parameters
from optimizer.verify.cells import numbers, texts
from optimizer.verify.codes import KOLOMMEN_ATTRIBUTIE
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.run.comparison import PRACTICE, practice_shares
from optimizer.verify.run.layout import columns_right, unreadable
from optimizer.verify.run.sheet import Sheet

#: The policies of the chain after practice as it is: each knows every job.
CHAIN = (PRACTICE, "een_voor_een", "straal50", "kansrijk")
#: Column of the comparison -> what a step adds to it.
STEPS = {"behouden": "verschil_behouden", "verwacht_behouden": "verschil_verwacht_behouden"}
MAY_BE_EMPTY = frozenset({"laag", "hoog", "shapley"})
#: In hundredths: the percentiles of the interval.
LOWER, UPPER = 5, 95

#: Value by row of the comparison.
Values = Mapping[str, float]


def table_attributie(run: FinishedRun, batch: Batch, parameters: Parameters) -> list[Bevinding]:
    """Judge the gain split by step."""
    written = run.table(ATTRIBUTIE)
    if written is None or written.wrong:
        return [] if written is None else unreadable(written, parameters)
    found = columns_right(written, ATTRIBUTIE.names, parameters)
    if found:
        return found
    sheet = Sheet("attributie", written, KOLOMMEN_ATTRIBUTIE, parameters)
    if not sheet.has_rows(ATTRIBUTIESTAPPEN):
        return sheet.found
    chain = chain_of(run.receipt.get("bekend"), parameters)
    for row in range(len(ATTRIBUTIESTAPPEN)):
        for column, right in (("van", chain[row]), ("naar", chain[row + 1])):
            if sheet.texts(column)[row] != right:
                sheet.wrong(row, column, right)
    if sheet.numbers_as_ours(may_be_empty=MAY_BE_EMPTY, may_be_negative=lambda _: True):
        _no_more_than_all(sheet, len(batch.werk))
        for column, step in STEPS.items():
            _steps_right(sheet, step, _values(run, column), chain)
        _interval_right(sheet, run, chain, len(batch.werk))
        _shares_add_up(sheet)
    return sheet.found


def chain_of(bekend: float | None, parameters: Parameters) -> list[str]:
    """Return the names of the policies of the chain, as the rows of a comparison that keep the same.

    The first knows what practice knows least. The others know every job: their row, save that of practice, knows the
    share in force, so that below 1 they bear another name.
    """
    shares = practice_shares(parameters)
    after = [name if name == PRACTICE or bekend in (None, 1.0) else f"{name}@1" for name in CHAIN]
    return [f"{PRACTICE}@{shares[0] if shares else 1:g}", *after]


def _values(run: FinishedRun, column: str) -> Values:
    """Return the numbers of a column of the comparison by row; empty where that table cannot be read."""
    written = run.table(BELEIDSVERGELIJKING)
    if written is None or written.wrong or not {"beleid", column} <= set(written.header):
        return {}
    frame = written.frame
    found = zip(texts(frame["beleid"]).tolist(), numbers(texts(frame[column])).tolist(), strict=True)
    return {label: value for label, value in found if not np.isnan(value)}


def _no_more_than_all(sheet: Sheet, jobs: int) -> None:
    """No step keeps or loses more jobs than there are."""
    every = np.full(len(ATTRIBUTIESTAPPEN), float(jobs))
    for name, column in sheet.columns.items():
        if column.kind not in ("id", "text"):
            sheet.between(name, -every, every)


def _steps_right(sheet: Sheet, step: str, values: Values, chain: list[str]) -> None:
    """The steps between two rows of the comparison add up to the difference of these rows."""
    gains, rounding = sheet.values(step), sheet.rounding(step)
    known = [i for i, label in enumerate(chain) if label in values]
    for start, stop in pairwise(known):
        difference = values[chain[stop]] - values[chain[start]]
        total = float(gains[start:stop].sum())
        if abs(total - difference) > rounding * (2 + stop - start) + 1e-9:
            sheet.wrong(stop - 1, step, difference - float(gains[start : stop - 1].sum()))


def _interval_right(sheet: Sheet, run: FinishedRun, chain: list[str], jobs: int) -> None:
    """Only the first step compares draws: it has an interval, which follows from that of practice."""
    low, high, gain = (sheet.values(name) for name in ("laag", "hoog", "verschil_behouden"))
    draws = int(run.receipt.get("draws") or 1)
    method = (run.receipt["policies"].get(PRACTICE) or {}).get("methode")
    due = [draws > 1 and method in ("volgorde", None), *[False] * (len(CHAIN) - 1)]
    for name, values in (("laag", low), ("hoog", high)):
        for row in np.flatnonzero(np.isnan(values) == np.array(due)):
            if not (row == 0 and method is None):
                sheet.wrong(row, name, "een getal" if due[row] else "leeg")
    if np.isnan(low[0]) or np.isnan(high[0]):
        return
    rounding = sheet.rounding("laag")
    if low[0] > high[0]:
        sheet.wrong(0, "laag", float(high[0]))
    lowest, highest = mean_between(float(low[0]), float(high[0]), draws, jobs)
    if not lowest - 2 * rounding <= gain[0] <= highest + 2 * rounding:
        sheet.wrong(0, "verschil_behouden", float(np.clip(gain[0], lowest, highest)))
    after = _values(run, "behouden").get(chain[1])
    for name, of, values in (("laag", f"behouden_p{UPPER:02}", low), ("hoog", f"behouden_p{LOWER:02}", high)):
        before = _values(run, of).get(chain[0])
        if after is not None and before is not None and abs(after - before - values[0]) > 3 * rounding + 1e-9:
            sheet.wrong(0, name, after - before)


def mean_between(low: float, high: float, draws: int, jobs: int) -> tuple[float, float]:
    """Return between which numbers the mean of draws lies whose 5th and 95th percentiles are known.

    Few draws lie beyond a percentile, and none by more than all jobs.

    >>> [round(end, 2) for end in mean_between(0.0, 2.0, 101, 52)]
    [-2.57, 4.48]
    """
    beyond = (draws - 1 - UPPER * (draws - 1) // 100) / draws
    return low - beyond * (jobs + low), high + beyond * (jobs - high)


def _shares_add_up(sheet: Sheet) -> None:
    """The Shapley values of the steps are all there or none, and together they are the whole gain."""
    shares, gains = sheet.values("shapley"), sheet.values("verschil_behouden")
    missing = np.isnan(shares)
    if missing.all():
        return
    for row in np.flatnonzero(missing):
        sheet.wrong(row, "shapley", "een getal")
    total = float(gains.sum())
    if not missing.any() and abs(float(shares.sum()) - total) > sheet.rounding("shapley") * 2 * len(shares) + 1e-9:
        sheet.wrong(len(shares) - 1, "shapley", total - float(shares[:-1].sum()))
