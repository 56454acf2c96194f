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


def knowledge_right(run: FinishedRun, as_read: Batch, case: Case) -> list[Bevinding]:
    """What follows from the input and the proposal stands there as it follows; the rest is told by its hash alone.

    Parameters
    ----------
    as_read
        The input of the run, without decisions on an earlier one.
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
        "unknown.jobs": keys[~jobs.known].tolist(),
        "unknown.undecided_jobs": keys[undecided].tolist(),
        **{f"unknown.cells.{name}": _unknown(as_read, name, key) for name, key in _KEYS},
        **{f"tables.{name}": _table(as_read, name) for name in TABLES},
    }
    return [
        bevinding(
            "kennis_onjuist",
            case.parameters,
            bestand=KENNIS,
            baan=path,
            gevonden=_short(_at(told, path)),
            toegestaan=_short(value),
        )
        for path, value in right.items()
        if _at(told, path) != value
    ]


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
