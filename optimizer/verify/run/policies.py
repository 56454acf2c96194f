"""``koppelingen.csv``: every policy keeps what it binds, and the comparison counts what follows from its links."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.domain.finished import FinishedRun
from optimizer.domain.uitvoer import BELEIDSVERGELIJKING, KOPPELINGEN
from optimizer.rules.parameters import Parameters
from optimizer.verify.case import Case, open_case
from optimizer.verify.cells import differs, numbers, shown, texts
from optimizer.verify.codes import KOLOMMEN_VERGELIJKING
from optimizer.verify.findings import bevinding, place
from optimizer.verify.households import NONE, Floats
from optimizer.verify.judge import REQUIREMENTS
from optimizer.verify.levels import Kansen
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.outcomes import banen_table, count
from optimizer.verify.run.comparison import share_known
from optimizer.verify.run.layout import columns_right, unreadable


def cases_of(
    run: FinishedRun, batch: Batch, parameters: Parameters, policies: Mapping[str, Eisen]
) -> tuple[dict[str, Case], list[Bevinding]]:
    """Open the links of every policy that draws nothing.

    Returns
    -------
    The case of each policy whose rows are there, and what is wrong with the table: unreadable, other columns, rows of
    another policy or out of order, links that the policy does not allow.
    """
    written = run.table(KOPPELINGEN)
    if written is None or written.wrong:
        return {}, [] if written is None else unreadable(written, parameters)
    found = columns_right(written, KOPPELINGEN.names, parameters)
    if found:
        return {}, found
    due = [name for name, policy in run.receipt["policies"].items() if not draws(run, policy)]
    ids = batch.huishoudens["huishouden_id"].astype(str).tolist()
    keys = list(zip(texts(written.frame["beleid"]), texts(written.frame["huishouden_id"]), strict=True))
    right = [(name, h) for name in due for h in ids]
    for row, key in enumerate(keys):
        wanted = right[row] if row < len(right) else ("", "")
        if key != wanted:
            said = {"gevonden": ", ".join(key), "toegestaan": ", ".join(wanted)}
            file, number = place(written.frame, row)
            return {}, [bevinding("volgorde_onjuist", parameters, **said, bestand=file, rij=number)]
    if len(keys) < len(right):
        missing = right[len(keys)][1]
        return {}, [bevinding("huishouden_ontbreekt", parameters, h=missing, bestand=written.file)]
    cases = {}
    for i, name in enumerate(due):
        frame = written.frame.iloc[i * len(ids) : (i + 1) * len(ids)]
        share = share_known(name, run.receipt["policies"][name], run.receipt.get("bekend"))
        known = 1.0 if share is None else share
        cases[name] = open_case(batch, frame, parameters, policies.get(name), known, run.receipt["seed"])
        found += [b for requirement in REQUIREMENTS for b in requirement(cases[name])]
    return cases, found


def draws(run: FinishedRun, policy: Mapping[str, object]) -> bool:
    """Tell whether what a policy does is a mean over draws."""
    return policy.get("methode") == "loting" and int(run.receipt.get("draws") or 1) > 1


def counts_right(run: FinishedRun, cases: Mapping[str, Case], chances: Kansen | None) -> list[Bevinding]:
    """The row of each policy counts what its links give."""
    written = run.table(BELEIDSVERGELIJKING)
    if written is None or written.wrong or list(written.header) != BELEIDSVERGELIJKING.names:
        return []
    frame, found = written.frame, []
    labels = texts(frame["beleid"]).tolist()
    for name, case in cases.items():
        if labels.count(name) != 1:
            continue
        row = labels.index(name)
        right = count(case, banen_table(case), _chances(case, chances))
        for column in KOLOMMEN_VERGELIJKING:
            cell = texts(frame[column.name])[[row]]
            if column.name not in right or np.isnan(numbers(cell))[0]:
                continue
            value = right[column.name]
            if differs(cell, np.array([value]), column.kind)[0]:
                file, number = place(frame, row)
                said = {"baan": name, "gevonden": str(cell[0]), "toegestaan": shown(value, column.kind)}
                code = f"vergelijking_{column.name}_onjuist"
                found.append(bevinding(code, case.parameters, **said, bestand=file, rij=number))
    return found


def _chances(case: Case, chances: Kansen | None) -> Floats | None:
    """Return the chance of work of each household where it is linked; NaN elsewhere."""
    if chances is None:
        return None
    linked, out = np.flatnonzero(case.links.gemeente != NONE), np.full(len(case.households), np.nan)
    out[linked] = chances["kans_werk"][linked, case.links.gemeente[linked]] / 10_000
    return out


def without_links(batch: Batch) -> pd.DataFrame:
    """Return a proposal that links nobody."""
    return pd.DataFrame({"huishouden_id": batch.huishoudens["huishouden_id"], "gemeente": ""}, dtype=str)
