"""docs/glossary.md against the code: every identifier exists, no term or identifier stands twice."""

import dataclasses
import importlib
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optimizer.domain.levels import LEVELS
from optimizer.domain.tables import TABLES
from optimizer.domain.uitvoer import OUTPUT_TABLES
from optimizer.policy import names
from optimizer.rules.parameters import load

DOCS = Path(__file__).parents[2] / "docs"
GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([^|]+) \| ([^|]+) \| `([^`|]+)` \| ([^|]+) \|$", GLOSSARY, re.MULTILINE)


def exists(identifier: str) -> bool:
    kind, _, name = identifier.rpartition(" ")
    known: dict[str, set[str]] = {
        "column": {f"{t.name}.{c.name}" for t in TABLES.values() for c in t.columns},
        "output": {f"{t.name}.{c.name}" for t in OUTPUT_TABLES for c in t.columns},
        "parameter": set(load(date(2026, 10, 1))),
        "level": set(LEVELS),
        "policy": set(names()),
    }
    return name in known[kind] if kind else in_code(name)


def in_code(dotted: str) -> bool:
    """Follow a dotted name from the longest module in it, through attributes and fields."""
    parts = dotted.split(".")
    for split in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:split]))
        except ModuleNotFoundError:
            continue
        for part in parts[split:]:
            fields = {f.name for f in dataclasses.fields(found)} if dataclasses.is_dataclass(found) else set()
            if part in fields | set(getattr(found, "model_fields", ())):
                return part == parts[-1]
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


@pytest.mark.parametrize("identifier", [row[2] for row in ROWS])
def test_the_identifier_of_every_term_exists(identifier: str) -> None:
    assert exists(identifier)


def test_an_identifier_that_does_not_exist_is_noticed() -> None:
    wrong = ("optimizer.retention.p_keep", "optimizer.model.Answer.stad", "column werk.loon", "nowhere.at_all")
    assert not any(map(exists, wrong))


def test_one_term_has_one_identifier_and_one_identifier_one_term() -> None:
    terms, identifiers = [row[0] for row in ROWS], [row[2] for row in ROWS]
    assert len(ROWS) > 50
    assert len(set(terms)) == len(terms)
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.parametrize(
    "name",
    sorted({c.name for t in TABLES.values() for c in t.columns} | {c.name for t in OUTPUT_TABLES for c in t.columns}),
)
def test_every_column_is_explained(name: str) -> None:
    explained = GLOSSARY + (DOCS / "bestanden.md").read_text(encoding="utf-8")
    assert re.search(rf"`(?:column \w+\.|output \w+\.)?{name}`", explained)
