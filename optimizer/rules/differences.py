"""Where the parameters of a run differ from those that ship: what a scenario, a folder of rules or a user changed."""

import hashlib
from pathlib import Path
from typing import Any

from optimizer.rules.parameters import Parameters, load


def differences(parameters: Parameters) -> list[dict[str, Any]]:
    """List every parameter whose value on the peildatum is another than the one that ships, ready for JSON.

    Returns
    -------
    One entry per parameter, in alphabetical order: ``path``, ``unit``, and under ``baseline`` and ``new`` the value
    with its layer and source; None where nothing is in force.
    """
    shipped = load(parameters.peildatum)
    found = []
    for name in sorted(parameters.catalogue):
        before, after = _state(shipped, name), _state(parameters, name)
        if (before and before["value"]) != (after and after["value"]):
            unit = parameters.catalogue[name].unit
            found.append({"path": name, "unit": unit, "baseline": before, "new": after})
    return found


def _state(parameters: Parameters, name: str) -> dict[str, Any] | None:
    origin = parameters.origin(name)
    if origin is None:
        return None
    return {"value": parameters[name], "layer": origin.layer, "source": str(origin.source)}


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file, or of every parameter file below a folder with its place in it."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    files = sorted(path.rglob("*.yaml"))
    lines = [f"{f.relative_to(path).as_posix()} {hashlib.sha256(f.read_bytes()).hexdigest()}" for f in files]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
