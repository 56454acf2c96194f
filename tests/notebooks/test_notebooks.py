"""The notebooks run from beginning to end, say what their tables say, and stand in the repository as they ran."""

import re
import sys
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pandas as pd
import pytest

from scripts.voer_notebooks_uit import FOLDER, executed, kept, sources

NAMES = [path.stem for path in sources()]
#: Small enough for a test; without these the notebooks are as large as they stand in the repository.
SMALL = {"HOUSEHOLDS": "40", "MONTHS": "2", "DRAWS": "3"}


def standing(name: str) -> Any:
    """Return a notebook as it stands in the repository."""
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]


def texts(notebook: Any) -> list[str]:
    """Return everything that a notebook says in words: tables and prints, no pictures."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output["text"] if "text" in output else output["data"]["text/plain"] for output in outputs]


def pictures(notebook: Any) -> int:
    """Count the charts that a notebook shows."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return sum("image/png" in output.get("data", {}) for output in outputs)


@pytest.fixture(scope="module")
def one_month(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """Run the first notebook at its own size."""
    return _run("01_een_maand", tmp_path_factory.mktemp("een"), {})


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """Run the second notebook on two small months."""
    return _run("02_beleid_vergeleken", tmp_path_factory.mktemp("twee"), SMALL)


def _run(name: str, out: Path, environment: dict[str, str]) -> tuple[Any, Path]:
    with pytest.MonkeyPatch.context() as patch:
        for key, value in {**environment, "OUT": str(out)}.items():
            patch.setenv(key, value)
        return executed(FOLDER / f"{name}.py"), out


def test_one_month_counts_every_job_once_and_every_lost_job_has_one_cause(one_month: tuple[Any, Path]) -> None:
    notebook, out = one_month
    outcomes = pd.read_csv(out / "one_month_outcomes.csv", index_col=0)
    causes = pd.read_csv(out / "one_month_causes.csv", index_col=0)
    grounds = ["hard ground", "not shown", "no hard ground"]
    assert (outcomes[grounds].sum(axis=1) == outcomes["all jobs"]).all()
    assert (outcomes.drop("total").sum() == outcomes.loc["total"]).all()
    assert outcomes["all jobs"]["total"] == len(pd.read_csv(FOLDER.parent / "inputs" / "krap" / "werk.csv", sep=";"))
    assert causes["jobs"].iloc[:5].sum() == outcomes["all jobs"]["lost by the move"]
    assert pictures(notebook) == 1
    assert (out / "one_month.pdf").stat().st_size > 0


def test_what_one_month_says_in_the_repository_is_what_it_says_now(one_month: tuple[Any, Path]) -> None:
    assert texts(standing("01_een_maand")) == texts(one_month[0]), "run make notebooks"


def test_the_comparison_adds_up_and_leads_with_jobs_kept(compared: tuple[Any, Path]) -> None:
    notebook, out = compared
    headline = pd.read_csv(out / "policies_headline.csv", index_col="policy")
    parts = headline[["kept", "lost", "beyond anyway", "ends first", "undecided"]].sum(axis=1)
    assert ((parts - headline["all jobs"]).abs() < 0.3).all()  # five numbers of one decimal
    assert ((headline["kept"] + headline["undecided"] - headline["kept, undecided kept"]).abs() < 0.2).all()
    steps = pd.read_csv(out / "policies_attribution.csv", index_col="step")
    in_all = dict(headline["kept"])
    assert steps["jobs kept"]["together"] == pytest.approx(in_all["kansrijk"] - in_all["handmatig@0.3"], abs=0.2)
    assert steps["Shapley"]["together"] == pytest.approx(steps["jobs kept"]["together"], abs=0.05)
    assumptions = pd.read_csv(out / "policies_assumptions.csv", index_col="assumption")
    assert assumptions["kept"]["as it is"] == pytest.approx(in_all["kansrijk"], abs=0.06)
    assert assumptions["baseline"]["as it is"] == pytest.approx(in_all["handmatig"], abs=0.06)
    assert "kansrijk keeps" in texts(notebook)[-1]
    assert "undecided" in texts(notebook)[-1] or "nought" in texts(notebook)[-1]
    assert pictures(notebook) == 3
    assert sorted(p.suffix for p in out.iterdir()) == [*[".csv"] * 4, *[".pdf"] * 3, *[".tex"] * 4]


@pytest.mark.parametrize("name", NAMES)
def test_the_notebook_and_its_script_are_a_pair(name: str) -> None:
    notebook = standing(name)
    nbformat.validate(notebook)
    script = jupytext.read(FOLDER / f"{name}.py")
    assert notebook.metadata["jupytext"]["formats"] == "ipynb,py:percent"
    assert [(c.cell_type, c.source) for c in notebook.cells] == [(c.cell_type, c.source) for c in script.cells]
    assert [c.execution_count for c in notebook.cells if c.cell_type == "code"] == [
        *range(1, 1 + sum(c.cell_type == "code" for c in script.cells))
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_notebook_holds_its_outputs_and_nothing_of_the_machine_that_made_it(name: str) -> None:
    path = FOLDER / f"{name}.ipynb"
    notebook = standing(name)
    assert pictures(notebook) >= 1
    assert [
        o for c in notebook.cells for o in c.get("outputs", []) if o.output_type == "error" or o.get("name") == "stderr"
    ] == []
    assert all("execution" not in cell.metadata for cell in notebook.cells)
    without_pictures = re.sub(r'"image/png": "[^"]*"', "", path.read_text(encoding="utf-8"))
    assert str(FOLDER.parent) not in without_pictures
    assert re.findall(r"/(?:home|root|tmp|work|Users)/", without_pictures) == []
    assert sys.executable not in without_pictures
    assert kept(notebook) == path.read_text(encoding="utf-8")


def test_every_setting_of_a_notebook_is_documented() -> None:
    document = (FOLDER.parent / "docs" / "notebooks.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([A-Z]+)` \|", document, flags=re.MULTILINE))
    code = "".join(path.read_text(encoding="utf-8") for path in sources())
    assert listed == set(re.findall(r'environ(?:\.get\(|\[)"([A-Z]+)"', code))
