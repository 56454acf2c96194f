"""The files of a run are those that its receipt names, and the receipt is as it was written."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from optimizer.domain.finished import FinishedRun
from optimizer.domain.uitvoer import RECEIPT
from optimizer.rules.parameters import Parameters
from optimizer.verify.findings import bevinding
from optimizer.verify.oordeel import Bevinding

#: What a run and a comparison always hold.
OF_RUN = (
    "voorstel.csv",
    "banen.csv",
    "taakstelling.csv",
    "niet_gekoppeld.csv",
    "uitzonderingen.csv",
    "werklijst.csv",
    "prognose.csv",
    "kennis.json",
    "koppelregio.csv",
    "voorstel.xlsx",
    "voorstel.parquet",
    "banen.parquet",
    "rapport.html",
    "wethouder.html",
)
OF_COMPARISON = (
    "beleidsvergelijking.csv",
    "beleidsvergelijking.parquet",
    "attributie.csv",
    "attributie.parquet",
    "koppelingen.csv",
    "koppelingen.parquet",
    "winnaars.csv",
    "winnaars.parquet",
    "rapport.html",
)
#: Parts of a receipt that depend on the clock or on where the files stand: its own hash leaves them out.
_PASSING = ("seconds", "command", "input")

OF_TRADEOFF = ("afweging.csv", "afweging_koppelingen.csv", "afweging_voorstellen.csv", "afweging.html")


def receipt_whole(run: FinishedRun, parameters: Parameters) -> list[Bevinding]:
    """The receipt says all that it must, and nothing in it has changed since it was written."""
    receipt, named = run.receipt, run.receipt.get("files") or {}
    wanted = OF_COMPARISON if run.is_comparison else OF_TRADEOFF if run.is_tradeoff else OF_RUN
    own = ("bekend", "draws", "baseline") if run.is_comparison else ("bekend",) if run.is_tradeoff else ()
    keys = ("files", "receipt_sha256", *own)
    missing = [key for key in keys if receipt.get(key) in (None, "", {})]
    missing += [name for name in wanted if named and name not in named]
    found = [_about(parameters, "bewijs_onvolledig", RECEIPT, toegestaan=key) for key in missing]
    if "receipt_sha256" in receipt and receipt["receipt_sha256"] != own_hash(receipt):
        found.append(_about(parameters, "bewijs_veranderd", RECEIPT))
    return found


def files_as_written(run: FinishedRun, parameters: Parameters) -> list[Bevinding]:
    """Every file that the receipt names is there and holds what it held."""
    answer = run.receipt["answer"]
    named = {answer["file"]: answer["sha256"], **(run.receipt.get("files") or {})}
    codes = {name: _code(run.hashes.get(name), sha256) for name, sha256 in named.items()}
    return [_about(parameters, code, name) for name, code in codes.items() if code]


def own_hash(receipt: Mapping[str, Any]) -> str:
    """Return the SHA-256 of all that a receipt says but the hash itself, whatever the order of its keys."""
    said = lasting({key: value for key, value in receipt.items() if key != "receipt_sha256"})
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def lasting(value: Any) -> Any:
    """Return a part of a receipt without what passes.

    >>> lasting({"seed": 0, "command": ["koppelwijzer"], "levels": [{"value": 1.0, "seconds": 0.2}]})
    {'seed': 0, 'levels': [{'value': 1.0}]}
    """
    if isinstance(value, dict):
        return {key: lasting(part) for key, part in value.items() if key not in _PASSING}
    return [lasting(part) for part in value] if isinstance(value, list) else value


def _code(stands: str | None, named: str) -> str:
    """Return what is wrong with a file, by its hash (None: not there); empty where nothing is."""
    return "bestand_weg" if stands is None else "bestand_veranderd" if stands != named else ""


def _about(parameters: Parameters, code: str, bestand: str, toegestaan: str = "") -> Bevinding:
    return bevinding(code, parameters, toegestaan=toegestaan, bestand=bestand)
