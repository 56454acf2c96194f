"""The day that a batch is about, and permits that lie after it."""

import datetime
from collections.abc import Mapping

import pandas as pd

from optimizer.errors import Defect
from optimizer.read.table.typed import TypedTable
from optimizer.read.wishes.beleid import Beleid


def choose_peildatum(beleid: Beleid, households: TypedTable) -> datetime.date | None:
    """Return the peildatum of ``beleid.toml``, else the latest permit date; None where there is neither."""
    if "peildatum" in beleid:
        named: datetime.date = beleid["peildatum"]
        return named
    dates = households.frame["vergunning_datum"].dropna()
    return dates.max().date() if len(dates) else None


def permits_before(peildatum: datetime.date | None, tables: Mapping[str, TypedTable]) -> list[Defect]:
    """Warn of permits after the peildatum or after the half-year of the taakstelling: a likely slip of the pen."""
    households = tables["huishoudens"]
    limits = [day for day in (peildatum, _end_of_halfjaar(tables["taakstelling"])) if day]
    if not limits:
        return []
    limit = min(limits)
    after = (households.frame["vergunning_datum"] > pd.Timestamp(limit)).to_numpy()
    details = {i: {"grens": limit.isoformat()} for i in range(len(after)) if after[i]}
    return households.defects("vergunning_na_peildatum", after, "vergunning_datum", details, warning=True)


def _end_of_halfjaar(taakstelling: TypedTable) -> datetime.date | None:
    named = [h for h in taakstelling.frame["halfjaar"].unique().tolist() if h]
    if not named:
        return None
    year, half = max(named).split("-")
    return datetime.date(int(year), 6, 30) if half == "1" else datetime.date(int(year), 12, 31)
