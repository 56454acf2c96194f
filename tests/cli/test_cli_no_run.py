"""Whoever names a folder that is no run hears what is the matter with it, in every command that takes a run."""

from pathlib import Path

import pytest

from optimizer.cli import main

COMMANDS = {
    "explain": ["explain", "RUN", "H1"],
    "why not": ["explain", "RUN", "H1", "--why-not", "GM0344"],
    "verify": ["verify", "RUN", "--bewijs"],
    "verify again": ["verify", "RUN", "--reconstrueer"],
    "verschil": ["verschil", "RUN", "RUN"],
    "maand": ["maand", "RUN", "--out", "volgende"],
    "ruil": ["ruil", "RUN"],
    "from": ["run", "--from", "RUN"],
    "map": ["geo", "map", "RUN"],
    "export": ["geo", "export", "RUN", "--out", "lagen"],
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("leeg").mkdir()
    Path("outputs", "mei").mkdir(parents=True)
    Path("outputs", "mei", "run.json").write_text("{}", encoding="utf-8")
    Path("een_bestand").write_text("x", encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize(
    ("place", "dutch", "english"),
    [
        ("nergens", "De map 'nergens' bestaat niet.", "The folder 'nergens' does not exist."),
        ("leeg", "In de map 'leeg' staat geen run", "There is no run in the folder 'leeg'"),
        ("outputs", "Bedoelt u 'outputs/mei'?", "Did you mean 'outputs/mei'?"),
        ("een_bestand", "'een_bestand' is geen map.", "'een_bestand' is no folder."),
    ],
)
def test_what_is_no_run_is_said_in_words(
    command: list[str], place: str, dutch: str, english: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [place if word == "RUN" else word for word in command]
    assert main(words) == 2
    assert dutch in capsys.readouterr().err
    assert main(["--lang", "en", *words]) == 2
    assert english in capsys.readouterr().err


def test_verify_of_a_folder_that_is_not_there_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "nergens"]) == 2
    assert "De map 'nergens' bestaat niet." in capsys.readouterr().err


def test_verify_of_an_input_alone_still_asks_for_a_proposal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "krap"]) == 2
    assert "Geef een voorstel" in capsys.readouterr().err


def test_a_receipt_that_cannot_be_read_is_refused_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "outputs/mei", "H1"]) == 7
    assert "geen leesbaar bewijs van een run" in capsys.readouterr().err
