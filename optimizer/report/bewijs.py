"""`bewijs.json.gz`: the certificates of a run, and the question that they are about; docs/bewijs.md."""

import gzip
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from optimizer.model import Case
from optimizer.model.facts import Ints

VERSION = 1
#: Above so many pairs of household and municipality the question is not written out: the judge works it out itself.
STATED = 1_000_000
#: Times are left out of the file, so that the same certificates give the same bytes.
NO_TIME = 0


def to_bytes(case: Case) -> bytes | None:
    """Return the certificates of an answer and its question, as JSON packed by gzip; None where it has none."""
    if not case.answer.bewijs:
        return None
    rows = case.instance.free
    stated = rows.size * case.instance.opgave.size <= STATED
    document = {"versie": VERSION, "vraag": _question(case, rows) if stated else None, "bewijs": case.answer.bewijs}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return gzip.compress(text.encode(), compresslevel=6, mtime=NO_TIME)


def _question(case: Case, rows: Ints) -> Mapping[str, Any]:
    """State the question about the households that nothing fixes, with numbers for households and municipalities."""
    instance, facts = case.instance, case.facts
    allowed = [np.flatnonzero(row) for row in instance.toegestaan[rows]]
    values = {level.naam: level.value[rows] for level in instance.niveaus}
    resources, regions = instance.resources, instance.regions
    everything: list[list[int]] = [[] for _ in instance.opgave]
    return {
        "huishoudens": facts.huishoudens[rows].tolist(),
        "gemeenten": facts.gemeenten.code.tolist(),
        "personen": instance.personen[rows].tolist(),
        "opgave": np.minimum(instance.opgave, int(instance.personen[rows].sum())).tolist(),
        "middelen": instance.resource_names,
        "gebruik": [[] for _ in rows] if resources is None else resources[0][rows].tolist(),
        "ruimte": everything if resources is None else resources[1].tolist(),
        "regio": [-1] * instance.opgave.size if regions is None else regions[0].tolist(),
        "plafond": [] if regions is None else regions[1].tolist(),
        "geteld": (instance.personen if instance.counted is None else instance.counted)[rows].tolist(),
        "toegestaan": [to.tolist() for to in allowed],
        "waarden": {name: [value[h, to].tolist() for h, to in enumerate(allowed)] for name, value in values.items()},
        "loten": [str(ticket) for ticket in instance.lot[rows].tolist()],
        "antwoord": case.answer.gemeente[rows].tolist(),
    }
