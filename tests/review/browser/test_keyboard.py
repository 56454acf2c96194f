"""Everything can be done with the keyboard alone, in the order of the page, and a mistake is where reading begins."""

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Route

#: What the keyboard reaches, in the order of the page. Of a group of radio buttons it reaches the chosen or first one.
REACHED = """() => {
  const fields = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.type !== "hidden" && !e.disabled);
  const group = (e) => fields.filter((other) => other.type === "radio" && other.name === e.name);
  return fields.filter((e) => e.type !== "radio" || e === (group(e).find((one) => one.checked) ?? group(e)[0]))
    .map((e) => [...document.all].indexOf(e) + " " + e.outerHTML.slice(0, 90));
}"""
HERE = (
    """() => [...document.all].indexOf(document.activeElement) + " " + document.activeElement.outerHTML.slice(0, 90)"""
)
#: Whether the eye finds where the keyboard is: in the window, with a line around it and nothing over it. The button in
#: a date draws a line of its own.
SEEN = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const line = parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none";
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const over = document.elementFromPoint(box.left + box.width / 2, (top + bottom) / 2);
  return (line || e.type === "date") && bottom > top && (e.contains(over) || Boolean(over?.contains(e)));
}"""


@pytest.mark.parametrize(
    "name", ["cases", "case", "case_answered", "offers", "offer_new", "round", "sign_in", "absence"]
)
def test_the_tab_key_passes_everything_in_the_order_of_the_page(sampled: str, page: Page, name: str) -> None:
    page.goto(f"{sampled}/{name}?kaal=1")
    expected = page.evaluate(REACHED)
    walked: list[str] = []
    for _ in range(4 * len(expected)):  # the parts of a date are stops too
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        assert page.evaluate(SEEN), here
        walked += [here] if here not in walked[-1:] else []
        if len(walked) == len(expected):
            break
    assert walked == expected


def test_the_first_stop_skips_to_the_content(sampled: str, page: Page) -> None:
    page.goto(f"{sampled}/cases")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_the_keyboard_gets_past_the_map(sampled: str, page: Page) -> None:
    page.goto(f"{sampled}/case")
    page.wait_for_load_state("networkidle")
    page.locator("#kaart").evaluate("e => { e.tabIndex = -1; e.focus(); }")
    for _ in range(8):
        page.keyboard.press("Tab")
    assert not page.evaluate("!!document.activeElement.closest('.kw-map')")


def sent(page: Page) -> list[tuple[str, dict[str, list[str]]]]:
    """What the page sends: address and fields; the answer is an empty page."""
    found: list[tuple[str, dict[str, list[str]]]] = []

    def keep(route: Route) -> None:
        if route.request.method == "POST":
            found.append((route.request.url, parse_qs(route.request.post_data or "")))
            route.fulfill(body="<title>verstuurd</title>", content_type="text/html")
        else:
            route.continue_()

    page.route("**/*", keep)
    return found


def test_an_objection_is_answered_with_keys_alone(sampled: str, page: Page) -> None:
    requests = sent(page)
    page.goto(f"{sampled}/case")
    assert page.locator("#toelichting").is_hidden()
    page.locator("#keuze").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("#toelichting").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("Geen")
    page.keyboard.press("Tab")
    page.keyboard.type("Pas in januari.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.title === 'verstuurd'")
    address, fields = requests[0]
    assert address.endswith("/zaken/z-000c/antwoord")
    assert fields == {
        "csrf": ["teken"],
        "versie": ["0"],
        "keuze": ["bedenking"],
        "reden": ["geen_woning"],
        "toelichting": ["Pas in januari."],
    }


def test_a_second_click_sends_nothing_twice(sampled: str, page: Page) -> None:
    requests = sent(page)
    page.goto(f"{sampled}/case")
    page.locator("#keuze").check()
    page.evaluate("() => { const b = document.querySelector('.kw-answer [type=submit]'); b.click(); b.click(); }")
    page.wait_for_function("document.title === 'verstuurd'")
    assert len(requests) == 1


def test_reading_begins_at_what_is_wrong_and_leads_to_the_field(sampled: str, page: Page) -> None:
    page.goto(f"{sampled}/case_wrong")
    assert page.title().startswith("Fout: ")
    assert page.evaluate("document.activeElement.id") == "fouten"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Kies akkoord of bedenking."
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "keuze"
    page.locator("#fouten a").nth(1).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "toelichting"


def test_several_cases_are_ticked_with_the_space_bar(sampled: str, page: Page) -> None:
    requests = sent(page)
    page.goto(f"{sampled}/cases")
    boxes = page.get_by_role("checkbox", name="Kies huishouden")
    for n in (1, 3):
        boxes.nth(n).focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Akkoord met de gekozen zaken").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.title === 'verstuurd'")
    address, fields = requests[0]
    assert address.endswith("/ronden/r-7f3a/zaken/samen")
    assert fields == {"csrf": ["teken"], "zaak": ["z-000c", "z-000e"], "keuze": ["akkoord"]}
