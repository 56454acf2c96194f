"""Do what the tutorials tell their reader to do, and keep what every command says: ``python -m scripts.les``.

``docs/kwartier.md`` and ``docs/quarter_of_an_hour.md`` take the same steps, in Dutch and in English. A page holds
commands in blocks ``console`` and, between them, comments ``<!-- stap: name -->`` for what a person does in Excel. Each
is done in order in an empty folder. What a command says replaces what stood under it; what a step shows replaces the
block ``text`` after it. The same program gives the same page.
"""

import csv
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from geodata.wording import Lang, Sentence

ROOT = Path(__file__).parents[1]
PAGES: Mapping[Lang, Path] = {
    "nl": ROOT / "docs" / "kwartier.md",
    "en": ROOT / "docs" / "quarter_of_an_hour.md",
}
#: A block of commands, or what a person does with (or without) a block that shows it.
PART = re.compile(
    r"^```console\n(?P<told>.*?)^```$|^<!-- stap: (?P<step>\w+) -->$(?P<shown>\n\n```text\n.*?^```$)?", re.M | re.S
)
#: Exit codes of a command that did its work, and of a check that found problems.
EXPECTED = {0, 3, 4, 5}
#: Said by the clock, not by the work.
_STILL = ("nog bezig", "still at work")
_FILLED = ("huishoudens", "personen", "werk", "gronden", "taakstelling")
#: Three slips of the pen: sheet, cell, what stands there.
_SLIPS = (("huishoudens", "D5", "Zwole"), ("huishoudens", "B9", "twee"), ("werk", "C3", 200))
_OBJECTION = Sentence("Geen woning vrij in oktober", "No dwelling free in October")
_SHEET = Sentence("blad {name}: {n} rijen", "sheet {name}: {n} rows")
_MENDED = Sentence("{name} {cell}: was '{wrong}', wordt '{right}'", "{name} {cell}: was '{wrong}', becomes '{right}'")
_ANSWERED = Sentence("{name}: {n} akkoord", "{name}: {n} agreed (akkoord)")
_OBJECTED = Sentence(
    "{name}: {n} akkoord, 1 bezwaar ({why})", "{name}: {n} agreed (akkoord), 1 objection (bezwaar: {why})"
)
_SILENT = Sentence("{name}: nog geen antwoord", "{name}: no answer yet")


@dataclass(frozen=True)
class Place:
    """Where a tutorial is done, in its language, with the names that it gives to files."""

    work: Path
    lang: Lang

    @property
    def book(self) -> Path:
        """The workbook that is filled in."""
        return self.work / {"nl": "groep.xlsx", "en": "group.xlsx"}[self.lang]

    @property
    def practice(self) -> Path:
        """The invented group."""
        return self.work / {"nl": "oefening", "en": "practice"}[self.lang]

    @property
    def answers(self) -> Path:
        """Where the workbooks of municipalities come back."""
        return self.work / {"nl": "antwoorden", "en": "answers"}[self.lang]

    def books(self) -> list[Path]:
        """Return the workbooks for municipalities."""
        return sorted((self.work / "outputs" / self.book.stem / "gemeenten").glob("*.xlsx"))


def told(page: str, work: Path, lang: Lang = "nl") -> str:
    """Return a page in a language with everything done in a folder, and said again.

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
        shown = "\n".join(STEPS[part["step"]](Place(work, lang)))
        return f"<!-- stap: {part['step']} -->" + (f"\n\n```text\n{shown}\n```" if part["shown"] else "")

    return PART.sub(done, page)


def redo(lang: Lang, work: Path) -> None:
    """Do the tutorial of a language in a folder, and write its page again."""
    page = PAGES[lang]
    page.write_text(told(page.read_text(encoding="utf-8"), work, lang), encoding="utf-8")


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


def _fill(place: Place) -> Iterator[str]:
    """Copy the practice group into the empty workbook, with three slips of the pen."""
    book = openpyxl.load_workbook(place.book)
    for name in _FILLED:
        sheet = book[name]
        heads = [cell.value for cell in sheet[1]]
        sheet.delete_rows(2, sheet.max_row)
        with (place.practice / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
            for row, cells in enumerate(csv.DictReader(lines, delimiter=";"), 2):
                for column, value in cells.items():
                    sheet.cell(row, heads.index(column) + 1, value or None)
    for name, cell, wrong in _SLIPS:
        book[name][cell] = wrong
    book.save(place.book)
    yield from (_SHEET.fill(name=name, n=book[name].max_row - 1).said(place.lang) for name in _FILLED)


def _mend(place: Place) -> Iterator[str]:
    """Put right what was wrong: the cells are again those of the practice group."""
    _, right = list(_fill(place)), openpyxl.load_workbook(place.book)
    for name, cell, wrong in _SLIPS:
        with (place.practice / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter=";"))
        mended = right[name][cell]
        mended.value = rows[mended.row - 2][right[name].cell(1, mended.column).value]
        yield _MENDED.fill(name=name, cell=cell, wrong=str(wrong), right=str(mended.value)).said(place.lang)
    right.save(place.book)


def _books(place: Place) -> Iterator[str]:
    yield from (file.name for file in place.books())


def _answer(place: Place) -> Iterator[str]:
    """Answer as municipalities do: the first has an objection to its first household, the last says nothing."""
    place.answers.mkdir()
    files, why = place.books(), _OBJECTION.said(place.lang)
    for file in files[:-1]:
        book = openpyxl.load_workbook(file)
        sheet = book["antwoord"]
        columns = {cell.value: cell.column for cell in sheet[1]}
        rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value]
        for row in rows:
            sheet.cell(row, columns["besluit"], "akkoord")
        if file == files[0]:
            sheet.cell(rows[0], columns["besluit"], "bezwaar")
            sheet.cell(rows[0], columns["reden"], why)
        book.save(place.answers / file.name)
        first = file == files[0]
        said = (
            _OBJECTED.fill(name=file.stem, n=len(rows) - 1, why=why)
            if first
            else _ANSWERED.fill(name=file.stem, n=len(rows))
        )
        yield said.said(place.lang)
    yield _SILENT.fill(name=files[-1].stem).said(place.lang)


#: What a person does between two commands; each returns what the page shows of it.
STEPS: dict[str, Callable[[Place], Iterator[str]]] = {
    "vul_in": _fill,
    "verbeter": _mend,
    "werkboeken": _books,
    "antwoord": _answer,
}


if __name__ == "__main__":
    for lang in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            redo(lang, Path(folder))
