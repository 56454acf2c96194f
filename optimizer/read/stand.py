"""The state of the municipalities in a half-year: arrears, surplus, persons linked so far, swaps."""

from pathlib import Path

import pandas as pd

from optimizer.domain.tables import Column, Table
from optimizer.errors import Defect, InvoerOngeldig
from optimizer.read.checks import unique_key
from optimizer.read.columns import find_columns
from optimizer.read.delimited import read_delimited
from optimizer.read.gelezen import parse_table
from optimizer.read.grid import cut

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
    ),
)


def read_stand(path: Path) -> pd.DataFrame:
    """Read a state file: a CSV as for a batch, one row per municipality; a column that is missing counts as nought.

    Returns
    -------
    The columns of `STAND`: present CBS codes and whole persons (int64).

    Raises
    ------
    InvoerOngeldig
        With every defect of the file at once.
    """
    try:
        data = path.read_bytes()
    except OSError:
        raise InvoerOngeldig([Defect("bestand_onleesbaar", path.name)]) from None
    grid, defects = read_delimited(path.name, data)
    raw, found = (None, []) if defects else cut(STAND.name, path.name, grid)
    defects = [*defects, *found]
    if raw is None:
        raise InvoerOngeldig(defects)
    columns, found = find_columns(raw, STAND, {})
    defects += found
    gelezen, found = parse_table(STAND, path.name, columns, raw.rows)
    defects += [*found, *unique_key(STAND.name, {STAND.name: gelezen})]
    if any(not d.warning for d in defects):
        raise InvoerOngeldig(defects)
    persons = [c.name for c in STAND.columns if c.kind == "integer"]
    return gelezen.frame.fillna(dict.fromkeys(persons, 0)).astype(dict.fromkeys(persons, "int64"))
