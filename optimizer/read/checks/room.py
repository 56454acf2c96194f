"""The room of municipalities: one half-year, everybody named, and enough for somebody."""

import datetime

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import merged_into
from optimizer.domain.cells import decimal
from optimizer.errors import Defect
from optimizer.read.table.cells import halfjaar_of_date, visible
from optimizer.read.table.typed import Tables, TypedTable


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


def excused_within_arrears(tables: Tables) -> list[Defect]:
    """Refuse more excusable arrears than arrears."""
    table = tables["taakstelling"]
    arrears = table.frame["achterstand"].to_numpy(dtype=np.float64)
    more = table.frame["verschoonbaar"].to_numpy(dtype=np.float64) > arrears
    details = {i: {"achterstand": decimal(arrears[i])} for i in np.flatnonzero(more).tolist()}
    return table.defects("verschoonbaar_boven_achterstand", more, "verschoonbaar", details)


def halfjaar_kept(tables: Tables) -> list[Defect]:
    """Warn, once, where a spreadsheet made dates of half-years, which are read back as what they were."""
    table = tables["taakstelling"]
    written = [visible(str(text)) for text in table.written.get("halfjaar", ())]
    turned = np.array([bool(halfjaar_of_date(text)) for text in written], dtype=bool)
    if not turned.any():
        return []
    first = int(turned.argmax())
    details = {"halfjaar": str(table.frame["halfjaar"].iat[first]), "aantal": str(int(turned.sum()))}
    row = int(table.rows[first])
    return [Defect("halfjaar_was_datum", table.file, row, "halfjaar", written[first], details, warning=True)]


def gemeenten_present(name: str, day: datetime.date | None, tables: Tables) -> list[Defect]:
    """Warn, once, of municipalities of a day that are absent from a table of room: they get no one."""
    table = tables[name]
    ended = merged_into(day) if day else {}
    absent = set(load_gemeenten().index) - set(ended) - set(table.frame["gemeente"])
    if not absent or not len(table.rows) or "gemeente" not in table.given or not table.whole:
        return []
    details = {"aantal": str(len(absent)), "voorbeeld": min(absent)}
    return [Defect(f"gemeenten_zonder_{name}", table.file, details=details, warning=True)]


def room_present(tables: Tables) -> list[Defect]:
    """Warn where no municipality has room left, or a household is larger than the room of every one."""
    households = tables["huishoudens"]
    rooms = {name: _opgave(tables[name]) for name in ("taakstelling", "capaciteit")}
    known = {n: int(r.max()) for n, r in rooms.items() if len(r) and r.notna().all()}
    empty = [n for n, largest in known.items() if largest == 0]
    if not all(tables[n].whole for n in rooms):
        return []
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
    rest: pd.Series[float] = frame[name] - frame["gekoppeld"]
    if name == "taakstelling":
        rest += frame["achterstand"] - frame["voorsprong"] - frame["gehuisvest"] - frame["tijdelijk_gehuisvest"]
    return rest.clip(lower=0)
