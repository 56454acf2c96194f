"""A proposal that links nobody is never silently fine: every household without a municipality is named."""

import json
from pathlib import Path

import pytest

from optimizer.cli import main
from optimizer.verify import judge
from tests.proefbatch import UTRECHT, groep, huishouden, schrijf
from tests.verify.zaken import batch, parameters, voorstel

Capture = pytest.CaptureFixture[str]


def test_every_household_without_a_municipality_is_named_with_its_size() -> None:
    zaak = batch(
        [{"huishouden_id": "H1", "aantal_personen": 3}, {"huishouden_id": "H2"}, {"huishouden_id": "H3"}],
        opgave={UTRECHT: 9},
    )
    oordeel = judge(zaak, voorstel({"H1": "", "H2": UTRECHT, "H3": "Nergens"}), parameters=parameters())
    assert [(b.code, b.huishouden_id, b.gevonden) for b in oordeel.niet_gekoppeld] == [("niet_gekoppeld", "H1", "3")]
    assert oordeel.uitzonderingen == ()


def test_an_empty_proposal_ends_with_code_4_and_one_without_rows_with_code_6(tmp_path: Path, capsys: Capture) -> None:
    source = str(schrijf(groep([huishouden("H1"), huishouden("H2")], {UTRECHT: 9}), tmp_path / "in"))
    empty = tmp_path / "leeg.csv"
    empty.write_text("huishouden_id;gemeente\nH1;\nH2;\n", encoding="utf-8")
    assert main(["verify", source, str(empty)]) == 4
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines[:2]] == ["uitzondering niet_gekoppeld"] * 2
    assert lines[-1] == "0 overtredingen, 0 uitzonderingen, 2 huishoudens niet gekoppeld."
    assert main(["verify", source, str(empty), "--json"]) == 4
    found = json.loads(capsys.readouterr().out)
    assert [b["huishouden_id"] for b in found["niet_gekoppeld"]] == ["H1", "H2"]
    empty.write_text("huishouden_id;gemeente\n", encoding="utf-8")
    assert main(["verify", source, str(empty)]) == 6
