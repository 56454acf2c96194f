"""Data on stdout and nothing else, also when a library written in C prints there."""

import subprocess
import sys
from pathlib import Path

import pytest

NOISY = """
import os
from optimizer.cli import app, command

def noisy():
    os.write(1, b"noise of a solver")
    print("data")
    return 4

app.main = noisy
command()
"""


def test_what_a_library_prints_mixes_with_neither_the_data_nor_our_sentences() -> None:
    done = subprocess.run([sys.executable, "-c", NOISY], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("data\n", 4)
    assert done.stderr == ""


def test_a_reader_that_stops_early_ends_without_a_traceback() -> None:
    command = f"{sys.executable} -m optimizer.cli rules | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("rules > /dev/full", 2, "de schijf is vol"),
        ("check klein --json > /dev/full", 2, "de schijf is vol"),
        ("rules --lang en > /dev/full", 2, "the disk is full"),
        ("rules >&-", 2, "de uitvoer is dicht"),
        ("check klein <&- >&-", 2, "de uitvoer is dicht"),
        ("sjabloon >&- 2>&-", 2, ""),
        ("onzin 2> /dev/full", 2, ""),
        ("rules 2>&- | head -1", 0, ""),
        ("rules | head -1", 0, ""),
        ("check leeg | head -0", 3, ""),
    ],
)
def test_output_that_cannot_go_anywhere_ends_in_a_sentence(tmp_path: Path, command: str, code: int, said: str) -> None:
    (tmp_path / "leeg").mkdir()
    script = f"set -o pipefail; {sys.executable} -m optimizer.cli {command}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


#: A failure in a finalizer is one that Python cannot pass on.
SWALLOWED = "type('Part', (), {'__del__': lambda self: (_ for _ in ()).throw(KeyboardInterrupt())})()"
ANSWERS = {
    "as it is": "raise KeyboardInterrupt",
    "as another failure": "raise SystemError from ValueError()",
    "not at all": SWALLOWED,
}


@pytest.mark.parametrize("module", ["typer", "pandas", "optimizer.read", "numpy.linalg", "geodata"])
@pytest.mark.parametrize("answer", ANSWERS)
def test_ctrl_c_while_libraries_load_ends_in_a_sentence(module: str, answer: str) -> None:
    code = f"""
import sys

class Interrupted:
    def find_spec(self, name, *_):
        if name == "{module}":
            try:
                raise KeyboardInterrupt
            except KeyboardInterrupt:
                {ANSWERS[answer]}

sys.meta_path.insert(0, Interrupted())
from optimizer.cli import command
sys.argv[1:] = ["check", "klein"]
command()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "Onderbroken. Er is niets geschreven.")
    assert "Traceback" not in done.stderr
