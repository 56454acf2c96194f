"""wis: every row about a person out of a finished run; the receipt, the counts and a note of what is gone stay."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.wording import Sentence
from optimizer import __version__
from optimizer.domain.finished import FinishedRun
from optimizer.domain.uitvoer import RECEIPT
from optimizer.domain.wissen import BLIJFT, GEWIST
from optimizer.errors import Geweigerd
from optimizer.publish import check_free, publish
from optimizer.read.run import read_finished
from optimizer.rules.parameters import Parameters, load
from optimizer.verify import Oordeel
from optimizer.verify.run.erased import judge_erased

_ALREADY = Sentence("'{place}' is al gewist.", "'{place}' is erased already.")
_ERASED = Sentence(
    "Deze run is gewist{when}: {n} {n:bestand|bestanden} met rijen over mensen. Wij keuren wat er nog staat.",
    "This run was erased{when}: {n} {n:file|files} with rows about people. What is left is judged.",
)
_ON = Sentence(" op {day}", " on {day}")
_BROKEN = Sentence(
    "'{place}' klopt niet met run.json: {file} is weg of veranderd. Wij wissen alleen wat wij herkennen.",
    "'{place}' does not agree with run.json: {file} is gone or changed. Only what we recognise is erased.",
)


@dataclass(frozen=True)
class Gewist:
    """What erasing takes and leaves.

    Attributes
    ----------
    weg, blijft
        Names of the files, in order.
    tot
        The last day of the retention term, counted from the peildatum.
    """

    weg: tuple[str, ...]
    blijft: tuple[str, ...]
    tot: date


def look(folder: Path) -> Gewist:
    """Say what erasing a run would take, after all that stands in its way was looked at; nothing is changed.

    Raises
    ------
    Geweigerd
        When the folder is no run, holds something that this program did not make, does not agree with its receipt, or
        was erased before. What an erasure that was killed left beside it is removed first.
    """
    read_finished(folder)
    check_free(folder, force=True)
    run = read_finished(folder)
    if is_erased(folder):
        raise Geweigerd(*_ALREADY.fill(place=str(folder)))
    named = _named(run)
    for name, sha in named.items():
        if run.hashes.get(name) != sha:
            raise Geweigerd(*_BROKEN.fill(place=str(folder), file=name))
    peildatum = date.fromisoformat(run.receipt["peildatum"])
    months = int(_rules(run)["bewaren/rijen_maanden"])
    weg = tuple(sorted(name for name in named if name not in BLIJFT))
    return Gewist(weg, tuple(sorted({RECEIPT, *named} - set(weg))), later(peildatum, months))


def erase(folder: Path, day: date | None, reason: str) -> Gewist:
    """Erase the rows about people of a run, in one step: at every moment the old or the erased run stands there.

    Parameters
    ----------
    day
        The day of erasing, for the note; None: not told.
    reason
        Why, for the note.
    """
    found, run = look(folder), read_finished(folder)
    receipt = (folder / RECEIPT).read_bytes()
    note: dict[str, Any] = {
        "program": "koppelwijzer",
        "version": __version__,
        "datum": None if day is None else day.isoformat(),
        "peildatum": run.receipt["peildatum"],
        "bewaren_tot": found.tot.isoformat(),
        "reden": reason,
        "run_sha256": hashlib.sha256(receipt).hexdigest(),
        "gewist": {name: sha for name, sha in sorted(_named(run).items()) if name in found.weg},
        "blijft": list(found.blijft),
    }
    contents = {name: (folder / name).read_bytes() for name in found.blijft}

    def write(place: Path) -> None:
        for name, data in contents.items():
            (place / name).write_bytes(data)
        (place / GEWIST).write_text(json.dumps(note, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    publish(folder, write, force=True)
    return found


def is_erased(folder: Path) -> bool:
    """Tell whether a run was erased."""
    return (folder / GEWIST).is_file()


def judge_left(folder: Path) -> tuple[Oordeel, Sentence]:
    """Judge what is left of an erased run; return the verdict, and what the note says."""
    run = read_finished(folder)
    try:
        note = json.loads((folder / GEWIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        note = None
    note = note if isinstance(note, dict) else None
    receipt_hash = hashlib.sha256((folder / RECEIPT).read_bytes()).hexdigest()
    found = judge_erased(run, note, receipt_hash, _rules(run))
    return Oordeel(tuple(found), (), (), pd.DataFrame(), {}), _said(note or {})


def _said(note: Mapping[str, Any]) -> Sentence:
    """Say what was erased, and when; a note that cannot be right is told by the judge."""
    gone, day = note.get("gewist"), note.get("datum")
    try:
        when = _ON.fill(day=date.fromisoformat(day)) if isinstance(day, str) else Sentence("", "")
    except ValueError:
        when = Sentence("", "")
    return _ERASED.fill(when=when, n=len(gone) if isinstance(gone, dict) else 0)


def later(day: date, months: int) -> date:
    """Return the same day some months later; the last day of the month where it lacks that day.

    >>> later(date(2026, 10, 31), 4).isoformat()
    '2027-02-28'
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - date.resolution).day
    return date(year, month + 1, min(day.day, last))


def _named(run: FinishedRun) -> dict[str, str]:
    answer = run.receipt["answer"]
    return {**(run.receipt.get("files") or {}), answer["file"]: answer["sha256"]}


def _rules(run: FinishedRun) -> Parameters:
    return load(date.fromisoformat(run.receipt["peildatum"]))
