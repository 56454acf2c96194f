"""Every page that the people of the demonstration reach by links is for everybody, and no link leads nowhere."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from optimizer.review import addresses
from tests.review.browser.test_axe import faults
from tests.review.browser.test_narrow import CUT, OUTSIDE, sideways
from tests.review.browser.test_real import sign_in

_KEY = re.compile(r"/[0-9a-f]{16,}")
#: Ends of addresses that lead to a file.
_FILES = ("/werkboek", ".csv", ".xlsx", ".zip")
#: Pages that somebody of each role reaches, beside those that everybody does.
EXPECTED = {
    "utrecht": {
        "/ronden/*/zaken",
        "/ronden/*/werkboek/terug",
        "/zaken/*",
        addresses.OFFERS,
        addresses.OFFER_NEW,
        addresses.ABSENCE,
        addresses.NOTIFICATIONS,
    },
    "coa": {addresses.ROUNDS, addresses.ROUND_NEW, "/ronden/*", "/ronden/*/afsluiten", addresses.NOTIFICATIONS},
    "provincie": {addresses.PROVINCE},
    "arbeidsmarktregio": {addresses.JOBS},
    "onderzoeker": {addresses.RESEARCH},
}


def reached(page: Page, real: str) -> Iterator[str]:
    """Yield every page that links lead to from here, one of each kind, each opened once."""
    ahead, seen = [page.url], set[str]()
    while ahead:
        address = ahead.pop(0)
        kind = _KEY.sub("/*", urlsplit(address).path)
        if kind in seen:
            continue
        seen.add(kind)
        page.goto(address)
        yield kind
        links = page.eval_on_selector_all("a[href]:not([download])", "all => all.map((a) => a.getAttribute('href'))")
        for link in links:
            there = urljoin(real, link).partition("#")[0]
            path = urlsplit(there).path
            if there.startswith(real) and not path.startswith(addresses.DISPLAY) and not path.endswith(_FILES):
                ahead.append(there)


@pytest.mark.parametrize("key", EXPECTED)
def test_every_page_that_somebody_reaches_is_for_everybody(real: str, page: Page, key: str) -> None:
    sign_in(page, real, key)
    kinds = []
    for kind in reached(page, real):
        kinds.append(kind)
        for lang, contrast in (("nl", "gewoon"), ("en", "hoog")):
            here = page.url
            page.goto(f"{real}{addresses.DISPLAY}?taal={lang}&contrast={contrast}")
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(here)
            assert page.evaluate("document.documentElement.lang") == lang, kind
            assert f"contrast-{contrast}" in (page.locator("html").get_attribute("class") or ""), kind
            assert faults(page) == "", kind
            page.set_viewport_size({"width": 320, "height": 900})
            assert (sideways(page), page.evaluate(OUTSIDE), page.evaluate(CUT)) == (0, [], []), kind
    assert EXPECTED[key] | {addresses.ACCESSIBILITY, addresses.PRIVACY} <= set(kinds)
