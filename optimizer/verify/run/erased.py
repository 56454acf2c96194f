"""An erased run before the judge: what is left is as it was, what is gone is told, and no row about anybody stands."""

from collections.abc import Mapping
from typing import Any

from optimizer.domain.finished import FinishedRun
from optimizer.domain.uitvoer import RECEIPT
from optimizer.domain.wissen import BLIJFT, GEWIST
from optimizer.rules.parameters import Parameters
from optimizer.verify.findings import bevinding
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.run.files import own_hash


def judge_erased(
    run: FinishedRun, note: Mapping[str, Any] | None, receipt_hash: str, parameters: Parameters
) -> list[Bevinding]:
    """Judge what erasing left of a run, by its receipt and the note alone: the input is not needed.

    Parameters
    ----------
    run
        What stands in the folder.
    note
        ``gewist.json`` as plain data that nobody has believed yet; None where it cannot be read.
    receipt_hash
        SHA-256 of ``run.json`` as it stands.
    """

    def about(code: str, file: str) -> Bevinding:
        return bevinding(code, parameters, bestand=file)

    named = {**(run.receipt.get("files") or {}), run.receipt["answer"]["file"]: run.receipt["answer"]["sha256"]}
    stands = {name: sha for name, sha in run.hashes.items() if name not in {GEWIST, ".koppelwijzer"}}
    found = [about("bewijs_veranderd", RECEIPT)] if run.receipt.get("receipt_sha256") != own_hash(run.receipt) else []
    found += [about("bestand_veranderd", name) for name, sha in stands.items() if name in named and named[name] != sha]
    found += [about("wissen_rijen", name) for name in stands if name not in BLIJFT]
    found += [about("wissen_rijen", name) for name in stands if name in BLIJFT and name not in named]
    found += [about("bestand_weg", name) for name in named if name in BLIJFT and name not in stands]
    gone = {name: sha for name, sha in named.items() if name not in BLIJFT}
    right = note is not None and note.get("gewist") == gone and note.get("run_sha256") == receipt_hash
    return found if right else [*found, about("wissen_onjuist", GEWIST)]
