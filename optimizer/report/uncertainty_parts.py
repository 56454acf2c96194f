"""Other months and other assumptions as the page shows them: each kind of uncertainty in a table of its own."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from optimizer.domain.uitvoer import GEVOELIGHEID, VERSCHILLEN, OutputTable
from optimizer.report.language import Language
from optimizer.report.page_parts import title_of

#: What is shown of the months: jobs kept, and both bounds for what is undecided.
_SHOWN = ("behouden", "verwacht_behouden", "onbeslist")


def uncertainty_parts(t: Language, further: Mapping[OutputTable, pd.DataFrame]) -> dict[str, Any]:
    """Return the rows of both tables; a table that was not worked out has none."""
    months, assumed = further.get(VERSCHILLEN), further.get(GEVOELIGHEID)
    return {
        "month_rows": [] if months is None else _month_rows(t, months),
        "month_count": "" if months is None else t.number(float(months["maanden"].max())),
        "assumed_policies": [] if assumed is None else [title_of(name, t) for name in _policies(assumed)],
        "assumed_rows": [] if assumed is None else _assumed_rows(t, assumed),
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
                [(t.mean(r["behouden"]), r["keert_om"] == "ja") for r in found],
            )
        )
    return rows
