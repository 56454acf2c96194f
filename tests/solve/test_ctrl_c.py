"""Ctrl-C while the solver searches, in a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time

SEARCH = """
import json, sys, time
import numpy as np
from optimizer.solve import assign
rng = np.random.default_rng(0)
persons = rng.integers(1, 7, 900)
opgave = rng.multinomial(int(persons.sum() * 1.02), rng.dirichlet(np.ones(150)))
def told(name, value, bound):
    print("zoekt", file=sys.stderr, flush=True)
    if "wacht" in sys.argv:
        time.sleep(60)
answer = assign(rng.random((900, 150)), persons, opgave, unlinked_value=0.0, progress=told)
load = np.bincount(answer.gemeente[answer.gemeente >= 0], weights=persons[answer.gemeente >= 0], minlength=150)
print(json.dumps([str(answer.status), answer.reproducible, answer.value, answer.bound, bool((load <= opgave).all())]))
"""


def interrupted(times: int, *arguments: str) -> "subprocess.CompletedProcess[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", SEARCH, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert process.stderr is not None
    assert any("zoekt" in line for line in iter(process.stderr.readline, ""))
    for _ in range(times):
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)  # two signals at once would be one
    out, err = process.communicate(timeout=300)
    return subprocess.CompletedProcess([], process.returncode, out, err)


def test_the_first_ctrl_c_returns_the_best_answer_with_its_true_gap() -> None:
    ended = interrupted(1)
    assert ended.returncode == 0, ended.stderr
    status, reproducible, value, bound, fits = json.loads(ended.stdout)
    assert (status, reproducible, fits) == ("limit", False, True)
    assert 0 < value < bound < 900


def test_a_second_ctrl_c_ends_the_program() -> None:
    ended = interrupted(2, "wacht")
    assert ended.returncode != 0
    assert "KeyboardInterrupt" in ended.stderr
    assert ended.stdout == ""
