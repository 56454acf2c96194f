"""Whoever sees little can read every text of a drawing: the contrast is computed from the colours that are used."""

import re
from html.parser import HTMLParser

import pytest

from tests.report import report_builder as build
from tests.report.test_report_alderman import page as alderman
from tests.report.test_report_page import compared, rendered

#: What WCAG 2.2 asks of text of ordinary size (1.4.3).
LEAST = 4.5


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it, of ``#rgb`` or ``#rrggbb``."""
    digits = colour.lstrip("#")
    digits = "".join(2 * c for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


class Drawings(HTMLParser):
    """Every text of every drawing with its colour and what lies behind it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
        assert style is not None
        self.ink = self._colour(style[1], r"svg text \{[^}]*fill: var\((--\w+)\)")
        found = re.search(r"\.map \{ background: (#\w+)", style[1])
        self.sea = found[1] if found else "#fff"
        self.texts: list[tuple[str, str]] = []
        self.under, self.boxes = "#fff", [(0.0, 0.0, 0.0, 0.0, "#fff")]
        self.feed(html)

    @staticmethod
    def _colour(css: str, rule: str) -> str:
        name = re.search(rule, css)
        assert name is not None
        value = re.search(rf"{name[1]}: (#\w+)", css)
        assert value is not None
        return value[1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "svg":
            self.under, self.boxes = (self.sea if "map" in values.get("class", "").split() else "#fff"), []
        if tag == "rect" and values.get("fill", "").startswith("#") and "x" in values and "y" in values:
            x, y, width, height = (float(values[name]) for name in ("x", "y", "width", "height"))
            self.boxes.append((x, y, width, height, values["fill"]))
        if tag == "text":
            self.texts.append((self._fill(values), self._behind(values)))

    def _fill(self, values: dict[str, str]) -> str:
        own = re.search(r"fill:(#\w+)", values.get("style", ""))
        return own[1] if own else values.get("fill", self.ink)

    def _behind(self, values: dict[str, str]) -> str:
        if values.get("paint-order") == "stroke":  # a rim of its own
            return values["stroke"]
        x, y = float(values["x"]), float(values["y"])
        inside = [fill for left, top, w, h, fill in self.boxes if left < x < left + w and top < y < top + h]
        return inside[-1] if inside else self.under


def test_the_ratio_is_that_of_wcag() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("which", ["run", "compare", "alderman"])
def test_every_text_of_every_drawing_stands_out_enough(which: str) -> None:
    b = build.batch()
    v = build.voorstel(b)
    make = {
        "run": lambda: rendered(b, v, build.comparison()),
        "compare": lambda: compared(b),
        "alderman": lambda: alderman(v, b),
    }
    texts = Drawings(make[which]()).texts
    assert texts
    for fill, behind in texts:
        assert contrast(fill, behind) >= LEAST, (fill, behind)
