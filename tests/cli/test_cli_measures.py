"""The measure of distance, from the command line to the receipt and back to the judge."""

import json
import shutil
from pathlib import Path

import pytest

from geodata.distance import matrix, write_matrix
from geodata.matrixfile import write_rows
from optimizer.cli import main
from tests.geodata.tests_bureau import Bureau, bureau

__all__ = ["bureau"]

KLEIN = Path(__file__).parents[2] / "inputs" / "klein"


@pytest.fixture(scope="module")
def by_road(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the small month with a table of distances of the user's own: those by road."""
    folder = tmp_path_factory.mktemp("weg")
    write_matrix(folder / "weg.csv", "road")
    arguments = [
        "run",
        str(KLEIN),
        "--afstanden",
        str(folder / "weg.csv"),
        "--out",
        str(folder / "run"),
        "--draws",
        "2",
    ]
    assert main(arguments) == 0
    return folder


def told(folder: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / "run" / "run.json").read_text("utf-8"))["distances"]
    return found


def linked(folder: Path) -> dict[str, str]:
    """Name the municipality that a run proposes for each household."""
    rows = (folder / "run" / "voorstel.csv").read_text("utf-8-sig").splitlines()[1:]
    return {row.split(";")[0]: row.split(";")[3] for row in rows}


