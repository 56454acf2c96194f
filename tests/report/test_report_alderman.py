"""The page for an alderman: one A4 whatever the month, what is lost by place and cause, what needs a decision."""

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from geodata.gemeenten import load_gemeenten
from geodata.wording import Lang
from optimizer.domain.batch import Batch
from optimizer.domain.voorstel import Voorstel
from optimizer.report.alderman_page import MOST_LOST, render_alderman
from optimizer.report.receipt import run_receipt
from tests.report import report_builder as build
from tests.report.test_report_page import Page

#: The test of the layout itself needs a browser.
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def page(voorstel: Voorstel, batch: Batch, lang: Lang = "nl", *, compared: bool = True) -> str:
    told = run_receipt(voorstel, batch, build.parameters(), command=["koppelwijzer"], policy={}, answer=b"")
    return render_alderman(voorstel, told, build.comparison() if compared else None, lang)


def lost(voorstel: Voorstel, count: int) -> Voorstel:
    """The proposal with a number of lost jobs, each in another municipality."""
    codes = load_gemeenten().code.tolist()
    banen = pd.concat([voorstel.banen] * (1 + count // len(voorstel.banen)), ignore_index=True)
    return replace(
        voorstel,
        banen=banen.assign(
            werk_gemeente=[codes[i % len(codes)] for i in range(len(banen))],
            uitkomst=["verloren_regel" if i < count else "binnen_50km" for i in range(len(banen))],
            oorzaak=["geen_plek" if i < count else "" for i in range(len(banen))],
        ),
    )


@pytest.fixture(scope="module")
def batch() -> Batch:
    return build.batch()


@pytest.fixture(scope="module")
def voorstel(batch: Batch) -> Voorstel:
    return build.voorstel(batch)


def test_lost_jobs_stand_there_by_place_with_their_cause_and_add_up(batch: Batch, voorstel: Voorstel) -> None:
    for count in (0, 1, 13, 40):
        made = lost(voorstel, count)
        text = Page(page(made, batch)).text
        assert f"Wat gaat verloren? {count} {'baan' if count == 1 else 'banen'}" in text
        left = count - min(count, MOST_LOST)
        assert (f"En nog {left} banen elders" in text) == (left > 0)
        shown = len(re.findall("Geen plek binnen de straal", text))
        assert shown == min(count, MOST_LOST)
    names = Counter(lost(voorstel, 13).banen.query("uitkomst == 'verloren_regel'")["werk_gemeente"])
    table = load_gemeenten()
    assert all(str(table.naam[table.index[code]]) in Page(page(lost(voorstel, 13), batch)).text for code in names)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_it_shows_no_private_ground_and_no_missing_value(batch: Batch, voorstel: Voorstel, lang: Lang) -> None:
    for compared in (True, False):
        text = Page(page(voorstel, batch, lang, compared=compared).partition("</style>")[2]).text
        assert not re.search(r"medisch|gezin|medical|family|\bnan\b|None|\{", text)


@pytest.mark.skipif(CHROMIUM is None, reason="needs the package chromium")
@pytest.mark.parametrize(("count", "lang"), [(0, "nl"), (40, "nl"), (200, "en")])
def test_it_prints_on_exactly_one_a4(batch: Batch, voorstel: Voorstel, tmp_path: Path, count: int, lang: Lang) -> None:
    source, printed = tmp_path / "w.html", tmp_path / "w.pdf"
    source.write_text(page(lost(voorstel, count), batch, lang), encoding="utf-8")
    assert CHROMIUM is not None
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={printed}"]
    subprocess.run([CHROMIUM, *options, source.as_uri()], check=True, capture_output=True, timeout=300)
    content = printed.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]", content)
