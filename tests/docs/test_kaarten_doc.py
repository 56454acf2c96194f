"""docs/kaarten.md names every command of geo with its options, every measure, section and layer, and true distances."""

import re
from pathlib import Path

import pytest
import typer

from geodata.areas import thiessen
from geodata.distance import MEASURES, between
from geodata.mapareas import MapAreas
from geodata.road import fit
from optimizer.cli import options
from optimizer.cli.geo import app
from optimizer.domain.finished import RunFolder
from optimizer.report.language import load
from optimizer.report.layers import layers
from optimizer.report.maps_page import SECTIONS
from tests.report import report_builder as build

DOC = (Path(__file__).parents[2] / "docs" / "kaarten.md").read_text(encoding="utf-8")
GROUP = typer.main.get_group(app)
#: Options that work the same in every command and are explained with it.
GENERAL = {"--help", "--json"}


@pytest.mark.parametrize("name", ["distance", "refresh", "map", "export"])
def test_every_command_is_documented_with_its_options(name: str) -> None:
    command = GROUP.commands[name]
    assert f"koppelwijzer geo {name}" in DOC
    given = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
    assert {option for option in given - GENERAL if option not in DOC} == set()


def test_every_measure_can_be_chosen_and_is_documented() -> None:
    assert {m.value for m in options.Maat} == set(MEASURES)
    assert all(f"| `{measure}` |" in DOC for measure in MEASURES)


def test_the_distances_of_the_example_are_true() -> None:
    found = re.findall(r"geo distance Vlissingen Sluis(?: --measure (\w+))? +# ([\d,]+) km", DOC)
    assert [(m, f"{between('GM0718', 'GM1714', m or 'straight'):.1f}".replace(".", ",")) for m, _ in found] == found


def test_the_errors_of_the_roads_are_those_that_the_judge_of_the_roads_finds() -> None:
    said = [(int(n), int(error)) for n, error in re.findall(r"Op (\d+) routes [^.]*?gemiddeld (\d+) %", DOC)]
    assert said == [(f.routes, round(100 * f.mean_abs)) for f in (fit("kalibratie"), fit("toets"))]


def test_every_map_and_every_layer_is_documented() -> None:
    titles = [str(load("nl")(f"{section}.titel")) for section in SECTIONS]
    assert [title for title in titles if f"| {title} |" not in DOC] == []
    v = build.voorstel(build.batch(5))
    made = layers(
        RunFolder(v.voorstel, v.banen, v.taakstelling, {"peildatum": "2026-10-01"}), MapAreas(thiessen(), None)
    )
    assert [name for name in made if f"| `{name}` |" not in DOC] == []
