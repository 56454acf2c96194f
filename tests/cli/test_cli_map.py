"""Maps and layers of a finished run, from the command line."""

import shutil
from pathlib import Path

import pytest

from optimizer.cli import main

KLEIN = Path(__file__).parents[2] / "inputs" / "klein"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kaarten") / "run"
    assert main(["run", str(KLEIN), "--policies", "handmatig", "--out", str(folder)]) == 0
    return folder


def test_the_maps_come_beside_the_run_and_read_nothing_else(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    moved = shutil.copytree(finished, tmp_path / "run")
    monkeypatch.chdir(tmp_path)
    before = sorted(p.name for p in moved.iterdir())
    assert main(["geo", "map", "run"]) == 0
    assert Path(capsys.readouterr().out.strip()) == Path("run-kaarten") / "kaarten.html"
    assert "Kaarten bij een voorstel" in (tmp_path / "run-kaarten" / "kaarten.html").read_text("utf-8")
    assert sorted(p.name for p in moved.iterdir()) == before


def test_a_workplace_may_be_asked_for_by_name_and_the_page_in_english(finished: Path, tmp_path: Path) -> None:
    assert main(["geo", "map", str(finished), "--out", str(tmp_path), "--werk", "Den Haag", "--lang", "en"]) == 0
    assert "who work in &#39;s-Gravenhage" in (tmp_path / "kaarten.html").read_text("utf-8")


def test_maps_that_are_there_are_not_overwritten_without_force(
    finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = ["geo", "map", str(finished), "--out", str(tmp_path)]
    assert [main(again), main(again), main([*again, "--force"])] == [0, 7, 0]
    (tmp_path / "kaarten.html").write_text("van mij", "utf-8")
    for more in ([], ["--force"]):
        capsys.readouterr()
        assert main([*again, *more]) == 7
        assert "bestaat al" in capsys.readouterr().err
        assert (tmp_path / "kaarten.html").read_text("utf-8") == "van mij"


@pytest.mark.parametrize("command", [["map"], ["export", "--out", "uit.gpkg"]])
def test_a_folder_that_is_no_run_ends_in_a_sentence(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["geo", command[0], str(KLEIN), *command[1:]]) == 2
    assert "staat geen run: er is geen run.json" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_workplace_ends_in_a_sentence(
    finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["geo", "map", str(finished), "--out", str(tmp_path), "--werk", "Bergen"]) == 2
    assert "Bergen (NH.)" in capsys.readouterr().err


def test_a_run_is_exported_as_a_geopackage_or_as_a_folder(finished: Path, tmp_path: Path) -> None:
    assert main(["geo", "export", str(finished), "--out", str(tmp_path / "run.gpkg")]) == 0
    assert main(["geo", "export", str(finished), "--out", str(tmp_path / "lagen")]) == 0
    assert (tmp_path / "run.gpkg").read_bytes()[:15] == b"SQLite format 3"
    assert {p.name for p in (tmp_path / "lagen").iterdir()} == {
        "gemeenten.parquet",
        "banen.parquet",
        "verhuizingen.parquet",
    }


@pytest.mark.parametrize("name", ["run.gpkg", "lagen"])
def test_an_export_that_is_there_is_not_overwritten_without_force(finished: Path, tmp_path: Path, name: str) -> None:
    assert main(["geo", "export", str(finished), "--out", str(tmp_path / name)]) == 0
    assert main(["geo", "export", str(finished), "--out", str(tmp_path / name)]) == 7
    assert main(["geo", "export", str(finished), "--out", str(tmp_path / name), "--force"]) == 0


def test_an_export_to_a_place_that_cannot_be_written_ends_in_a_sentence(
    finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bestand").write_text("x")
    for name in ("run.gpkg", "lagen"):
        assert main(["geo", "export", str(finished), "--out", str(tmp_path / "bestand" / name)]) == 2
    assert capsys.readouterr().err.count("kan niet worden geschreven") == 2
