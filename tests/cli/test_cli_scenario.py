"""Scenarios and own rules from the command line: what they change, what the receipt says, and what verify does."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from optimizer.cli import main
from tests.proefbatch import AMERSFOORT, UTRECHT, ZWOLLE, baan, groep, huishouden, schrijf

RUN = ["--policies", "handmatig", "--policy", "straal50"]
STRAAL_10 = '"gronden/straal_km" = 10'
OWN_RADIUS = """description: "straal"
description_en: "radius"
unit: "km"
layer: circulaire
values:
  2016-01-01: {value: 50, source: {title: "Zoals het was"}}
  2026-09-01: {value: 10, source: {title: "Brief over tien kilometer"}}
  2026-11-01: {value: 50, source: {title: "Weer zoals het was"}}
"""


@pytest.fixture
def invoer(tmp_path: Path) -> Path:
    """One household with a job in Utrecht; the only places are in Amersfoort, 20.6 km away, and Zwolle."""
    batch = groep([huishouden("H1")], {AMERSFOORT: 5, ZWOLLE: 5}, werk=[baan("H1", UTRECHT)])
    return schrijf(batch, tmp_path / "in", "peildatum = 2026-10-01\n")


def scenario(tmp_path: Path, text: str, name: str = "tien.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def rules(tmp_path: Path) -> Path:
    path = tmp_path / "eigen" / "gronden" / "straal_km.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(OWN_RADIUS, encoding="utf-8")
    return tmp_path / "eigen"


def run(invoer: Path, out: Path, *options: object) -> tuple[int, dict[str, Any]]:
    code = main(["run", str(invoer), *RUN, "--out", str(out), *map(str, options)])
    return code, json.loads((out / "run.json").read_text(encoding="utf-8"))


def verify(invoer: Path, out: Path, *options: object) -> int:
    return main(["verify", str(invoer), str(out / "voorstel.csv"), "--policy", "straal50", *map(str, options)])


def report(out: Path) -> str:
    return (out / "rapport.html").read_text(encoding="utf-8")


def names(differences: Sequence[dict[str, Any]]) -> list[str]:
    return [d["path"] for d in differences]


def test_two_scenarios_side_by_side_give_two_answers_that_the_judge_accepts_by_their_own_rules(
    invoer: Path, tmp_path: Path
) -> None:
    near = scenario(tmp_path, f"[parameters]\n{STRAAL_10}")
    hours = scenario(tmp_path, '[parameters]\n"werk/minimum_uren" = 33', "uren.toml")
    assert run(invoer, tmp_path / "kaal")[0] == 0
    code, told = run(invoer, tmp_path / "tien", "--scenario", near)
    assert code == 4  # nobody has room within 10 km: the household waits
    assert [d["new"]["value"] for d in told["differences"]["parameters"]] == [10]
    assert run(invoer, tmp_path / "uren", "--scenario", hours)[0] == 0
    assert verify(invoer, tmp_path / "tien") == 4
    assert verify(invoer, tmp_path / "uren") == 0
    linked = [(tmp_path / o / "voorstel.csv").read_text("utf-8-sig").split("\n")[1] for o in ("kaal", "tien", "uren")]
    assert [line.split(";")[2] for line in linked] == [AMERSFOORT, "", AMERSFOORT]
    assert [line.split(";")[6] for line in linked] == ["werk", "werk", ""]


def test_the_receipt_names_each_difference_with_both_sources(invoer: Path, tmp_path: Path) -> None:
    near = scenario(
        tmp_path,
        'naam = "Tien"\n[parameters]\n"gronden/straal_km" = { value = 30, layer = "circulaire", source = "Brief" }\n'
        '"behoud/midden_km" = 20\n[policies.straal50]\nniveaus = ["personen_gekoppeld", "verwacht_behouden"]',
    )
    told = run(invoer, tmp_path / "o", "--scenario", near)[1]
    assert [(s["path"], s["name"]) for s in told["scenarios"]] == [(near.as_posix(), "Tien")]
    shift, radius = told["differences"]["parameters"]
    assert (radius["path"], radius["unit"]) == ("gronden/straal_km", "km")
    assert (radius["baseline"]["value"], radius["baseline"]["layer"]) == (50, "uitvoeringspraktijk")
    assert radius["baseline"]["source"].startswith("Wachten of Werken?")
    assert radius["new"] == {"value": 30, "layer": "circulaire", "source": "Brief"}
    assert shift["new"] == {"value": 20, "layer": "aanname", "source": "aanname van scenario 'Tien'"}
    (levels,) = told["differences"]["policies"]
    assert (levels["policy"], levels["setting"]) == ("straal50", "niveaus")
    assert levels["new"] == ["personen_gekoppeld", "verwacht_behouden"]
    assert levels["baseline"][1] == "gronden_gehonoreerd"
    assert levels["source"] == "aanname van scenario 'Tien'"
    assert told["parameters"]["gronden/straal_km"]["source"] == "Brief"
    assert told["policy"]["niveaus"] == ["personen_gekoppeld", "verwacht_behouden"]


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("nl", "Dit scenario wijkt af van de regels: 1 verschil."),
        ("en", "This scenario differs from the rules: 1 diff"),
    ],
)
def test_the_report_tells_the_reader(invoer: Path, tmp_path: Path, lang: str, says: str) -> None:
    near = scenario(tmp_path, f'naam = "Tien"\n[parameters]\n{STRAAL_10}')
    run(invoer, tmp_path / "o", "--scenario", near, "--lang", lang)
    page = report(tmp_path / "o")
    assert says in page
    row = re.search(r'<tr><th[^>]* scope="row">[^<]*</th><td[^>]*>50 km</td>.*?</tr>', page)
    assert row
    assert "<strong>10 km</strong>" in row[0]
    assert "scenario &#39;Tien&#39;" in row[0]


def test_what_equals_the_rules_is_no_difference_and_gives_the_same_answer(invoer: Path, tmp_path: Path) -> None:
    same = scenario(
        tmp_path, '[parameters]\n"gronden/straal_km" = 50\n[policies.straal50]\ngronden_binden = true', "zelfde.toml"
    )
    plain = run(invoer, tmp_path / "a")[1]
    told = run(invoer, tmp_path / "b", "--scenario", same)[1]
    assert told["differences"] == plain["differences"] == {"parameters": [], "policies": []}
    assert told["answer"] == plain["answer"]
    assert 'id="afwijking"' not in report(tmp_path / "b")


@pytest.mark.parametrize(
    ("day", "differs", "code"),
    [
        ("2026-08-31", [], 0),
        ("2026-09-01", ["gronden/straal_km"], 4),
        ("2026-10-31", ["gronden/straal_km"], 4),
        ("2026-11-01", [], 0),
    ],
)
def test_own_rules_differ_on_their_own_days_and_take_themselves_back(
    invoer: Path, tmp_path: Path, day: str, differs: list[str], code: int
) -> None:
    found, told = run(invoer, tmp_path / "o", "--rules", rules(tmp_path), "--peildatum", day)
    assert (found, names(told["differences"]["parameters"])) == (code, differs)
    assert verify(invoer, tmp_path / "o") == code
    assert [r["path"] for r in told["rules"]] == [(tmp_path / "eigen").as_posix()]


def test_a_scenario_goes_over_own_rules_and_a_flag_over_both(invoer: Path, tmp_path: Path) -> None:
    text = 'bekend = 0.0\npolicy = "koppelregio"\n[parameters]\n"gronden/straal_km" = 30\n"gronden/maat" = "border"'
    asked = ["--scenario", scenario(tmp_path, text), "--rules", rules(tmp_path)]
    told = run(invoer, tmp_path / "o", *asked, "--measure", "road", "--bekend", "1")[1]
    assert (told["parameters"]["gronden/straal_km"]["value"], told["policy"]["bekend"]) == (30, 1.0)
    assert told["distances"]["maat"] == "road"
    assert told["policy"]["naam"] == "straal50"
    code = main(["run", str(invoer), "--policies", "handmatig", "--out", str(tmp_path / "p"), *map(str, asked)])
    told = json.loads((tmp_path / "p" / "run.json").read_text(encoding="utf-8"))
    assert (code, told["policy"]["naam"], told["policy"]["bekend"]) == (0, "koppelregio", 0.0)
    assert told["distances"]["maat"] == "border"


def test_a_comparison_lays_the_scenario_over_every_policy(invoer: Path, tmp_path: Path) -> None:
    free = scenario(tmp_path, f"[parameters]\n{STRAAL_10}\n[policies.straal50]\ngronden_binden = false")
    asked = ["compare", str(invoer), "--policies", "straal50,kansrijk", "--scenario", str(free)]
    assert main([*asked, "--out", str(tmp_path / "o")]) == 0
    rows = (tmp_path / "o" / "beleidsvergelijking.csv").read_text("utf-8-sig").splitlines()
    linked = {line.split(";")[0]: line.split(";")[5] for line in rows[1:]}
    assert (linked["straal50"], linked["kansrijk"]) == ("1,00", "0,00")
    told = json.loads((tmp_path / "o" / "run.json").read_text(encoding="utf-8"))
    assert [d["policy"] for d in told["differences"]["policies"]] == ["straal50"]
    assert "Dit scenario wijkt af van de regels: 2 verschillen." in report(tmp_path / "o")


@pytest.mark.parametrize("kind", ["scenario", "rules"])
def test_verify_refuses_to_judge_by_an_overlay_that_changed_or_went(
    invoer: Path, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if kind == "scenario":
        place = changed = scenario(tmp_path, f"[parameters]\n{STRAAL_10}")
    else:
        place, changed = rules(tmp_path), tmp_path / "eigen" / "gronden" / "straal_km.yaml"
    run(invoer, tmp_path / "o", f"--{kind}", place)
    changed.write_text(changed.read_text().replace("10", "11"))
    assert verify(invoer, tmp_path / "o") == 7
    said = capsys.readouterr().err
    assert f"'{place.as_posix()}'. Dat is sindsdien veranderd." in said
    assert f"geef dan --{kind} geen" in said
    assert verify(invoer, tmp_path / "o", f"--{kind}", place) == 4  # the household waits
    said = capsys.readouterr().err
    assert f"U geeft zelf --{kind}" not in said  # the same place as in the receipt: what differs is its content
    assert "gronden/straal_km is nu 11; het voorstel is gemaakt met 10." in said
    place.rename(tmp_path / "elders")
    assert verify(invoer, tmp_path / "o", "--lang", "en") == 7
    assert "which is no longer there" in capsys.readouterr().err


def test_rules_given_explicitly_win_and_verify_says_so(
    invoer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(invoer, tmp_path / "o")
    near = scenario(tmp_path, f"[parameters]\n{STRAAL_10}")
    assert verify(invoer, tmp_path / "o") == 0
    assert verify(invoer, tmp_path / "o", "--scenario", near) == 6
    found = capsys.readouterr()
    assert "Dit beleid staat 10 km toe" in found.out
    assert "bron: aanname van scenario 'tien'" in found.out
    assert "Het voorstel is gemaakt met: niets. Wij keuren met die van u." in found.err
    run(invoer, tmp_path / "p", "--scenario", near)
    assert verify(invoer, tmp_path / "p", "--scenario", "geen") == 4  # the household waits
    assert "gronden/straal_km is nu 50; het voorstel is gemaakt met 10." in capsys.readouterr().err


def test_verify_without_a_receipt_takes_the_scenario_that_the_user_gives(
    invoer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "ander.csv"
    other.write_text(f"huishouden_id;gemeente\nH1;{AMERSFOORT}\n")
    near = scenario(tmp_path, f"[parameters]\n{STRAAL_10}")
    asked = ["verify", str(invoer), str(other), "--policy", "straal50"]
    assert main(asked) == 0
    assert main([*asked, "--scenario", str(near), "--lang", "en"]) == 6
    found = capsys.readouterr()
    assert "violation grond_buiten_straal: Household H1: Amersfoort (GM0307) lies 20.6 km" in found.out
    assert "1 violation, 0 exceptions, 0 households not linked." in found.out
    assert "run.json" not in found.err


def test_one_link_is_put_to_the_rules_of_the_scenario(
    invoer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["verify", str(invoer), "--huishouden", "H1", "--gemeente", "Amersfoort", "--policy", "straal50"]
    assert main(asked) == 0
    assert main([*asked, "--scenario", str(scenario(tmp_path, f"[parameters]\n{STRAAL_10}"))]) == 6
    assert "aanname van scenario 'tien'" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["run", "compare", "verify"])
def test_a_faulty_scenario_is_refused_with_every_defect_and_nothing_is_written(
    invoer: Path, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = scenario(tmp_path, '[parameters]\n"gronden/straal" = 10\n"werk/minimum_uren" = "8 uur per week"')
    other = tmp_path / "ander.csv"
    other.write_text(f"huishouden_id;gemeente\nH1;{AMERSFOORT}\n")
    asked = [command, str(invoer), *([str(other)] if command == "verify" else ["--out", str(tmp_path / "o")])]
    assert main([*asked, "--scenario", str(bad)]) == 3
    said = capsys.readouterr().err
    assert "Bedoelt u gronden/straal_km" in said
    assert "Schrijf het getal zonder eenheid, in 'uur per week'." in said
    assert not (tmp_path / "o").exists()


def test_rules_and_requests_take_a_scenario_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    near = scenario(tmp_path, f'naam = "Tien"\n[parameters]\n{STRAAL_10}')
    assert main(["rules", "--at", "2026-10-01", "--scenario", str(near)]) == 0
    shown = capsys.readouterr().out
    assert "gronden/straal_km = 10 (km; aanname, sinds" in shown
    assert "bron: aanname van scenario 'Tien'" in shown
    assert main(["rules", "--at", "2026-10-01", "--lang", "en"]) == 0
    assert "gronden/straal_km = 50 (km; practice, since 2016-01-01; not verified)" in capsys.readouterr().out


def test_levels_for_another_policy_than_the_one_run_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = groep([huishouden("H1")], {UTRECHT: 5})
    settings = 'policy = "kansrijk"\npeildatum = 2026-10-01\nlevels = ["personen_gekoppeld", "kans_werk"]\n'
    invoer = schrijf(batch, tmp_path / "in", settings)
    assert main(["run", str(invoer), "--policies", "handmatig", "--out", str(tmp_path / "a")]) == 0
    assert "horen bij het beleid" not in capsys.readouterr().err
    told = json.loads((tmp_path / "a" / "run.json").read_text(encoding="utf-8"))
    assert [(d["setting"], d["source"]) for d in told["differences"]["policies"]] == [("niveaus", "gebruiker")]
    assert run(invoer, tmp_path / "b")[0] == 0
    said = capsys.readouterr().err
    assert "De levels in dit bestand horen bij het beleid kansrijk. Nu geldt het beleid straal50" in said
