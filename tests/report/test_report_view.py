"""A map shows the region that a group is about with its neighbours, and a page fits a telephone of 320 px."""

import re
import subprocess
from html import escape
from pathlib import Path

import numpy as np
import pytest

from geodata.gemeenten import load_gemeenten
from optimizer.report.drawing import HEIGHT, WIDTH, ground
from optimizer.report.maps import view_of
from tests.report import report_builder as build
from tests.report.test_report_alderman import CHROMIUM
from tests.report.test_report_alderman import page as alderman
from tests.report.test_report_page import Page, compared, rendered

G = load_gemeenten()
#: What a browser says of a page in a frame: how many things on it are wider than the frame.
WIDER = """<script>
parent.document.title = "WIDE=" + [document.documentElement, ...document.querySelectorAll(".scroll, pre")]
.filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0).length</script>"""
#: No window of a browser is as narrow as a telephone; a frame is, and the rules for narrow screens hold in it.
FRAME = '<!DOCTYPE html><title>x</title><iframe width="320" height="2000" style="border:0" srcdoc="{}"></iframe>'


def test_a_group_in_one_region_gets_that_region_with_its_neighbours_and_the_names_of_provinces() -> None:
    for region in np.unique(G.koppelregio):
        codes = G.code[G.koppelregio == region].tolist()
        bounds = ground(build.PEILDATUM).grenzen[G.koppelregio == region]
        bounds = bounds[~np.isnan(bounds).any(axis=1)]
        view = view_of(codes, build.PEILDATUM)
        assert view.left <= bounds[:, 0].min() + 1e-6
        assert view.top <= bounds[:, 1].min() + 1e-6
        assert view.left + view.width >= bounds[:, 2].max() - 1e-6
        assert view.top + view.height >= bounds[:, 3].max() - 1e-6
        assert view.width / view.height == pytest.approx(WIDTH / HEIGHT)
        assert view.names
    one = view_of(["GM0344"], build.PEILDATUM)
    assert one.width < 0.25 * WIDTH
    assert "Utrecht" in {name for name, _, _ in one.names}


def test_a_group_all_over_the_country_gets_the_country_with_every_province() -> None:
    for codes in (G.code.tolist(), ["GM0014", "GM0935"], []):
        view = view_of(codes, build.PEILDATUM)
        assert (view.left, view.top, view.width, view.height) == (0.0, 0.0, WIDTH, HEIGHT)
        assert {name for name, _, _ in view.names} == set(G.provincie.tolist())


def test_every_heading_of_a_table_says_something_and_every_command_can_be_reached_with_the_keyboard() -> None:
    b = build.batch()
    for html in (rendered(b, build.voorstel(b), build.comparison()), compared(b)):
        assert not re.search(r"<th[^>]*>\s*</th>", html)
        assert all(tag.get("tabindex") == "0" for name, tag in Page(html).tags if name == "pre")


@pytest.mark.skipif(CHROMIUM is None, reason="needs the package chromium")
@pytest.mark.parametrize("which", ["run", "compare", "alderman"])
def test_nothing_is_wider_than_a_screen_of_320_px(which: str, tmp_path: Path) -> None:
    b = build.batch()
    v = build.voorstel(b)
    html = {
        "run": lambda: rendered(b, v, build.comparison()),
        "compare": lambda: compared(b),
        "alderman": lambda: alderman(v, b),
    }[which]()
    source = tmp_path / "page.html"
    opened = html.replace("<details>", "<details open>")
    source.write_text(FRAME.format(escape(opened.replace("</body>", f"{WIDER}</body>"))), encoding="utf-8")
    assert CHROMIUM is not None
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=800,2000", "--dump-dom"]
    done = subprocess.run([CHROMIUM, *options, source.as_uri()], check=True, capture_output=True, timeout=300)
    assert re.findall(r"<title>WIDE=(\d+)</title>", done.stdout.decode()) == ["0"]
