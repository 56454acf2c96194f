"""The gain over practice, split along a chain of named policies: equation (30) of docs/method.md, as people read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from optimizer.domain import uitvoer
from optimizer.report.charts import waterfall
from optimizer.report.figures import Policy, find
from optimizer.report.language import Language
from optimizer.report.page_parts import title_of

GAIN_PX = 380.0
#: What changes from one policy to the next; two steps at once where the policy between them was not worked out.
_CHANGES = {
    ("handmatig", "een_voor_een"): "elke_baan",
    ("een_voor_een", "straal50"): "hele_groep",
    ("straal50", "kansrijk"): "kans_op_werk",
    ("een_voor_een", "kansrijk"): "hele_groep_en_kans",
    ("handmatig", "straal50"): "elke_baan_en_groep",
    ("handmatig", "kansrijk"): "elke_baan_groep_en_kans",
}


@dataclass(frozen=True)
class GainStep:
    """One change: from which policy to which, the jobs kept by it, and what is known about that number."""

    what: str
    before: str
    after: str
    kept: str
    interval: str
    shapley: str
    expected: str
    undecided: str


def chain_of(policies: Sequence[Policy], chosen: str) -> pd.DataFrame | None:
    """Split the gain of a proposal over practice by the policies at hand, with the columns of ``uitvoer.ATTRIBUTIE``.

    The first step is the share of jobs that practice knows in time, from the least known to all: a mean over draws of
    which the interval follows from that of the jobs kept, for what follows it is the same in every draw. None where
    practice was not worked out, or is the proposal itself.
    """
    practice = sorted((p for p in policies if p.name.startswith("handmatig@")), key=lambda p: p.known)
    between = ["handmatig", "een_voor_een", *(["straal50"] if chosen == "kansrijk" else [])]
    named = [p for p in (find(policies, name) for name in dict.fromkeys([*between, chosen])) if p]
    chain = [*practice[:1], *named]
    if len(chain) < 2 or chosen == "handmatig" or find(policies, chosen) is None:
        return None
    rows = [_row(before, after) for before, after in pairwise(chain)]
    return pd.DataFrame(rows)[uitvoer.ATTRIBUTIE.names]


def _row(before: Policy, after: Policy) -> dict[str, object]:
    low, high = before.kept.low, before.kept.high
    drawn = low is not None and high is not None and after.kept.low is None
    return {
        "stap": "bekend" if "@" in before.name else _CHANGES.get((before.name, after.name), "beleid"),
        "van": before.name,
        "naar": after.name,
        "verschil_behouden": after.kept.value - before.kept.value,
        "verschil_verwacht_behouden": after.expected.value - before.expected.value,
        "laag": after.kept.value - high if drawn and high is not None else np.nan,
        "hoog": after.kept.value - low if drawn and low is not None else np.nan,
        "shapley": np.nan,
    }


def gain_parts(t: Language, steps: pd.DataFrame, policies: Sequence[Policy]) -> dict[str, Any]:
    """Return the chain as a waterfall and as rows; ``gain_start`` is what practice keeps."""
    records = steps.to_dict("records")
    told = [_told(t, row, policies) for row in records]
    first, last = (find(policies, str(name)) for name in (records[0]["van"], records[-1]["naar"]))
    total = float(steps["verschil_behouden"].sum())
    start = first.kept.value if first else last.kept.value - total if last else max(0.0, -total)
    changes = [(step.what, step.kept, float(row["verschil_behouden"])) for step, row in zip(told, records, strict=True)]
    begin = (title_of(str(records[0]["van"]), t), t.mean(round(start, 2)), start)
    end = (title_of(str(records[-1]["naar"]), t), t.mean(round(start + total, 2)))
    return {
        "gain_steps": told,
        "gain_total": t.mean_change(round(total, 2)),
        "gain_expected": t.change(float(steps["verschil_verwacht_behouden"].sum()), 1),
        "gain_shapley": bool(steps["shapley"].notna().all()),
        "gain_chart": waterfall(changes, begin, end, GAIN_PX),
        "gain_drawn": bool(steps["laag"].notna().any()),
    }


def _told(t: Language, row: dict[Any, Any], policies: Sequence[Policy]) -> GainStep:
    after = find(policies, str(row["naar"]))
    drawn = not np.isnan(row["laag"])
    name = title_of(str(row["naar"]), t)
    return GainStep(
        what=str(t(f"stap.{row['stap']}", policy=name)),
        before=title_of(str(row["van"]), t),
        after=name,
        kept=t.mean_change(round(row["verschil_behouden"], 2)),
        interval=str(t("winst.tot", low=t.mean_change(row["laag"]), high=t.mean_change(row["hoog"]))) if drawn else "",
        shapley="" if np.isnan(row["shapley"]) else t.change(row["shapley"], 1),
        expected=t.change(row["verschil_verwacht_behouden"], 1),
        undecided=t.mean(after.jobs.undecided) if after else "",
    )
