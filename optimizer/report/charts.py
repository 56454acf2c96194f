"""Charts as plain geometry in pixels; the templates draw them as SVG without any script."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.report.figures import Range

ROW_PX = 30


@dataclass(frozen=True)
class Bar:
    """One row of a chart: where its middle lies, how long its bar is, where its interval runs."""

    label: str
    text: str
    mark: str
    y: float
    length: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Chart:
    """Horizontal bars on an axis that begins at nought: sizes in pixels, ticks as (x, value)."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, float], ...]


def bar_chart(rows: Sequence[tuple[str, str, str, Range]], width: float) -> Chart:
    """Lay out one bar for each row (label, text of the value, mark, value with its interval).

    Parameters
    ----------
    rows
        ``mark`` names the style: the chosen policy, the baseline or nothing.
    width
        Pixels from nought to the end of the axis.
    """
    longest = max([max(r.value, r.high or 0.0) for *_, r in rows], default=0.0)
    ticks = nice_ticks(longest)
    scale = width / ticks[-1]

    def at(value: float | None) -> float | None:
        return None if value is None else round(value * scale, 1)

    bars = tuple(
        Bar(label, text, mark, (i + 0.5) * ROW_PX, round(r.value * scale, 1), at(r.low), at(r.high))
        for i, (label, text, mark, r) in enumerate(rows)
    )
    return Chart(width, len(rows) * ROW_PX, bars, tuple((round(t * scale, 1), t) for t in ticks))


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
