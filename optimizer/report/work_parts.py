"""What the page says of the work list: how many are late or due, on whom they wait, and the most urgent ones."""

from datetime import date
from typing import Any

import pandas as pd

from geodata.gemeenten import load_gemeenten
from optimizer.domain.uitvoer import WACHT_OP
from optimizer.report.language import Language
from optimizer.report.page_parts import SHOWN_ROWS
from optimizer.report.receipt import Receipt

#: Days within which something is due soon: people plan by the week.
SOON = 7


def work_parts(t: Language, werklijst: pd.DataFrame, receipt: Receipt) -> dict[str, Any]:
    """Return the counts by term and by who has to act, and the first rows of the list."""
    days, waits = werklijst["dagen"].astype("int64"), werklijst["wacht_op"]
    terms = {"te_laat": days < 0, "deze_week": (days >= 0) & (days < SOON), "later": days >= SOON}
    counts = [
        (t(f"werklijst.{name}"), *(int((inside & (waits == who)).sum()) for who in WACHT_OP))
        for name, inside in terms.items()
    ]
    gemeenten = load_gemeenten()
    rows = [
        {
            "huishouden_id": row["huishouden_id"],
            "dag": t.date(date.fromisoformat(str(row["termijn"]))),
            "dagen": int(row["dagen"]),
            "gemeente": str(gemeenten.naam[gemeenten.index[row["gemeente"]]]) if row["gemeente"] else "",
            "wat": row["wat"],
        }
        for row in werklijst.head(SHOWN_ROWS).to_dict("records")
    ]
    weeks = float(receipt["parameters"]["termijnen/koppelen_weken"]["value"])
    return {
        "work_weeks": t.count("week", weeks),
        "work_counts": counts,
        "work_rows": rows,
        "work_total": len(werklijst),
    }
