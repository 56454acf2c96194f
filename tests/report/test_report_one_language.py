"""Whoever reads Dutch reads no English, and the other way round: in pages, workbooks, tables and on the screen."""

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from geodata.gemeenten import load_gemeenten
from geodata.wording import Lang
from optimizer.cli import main
from optimizer.rules.parameters import load
from tests.proefbatch import PEILDATUM

KLEIN = Path(__file__).parents[2] / "inputs" / "klein"
#: Words that a sentence of a language can hardly do without, and that are no word of the other one or of a name.
DUTCH = "het een niet geen wordt worden zijn voor naar bij wie deze omdat ook elke alle huishouden huishoudens banen"
ENGLISH = "the and with which that are from this these each household households jobs municipality not only than they"
OTHERS: dict[Lang, str] = {"en": DUTCH, "nl": ENGLISH}
#: What stays in its own language: names of columns, sheets and files, codes, commands, titles of laws and reports,
#: names of places.
CODES = re.compile(
    r"column is called \w+|Sheet \w+|--voor gemeente|\b(?:achter|voor) [\d.]+|"
    r"<code[^>]*>.*?</code>|<style>.*?</style>|https?://\S+|\S+\.(?:csv|py|md|toml|json|npy|xlsx|gz)",
    re.S,
)


def untranslated() -> list[str]:
    """Titles of laws and reports, and names of places, the longest first."""
    rules = load(PEILDATUM)
    titles = {value.source.title for p in rules.catalogue.values() for value in p.values if not value.source.title_en}
    table = load_gemeenten()
    names = {*table.naam.tolist(), *table.koppelregio.tolist(), *table.arbeidsmarktregio_naam.tolist()}
    return sorted({*titles, *names}, key=len, reverse=True)


def pieces(folder: Path) -> Iterator[tuple[str, str]]:
    """Every piece of text that a person reads in the files of a run, with the file."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".html":
            text = CODES.sub(" ", path.read_text(encoding="utf-8"))
            spoken = re.findall(r'(?:aria-label|title|alt|data-label)="([^"]*)"', text)
            yield from ((path.name, html.unescape(piece)) for piece in [*re.split(r"<[^>]+>", text), *spoken])
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                for name in book.namelist():
                    if "sharedStrings" in name or "comments" in name:
                        found = re.findall(r"<t[^>]*>(.*?)</t>", book.read(name).decode(), re.S)
                        yield from ((f"{path.name}/{name}", html.unescape(piece)) for piece in found)
        elif path.suffix == ".csv":
            for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]:
                yield from ((path.name, cell) for cell in line.split(";") if " " in cell)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_nobody_reads_the_other_language(lang: Lang, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "uit"
    code = main(["run", str(KLEIN), "--out", str(out), "--lang", lang, "--voor", "gemeente", "--draws", "4"])
    assert code in {0, 4, 5}
    screen = capsys.readouterr()
    main(["rules", "--at", str(PEILDATUM), "--lang", lang])
    listed = capsys.readouterr().out
    own = untranslated()
    other = re.compile(rf"\b(?:{'|'.join(OTHERS[lang].split())})\b", re.IGNORECASE)
    wrong = []
    on_screen = [("screen", line) for line in (screen.out + screen.err + listed).splitlines()]
    for where, piece in [*pieces(out), *on_screen]:
        text = CODES.sub(" ", piece)
        if not other.search(text):
            continue
        for name in own:
            text = text.replace(name, " ")
        found = other.findall(text)
        if found:
            wrong.append((where, found, piece.strip()[:200]))
    assert not wrong, f"{len(wrong)}: {wrong[:12]}"


def test_every_assumption_of_ours_is_told_in_english_too() -> None:
    folder = Path(__file__).parents[2] / "optimizer" / "rules" / "parameters"
    for path in sorted(folder.rglob("*.yaml")):
        for since, value in yaml.safe_load(path.read_text(encoding="utf-8"))["values"].items():
            source = value["source"]
            if source["title"].startswith("Aanname van Koppelwijzer"):
                assert source.get("title_en", "").startswith("Assumption of Koppelwijzer"), (path.name, since)
