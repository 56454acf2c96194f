"""Data on stdout and nothing else, also when a library written in C prints there."""

import subprocess
import sys

NOISY = """
import os
from optimizer.cli import app, program

def noisy():
    os.write(1, b"noise of a solver")
    print("data")
    return 4

app.main = noisy
program.command()
"""


def test_what_a_library_prints_does_not_mix_with_the_data() -> None:
    done = subprocess.run([sys.executable, "-c", NOISY], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("data\n", 4)
    assert "noise of a solver" in done.stderr


def test_a_reader_that_stops_early_ends_without_a_traceback() -> None:
    command = f"{sys.executable} -m optimizer.cli rules | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert "Traceback" not in done.stderr
