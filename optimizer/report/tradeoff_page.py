"""The page ``afweging.html``: what each choice gives and costs, as one chart and one table, for who must choose."""

import re
import shlex
from collections.abc import Mapping
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

WIDTH, HEIGHT = 720.0, 380.0
#: Pixels of the drawing around the field: left, top, right, bottom.
AROUND = (64.0, 18.0, 226.0, 52.0)
#: Pixels between the names of two points that lie close together.
APART = 15.0


#: Kinds of point, each with a shape of its own: what is in force, another room, room in jobs, another pace. Of points
#: that fall together the first of these is drawn.
MARKS = ("chosen", "room", "jobs", "pace")


@dataclass(frozen=True)
class Name:
    """The name of a point beside the chart: at which height, and with which mark."""

    text: str
    y: float
    mark: str


@dataclass(frozen=True)
class Dot:
    """One place of the chart in pixels, with the names of all points that fall on it; ``mark`` is that of the first."""

    x: float
    y: float
    mark: str
    names: tuple[Name, ...]


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

    names = table["punt"].tolist()
    stays = table["in_koppelregio"].to_numpy(np.float64)
    spots = {name: (x(float(value)), y(float(n))) for name, value, n in zip(names, share, stays, strict=True)}
    dots = _dots(spots, t)
    by_room = sorted(spots[name] for name in names if _mark(name) in ("chosen", "room"))
    joined = {dict(_choices(name))["tempo"] for name in names if {"ruimte", "tempo"} <= set(dict(_choices(name)))}
    by_pace = sorted(spots[name] for name in names if dict(_choices(name)).get("tempo") in joined)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": left,
        "right": WIDTH - right,
        "top": top,
        "bottom": HEIGHT - bottom,
        "dots": dots,
        "marks": [mark for mark in MARKS if any(name.mark == mark for dot in dots for name in dot.names)],
        "lines": [
            {"mark": mark, "points": " ".join(f"{right},{up}" for right, up in line)}
            for mark, line in (("room", by_room), ("pace", by_pace))
        ],
        "label_x": WIDTH - right + 12,
        "x_ticks": [(x(v), t.number(v)) for v in np.arange(low, 100 + step, step).tolist()],
        "y_ticks": [(y(v), t.number(v)) for v in ticks],
        "summary": t("keuze.beschrijving", households=t.number(households)),
    }


def _dots(spots: Mapping[str, tuple[float, float]], t: Language) -> list[Dot]:
    """Return a dot for every place at which points lie, from top to bottom and from right to left.

    Points that fall together share a dot and have their names under each other, so that no line to a name crosses
    another and no dot hides one.
    """
    here: dict[tuple[float, float], list[str]] = {}
    for name, spot in spots.items():
        here.setdefault(spot, []).append(name)
    order = sorted(here, key=lambda spot: (spot[1], -spot[0]))
    heights = iter(_apart([(up, len(here[right, up])) for right, up in order]))
    dots = []
    for spot in order:
        mine = sorted(here[spot], key=lambda name: MARKS.index(_mark(name)))
        told = tuple(Name(_name(name, t), next(heights), _mark(name)) for name in mine)
        dots.append(Dot(*spot, told[0].mark, told))
    return dots


def _apart(wanted: list[tuple[float, int]]) -> list[float]:
    """Return heights of the lines of names beside the chart: near the wanted ones, in order, never over each other.

    Parameters
    ----------
    wanted
        From top to bottom, where the lines of a place would stand and how many there are.

    >>> _apart([(40.0, 2), (41.0, 1), (200.0, 1)])
    [40.0, 55.0, 70.0, 200.0]
    """
    out: list[float] = []
    for height, lines in wanted:
        start = max(height, out[-1] + APART) if out else height
        out += [start + APART * line for line in range(lines)]
    bottom = HEIGHT - AROUND[3]
    for i in range(len(out) - 1, -1, -1):  # what falls below the chart goes up, and pushes up what it meets
        out[i] = min(out[i], bottom - APART * (len(out) - 1 - i))
    return [round(v, 1) for v in out]


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
