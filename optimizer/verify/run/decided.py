"""A run that goes on from an earlier one: its decisions are followed, and what changed is what it says."""

from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd

from geodata.herindelingen import merged_into
from optimizer.domain.batch import Batch
from optimizer.domain.besluiten import AKKOORD, BESLUITSOORTEN, FIXING, lock_reason
from optimizer.domain.finished import FinishedRun, WrittenTable
from optimizer.domain.uitvoer import BESLUITEN, EERDER, GEWIJZIGD, VOORSTEL, OutputTable
from optimizer.rules.parameters import Parameters
from optimizer.verify.findings import bevinding, label
from optimizer.verify.oordeel import Bevinding

#: Tables of a run that goes on from an earlier one.
TABLES = (BESLUITEN, EERDER, GEWIJZIGD)
#: The part of a receipt that says from which run this one goes on.
PREVIOUS = "vorige"


def goes_on(run: FinishedRun) -> bool:
    """Tell whether a run says that it goes on from an earlier one, in its receipt or in its files."""
    return run.receipt.get(PREVIOUS) is not None or any(table.name in run.tables for table in TABLES)


def tables_there(run: FinishedRun, parameters: Parameters) -> list[Bevinding]:
    """A run that goes on from another has the three tables that say so, and the receipt names that other run."""
    if not goes_on(run):
        return []
    missing = [PREVIOUS] if run.receipt.get(PREVIOUS) is None else []
    missing += [f"{t.name}.csv" for t in TABLES if t.name not in run.tables]
    found = [bevinding("bewijs_onvolledig", parameters, toegestaan=name, bestand="run.json") for name in missing]
    for table in TABLES:
        written = run.table(table)
        if written is not None and not written.wrong and list(written.header) != table.names:
            said = {"gevonden": " ".join(written.header), "toegestaan": " ".join(table.names), "bestand": written.file}
            found.append(bevinding("kolommen_onjuist", parameters, **said, rij=1))
    return found


def as_decided(run: FinishedRun, batch: Batch) -> Batch:
    """Return the batch of a run with its decisions as choices of a person, and with what each household had before.

    A batch without decisions stays as it is; one in which they stand already does too.
    """
    besluiten, eerder = _frame(run, BESLUITEN), _frame(run, EERDER)
    if besluiten is None or eerder is None:
        return batch
    table = batch.huishoudens.copy()
    at = {str(h): i for i, h in enumerate(table["huishouden_id"])}
    names = ("vastgezet_gemeente", "vastgezet_reden", "uitgesloten_gemeenten")
    cells = {name: table[name].astype(object).tolist() for name in names}
    for row in besluiten.to_dict("records"):
        h, place = at.get(str(row["huishouden_id"])), str(row["gemeente"])
        if h is None:
            continue
        if row["besluit"] in FIXING:
            cells["vastgezet_gemeente"][h] = place
            cells["vastgezet_reden"][h] = lock_reason(str(row["besluit"]), str(row["reden"]))
        elif row["besluit"] in BESLUITSOORTEN:
            cells["uitgesloten_gemeenten"][h] = _with(cells["uitgesloten_gemeenten"][h], place)
    table = table.assign(**{name: pd.Series(column, index=table.index, dtype="str") for name, column in cells.items()})
    return batch.replace(huishoudens=table, eerder=dict(zip(eerder["huishouden_id"], eerder["gemeente"], strict=True)))


def agreements_of(run: FinishedRun) -> set[tuple[str, str]]:
    """Return the households of a run with the municipality (CBS code) that agreed to them."""
    table = _frame(run, BESLUITEN)
    if table is None:
        return set()
    rows = table[table["besluit"] == AKKOORD]
    return set(zip(rows["huishouden_id"], rows["gemeente"], strict=True))


def decisions_known(run: FinishedRun, batch: Batch, parameters: Parameters) -> list[Bevinding]:
    """Every decision is one of the four, on a household of the input."""
    table, found = _frame(run, BESLUITEN), []
    if table is None:
        return []
    ids = set(batch.huishoudens["huishouden_id"])
    for number, row in zip(table.index, table.to_dict("records"), strict=True):
        h, soort = str(row["huishouden_id"]), str(row["besluit"])
        if h not in ids or soort not in BESLUITSOORTEN or row["nieuw"] not in ("ja", "nee"):
            said = {"h": h, "gevonden": f"{soort} {row['gemeente']} {row['nieuw']}", "bestand": "besluiten.csv"}
            found.append(bevinding("besluit_onbekend", parameters, **said, rij=int(number)))
    return found


