"""The receipt of a run: everything that is needed to repeat it and to check that the answer is the same."""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from geodata.distance import describe
from geodata.tables import tables
from geodata.workplace import by_place
from optimizer import __version__
from optimizer.domain.batch import Batch
from optimizer.domain.voorstel import Niveau, Voorstel
from optimizer.rules.parameters import USER, Parameters

Receipt = dict[str, Any]


def run_receipt(
    voorstel: Voorstel,
    batch: Batch,
    parameters: Parameters,
    *,
    command: Sequence[str],
    policy: Mapping[str, Any],
    answer: bytes,
    overlays: Mapping[str, Any] | None = None,
    asked: Mapping[str, Any] | None = None,
    previous: Mapping[str, Any] | None = None,
    prijs: Mapping[str, Any] | None = None,
) -> Receipt:
    """Return the receipt of one proposal; only the values named ``seconds`` depend on the clock.

    Parameters
    ----------
    command
        The command as given, program name first.
    policy
        The policy in full, as plain data.
    answer
        The bytes of ``voorstel.csv``.
    overlays
        What was laid over the rules: ``rules``, ``scenarios`` and the ``differences`` from those that ship.
    asked
        Where the input stands, so that it can be found again.
    previous
        The run that this one goes on from, and the decisions on it, by their hashes; None where it goes on from none.
    prijs
        The same policy without what it does for some: its levels and its status; None where it does nothing for some.
    """
    return {
        **_frame(batch, parameters, command=command, seed=voorstel.seed, overlays=overlays, asked=asked),
        **({} if previous is None else {"vorige": plain(previous)}),
        "policy": plain({"name": voorstel.beleid, "method": voorstel.methode, "bekend": voorstel.bekend, **policy}),
        "levels": [_level(n, voorstel.seconden) for n in voorstel.niveaus],
        "status": voorstel.status,
        **({} if prijs is None else {"prijs": plain(prijs)}),
        "reproducible": "ja" if voorstel.reproducible else "nee",
        "seconds": {k: round(v, 3) for k, v in sorted(voorstel.seconden.items())},
        "answer": {"file": "voorstel.csv", "sha256": hashlib.sha256(answer).hexdigest()},
    }


def comparison_receipt(
    batch: Batch,
    parameters: Parameters,
    *,
    command: Sequence[str],
    seed: int,
    policies: Mapping[str, Mapping[str, Any]],
    bekend: float,
    baseline: str,
    draws: int,
    reproducible: bool,
    answer: bytes,
    overlays: Mapping[str, Any] | None = None,
    asked: Mapping[str, Any] | None = None,
    groepen: Mapping[str, Any] | None = None,
) -> Receipt:
    """Return the receipt of a comparison: ``policies`` holds every policy in full, with what became of it.

    ``bekend`` is the share of the jobs that the policies know in time; practice and bounds on what any policy keeps
    know them all. ``groepen`` is what was opened after the answer was fixed.
    """
    return {
        **_frame(batch, parameters, command=command, seed=seed, overlays=overlays, asked=asked),
        "policies": {name: plain(policy) for name, policy in policies.items()},
        "bekend": bekend,
        "baseline": baseline,
        "draws": draws,
        "reproducible": "ja" if reproducible else "nee",
        "answer": {"file": "beleidsvergelijking.csv", "sha256": hashlib.sha256(answer).hexdigest()},
        **({} if groepen is None else {"groepen": plain(groepen)}),
    }


def tradeoff_receipt(
    batch: Batch,
    parameters: Parameters,
    *,
    command: Sequence[str],
    seed: int,
    policy: Mapping[str, Any],
    points: Mapping[str, Mapping[str, Any]],
    bekend: float,
    reproducible: bool,
    answer: bytes,
    overlays: Mapping[str, Any] | None = None,
    asked: Mapping[str, Any] | None = None,
) -> Receipt:
    """Return the receipt of a trade-off: ``points`` holds the policy of every point in full."""
    return {
        **_frame(batch, parameters, command=command, seed=seed, overlays=overlays, asked=asked),
        "tradeoff": {name: plain(point) for name, point in points.items()},
        "base": plain(policy),
        "bekend": bekend,
        "reproducible": "ja" if reproducible else "nee",
        "answer": {"file": "afweging_koppelingen.csv", "sha256": hashlib.sha256(answer).hexdigest()},
    }


def sealed(receipt: Receipt, files: Mapping[str, bytes]) -> Receipt:
    """Return the receipt with the hash of every file beside it, and last the hash of all that the receipt says itself.

    An edit of a file or of the receipt shows; it is no signature, for whoever wants can make a new hash. What depends
    on the clock or on where the files stand is left out of the last hash, so that it is the same on every run.
    """
    told = {**receipt, "files": {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}}
    return {**told, "receipt_sha256": digest(_lasting(told))}


