"""A synthetic batch as a folder that everybody can open, change and run."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from optimizer.domain.tables import TABLES
from optimizer.errors import Geweigerd, KoppelwijzerFout
from optimizer.generate.batch import draw_tables
from optimizer.rules.parameters import load
from wording import Sentence

#: Day of the example: half-way through the second half-year of 2026, when enough links must have been made.
PEILDATUM = date(2026, 10, 1)
#: What a batch folder holds; a folder with anything else in it is not ours to replace.
FILES = {*(f"{name}.csv" for name in TABLES), "beleid.toml"}


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

    The folder is written beside its place and renamed when it is complete.

    Parameters
    ----------
    out
        The folder to make.
    huishoudens, seed, tightness
        As for `draw_tables`.
    peildatum
        The reference date of the batch.
    force
        Replace a batch that stands there; a folder with anything else in it is never replaced.

    Returns
    -------
    The folder.

    Raises
    ------
    Geweigerd
        When something stands at ``out`` that may not be replaced.
    Gebruiksfout
        When a number makes no sense.
    KoppelwijzerFout
        When the files cannot be written (full disk, no permission); nothing is left behind.
    """
    if out.is_file() or (_contents(out) and not (force and _contents(out) <= FILES)):
        hint = (
            Sentence("Kies een andere naam of haal het eerst weg.", "Choose another name, or remove it first.")
            if force
            else Sentence("Kies een andere naam, of vervang het met --force.", "Choose another name, or use --force.")
        )
        raise Geweigerd(f"'{out}' bestaat al. {hint.nl}", f"'{out}' is there already. {hint.en}")
    tables = draw_tables(huishoudens, seed, load(peildatum), tightness=tightness)
    try:
        put_in_place(out, lambda folder: write_folder(folder, tables, peildatum))
    except OSError as error:
        raise KoppelwijzerFout(
            f"'{out}' kan niet worden geschreven: {error.strerror}. Kies een andere plaats.",
            f"'{out}' cannot be written: {error.strerror}. Choose another place.",
        ) from error
    return out


def _contents(folder: Path) -> set[str]:
    return {f.name for f in folder.iterdir()} if folder.is_dir() else set()


def put_in_place(out: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a folder beside ``out`` and rename it when it is complete; what stands there is replaced."""
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    new, old = beside / "nieuw", beside / "oud"
    try:
        new.mkdir()
        write(new)
        if out.exists():
            out.rename(old)
        new.rename(out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


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
