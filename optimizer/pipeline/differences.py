"""verschil: what differs between any two finished runs."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from optimizer.domain.besluiten import Besluit
from optimizer.domain.csvs import csv_bytes, written
from optimizer.domain.finished import FinishedRun
from optimizer.domain.uitvoer import VOORSTEL
from optimizer.month.differences import differences
from optimizer.pipeline.again import decisions_of, earlier_links, finished_proposal
from optimizer.publish import check_file_free, publish_file


@dataclass(frozen=True)
class Linked:
    """How many households and persons a run has, and links."""

    households: int
    persons: int
    households_linked: int
    persons_linked: int


@dataclass(frozen=True)
class Difference:
    """What differs: the columns of ``domain.uitvoer.GEWIJZIGD``, and what either run links."""

    changed: pd.DataFrame
    before: Linked
    after: Linked


def compare_runs(one: Path, two: Path) -> Difference:
    """Compare the proposals of two runs, in the division of municipalities of the second.

    ``besluit`` stands where the second run has a decision on the household that the first one has not.

    Raises
    ------
    Geweigerd
        When one of the folders holds no run with a proposal, or its proposal was edited.
    """
    first, second = finished_proposal(one), finished_proposal(two)
    day = date.fromisoformat(second.receipt["peildatum"])
    changed = differences(earlier_links(first, day), earlier_links(second, day), _decided(first, second))
    return Difference(changed, _linked(first), _linked(second))


def write_difference(out: Path, changed: pd.DataFrame, *, english: bool, force: bool, inputs: tuple[Path, ...]) -> None:
    """Write the table of what changed as a CSV file, beside and then renamed."""
    names = [str(name) for name in changed.columns]
    data = csv_bytes(names, [written(changed[name]) for name in names], english=english)
    publish_file(out, lambda place: place.write_bytes(data), force=force, inputs=inputs)


def check_out(out: Path, *, force: bool, inputs: tuple[Path, ...]) -> None:
    """Refuse a place that is taken before anything is worked out."""
    check_file_free(out, force=force, inputs=inputs)


def _decided(first: FinishedRun, second: FinishedRun) -> set[str]:
    """Return the households with a decision in the second run that the first one has not."""
    mine = decisions_of(second)
    if (second.receipt.get("vorige") or {}).get("answer") == first.receipt["answer"]["sha256"]:
        return {b.huishouden_id for b in mine if b.nieuw}
    known = set(map(_plain, decisions_of(first)))
    return {b.huishouden_id for b in mine if _plain(b) not in known}


def _plain(besluit: Besluit) -> tuple[str, str, str]:
    return besluit.huishouden_id, besluit.soort, besluit.gemeente


def _linked(run: FinishedRun) -> Linked:
    frame = run.tables[VOORSTEL.name].frame
    persons = frame["aantal_personen"].astype("int64")
    there = frame["gemeente"] != ""
    return Linked(len(frame), int(persons.sum()), int(there.sum()), int(persons[there].sum()))
