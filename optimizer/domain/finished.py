"""A finished run as it stands in its folder: the receipt, every table as text, and what each file hashes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from optimizer.domain.uitvoer import OutputTable


@dataclass(frozen=True)
class WrittenTable:
    """One table of a run, as it is written.

    Parameters
    ----------
    file
        Name of the file.
    header
        Its columns, as written.
    rows
        Cells as text; what made a cell harmless for a spreadsheet is taken off.
    english
        Whether numbers have a decimal point (``--csv-en``); else a decimal comma.
    wrong, wrong_row
        Why the table cannot be read (a code of ``read.texts``) and in which row of the file; empty where it can.
    """

    file: str
    header: tuple[str, ...] = ()
    rows: Sequence[Sequence[str]] = ()
    english: bool = False
    wrong: str = ""
    wrong_row: int | None = None

    @property
    def frame(self) -> pd.DataFrame:
        """The cells; the index bears the name of the file and is the row as a person sees it (header = 1)."""
        index = pd.RangeIndex(2, len(self.rows) + 2, name=self.file)
        return pd.DataFrame(list(self.rows), index=index, columns=list(self.header), dtype=object)


@dataclass(frozen=True)
class FinishedRun:
    """What a run or a comparison left behind.

    Parameters
    ----------
    receipt
        ``run.json``; its shape has been checked.
    tables
        Every table that stands there, by name.
    hashes
        SHA-256 of every file but the receipt, by name; one in a folder below as ``gemeenten/GM0193.xlsx``.
    kennis
        ``kennis.json`` as plain data that nobody has believed yet; None where it is not there or cannot be read.
    """

    receipt: Mapping[str, Any]
    tables: Mapping[str, WrittenTable] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    kennis: Mapping[str, Any] | None = None

    @property
    def is_comparison(self) -> bool:
        """Whether ``compare`` made it."""
        return "policies" in self.receipt

    @property
    def is_tradeoff(self) -> bool:
        """Whether ``afweging`` made it."""
        return "tradeoff" in self.receipt

    def table(self, table: OutputTable) -> WrittenTable | None:
        """Return a table, or None where its file is not there."""
        return self.tables.get(table.name)


@dataclass(frozen=True)
class RunFolder:
    """The tables of a run as numbers and words, as far as maps and notebooks need them.

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
    receipt: Mapping[str, Any]

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