@pytest.mark.parametrize(
    ("measure", "km"), [([], "12,6"), (["--measure", "border"], "4,8"), (["--measure", "road"], "56,7")]
)
def test_a_distance_is_measured_as_asked(measure: list[str], km: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geo", "distance", "Vlissingen", "Sluis", *measure]) == 0
    assert capsys.readouterr().out == f"{km} km\n"


def test_the_crossings_of_a_route_are_named_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geo", "distance", "Texel", "Harlingen", "--measure", "road", "--route"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "via Veer Texel, Afsluitdijk"
    assert main(["geo", "distance", "Utrecht", "Amersfoort", "--measure", "road", "--route", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["via"] == []


def test_a_straight_line_has_no_route(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geo", "distance", "Texel", "Harlingen", "--route"]) == 2
    assert "--measure road" in capsys.readouterr().err


def test_a_table_in_minutes_gives_minutes_with_their_window_and_no_run(
    by_road: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    minutes = by_road / "ov.csv"
    minutes.write_text((by_road / "weg.csv").read_text("utf-8").replace("gemeente", "min 07:00-09:00", 1), "utf-8")
    assert main(["geo", "distance", "Vlissingen", "Sluis", "--afstanden", str(minutes)]) == 0
    assert capsys.readouterr().out == "56,7 min (vertrek 07:00-09:00)\n"
    assert main(["run", str(KLEIN), "--afstanden", str(minutes), "--out", str(by_road / "niet")]) == 2
    assert "een regel in km kan geen minuten gebruiken" in capsys.readouterr().err
    assert not (by_road / "niet").exists()


def test_two_measures_at_once_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geo", "distance", "Utrecht", "Sluis", "--measure", "road", "--osrm", "http://127.0.0.1"]) == 2
    assert "Kies één manier" in capsys.readouterr().err


def test_a_table_that_is_not_there_ends_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(KLEIN), "--afstanden", str(tmp_path / "weg.csv"), "--out", str(tmp_path / "run")]) == 2
    assert "kan niet worden gelezen" in capsys.readouterr().err


def test_the_receipt_tells_the_measure_and_the_hash_of_the_table(by_road: Path) -> None:
    assert told(by_road)["maat"] == f"bestand:{(by_road / 'weg.csv').as_posix()}"
    assert len(told(by_road)["sha256"]) == 64


def test_the_judge_uses_the_measure_of_the_receipt(by_road: Path, capsys: pytest.CaptureFixture[str]) -> None:
    proposal = str(by_road / "run" / "voorstel.csv")
    assert main(["verify", str(KLEIN), proposal, "--policy", "kansrijk"]) == 0
    assert main(["verify", str(KLEIN), proposal, "--policy", "kansrijk", "--measure", "road"]) == 0
    assert main(["verify", str(KLEIN), proposal, "--policy", "kansrijk", "--measure", "straight"]) == 6
    assert "afstand_km_onjuist" in capsys.readouterr().out


def test_the_judge_refuses_a_table_that_has_changed_since(by_road: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = by_road / "weg.csv"
    before = table.read_bytes()
    try:
        write_matrix(table, "border")
        assert main(["verify", str(KLEIN), str(by_road / "run" / "voorstel.csv")]) == 7
        assert "zijn veranderd" in capsys.readouterr().err
    finally:
        table.write_bytes(before)


def test_a_comparison_takes_a_measure(tmp_path: Path) -> None:
    arguments = ["compare", str(KLEIN), "--policies", "handmatig", "--draws", "2", "--measure", "road"]
    assert main([*arguments, "--out", str(tmp_path / "run")]) == 0
    assert told(tmp_path) == {"maat": "road", "eenheid": "km", "vertrekvenster": "", "sha256": ""}


def test_who_works_beyond_reach_by_the_table_is_linked_otherwise(tmp_path: Path) -> None:
    """H0001 works 20.6 km from Amersfoort as the crow flies; where everything is three times as far it is beyond 50."""
    write_rows(tmp_path / "ver.csv", matrix("straight") * 3)
    arguments = ["run", str(KLEIN), "--policy", "straal50", "--draws", "2", "--force", "--out", str(tmp_path / "run")]
    assert main(arguments) == 0
    near = linked(tmp_path)["H0001"]
    assert main([*arguments, "--afstanden", str(tmp_path / "ver.csv")]) == 0
    assert (near, linked(tmp_path)["H0001"]) == ("Amersfoort", "Utrecht")


def test_a_server_is_asked_once_and_its_table_kept_where_the_user_keeps_data(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KOPPELWIJZER_DATA", str(tmp_path))
    assert main(["geo", "distance", "Utrecht", "Amersfoort", "--osrm", bureau.address, "--json"]) == 0
    first, asked = json.loads(capsys.readouterr().out), len(bureau.asked)
    assert main(["geo", "distance", "Utrecht", "Amersfoort", "--osrm", bureau.address, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == first
    assert len(bureau.asked) == asked == 49  # seven blocks of at most fifty on either side
    assert "osrm-127.0.0.1" in first["maat"]


def test_a_server_that_does_not_answer_ends_in_a_sentence(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KOPPELWIJZER_DATA", str(tmp_path))
    bureau.failures = [404]
    assert main(["geo", "distance", "Utrecht", "Amersfoort", "--osrm", bureau.address]) == 2
    assert "status 404" in capsys.readouterr().err


def with_measure(place: Path, measure: str) -> Path:
    """Copy the small month with a measure in its settings."""
    copied = shutil.copytree(KLEIN, place)
    settings = copied / "beleid.toml"
    settings.write_text(f'{settings.read_text("utf-8")}\n[parameters]\n"gronden/maat" = "{measure}"\n', "utf-8")
    return copied


def test_the_settings_may_name_a_table_and_the_command_line_goes_first(by_road: Path, tmp_path: Path) -> None:
    groep = str(with_measure(tmp_path / "groep", f"bestand:{(by_road / 'weg.csv').as_posix()}"))
    arguments = ["compare", groep, "--policies", "handmatig", "--draws", "2", "--force", "--out", str(tmp_path / "run")]
    assert main(arguments) == 0
    assert told(tmp_path) == told(by_road)
    assert main([*arguments, "--measure", "border"]) == 0
    assert told(tmp_path)["maat"] == "border"


@pytest.mark.parametrize("measure", ["hemelsbreed", "bestand:", "Road"])
def test_a_measure_that_does_not_exist_is_a_defect_of_the_settings(
    measure: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(with_measure(tmp_path / "groep", measure))]) == 3
    out = capsys.readouterr().out
    assert "gronden/maat" in out
    assert "straight, border, road, bestand:" in out
