"""What a policy costs that does something for some, as people read it."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from optimizer.domain.levels import LEVELS
from optimizer.domain.uitvoer import ONDER_LOTING
from optimizer.report.language import Language

#: What is counted in whole ones; the rest has decimals.
_WHOLE = ("personen_gekoppeld", "behouden", "in_koppelregio", ONDER_LOTING)


@dataclass(frozen=True)
class Cost:
    """One row: what is counted, with and without, and the difference."""

    what: str
    with_it: str
    without: str
    change: str


def price_parts(t: Language, prijs: pd.DataFrame | None) -> dict[str, Any]:
    """Return the rows and whether both answers are proven; no rows where the policy does nothing for some."""
    if prijs is None:
        return {"cost_rows": [], "cost_proven": False}
    rows = prijs.to_dict("records")
    return {
        "cost_rows": [_cost(t, str(r["maat"]), r["met"], r["zonder"], r["verschil"]) for r in rows],
        "cost_proven": all(r["bewezen"] == "ja" for r in rows),
    }


def _cost(t: Language, maat: str, with_it: float, without: float, change: float) -> Cost:
    decimals = 0 if maat in _WHOLE else 2
    name = t(f"niveau.{maat}") if maat.startswith("vloer_") and maat in LEVELS else t.label("prijs_maat", maat)
    return Cost(str(name), t.number(with_it, decimals), t.number(without, decimals), t.change(change, decimals))
