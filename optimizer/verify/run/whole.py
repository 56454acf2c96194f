"""A table of a run beside the one that the judge worked out itself: the same rows in the same order, cell by cell."""

import numpy as np
import pandas as pd

from optimizer.domain.uitvoer import OutputTable
from optimizer.rules.parameters import Parameters
from optimizer.verify.cells import Form, differs, shown, texts
from optimizer.verify.findings import bevinding
from optimizer.verify.oordeel import Bevinding


def rows_right(
    written: pd.DataFrame, right: pd.DataFrame, table: OutputTable, code: str, form: Form, parameters: Parameters
) -> list[Bevinding]:
    """Compare a table with what it should be, row by row and in that order.

    Parameters
    ----------
    written
        What stands there, as text.
    right
        What should; a column of ``table`` that it lacks is judged elsewhere.
    code
        Code of the finding, whose sentence names the file, what was found and what should stand there.
    """
    file = f"{table.name}.csv"
    if len(written) != len(right):
        rows = (f"{len(frame)} rijen" for frame in (written, right))
        return [bevinding(code, parameters, gevonden=next(rows), toegestaan=next(rows), bestand=file)]
    found = []
    for column in table.columns:
        if column.name not in right or column.name not in written:
            continue
        cells, allowed = texts(written[column.name]), right[column.name].to_numpy(object)
        for row in np.flatnonzero(differs(cells, allowed, column.kind, form=form)).tolist():
            stands, due = f"{column.name} {cells[row]}", f"{column.name} {shown(allowed[row], column.kind)}"
            number = int(written.index[row])
            found.append(bevinding(code, parameters, gevonden=stands, toegestaan=due, bestand=file, rij=number))
    return found
