"""Machine code in the cache: one folder for each state of the loops, and processes keep their files apart."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from optimizer.solve.run.compiled import HOUSE, state

FILL = """
import numpy as np
from optimizer.solve.bound.knapsack import descending
print(descending(np.array([1.0, 3.0, 2.0])).tolist())
"""


def test_a_process_never_writes_over_the_machine_code_of_another(tmp_path: Path) -> None:
    environment = {**os.environ, "KOPPELWIJZER_CACHE": str(tmp_path), "OMP_NUM_THREADS": "1"}
    environment.pop("NUMBA_CACHE_DIR", None)
    for turn in (1, 2):
        told = subprocess.run([sys.executable, "-c", FILL], env=environment, capture_output=True, text=True, check=True)
        assert told.stdout == "[1, 2, 0]\n"
        assert len(list(tmp_path.rglob("*descending*.nbc"))) == turn
        # As if the other process had read the index before this one wrote it.
        for index in tmp_path.rglob("*.nbi"):
            index.unlink()


def house_with_a_loop(root: Path) -> Path:
    """Build a house: a loop two folders deep, which imports a constant through another file."""
    solve = root / "optimizer" / "solve"
    (solve / "deep" / "deeper").mkdir(parents=True)
    (root / "optimizer" / "elsewhere").mkdir()
    (solve / "deep" / "deeper" / "loop.py").write_text(
        "from optimizer.solve.deep.callee import step\n\n@compiled\ndef loop(): ...\n"
    )
    (solve / "deep" / "callee.py").write_text(
        "from optimizer.elsewhere.constants import WIDE\n\n@compiled\ndef step(): ...\n"
    )
    (root / "optimizer" / "elsewhere" / "constants.py").write_text("WIDE = 400\n")
    (solve / "report.py").write_text("from optimizer.solve.deep.deeper.loop import loop\n")
    return root


@pytest.mark.parametrize("file", ["solve/deep/deeper/loop.py", "solve/deep/callee.py", "elsewhere/constants.py"])
def test_machine_code_is_made_anew_when_a_file_that_a_loop_depends_on_changes(file: str, tmp_path: Path) -> None:
    house = house_with_a_loop(tmp_path)
    before = state(house)
    changed = house / "optimizer" / file
    changed.write_text(changed.read_text() + "# changed\n")
    assert state(house) != before


def test_machine_code_is_kept_when_other_files_change_and_made_anew_when_a_loop_moves(tmp_path: Path) -> None:
    house = house_with_a_loop(tmp_path)
    before, solve = state(house), house / "optimizer" / "solve"
    (solve / "report.py").write_text("# changed\n")
    assert state(house) == before
    (solve / "deep" / "deeper" / "loop.py").rename(solve / "deep" / "loop.py")
    assert state(house) != before


def test_every_loop_of_the_solver_counts_in_the_state_of_its_machine_code(monkeypatch: pytest.MonkeyPatch) -> None:
    loops = [file for file in (HOUSE / "optimizer" / "solve").rglob("*.py") if "\n@compiled" in file.read_text()]
    assert len(loops) >= 6
    before, read = state(HOUSE), Path.read_bytes
    for loop in loops:
        monkeypatch.setattr(Path, "read_bytes", lambda file, loop=loop: read(file) + b"#" * (file == loop))
        assert state(HOUSE) != before
