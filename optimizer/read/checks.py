"""What must hold between cells: each check is one function from the tables to its defects."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.gemeenten import load_gemeenten
from optimizer.errors import Defect
from optimizer.read.bsn import passes_eleven_test
from optimizer.read.gelezen import Gelezen

Tables = Mapping[str, Gelezen]
Check = Callable[[Tables], list[Defect]]


def unique_key(name: str, tables: Tables) -> list[Defect]:
    """Refuse a key that stands in more than one row, and say where it stood first."""
    table = tables[name]
    keys = table.frame[table.table.key]
    double = (keys.duplicated() & (keys != "")).to_numpy()
    first = dict(zip(keys[::-1], table.rows[::-1].tolist(), strict=True)) if double.any() else {}
    details = {i: {"eerste": str(first[keys.iat[i]])} for i in np.flatnonzero(double).tolist()}
    return table.defects("dubbele_sleutel", double, table.table.key, details)


def known_reference(name: str, column: str, target: str, code: str, tables: Tables) -> list[Defect]:
    """Refuse a row that refers to a household or person that is not there."""
    table, other = tables[name], tables[target]
    if column not in other.given:
        missing = len(table.rows) > 0 and not other.given and not other.table.required
        return [Defect("bestand_ontbreekt", other.file, details={"voor": table.file})] if missing else []
    values = table.frame[column]
    return table.defects(code, (~values.isin(other.frame[column]) & (values != "")).to_numpy(), column)


def adults_fit(tables: Tables) -> list[Defect]:
    """Refuse a household with more adults than persons."""
    households = tables["huishoudens"]
    adults = _adults(tables)
    size = households.frame["aantal_personen"].to_numpy()
    details = {i: {"volwassenen": str(adults[i])} for i in np.flatnonzero(adults > size).tolist()}
    return households.defects("meer_volwassenen_dan_personen", adults > size, "aantal_personen", details)


def adults_present(tables: Tables) -> list[Defect]:
    """Warn of a household without adults; once where nobody is listed at all."""
    households = tables["huishoudens"]
    without = _adults(tables) == 0
    if without.any() and not len(tables["personen"].rows):
        details = {"aantal": str(int(without.sum()))}
        return [Defect("geen_volwassenen", tables["personen"].file, details=details, warning=True)]
    return households.defects("huishouden_zonder_volwassenen", without, "huishouden_id", warning=True)


def _adults(tables: Tables) -> NDArray[np.int64]:
    """Count the adults of each household, int64 [households]."""
    counts = tables["personen"].frame["huishouden_id"].value_counts()
    per_household = tables["huishoudens"].frame["huishouden_id"].map(counts).fillna(0)
    return per_household.to_numpy(dtype=np.float64).astype(np.int64)


def lock_has_reason(tables: Tables) -> list[Defect]:
    """Refuse a lock without a reason: a person's decision is explained by that person."""
    households = tables["huishoudens"]
    lock, reason = households.frame["vastgezet_gemeente"], households.frame["vastgezet_reden"]
    without = ((lock != "") & (reason == "")).to_numpy()
    return households.defects("vastgezet_zonder_reden", without, "vastgezet_gemeente")


def lock_is_allowed(tables: Tables) -> list[Defect]:
    """Refuse a lock on a municipality that the same row excludes."""
    households = tables["huishoudens"]
    pairs = zip(
        households.frame["vastgezet_gemeente"].tolist(),
        households.frame["uitgesloten_gemeenten"].tolist(),
        strict=True,
    )
    clash = np.array([bool(lock) and lock in excluded.split() for lock, excluded in pairs], dtype=bool)
    return households.defects("vastgezet_op_uitgesloten", clash, "vastgezet_gemeente")


def contract_runs_forward(tables: Tables) -> list[Defect]:
    """Refuse a contract that ends before it begins."""
    jobs = tables["werk"]
    backward = (jobs.frame["contract_einde"] < jobs.frame["contract_begin"]).to_numpy()
    begins = jobs.frame["contract_begin"].dt.strftime("%Y-%m-%d")
    details = {i: {"begin": str(begins.iat[i])} for i in np.flatnonzero(backward).tolist()}
    return jobs.defects("contract_einde_voor_begin", backward, "contract_einde", details)


def one_halfjaar(tables: Tables) -> list[Defect]:
    """Refuse a second half-year: a batch is linked against one taakstelling."""
    table = tables["taakstelling"]
    values = table.frame["halfjaar"]
    filled = values[values != ""]
    if filled.nunique() < 2:
        return []
    common = filled.mode().iat[0]
    other = ((values != common) & (values != "")).to_numpy()
    details = {i: {"meeste": str(common)} for i in np.flatnonzero(other).tolist()}
    return table.defects("meer_halfjaren", other, "halfjaar", details)


def gemeenten_present(tables: Tables) -> list[Defect]:
    """Warn, once, of municipalities that are absent from the taakstelling: they get no one."""
    table = tables["taakstelling"]
    absent = set(load_gemeenten().index) - set(table.frame["gemeente"])
    if not absent or not len(table.rows) or "gemeente" not in table.given:
        return []
    details = {"aantal": str(len(absent)), "voorbeeld": min(absent)}
    return [Defect("gemeenten_zonder_taakstelling", table.file, details=details, warning=True)]


def room_present(tables: Tables) -> list[Defect]:
    """Warn where no municipality has room left, or a household is larger than the room of every one."""
    table, households = tables["taakstelling"], tables["huishoudens"]
    rest = _opgave(table.frame)
    if not len(rest) or rest.isna().any() or not {"gemeente", "taakstelling"} <= table.given:
        return []
    largest = int(rest.max())
    if largest == 0:
        return [Defect("opgave_overal_nul", table.file, column="taakstelling", warning=True)]
    too_large = (households.frame["aantal_personen"] > largest).to_numpy()
    details = {i: {"grootste": str(largest)} for i in np.flatnonzero(too_large).tolist()}
    return households.defects("huishouden_te_groot", too_large, "aantal_personen", details, warning=True)


def _opgave(frame: pd.DataFrame) -> "pd.Series[float]":
    rest = frame["taakstelling"] + frame["achterstand"] - frame["voorsprong"] - frame["gekoppeld"]
    return rest.clip(lower=0)


def keys_are_no_bsn(tables: Tables) -> list[Defect]:
    """Warn, once per column, of keys that may be a BSN; the keys are not repeated."""
    found = []
    for table in tables.values():
        for column in (c.name for c in table.table.columns if c.kind == "id" and c.name in table.given):
            hits = table.frame[column].map(passes_eleven_test).to_numpy(dtype=bool)
            if hits.any():
                row, details = int(table.rows[hits.argmax()]), {"aantal": str(int(hits.sum()))}
                found.append(Defect("mogelijk_bsn", table.file, row, column, details=details, warning=True))
    return found


CHECKS: tuple[Check, ...] = (
    *(partial(unique_key, name) for name in ("huishoudens", "personen", "werk", "taakstelling")),
    partial(known_reference, "personen", "huishouden_id", "huishoudens", "huishouden_onbekend"),
    partial(known_reference, "gronden", "huishouden_id", "huishoudens", "huishouden_onbekend"),
    partial(known_reference, "werk", "persoon_id", "personen", "persoon_onbekend"),
    adults_fit,
    adults_present,
    lock_has_reason,
    lock_is_allowed,
    contract_runs_forward,
    one_halfjaar,
    gemeenten_present,
    room_present,
    keys_are_no_bsn,
)
