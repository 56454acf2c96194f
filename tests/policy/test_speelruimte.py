"""Room within a level: read from a policy, from beleid.toml and from a scenario, and kept by what the judge allows."""

import json
from pathlib import Path
from typing import Any

import pytest

from optimizer.cli import main
from optimizer.errors import ParameterFout
from optimizer.policy import adopt, load_beleid
from tests.proefbatch import AMSTERDAM, GRONINGEN, groep, huishouden, parameters, schrijf
from tests.verify.mappen import MAAND, found, value

ROOMY = ("kansrijk", "kansrijk_zonder_verliezers", "zonder_opgave")


@pytest.mark.parametrize("name", ROOMY)
def test_the_default_leaves_room_on_the_chance_of_work_by_a_dated_parameter(name: str) -> None:
    assert load_beleid(name).eisen(parameters()).speelruimte == {"kans_werk": {"deel": 0.005, "aantal": 0.0}}
    wider = load_beleid(name).eisen(parameters(speelruimte__kans_werk=0.02))
    assert wider.speelruimte["kans_werk"]["deel"] == 0.02
    assert load_beleid(name).eisen(parameters(speelruimte__kans_werk=0)).speelruimte == {}


def test_room_is_a_share_or_a_number_and_never_of_the_last_level() -> None:
    beleid = adopt(load_beleid("kansrijk"), speelruimte={"verwacht_behouden": 0.5, "zachte_punten": "3 %"})
    assert beleid.eisen(parameters()).speelruimte == {
        "verwacht_behouden": {"deel": 0.0, "aantal": 0.5},
        "kans_werk": {"deel": 0.005, "aantal": 0.0},
    }


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ("kansrijk", {"geluk": "1 %"}),
        ("kansrijk", {"kans_werk": "veel"}),
        ("kansrijk", {"kans_werk": "gronden/straal_km"}),
        ("kansrijk", {"kans_werk": "101 %"}),
        ("kansrijk", {"kans_werk": -1}),
        ("handmatig", {"kans_werk": "1 %"}),
    ],
)
def test_room_that_cannot_be_is_refused(policy: str, told: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ParameterFout, match="speelruimte"):
        adopt(load_beleid(policy), speelruimte=told)
    source = schrijf(MAAND, tmp_path / "in")
    [(level, room)] = told.items()
    shown = json.dumps(room)
    (source / "beleid.toml").write_text(
        f'policy = "{policy}"\nspeelruimte = {{ {level} = {shown} }}\n', encoding="utf-8"
    )
    assert main(["check", str(source)]) == 3


def test_beleid_toml_sets_the_room_and_the_receipt_and_the_page_say_what_it_bought(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    away = groep([huishouden("A", opvang_gemeente=GRONINGEN)], {GRONINGEN: 1, AMSTERDAM: 1})
    source, out = schrijf(away, tmp_path / "in"), tmp_path / "uit"
    (source / "beleid.toml").write_text('speelruimte = { kans_werk = "50 %" }\n', encoding="utf-8")
    assert main(["run", str(source), "--policies", "handmatig", "--out", str(out)]) == 0
    receipt = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert receipt["policy"]["eisen"]["speelruimte"] == {"kans_werk": {"deel": 0.5, "aantal": 0.0}}
    [level] = [one for one in receipt["levels"] if one["name"] == "kans_werk"]
    assert level["floor"] <= level["value"] <= level["most"] <= level["bound"] == level["best"]
    assert level["value"] < level["best"]
    assert level["bought"]["in_koppelregio"] == [0.0, 1.0]
    assert "Speelruimte in" in (out / "rapport.html").read_text(encoding="utf-8")
    assert main(["verify", str(out)]) == 0
    for key, new in (("floor", 0.0), ("best", level["best"] - 0.3), ("most", 99.0), ("bound", level["value"])):
        place = receipt["levels"].index(level)
        value("levels", place, key, new=new)(out / "run.json")
        assert "bewijs_onjuist" in {b["code"] for b in found(out, capsys)}
        (out / "run.json").write_text(json.dumps(receipt, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
