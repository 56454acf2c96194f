"""Decisions on an earlier run: a file of their own, or the answers in the workbooks that municipalities sent back."""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from optimizer.domain.batch import Bron
from optimizer.domain.besluiten import BESLUITEN
from optimizer.errors import Defect, InvoerOngeldig, without_cells
from optimizer.read.checks.herindeling import in_division_of
from optimizer.read.files.delimited import read_delimited
from optimizer.read.files.grid import Sheet
from optimizer.read.files.places import entries, look, read_file
from optimizer.read.files.workbook import SUFFIXES, read_workbook, sheet_file
from optimizer.read.table.bsn import passes_eleven_test
from optimizer.read.table.headings import normalise
from optimizer.read.table.typed import TypedTable
from optimizer.read.table.whole import read_table

#: The sheet of a workbook per municipality in which it answers.
ANTWOORD = "antwoord"
#: What the key of a household is called there, in either language.
_HEADINGS = {normalise(text): "huishouden_id" for text in ("Huishouden", "Household key")}


@dataclass(frozen=True)
class Regel:
    """One row of a file of decisions.

    Attributes
    ----------
    huishouden_id, besluit, gemeente, reden
        Its cells; ``gemeente`` as a CBS code; "" for an empty one.
    file, row
        Where it stands, as a person sees it.
    unread
        Columns whose cell could not be read, which was said already.
    answer
        Whether a municipality answered here, in the workbook that it got.
    """

    huishouden_id: str
    besluit: str
    gemeente: str
    reden: str
    file: str
    row: int
    unread: frozenset[str] = frozenset()
    answer: bool = False

    @property
    def place(self) -> str:
        """Where it stands, short: ``besluiten.csv:4``."""
        return f"{self.file}:{self.row}"

    def defect(
        self,
        code: str,
        column: str,
        value: str = "",
        details: Mapping[str, str] | None = None,
        *,
        warning: bool = False,
    ) -> Defect:
        """Return a problem of this row; a key that may be a BSN is not repeated."""
        shown = "" if passes_eleven_test(value) else value
        return Defect(code, self.file, self.row, column, shown, details or {}, warning)


@dataclass
class Besluiten:
    """What was read: the rows, the files with their hashes, and every problem."""

    regels: list[Regel] = field(default_factory=list)
    bronnen: list[Bron] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)


def read_besluiten(path: Path, day: datetime.date) -> Besluiten:
    """Read decisions: a CSV file, a workbook, or a folder of such files.

    Parameters
    ----------
    path
        A CSV file with the columns of `domain.besluiten.BESLUITEN`, a workbook with a sheet ``besluiten`` or
        ``antwoord`` (as ``--voor gemeente`` writes it), or a folder of them. An answer that nobody gave is no decision.
    day
        The peildatum: a municipality that has merged by then is its successor.

    Returns
    -------
    Every row that could be read, in order, and every problem of the files: the caller adds its own and raises all at
    once.
    """
    found = Besluiten()
    if look(path) == "folder":
        files, found.defects = entries(path)
        files = [f for f in files if f.suffix.casefold() in (*SUFFIXES, ".csv")]
        if not files and not found.defects:
            found.defects.append(Defect("besluiten_niet_gevonden", path.name))
    else:
        files = [path]
    for file in files:
        _read_file(file, found, day)
    if not found.regels and all(d.warning for d in found.defects):
        found.defects.append(Defect("besluiten_leeg", path.name, warning=True))
    found.defects = list(without_cells(found.defects))
    return found


def _read_file(path: Path, found: Besluiten, day: datetime.date) -> None:
    data, defects = read_file(path)
    found.defects += defects
    if defects:
        return
    found.bronnen.append(Bron(path.name, hashlib.sha256(data).hexdigest()))
    if path.suffix.casefold() not in SUFFIXES:
        sheet, defects = read_delimited(path.name, data)
        found.defects += defects
        if not defects:
            _read_sheet(path.name, sheet, found, day)
        return
    sheets, defects = read_workbook(path.name, data)
    found.defects += defects
    named = {name.strip().casefold(): sheet for name, sheet in sheets.items()}
    known = [name for name in (BESLUITEN.name, ANTWOORD) if name in named]
    if not known and len(named) == 1:  # a spreadsheet gives a sheet a name of its own
        known = list(named)
    if not known and not defects:
        found.defects.append(Defect("besluiten_niet_gevonden", path.name))
    for name in known:
        _read_sheet(sheet_file(path.name, name), named[name], found, day, answers=name == ANTWOORD)


def _read_sheet(file: str, sheet: Sheet, found: Besluiten, day: datetime.date, *, answers: bool = False) -> None:
    """Read the rows of one sheet; of a sheet of answers only those in which somebody answered."""
    renames = _HEADINGS if answers else {}
    typed, defects = read_table(BESLUITEN, file, sheet, renames)
    if answers:
        defects = [d for d in defects if d.code != "kolom_onbekend" and not _unanswered(d, typed)]
    defects = [d for d in defects if d.code != "geen_rijen"]  # said of all files together
    mapped, notes = in_division_of(day, {BESLUITEN.name: typed})
    typed, frame = mapped[BESLUITEN.name], mapped[BESLUITEN.name].frame
    found.defects += [*defects, *notes]
    cells = (frame[name].astype(str) for name in BESLUITEN.names)
    unread: dict[int, set[str]] = {}
    for d in defects:
        if d.row is not None and not d.warning:
            unread.setdefault(d.row, set()).add(d.column)
    regels = [
        Regel(h, b, g, r, file, int(row), frozenset(unread.get(int(row), ())), answers)
        for h, b, g, r, row in zip(*cells, typed.rows, strict=True)
    ]
    found.regels += [r for r in regels if r.huishouden_id and r.besluit]


def _unanswered(defect: Defect, typed: TypedTable) -> bool:
    """Tell whether a problem is only that a row of answers has no answer; with a reason it ought to have one."""
    if defect.code != "cel_leeg" or defect.column != "besluit":
        return False
    return not typed.frame["reden"][typed.rows == defect.row].astype(str).any()


def refuse(defects: list[Defect]) -> None:
    """Raise every problem at once when one of them forbids the use of the decisions."""
    if any(not d.warning for d in defects):
        raise InvoerOngeldig(defects)
