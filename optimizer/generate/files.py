"""A synthetic batch as a folder that everybody can open, change and run."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from optimizer.domain.tables import TABLES
from optimizer.generate.batch import draw_tables
from optimizer.publish import check_free, publish
from optimizer.rules.parameters import load

#: Day of the example: half-way through the second half-year of 2026, when enough links must have been made.
PEILDATUM = date(2026, 10, 1)
#: What every folder with a batch holds.
SIGN = "huishoudens.csv"


def generate(
    out: Path,
    *,
    huishoudens: int,
    seed: int,
    tightness: float | None = None,
    peildatum: date = PEILDATUM,
    force: bool = False,
) -> Path:
    """Write a synthetic batch: five CSV files and ``beleid.toml``; the same arguments give the same bytes.

    Parameters
    ----------
    out
        The folder to make.
    huishoudens, seed, tightness
        As for `draw_tables`.
    peildatum
        The reference date of the batch.
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
        When a number makes no sense.
    SchrijfFout
        When the files cannot be written (full disk, no permission); nothing is left behind.
    """
    check_free(out, sign=SIGN, force=force)
    tables = draw_tables(huishoudens, seed, load(peildatum), tightness=tightness)
    publish(out, lambda folder: write_folder(folder, tables, peildatum), sign=SIGN, force=force)
    return out


def write_folder(folder: Path, tables: Mapping[str, pd.DataFrame], peildatum: date) -> None:
    """Write the tables of a batch as CSV (``;``, decimal comma, UTF-8 with BOM, CRLF) and its ``beleid.toml``."""
    for name, table in tables.items():
        write_csv(folder / f"{name}.csv", table[[c for c in TABLES[name].names if c in table]])
    beleid = f'policy = "kansrijk"\npeildatum = {peildatum.isoformat()}\nseed = 0\n'
    (folder / "beleid.toml").write_text(beleid, encoding="utf-8", newline="\n")


def write_csv(file: Path, table: pd.DataFrame) -> None:
    """Write one table of a batch as a Dutch Excel opens it; an unknown number or date is an empty cell."""
    numbers = table.select_dtypes("float64").columns
    cells = table.assign(**{c: table[c].map(_comma, na_action="ignore") for c in numbers})
    cells.to_csv(file, sep=";", index=False, encoding="utf-8-sig", lineterminator="\r\n")


def _comma(number: float) -> str:
    """Write a number with a decimal comma and no more decimals than it needs.

    >>> _comma(24.0), _comma(7.5)
    ('24', '7,5')
    """
    return f"{number:g}".replace(".", ",")
