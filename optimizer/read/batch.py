"""From a path to a batch: read, recognise, type, check; every defect collected, then raised at once."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.herindelingen import merged_into
from optimizer.domain.batch import Batch, Bron
from optimizer.domain.tables import TABLES, Table
from optimizer.errors import FORBIDDEN, Defect, InvoerOngeldig, without_cells
from optimizer.read.checks import CHECKS
from optimizer.read.checks.herindeling import in_division_of, in_present_division
from optimizer.read.checks.peildatum import UNCERTAIN, choose_peildatum, day_fits
from optimizer.read.checks.room import gemeenten_present
from optimizer.read.checks.workplaces import passed_by, postcodes_right, postcodes_without_table, settle_places
from optimizer.read.files.sources import OMKOPPELING, Sources, find_sources
from optimizer.read.files.workbook import sheet_file
from optimizer.read.omkoppeling import OMKOPPELING as REQUESTS
from optimizer.read.postcodes import no_postcodes, read_postcodes
from optimizer.read.table.forbidden import is_forbidden
from optimizer.read.table.headings import normalise
from optimizer.read.table.kolommen import not_said_yet, read_kolommen_file
from optimizer.read.table.raw import cut
from optimizer.read.table.schema import schema
from optimizer.read.table.template import UNUSED
from optimizer.read.table.typed import TypedTable
from optimizer.read.table.whole import nothing, read_table
from optimizer.read.vooruitblik import read_vooruitblik
from optimizer.read.wishes.beleid import FILE, NO_BELEID, Beleid, parse_sheet, parse_toml


@dataclass(frozen=True, eq=False)
class _Found:
    """Everything that was read, with its defects, good or not."""

    tables: Mapping[str, TypedTable]
    postcodes: pd.DataFrame
    beleid: Beleid
    peildatum: datetime.date | None
    told_by: str
    bronnen: tuple[Bron, ...]
    defects: tuple[Defect, ...]
    vooruitblik: pd.DataFrame | None = None
    vooruitblik_bron: Bron | None = None


def read_batch(
    path: Path,
    *,
    peildatum: datetime.date | None = None,
    kolommen: Path | None = None,
    pc4: Path | None = None,
    vooruitblik: Path | None = None,
) -> Batch:
    """Read a folder of CSV files or one workbook as a batch.

    Parameters
    ----------
    path
        A folder with ``huishoudens.csv`` and so on, or an .xlsx or .ods file with sheets of those names.
    peildatum
        The reference date; None: the one of ``beleid.toml``, else the latest permit date of the batch.
    kolommen
        A TOML file that renames headers (see `optimizer.read.table.kolommen`); None: nothing is renamed.
    pc4
        A table of postcodes (see `optimizer.read.postcodes`), which ``werk_postcode4`` looks up; None: there is none.
    vooruitblik
        A file of people in procedure (see `optimizer.read.vooruitblik`); None: nobody looks ahead.

    Returns
    -------
    The batch, with its warnings in ``waarschuwingen``.

    Raises
    ------
    InvoerOngeldig
        With every defect of the input at once.
    """
    batch, defects = find_batch(path, peildatum=peildatum, kolommen=kolommen, pc4=pc4, vooruitblik=vooruitblik)
    if batch is None:
        raise InvoerOngeldig(defects)
    return batch


def find_batch(
    path: Path,
    *,
    peildatum: datetime.date | None = None,
    kolommen: Path | None = None,
    pc4: Path | None = None,
    vooruitblik: Path | None = None,
) -> tuple[Batch | None, tuple[Defect, ...]]:
    """Read a batch and return it with every problem of the input; None where a problem forbids its use.

    Arguments as `read_batch`.
    """
    found = _find(path, peildatum, kolommen, pc4, vooruitblik)
    if found.peildatum is None or any(not d.warning for d in found.defects):
        return None, found.defects
    return _batch(found, found.peildatum, pc4), found.defects


def _batch(found: _Found, peildatum: datetime.date, pc4: Path | None) -> Batch:
    tables: dict[str, Any] = {name: _finished(table) for name, table in found.tables.items()}
    return Batch(
        **tables,
        peildatum=peildatum,
        peildatum_bron=found.told_by,
        beleid=found.beleid,
        bronnen=found.bronnen,
        waarschuwingen=found.defects,
        postcodes=found.postcodes,
        postcodes_bestand=pc4.name if pc4 else "",
        vooruitblik=found.vooruitblik,
        vooruitblik_bron=found.vooruitblik_bron,
    )


def _find(
    path: Path,
    peildatum: datetime.date | None,
    kolommen: Path | None,
    pc4: Path | None,
    vooruitblik: Path | None,
) -> _Found:
    sources = find_sources(path)
    renames, renaming, kolommen_bytes = read_kolommen_file(kolommen)
    beside = {path.name for path in (pc4, vooruitblik) if path}  # these may lie beside the batch
    defects = [d for d in sources.defects if d.code != "bestand_niet_herkend" or d.file not in beside]
    defects += _requests(sources)
    if not sources.usable:  # nothing there that could be a batch: one sentence says enough
        return _Found({}, no_postcodes(), NO_BELEID, None, "", (), without_cells(in_order([*renaming, *defects])))
    tables = {}
    for name, table in TABLES.items():
        tables[name], found = _read_table(sources, table, renames.get(name, {}))
        defects += found
    defects += not_said_yet(renaming, defects)
    defects = _unused_sheets(_either_room(defects, tables), sources.workbook)
    beleid, found = _read_beleid(sources)
    defects += found
    day, told_by = (peildatum, "optie") if peildatum else choose_peildatum(beleid, tables["huishoudens"])
    found = day_fits(day, told_by, tables)
    defects += found
    if any(d.code == UNCERTAIN for d in found):
        day = None  # it would only lead to further sentences that are not true
    tables, found = in_present_division(tables)
    defects += found
    tables, found = in_division_of(day, tables)
    defects += found
    tables["werk"], found = settle_places(tables["werk"], day)
    defects += found
    postcodes, found, pc4_bron = _read_postcodes(pc4, tables["werk"], day)
    defects += found
    ahead, found, ahead_bron = _read_ahead(vooruitblik, day, tables["huishoudens"])
    defects += found
    measure = str(beleid.get("parameters", {}).get("gronden/maat", ""))
    defects += passed_by(tables["werk"].frame, postcodes, tables["werk"].file, measure)
    for checker in CHECKS:
        defects += checker(tables)
    for name in ("taakstelling", "capaciteit"):
        defects += gemeenten_present(name, day, tables)
    bronnen = list(sources.bronnen)
    if kolommen and kolommen_bytes is not None:
        bronnen.append(Bron(kolommen.name, hashlib.sha256(kolommen_bytes).hexdigest()))
    defects = [_at_cell(d, tables) for d in defects]
    problems = without_cells(in_order(defects))
    return _Found(tables, postcodes, beleid, day, told_by, (*bronnen, *pc4_bron), problems, ahead, ahead_bron)


def _at_cell(defect: Defect, tables: Mapping[str, TypedTable]) -> Defect:
    """Name the cell that a problem is about, as a spreadsheet does."""
    letters = next((t.letters for t in tables.values() if t.file == defect.file), {})
    return (
        replace(defect, cell=f"{letters[defect.column]}{defect.row}")
        if defect.row and defect.column in letters
        else defect
    )


def _requests(sources: Sources) -> list[Defect]:
    """Say that requests are judged elsewhere; what may not be in a file may not lie beside a batch either."""
    if OMKOPPELING not in sources.names:
        return []
    file = sources.file_of(OMKOPPELING)
    apart = Defect("omkoppeling_apart", file, warning=True)
    sheet = sources.sheets.get(OMKOPPELING)
    if sheet is None:
        return [apart]
    raw, found = cut(OMKOPPELING, file, sheet, {*map(normalise, REQUESTS.names)})
    headings = [Defect(FORBIDDEN, file, raw.header_row, h) for h in raw.header if is_forbidden(h)] if raw else []
    return [apart, *headings, *(d for d in found if d.code == FORBIDDEN)]


def _either_room(defects: list[Defect], tables: Mapping[str, TypedTable]) -> list[Defect]:
    """Leave out that the taakstelling is missing where there is a capaciteit: the regime asks for one of the two."""
    file = tables["taakstelling"].file
    missing = {"bestand_ontbreekt", "geen_rijen"} if len(tables["capaciteit"].rows) else set()
    return [d for d in defects if not (d.file == file and d.code in missing)]


def _unused_sheets(defects: list[Defect], workbook: str) -> list[Defect]:
    """Say on one line which sheets of a workbook hold nothing but our sample row."""
    unused = [d for d in defects if d.code == UNUSED]
    if not workbook or len(unused) < 2:
        return defects
    names = ", ".join(d.file.partition("!")[2] for d in unused)
    said = replace(unused[0], file=workbook, details={"bladen": names})
    return [*(d for d in defects if d.code != UNUSED), said]


def in_order(defects: Iterable[Defect]) -> tuple[Defect, ...]:
    """Return every defect once, by file, row and column."""
    unique = {(d.file, d.row or 0, d.column, d.code, d.value, tuple(d.details.items())): d for d in defects}
    return tuple(unique[key] for key in sorted(unique))


def _read_table(sources: Sources, table: Table, renames: Mapping[str, str]) -> tuple[TypedTable, list[Defect]]:
    file = sources.file_of(table.name)
    if table.name not in sources.sheets:
        there = table.name in sources.names
        missing = [Defect("bestand_ontbreekt", file)] if table.required and not there else []
        return nothing(table, file, whole=not there), missing
    typed, defects = read_table(table, file, sources.sheets[table.name], renames)
    return _with_job_keys(typed), defects


def _with_job_keys(typed: TypedTable) -> TypedTable:
    """Fill an empty ``baan_id`` with the number of the row of data (the first job is 1)."""
    if "baan_id" not in typed.frame:
        return typed
    number = pd.Series([str(i + 1) for i in range(len(typed.frame))], dtype="str")
    keys = typed.frame["baan_id"].where(typed.frame["baan_id"] != "", number)
    return replace(typed, frame=typed.frame.assign(baan_id=keys))


def _read_postcodes(
    pc4: Path | None, werk: TypedTable, day: datetime.date | None
) -> tuple[pd.DataFrame, list[Defect], list[Bron]]:
    """Read the user's table of postcodes in the division of a day and put the postcodes of the jobs to it."""
    postcodes, defects, bron = read_postcodes(pc4)
    if day is not None:
        postcodes = postcodes.assign(gemeente=postcodes["gemeente"].replace(merged_into(day)))
    if pc4 is None:
        return postcodes, postcodes_without_table(werk), bron
    return postcodes, [*defects, *(postcodes_right(werk, postcodes, pc4.name) if bron else [])], bron


def _read_ahead(
    path: Path | None, day: datetime.date | None, households: TypedTable
) -> tuple[pd.DataFrame | None, list[Defect], Bron | None]:
    return (None, [], None) if path is None else read_vooruitblik(path, day, households.frame["huishouden_id"])


def _read_beleid(sources: Sources) -> tuple[Beleid, list[Defect]]:
    if sources.beleid_toml is not None:
        return parse_toml(FILE, sources.beleid_toml)
    if sources.beleid_sheet is not None:
        return parse_sheet(sheet_file(sources.workbook, "beleid"), sources.beleid_sheet.rows)
    return NO_BELEID, []


def _finished(typed: TypedTable) -> pd.DataFrame:
    """Return the table of a batch without defects: whole numbers that must be there become int64."""
    whole = [c.name for c in typed.table.columns if c.kind == "integer" and c.required]
    frame = typed.frame.astype(dict.fromkeys(whole, "int64"))
    return schema(typed.table.name).validate(frame)
