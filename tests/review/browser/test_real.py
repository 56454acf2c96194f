"""The application itself in a browser: every page that people reach, and answers from the first click to the last."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from optimizer.review import addresses
from optimizer.review.who.demo import DEMO_USERS
from tests.review.browser.test_axe import faults


def sign_in(page: Page, real: str, key: str) -> None:
    page.goto(f"{real}{addresses.SIGN_IN}")
    page.locator(f"button[value='{key}']").click()
    page.wait_for_load_state()


@contextmanager
def somebody(browser: Browser, real: str, key: str, *, script: bool = True) -> Iterator[Page]:
    """A browser of somebody's own, signed in."""
    context = browser.new_context(locale="nl-NL", java_script_enabled=script)
    page = context.new_page()
    sign_in(page, real, key)
    yield page
    context.close()


def test_an_objection_without_a_reason_is_corrected_and_kept(real: str, browser: Browser) -> None:
    for script in (True, False):
        with somebody(browser, real, "zwolle", script=script) as page:
            page.locator("tbody th a").nth(0 if script else 1).click()
            page.get_by_label("Bedenking").check()
            page.get_by_role("button", name="Verstuur antwoord").click()
            expect(page.get_by_role("alert")).to_be_visible()
            assert page.title().startswith("Fout: ")
            page.get_by_label("Reden").select_option("geen_woning")
            page.get_by_label("Toelichting").fill("Pas in januari <b>vrij</b>.")
            page.get_by_role("button", name="Verstuur antwoord").click()
            expect(page.get_by_text("Uw antwoord is bewaard.")).to_be_visible()
            expect(page.locator(".kw-given")).to_contain_text("Geen passende woning")
            expect(page.locator(".kw-given")).to_contain_text("Pas in januari <b>vrij</b>.")
            expect(page.locator(".kw-history")).to_contain_text("Chris Bakker")


def test_two_colleagues_at_once_overwrite_nothing(real: str, browser: Browser) -> None:
    with somebody(browser, real, "utrecht") as ans, somebody(browser, real, "utrecht-2") as bilal:
        for page in (ans, bilal):
            page.locator("tbody th a").first.click()
        ans.get_by_label("Akkoord").check()
        ans.get_by_role("button", name="Verstuur antwoord").click()
        expect(ans.get_by_text("Uw antwoord is bewaard.")).to_be_visible()
        bilal.get_by_label("Bedenking").check()
        bilal.get_by_label("Reden").select_option("gegevens")
        bilal.get_by_role("button", name="Verstuur antwoord").click()
        expect(bilal.get_by_role("heading", level=1)).to_have_text("Iemand anders antwoordde intussen")
        assert faults(bilal) == ""
        ans.reload()
        expect(ans.locator(".kw-given")).to_contain_text("Akkoord")
        bilal.get_by_role("button", name="Vervang door mijn antwoord").click()
        expect(bilal.locator(".kw-given")).to_contain_text("Gegevens kloppen niet")
        ans.reload()
        expect(ans.locator(".kw-given")).to_contain_text("Bilal Aydin")


@pytest.mark.parametrize("script", [True, False])
def test_several_cases_get_one_answer_after_a_second_look(real: str, browser: Browser, *, script: bool) -> None:
    with somebody(browser, real, "zwolle", script=script) as page:
        page.get_by_role("button", name="Akkoord met de gekozen zaken").click()
        expect(page.get_by_role("alert")).to_be_visible()
        for box in page.get_by_role("checkbox", name="Kies huishouden").all():
            box.check()
        page.get_by_role("button", name="Akkoord met de gekozen zaken").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Akkoord met 2 zaken")
        page.get_by_role("button", name="Verstuur akkoord voor 2 zaken").click()
        expect(page.get_by_text("Uw antwoorden zijn bewaard.")).to_be_visible()
        assert page.locator("tbody .kw-status--akkoord").count() == 2


def test_the_list_is_searched_with_and_without_a_script(real: str, browser: Browser) -> None:
    for script in (True, False):
        with somebody(browser, real, "zwolle", script=script) as page:
            names = page.locator("tbody th a").all_inner_texts()
            page.get_by_label("Zoek op huishouden of plaats").fill(names[1])
            page.get_by_role("button", name="Toon").click()
            expect(page.locator("tbody th a")).to_have_count(1)
            expect(page.locator("tbody th a")).to_have_text(names[1])


def test_who_signs_out_sees_nothing_any_more(real: str, page: Page) -> None:
    sign_in(page, real, "utrecht")
    page.locator("tbody th a").first.click()
    there = page.url
    page.get_by_role("button", name="Afmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent afgemeld")
    page.goto(there)
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden")


def test_every_person_of_the_demonstration_has_a_button(real: str, page: Page) -> None:
    page.goto(f"{real}{addresses.SIGN_IN}")
    assert {b.get_attribute("value") for b in page.locator("button[name='gebruiker']").all()} == set(DEMO_USERS)
    assert faults(page) == ""


def test_a_search_after_the_session_ended_leads_to_the_sign_in(real: str, page: Page) -> None:
    sign_in(page, real, "zwolle")
    page.context.clear_cookies()
    page.get_by_label("Zoek op huishouden of plaats").fill("H")
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden")
