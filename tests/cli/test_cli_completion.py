"""The Tab key: a real bash asks the script that ``--show-completion`` gives what may come next."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from optimizer.cli import main
from optimizer.cli.app import app
from optimizer.policy import names
from tests.cli.test_cli_help import commands

PROGRAMS = Path(sys.executable).parent
BASH = shutil.which("bash")
COMMANDS = {words[0] for words, _ in commands(typer.main.get_command(app)) if words}
TAB = """
tab() { COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMPREPLY=(); _koppelwijzer_completion koppelwijzer
        printf '%s\\n' "${COMPREPLY[@]}"; }
"""
needs_bash = pytest.mark.skipif(BASH is None, reason="bash is missing")


def bash(script: str, home: Path) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "HOME": str(home), "PATH": f"{PROGRAMS}:{os.environ['PATH']}", "SHELL": "/bin/bash"}
    command = [str(BASH), "--norc", "-c", f"{script}\ntrue"]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True, cwd=home, timeout=120)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What bash is told for some beginnings of a command; all in one bash, for each question starts the program."""
    asked = ['""', "ru", "run --pol", "run --policy kans", "verify --policy een", 'geo ""', 'run --lang ""', "run inp"]
    lines = [f"echo '? {words}'; tab koppelwijzer {words}" for words in asked]
    done = bash("\n".join(["source <(koppelwijzer --show-completion)", TAB, *lines]), tmp_path_factory.mktemp("thuis"))
    assert done.stderr == ""
    parts = [part.splitlines() for part in done.stdout.split("? ")[1:]]
    return {head: set(found) - {""} for head, *found in parts}


@needs_bash
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ('""', COMMANDS),
        ("ru", {"run", "ruil", "rules"}),
        ("run --pol", {"--policy", "--policies"}),
        ("run --policy kans", {"kansrijk", "kansrijk_zonder_verliezers"}),
        ("verify --policy een", {"een_voor_een"}),
        ('geo ""', {"gemeente", "distance", "refresh", "map", "export"}),
        ('run --lang ""', {"nl", "en"}),
        ("run inp", set()),  # bash itself completes the names of files
    ],
)
def test_bash_is_told_what_may_come_next(words: str, wanted: set[str], answers: dict[str, set[str]]) -> None:
    assert answers[words] == wanted


@needs_bash
@pytest.mark.parametrize(("lang", "said"), [("nl", "De Tab-toets vult vanaf nu"), ("en", "From now on the Tab key")])
def test_it_is_installed_where_bash_reads_it(lang: str, said: str, tmp_path: Path) -> None:
    done = bash(f"koppelwijzer --install-completion --lang {lang}", tmp_path)
    assert said in done.stdout
    assert (tmp_path / ".bash_completions" / "koppelwijzer.sh").is_file()
    found = bash(f"source {tmp_path}/.bashrc\n{TAB}\ntab koppelwijzer sja", tmp_path)
    assert found.stdout.split() == ["sjabloon"]


def test_a_shell_that_is_not_known_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import shellingham

    def nothing() -> tuple[str, str]:
        raise shellingham.ShellDetectionFailure

    monkeypatch.setattr(shellingham, "detect_shell", nothing)
    monkeypatch.setenv("SHELL", "/bin/dash")
    assert main(["--show-completion"]) == 2
    assert "Wij kennen bash, zsh, fish" in capsys.readouterr().err
    monkeypatch.setenv("SHELL", "/usr/bin/zsh")
    assert main(["--show-completion"]) == 0
    assert "#compdef koppelwijzer" in capsys.readouterr().out


def test_the_policies_that_are_offered_are_those_that_ship() -> None:
    from optimizer.cli.completion import policies

    assert set(policies("")) == set(names())
    assert set(policies("kans")) == {"kansrijk", "kansrijk_zonder_verliezers"}
