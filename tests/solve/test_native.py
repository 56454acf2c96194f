"""Machine code in the cache: processes that fill it together keep their files apart."""

import os
import subprocess
import sys
from pathlib import Path

FILL = """
import numpy as np
from optimizer.solve.knapsack import descending
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
