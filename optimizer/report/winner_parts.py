"""Who gains and who loses against the baseline, as people read it: every policy, then one policy group by group."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.groepen import ALLE
from optimizer.domain.maten import MATEN
from optimizer.domain.uitvoer import EERLIJKHEID, WINNAARS, OutputTable
from optimizer.policy import STANDAARD
from optimizer.report.language import Language
from optimizer.report.page_parts import title_of

#: Pixels of a half of the chart: everybody gains, or everybody loses.
HALF_PX = 190.0
#: The measure of the chart, and how each is written.
CHARTED = "kans_werk"
_DECIMALS = {"verwacht_behouden": 3, "kans_werk": 4, "in_koppelregio": 3, "afstand_km": 1}
_PLACES = "opvang_gemeente"


@dataclass(frozen=True)
class Gain:
    """One group: who gains and loses as shares of who can be compared, and the mean difference with its interval.

    Every text is empty where the group is hidden.
    """

    kenmerk: str
    groep: str
    hidden: bool
    adults: str = ""
    undecided: str = ""
    gains: str = ""
    same: str = ""
    loses: str = ""
    change: str = ""
    interval: str = ""
    gain_px: float = 0.0
    lose_px: float = 0.0


def winner_parts(t: Language, further: Mapping[OutputTable, pd.DataFrame]) -> dict[str, Any]:
    """Return everybody together under every policy, and the groups of one policy; nothing where it was not counted.

    Parameters
    ----------
    further
        Tables of the comparison; ``eerlijkheid`` where protected characteristics were handed in.
    """
    table, fair = further.get(WINNAARS), further.get(EERLIJKHEID)
    if table is None or table.empty:
        return {"gain_policies": [], "gain_groups": [], "gain_places": [], "gain_fair": []}
    names = list(dict.fromkeys(table["beleid"]))
    chosen = STANDAARD if STANDAARD in names else names[-1]
    everybody = table[table["kenmerk"] == ALLE]
    mine = table[(table["beleid"] == chosen) & (table["maat"] == CHARTED)]
    own, places = mine[~mine["kenmerk"].isin([_PLACES, ALLE])], mine[mine["kenmerk"] == _PLACES]
    protected = pd.DataFrame() if fair is None else fair[(fair["beleid"] == chosen) & (fair["maat"] == CHARTED)]
    groups, fair_groups = _rows(t, own), _rows(t, protected)
    return {
        "gain_measures": [(maat, t.label("winnaars_maat", maat)) for maat in MATEN],
        "gain_policies": [(title_of(str(name), t), _by_measure(t, everybody, str(name))) for name in names],
        "gain_groups": groups,
        "gain_places": _rows(t, places[places["onderdrukt"] == "nee"]),
        "gain_places_hidden": t.number(int((places["onderdrukt"] == "ja").sum())),
        "gain_fair": fair_groups,
        "gain_charted": [one for one in (*groups, *fair_groups) if not one.hidden],
        "gain_chosen": title_of(chosen, t),
        "gain_baseline": title_of(str(table["basislijn"].iloc[0]), t),
        "gain_half": HALF_PX,
        "gain_measure": t.label("winnaars_maat", CHARTED),
    }


def _by_measure(t: Language, everybody: pd.DataFrame, name: str) -> list[Gain]:
    rows = everybody[everybody["beleid"] == name].set_index("maat").to_dict("index")
    return [_gain(t, {**rows[maat], "maat": maat}) for maat in MATEN]


def _rows(t: Language, rows: pd.DataFrame) -> list[Gain]:
    return [_gain(t, row) for row in rows.to_dict("records")]


def _gain(t: Language, row: Mapping[Any, Any]) -> Gain:
    kind, word = str(row["kenmerk"]), str(row["groep"])
    kenmerk, groep = str(t.label("winnaars_kenmerk", kind)), _group_said(t, kind, word)
    if row["onderdrukt"] == "ja":
        return Gain(kenmerk, groep, hidden=True)
    compared = row["winnaars"] + row["gelijk"] + row["verliezers"]
    decimals = _DECIMALS[str(row["maat"])]
    low, high = (t.change(row[end], decimals) if row[end] == row[end] else "" for end in ("laag", "hoog"))
    return Gain(
        kenmerk,
        groep,
        hidden=False,
        adults=t.number(row["volwassenen"]),
        undecided=t.number(row["onbeslist"]),
        gains=t.percent(row["winnaars"] / compared),
        same=t.percent(row["gelijk"] / compared),
        loses=t.percent(row["verliezers"] / compared),
        change=t.change(row["verschil"], decimals),
        interval=str(t("winst.tot", low=low, high=high)) if low else "",
        gain_px=round(HALF_PX * row["winnaars"] / compared, 1),
        lose_px=round(HALF_PX * row["verliezers"] / compared, 1),
    )


def _group_said(t: Language, kind: str, word: str) -> str:
    """Return a group as people read it: a municipality by its name, any other as it is written."""
    if kind == _PLACES:
        gemeenten = load_gemeenten()
        row = gemeenten.index.get(word)
        return word if row is None else str(gemeenten.naam[row])
    return str(t("winnaars.onbekend")) if word == "onbekend" else word
