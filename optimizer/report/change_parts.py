"""What the page says of a run that goes on from an earlier one: the decisions, and who has another municipality now."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.besluiten import BESLUITSOORTEN
from optimizer.domain.levels import ONGEWIJZIGD
from optimizer.domain.uitvoer import BESLUITEN, GEWIJZIGD, VERANDERREDENEN, OutputTable
from optimizer.domain.voorstel import Voorstel
from optimizer.report.language import Language
from optimizer.report.page_parts import SHOWN_ROWS


def change_parts(t: Language, tables: Mapping[OutputTable, pd.DataFrame], voorstel: Voorstel) -> dict[str, Any]:
    """Return the decisions and the changes for the page; nothing where the run goes on from none.

    The reasons that people wrote stand in ``besluiten.csv`` and not on the page, which is passed on more easily.
    """
    if GEWIJZIGD not in tables:
        return {}
    besluiten, changed = tables[BESLUITEN], tables[GEWIJZIGD]
    taken = besluiten[besluiten["nieuw"] == "ja"]
    about = taken.groupby("huishouden_id", sort=False)["besluit"].agg(list)
    rows = [
        {
            "huishouden_id": h,
            "van": _place(van, t),
            "naar": _place(naar, t),
            "waarom": _why(t, reden, about.get(h, [])),
        }
        for h, van, naar, reden in changed[GEWIJZIGD.names].itertuples(index=False)
    ]
    return {
        "changes": rows[:SHOWN_ROWS],
        "changes_total": len(rows),
        "change_counts": [(reden, int((changed["reden"] == reden).sum())) for reden in VERANDERREDENEN],
        "decision_counts": [
            (soort, int((taken["besluit"] == soort).sum()), int((besluiten["besluit"] == soort).sum()))
            for soort in BESLUITSOORTEN
        ],
        "fewest": t(f"gewijzigd.{_proof(voorstel)}", n=t.count("huishouden", _others(changed))),
    }


def _others(changed: pd.DataFrame) -> int:
    """Count the households that had a municipality and have another now though nobody decided so."""
    return int(((changed["reden"] == "gevolg") & (changed["van"] != "")).sum())


def _proof(voorstel: Voorstel) -> str:
    level = next((n for n in voorstel.niveaus if n.naam == ONGEWIJZIGD), None)
    return "minst_bewezen" if level is not None and level.status == "proven" else "minst_grens"


def _place(code: str, t: Language) -> str:
    gemeenten = load_gemeenten()
    return str(gemeenten.naam[gemeenten.index[code]]) if code in gemeenten.index else t.plain("gewijzigd.geen_gemeente")


def _why(t: Language, reden: str, soorten: list[str]) -> str:
    kinds = ", ".join(str(t.label("besluitsoort", soort)) for soort in soorten)
    why = str(t.label("veranderreden", reden))
    return f"{why}: {kinds}" if reden == "besluit" and kinds else why
