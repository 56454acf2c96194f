"""Agreements with municipalities, and their special dwellings."""

from collections.abc import Mapping

import numpy as np

from optimizer.errors import Defect
from optimizer.read.table.typed import Tables


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
