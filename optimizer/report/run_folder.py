"""A finished run, read back from its folder: the tables as numbers and words, and the receipt."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd

from optimizer.domain.cells import unescape
from optimizer.domain.uitvoer import BANEN, TAAKSTELLING, VOORSTEL, OutputColumn, OutputTable
from optimizer.errors import Gebruiksfout
from optimizer.report.receipt import Receipt


@dataclass(frozen=True)
class RunFolder:
    """What a run of ``koppelwijzer run`` left behind, as far as maps need it.

    Parameters
    ----------
    voorstel, banen, taakstelling
        Columns of ``domain.uitvoer``; numbers as float64 with NaN for an empty cell.
    receipt
        ``run.json``.
    """

    voorstel: pd.DataFrame
    banen: pd.DataFrame
    taakstelling: pd.DataFrame
    receipt: Receipt

    @property
    def straal_km(self) -> float:
        """The radius that was in force."""
        return float(self.receipt["parameters"]["gronden/straal_km"]["value"])

    @property
    def peildatum(self) -> date:
        """The day whose rules and division of municipalities were in force."""
        return date.fromisoformat(self.receipt["peildatum"])

    @property
    def measure(self) -> str:
        """The measure that was in force; ``bestand`` for a table of the user's own."""
        return str(self.receipt["distances"]["maat"]).partition(":")[0]


def read_run(folder: Path) -> RunFolder:
    """Read a run.

    Raises
    ------
    Gebruiksfout
        When the folder is not that of a run, or a file of it was changed so that it cannot be read.
    """
    try:
        receipt: Receipt = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        voorstel, banen, taakstelling = (_read(folder, t) for t in (VOORSTEL, BANEN, TAAKSTELLING))
        run = RunFolder(voorstel, banen, taakstelling, receipt)
        _ = run.straal_km, run.measure, run.peildatum
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Gebruiksfout(
            f"'{folder}' is geen volledige uitkomst van koppelwijzer run. Geef de map van een run.",
            f"'{folder}' is no complete outcome of koppelwijzer run. Give the folder of a run.",
        ) from error
    return run


def _read(folder: Path, table: OutputTable) -> pd.DataFrame:
    """Read one table as `optimizer.report.csvs` writes it, in either style."""
    text = (folder / f"{table.name}.csv").read_text(encoding="utf-8-sig")
    dutch = ";" in text.partition("\n")[0]
    header, *rows = csv.reader(StringIO(text, newline=""), delimiter=";" if dutch else ",")
    cells = dict(zip(header, zip(*rows, strict=True) if rows else [()] * len(header), strict=True))
    return pd.DataFrame({c.name: _column(c, cells[c.name], dutch=dutch) for c in table.within(cells)})


def _column(column: OutputColumn, cells: Sequence[str], *, dutch: bool) -> pd.Series:
    if column.kind in ("id", "text"):
        return pd.Series([unescape(cell) for cell in cells], dtype=object)
    points = [cell.replace(",", ".") if dutch else cell for cell in cells]
    return pd.Series([float(cell) if cell else np.nan for cell in points], dtype=np.float64)
