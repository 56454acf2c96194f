"""A synthetic batch as a folder that everybody can open, change and run."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from optimizer.domain.csvs import table_bytes
from optimizer.domain.tables import TABLES
from optimizer.domain.vooruitblik import VOORUITBLIK
from optimizer.generate.batch import draw_tables
from optimizer.generate.beside import draw_ahead, draw_requests
from optimizer.publish import check_free, publish
from optimizer.rules.parameters import load

#: Day of an example: half-way through the second half-year of 2026, when enough links must have been made.
PEILDATUM = date(2026, 10, 1)
#: Its last day, for the example of a half-year that is nearly over.
LAATSTE_DAG = date(2026, 12, 31)
#: What every folder with a batch holds.
SIGN = "huishoudens.csv"


def generate(
    out: Path,
    *,
    huishoudens: int,
    seed: int,
    tightness: float | None = None,
    regio: str | None = None,
    einde_halfjaar: bool = False,
    verzoeken: int = 0,
    vooruitblik: int = 0,
    peildatum: date | None = None,
    force: bool = False,
) -> Path:
    """Write a synthetic batch: five CSV files and ``beleid.toml``; the same arguments give the same bytes.

    Parameters
    ----------
    out
        The folder to make.
    huishoudens, seed, tightness, regio, einde_halfjaar
        As for `draw_tables`.
    verzoeken, vooruitblik
        Requests for a first link, and people in procedure for a look ahead, each in a file of its own; 0: no file. The
        other files are the same with and without.
    peildatum
        The reference date of the batch; None: 1 October 2026, or the last day of that half-year at its end.
    force
        Replace a batch that this program wrote there and nobody changed since.

    Returns
    -------
    The folder.

    Raises
    ------
    Geweigerd
        When something stands at ``out`` that may not be replaced.
    Gebruiksfout
        When a number makes no sense, no region has that name, or it has too few places.
    SchrijfFout
        When the files cannot be written (full disk, no permission); nothing is left behind.
    """
    check_free(out, sign=SIGN, force=force)
    day = peildatum or (LAATSTE_DAG if einde_halfjaar else PEILDATUM)
    tables = draw_tables(huishoudens, seed, load(day), tightness=tightness, regio=regio, einde_halfjaar=einde_halfjaar)
    rules = load(day)
    if verzoeken:
        tables["verzoeken"] = draw_requests(tables, verzoeken, seed, rules)
    ahead = draw_ahead(vooruitblik, seed, day, rules) if vooruitblik else None

    def write(folder: Path) -> None:
        write_folder(folder, tables, day)
        if ahead is not None:
            (folder / f"{VOORUITBLIK.name}.csv").write_bytes(table_bytes(ahead))

    publish(out, write, sign=SIGN, force=force)
    return out


def write_folder(folder: Path, tables: Mapping[str, pd.DataFrame], peildatum: date) -> None:
    """Write the tables of a batch as CSV (``;``, decimal comma, UTF-8 with BOM, CRLF) and its ``beleid.toml``."""
    for name, table in tables.items():
        (folder / f"{name}.csv").write_bytes(table_bytes(table[[c for c in TABLES[name].names if c in table]]))
    beleid = f'policy = "kansrijk"\npeildatum = {peildatum.isoformat()}\nseed = 0\n'
    (folder / "beleid.toml").write_text(beleid, encoding="utf-8", newline="\n")
