"""The notebooks run from beginning to end, at a small size, and leave what they promise."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from optimizer.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run the notebook on a run of ours and three months of forty households."""
    folder = tmp_path_factory.mktemp("notebook")
    main(["run", str(ROOT / "inputs" / "klein"), "--policies", "handmatig", "--out", str(folder / "run")])
    small = {"RUN": str(folder / "run"), "OUT": str(folder / "out"), "HOUSEHOLDS": "40", "MONTHS": "3"}
    script = str(ROOT / "notebooks" / "compare_policies.py")
    done = subprocess.run(
        [sys.executable, script], env={**os.environ, **small}, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return folder / "out", done.stdout


def test_the_notebook_loads_a_run_and_compares_the_same_months(finished: tuple[Path, str]) -> None:
    out, said = finished
    assert "policy kansrijk" in said
    table = pd.read_csv(out / "differences.csv", index_col=["count", "beleid"])
    assert {"loting", "koppelregio", "kansrijk", "handmatig@0.3"} <= set(table.loc["lost"].index)
    assert ((table["low"] <= table["mean"]) & (table["mean"] <= table["high"])).all()
    lost = dict(table["mean"].loc["lost"])
    assert lost["kansrijk"] <= lost["loting"]


def test_each_figure_has_a_row_for_each_policy(finished: tuple[Path, str]) -> None:
    out, _ = finished
    table = pd.read_csv(out / "differences.csv")
    for name, rows in table.groupby("count"):
        drawn = ElementTree.parse(out / f"{name}.svg")  # noqa: S314  (a file of our own)
        assert len(drawn.findall("{http://www.w3.org/2000/svg}circle")) == len(rows)


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.py")), ids=lambda p: p.name)
def test_a_notebook_has_cells_of_words_and_of_code(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines.count("# %% [markdown]") >= 3
    assert lines.count("# %%") >= 3
