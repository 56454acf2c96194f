"""The application that people use loads no solver: it waits for none, and can ask for no solution."""

import subprocess
import sys

_SOLVERS = ("ortools", "numba", "optimizer.solve", "optimizer.decide", "optimizer.explain.whynot", "optimizer.pipeline")


def test_the_pages_load_no_solver() -> None:
    code = f"""
import sys
import optimizer.review.app
print([name for name in {_SOLVERS!r} if name in sys.modules])
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
