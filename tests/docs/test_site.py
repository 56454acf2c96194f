"""The site of docs/: the tutorial is true, every page is built without a warning and reads without a network."""

import re
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import openpyxl
import pytest
import typer

from geodata.wording import Lang
from optimizer.cli.app import app
from scripts import beelden, bouw_site, les, opdrachten

ROOT = Path(__file__).parents[2]
LACKING = [name for name in ("sphinx", "myst_parser", "pydata_sphinx_theme") if find_spec(name) is None]
with_sphinx = pytest.mark.skipif(bool(LACKING), reason=f"needs the packages {', '.join(LACKING)}")
PNG = b"\x89PNG"


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def lang(self) -> str | None:
        return next(attributes for tag, attributes in self.tags if tag == "html").get("lang")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, with the first picture as if nothing could take the others."""
    folder = tmp_path_factory.mktemp("site")
    pictures = folder / "pages" / "_static" / "beelden"
    pictures.mkdir(parents=True)
    (pictures / "rapport.png").write_bytes(PNG)
    bouw_site.source(folder / "pages", [p for p in beelden.PICTURES if p.name == "rapport"])
    assert bouw_site.build(folder / "pages", folder / "site") == 0
    return folder / "site"


def test_the_tutorial_says_what_its_commands_say_and_leaves_what_the_gallery_shows(tmp_path: Path) -> None:
    page = les.PAGES["nl"].read_text(encoding="utf-8")
    assert les.told(page, tmp_path) == page
    assert [p.name for p in beelden.PICTURES if not list(tmp_path.glob(p.file))] == []


def test_the_tutorial_in_english_says_what_its_commands_say(tmp_path: Path) -> None:
    page = les.PAGES["en"].read_text(encoding="utf-8")
    assert les.told(page, tmp_path, "en") == page


def test_the_tutorials_take_the_same_steps_in_both_languages() -> None:
    def steps(lang: Lang) -> list[str]:
        page = les.PAGES[lang].read_text(encoding="utf-8")
        return re.findall(r"^\$ koppelwijzer (\w+)|<!-- stap: (\w+)|^## (\d)", page, re.M)

    assert steps("nl") == steps("en")


def test_a_command_of_the_tutorial_that_fails_stops_it(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="check bestaat_niet: code 2"):
        les.told("```console\n$ koppelwijzer check bestaat_niet\n```\n", tmp_path)


def test_what_is_written_under_a_command_is_replaced_by_what_it_says(tmp_path: Path) -> None:
    page = "voor\n\n```console\n$ koppelwijzer --version\nkoppelwijzer 0.0.0\n```\n\nna\n"
    assert re.fullmatch(
        r"voor\n\n```console\n\$ koppelwijzer --version\nkoppelwijzer (?!0\.0\.0)\S+\n```\n\nna\n",
        les.told(page, tmp_path),
    )


def test_a_step_of_the_tutorial_that_does_not_exist_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="dans"):
        les.told("<!-- stap: dans -->\n", tmp_path)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_list_of_commands_names_each_with_all_its_options(lang: Lang) -> None:
    group = typer.main.get_group(app)
    sections = dict(re.findall(r"^## koppelwijzer ([^\n]+)\n(.*?)(?=^## |\Z)", opdrachten.written(lang), re.M | re.S))
    assert list(sections) == [" ".join(words) for words, _ in opdrachten.commands(group)]
    for words, command in opdrachten.commands(group):
        given = {option for p in command.params for option in [*p.opts, *p.secondary_opts] if option.startswith("--")}
        assert {option for option in given if not re.search(rf"{option}\b", sections[" ".join(words)])} == set()
    assert ("standaard: " in "".join(sections.values())) == (lang == "nl")
    assert all(("Gebruik:" if lang == "nl" else "Usage:") in section for section in sections.values())


@with_sphinx
def test_every_page_is_built_without_a_warning_in_its_own_language(site: Path) -> None:
    pages = {file.relative_to(ROOT / "docs").with_suffix(".html") for file in (ROOT / "docs").rglob("*.md")}
    assert [page for page in pages if not (site / page).is_file()] == []
    english = {
        "english",
        "quarter_of_an_hour",
        "method",
        "method-solver",
        "bewijs",
        "notebooks",
        "commands",
        "glossary",
        "review-api",
    }
    wrong = [p for p in pages if Tags(site / p).lang() != ("en" if p.stem in english else "nl")]
    assert wrong == []
    assert "On this page" in (site / "method.html").read_text(encoding="utf-8")
    assert "On this page" not in (site / "rapport.html").read_text(encoding="utf-8")


@with_sphinx
def test_no_page_fetches_anything(site: Path) -> None:
    fetched = [
        (file.name, address)
        for file in site.rglob("*.html")
        for tag, attributes in Tags(file).tags
        for address in [attributes.get("src") or (attributes.get("href") if tag == "link" else None)]
        if re.match(r"(https?:)?//", address or "")
    ]
    assert fetched == []
    styles = [css.read_text(encoding="utf-8", errors="replace") for css in site.rglob("*.css")]
    assert [
        found for style in styles for found in re.findall(r"(?:url\(|@import )['\"]?(?:https?:)?//[^)]*", style)
    ] == []


@with_sphinx
def test_a_gallery_that_lacks_pictures_says_so(site: Path) -> None:
    gallery = (site / "galerij.html").read_text(encoding="utf-8")
    assert 'alt="Het rapport"' in gallery
    assert "Daarom staan hier geen beelden, of niet alle." in gallery


@with_sphinx
@pytest.mark.parametrize("page", ["rapport.md", "gids.md"])
def test_a_link_that_leads_nowhere_breaks_the_build(page: str, tmp_path: Path) -> None:
    bouw_site.source(tmp_path / "pages", [])
    with (tmp_path / "pages" / page).open("a", encoding="utf-8") as text:
        text.write("\n[nergens](nergens.md)\n")
    assert bouw_site.build(tmp_path / "pages", tmp_path / "site") != 0


@with_sphinx
def test_a_page_that_nothing_leads_to_breaks_the_build(tmp_path: Path) -> None:
    bouw_site.source(tmp_path / "pages", [])
    (tmp_path / "pages" / "los.md").write_text("# Los\n", encoding="utf-8")
    assert bouw_site.build(tmp_path / "pages", tmp_path / "site") != 0


def _work(folder: Path) -> Path:
    for picture in beelden.PICTURES:
        file = folder / picture.file.replace("*", "een")
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".xlsx":
            openpyxl.Workbook().save(file)
        else:
            file.write_text("<p>Een bladzijde", encoding="utf-8")
    return folder


@pytest.mark.skipif(beelden.CHROMIUM is None, reason="needs the package chromium")
@pytest.mark.skipif(beelden.SOFFICE is None, reason="Debian package libreoffice-calc is missing")
@pytest.mark.skipif(beelden.PDFTOPPM is None, reason="Debian package poppler-utils is missing")
def test_pages_and_workbooks_become_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = [p for p in beelden.PICTURES if p.name in {"fouten", "rapport_smal"}]
    monkeypatch.setattr(beelden, "PICTURES", few)
    assert beelden.taken(_work(tmp_path / "work"), tmp_path / "to") == few
    assert [(tmp_path / "to" / f"{p.name}.png").read_bytes()[:4] for p in few] == [PNG, PNG]


def test_without_the_programs_there_are_no_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beelden, "CHROMIUM", None)
    monkeypatch.setattr(beelden, "PDFTOPPM", None)
    assert beelden.taken(_work(tmp_path / "work"), tmp_path / "to") == []
    assert list((tmp_path / "to").iterdir()) == []
