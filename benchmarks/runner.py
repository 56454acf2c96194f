"""Start every trial in its own process, one after the other, and stop what does not stop by itself."""

import os
import signal
import subprocess
import sys

from benchmarks.cases import Case, Trial
from benchmarks.record import Record

GRACE_S = 60.0  # to draw the instance, import a solver, and end after the limit


def run_trial(case: Case, seed: int, trial: Trial) -> Record:
    """Measure one method on one instance; a failure is a record too."""
    command = [sys.executable, "-m", "benchmarks.worker", case.name, str(seed), trial.method]
    command += [str(trial.limit_s), str(trial.gap)]
    # Peak memory is inherited through vfork, so this process must stay small: it loads no instance.
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=1.25 * trial.limit_s + GRACE_S)
    except subprocess.TimeoutExpired:
        stop(process)
        return without_answer(case, seed, trial, f"stopped after {1.25 * trial.limit_s + GRACE_S:.0f} s")
    except KeyboardInterrupt:
        stop(process)
        raise
    if process.returncode != 0:
        last = (err.strip().splitlines() or [""])[-1]
        return without_answer(case, seed, trial, f"failed with code {process.returncode}: {last[:100]}")
    return Record.from_json(out.strip().splitlines()[-1])


def stop(process: "subprocess.Popen[str]") -> None:
    """End a trial together with the solvers that it started (its own session)."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def without_answer(case: Case, seed: int, trial: Trial, why: str) -> Record:
    """Record that a trial gave nothing."""
    return Record(case.name, seed, trial.method, trial.limit_s, why)
