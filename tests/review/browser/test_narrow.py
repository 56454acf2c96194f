"""At 400 per cent (320 points wide) and on a wide screen nobody scrolls sideways, with and without what npm brings."""

import pytest
from playwright.sync_api import Page

from tests.review.samples import PAGES

#: One sample of each page.
ONE_OF_EACH = {type(view): name for name, (view, *_) in reversed(PAGES.items())}.values()
#: What a reader can see beyond the right edge of the window; a map moves inside its own frame.
OUTSIDE = """() => [...document.querySelectorAll("body *")].filter((e) => {
  const box = e.getBoundingClientRect();
  const hidden = e.closest(".kw-hidden, .kw-map, .kw-skip");
  return box.width > 1 && box.right > document.documentElement.clientWidth + 1 && !hidden;
}).map((e) => e.tagName + "." + (e.getAttribute("class") || ""))"""
#: Words that do not fit in their box.
CUT = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((e) =>
  e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1 && getComputedStyle(e).overflowX !== "visible"
  && !e.closest(".kw-map") && !["INPUT", "SELECT"].includes(e.tagName)
).map((e) => e.tagName + "." + (e.getAttribute("class") || ""))"""
#: What WCAG 2.2 (1.4.12) lets a reader set.
SPACED = """() => document.querySelectorAll("*").forEach((e) => {
  Object.assign(e.style, { letterSpacing: "0.12em", wordSpacing: "0.16em" });
  if (e.closest("main p, main li, main td, main th")) e.style.lineHeight = "1.5";
})"""


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("name", PAGES)
def test_nobody_scrolls_sideways(sampled: str, page: Page, name: str) -> None:
    for bare in ("", "&kaal=1") if name in ONE_OF_EACH else ("",):
        page.goto(f"{sampled}/{name}?taal=nl{bare}")
        for width in (320, 760, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert sideways(page) == 0
            assert page.evaluate(OUTSIDE) == []
            assert page.evaluate(CUT) == []


@pytest.mark.parametrize("name", ["cases", "case", "round", "offers", "offer_wrong", "accessibility"])
def test_more_space_between_letters_cuts_nothing_off(sampled: str, page: Page, name: str) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{sampled}/{name}")
    page.evaluate(SPACED)
    assert sideways(page) == 0
    assert page.evaluate(CUT) == []


def test_rows_become_cards_that_name_their_columns(sampled: str, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{sampled}/cases")
    cell = page.locator("tbody tr").first.locator("td[data-label='Personen']")
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"Personen: "'
    assert page.get_by_role("table").count() == 1
    assert page.get_by_role("rowheader").count() == 5


def test_with_a_script_the_map_can_be_moved_and_without_npm_it_is_drawn(sampled: str, page: Page) -> None:
    page.goto(f"{sampled}/case?kaal=1")
    assert page.locator("svg.kw-map__drawn").is_visible()
    assert page.locator("[data-map]").is_hidden()
    page.goto(f"{sampled}/case")
    if page.evaluate("typeof window.L") == "undefined":
        pytest.skip("needs npm when the package is installed")
    page.locator(".leaflet-control-zoom-in").wait_for()
    assert page.locator("svg.kw-map__drawn").is_hidden()
    assert page.locator(".kw-map__label").all_inner_texts() == ["Utrecht", "Zeist", "Amsterdam"]
