"""The trade-off of a month: every point keeps what it must, and the links are counted again from its file."""

import csv
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from optimizer.cli import main
from tests.proefbatch import AMSTERDAM, GRONINGEN, UTRECHT, ZWOLLE, baan, groep, huishouden, schrijf

Rows = list[dict[str, str]]
BATCH = groep(
    [
        huishouden("A", opvang_gemeente=GRONINGEN),
        huishouden("B", opvang_gemeente=GRONINGEN, aantal_personen=2),
        huishouden("C", opvang_gemeente=ZWOLLE),
        huishouden("D", opvang_gemeente=UTRECHT),
    ],
    {GRONINGEN: 3, AMSTERDAM: 3, ZWOLLE: 2, UTRECHT: 2},
    werk=[baan("D", UTRECHT)],
)
SETTINGS = """[parameters]
"afweging/ruimte" = [0, 0, 0.5, 0.5]
"afweging/tempo_regio" = [1, 1, 1]
"afweging/ruimte_banen" = [1]
"taakstelling/tempo_minste_personen" = 1
"""


def table(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def number(text: str) -> float:
    return float(text.replace(",", "."))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Rows]:
    root = tmp_path_factory.mktemp("afweging")
    source = schrijf(BATCH, root / "in", SETTINGS)
    assert main(["afweging", str(source), "--out", str(root / "uit")]) == 0
    assert {p.name for p in (root / "uit").iterdir()} == {
        "afweging.csv",
        "afweging_koppelingen.csv",
        "afweging_voorstellen.csv",
        "afweging.html",
        "run.json",
    }
    told = json.loads((root / "uit" / "run.json").read_text(encoding="utf-8"))
    assert list(told["tradeoff"]) == [row["punt"] for row in table(root / "uit" / "afweging.csv")]
    page = (root / "uit" / "afweging.html").read_text(encoding="utf-8")
    drawing = page.split('<svg class="weigh"')[1].split("</svg>")[0]
    named = re.findall(r'class="mark (\w+)"[^>]*/>\s*<text', drawing)
    assert sorted(named) == ["chosen", "jobs", "pace", "pace", "pace", "room", "room"]  # each point is named once
    assert len(re.findall('class="mark', drawing)) - len(named) == drawing.count('class="lead"') <= 7  # once a place
    legend = page.split('<ul class="legend-marks">')[1].split("</ul>")[0]
    assert re.findall(r'class="mark (\w+)"', legend) == ["chosen", "room", "jobs", "pace"]
    assert "http" not in page.replace("http://www.w3.org", "")
    return {name: table(root / "uit" / f"{name}.csv") for name in ("afweging", "afweging_koppelingen")}


def test_each_point_says_what_it_changes_and_keeps_what_it_says(found: Mapping[str, Rows]) -> None:
    rows = {row["punt"]: row for row in found["afweging"]}
    crossed = ["ruimte 0 % tempo 1", "ruimte 50 % tempo 1"]
    assert list(rows) == ["standaard", "ruimte 0 %", "ruimte 50 %", "tempo 1", *crossed, "banen 1"]
    assert {row["status"] for row in rows.values()} == {"proven"}
    highest = number(rows["ruimte 0 %"]["kans_werk"])
    for row in (rows["standaard"], rows["ruimte 50 %"]):
        share = number(row["ruimte_kans_werk"])
        assert number(row["kans_werk"]) >= highest - share * highest - 1e-4
    stays = [int(rows[name]["in_koppelregio"]) for name in ("ruimte 0 %", "standaard", "ruimte 50 %")]
    assert stays == sorted(stays)
    assert stays[0] < stays[-1]
    assert [number(row["tempo_regio"]) for row in rows.values()] == [0, 0, 0, 1, 1, 1, 0]
    assert number(rows["banen 1"]["ruimte_banen"]) == 1.0


def test_the_links_say_at_which_points_they_differ(found: Mapping[str, Rows]) -> None:
    links = found["afweging_koppelingen"]
    assert [row["huishouden_id"] for row in links] == ["A", "B", "C", "D"]
    for point in found["afweging"]:
        same = sum(point["punt"] not in row["anders_bij"].split(", ") for row in links)
        assert same == int(point["gelijk"])
    assert all((row["overal_gelijk"] == "ja") == (row["anders_bij"] == "" and row["gemeenten"] == "1") for row in links)


def test_a_policy_without_a_chance_of_work_has_nothing_to_weigh(tmp_path: Path) -> None:
    source = schrijf(BATCH, tmp_path / "in")
    assert main(["afweging", str(source), "--policy", "handmatig", "--out", str(tmp_path / "uit")]) == 2
    assert not (tmp_path / "uit").exists()


def test_english_and_an_outcome_that_stands_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = schrijf(BATCH, tmp_path / "in", SETTINGS)
    order = ["afweging", str(source), "--lang", "en", "--csv-en", "--out", str(tmp_path / "uit")]
    assert main(order) == 0
    assert "in region" in capsys.readouterr().out
    assert "What costs what?" in (tmp_path / "uit" / "afweging.html").read_text(encoding="utf-8")
    assert main(order) == 7
