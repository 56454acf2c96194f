"""Every command that writes keeps the same promises about places, with the same codes."""

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from optimizer.cli import main

KLEIN = Path(__file__).parents[2] / "inputs" / "klein"
QUICK = ["--policy", "handmatig", "--policies", "handmatig"]
#: What writes, without where; {run} is a finished run.
FOLDERS = {
    "run": ["run", str(KLEIN), *QUICK, "--out"],
    "compare": ["compare", str(KLEIN), "--policies", "handmatig", "--out"],
    "generate": ["generate", "--huishoudens", "300"],
    "export": ["geo", "export", "{run}", "--out"],
}
FILES = {
    "sjabloon": ["sjabloon"],
    "taakstelling": ["taakstelling", "--halfjaar", "2026-1", "--out"],
    "matrix": ["geo", "distance", "--matrix"],
    "geopackage": ["geo", "export", "{run}", "--out"],
}
SUFFIX = {"sjabloon": ".xlsx", "geopackage": ".gpkg"}
ALL = {**FOLDERS, **FILES}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("finished") / "run"
    assert main([*FOLDERS["run"], str(place)]) == 0
    return place


def writes(name: str, run: Path, out: Path, *more: str) -> list[str]:
    return [word.replace("{run}", str(run)) for word in ALL[name]] + [f"{out}{SUFFIX.get(name, '')}", *more]


def tree(root: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() if p.is_file() else b"" for p in sorted(root.rglob("*"))}


