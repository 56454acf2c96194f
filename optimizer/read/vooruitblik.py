"""People in procedure who work, for the look ahead: a file of its own that no proposal depends on."""

import datetime
import hashlib
from pathlib import Path

import numpy as np
import pandas as pd

from optimizer.domain.batch import Bron
from optimizer.domain.vooruitblik import VOORUITBLIK
from optimizer.errors import Defect, InvoerOngeldig
from optimizer.read.checks.herindeling import in_division_of
from optimizer.read.checks.keys import keys_are_no_bsn
from optimizer.read.files.places import look
from optimizer.read.single import read_single
from optimizer.read.table.typed import TypedTable

#: What a household has one of, though every row of a person or a job may say it.
ONCE = ("verwachte_vergunning", "aantal_personen", "kans_vergunning")


def read_vooruitblik(
    path: Path, day: datetime.date | None, households: pd.Series
) -> tuple[pd.DataFrame | None, list[Defect], Bron | None]:
    """Read the file that the user named with ``--vooruitblik``.

    Parameters
    ----------
    path
        A CSV file, a workbook with a sheet ``vooruitblik``, or a folder with ``vooruitblik.csv``.
    day
        The peildatum, for the division of municipalities; None where the input has none.
    households
        Keys of the batch.

    Returns
    -------
    The columns of `domain.vooruitblik.VOORUITBLIK`, every defect, and the file with its hash. None for the first and
    the last where the file cannot be read.
    """
    try:
        table, defects = read_single(path, VOORUITBLIK)
    except InvoerOngeldig as error:
        return None, list(error.defects), None
    tables, notes = in_division_of(day, {VOORUITBLIK.name: table})
    table = tables[VOORUITBLIK.name]
    defects = [*defects, *notes, *_already_here(table, households), *_differ(table)]
    defects += keys_are_no_bsn({VOORUITBLIK.name: table})
    file = path / f"{VOORUITBLIK.name}.csv" if look(path) == "folder" else path
    return table.frame, defects, Bron(file.name, hashlib.sha256(file.read_bytes()).hexdigest())


def _already_here(table: TypedTable, households: pd.Series) -> list[Defect]:
    """Warn of a household that has a permit already: it stands in this very batch."""
    double = table.frame["huishouden_id"].isin(households).to_numpy(dtype=bool)
    return table.defects("vooruitblik_in_groep", double, "huishouden_id", warning=True)


def _differ(table: TypedTable) -> list[Defect]:
    """Warn where the rows of one household do not say the same of it."""
    found = []
    for name in ONCE:
        of_household = table.frame.groupby("huishouden_id")[name].nunique()
        several = set(of_household.index[of_household > 1]) - {""}
        first = table.frame["huishouden_id"].isin(several) & ~table.frame["huishouden_id"].duplicated()
        found += table.defects("vooruitblik_ongelijk", first.to_numpy(dtype=np.bool_), name, warning=True)
    return found
