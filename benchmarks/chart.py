"""One small chart, both axes logarithmic, as SVG written by hand."""

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10

Points = Sequence[tuple[float, float]]

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 250, 40, 50
# Okabe and Ito: colours that colour-blind readers can tell apart, and a shape beside each.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKS = ("circle", "square", "diamond")


def log_chart(title: str, x_title: str, y_title: str, lines: Mapping[str, Points]) -> str:
    """Draw one line per name; every value must be above 0."""
    points = [point for line in lines.values() for point in line]
    x_ends, y_ends = decades([x for x, _ in points]), decades([y for _, y in points])
    body = [*grid(x_ends, y_ends), label(title, LEFT, 22, size=15)]
    body += [label(x_title, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12), label(y_title, 8, TOP - 6)]
    for k, (name, line) in enumerate(lines.items()):
        at = [(along(x, x_ends, LEFT, WIDTH - RIGHT), along(y, y_ends, HEIGHT - BOTTOM, TOP)) for x, y in sorted(line)]
        body += series(name, at, k)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="sans-serif">\n<title>{escape(title)}</title>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def decades(values: Sequence[float]) -> tuple[int, int]:
    """Return the powers of ten around the values, at least one decade.

    >>> decades([3.0, 250.0]), decades([10.0])
    ((0, 3), (1, 2))
    """
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return low, max(high, low + 1)


def along(value: float, ends: tuple[int, int], start: float, end: float) -> float:
    """Place a value on a logarithmic axis."""
    return start + (log10(value) - ends[0]) / (ends[1] - ends[0]) * (end - start)


def grid(x_ends: tuple[int, int], y_ends: tuple[int, int]) -> list[str]:
    """One thin line and one label per decade."""
    out = []
    for power in range(x_ends[0], x_ends[1] + 1):
        x = along(10.0**power, x_ends, LEFT, WIDTH - RIGHT)
        out.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        out.append(label(f"{10.0**power:,g}", x, HEIGHT - BOTTOM + 16, anchor="middle"))
    for power in range(y_ends[0], y_ends[1] + 1):
        y = along(10.0**power, y_ends, HEIGHT - BOTTOM, TOP)
        out.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        out.append(label(f"{10.0**power:,g}", LEFT - 6, y + 4, anchor="end"))
    return out


def series(name: str, at: Points, k: int) -> list[str]:
    """One line with its marks and its place in the legend."""
    colour, shape = COLOURS[k % len(COLOURS)], MARKS[k % len(MARKS)]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in at)
    legend = (WIDTH - RIGHT + 20.0, TOP + 10.0 + 20 * k)
    return [
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *[mark(shape, x, y, colour) for x, y in (*at, legend)],
        label(name, legend[0] + 12, legend[1] + 4),
    ]


def mark(shape: str, x: float, y: float, colour: str) -> str:
    """One point."""
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
    turn = f' transform="rotate(45 {x:.1f} {y:.1f})"' if shape == "diamond" else ""
    return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{colour}"{turn}/>'


def label(text: str, x: float, y: float, size: int = 12, anchor: str = "start") -> str:
    """One piece of text."""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">{escape(text)}</text>'
