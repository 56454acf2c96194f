"""Charts as plain geometry in pixels; the templates draw them as SVG without any script."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.report.figures import Range

ROW_PX = 30


@dataclass(frozen=True)
class Bar:
    """One row of a chart: its middle, the length of its bar and of what is added to it, and its interval."""

    label: str
    text: str
    mark: str
    y: float
    length: float
    low: float | None
    high: float | None
    added: float = 0.0

    @property
    def end(self) -> float:
        """Where the drawing of this row ends."""
        return max(self.length + self.added, self.high or 0.0)


@dataclass(frozen=True)
class Step:
    """One bar of a waterfall: where it begins and how long it is, where the next one is joined to it, and its texts."""

    label: str
    text: str
    mark: str
    y: float
    start: float
    length: float
    end: float


@dataclass(frozen=True)
class Chart:
    """Horizontal bars on an axis that begins at nought: sizes in pixels, ticks as (x, value)."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, float], ...]


def bar_chart(
    rows: Sequence[tuple[str, str, str, Range]], width: float, added: Sequence[float] = (), longest: float = 0.0
) -> Chart:
    """Lay out one bar for each row (label, text of the value, mark, value with its interval).

    Parameters
    ----------
    rows
        ``mark`` names the style: the chosen policy, the baseline or nothing.
    width
        Pixels from nought to the end of the axis.
    added
        What is drawn after each bar: what may be added to its value; empty: nothing.
    longest
        The axis reaches at least this far.
    """
    extra = [*added] or [0.0] * len(rows)
    longest = max([longest, *(max(r.value + n, r.high or 0.0) for (*_, r), n in zip(rows, extra, strict=True))])
    ticks = nice_ticks(longest)
    scale = width / ticks[-1]

    def at(value: float | None) -> float | None:
        return None if value is None else round(value * scale, 1)

    bars = tuple(
        Bar(
            label, text, mark, (i + 0.5) * ROW_PX, round(r.value * scale, 1), at(r.low), at(r.high), round(n * scale, 1)
        )
        for i, ((label, text, mark, r), n) in enumerate(zip(rows, extra, strict=True))
    )
    return Chart(width, len(rows) * ROW_PX, bars, tuple((round(t * scale, 1), t) for t in ticks))


def waterfall(
    rows: Sequence[tuple[str, str, float]], start: tuple[str, str, float], end: tuple[str, str], width: float
) -> list[Step]:
    """Lay out a value, the steps that change it, and what comes of it; each step begins where the one before ends.

    Parameters
    ----------
    rows
        Label, text and change of each step.
    start
        Label, text and value of the first bar.
    end
        Label and text of the last bar.
    width
        Pixels from nought to the highest value on the way.
    """
    reached = [start[2], *(start[2] + sum(change for *_, change in rows[: i + 1]) for i in range(len(rows)))]
    scale = width / max(1.0, *reached)
    at = [round(value * scale, 1) for value in reached]
    bars = [(start[0], start[1], "total", 0.0, at[0], at[0])]
    for (label, text, change), before, after in zip(rows, at[:-1], at[1:], strict=True):
        bars.append((label, text, "less" if change < 0 else "more", min(before, after), abs(after - before), after))
    bars.append((*end, "total", 0.0, at[-1], at[-1]))
    return [
        Step(label, text, mark, (i + 0.5) * ROW_PX, first, round(length, 1), last)
        for i, (label, text, mark, first, length, last) in enumerate(bars)
    ]


@dataclass(frozen=True)
class Spread:
    """One row of a tornado: where its middle lies and where its range runs, in pixels from the left."""

    label: str
    text: str
    turns: bool
    y: float
    low: float
    high: float


@dataclass(frozen=True)
class Tornado:
    """Ranges around what holds now, widest first: sizes in pixels, the two lines and the ticks from the left."""

    width: float
    height: float
    rows: tuple[Spread, ...]
    now: float
    nought: float
    ticks: tuple[tuple[float, float], ...]


def tornado(rows: Sequence[tuple[str, str, bool, float, float]], now: float, width: float) -> Tornado:
    """Lay out one range for each row (label, text, whether a conclusion turns, lowest, highest), the widest first.

    Parameters
    ----------
    rows
        Each range holds what holds now.
    now
        The value that holds now.
    width
        Pixels of the whole axis.
    """
    low, high = min([0.0, now, *(r[3] for r in rows)]), max([0.0, now, *(r[4] for r in rows)])
    up, down = nice_ticks(max(high, 1.0)), nice_ticks(-low) if low < 0 else (0.0,)
    step = max(up[1], down[1] if len(down) > 1 else 0.0)
    first, last = -step * math.ceil(-low / step - 1e-9), step * math.ceil(max(high, 1.0) / step - 1e-9)
    scale = width / (last - first)

    def at(value: float) -> float:
        return round((value - first) * scale, 1)

    widest = sorted(rows, key=lambda r: r[3] - r[4])
    laid = (
        Spread(label, text, turns, (i + 0.5) * ROW_PX, at(lowest), at(highest))
        for i, (label, text, turns, lowest, highest) in enumerate(widest)
    )
    ticks = [first + i * step for i in range(round((last - first) / step) + 1)]
    return Tornado(width, len(rows) * ROW_PX, tuple(laid), at(now), at(0.0), tuple((at(tick), tick) for tick in ticks))


def nice_ticks(longest: float, about: int = 4) -> tuple[float, ...]:
    """Return round numbers from nought to just beyond the longest value.

    >>> nice_ticks(61.3), nice_ticks(0.0), nice_ticks(7.2)
    ((0.0, 20.0, 40.0, 60.0, 80.0), (0.0, 1.0), (0.0, 2.0, 4.0, 6.0, 8.0))
    """
    if longest <= 0:
        return (0.0, 1.0)
    raw = longest / about
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * 0.999)
    return tuple(i * step for i in range(math.ceil(longest / step * 0.999) + 1))
