"""What must hold between cells: each check is one function from the tables to its defects."""

import datetime
from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import merged_into
from optimizer.errors import Defect
from optimizer.read.bsn import passes_eleven_test
from optimizer.read.typed import TypedTable

Tables = Mapping[str, TypedTable]
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


def gemeenten_present(name: str, day: datetime.date | None, tables: Tables) -> list[Defect]:
    """Warn, once, of municipalities of a day that are absent from a table of room: they get no one."""
    table = tables[name]
    ended = merged_into(day) if day else {}
    absent = set(load_gemeenten().index) - set(ended) - set(table.frame["gemeente"])
    if not absent or not len(table.rows) or "gemeente" not in table.given:
        return []
    details = {"aantal": str(len(absent)), "voorbeeld": min(absent)}
    return [Defect(f"gemeenten_zonder_{name}", table.file, details=details, warning=True)]


def room_present(tables: Tables) -> list[Defect]:
    """Warn where no municipality has room left, or a household is larger than the room of every one."""
    households = tables["huishoudens"]
    rooms = {name: _opgave(tables[name]) for name in ("taakstelling", "capaciteit")}
    known = {n: int(r.max()) for n, r in rooms.items() if len(r) and r.notna().all()}
    empty = [n for n, largest in known.items() if largest == 0]
    if empty or not known or any(len(rooms[n]) for n in rooms.keys() - known.keys()):
        return [Defect("opgave_overal_nul", tables[n].file, column=n, warning=True) for n in empty]
    largest = max(known.values())
    too_large = (households.frame["aantal_personen"] > largest).to_numpy()
    details = {i: {"grootste": str(largest)} for i in np.flatnonzero(too_large).tolist()}
    return households.defects("huishouden_te_groot", too_large, "aantal_personen", details, warning=True)


def _opgave(table: TypedTable) -> "pd.Series[float]":
    """Return the room of every row of ``taakstelling`` or ``capaciteit``; none where a required column is missing."""
    frame, name = table.frame, table.table.name
    if not {"gemeente", name} <= table.given:
        return frame.iloc[:0]["gekoppeld"]
    extra = frame["achterstand"] - frame["voorsprong"] if name == "taakstelling" else 0
    rest: pd.Series[float] = frame[name] + extra - frame["gekoppeld"]
    return rest.clip(lower=0)


def agreements_run_forward(tables: Tables) -> list[Defect]:
    """Refuse an agreement that ends before it begins."""
    table = tables["bestuursovereenkomsten"]
    backward = (table.frame["tot_en_met"] < table.frame["vanaf"]).to_numpy()
    return table.defects("overeenkomst_eindigt_eerder", backward, "tot_en_met")


def agreements_do_not_overlap(tables: Tables) -> list[Defect]:
    """Refuse two agreements of one municipality that hold on the same day, and say which row was first."""
    table = tables["bestuursovereenkomsten"]
    gemeente = table.frame["gemeente"].to_numpy(dtype=object)
    first, last = (table.frame[c].to_numpy("datetime64[D]") for c in ("vanaf", "tot_en_met"))
    last = np.where(np.isnat(last), np.datetime64("9999-12-31"), last)
    details: dict[int, Mapping[str, str]] = {}
    for i in np.flatnonzero(gemeente != "").tolist():
        both = (gemeente[:i] == gemeente[i]) & (first[:i] <= last[i]) & (first[i] <= last[:i])
        if both.any():
            details[i] = {"eerste": str(table.rows[both.argmax()])}
    double = np.isin(np.arange(len(gemeente)), list(details))
    return table.defects("overeenkomst_overlapt", double, "gemeente", details)


def dwellings_once(tables: Tables) -> list[Defect]:
    """Refuse a second row for one kind of dwelling in one municipality."""
    table = tables["woningen"]
    pairs = table.frame[["gemeente", "soort"]]
    double = (pairs.duplicated() & (pairs != "").all(axis=1)).to_numpy()
    first = {tuple(p): str(r) for p, r in zip(pairs[::-1].to_numpy(), table.rows[::-1].tolist(), strict=True)}
    details = {i: {"eerste": first[tuple(pairs.to_numpy()[i])]} for i in np.flatnonzero(double).tolist()}
    return table.defects("woning_dubbel", double, "soort", details)


def dwellings_known(tables: Tables) -> list[Defect]:
    """Warn, once a kind, of a need that no municipality can say anything about, and of municipalities without a row."""
    table, households = tables["woningen"], tables["huishoudens"]
    needed, offered = households.frame["woning_nodig"], table.frame["soort"]
    unknown = sorted(set(needed) - set(offered) - {""})
    column = households.table.column("woning_nodig")
    found = [
        Defect(
            "woning_soort_onbekend",
            households.file,
            column=column.name,
            value=kind,
            details={"aantal": str(int((needed == kind).sum()))},
            warning=True,
        )
        for kind in unknown
    ]
    room = {*tables["taakstelling"].frame["gemeente"], *tables["capaciteit"].frame["gemeente"]} - {""}
    for kind in sorted(set(offered) - {""}):
        absent = room - set(table.frame.loc[offered == kind, "gemeente"])
        if absent:
            details = {"aantal": str(len(absent)), "voorbeeld": min(absent)}
            found.append(Defect("gemeenten_zonder_woningen", table.file, None, "soort", kind, details, warning=True))
    return found


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
    *(partial(unique_key, name) for name in ("huishoudens", "personen", "werk", "taakstelling", "capaciteit")),
    partial(known_reference, "personen", "huishouden_id", "huishoudens", "huishouden_onbekend"),
    partial(known_reference, "gronden", "huishouden_id", "huishoudens", "huishouden_onbekend"),
    partial(known_reference, "werk", "persoon_id", "personen", "persoon_onbekend"),
    adults_fit,
    adults_present,
    lock_has_reason,
    lock_is_allowed,
    contract_runs_forward,
    one_halfjaar,
    room_present,
    agreements_run_forward,
    agreements_do_not_overlap,
    dwellings_once,
    dwellings_known,
    keys_are_no_bsn,
)
