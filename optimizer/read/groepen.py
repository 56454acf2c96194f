"""Protected characteristics of adults: opened after the answer is fixed, and by nobody who decides."""

import hashlib
from pathlib import Path

from optimizer.domain.batch import Batch, Bron
from optimizer.domain.groepen import GROEPEN_TABEL
from optimizer.errors import Defect
from optimizer.read.files.places import entries, look, read_file
from optimizer.read.files.workbook import SUFFIXES, read_workbook, sheet_file
from optimizer.read.single import read_single
from optimizer.read.table.typed import TypedTable


def groepen_beside(source: Path) -> Path | None:
    """Return where the groups of an input lie: ``groepen.csv`` in its folder, or its workbook; None without any."""
    name = GROEPEN_TABEL.name
    if look(source) == "folder":
        found = [path for path in entries(source)[0] if path.name.casefold() == f"{name}.csv"]
        return found[0] if found else None
    if look(source) == "missing" or source.suffix.casefold() not in SUFFIXES:
        return None
    sheets, _ = read_workbook(source.name, read_file(source)[0])
    return source if name in {title.strip().casefold() for title in sheets} else None


def read_groepen(place: Path, batch: Batch) -> tuple[TypedTable, Bron, list[Defect]]:
    """Read the groups that lie beside a batch.

    Parameters
    ----------
    place
        As `groepen_beside` gives it.
    batch
        The batch whose adults they are about.

    Returns
    -------
    The columns of ``domain.groepen.GROEPEN_TABEL``, the file with its hash, and the warnings on it: an adult that the
    batch lacks is not counted.

    Raises
    ------
    InvoerOngeldig
        With every defect of the table at once: also a column of another protected characteristic.
    """
    typed, warnings = read_single(place, GROEPEN_TABEL)
    unknown = (~typed.frame["persoon_id"].isin(batch.personen["persoon_id"])).to_numpy(dtype=bool)
    warnings += typed.defects("persoon_onbekend", unknown, "persoon_id", warning=True)
    data, _ = read_file(place)
    workbook = place.suffix.casefold() in SUFFIXES
    name = sheet_file(place.name, GROEPEN_TABEL.name) if workbook else place.name
    return typed, Bron(name, hashlib.sha256(data).hexdigest()), warnings
