"""What the page says of tables that change nothing in a proposal: requests for a first link, and a look ahead."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.uitvoer import (
    GESPREKKEN,
    GESPREKREDENEN,
    GEVOLGD,
    VERZOEKEN,
    VERZOEKMATEN,
    VERZOEKOORDELEN,
    VERZOEKVARIANTEN,
    VOORSPRAAK,
    VOORUITBLIK,
    OutputTable,
)
from optimizer.report.language import Language
from optimizer.report.page_parts import SHOWN_ROWS

Tables = Mapping[OutputTable, pd.DataFrame]
#: Municipalities of an area that are named; the others stand in the table.
NAMED = 4


def request_parts(t: Language, beside: Tables) -> dict[str, Any]:
    """Return verdicts, how those who ask fare, and what following requests would do; nothing without requests."""
    if VERZOEKEN not in beside:
        return {}
    requests = beside[VERZOEKEN]
    rows = [
        {
            "huishouden_id": row["huishouden_id"],
            "gemeente": _name(row["gemeente"]),
            "verzoeker": row["verzoeker"],
            "oordeel": row["oordeel"],
            "voorgesteld": _name(row["voorgesteld"]),
        }
        for row in requests.head(SHOWN_ROWS).to_dict("records")
    ]
    groups = beside[VOORSPRAAK].to_dict("records")
    followed = beside[GEVOLGD]
    told = {(row["variant"], row["maat"]): row for row in followed.to_dict("records")}
    effects = [
        (
            maat,
            t.mean(float(told[VERZOEKVARIANTEN[0], maat]["voorstel"])),
            *(t.mean(float(told[variant, maat]["gevolgd"])) for variant in VERZOEKVARIANTEN),
        )
        for maat in VERZOEKMATEN
    ]
    return {
        "request_counts": [(o, int((requests["oordeel"] == o).sum())) for o in VERZOEKOORDELEN],
        "request_rows": rows,
        "request_total": len(requests),
        "request_groups": [row for row in groups if row["huishoudens"]],
        "request_effects": effects,
        "request_proven": bool((followed["status"] == "proven").all()),
    }


def ahead_parts(t: Language, beside: Tables, day: date) -> dict[str, Any]:
    """Return the months, the areas short of room and the first interviews; nothing where nobody looked ahead."""
    if VOORUITBLIK not in beside:
        return {}
    months, people = beside[VOORUITBLIK], beside[GESPREKKEN]
    areas = months[months["gebied"] > 0]
    half_year = (day.year, (day.month - 1) // 6)
    return {
        "ahead_months": [
            {
                "maand": _month(t, row["maand"]),
                "vraag": t.mean(row["vraag"]),
                "anderen": t.mean(row["vraag_anderen"]),
                "gebieden": int((areas["maand"] == row["maand"]).sum()),
                "tekort": t.mean(row["tekort"]),
                "later": (int(row["maand"][:4]), (int(row["maand"][5:]) - 1) // 6) != half_year,
            }
            for row in months[months["gebied"] == 0].to_dict("records")
        ],
        "ahead_areas": [
            {
                "maand": _month(t, row["maand"]),
                "waar": _named(t, row["gemeenten"].split()),
                "plekken": int(row["plekken"]),
                "huishoudens": int(row["huishoudens"]),
                "tekort": t.mean(row["tekort"]),
            }
            for row in areas.head(SHOWN_ROWS).to_dict("records")
        ],
        "ahead_areas_total": len(areas),
        "ahead_why": [(why, int((people["waarom"] == why).sum())) for why in GESPREKREDENEN],
        "ahead_people": [
            {
                "volgorde": int(row["volgorde"]),
                "huishouden_id": row["huishouden_id"],
                "maand": _month(t, row["maand"]),
                "banen": t.mean(row["banen_door_gesprek"]),
                "krap": _month(t, row["krap_vanaf"]) if row["krap_vanaf"] else "",
                "reservering": _name(row["reservering"]),
            }
            for row in people.head(SHOWN_ROWS).to_dict("records")
        ],
        "ahead_people_total": len(people),
    }


def _month(t: Language, label: str) -> str:
    """Write a month out, without its day.

    >>> from optimizer.report.language import load
    >>> _month(load("nl"), "2026-11"), _month(load("en"), "2026-11")
    ('november 2026', 'November 2026')
    """
    return t.date(date.fromisoformat(f"{label}-01")).partition(" ")[2]


def _named(t: Language, codes: list[str]) -> str:
    names = ", ".join(_name(code) for code in codes[:NAMED])
    return f"{names} {t.plain('vooruitblik.en_meer', n=len(codes) - NAMED)}" if len(codes) > NAMED else names


def _name(code: str) -> str:
    gemeenten = load_gemeenten()
    return str(gemeenten.naam[gemeenten.index[code]]) if code else ""
