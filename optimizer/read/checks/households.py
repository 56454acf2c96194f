"""Households: their adults, and the municipality that a person has fixed or excluded."""

import numpy as np
from numpy.typing import NDArray

from optimizer.errors import Defect
from optimizer.read.table.typed import Tables


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
    if not tables["personen"].whole:
        return []
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