def changes_right(run: FinishedRun, voorstel: pd.DataFrame, parameters: Parameters) -> list[Bevinding]:
    """``gewijzigd.csv`` holds who has another municipality than in ``eerder.csv``, with the reason, and nobody else."""
    besluiten, eerder, told = (_frame(run, table) for table in TABLES)
    if besluiten is None or eerder is None or told is None:
        return []
    new = set(besluiten["huishouden_id"][besluiten["nieuw"] == "ja"])
    before = dict(zip(eerder["huishouden_id"], eerder["gemeente"], strict=True))
    after = dict(zip(voorstel["huishouden_id"], voorstel["gemeente"], strict=True))
    wanted = dict(_changes(before, after, new))
    stands = dict(zip(told["huishouden_id"], zip(told["van"], told["naar"], told["reden"], strict=True), strict=True))
    found, times = [], Counter(told["huishouden_id"])
    for h in dict.fromkeys([*wanted, *stands]):
        if wanted.get(h) != stands.get(h) or times[h] > 1:
            said = {"h": h, "gevonden": _said(stands.get(h)), "toegestaan": _said(wanted.get(h))}
            found.append(bevinding("wijziging_onjuist", parameters, **said, bestand="gewijzigd.csv"))
    if not found and list(stands) != list(wanted):
        said = {"gevonden": " ".join(stands), "toegestaan": " ".join(wanted), "bestand": "gewijzigd.csv"}
        found.append(bevinding("volgorde_onjuist", parameters, **said, rij=2))
    return found


def earlier_right(run: FinishedRun, earlier: FinishedRun | None, parameters: Parameters) -> list[Bevinding]:
    """``eerder.csv`` is the proposal of the run that the receipt names; None: that run is not there to be looked at."""
    told, named = _frame(run, EERDER), run.receipt.get(PREVIOUS)
    if earlier is None or told is None or named is None:
        return []
    proposal = _frame(earlier, VOORSTEL)
    if proposal is None or earlier.hashes.get("voorstel.csv") != named.get("answer"):
        return [bevinding("vorige_run_anders", parameters, bestand="run.json")]
    ended = merged_into(parameters.peildatum)
    before = dict(zip(proposal["huishouden_id"], proposal["gemeente"].map(lambda g: ended.get(g, g)), strict=True))
    stands = dict(zip(told["huishouden_id"], told["gemeente"], strict=True))
    return [
        bevinding(
            "eerder_onjuist",
            parameters,
            h=h,
            gevonden=label(stands.get(h, "")),
            toegestaan=label(before.get(h, "")),
            bestand="eerder.csv",
        )
        for h in dict.fromkeys([*before, *stands])
        if before.get(h) != stands.get(h)
    ]


def _changes(
    before: Mapping[str, str], after: Mapping[str, str], new: Iterable[str]
) -> Iterable[tuple[str, tuple[str, str, str]]]:
    decided = set(new)
    for h, to in after.items():
        if h not in before:
            yield h, ("", to, "nieuw")
        elif before[h] != to:
            yield h, (before[h], to, "besluit" if h in decided else "gevolg")
    for h, was in before.items():
        if h not in after:
            yield h, (was, "", "vervallen")


def _said(change: tuple[str, str, str] | None) -> str:
    if change is None:
        return "geen wijziging"
    van, naar, reden = change
    return f"{label(van)} > {label(naar)} ({reden})"


def _with(cell: str, gemeente: str) -> str:
    return " ".join(dict.fromkeys([*str(cell).split(), str(gemeente)]))


def _frame(run: FinishedRun, table: OutputTable) -> pd.DataFrame | None:
    """Return a table of a run as text; None where it is not there, cannot be read or lacks a column."""
    written: WrittenTable | None = run.table(table)
    if written is None or written.wrong or not set(table.names[:2]) <= set(written.header):
        return None
    return written.frame if set(table.names) <= set(written.header) else None
