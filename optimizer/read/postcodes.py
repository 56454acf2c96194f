"""A user's own table of four-digit postcodes: in which municipality each lies, and where."""

import hashlib
import re
from pathlib import Path

import numpy as np
import pandas as pd

from optimizer.domain.batch import Bron
from optimizer.domain.tables import Column, Table
from optimizer.errors import Defect, InvoerOngeldig
from optimizer.read.single import read_single, refuse
from optimizer.read.table.typed import TypedTable, parse_table

POSTCODES = Table(
    "postcodes",
    "postcode4",
    False,
    (
        Column("postcode4", "text", "Vier cijfers van de postcode", "Four digits of the postcode", True),
        Column("gemeente", "gemeente", "Gemeente van de postcode", "Municipality of the postcode", True),
        Column("x_rd", "number", "Midden, meter in EPSG:28992", "Centre, metres", True, minimum=0, maximum=300_000),
        Column(
            "y_rd", "number", "Midden, meter in EPSG:28992", "Centre, metres", True, minimum=300_000, maximum=650_000
        ),
    ),
)
_FOUR_DIGITS = re.compile(r"[1-9]\d{3}")


def no_postcodes() -> pd.DataFrame:
    """Return the table without rows."""
    return parse_table(POSTCODES, f"{POSTCODES.name}.csv", {}, np.empty(0, dtype=np.int64))[0].frame


def read_postcodes(path: Path | None) -> tuple[pd.DataFrame, list[Defect], list[Bron]]:
    """Read the table that the user named with ``--pc4``; without one it has no rows.

    Returns
    -------
    The columns of `POSTCODES`, every defect of the file, and the file with its hash
    """
    if path is None:
        return no_postcodes(), [], []
    try:
        found, warnings = read_single(path, POSTCODES)
        refuse(_malformed(found))
    except InvoerOngeldig as error:
        return no_postcodes(), list(error.defects), []
    bron = Bron(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
    return found.frame, warnings, [bron]


def _malformed(table: TypedTable) -> list[Defect]:
    wrong = ~table.frame["postcode4"].map(lambda text: bool(_FOUR_DIGITS.fullmatch(text))).to_numpy(dtype=bool)
    return table.defects("postcode_ongeldig", wrong, "postcode4")
