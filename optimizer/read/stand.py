"""The state of the municipalities in a half-year: arrears, surplus, persons linked and housed so far, swaps."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from optimizer.domain.tables import STOCKS, Column, Table
from optimizer.errors import Defect
from optimizer.read.single import read_single

STAND = Table(
    "stand",
    "gemeente",
    True,
    (
        Column("gemeente", "gemeente", "Gemeente", "Municipality", True),
        Column("achterstand", "integer", "Achterstand uit eerdere halfjaren", "Arrears", minimum=0, default="0"),
        Column("voorsprong", "integer", "Voorsprong", "Surplus", minimum=0, default="0"),
        Column(
            "gekoppeld",
            "integer",
            "Dit halfjaar al gekoppelde personen",
            "Persons linked so far",
            minimum=0,
            default="0",
        ),
        Column(
            "ruil",
            "integer",
            "Personen die de gemeente overneemt (+) of overdraagt (-)",
            "Persons taken over (+) or handed over (-)",
            default="0",
        ),
        *STOCKS,
        Column(
            "amv_in_groep",
            "integer",
            "Alleenstaande minderjarigen die in een groep wonen",
            "Unaccompanied minors who live in a group",
            minimum=0,
            default="0",
        ),
    ),
)


def read_stand(path: Path, warn: Callable[[Sequence[Defect]], None] = lambda _: None) -> pd.DataFrame:
    """Read a state file, a CSV or a sheet ``stand``: one row per municipality; a missing column counts as nought.

    Parameters
    ----------
    warn
        Told of what is passed over: a column that is misspelt would take all its persons along.

    Returns
    -------
    The columns of `STAND`: present CBS codes and whole persons (int64).

    Raises
    ------
    InvoerOngeldig
        With every defect of the file at once.
    """
    table, warnings = read_single(path, STAND)
    warn(warnings)
    frame = table.frame
    persons = [c.name for c in STAND.columns if c.kind == "integer"]
    return frame.fillna(dict.fromkeys(persons, 0)).astype(dict.fromkeys(persons, "int64"))
