"""docs/method.md holds every equation that the code names, every level and every policy."""

import re
from pathlib import Path

import pytest

from optimizer.domain.levels import LEVELS
from optimizer.policy import Beleid, load_beleid, names

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
#: An equation stands in the document as "(4)" at the start of a line, an item or a cell of a table.
DEFINED = set(re.findall(r"^(?:\* |\| `\w+` \| | *)\((\d+[a-d]?)\)", DOC, re.MULTILINE))
NAMED = re.compile(r"[Ee]quations? ((?:\(\d+[a-d]?\)(?:, | and | to )?)+)")
SOURCES = [
    *(p for room in ("model", "explain", "decide", "measure") for p in (ROOT / "optimizer" / room).rglob("*.py")),
    ROOT / "optimizer" / "retention.py",
]


def equations_of(source: Path) -> set[str]:
    return {n for found in NAMED.findall(source.read_text("utf-8")) for n in re.findall(r"\d+[a-d]?", found)}


def binds(beleid: Beleid) -> str:
    named = {
        "grounds": beleid.gronden_binden,
        "labour-market region": beleid.arbeidsmarktregio_bindt,
        "opgave": beleid.opgave_geldt,
        "pace": beleid.tempo_geldt,
    }
    return ", ".join(word for word, yes in named.items() if yes)


def test_every_equation_that_the_code_names_stands_in_the_document() -> None:
    named = set().union(*map(equations_of, SOURCES))
    assert {"5", "6a", "11", "17a", "18", "20", "27", "29", "30"} <= named
    assert named - DEFINED == set()


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_is_documented_with_its_unit(level: str) -> None:
    size, unit = LEVELS[level].unit, LEVELS[level].eenheid
    assert re.search(rf"^\| `{level}` \| \(\d+[a-d]?\) \| {size:g} {unit} \|", DOC, re.MULTILINE)


@pytest.mark.parametrize("name", names())
def test_every_policy_is_documented_as_it_is(name: str) -> None:
    beleid = load_beleid(name)
    levels = ", ".join(beleid.niveaus) or "-"
    assert f"\n| `{name}` | {beleid.methode} | {levels} | {binds(beleid)} |\n" in DOC


def test_no_policy_or_level_is_documented_that_does_not_exist() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (?:optimaal|volgorde|loting) \|", DOC, re.MULTILINE)
    assert sorted(rows) == sorted(names())
    assert sorted(re.findall(r"^\| `(\w+)` \| \(\d", DOC, re.MULTILINE)) == sorted(LEVELS)
