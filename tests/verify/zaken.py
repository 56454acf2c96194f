"""Small batches and proposals for the judge, and a country on a line whose distances can be done in the head."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from geodata.distance import Float
from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.domain.tables import TABLES, Column, Table
from optimizer.rules.parameters import Parameters, load

PEILDATUM = date(2026, 10, 1)
UTRECHT, AMSTERDAM, ROTTERDAM, DEN_HAAG = "GM0344", "GM0363", "GM0599", "GM0518"
ZWOLLE, MAASTRICHT, GRONINGEN = "GM0193", "GM0935", "GM0014"

#: Place of each municipality on the line, in km; the others lie far beyond, 1,000 km apart.
LIJN = {
    UTRECHT: 0.0,
    AMSTERDAM: 30.0,
    ROTTERDAM: -50.0,
    DEN_HAAG: -50.001,
    ZWOLLE: 75.0,
    MAASTRICHT: 100.0,
    GRONINGEN: 200.0,
}

Record = Mapping[str, Any]


def lijn(measure: str, _day: date | None = None) -> Float:
    """Distances along the line; the measure ``border`` is 10 km shorter, and never negative."""
    codes = load_gemeenten().code
    place = np.array([LIJN.get(str(c), 10_000.0 + 1_000.0 * i) for i, c in enumerate(codes)])
    km: Float = np.abs(place[:, None] - place[None, :])
    return km if measure == "straight" else np.maximum(0.0, km - 10.0)


def parameters(**overrides: Any) -> Parameters:
    """The rules on the peildatum; ``gronden__straal_km=40`` overrides a value."""
    return load(PEILDATUM, overrides={name.replace("__", "/"): value for name, value in overrides.items()})


def batch(
    huishoudens: Sequence[Record],
    *,
    personen: Sequence[Record] = (),
    werk: Sequence[Record] = (),
    gronden: Sequence[Record] = (),
    opgave: Mapping[str, int] | None = None,
    overeenkomsten: Sequence[Record] = (),
    woningen: Sequence[Record] = (),
    capaciteit: Sequence[Record] = (),
) -> Batch:
    """A batch from records with the columns that matter; the others are as an empty cell is read."""
    defaults = {"aantal_personen": 1, "vergunning_datum": "2026-09-01", "opvang_gemeente": UTRECHT}
    jobs = [{"baan_id": str(i + 1), "uren_per_week": 32.0, **job} for i, job in enumerate(werk)]
    room = [{"gemeente": g, "taakstelling": n} for g, n in (opgave or {}).items()]
    return Batch(
        huishoudens=_frame("huishoudens", [{**defaults, **row} for row in huishoudens]),
        personen=_frame("personen", personen),
        werk=_frame("werk", jobs),
        gronden=_frame("gronden", [{"bewijs": "ja", **row} for row in gronden]),
        taakstelling=_frame("taakstelling", room),
        bestuursovereenkomsten=_frame("bestuursovereenkomsten", overeenkomsten),
        woningen=_frame("woningen", woningen),
        capaciteit=_frame("capaciteit", [{"gekoppeld": 0, **row} for row in capaciteit]),
        peildatum=PEILDATUM,
    )


def voorstel(links: Mapping[str, str], **columns: Sequence[str]) -> pd.DataFrame:
    """A proposal as text: municipality of each household and further columns."""
    return pd.DataFrame({"huishouden_id": list(links), "gemeente": list(links.values()), **columns}, dtype=str)


def hard(persoon_id: str, gemeente: str, **changes: Any) -> dict[str, Any]:
    """A job that is a hard ground."""
    shown = {"contract_getekend": "ja", "loonstrook_gezien": "ja", "soort": "loondienst"}
    return {"persoon_id": persoon_id, "werk_gemeente": gemeente, **shown, **changes}


def _frame(name: str, records: Sequence[Record]) -> pd.DataFrame:
    table: Table = TABLES[name]
    unknown = {key for record in records for key in record} - set(table.names)
    if unknown:
        raise KeyError(f"{name} has no column {sorted(unknown)}")
    return pd.DataFrame({c.name: _series(c, [r.get(c.name) for r in records]) for c in table.columns})


def _series(column: Column, cells: list[Any]) -> pd.Series:
    if column.kind == "date":
        return pd.Series(pd.to_datetime(pd.Series(cells, dtype=object)), dtype="datetime64[s]")
    if column.kind in {"integer", "number"}:
        empty = float(column.default) if column.default else np.nan
        values = pd.Series([empty if c is None else float(c) for c in cells], dtype=np.float64)
        whole = column.kind == "integer" and (column.required or column.default is not None)
        return values.astype(np.int64) if whole else values
    return pd.Series(["" if c is None else str(c) for c in cells], dtype=str)
