"""A finished run, read back from its folder: the one place where that is done."""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from optimizer.domain.cells import unescape
from optimizer.domain.finished import FinishedRun, RunFolder, WrittenTable
from optimizer.domain.uitvoer import (
    BANEN,
    GEMEENTEN,
    KENNIS,
    OUTPUT_TABLES,
    PROVINCIES,
    RECEIPT,
    TAAKSTELLING,
    VOORSTEL,
    OutputColumn,
    OutputTable,
)
from optimizer.errors import FORBIDDEN, Defect, Gebruiksfout, Geweigerd, InvoerOngeldig
from optimizer.read.receipt import read_receipt
from optimizer.read.table.forbidden import is_forbidden


def read_finished(folder: Path) -> FinishedRun:
    """Read a run or a comparison as it is written; a table that is damaged says so itself.

    Raises
    ------
    Geweigerd
        When ``run.json`` is not that of a run.
    InvoerOngeldig
        When somebody put a forbidden column into a table.
    """
    receipt = read_receipt(folder)
    files = {name: path for name, path in _files(folder).items() if name != RECEIPT}
    data = {name: _bytes(path) for name, path in files.items()}
    tables = {
        t.name: written_table(f"{t.name}.csv", data[f"{t.name}.csv"]) for t in OUTPUT_TABLES if f"{t.name}.csv" in data
    }
    refuse_forbidden(tables.values())
    hashes = {name: "" if content is None else hashlib.sha256(content).hexdigest() for name, content in data.items()}
    return FinishedRun(receipt, tables, hashes, _knowledge(data.get(KENNIS)))


def refuse_forbidden(tables: Iterable[WrittenTable]) -> None:
    """Raise InvoerOngeldig for a column that may be in no table, also not in one that was written here."""
    forbidden = [Defect(FORBIDDEN, t.file, 1, header) for t in tables for header in t.header if is_forbidden(header)]
    if forbidden:
        raise InvoerOngeldig(forbidden)


def read_run(folder: Path) -> RunFolder:
    """Read the tables of a run as numbers and words.

    Raises
    ------
    Gebruiksfout
        When the folder is not that of a run, or a file of it was changed so that it cannot be read.
    """
    try:
        found = read_finished(folder)
        voorstel, banen, taakstelling = (_typed(found, t) for t in (VOORSTEL, BANEN, TAAKSTELLING))
        run = RunFolder(voorstel, banen, taakstelling, found.receipt)
        _ = run.straal_km, run.measure, run.peildatum
    except (Geweigerd, ValueError, KeyError, TypeError) as error:
        raise Gebruiksfout(
            f"'{folder}' is geen volledige uitkomst van koppelwijzer run. Geef de map van een run.",
            f"'{folder}' is no complete outcome of koppelwijzer run. Give the folder of a run.",
        ) from error
    return run


def written_table(file: str, data: bytes | None) -> WrittenTable:
    """Read the bytes of one table as ``report.csvs`` writes it, in either style of numbers, and nothing else.

    Parameters
    ----------
    file
        Name of the file.
    data
        Its bytes; None where they cannot be read.
    """
    if data is None:
        return WrittenTable(file, wrong="bestand_onleesbaar")
    grid: list[list[str]] = []
    try:
        text = data.decode("utf-8-sig")
        english = ";" not in text.partition("\n")[0]
        grid.extend(csv.reader(StringIO(text, newline=""), delimiter="," if english else ";", strict=True))
    except UnicodeDecodeError:
        return WrittenTable(file, wrong="tekens_onleesbaar")
    except csv.Error:
        return WrittenTable(file, wrong="csv_onleesbaar", wrong_row=len(grid) + 1)
    if not grid:
        return WrittenTable(file, wrong="leeg_bestand")
    header, *rows = ([unescape(cell) for cell in row] for row in grid)
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            return WrittenTable(file, tuple(header), wrong="te_veel_cellen", wrong_row=number)
    if len(set(header)) < len(header):
        return WrittenTable(file, tuple(header), wrong="kolom_dubbel", wrong_row=1)
    return WrittenTable(file, tuple(header), rows, english=english)


def _files(folder: Path) -> dict[str, Path]:
    """Return the files of a run by name: those in the folder, and those for municipalities and provinces."""
    places = (folder, folder / GEMEENTEN, folder / PROVINCIES)
    inside = [p for place in places if place.is_dir() for p in sorted(place.iterdir())]
    return {p.relative_to(folder).as_posix(): p for p in inside if p.is_file()}


def _knowledge(content: bytes | None) -> Mapping[str, Any] | None:
    """Return what was known when a run was made; None where the file is not there or cannot be read."""
    try:
        found = None if content is None else json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _typed(run: FinishedRun, table: OutputTable) -> pd.DataFrame:
    written = run.tables[table.name]
    if written.wrong:
        raise ValueError(written.wrong)
    frame = written.frame.reset_index(drop=True)
    columns = table.within(frame.columns)
    return pd.DataFrame({c.name: _column(c, frame[c.name].tolist(), english=written.english) for c in columns})


def _column(column: OutputColumn, cells: Sequence[str], *, english: bool) -> pd.Series:
    if column.kind in ("id", "text"):
        return pd.Series(cells, dtype=object)
    points = cells if english else [cell.replace(",", ".") for cell in cells]
    return pd.Series([float(cell) if cell else np.nan for cell in points], dtype=np.float64)
