"""With a script the list of cases is searched without a new page; the address keeps what was asked."""

import pytest
from playwright.sync_api import Page


def test_only_the_list_changes(sampled: str, page: Page) -> None:
    page.goto(f"{sampled}/cases")
    if page.evaluate("typeof window.htmx") == "undefined":
        pytest.skip("needs npm when the package is installed")
    page.evaluate("document.querySelectorAll('h1, #gevonden').forEach(e => e.dataset.same = '1')")
    page.get_by_label("Zoek op huishouden of plaats").fill("Ede")
    page.get_by_role("button", name="Toon").click()
    page.get_by_text("Er is geen zaak die past bij uw keuze.").wait_for()
    assert page.evaluate("document.querySelector('h1').dataset.same") == "1"
    # A screen reader only tells what changes inside a place that it knew already.
    assert page.locator("#gevonden[data-same]").inner_text() == "0 zaken gevonden."
    assert "zoek=Ede" in page.url
    assert "zoek" in (page.get_by_role("link", name="English").get_attribute("href") or "")
    page.get_by_label("Antwoord", exact=True).select_option("open")
    page.wait_for_url("**status=open*")
    assert page.evaluate("document.querySelector('h1').dataset.same") == "1"


def test_one_button_ticks_every_case_also_in_a_list_that_was_renewed(sampled: str, page: Page) -> None:
    page.goto(f"{sampled}/cases")
    boxes = page.get_by_role("checkbox", name="Kies huishouden")
    assert [box.is_checked() for box in boxes.all()] == [False] * 5
    page.get_by_role("button", name="Kies alle zaken op deze pagina").click()
    assert [box.is_checked() for box in boxes.all()] == [True] * 5
    if page.evaluate("typeof window.htmx") == "undefined":
        pytest.skip("needs npm when the package is installed")
    page.get_by_label("Volgorde").select_option("dagen")
    page.wait_for_url("**sorteer=dagen*")
    page.get_by_text("Er is geen zaak die past bij uw keuze.").wait_for()
    page.go_back()
    page.get_by_role("button", name="Kies alle zaken op deze pagina").wait_for()
