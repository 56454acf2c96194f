"""axe-core finds nothing on any page, in both languages, with normal and with high contrast."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from optimizer.review.templating import has
from tests.review.samples import PAGES

#: Every rule of axe, its advice too, and the size of what one points at (2.5.8), which axe leaves out unless asked.
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


def faults(page: Page) -> str:
    found = Axe().run(page, options=RULES)
    return "" if found.violations_count == 0 else found.generate_report()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(sampled: str, page: Page, name: str) -> None:
    for lang, contrast in (("nl", "gewoon"), ("en", "hoog")):
        page.goto(f"{sampled}/{name}?taal={lang}&contrast={contrast}")
        assert faults(page) == ""


@pytest.mark.parametrize("name", ["cases", "case_wrong", "offers", "round"])
def test_another_theme_is_another_file(sampled: str, page: Page, name: str) -> None:
    colours = set()
    for theme in ("koppelwijzer", "voorbeeld"):
        for contrast in ("gewoon", "hoog"):
            page.goto(f"{sampled}/{name}?thema={theme}&contrast={contrast}")
            assert faults(page) == ""
            colours.add(page.locator(".kw-header").evaluate("e => getComputedStyle(e).borderTopColor"))
    assert len(colours) == (3 if has("vendor/tokens.css") else 2)


def test_axe_would_find_a_fault(sampled: str, page: Page) -> None:
    page.goto(f"{sampled}/case")
    page.evaluate("document.querySelector('#toelichting').labels[0].remove()")
    page.evaluate("document.querySelectorAll('.kw-when').forEach(part => part.hidden = false)")
    assert "label" in faults(page)
