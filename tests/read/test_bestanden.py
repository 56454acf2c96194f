"""``docs/bestanden.md`` names every column, defect, outcome and exit code, in the words of the program."""

from pathlib import Path

import pytest

from optimizer.domain.tables import TABLES, Column
from optimizer.domain.uitvoer import (
    GEHONOREERD,
    OORZAKEN,
    OUTPUT_TABLES,
    STATUSSEN,
    UITKOMSTEN,
    UITZONDERINGEN,
    OutputColumn,
)
from optimizer.errors import ExitCode
from optimizer.read.files.sources import READ_ELSEWHERE
from optimizer.read.table.cells import FLAGS
from optimizer.read.table.uitleg import allowed, when_empty
from optimizer.read.texts import texts
from optimizer.read.wishes.beleid import KEYS

DOCS = Path(__file__).parents[2] / "docs" / "bestanden.md"
WRITTEN = {
    "id": "code of kenmerk",
    "text": "tekst",
    "count": "heel getal",
    "km": "km, één decimaal",
    "kans": "vier decimalen",
    "mean": "twee decimalen",
    "uren": "zoals ingevuld",
}


def input_row(column: Column) -> str:
    """Return the line of the document that describes a column of the input."""
    name = f"**`{column.name}`**" if column.required else f"`{column.name}`"
    return f"| {name} | {column.nl} | {allowed(column)} | {when_empty(column)} |"


def output_row(column: OutputColumn) -> str:
    """Return the line of the document that describes a column of the output."""
    return f"| `{column.name}` | {column.nl} | {WRITTEN[column.kind]} |"


def defect_row(code: str) -> str:
    """Return the line of the document that describes a problem: its most general message and remedy."""
    entry = texts()[code]
    message, remedy = (s if isinstance(s, str) else s[-1] for s in (entry["nl"], entry["nl_actie"]))
    return f"| `{code}` | {message} | {remedy} |".replace("{", "<").replace("}", ">")


@pytest.fixture(scope="module")
def sections() -> dict[str, str]:
    """Cut the document at its headings."""
    parts = DOCS.read_text(encoding="utf-8").split("\n#")
    return {part.splitlines()[0].strip("# "): part for part in parts}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_column_of_the_input_is_described(name: str, sections: dict[str, str]) -> None:
    rows = [line for line in sections[name].splitlines() if line.startswith(("| `", "| **"))]
    assert rows == [input_row(column) for column in TABLES[name].columns]


@pytest.mark.parametrize("table", OUTPUT_TABLES, ids=lambda t: t.name)
def test_every_column_of_the_output_is_described(table: object, sections: dict[str, str]) -> None:
    (described,) = [t for t in OUTPUT_TABLES if t is table]
    rows = [line for line in sections[f"{described.name}.csv"].splitlines() if line.startswith("| `")]
    assert rows == [output_row(column) for column in (*described.columns, *described.optional)]


def test_every_defect_is_listed_with_its_remedy(sections: dict[str, str]) -> None:
    rows = [line for line in sections["Alle meldingen"].splitlines() if line.startswith("| `")]
    assert rows == [defect_row(code) for code in texts()]


def test_every_value_of_an_output_column_is_explained(sections: dict[str, str]) -> None:
    for section, values in (
        ("voorstel.csv", (*STATUSSEN, *GEHONOREERD)),
        ("banen.csv", UITKOMSTEN),
        ("niet_gekoppeld.csv", OORZAKEN),
        ("uitzonderingen.csv", UITZONDERINGEN),
    ):
        assert [value for value in values if f"- `{value}`:" not in sections[section]] == []


def test_every_setting_every_word_for_yes_and_no_and_every_exit_code_is_named(sections: dict[str, str]) -> None:
    assert [key for key in KEYS if f"| `{key}` |" not in sections["beleid.toml"]] == []
    general = sections["Hoe het programma cellen leest"]
    assert [word for word in FLAGS if f"`{word}`" not in general] == []
    assert [name for name in READ_ELSEWHERE if f"`{name}`" not in sections["Wat u aanlevert"]] == []
    codes = [
        line for line in sections["Wat het programma teruggeeft als het klaar is"].splitlines() if line[:3] == "| 0"
    ]
    assert len(codes) == 1
    assert all(f"\n| {code.value} | " in sections["Wat het programma teruggeeft als het klaar is"] for code in ExitCode)
