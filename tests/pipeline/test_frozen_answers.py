"""Koppelingen that may not change unnoticed.

A change here needs a line in CHANGELOG.md that says which koppelingen could differ. The optimised ones are
proven on every level, so the lottery leaves one answer only. The folder ``veertig`` beside this file is frozen too:
forty households of the first generator.
"""

import hashlib
from pathlib import Path

import pytest

from optimizer.cli import main
from optimizer.read import read_voorstel

FOLDERS = {
    "klein": Path(__file__).parents[2] / "inputs" / "klein",
    "veertig": Path(__file__).with_name("veertig"),
}
FROZEN = {
    ("klein", "kansrijk"): "018131844251aff7808246bb192612767bd90ee4e5d1dc191124b0f1175c465e",
    ("klein", "handmatig"): "b2177056ef264a07f00a101d76200c917b83b54277f5f98512c569d86e1cd190",
    ("veertig", "kansrijk"): "294788be72118846ee1556a88c20710fdf5e340345d528d4963017bb037e8be6",
}


@pytest.mark.parametrize(("batch", "policy"), FROZEN)
def test_the_answer_is_the_one_that_was_published(batch: str, policy: str, tmp_path: Path) -> None:
    main(["run", str(FOLDERS[batch]), "--policy", policy, "--policies", "handmatig", "--out", str(tmp_path / "uit")])
    rows = read_voorstel(tmp_path / "uit" / "voorstel.csv")
    links = "".join(f"{h};{g}\n" for h, g in zip(rows["huishouden_id"], rows["gemeente"], strict=True))
    assert hashlib.sha256(links.encode()).hexdigest() == FROZEN[batch, policy]
