"""Every page, from its view: in both languages, without a script or a style of its own, and with nothing unescaped."""

import itertools
import re
import tomllib
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest
from markupsafe import Markup

from geodata.wording import Lang
from optimizer.domain.tables import SECTOREN
from optimizer.report.language import Language, flat
from optimizer.review import addresses
from optimizer.review.templating import has, render
from optimizer.review.texts import load
from optimizer.review.views import OFFER_KINDS, REASONS, VIEWS, Contrast, Event
from optimizer.rules.werk import HARD
from tests.review.samples import PAGES, context

LANGS: tuple[Lang, ...] = ("nl", "en")
CONTRASTS: tuple[Contrast, ...] = ("gewoon", "hoog")
TEMPLATES = files("optimizer.review") / "templates"
ROOT = Path(__file__).parents[2]


class Page(HTMLParser):
    """What stands in a page: elements with their attributes, ids, and text without mark-up."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def shown(name: str, lang: Lang = "nl") -> Page:
    return Page(render(PAGES[name][0], context(name, lang)))


def texts(lang: Lang) -> dict[str, str]:
    return flat(tomllib.loads((files("optimizer.review.texts") / f"{lang}.toml").read_text(encoding="utf-8")))


def test_there_is_a_sample_of_every_view() -> None:
    assert {type(view) for view, *_ in PAGES.values()} == set(VIEWS)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_no_script_and_no_style_of_its_own(name: str, lang: Lang) -> None:
    page = shown(name, lang)
    assert page.all("html")[0]["lang"] == lang
    assert not page.all("style")
    assert all(script["src"].startswith("/static/") for script in page.all("script"))
    for tag, attributes in page.elements:
        assert "style" not in attributes, tag
        assert not [a for a in attributes if a.startswith(("on", "hx-on", "hx-vals", "hx-headers"))], tag


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_unique_and_every_reference_finds_one(name: str) -> None:
    page = shown(name)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in page.elements:
        for reference in ("for", "aria-describedby", "aria-labelledby"):
            assert set(attributes.get(reference, "").split()) <= set(ids)
        if attributes.get("href", "").startswith("#"):
            assert attributes["href"][1:] in ids


@pytest.mark.parametrize("name", PAGES)
def test_every_form_that_changes_something_has_its_token(name: str) -> None:
    html = render(PAGES[name][0], context(name))
    forms = re.findall(r"<form\b.*?</form>", html, re.DOTALL)
    assert len(forms) == html.count("<form")
    for form in forms:
        posts = 'method="post"' in form
        assert posts == ('name="csrf" value="teken"' in form)


@pytest.mark.parametrize("name", PAGES)
def test_one_heading_of_the_first_rank_and_no_rank_left_out(name: str) -> None:
    ranks = [int(tag[1]) for tag, _ in shown(name).elements if re.fullmatch("h[1-6]", tag)]
    assert ranks.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(ranks))


def test_nothing_is_chosen_for_anybody_beforehand() -> None:
    for name in ("case", "cases", "offer_new"):
        page = shown(name)
        chosen = [i for i in page.all("input") if "checked" in i]
        assert not chosen, name


def test_what_a_person_wrote_is_escaped() -> None:
    html = render(PAGES["case_wrong"][0], context("case_wrong"))
    assert "<b>Nee</b>" not in html
    assert "&lt;b&gt;Nee&lt;/b&gt;" in html


def test_an_error_stands_above_the_page_and_beside_its_field() -> None:
    html = render(PAGES["case_wrong"][0], context("case_wrong"))
    assert "<title>Fout: " in html
    assert '<a href="#toelichting">Schrijf op wat er anders is.</a>' in html
    page = Page(html)
    (field,) = page.all("textarea")
    assert field["aria-invalid"] == "true"
    assert set(field["aria-describedby"].split()) == {"toelichting-uitleg", "toelichting-fout"}
    (radios,) = [f for f in page.all("fieldset") if "keuze-fout" in f.get("aria-describedby", "")]
    assert radios


def test_a_count_that_is_too_small_is_not_shown() -> None:
    text = " ".join(shown("jobs").text.split())
    assert "Landbouwniet getoondniet getoond" in text
    assert "Onbekend12niet getoond" in text


def test_a_bedenking_is_said_to_be_no_bezwaar() -> None:
    assert "Een bedenking is geen bezwaar in de zin van de Awb." in shown("case").text
    assert "Een bedenking is geen bezwaar in de zin van de Awb." in shown("bulk_object").text


def test_the_form_of_an_answer_sends_the_version_that_was_seen() -> None:
    (version,) = [i for i in shown("case_answered").all("input") if i.get("name") == "versie"]
    assert version["value"] == "1"
    (version,) = [i for i in shown("conflict").all("input") if i.get("name") == "versie"]
    assert version["value"] == "2"


def test_links_keep_what_was_asked_for() -> None:
    page = shown("cases_none")
    english = [a["href"] for a in page.all("a") if a.get("hreflang") == "en"]
    assert english == ["/weergave?taal=en&terug=%2Fronden%2Fr-7f3a%2Fzaken%3Fzoek%3DEde"]


def test_a_page_asks_for_nothing_that_is_not_there() -> None:
    for sheet in [link["href"] for link in shown("case").all("link")] + [s["src"] for s in shown("case").all("script")]:
        assert has(sheet.partition("?")[0].removeprefix(f"{addresses.STATIC}/"))


def test_both_languages_have_the_same_texts_with_the_same_places() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, *_ in Formatter().parse(text) if name}

    nl, en = texts("nl"), texts("en")
    assert list(nl) == list(en)
    assert {key: places(text) for key, text in nl.items()} == {key: places(text) for key, text in en.items()}


#: Texts whose last part is a code that comes from the data; not every code stands in a sample.
CODES = {
    "sector": (*SECTOREN, "onbekend"),
    "hard": HARD,
    "reden": tuple(r for r in REASONS if r),
    "gebeurtenis": None,
    "woning": OFFER_KINDS,
}


def test_every_text_is_used_and_every_code_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    ask = Language.__call__

    def noted(self: Language, key: str, **values: object) -> Markup:
        asked.add(key)
        return ask(self, key, **values)

    monkeypatch.setattr(Language, "__call__", noted)
    for name in PAGES:
        for contrast in CONTRASTS:
            for lang in LANGS:
                render(PAGES[name][0], replace(context(name, lang, contrast), map_tiles="/tegels/{z}/{x}/{y}.png"))
    own = texts("nl")
    unused = {key for key in own if key.partition(".")[0] not in CODES} - asked
    assert not {key for key in unused if key.replace("een.", "meer.") not in asked}
    for group, codes in CODES.items():
        here = {key.partition(".")[2] for key in load("nl").texts if key.startswith(f"{group}.")}
        assert codes is None or here == set(codes)
    for event in {key.partition(".")[2] for key in own if key.startswith("gebeurtenis.")}:
        assert f"``{event}``" in (Event.__doc__ or "")


def test_a_page_speaks_one_language() -> None:
    nl, en = ({k: v for k, v in texts(lang).items() if len(v.split()) > 2 and "{" not in v} for lang in LANGS)
    for name in PAGES:
        dutch, english = (" ".join(shown(name, lang).text.split()) for lang in LANGS)
        assert not [key for key in en if en[key] != nl.get(key) and en[key] in dutch], name
        assert not [key for key in nl if nl[key] != en.get(key) and nl[key] in english], name


def test_what_the_page_on_accessibility_names_is_there() -> None:
    for lang in LANGS:
        named = [text for key, text in texts(lang).items() if key.endswith(".waar") and key.count(".") == 2]
        assert len(named) == 7
        assert [name for name in named if not (ROOT / name).is_file()] == []
