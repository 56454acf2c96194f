"""Who reads a finished case waits for no solver."""

import subprocess
import sys

HEAVY = ("ortools", "numba", "scipy", "optimizer.solve")


def test_texts_and_counts_of_a_finished_case_load_no_solver_in_a_fresh_process() -> None:
    code = (
        "import sys; import optimizer.explain.told, optimizer.measure, optimizer.model; "
        f"print([m for m in {HEAVY} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
