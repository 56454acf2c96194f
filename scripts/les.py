"""Do what docs/kwartier.md tells its reader to do, and keep what every command says: ``python -m scripts.les``.

The page holds commands in blocks ``console`` and, between them, comments ``<!-- stap: name -->`` for what a person does
in Excel. Each is done in order in an empty folder. What a command says replaces what stood under it; what a step shows
replaces the block ``text`` after it. The same program gives the same page.
"""

import csv
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "kwartier.md"
#: A block of commands, or what a person does with (or without) a block that shows it.
PART = re.compile(
    r"^```console\n(?P<told>.*?)^```$|^<!-- stap: (?P<step>\w+) -->$(?P<shown>\n\n```text\n.*?^```$)?", re.M | re.S
)
#: Exit codes of a command that did its work, and of a check that found problems.
EXPECTED = {0, 3, 4, 5}
#: Said by the clock, not by the work.
_STILL = "nog bezig"
_FILLED = ("huishoudens", "personen", "werk", "gronden", "taakstelling")
#: Three slips of the pen: sheet, cell, what stands there.
_SLIPS = (("huishoudens", "D5", "Zwole"), ("huishoudens", "B9", "twee"), ("werk", "C3", 200))
_OBJECTION = "Geen woning vrij in oktober"


def told(page: str, work: Path) -> str:
    """Return a page with everything done in a folder, and said again.

    Raises
    ------
    RuntimeError
        When a command fails.
    KeyError
        When the page names a step that does not exist.
    """

    def done(part: re.Match[str]) -> str:
        if part["step"] is None:
            commands = [line for line in part["told"].splitlines() if line.startswith("$ ")]
            return "```console\n" + "\n".join(f"{line}\n{said(line[2:], work)}" for line in commands) + "```"
        shown = "\n".join(STEPS[part["step"]](work))
        return f"<!-- stap: {part['step']} -->" + (f"\n\n```text\n{shown}\n```" if part["shown"] else "")

    return PART.sub(done, page)


def said(command: str, work: Path) -> str:
    """Run one command of koppelwijzer in a folder and return what it says, or its remarks where it says nothing.

    Raises
    ------
    RuntimeError
        When it fails.
    """
    program, *words = shlex.split(command)
    settings = {
        "COLUMNS": "100",
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",
        "KOPPELWIJZER_DATA": str(work / ".opgehaald"),
    }
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "optimizer.cli", *words],
        cwd=work,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if program != "koppelwijzer" or ran.returncode not in EXPECTED:
        raise RuntimeError(f"{command}: code {ran.returncode}\n{ran.stdout}{ran.stderr}")
    lines = (ran.stdout or ran.stderr).splitlines()
    return "".join(f"{line}\n" for line in lines if not line.startswith(_STILL))


def _fill(work: Path) -> Iterator[str]:
    """Copy the practice group into the empty workbook, with three slips of the pen."""
    book = openpyxl.load_workbook(work / "groep.xlsx")
    for name in _FILLED:
        sheet = book[name]
        heads = [cell.value for cell in sheet[1]]
        sheet.delete_rows(2, sheet.max_row)
        with (work / "oefening" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
            for row, cells in enumerate(csv.DictReader(lines, delimiter=";"), 2):
                for column, value in cells.items():
                    sheet.cell(row, heads.index(column) + 1, value or None)
    for name, cell, wrong in _SLIPS:
        book[name][cell] = wrong
    book.save(work / "groep.xlsx")
    yield from (f"blad {name}: {book[name].max_row - 1} rijen" for name in _FILLED)


def _mend(work: Path) -> Iterator[str]:
    """Put right what was wrong: the cells are again those of the practice group."""
    _, right = list(_fill(work)), openpyxl.load_workbook(work / "groep.xlsx")
    for name, cell, wrong in _SLIPS:
        with (work / "oefening" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter=";"))
        place = right[name][cell]
        place.value = rows[place.row - 2][right[name].cell(1, place.column).value]
        yield f"{name} {cell}: was '{wrong}', wordt '{place.value}'"
    right.save(work / "groep.xlsx")


def _books(work: Path) -> Iterator[str]:
    yield from (file.name for file in sorted((work / "outputs" / "groep" / "gemeenten").glob("*.xlsx")))


def _answer(work: Path) -> Iterator[str]:
    """Answer as municipalities do: the first has an objection to its first household, the last says nothing."""
    (work / "antwoorden").mkdir()
    files = sorted((work / "outputs" / "groep" / "gemeenten").glob("*.xlsx"))
    for file in files[:-1]:
        book = openpyxl.load_workbook(file)
        sheet = book["antwoord"]
        columns = {cell.value: cell.column for cell in sheet[1]}
        rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, columns["Huishouden"]).value]
        for row in rows:
            sheet.cell(row, columns["besluit"], "akkoord")
        if file == files[0]:
            sheet.cell(rows[0], columns["besluit"], "bezwaar")
            sheet.cell(rows[0], columns["reden"], _OBJECTION)
        book.save(work / "antwoorden" / file.name)
        objection = f", 1 bezwaar ({_OBJECTION})" if file == files[0] else ""
        yield f"{file.stem}: {len(rows) - bool(objection)} akkoord{objection}"
    yield f"{files[-1].stem}: nog geen antwoord"


#: What a person does between two commands; each returns what the page shows of it.
STEPS: dict[str, Callable[[Path], Iterator[str]]] = {
    "vul_in": _fill,
    "verbeter": _mend,
    "werkboeken": _books,
    "antwoord": _answer,
}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(told(PAGE.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")
