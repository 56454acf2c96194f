"""kennis.json says what was known: the input as it was read, and the jobs that nobody knew of or decided on."""

import hashlib
import json
from typing import Any

from optimizer.domain.batch import Batch
from optimizer.domain.csvs import table_bytes
from optimizer.domain.finished import FinishedRun
from optimizer.domain.tables import TABLES
from optimizer.domain.uitvoer import KENNIS
from optimizer.verify.case import Case
from optimizer.verify.findings import bevinding
from optimizer.verify.households import NONE
from optimizer.verify.oordeel import Bevinding

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
        "version": run.receipt["version"],
        "unknown.jobs": keys[~jobs.known].tolist(),
        "unknown.undecided_jobs": keys[undecided].tolist(),
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


def _at(told: Any, path: str) -> Any:
    for key in path.split("."):
        told = told.get(key) if isinstance(told, dict) else None
    return told


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
