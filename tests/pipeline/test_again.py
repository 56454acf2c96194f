"""A finished run opens again as the problem that it answered, and not where anything of it has changed."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from optimizer.cli import main
from optimizer.decide import decide
from optimizer.errors import Gebruiksfout, Geweigerd
from optimizer.pipeline.again import reopen
from tests.proefbatch import AMERSFOORT, UTRECHT, baan, groep, huishouden, schrijf

GROEP = groep(
    [huishouden("H1"), huishouden("H2", aantal_personen=2), huishouden("H3"), huishouden("H4", aantal_personen=9)],
    {UTRECHT: 2, AMERSFOORT: 2},
    werk=[baan("H3", UTRECHT)],
)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run of a small batch, made with options that the receipt must remember."""
    schrijf(GROEP, tmp_path / "in")
    options = ["--seed", "3", "--bekend", "0.9", "--policy", "straal50", "--peildatum", "2026-09-15", "--draws", "2"]
    assert main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "uit"), *options]) == 4
    return tmp_path / "uit"


def test_what_is_opened_again_is_what_was_decided(run: Path) -> None:
    opened = reopen(run)
    assert (opened.in_force.beleid.naam, opened.in_force.seed, opened.in_force.bekend) == ("straal50", 3, 0.9)
    assert opened.in_force.parameters.peildatum.isoformat() == "2026-09-15"
    again = decide(opened.problem)
    assert np.array_equal(again.gemeente, opened.answer.gemeente)
    assert (opened.answer.gemeente < 0).any()
    assert again.niveaus == opened.answer.niveaus
    assert opened.case.facts is opened.problem.facts


def test_what_the_user_gives_goes_before_the_receipt(run: Path) -> None:
    opened = reopen(run, {"policy": "kansrijk", "seed": 0, "bekend": None})
    assert (opened.in_force.beleid.naam, opened.in_force.seed, opened.in_force.bekend) == ("kansrijk", 0, 0.9)


def test_another_input_is_refused_and_named(run: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "in")
    schrijf(groep([huishouden("H1")], {UTRECHT: 2}), tmp_path / "in")
    with pytest.raises(Geweigerd, match=r"huishoudens\.csv"):
        reopen(run)


def test_an_input_that_moved_is_found_where_the_user_says(run: Path, tmp_path: Path) -> None:
    (tmp_path / "in").rename(tmp_path / "elders")
    with pytest.raises(Geweigerd, match="niet te vinden"):
        reopen(run)
    assert (reopen(run, {"source": tmp_path / "elders"}).answer.gemeente >= -1).all()


def test_an_edited_proposal_is_refused(run: Path) -> None:
    (run / "voorstel.csv").write_text((run / "voorstel.csv").read_text("utf-8-sig").replace("GM0344", "GM0307"))
    with pytest.raises(Geweigerd, match="veranderd"):
        reopen(run)


def test_an_edited_receipt_is_refused(run: Path) -> None:
    text = (run / "run.json").read_text("utf-8")
    (run / "run.json").write_text(text.replace('"seed": 3', '"seed": 4'), "utf-8")
    with pytest.raises(Geweigerd, match=r"run\.json' is veranderd"):
        reopen(run)


def test_decisions_that_were_put_beside_a_run_are_refused(run: Path) -> None:
    (run / "besluiten.csv").write_text("huishouden_id;besluit;gemeente;reden;nieuw\n", "utf-8")
    with pytest.raises(Geweigerd, match=r"besluiten\.csv' is veranderd"):
        reopen(run)


def test_what_is_no_run_with_a_proposal_is_refused(run: Path, tmp_path: Path) -> None:
    assert main(["compare", str(tmp_path / "in"), "--policies", "straal50", "--out", str(tmp_path / "v")]) == 0
    (run / "voorstel.csv").unlink()
    for folder in (tmp_path / "v", run):
        with pytest.raises(Geweigerd, match="geen run met een voorstel"):
            reopen(folder)
    shutil.rmtree(run)
    with pytest.raises(Gebruiksfout, match="bestaat niet"):
        reopen(run)
