"""kennis.json says what was known: the input as it was read, and the jobs that nobody knew of or decided on."""

import hashlib
import json
from typing import Any

import pandas as pd

from optimizer.domain.batch import Batch
from optimizer.domain.csvs import table_bytes
from optimizer.domain.finished import FinishedRun
from optimizer.domain.tables import TABLES
from optimizer.domain.uitvoer import KENNIS
from optimizer.verify.case import Case
from optimizer.verify.cells import Form
from optimizer.verify.findings import bevinding
from optimizer.verify.households import NONE
from optimizer.verify.oordeel import Bevinding

#: The key of each table whose empty cells are told, and the columns in which an empty cell says that there is none.
_KEYS = (
    ("huishoudens", "huishouden_id"),
    ("personen", "persoon_id"),
    ("werk", "baan_id"),
    ("gronden", "huishouden_id"),
)
_EMPTY_IS_NONE = (
    *("vastgezet_gemeente", "vastgezet_reden", "uitgesloten_gemeenten", "voorkeur_grond", "woning_nodig"),
    *("werk_plaats", "werk_postcode4"),
)
#: So many keys are told for a column; of more only how many there are.
_TOLD = 2_000
#: Letters of a cell that a finding repeats.
_LONGEST = 120


def knowledge_right(run: FinishedRun, as_read: Batch, case: Case, form: Form) -> list[Bevinding]:
    """What follows from the input and the proposal stands there as it follows; the rest is told by its hash alone.

    Parameters
    ----------
    as_read
        The input of the run, without decisions on an earlier one.
    form
        How the tables of the run write numbers.
    """
    if KENNIS not in run.hashes:
        return []  # `files_as_written` says that it is gone
    told, jobs = run.kennis or {}, case.jobs
    keys = case.batch.werk["baan_id"].to_numpy(object)
    undecided = case.links.gemeente[jobs.household] == NONE
    right = {
        "peildatum": case.parameters.peildatum.isoformat(),
        "program": "koppelwijzer",
        "version": run.receipt["version"],
        "style.english_csv": form == "punt",
        "warnings": _warnings(run, as_read),
        "unknown.jobs": keys[~jobs.known].tolist(),
        "unknown.undecided_jobs": keys[undecided].tolist(),
        **{f"unknown.cells.{name}": _unknown(as_read, name, key) for name, key in _KEYS},
        **{f"tables.{name}": _table(as_read, name) for name in TABLES},
    }
    told = {**told, "warnings": _of_same_files(run, as_read, told.get("warnings"))}
    wrong = {path: (_at(told, path), value) for path, value in right.items() if _at(told, path) != value}
    named, in_force = sorted(_keys_of(told.get("rules"))), sorted(n for n in run.receipt["parameters"] if _counts(n))
    if named != in_force:
        wrong["rules"] = (named, in_force)
    return [
        bevinding(
            "kennis_onjuist",
            case.parameters,
            bestand=KENNIS,
            baan=path,
            gevonden=_short(found),
            toegestaan=_short(value),
        )
        for path, (found, value) in wrong.items()
    ]


def _warnings(run: FinishedRun, as_read: Batch) -> Any:
    """Return what the input warns of."""
    told = [{"code": d.code, "file": d.file, "row": d.row, "column": d.column} for d in as_read.waarschuwingen]
    return _of_same_files(run, as_read, told)


def _of_same_files(run: FinishedRun, as_read: Batch, told: Any) -> Any:
    """Return warnings without their place where the input lies in other files than it did: a workbook, or CSV."""
    names = {str(each["name"]) for each in run.receipt["inputs"]}
    if not isinstance(told, list) or {bron.naam for bron in as_read.bronnen} <= names:
        return told
    return sorted(str(each.get("code")) if isinstance(each, dict) else str(each) for each in told)


def _keys_of(told: Any) -> list[str]:
    return list(told) if isinstance(told, dict) else []


def _counts(name: str) -> bool:
    """Tell whether a parameter may bear on a proposal; those that invent people for practice do not."""
    return not name.startswith("generate/")


def _table(batch: Batch, name: str) -> dict[str, Any]:
    frame = getattr(batch, name)
    return {"rows": len(frame), "sha256": hashlib.sha256(table_bytes(frame)).hexdigest()}


def _unknown(batch: Batch, name: str, key: str) -> dict[str, Any]:
    """Return by column of a table how many cells say nothing, and in which rows unless they are very many."""
    frame, told = getattr(batch, name), {}
    for column in frame.columns.drop(list(_EMPTY_IS_NONE), errors="ignore"):
        who = [str(k) for k, cell in zip(frame[key], frame[column], strict=True) if pd.isna(cell) or str(cell) == ""]
        if who:
            told[str(column)] = {"count": len(who), "keys": None if len(who) > _TOLD else who}
    return told


def _at(told: Any, path: str) -> Any:
    for key in path.split("."):
        told = told.get(key) if isinstance(told, dict) else None
    return told


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
