"""Which files make up a batch: a folder of CSV files, or one workbook with sheets of the same names."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from optimizer.domain.batch import Bron
from optimizer.domain.tables import TABLES
from optimizer.errors import Defect
from optimizer.read.files.delimited import read_delimited
from optimizer.read.files.grid import Grid, cut, filled
from optimizer.read.files.workbook import SUFFIXES, read_workbook, sheet_file
from optimizer.read.table.forbidden import is_forbidden

BELEID = "beleid"
#: Known names that are read elsewhere (groepen: only after the decision) or that explain.
READ_ELSEWHERE = frozenset({"groepen", "uitleg", "toelichting", "lijsten"})
#: Requests for another municipality: a command of their own judges them.
OMKOPPELING = "omkoppeling"


@dataclass
class Sources:
    """What lies at a path: the grid of each table, the text of beleid.toml, and what went wrong.

    Parameters
    ----------
    workbook
        Name of the workbook; empty for a folder.
    usable
        Whether there is a folder or a workbook that can be read at all.
    names
        Name of the file or sheet of each table that is there, readable or not.
    grids
        The rows of each table that could be read.
    beleid_toml
        Bytes of ``beleid.toml``; None where there is none.
    beleid_grid
        Rows of the sheet ``beleid`` of a workbook; None where there is none.
    """

    workbook: str = ""
    usable: bool = False
    bronnen: list[Bron] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    grids: dict[str, Grid] = field(default_factory=dict)
    beleid_toml: bytes | None = None
    beleid_grid: Grid | None = None
    defects: list[Defect] = field(default_factory=list)

    def read(self, path: Path) -> bytes | None:
        """Read a file and note its hash; a file that cannot be read becomes a defect."""
        try:
            data = path.read_bytes()
        except OSError:
            self.defects.append(Defect("bestand_onleesbaar", path.name))
            return None
        self.bronnen.append(Bron(path.name, hashlib.sha256(data).hexdigest()))
        return data

    def file_of(self, name: str) -> str:
        """Return how people know a table: the file or sheet that holds it, or that ought to."""
        expected = sheet_file(self.workbook, name) if self.workbook else f"{name}.csv"
        return self.names.get(name, expected)


def find_sources(path: Path) -> Sources:
    """Read the files of a batch, without asking yet what they mean."""
    if path.is_dir():
        return _from_folder(path)
    sources = Sources()
    if not path.exists():
        sources.defects.append(Defect("bestand_ontbreekt", path.name or str(path)))
    elif path.suffix.casefold() not in SUFFIXES:
        sources.defects.append(Defect("bestandssoort_onbekend", path.name))
    else:
        _from_workbook(path, sources)
    return sources


def _from_folder(folder: Path) -> Sources:
    sources = Sources(usable=True)
    for path in _visible(folder):
        name, suffix = path.stem.casefold(), path.suffix.casefold()
        if suffix in SUFFIXES:
            sources.defects.append(Defect("werkmap_naast_csv", path.name, warning=True))
        elif path.name.casefold() == f"{BELEID}.toml":
            sources.beleid_toml = sources.read(path)
        elif suffix == ".csv" and name == OMKOPPELING:
            sources.defects += _requests_csv(path)
        elif suffix == ".csv" and name not in READ_ELSEWHERE:
            _add_csv(sources, name, path)
    return sources


def _visible(folder: Path) -> Iterator[Path]:
    """Give the files of a folder in alphabetical order, without hidden files and locks of spreadsheets."""
    return (p for p in sorted(folder.iterdir()) if p.is_file() and not p.name.startswith((".", "~$")))


def _add_csv(sources: Sources, name: str, path: Path) -> None:
    if name not in TABLES:
        sources.defects.append(Defect("bestand_niet_herkend", path.name, warning=True))
    elif name in sources.names:
        sources.defects.append(Defect("bestand_dubbel", path.name, details={"ander": sources.names[name]}))
    else:
        sources.names[name] = path.name
        data = sources.read(path)
        if data is not None:
            grid, defects = read_delimited(path.name, data)
            sources.defects += defects
            if not defects:
                sources.grids[name] = grid


def _requests_csv(path: Path) -> list[Defect]:
    """Look at the headers of the requests only: they are no part of the batch, and their hash is not kept."""
    try:
        grid, _ = read_delimited(path.name, path.read_bytes())
    except OSError:
        grid = []
    return _requests(path.name, grid)


def _requests(file: str, grid: Grid) -> list[Defect]:
    """Say that requests are judged elsewhere; what may not be in a file may not lie beside a batch either."""
    raw, _ = cut(OMKOPPELING, file, grid)
    refusals = (
        []
        if raw is None
        else [Defect("verboden_kolom", file, raw.header_row, h) for h in raw.header if is_forbidden(h)]
    )
    return [Defect("omkoppeling_apart", file, warning=True), *refusals]


def _from_workbook(path: Path, sources: Sources) -> None:
    data = sources.read(path)
    if data is None:
        return
    sheets, defects = read_workbook(path.name, data, closed=READ_ELSEWHERE)
    sources.defects += defects
    sources.workbook = path.name
    sources.usable = not defects
    for sheet, grid in sheets.items():
        name, file = sheet.strip().casefold(), sheet_file(path.name, sheet)
        if name == BELEID:
            sources.beleid_grid = grid
        elif name in sources.names:
            sources.defects.append(Defect("bestand_dubbel", file, details={"ander": sources.names[name]}))
        elif name == OMKOPPELING:
            sources.defects += _requests(file, grid)
        elif name in TABLES:
            sources.names[name] = file
            sources.grids[name] = grid
        elif any(filled(row) for row in grid):
            sources.defects.append(Defect("bestand_niet_herkend", file, warning=True))
