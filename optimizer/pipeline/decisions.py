"""A run goes on from an earlier one: its proposal and its decisions are read, checked and put in force."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.wording import Sentence
from optimizer.domain.batch import Bron
from optimizer.domain.finished import FinishedRun
from optimizer.domain.uitvoer import BESLUITEN, EERDER, GEWIJZIGD
from optimizer.errors import Defect, Geweigerd
from optimizer.month.decisions import as_table, checked, decided, new_about
from optimizer.month.differences import differences, links
from optimizer.pipeline.again import decisions_of, earlier_links, finished_proposal, other_inputs
from optimizer.pipeline.orders import Vervolg
from optimizer.read import in_order
from optimizer.read.besluiten import read_besluiten, refuse
from optimizer.report import Continued
from optimizer.settle import InForce

_OTHER_INPUT = Sentence(
    "De invoer in '{place}' is niet die van de run '{run}'. Anders of weg: {other}. Geef de invoer van toen, of zeg "
    "met --nieuwe-invoer dat u een nieuwe invoer wilt.",
    "The input in '{place}' is not that of the run '{run}'. Changed or gone: {other}. Give the input of that moment, "
    "or say with --nieuwe-invoer that you want a new one.",
)


@dataclass(frozen=True)
class Earlier:
    """An earlier run, and what a new run takes from it.

    Attributes
    ----------
    run
        The earlier run, as written.
    in_force
        What is in force for the new run: the batch with the decisions and the earlier municipalities.
    bronnen
        The files of decisions that were read.
    warnings
        What people should know of them.
    """

    run: FinishedRun
    in_force: InForce
    bronnen: tuple[Bron, ...]
    warnings: tuple[Defect, ...]

    def written(self, voorstel: pd.DataFrame) -> Continued:
        """Return what the new run writes besides, with its ``voorstel`` table."""
        batch = self.in_force.batch
        earlier = dict(batch.eerder or {})
        changed = differences(earlier, links(voorstel), new_about(batch.besluiten))
        eerder = pd.DataFrame(list(earlier.items()), columns=EERDER.names, dtype=object)
        tables = {BESLUITEN: as_table(batch.besluiten), EERDER: eerder, GEWIJZIGD: changed}
        return Continued(tables, previous(self.run.receipt, self.bronnen))


def go_on(vervolg: Vervolg, in_force: InForce) -> Earlier:
    """Put the decisions on an earlier run in force for a new one.

    Raises
    ------
    Geweigerd
        When that folder holds no run with a proposal, it was edited, or the input is another and nobody said so.
    InvoerOngeldig
        With every problem of the decisions at once.
    """
    run = finished_proposal(vervolg.run)
    other = other_inputs(run.receipt, in_force.batch)
    if other and not vervolg.nieuwe_invoer:
        said = {"run": str(vervolg.run), "other": ", ".join(other)}
        raise Geweigerd(*_OTHER_INPUT.fill(place=(run.receipt.get("input") or {}).get("path", "?"), **said))
    earlier = earlier_links(run, in_force.parameters.peildatum)
    regels, bronnen, defects = [], [], list[Defect]()
    if vervolg.besluiten is not None:
        read = read_besluiten(vervolg.besluiten, in_force.parameters.peildatum)
        regels, bronnen, defects = read.regels, read.bronnen, read.defects
    besluiten, found = checked(regels, in_force.batch, earlier, decisions_of(run))
    defects = list(in_order([*defects, *found]))
    refuse(defects)
    batch = decided(in_force.batch, besluiten, earlier)
    return Earlier(run, replace(in_force, batch=batch), tuple(bronnen), tuple(defects))


def previous(receipt: Mapping[str, Any], bronnen: tuple[Bron, ...]) -> dict[str, Any]:
    """Return for a receipt from which run it goes on, with the chain of runs before that one, first one first."""
    mine = {"answer": receipt["answer"]["sha256"], "receipt": receipt["receipt_sha256"]}
    before = receipt.get("vorige")
    chain = [*before["keten"], {k: before[k] for k in ("answer", "receipt")}] if before else []
    return {**mine, "besluiten": [{"name": b.naam, "sha256": b.sha256} for b in bronnen], "keten": chain}


def places(vervolg: Vervolg) -> dict[str, str]:
    """Return for a receipt where the earlier run and the decisions stand."""
    given: dict[str, Path | None] = {"vorige": vervolg.run, "besluiten": vervolg.besluiten}
    return {name: path.as_posix() for name, path in given.items() if path is not None}
