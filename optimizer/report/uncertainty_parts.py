"""Other months and other assumptions as the page shows them: each kind of uncertainty in a table of its own."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from optimizer.domain.uitvoer import GEVOELIGHEID, VERSCHILLEN, OutputTable
from optimizer.report.charts import Tornado, tornado
from optimizer.report.language import Language
from optimizer.report.page_parts import title_of

#: The row with every assumption as it is, and the width of the chart.
AS_IT_IS = "zoals_het_is"
CHART_PX = 420.0
#: What is shown of the months: jobs kept, and both bounds for what is undecided.
_SHOWN = ("behouden", "verwacht_behouden", "onbeslist")


def uncertainty_parts(
    t: Language, further: Mapping[OutputTable, pd.DataFrame], baseline: str = "handmatig", chosen: str = "kansrijk"
) -> dict[str, Any]:
    """Return the rows of both tables and the chart of assumptions; a table that was not worked out has none.

    Parameters
    ----------
    further
        Differences over months, and other assumptions.
    baseline, chosen
        The chart shows how many jobs more the second policy keeps than the first.
    """
    months, assumed = further.get(VERSCHILLEN), further.get(GEVOELIGHEID)
    return {
        "month_rows": [] if months is None else _month_rows(t, months),
        "month_count": "" if months is None else t.number(float(months["maanden"].max())),
        "assumed_policies": [] if assumed is None else [title_of(name, t) for name in _policies(assumed)],
        "assumed_rows": [] if assumed is None else _assumed_rows(t, assumed),
        "assumed_chart": None if assumed is None else _tornado(t, assumed, baseline, chosen),
        "assumed_chosen": title_of(chosen, t),
        "assumed_baseline": title_of(baseline, t),
    }


def _month_rows(t: Language, months: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """Return for each policy the mean difference a month of what is shown, each with its interval."""
    told = {(row["beleid"], row["maat"]): row for row in months.to_dict("records")}
    rows = []
    for name in dict.fromkeys(months["beleid"]):
        found = [told[name, maat] for maat in _SHOWN]
        cells = [
            str(
                t(
                    "banen_telling.tussen",
                    **{k: t.change(r[c], 1) for k, c in (("change", "verschil"), ("low", "laag"), ("high", "hoog"))},
                )
            )
            for r in found
        ]
        rows.append((title_of(str(name), t), cells))
    return rows


def _policies(assumed: pd.DataFrame) -> list[str]:
    return [str(name) for name in dict.fromkeys(assumed["beleid"])]


def _assumed_rows(t: Language, assumed: pd.DataFrame) -> list[tuple[str, str, list[tuple[str, bool]]]]:
    """Return for each assumption its value, and per policy the jobs kept and whether the comparison turns."""
    told = {(r["aanname"], r["waarde"], r["beleid"]): r for r in assumed.to_dict("records")}
    rows = []
    for aanname, waarde in dict.fromkeys(zip(assumed["aanname"], assumed["waarde"], strict=True)):
        found = [told[aanname, waarde, name] for name in _policies(assumed)]
        rows.append(
            (
                str(t.label("anders", aanname)),
                str(waarde),
                [(_with_bound(t, r), r["keert_om"] == "ja") for r in found],
            )
        )
    return rows


def _with_bound(t: Language, row: Mapping[Any, Any]) -> str:
    """Return the jobs kept, with the most that they can become where some are undecided."""
    kept, most = (t.mean(n) for n in (row["behouden"], row["behouden"] + row["onbeslist"]))
    return kept if kept == most else str(t("onzekerheid.tot", low=kept, high=most))


def _tornado(t: Language, assumed: pd.DataFrame, baseline: str, chosen: str) -> Tornado | None:
    """Return how the difference in jobs kept hangs on each assumption; None where either policy was not worked out."""
    wide = assumed.pivot_table(index=["aanname", "waarde"], columns="beleid", values="behouden", dropna=False)
    if not {baseline, chosen} <= set(wide.columns):
        return None
    by_assumption = (wide[chosen] - wide[baseline]).groupby(level="aanname")
    least, most = by_assumption.min().to_dict(), by_assumption.max().to_dict()
    now = float(least[AS_IT_IS])
    turned = set(assumed.loc[(assumed["keert_om"] == "ja") & (assumed["beleid"] == chosen), "aanname"])
    rows = []
    for aanname in (str(name) for name in least if name != AS_IT_IS):
        lowest, highest = min(float(least[aanname]), now), max(float(most[aanname]), now)
        ends = [t.mean_change(end) for end in dict.fromkeys((lowest, highest))]
        text = ends[0] if len(ends) == 1 else str(t("onzekerheid.tot", low=ends[0], high=ends[1]))
        rows.append((str(t.label("anders", aanname)), text, aanname in turned, lowest, highest))
    return tornado(rows, now, CHART_PX)
