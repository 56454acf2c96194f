"""The day that a batch is about, and whether the days of the batch fit it."""

import datetime

import numpy as np
import pandas as pd

from optimizer.errors import Defect
from optimizer.read.table.typed import Tables, TypedTable
from optimizer.read.wishes.beleid import Beleid

UNCERTAIN = "peildatum_onzeker"
#: Days between two days of one batch from which one of them is likely to be a slip of the pen.
FAR = 366
#: Days before most permits from which a permit is likely to have the wrong year.
LONG_AGO = 5 * 366
#: Days after the peildatum within which a household is expected to move. Waits are long: with those of
#: ``generate/verhuisdatum`` a few households of a month wait more than two years.
MOVES_WITHIN = 3 * 366


def choose_peildatum(beleid: Beleid, households: TypedTable) -> tuple[datetime.date | None, str]:
    """Return the peildatum where no option names it, and where it comes from: ``beleid`` or ``vergunning``.

    It is the one of ``beleid.toml``, else the latest permit date; None where there is neither.
    """
    if "peildatum" in beleid:
        return beleid["peildatum"], "beleid"
    dates = households.frame["vergunning_datum"].dropna()
    return dates.max().date() if len(dates) else None, "vergunning"


def day_fits(day: datetime.date | None, source: str, tables: Tables) -> list[Defect]:
    """Hold the peildatum and the days that hang on it against most permits of the batch and the half-year.

    A peildatum that follows from one permit far after the others is refused: it would end contracts and move
    households. Without a clock only the batch itself can tell what is far.

    Parameters
    ----------
    day
        The peildatum.
    source
        Where it comes from: ``optie``, ``beleid`` or ``vergunning``.
    """
    households = tables["huishoudens"]
    dates = households.frame["vergunning_datum"]
    if day is None or not dates.notna().any():
        return []
    most, upper = _middle(dates)
    if source == "vergunning" and (day - most).days > FAR:  # nothing can be said of the other days
        return [*_wild(day, most, households), *_permits_after(day, tables)]
    return [
        *_far_from_permits(day, most, households),
        *_outside_halfjaar(day, tables["taakstelling"]),
        *_permits_after(day, tables),
        *_permits_long_ago(min(upper, day), households),
        *_moves(day, households),
    ]


def _middle(dates: "pd.Series[pd.Timestamp]") -> tuple[datetime.date, datetime.date]:
    """Return the day in the middle of the permits: the earlier and the later one where there are two."""
    known = dates.dropna().sort_values()
    earlier, later = known.iloc[(len(known) - 1) // 2], known.iloc[len(known) // 2]
    return earlier.date(), later.date()


def _wild(day: datetime.date, most: datetime.date, households: TypedTable) -> list[Defect]:
    """Refuse a peildatum that follows from one permit far after the others, at that permit."""
    latest = (households.frame["vergunning_datum"] == pd.Timestamp(day)).to_numpy(dtype=bool)
    first = int(latest.argmax())
    details = {first: {"peildatum": day.isoformat(), "meeste": most.isoformat()}}
    return households.defects(UNCERTAIN, np.arange(len(latest)) == first, "vergunning_datum", details)


def _far_from_permits(day: datetime.date, most: datetime.date, households: TypedTable) -> list[Defect]:
    dates = households.frame["vergunning_datum"]
    first, last = dates.min().date(), dates.max().date()
    if min(abs((day - known).days) for known in (first, most, last)) <= FAR or first <= day <= last:
        return []
    details = {"peildatum": day.isoformat(), "meeste": most.isoformat()}
    return [Defect("peildatum_ver_weg", households.file, None, "vergunning_datum", details=details, warning=True)]


def _outside_halfjaar(day: datetime.date, taakstelling: TypedTable) -> list[Defect]:
    span = _halfjaar(taakstelling)
    if span is None or span[0] <= day <= span[1]:
        return []
    details = {"peildatum": day.isoformat(), "van": span[0].isoformat(), "tot": span[1].isoformat()}
    return [Defect("peildatum_buiten_halfjaar", taakstelling.file, None, "halfjaar", details=details, warning=True)]


def _permits_after(day: datetime.date, tables: Tables) -> list[Defect]:
    """Warn of permits after the peildatum or after the half-year of the taakstelling: a likely slip of the pen."""
    households, span = tables["huishoudens"], _halfjaar(tables["taakstelling"])
    limit = min(day, span[1]) if span else day
    after = (households.frame["vergunning_datum"] > pd.Timestamp(limit)).to_numpy(dtype=bool)
    details = {i: {"grens": limit.isoformat()} for i in np.flatnonzero(after).tolist()}
    return households.defects("vergunning_na_peildatum", after, "vergunning_datum", details, warning=True)


def _permits_long_ago(most: datetime.date, households: TypedTable) -> list[Defect]:
    dates = households.frame["vergunning_datum"]
    early = (dates < pd.Timestamp(most - datetime.timedelta(days=LONG_AGO))).to_numpy(dtype=bool)
    details = {i: {"meeste": most.isoformat()} for i in np.flatnonzero(early).tolist()}
    return households.defects("vergunning_lang_geleden", early, "vergunning_datum", details, warning=True)


def _moves(day: datetime.date, households: TypedTable) -> list[Defect]:
    """Warn of households that are expected to move before the peildatum, or long after it."""
    last = day + datetime.timedelta(days=MOVES_WITHIN)
    moves = households.frame["verwachte_verhuisdatum"]
    odd = ((moves < pd.Timestamp(day)) | (moves > pd.Timestamp(last))).to_numpy(dtype=bool)
    details = {i: {"van": day.isoformat(), "tot": last.isoformat()} for i in np.flatnonzero(odd).tolist()}
    return households.defects("verhuisdatum_onwaarschijnlijk", odd, "verwachte_verhuisdatum", details, warning=True)


def _halfjaar(taakstelling: TypedTable) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and last day of the half-year; None where the table names none, or several."""
    named = {h for h in taakstelling.frame["halfjaar"].unique().tolist() if h}
    if len(named) != 1:
        return None
    year, half = named.pop().split("-")
    if half == "1":
        return datetime.date(int(year), 1, 1), datetime.date(int(year), 6, 30)
    return datetime.date(int(year), 7, 1), datetime.date(int(year), 12, 31)
