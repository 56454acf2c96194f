"""What was known when a proposal was made, as far as the receipt does not say it: ``kennis.json``."""

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import pandas as pd

from optimizer import __version__
from optimizer.domain.batch import Batch
from optimizer.domain.csvs import table_bytes
from optimizer.domain.tables import TABLES
from optimizer.domain.voorstel import Voorstel
from optimizer.report.receipt import plain, to_bytes
from optimizer.rules.parameters import Parameters

#: Packages by which an answer can differ.
PACKAGES = ("numpy", "pandas", "scipy", "ortools", "numba", "shapely")
#: Keys of unknown cells that are listed for a column; of more only the number is told.
MOST_KEYS = 2_000
#: Columns in which an empty cell says that there is none; in every other one it says that nobody knew.
_NONE = frozenset(
    {"vastgezet_gemeente", "vastgezet_reden", "uitgesloten_gemeenten", "voorkeur_grond", "woning_nodig"}
    | {"werk_plaats", "werk_postcode4"}
)
#: What tells the rows of a table apart.
_KEY = {"huishoudens": "huishouden_id", "personen": "persoon_id", "werk": "baan_id", "gronden": "huishouden_id"}


def knowledge(
    as_read: Batch, voorstel: Voorstel, parameters: Parameters, *, limits: Mapping[str, Any], style: Mapping[str, Any]
) -> bytes:
    """Return the content of ``kennis.json``; nothing in it depends on the clock.

    Parameters
    ----------
    as_read
        The input as it was read, without decisions on an earlier run.
    limits, style
        When the solver stops, and how the tables are written: what an answer and its bytes depend on besides the rest.
    """
    return to_bytes(
        {
            "program": "koppelwijzer",
            "version": __version__,
            "peildatum": parameters.peildatum.isoformat(),
            "limits": plain(limits),
            "style": plain(style),
            "environment": {
                "processor": platform.machine(),
                "python": ".".join(platform.python_version_tuple()[:2]),
                "packages": {name: version(name) for name in PACKAGES},
            },
            "tables": {name: _table(getattr(as_read, name)) for name in TABLES},
            "unknown": {
                "jobs": _jobs(voorstel, "bekend", "nee"),
                "undecided_jobs": _jobs(voorstel, "uitkomst", "niet_gekoppeld"),
                "cells": {name: _empty(getattr(as_read, name), key) for name, key in _KEY.items()},
            },
            "warnings": [
                {"code": d.code, "file": d.file, "row": d.row, "column": d.column} for d in as_read.waarschuwingen
            ],
            "rules": {name: _dated(name, parameters) for name in parameters if not name.startswith("generate/")},
        }
    )


def _table(frame: pd.DataFrame) -> dict[str, Any]:
    """Return how many rows a table of the input has, and the hash of all its cells, whatever file it came from."""
    return {"rows": len(frame), "sha256": hashlib.sha256(table_bytes(frame)).hexdigest()}


def _jobs(voorstel: Voorstel, column: str, value: str) -> list[str]:
    banen = voorstel.banen
    return [str(key) for key in banen.loc[banen[column] == value, "baan_id"]]


def _empty(frame: pd.DataFrame, key: str) -> dict[str, Any]:
    """Return by column how many cells are empty, and of which rows; no rows where they are very many."""
    found = {}
    for column in (c for c in frame if c not in _NONE):
        empty = frame[column].isna() | (frame[column].astype(str) == "")
        if empty.any():
            keys = [str(k) for k in frame.loc[empty, key]]
            found[str(column)] = {"count": len(keys), "keys": keys if len(keys) <= MOST_KEYS else None}
    return found


def _dated(name: str, parameters: Parameters) -> dict[str, Any]:
    """Return whether a value in force had been checked, since when it was not found, and what was known to follow."""
    known = parameters.catalogue[name]
    dated, lacking = known.at(parameters.peildatum), parameters.not_found(name)
    later = [v for v in known.values if v.since > parameters.peildatum]
    return {
        "verified": bool(dated and dated.verified and name not in parameters.overrides),
        "not_found_since": None if lacking is None else lacking.since.isoformat(),
        "later": [
            {"since": v.since.isoformat(), "value": plain(v.value), "source": str(v.source), "verified": v.verified}
            for v in later
        ],
    }
