"""Without JavaScript every page does the same: search, answer, correct a mistake, look at the map."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.review.browser.test_keyboard import sent


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    yield context.new_page()
    context.close()


def test_an_answer_is_sent(sampled: str, plain: Page) -> None:
    requests = sent(plain)
    plain.goto(f"{sampled}/case")
    plain.get_by_label("Bedenking").check()
    plain.get_by_label("Reden").select_option("anders")
    plain.get_by_label("Toelichting").fill("De brug is dicht.")
    plain.get_by_role("button", name="Verstuur antwoord").click()
    plain.wait_for_load_state()
    (_, fields) = requests[0]
    assert (fields["keuze"], fields["reden"], fields["toelichting"]) == (
        ["bedenking"],
        ["anders"],
        ["De brug is dicht."],
    )


def test_the_map_is_drawn_and_the_table_stands_beside_it(sampled: str, plain: Page) -> None:
    plain.goto(f"{sampled}/case")
    assert plain.locator("svg.kw-map__drawn").is_visible()
    assert plain.locator("[data-map]").is_hidden()
    table = plain.get_by_role("table", name="Van Utrecht naar het werk")
    assert "9,3 km" in table.inner_text()


def test_the_list_is_searched(sampled: str, plain: Page) -> None:
    plain.goto(f"{sampled}/cases")
    plain.get_by_label("Zoek op huishouden of plaats").fill("Ede")
    plain.get_by_label("Antwoord", exact=True).select_option("akkoord")
    plain.get_by_role("button", name="Toon").click()
    assert "/ronden/r-7f3a/zaken?status=akkoord&zoek=Ede&sorteer=huishouden" in plain.url
    assert plain.get_by_text("Er is geen zaak die past bij uw keuze.").is_visible()


def test_a_mistake_is_named_above_the_page_and_beside_the_field(sampled: str, plain: Page) -> None:
    plain.goto(f"{sampled}/case_wrong")
    link = plain.get_by_role("alert").get_by_role("link", name="Schrijf op wat er anders is.")
    link.click()
    assert plain.url.endswith("#toelichting")
    assert plain.get_by_label("Toelichting").is_visible()
    assert plain.locator("#toelichting-fout").is_visible()


def test_several_cases_are_sent_and_the_hand_over_ends(sampled: str, plain: Page) -> None:
    requests = sent(plain)
    plain.goto(f"{sampled}/cases")
    plain.get_by_label("Kies huishouden H0012").check()
    plain.get_by_role("button", name="Bedenking bij de gekozen zaken").click()
    plain.goto(f"{sampled}/absence")
    plain.get_by_role("button", name="Beëindig").click()
    plain.wait_for_load_state()
    assert [fields.get("zaak") for _, fields in requests] == [["z-000c"], None]
    assert requests[1][0].endswith("/vervanging/v-1/beeindigen")


def test_more_reasons_open_and_close(sampled: str, plain: Page) -> None:
    plain.goto(f"{sampled}/case")
    told = plain.get_by_text("Dit huishouden mag naar 71 gemeenten.")
    assert told.is_hidden()
    plain.get_by_text("Waar dit huishouden naartoe mag").click()
    assert told.is_visible()
