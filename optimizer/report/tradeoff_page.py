"""The page ``afweging.html``: what each choice gives and costs, as one chart and one table, for who must choose."""

import re
import shlex
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from geodata.wording import Lang
from optimizer.domain.batch import Batch
from optimizer.report.charts import nice_ticks
from optimizer.report.language import Language, load
from optimizer.report.receipt import Receipt
from optimizer.report.templating import environment

WIDTH, HEIGHT = 690.0, 360.0
#: Pixels of the drawing around the field: left, top, right, bottom.
AROUND = (64.0, 18.0, 200.0, 52.0)
#: Pixels between the names of two points that lie close together.
APART = 15.0


@dataclass(frozen=True)
class Dot:
    """One point of the chart in pixels, and where its name stands."""

    name: str
    x: float
    y: float
    label_y: float
    mark: str


def render_tradeoff(batch: Batch, receipt: Receipt, table: pd.DataFrame, links: pd.DataFrame, lang: Lang = "nl") -> str:
    """Return the page of a trade-off.

    Parameters
    ----------
    table, links
        Rows of ``afweging`` and ``afweging_koppelingen``.
    """
    t = load(lang).under(receipt["parameters"])
    day = date.fromisoformat(receipt["peildatum"])
    highest = float(table["kans_werk"].max())
    return (
        environment()
        .get_template("tradeoff.html.j2")
        .render(
            t=t,
            receipt=receipt,
            peildatum=day,
            title=t("keuze.titel"),
            households=len(batch.huishoudens),
            chart=chart_of(table, t, len(batch.huishoudens)),
            rows=[_row(row, t, highest) for row in table.to_dict("records")],
            same=int((links["overal_gelijk"] == "ja").sum()),
            alone=int((links["anders_bij"].str.contains(",").eq(False) & (links["overal_gelijk"] == "nee")).sum()),
            total=len(links),
            command=shlex.join(receipt["command"]),
        )
    )


def chart_of(table: pd.DataFrame, t: Language, households: int) -> dict[str, Any]:
    """Lay the points out: to the right the chance of work as a share of the highest, upward who stays in the region."""
    left, top, right, bottom = AROUND
    wide, high = WIDTH - left - right, HEIGHT - top - bottom
    share = 100 * table["kans_werk"].to_numpy(np.float64) / max(1e-9, float(table["kans_werk"].max()))
    low = min(99.0, float(np.floor(share.min())))
    step = next((each for each in (1, 2, 5, 10, 20) if 100 - low <= 6 * each), 50)
    low = 100 - step * float(np.ceil((100 - low) / step))
    ticks = nice_ticks(max(1.0, float(table["in_koppelregio"].max())))

    def x(value: float) -> float:
        return round(left + wide * (value - low) / (100 - low), 1)

    def y(value: float) -> float:
        return round(top + high * (1 - value / ticks[-1]), 1)

    names, stays = table["punt"].tolist(), table["in_koppelregio"].tolist()
    places = _apart([y(n) for n in stays])
    dots = [
        Dot(_name(name, t), x(float(value)), y(float(n)), place, _mark(name))
        for name, value, n, place in zip(names, share, stays, places, strict=True)
    ]
    dots.sort(key=lambda dot: dot.mark == "chosen")  # drawn last, over the others
    by_room = sorted((d for d in dots if d.mark in ("chosen", "room")), key=lambda d: d.x)
    joined = {dict(_choices(name))["tempo"] for name in names if {"ruimte", "tempo"} <= set(dict(_choices(name)))}
    at_pace = {_name(name, t) for name in names if dict(_choices(name)).get("tempo") in joined}
    by_pace = sorted((d for d in dots if d.name in at_pace), key=lambda d: d.x)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": left,
        "right": WIDTH - right,
        "top": top,
        "bottom": HEIGHT - bottom,
        "dots": dots,
        "lines": [
            {"mark": mark, "points": " ".join(f"{d.x},{d.y}" for d in line)}
            for mark, line in (("room", by_room), ("pace", by_pace))
        ],
        "label_x": WIDTH - right + 12,
        "x_ticks": [(x(v), t.number(v)) for v in np.arange(low, 100 + step, step).tolist()],
        "y_ticks": [(y(v), t.number(v)) for v in ticks],
        "summary": t("keuze.beschrijving", households=t.number(households)),
    }


def _apart(wanted: list[float]) -> list[float]:
    """Return heights for names beside the chart: near the wanted ones, in the same order, and never over each other."""
    order = np.argsort(wanted, kind="stable")
    out = np.array(wanted, dtype=np.float64)
    last = -APART
    for i in order.tolist():
        out[i] = last = max(out[i], last + APART)
    over = max(0.0, last - (HEIGHT - AROUND[3]))
    return [round(float(v - over), 1) for v in out]


def _choices(name: str) -> list[tuple[str, str]]:
    """Return what a point chooses, and how much of it.

    >>> _choices("ruimte 1.5 % tempo 2"), _choices("standaard")
    ([('ruimte', '1.5 %'), ('tempo', '2')], [('standaard', '')])
    """
    return [(kind, value.strip()) for kind, value in re.findall(r"(ruimte|tempo|banen|standaard)([^a-z]*)", name)]


def _mark(name: str) -> str:
    kinds = dict(_choices(name))
    return next(
        (mark for kind, mark in (("standaard", "chosen"), ("tempo", "pace"), ("banen", "jobs")) if kind in kinds),
        "room",
    )


def _name(name: str, t: Language) -> str:
    """Return the name of a point as people read it."""
    said = []
    for kind, value in _choices(name):
        number = value.replace(".", ",") if t.code == "nl" else value
        nothing = value in ("0", "0 %", "")
        said.append(t.plain(f"keuze.punt_{kind}_0") if nothing else t.plain(f"keuze.punt_{kind}", value=number))
    return ", ".join(said)


def _nearly(t: Language, status: str, gap: float) -> str:
    """Say how much better an answer could be, as a percentage that people can read."""
    return f"{t.label('status', status)} ({t.trimmed(100 * gap, 5)}\u00a0%)"


def _row(row: dict[Any, Any], t: Language, highest: float) -> dict[str, str]:
    gap = float(row["gap"])
    return {
        "name": _name(str(row["punt"]), t),
        "mark": _mark(str(row["punt"])),
        "jobs": t.number(row["behouden"]),
        "chance": f"{t.trimmed(round(100 * row['kans_werk'] / max(1e-9, highest), 2))} %",
        "region": t.number(row["in_koppelregio"]),
        "fullest": f"{t.trimmed(round(row['volste_keer'], 2))} ({row['volste_regio']})" if row["volste_regio"] else "",
        "same": t.number(row["gelijk"]),
        "proof": str(t.label("status", row["status"])) if not gap else _nearly(t, row["status"], gap),
    }
