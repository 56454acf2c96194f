"""Whoever sees little can read everything: the contrast of each pair of colours is computed from the themes."""

import re
from importlib.resources import files

import pytest

from tests.report.test_report_contrast import contrast

STATIC = files("optimizer.review") / "static"
#: Ink and what lies behind it, as the style sheet uses them: text.
TEXT = [
    ("default-color-document", "default-bg-document"),
    ("default-color-document", "default-bg-subtle"),
    ("default-color-subtle", "default-bg-document"),
    ("default-color-subtle", "default-bg-subtle"),
    ("accent-1-color-default", "default-bg-document"),
    ("accent-1-color-default", "default-bg-subtle"),
    ("accent-1-color-hover", "accent-1-bg-subtle"),
    ("accent-1-inverse-color-default", "accent-1-inverse-bg-default"),
    ("accent-1-inverse-color-default", "accent-1-inverse-bg-hover"),
    ("positive-color-default", "default-bg-document"),
    ("positive-color-default", "positive-bg-subtle"),
    ("warning-color-default", "default-bg-document"),
    ("warning-color-default", "warning-bg-subtle"),
    ("default-color-document", "warning-bg-subtle"),
    ("default-color-document", "positive-bg-subtle"),
    ("default-color-subtle", "accent-1-bg-subtle"),
    ("negative-color-default", "default-bg-document"),
    ("negative-color-default", "default-bg-subtle"),
]
#: Edges of what one can use, and shapes that say something (1.4.11).
SHAPES = [
    ("default-border-default", "default-bg-document"),
    ("default-border-default", "default-bg-subtle"),
    ("accent-1-border-default", "default-bg-document"),
    ("positive-color-default", "default-bg-active"),
    ("warning-color-default", "default-bg-active"),
]


def colours(*names: str) -> dict[str, str]:
    """Colours by name, a later sheet over an earlier one."""
    found: dict[str, str] = {}
    for name in names:
        text = (STATIC / "tokens" / name).read_text(encoding="utf-8").partition("@media")[0]
        found |= dict(re.findall(r"--basis-(?:color-)?([\w-]+): (#[0-9a-f]{6});", text))
    return found


@pytest.mark.parametrize(
    ("sheets", "least"), [(("koppelwijzer.css",), 4.5), (("koppelwijzer.css", "contrast.css"), 7.0)]
)
def test_every_text_can_be_read(sheets: tuple[str, ...], least: float) -> None:
    found = colours(*sheets)
    told = {(one, other): contrast(found[one], found[other]) for one, other in TEXT}
    assert {pair: ratio for pair, ratio in told.items() if ratio < least} == {}


@pytest.mark.parametrize("sheets", [("koppelwijzer.css",), ("koppelwijzer.css", "contrast.css")])
def test_every_edge_can_be_seen(sheets: tuple[str, ...]) -> None:
    found = colours(*sheets)
    for one, other in SHAPES:
        assert contrast(found[one], found[other]) >= 3.0, (one, other)
    assert contrast(found["focus-outline-color"], found["default-bg-document"]) >= 3.0
    assert contrast(found["focus-color"], found["focus-background-color"]) >= 4.5


def test_who_asks_the_system_for_contrast_gets_the_same_as_who_asks_the_page() -> None:
    chosen, _, asked = (
        (STATIC / "tokens" / "contrast.css").read_text(encoding="utf-8").partition("@media (prefers-contrast: more)")
    )
    values = r"(--[\w-]+): ([^;]+);"
    assert re.findall(values, chosen) == re.findall(values, asked)
    assert ".contrast-gewoon" in asked


def test_the_style_sheet_names_a_colour_only_as_what_a_theme_may_leave_out() -> None:
    sheet = (STATIC / "koppelwijzer.css").read_text(encoding="utf-8")
    outside = re.sub(r":root \{.*?\n\}", "", sheet, flags=re.DOTALL)
    assert re.findall(r"(?<!var\(--)#[0-9a-f]{3,6}\b", re.sub(r"var\([^()]*\)|url\([^)]*\)", "", outside)) == []
