"""wis: no row about anybody stays, what stays still verifies, and a killed process leaves the old or the erased run."""

import json
import os
import re
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from optimizer.cli import main
from optimizer.domain.wissen import BLIJFT
from optimizer.pipeline.wis import later

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wis") / "run"
    assert main(["run", "inputs/klein", "--out", str(folder), "--voor", "gemeente"]) in {0, 4}
    return folder


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Path:
    """A run of its own: the files with the stamps that the disk keeps with them."""
    subprocess.run(["cp", "-a", str(made), str(tmp_path / "run")], check=True)
    return tmp_path / "run"


def names(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {".koppelwijzer"}


def test_without_yes_nothing_is_erased_and_all_is_told(run: Path, capsys: Capture) -> None:
    before = names(run)
    assert main(["wis", str(run)]) == 7
    told = capsys.readouterr().out
    assert names(run) == before
    assert "Gewist wordt: banen.csv" in told
    assert "tot en met 1 oktober 2027" in told
    assert "geef dan --ja" in told


def test_no_row_about_anybody_stays_and_what_stays_verifies(run: Path, capsys: Capture) -> None:
    receipt = (run / "run.json").read_bytes()
    assert main(["wis", str(run), "--ja", "--datum", "2027-10-02", "--reden", "verzoek"]) == 0
    assert names(run) == {"run.json", "gewist.json", "taakstelling.csv", "prognose.csv"}
    assert (run / "run.json").read_bytes() == receipt
    note = json.loads((run / "gewist.json").read_text())
    assert (note["datum"], note["reden"], note["bewaren_tot"]) == ("2027-10-02", "verzoek", "2027-10-01")
    assert set(note["gewist"]) == set(json.loads(receipt)["files"]) - BLIJFT | {"voorstel.csv"}
    for path in run.rglob("*"):
        assert not re.search(rb"\b[HPB]\d{4}\b", path.read_bytes()), path.name
    assert [p.name for p in run.parent.iterdir()] == ["run"]
    capsys.readouterr()
    assert main(["verify", str(run)]) == 0
    assert "Deze run is gewist op 2 oktober 2027" in capsys.readouterr().out
    assert main(["verify", str(run), "--lang", "en", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["overtredingen"] == []


@pytest.mark.parametrize("what", ["row", "count", "receipt", "note", "gone", "unreadable"])
def test_an_erased_run_that_was_changed_is_found(what: str, run: Path) -> None:
    assert main(["wis", str(run), "--ja"]) == 0
    if what == "row":
        (run / "voorstel.csv").write_text("huishouden_id;gemeente\nH0001;GM0344\n")
    if what == "count":
        (run / "taakstelling.csv").write_bytes((run / "taakstelling.csv").read_bytes().replace(b"0", b"1"))
    if what == "receipt":
        told = json.loads((run / "run.json").read_text())
        (run / "run.json").write_text(json.dumps(told | {"seed": 3}))
    if what == "note":
        note = json.loads((run / "gewist.json").read_text())
        note["gewist"].pop("banen.csv")
        (run / "gewist.json").write_text(json.dumps(note))
    if what == "gone":
        (run / "prognose.csv").unlink()
    if what == "unreadable":
        (run / "gewist.json").write_text("[")
    assert main(["verify", str(run)]) == 6


def test_a_comparison_keeps_its_counts_and_loses_its_links(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    words = ["--policies", "loting,handmatig", "--draws", "5", "--out", str(folder)]
    assert main(["compare", "inputs/klein", *words]) in {0, 4, 5}
    assert main(["wis", str(folder), "--ja"]) == 0
    assert "beleidsvergelijking.csv" in names(folder)
    assert not {"koppelingen.csv", "rapport.html", "winnaars.csv"} & names(folder)
    assert main(["verify", str(folder)]) == 0


def test_what_is_not_ours_or_was_changed_is_refused(run: Path, capsys: Capture) -> None:
    (run / "notitie.txt").write_text("van mij")
    assert main(["wis", str(run), "--ja"]) == 7
    assert "notitie.txt" in capsys.readouterr().err
    (run / "notitie.txt").unlink()
    (run / "banen.csv").write_text("veranderd")
    assert main(["wis", str(run), "--ja"]) == 7
    assert main(["wis", "inputs/klein", "--ja"]) == 2
    assert (run / "voorstel.csv").is_file()


def test_other_commands_say_that_a_run_was_erased(run: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(["wis", str(run), "--ja"]) == 0
    for words in (
        ["wis", str(run)],
        ["explain", str(run), "H0001"],
        ["brieven", str(run), "--out", str(tmp_path / "b")],
    ):
        capsys.readouterr()
        assert main(words) == 7
        assert "gewist" in capsys.readouterr().err


def test_a_killed_process_leaves_the_old_or_the_erased_run(made: Path, tmp_path: Path) -> None:
    """The process is killed right before and right after the names change places, and while it writes."""
    for step, left in (("write_text", False), ("before", False), ("after", True)):
        run = tmp_path / step / "run"
        run.parent.mkdir()
        subprocess.run(["cp", "-a", str(made), str(run)], check=True)
        program = f"""
import os, signal, sys
from optimizer.publish import write
from optimizer.pipeline import wis
die = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
right = write.swap
def swap(*places):
    if {step!r} == "after": right(*places)
    die()
if {step!r} == "write_text": wis.json.dumps = die
else: write.swap = swap
from optimizer.cli import main
main(["wis", {str(run)!r}, "--ja"])
"""
        ended = subprocess.run([sys.executable, "-c", program], check=False, env={**os.environ, "OMP_NUM_THREADS": "1"})
        assert ended.returncode == -signal.SIGKILL
        assert (run / "gewist.json").is_file() is left
        assert (run / "voorstel.csv").is_file() is not left
        assert main(["verify", str(run)]) in {0, 4}
        assert main(["wis", str(run), "--ja"]) == (7 if left else 0)
        assert [p.name for p in run.parent.iterdir()] == ["run"], "nothing about people stays under a hidden name"


def test_a_term_ends_on_the_same_day_of_the_month_or_its_last() -> None:
    days = {(date(2026, 12, 31), 2): date(2027, 2, 28), (date(2026, 1, 15), 12): date(2027, 1, 15)}
    assert {key: later(*key) for key in days} == days
