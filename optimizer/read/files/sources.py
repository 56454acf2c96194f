"""Which files make up a batch: a folder of CSV files, or one workbook with sheets of the same names."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from optimizer.domain.batch import Bron
from optimizer.domain.tables import TABLES
from optimizer.errors import Defect
from optimizer.read.files.delimited import read_delimited
from optimizer.read.files.grid import Sheet, filled
from optimizer.read.files.places import entries, look, read_file
from optimizer.read.files.workbook import SUFFIXES, read_workbook, sheet_file

BELEID = "beleid"
#: Known names that are read elsewhere (groepen: only after the decision) or that explain.
READ_ELSEWHERE = frozenset({"groepen", "vooruitblik", "uitleg", "toelichting", "lijsten", "problemen", "problems"})
#: The sheet on which we list what is wrong with a workbook that we give back.
PROBLEMEN = {"nl": "problemen", "en": "problems"}
#: Requests for another municipality: a command of their own judges them.
OMKOPPELING = "omkoppeling"
#: Where an input comes from that ``koppelwijzer maand`` made: its hash stands in the receipt of every run of it.
HERKOMST = "herkomst.json"
#: Ends of names that a table may have and that are not read.
_OF_TABLES = frozenset(
    {".csv", ".txt", ".tsv", ".tab", ".prn", ".xls", ".xlsx", ".xlsm", ".xlsb", ".xltx", ".ods", ".fods", ".ots"}
    | {".numbers", ".dif", ".json", ".xml", ".parquet", ".zip", ".gz", ".7z"}
)


@dataclass
class Sources:
    """What lies at a path: the sheet of each table, the text of beleid.toml, and what went wrong.

    Parameters
    ----------
    workbook
        Name of the workbook; empty for a folder.
    usable
        Whether there is a folder or a workbook that can be read at all.
    names
        Name of the file or sheet of each table that is there, readable or not.
    sheets
        The cells of each table that could be read.
    beleid_toml
        Bytes of ``beleid.toml``; None where there is none.
    beleid_sheet
        The sheet ``beleid`` of a workbook; None where there is none.
    """

    workbook: str = ""
    usable: bool = False
    bronnen: list[Bron] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    beleid_toml: bytes | None = None
    beleid_sheet: Sheet | None = None
    defects: list[Defect] = field(default_factory=list)

    def read(self, path: Path, *, note: bool = True) -> bytes | None:
        """Read a file and note its hash; a file that cannot be read becomes a defect."""
        data, defects = read_file(path)
        self.defects += defects
        if defects:
            return None
        if note:
            self.bronnen.append(Bron(path.name, hashlib.sha256(data).hexdigest()))
        return data

    def file_of(self, name: str) -> str:
        """Return how people know a table: the file or sheet that holds it, or that ought to."""
        expected = sheet_file(self.workbook, name) if self.workbook else f"{name}.csv"
        return self.names.get(name, expected)

    def twice(self, name: str, file: str) -> bool:
        """Tell whether a table was there already, and note its name; twice is a defect."""
        if name in self.names:
            self.defects.append(Defect("bestand_dubbel", file, details={"ander": self.names[name]}))
            return True
        self.names[name] = file
        return False


def find_sources(path: Path) -> Sources:
    """Read the files of a batch, without asking yet what they mean."""
    sources, place = Sources(), look(path)
    if place == "folder":
        _from_folder(path, sources)
    elif place == "missing":
        sources.defects.append(Defect("bestand_ontbreekt", path.name or str(path)))
    elif place == "file" and path.suffix.casefold() not in SUFFIXES:
        sources.defects.append(Defect("bestandssoort_onbekend", path.name))
    else:
        _from_workbook(path, sources)
    return sources


def _from_folder(folder: Path, sources: Sources) -> None:
    paths, defects = entries(folder)
    sources.defects += defects
    sources.usable = not defects
    left = []
    for path in paths:
        name, suffix = path.stem.casefold(), path.suffix.casefold()
        if suffix == ".csv" and name in {*TABLES, OMKOPPELING}:
            _add_csv(sources, name, path)
        elif path.name.casefold() == f"{BELEID}.toml":
            if not sources.twice(BELEID, path.name):
                sources.beleid_toml = sources.read(path)
        elif path.name.casefold() == HERKOMST:
            sources.read(path)
        elif not (suffix == ".csv" and name in READ_ELSEWHERE):
            left.append(path)
    for path in left:
        sources.defects += _not_read(path, sources.names)


def _add_csv(sources: Sources, name: str, path: Path) -> None:
    if sources.twice(name, path.name):
        return
    data = sources.read(path, note=name != OMKOPPELING)  # the requests are no part of the batch
    if data is not None:
        sheet, defects = read_delimited(path.name, data)
        sources.defects += defects
        if not defects:
            sources.sheets[name] = sheet


def _not_read(path: Path, names: dict[str, str]) -> list[Defect]:
    """Say what is passed over; where it may be a table that is not there, that is an error."""
    if look(path) == "folder":
        inside, _ = entries(path)
        within = sorted(p.name for p in inside if _table_meant(p.name))
        return [Defect("map_niet_gelezen", path.name, details={"bestanden": ", ".join(within)}, warning=True)][
            : len(within)
        ]
    meant = _table_meant(path.name)
    if meant and meant not in names:
        right = f"{meant}.toml" if meant == BELEID else f"{meant}.csv"
        return [Defect("bestand_andere_naam", path.name, details={"naam": right})]
    if path.suffix.casefold() in SUFFIXES:
        return [Defect("werkmap_naast_csv", path.name, warning=True)]
    wish = path.suffix.casefold() == ".toml" and BELEID in path.stem.casefold()
    if meant or wish or path.suffix.casefold() in _OF_TABLES:
        return [Defect("bestand_niet_herkend", path.name, warning=True)]
    return []


def _table_meant(file: str) -> str:
    """Return the table that a name of a file starts with, whatever follows its first dot; empty where it is none.

    >>> _table_meant("Werk.csv.txt"), _table_meant("werk.xls"), _table_meant("werkgevers.csv")
    ('werk', 'werk', '')
    """
    first = file.partition(".")[0].strip().casefold()
    return first if first in {*TABLES, BELEID} else ""


def _from_workbook(path: Path, sources: Sources) -> None:
    data = sources.read(path)
    if data is None:
        return
    sheets, defects = read_workbook(path.name, data, closed=READ_ELSEWHERE)
    sources.defects += defects
    sources.workbook = path.name
    sources.usable = not defects
    for title, sheet in sheets.items():
        name, file = title.strip().casefold(), sheet_file(path.name, title)
        if name in {*TABLES, OMKOPPELING, BELEID}:
            if sources.twice(name, file):
                continue
            if name == BELEID:
                sources.beleid_sheet = sheet
            else:
                sources.sheets[name] = sheet
        elif any(filled(row) for row in sheet.rows):
            sources.defects.append(Defect("bestand_niet_herkend", file, warning=True))
