"""ruil from the command line: JSON, both languages, refusals, and nothing written."""

import json
from pathlib import Path

import pytest

from optimizer.cli import main
from tests.explain.whynot.test_swaps import BUNNIK, swapped
from tests.proefbatch import UTRECHT, schrijf

Capture = pytest.CaptureFixture[str]
QUICK = ["--policies", "handmatig", "--draws", "1"]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return schrijf(swapped().batch, tmp_path_factory.mktemp("ruil") / "invoer")


def test_the_swap_is_proposed_in_both_languages_and_as_json(source: Path, capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "run"
    assert main(["run", str(source), "--out", str(out), *QUICK]) == 4
    before = {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()}
    capsys.readouterr()
    assert main(["ruil", str(out), "--hoogstens", "1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["bewezen"] is True
    assert [(one["van"], one["naar"], one["personen"]) for one in found["ruilen"]] == [(BUNNIK, UTRECHT, 2)]
    assert found["ruilen"][0]["gekoppeld"] == ["H1"]
    assert main(["ruil", str(out), "--hoogstens", "1", "--lang", "en"]) == 0
    assert "Bunnik hands 2 places of its opgave to its neighbour Utrecht." in capsys.readouterr().out
    assert {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()} == before


@pytest.mark.parametrize(("policy", "said"), [("handmatig", "zoekt niet naar"), ("zonder_opgave", "kent geen opgave")])
def test_a_policy_that_cannot_swap_is_refused_with_a_remedy(
    source: Path, capsys: Capture, tmp_path: Path, policy: str, said: str
) -> None:
    out = tmp_path / "run"
    assert main(["run", str(source), "--out", str(out), "--policy", policy, *QUICK]) in {0, 4, 5}
    capsys.readouterr()
    assert main(["ruil", str(out)]) == 2
    assert said in capsys.readouterr().err
