"""A table of counts as numbers, with what is found wrong in its cells."""

from collections.abc import Callable, Collection, Mapping
from typing import SupportsIndex

import numpy as np

from optimizer.domain.finished import WrittenTable
from optimizer.domain.uitvoer import DECIMALS, OutputColumn
from optimizer.rules.parameters import Parameters
from optimizer.verify.cells import has_form, numbers, shown, texts
from optimizer.verify.findings import bevinding, place
from optimizer.verify.households import Bools, Floats, Texts
from optimizer.verify.oordeel import Bevinding


class Sheet:
    """The table as numbers, and the findings about it.

    Parameters
    ----------
    table
        Name of the table in the codes of its findings: ``vergelijking``, ``attributie``.
    written
        The table as written.
    columns
        The columns that are judged cell by cell.
    """

    def __init__(
        self, table: str, written: WrittenTable, columns: Collection[OutputColumn], parameters: Parameters
    ) -> None:
        self.table, self.written, self.parameters = table, written.frame, parameters
        self.english = written.english
        self.columns: Mapping[str, OutputColumn] = {c.name: c for c in columns}
        self.keys: Texts = texts(self.written.iloc[:, 0])
        self.found: list[Bevinding] = []

    def texts(self, column: str) -> Texts:
        """Return the cells of a column."""
        return texts(self.written[column])

    def values(self, column: str) -> Floats:
        """Return the numbers of a column; NaN for a cell that holds none."""
        return numbers(self.texts(column))

    def rounding(self, column: str) -> float:
        """Return what rounding may change of a number of a column."""
        return 0.5 * 10.0 ** -(DECIMALS[self.columns[column].kind] or 0)

    def wrong(self, row: SupportsIndex, column: str, right: str | float) -> None:
        """Note a cell that is not what it should be."""
        wanted = right if isinstance(right, str) else shown(right, self.columns[column].kind)
        said = {"baan": str(self.keys[row]), "gevonden": str(self.texts(column)[row]), "toegestaan": wanted}
        self.note(f"{self.table}_{column}_onjuist", row, **said)

    def note(self, code: str, row: SupportsIndex | None, **said: str) -> None:
        """Note anything about a row, or about the table as a whole."""
        file, number = place(self.written, row) if row is not None else (place(self.written)[0], None)
        self.found.append(bevinding(code, self.parameters, bestand=file, rij=number, **said))

    def equal(self, column: str, right: Floats, slack: float) -> None:
        """Note the cells of a column that differ from what is right by more than the rounding allows."""
        for row in np.flatnonzero(np.abs(self.values(column) - right) > slack + 1e-9):
            self.wrong(row, column, float(right[row]))

    def between(self, column: str, low: Floats, high: Floats) -> None:
        """Note the cells of a column that are below or above what they can be; an empty cell is neither."""
        values = self.values(column)
        for row in np.flatnonzero(values < low - 1e-9):
            self.wrong(row, column, float(low[row]))
        for row in np.flatnonzero(values > high + 1e-9):
            self.wrong(row, column, float(high[row]))

    def has_rows(self, due: Collection[str]) -> bool:
        """Every row that is due stands there once, no other does, and they stand in order; note what differs."""
        labels, before = self.keys.tolist(), len(self.found)
        for row, label in enumerate(labels):
            if label not in due:
                self.note(f"{self.table}_onbekend", row, baan=label)
            elif labels.index(label) < row:
                self.note(f"{self.table}_dubbel", row, baan=label, gevonden=str(labels.count(label)))
        for label in due:
            if label not in labels:
                self.note(f"{self.table}_ontbreekt", None, baan=label)
        if len(self.found) == before:
            out = next(
                (row for row, (label, right) in enumerate(zip(labels, due, strict=True)) if label != right), None
            )
            if out is not None:
                self.note("volgorde_onjuist", out, gevonden=labels[out], toegestaan=list(due)[out])
        return len(self.found) == before

    def numbers_as_ours(
        self,
        *,
        may_be_empty: Collection[str] = (),
        may_be_negative: Callable[[str], bool] = lambda _: False,
        whole: Mapping[str, Bools] | None = None,
    ) -> bool:
        """Every number is written as our files write it, and can be such a number; the others are judged only then.

        Parameters
        ----------
        may_be_empty, may_be_negative
            Columns that may be so.
        whole
            By column the rows in which it counts something, and is a whole number therefore, bool [rows].
        """
        before = len(self.found)
        for name, column in self.columns.items():
            if column.kind in ("id", "text"):
                continue
            cells, values = self.texts(name), self.values(name)
            good = has_form(cells, column.kind, "punt" if self.english else "komma")
            good |= (cells == "") & (name in may_be_empty)
            good &= may_be_negative(name) | ~(values < 0)
            counted = (whole or {}).get(name, np.zeros(len(cells), dtype=bool))
            broken = good & counted & (values != np.rint(values)) & ~np.isnan(values)
            for row in np.flatnonzero(~good):
                self.wrong(row, name, "een getal" if may_be_negative(name) else "een getal van 0 of meer")
            for row in np.flatnonzero(broken):
                self.wrong(row, name, "een heel getal")
        return len(self.found) == before