@pytest.mark.parametrize("name", ALL)
def test_a_place_that_cannot_be_written_is_code_2_and_nothing_is_left(
    name: str, run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "dead").symlink_to("gone")
    before = tree(tmp_path)
    for out in (tmp_path / "file" / "x", tmp_path / "dead" / "x", tmp_path / ("x" * 300)):
        for more in ((), ("--force",)):
            assert main(writes(name, run, out, *more)) == 2
            assert "kan niet worden geschreven" in capsys.readouterr().err
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", ALL)
def test_what_somebody_has_is_code_7_also_with_force(
    name: str, run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for stem, suffix in (("mine", SUFFIX.get(name, "")), ("map", SUFFIX.get(name, ""))):
        place = tmp_path / f"{stem}{suffix}"
        if stem == "mine":
            place.write_text("mine")
        else:
            place.mkdir()
            (place / "run.json").write_text("{}")
    before = tree(tmp_path)
    for stem in ("mine", "map"):
        for more in ((), ("--force",)):
            assert main(writes(name, run, tmp_path / stem, *more)) == 7
            assert "bestaat al" in capsys.readouterr().err
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", ["generate", "sjabloon", "taakstelling", "matrix", "geopackage", "export"])
def test_what_we_made_is_replaced_with_force_until_somebody_changes_it(name: str, run: Path, tmp_path: Path) -> None:
    commands = [writes(name, run, tmp_path / "x", *more) for more in ([], [], ["--force"])]
    assert [main(command) for command in commands] == [0, 7, 0]
    made = next(tmp_path.glob("x*"))
    changed = made if made.is_file() else next(p for p in sorted(made.iterdir()))
    changed.write_bytes(changed.read_bytes() + b"\n")
    before = tree(tmp_path)
    assert main(commands[2]) == 7
    assert tree(tmp_path) == before


def test_a_run_with_something_of_somebody_is_kept(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = shutil.copytree(run, tmp_path / "run")
    (mine / "besluiten.csv").write_text("huishouden_id;besluit\n")
    before = tree(mine)
    assert main([*FOLDERS["run"], str(mine), "--force"]) == 7
    assert "besluiten.csv" in capsys.readouterr().err
    assert tree(mine) == before


def test_an_input_is_never_replaced_whatever_lies_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = shutil.copytree(KLEIN, tmp_path / "work" / "batch")
    (batch / "run.json").write_text("{}")
    (tmp_path / "link").symlink_to(batch)
    before = tree(tmp_path)
    for out in (batch, batch.parent, tmp_path, tmp_path / "link", Path("/")):
        for command in (["run", str(batch), *QUICK], ["compare", str(tmp_path / "link"), "--policies", "handmatig"]):
            assert main([*command, "--out", str(out), "--force"]) == 7
            assert "invoer" in capsys.readouterr().err
    assert main(["generate", str(batch), "--huishoudens", "5", "--force"]) == 7
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for here in (".", ""):
        assert main(["run", str(batch), *QUICK, "--out", here]) == 7
        assert "U staat nu zelf" in capsys.readouterr().err
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here").rmdir()
    assert tree(tmp_path) == before


def test_a_generated_batch_is_no_run_and_a_run_is_no_batch(run: Path, tmp_path: Path) -> None:
    batch = tmp_path / "batch"
    assert main(["generate", str(batch), "--huishoudens", "5"]) == 0
    assert main([*FOLDERS["run"], str(batch), "--force"]) == 7
    assert main(["generate", str(shutil.copytree(run, tmp_path / "run")), "--huishoudens", "5", "--force"]) == 7


def test_a_comparison_takes_the_place_of_a_comparison_and_of_no_run(run: Path, tmp_path: Path) -> None:
    before, compared = tree(run), [*FOLDERS["compare"], str(tmp_path / "vergeleken")]
    assert main([*FOLDERS["compare"], str(run), "--force"]) == 7
    assert tree(run) == before
    assert main(compared) == 0
    assert main([*compared, "--force"]) == 0
    assert main([*FOLDERS["run"], str(tmp_path / "vergeleken"), "--force"]) == 7


def test_the_state_and_the_table_of_distances_are_inputs_too(tmp_path: Path) -> None:
    table, state = tmp_path / "m.csv", tmp_path / "s.csv"
    assert main(["geo", "distance", "--matrix", str(table)]) == 0
    assert main(["geo", "distance", "--afstanden", str(table), "--matrix", str(table), "--force"]) == 7
    state.write_text("gemeente;achterstand\nZwolle;1\n")
    assert main(["taakstelling", "--halfjaar", "2026-1", "--stand", str(state), "--out", str(state), "--force"]) == 7


@pytest.mark.parametrize("name", ["run", "generate", "sjabloon", "taakstelling", "matrix", "geopackage", "export"])
def test_a_disk_that_is_full_is_code_2_and_keeps_what_was_there(name: str, run: Path, tmp_path: Path) -> None:
    out = tmp_path / "x"
    assert main(writes(name, run, out)) in {0, 4}
    before = tree(tmp_path)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    for place, more in ((out, ["--force"]), (tmp_path / "y", [])):
        done = subprocess.run(
            [sys.executable, "-m", "optimizer.cli", *writes(name, run, place, *more)],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=limit,
        )
        assert (done.returncode, "kan niet worden geschreven" in done.stderr) == (2, True), done.stderr
        assert tree(tmp_path) == before


def test_a_name_that_is_no_text_is_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    strange = os.fsdecode(b"\xff")
    assert main(["check", strange]) == main(["run", str(KLEIN), "--out", strange]) == 2
    assert "tekens die niet kunnen" in capsys.readouterr().err
    assert main(["check", strange, "--lang", "en"]) == 2
    assert "not possible" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["x" * 5000, "lus", "batch.csv/x"])
def test_an_input_that_cannot_be_looked_at_is_code_2(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lus").symlink_to("lus")
    Path("batch.csv").touch()
    assert main(["check", name]) == 2
    assert len(capsys.readouterr().err) < 600
    assert main(["run", name, "--out", "o"]) == 2


def test_a_folder_that_is_gone_under_ones_feet_is_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert main(["run", str(KLEIN), *QUICK, "--out", "o"]) == 2
    assert "de map waarin u staat is er niet meer" in capsys.readouterr().err
    monkeypatch.chdir(tmp_path)