def _lasting(value: Any) -> Any:
    """Leave out what the clock or the place of the files decides: seconds, the command and the path of the input."""
    if isinstance(value, Mapping):
        return {k: _lasting(v) for k, v in value.items() if k not in ("seconds", "command", "input")}
    return [_lasting(v) for v in value] if isinstance(value, list) else value


def to_bytes(receipt: Receipt) -> bytes:
    """Return the receipt as the bytes of ``run.json``: indented, in a fixed order, UTF-8."""
    return (json.dumps(receipt, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def digest(value: Any) -> str:
    """Return the SHA-256 of plain data, whatever the order of its keys.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


#: The overlays of a run that laid nothing over the rules that ship.
_NO_OVERLAYS: Mapping[str, Any] = {"rules": [], "scenarios": [], "differences": {"parameters": [], "policies": []}}


def _frame(
    batch: Batch,
    parameters: Parameters,
    *,
    command: Sequence[str],
    seed: int,
    overlays: Mapping[str, Any] | None,
    asked: Mapping[str, Any] | None,
) -> Receipt:
    """Return what every receipt begins with."""
    in_force = {name: _parameter(name, parameters) for name in parameters}
    return {
        "program": "koppelwijzer",
        "version": __version__,
        "command": list(command),
        "peildatum": parameters.peildatum.isoformat(),
        "seed": seed,
        "input": dict(asked or {"path": ""}),
        **_ahead(batch),
        "inputs": [{"name": b.naam, "sha256": b.sha256} for b in batch.bronnen],
        "distances": {
            **describe(parameters["gronden/maat"], parameters.peildatum),
            **_workplaces(batch, parameters["gronden/maat"]),
        },
        "tables": [t._asdict() for t in tables()],
        **plain(overlays or _NO_OVERLAYS),
        "parameters": in_force,
        "parameters_sha256": digest(in_force),
    }


def _ahead(batch: Batch) -> Receipt:
    """Name the file of a look ahead; nothing where nobody looked ahead."""
    bron = batch.vooruitblik_bron
    return {} if bron is None else {"vooruitblik": {"name": bron.naam, "sha256": bron.sha256}}


def _workplaces(batch: Batch, measure: str) -> Receipt:
    """Say how many jobs name their place, and what is measured to; nothing where no job does."""
    werk = batch.werk.reindex(columns=["werk_plaats", "werk_postcode4"], fill_value="")
    postcode = werk["werk_postcode4"].isin(batch.postcodes["postcode4"])
    jobs = int(((werk["werk_plaats"] != "") | postcode).sum())
    if not jobs:
        return {}
    told: Receipt = {"banen": jobs, "gemeten_tot": "plaats" if by_place(measure) else "midden van de gemeente"}
    return {"werkplaatsen": {**told, **({"postcodes": batch.postcodes_bestand} if postcode.any() else {})}}


def _parameter(name: str, parameters: Parameters) -> dict[str, Any]:
    """Return one parameter in force: its value, where it comes from, and whether the user set it."""
    known = parameters.catalogue[name]
    dated = known.at(parameters.peildatum)
    overridden = name in parameters.overrides
    origin = parameters.origin(name) or USER
    return {
        "value": plain(parameters[name]),
        "unit": known.unit,
        "layer": origin.layer,
        "since": None if overridden or dated is None else dated.since.isoformat(),
        "source": str(origin.source),
        "source_en": origin.source.said("en"),
        "overridden": overridden,
        "description": known.description,
        "description_en": known.description_en,
    }


def _level(niveau: Niveau, seconds: Mapping[str, float]) -> dict[str, Any]:
    spent = seconds.get(niveau.naam)
    return {
        "name": niveau.naam,
        "unit": niveau.eenheid,
        "value": plain(niveau.waarde),
        "bound": plain(niveau.grens),
        "gap": plain(niveau.gap),
        "status": niveau.status,
        "certificate": niveau.bewijs,
        "best": plain(niveau.best),
        "floor": plain(niveau.vloer),
        "most": plain(niveau.hoogste),
        **({"bought": plain(niveau.gekocht)} if niveau.gekocht else {}),
        "seconds": None if spent is None else round(spent, 3),
    }


def plain(value: Any) -> Any:
    """Return the value as JSON can hold it: dates as ISO text, tuples as lists, no infinity (None: not known).

    >>> plain({1: (1.0, float("inf"))})
    {'1': [1.0, None]}
    """
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(v) for v in (sorted(value) if isinstance(value, (set, frozenset)) else value)]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
