"""A user's own table of four-digit postcodes: in which municipality each lies, and where."""

import hashlib
import re
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from geodata.places import nearest_km
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
#: Kilometres from the nearest place of its municipality beyond which a postcode is likely to be somewhere else.
FAR_KM = 20.0
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
    return found.frame, [*warnings, *_far_away(found)], [bron]


def _far_away(table: TypedTable) -> list[Defect]:
    """Warn of a postcode that lies far from every place of its municipality."""
    frame, found = table.frame, {}
    names = dict(zip(load_gemeenten().code.tolist(), load_gemeenten().naam.tolist(), strict=True))
    for i, (code, x, y) in enumerate(zip(frame["gemeente"], frame["x_rd"], frame["y_rd"], strict=True)):
        km = nearest_km(code, x, y)
        if km > FAR_KM:
            found[i] = {"km": f"{km:.0f}", "gemeente": f"{names[code]} ({code})"}
    where = np.isin(np.arange(len(frame)), list(found))
    return table.defects("postcode_ver_weg", where, "postcode4", found, warning=True)


def _malformed(table: TypedTable) -> list[Defect]:
    wrong = ~table.frame["postcode4"].map(lambda text: bool(_FOUR_DIGITS.fullmatch(text))).to_numpy(dtype=bool)
    return table.defects("postcode_ongeldig", wrong, "postcode4")
