"""Small batches on the real map, made from the columns that matter; the other cells are as an empty cell is read."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from optimizer.decide import Limits, work_out
from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.domain.tables import TABLES, Column
from optimizer.domain.voorstel import Voorstel
from optimizer.errors import Defect
from optimizer.explain.told import explain
from optimizer.fit import household_chances, score
from optimizer.model import Case, collect
from optimizer.policy import Beleid, load_beleid
from optimizer.read.wishes.scenario import Scenario
from optimizer.rules.parameters import Parameters, load
from optimizer.settle import InForce, Wish, look

PEILDATUM = date(2026, 10, 1)
UTRECHT, AMERSFOORT, AMSTERDAM, ROTTERDAM = "GM0344", "GM0307", "GM0363", "GM0599"
ZWOLLE, MAASTRICHT, GRONINGEN = "GM0193", "GM0935", "GM0014"
PLAATSEN = (UTRECHT, AMERSFOORT, AMSTERDAM, ROTTERDAM, ZWOLLE, MAASTRICHT, GRONINGEN)

Record = Mapping[str, Any]
_HUISHOUDEN = {"aantal_personen": 1, "vergunning_datum": "2026-09-01", "opvang_gemeente": UTRECHT}


def parameters(**overrides: Any) -> Parameters:
    """The rules on the peildatum; ``gronden__straal_km=40`` overrides a value."""
    return load(PEILDATUM, overrides={name.replace("__", "/"): value for name, value in overrides.items()})


def huishouden(name: str, **cells: Any) -> dict[str, Any]:
    """One person in reception in Utrecht, but for the cells given."""
    return {"huishouden_id": name, **_HUISHOUDEN, **cells}


def baan(huishouden_id: str, gemeente: str, **cells: Any) -> dict[str, Any]:
    """A job of 32 hours that is a hard ground, held by the first adult of the household."""
    shown = {"contract_getekend": "ja", "loonstrook_gezien": "ja", "soort": "loondienst", "via_uitzendbureau": "nee"}
    return {"persoon_id": f"P{huishouden_id}", "werk_gemeente": gemeente, "uren_per_week": 32.0, **shown, **cells}


def grond(huishouden_id: str, soort: str, gemeente: str, **cells: Any) -> dict[str, Any]:
    """A ground that was shown."""
    return {"huishouden_id": huishouden_id, "grond": soort, "gemeente": gemeente, "bewijs": "ja", **cells}


def groep(
    huishoudens: Sequence[Record],
    opgave: Mapping[str, int],
    *,
    werk: Sequence[Record] = (),
    gronden: Sequence[Record] = (),
    personen: Sequence[Record] | None = None,
    overeenkomsten: Sequence[Record] = (),
    woningen: Sequence[Record] = (),
    capaciteit: Mapping[str, int] | None = None,
    verzoeken: Sequence[Record] = (),
) -> Batch:
    """A batch with one adult a household, unless ``personen`` says otherwise."""
    adults = personen
    if adults is None:
        adults = [{"persoon_id": f"P{h['huishouden_id']}", "huishouden_id": h["huishouden_id"]} for h in huishoudens]
    jobs = [{"baan_id": str(i + 1), **job} for i, job in enumerate(werk)]
    room = [{"gemeente": g, "taakstelling": n} for g, n in opgave.items()]
    return Batch(
        huishoudens=_frame("huishoudens", huishoudens),
        personen=_frame("personen", adults),
        werk=_frame("werk", jobs),
        gronden=_frame("gronden", gronden),
        taakstelling=_frame("taakstelling", room),
        bestuursovereenkomsten=_frame("bestuursovereenkomsten", overeenkomsten),
        woningen=_frame("woningen", woningen),
        capaciteit=_frame("capaciteit", [{"gemeente": g, "capaciteit": n} for g, n in (capaciteit or {}).items()]),
        verzoeken=_frame("verzoeken", verzoeken),
        peildatum=PEILDATUM,
    )


def check(path: Path, **choices: Any) -> tuple[Defect, ...]:
    """Every problem of an input; ``choices`` as `optimizer.settle.Wish` takes them."""
    return look(Wish(path, **choices))[1]


def worked_out(
    batch: Batch,
    beleid: str | Beleid = "kansrijk",
    rules: Parameters | None = None,
    *,
    seed: int = 0,
    bekend: float = 1.0,
    limits: Limits | None = None,
) -> Case:
    """Work a batch out under a policy that ships."""
    p = rules or parameters()
    kansen = household_chances(batch, score(batch.personen, p))
    chosen = load_beleid(beleid) if isinstance(beleid, str) else beleid
    return work_out(batch, collect(batch, p, seed=seed, bekend=bekend), chosen, p, kansen, limits=limits)


def in_force(batch: Batch, rules: Parameters | None = None, *, seed: int = 0, bekend: float = 1.0) -> InForce:
    """What is in force for a batch that was made by hand, under the default policy."""
    p = rules or parameters()
    kansen = household_chances(batch, score(batch.personen, p))
    return InForce(batch, p, load_beleid("kansrijk"), seed, bekend, Scenario(), kansen, ())


def voorstel(batch: Batch, beleid: str = "kansrijk", rules: Parameters | None = None, **choice: Any) -> Voorstel:
    """Work a batch out under a policy that ships and explain it."""
    return explain(worked_out(batch, beleid, rules, **choice)).said("nl")


def eisen(beleid: str = "kansrijk", rules: Parameters | None = None) -> Eisen:
    """What a policy that ships binds."""
    return load_beleid(beleid).eisen(rules or parameters())


def schrijf(batch: Batch, folder: Path, beleid_toml: str = "") -> Path:
    """Write a batch as a folder of CSV files and return it; an empty optional table has no file."""
    folder.mkdir(parents=True)
    for name in TABLES:
        frame: pd.DataFrame = getattr(batch, name)
        if len(frame):
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, delimiter=";")
                writer.writerow(frame.columns)
                writer.writerows([_cell(v) for v in row] for row in frame.itertuples(index=False))
    if beleid_toml:
        (folder / "beleid.toml").write_text(beleid_toml, encoding="utf-8")
    return folder


def _cell(value: Any) -> str:
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if pd.isna(value) else str(value)


def _frame(name: str, records: Sequence[Record]) -> pd.DataFrame:
    table = TABLES[name]
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
    return pd.Series([(column.default or "") if c is None else str(c) for c in cells], dtype=str)
