"""One place settles what is in force: every command sees the same batch, rules, policy and warnings."""

import datetime
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from optimizer.cli import main
from optimizer.errors import InvoerOngeldig
from optimizer.fit import household_chances, score
from optimizer.settle import Wish, look, settle

KLEIN = Path(__file__).parents[2] / "inputs" / "klein"
Capture = pytest.CaptureFixture[str]
#: No room table of the regime that this scenario asks for would be an error; klein has no capaciteit.
BY_CAPACITY = '[parameters]\n"taakstelling/regime" = "capaciteit"\n'


@pytest.fixture
def klein(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KLEIN, tmp_path / "klein"))


def scenario(folder: Path, text: str) -> Path:
    path = folder / "scenario.toml"
    path.write_text(text, encoding="utf-8")
    return path


def with_a_table_that_does_not_count(folder: Path) -> Path:
    (folder / "capaciteit.csv").write_text("gemeente;capaciteit\nUtrecht;10\n", encoding="utf-8")
    return folder


def test_check_run_verify_and_omkoppeling_give_the_same_warnings(klein: Path, capsys: Capture) -> None:
    with_a_table_that_does_not_count(klein)
    (klein / "omkoppeling.csv").write_text(
        "huishouden_id;huidige_gemeente;aanvraag_datum\nH0001;Zwolle;2026-09-20\n", encoding="utf-8"
    )
    (klein / "voorstel.csv").write_text("huishouden_id;gemeente\n", encoding="utf-8")
    said = {}
    for name, words in {
        "check": ["check", str(klein)],
        "run": ["run", str(klein), "--policy", "handmatig", "--policies", "handmatig", "--out", str(klein / "uit")],
        "verify": ["verify", str(klein), str(klein / "voorstel.csv")],
        "omkoppeling": ["omkoppeling", str(klein)],
    }.items():
        main(words)
        caught = capsys.readouterr()
        said[name] = {line for line in (caught.out + caught.err).splitlines() if "capaciteit.csv" in line}
    assert said["check"]
    assert all(lines == said["check"] for lines in said.values()), said


def test_check_and_verify_agree_on_what_a_scenario_makes_of_an_input(klein: Path, capsys: Capture) -> None:
    overlay = str(scenario(klein.parent, BY_CAPACITY))
    (klein / "voorstel.csv").write_text("huishouden_id;gemeente\n", encoding="utf-8")
    assert main(["check", str(klein), "--scenario", overlay]) == 3
    *checked, total = capsys.readouterr().out.splitlines()
    assert total == "Totaal: 1 fout, 3 waarschuwingen."
    assert main(["verify", str(klein), str(klein / "voorstel.csv"), "--scenario", overlay]) == 3
    assert [line for line in capsys.readouterr().err.splitlines() if line in checked] == checked


def test_levels_that_are_about_another_policy_are_said_by_check_too(klein: Path, capsys: Capture) -> None:
    with (klein / "beleid.toml").open("a", encoding="utf-8") as file:
        file.write('\nlevels = ["personen_gekoppeld", "kans_werk"]\n')
    overlay = scenario(klein.parent, 'policy = "blijf"\n')
    assert main(["check", str(klein), "--scenario", str(overlay), "--json"]) == 0
    assert "beleid_levels_elders" in {d["code"] for d in json.loads(capsys.readouterr().out)}


def test_a_flag_goes_before_a_scenario_and_a_scenario_before_the_input(klein: Path) -> None:
    (klein / "beleid.toml").write_text("bekend = 0.5\nseed = 7\n", encoding="utf-8")
    overlay = (scenario(klein.parent, 'policy = "blijf"\nbekend = 0.6\n'),)
    assert (settle(Wish(klein)).bekend, settle(Wish(klein)).seed) == (0.5, 7)
    assert settle(Wish(klein, scenarios=overlay)).bekend == 0.6
    chosen = settle(Wish(klein, scenarios=overlay, bekend=0.7, policy="straal50", seed=1))
    assert (chosen.bekend, chosen.beleid.naam, chosen.seed) == (0.7, "straal50", 1)
    assert settle(Wish(klein, scenarios=overlay)).beleid.naam == "blijf"


def test_an_input_that_cannot_be_used_is_listed_or_raised_and_never_half_settled(klein: Path) -> None:
    (klein / "taakstelling.csv").unlink()
    in_force, problems = look(Wish(klein))
    assert in_force is None
    with pytest.raises(InvoerOngeldig) as raised:
        settle(Wish(klein))
    assert raised.value.defects == problems


def test_the_day_that_a_user_names_decides_which_rules_apply() -> None:
    assert settle(Wish(KLEIN, peildatum=datetime.date(2026, 10, 1))).parameters.peildatum == datetime.date(2026, 10, 1)


def test_chances_of_work_come_from_one_table_whatever_model_made_it() -> None:
    """A learned model replaces the score by its own table of adults; households follow from that table alone."""
    in_force = settle(Wish(KLEIN))
    adults = score(in_force.batch.personen, in_force.parameters)
    table = np.zeros_like(adults.table)
    table[:, 0] = 1.0
    other = household_chances(in_force.batch, type(adults)(adults.profile, table, {}))
    grown_ups = in_force.batch.personen.groupby("huishouden_id").size()
    assert other["kans_werk"][:, 0].tolist() == [
        10_000 * int(grown_ups.get(h, 0)) for h in in_force.batch.huishoudens["huishouden_id"]
    ]
    assert not other["kans_werk"][:, 1:].any()
    assert other["kans_beste_gezinslid"].max() == 10_000
