"""``koppelwijzer rules``: a day, two days, and values of one's own."""

import json
from pathlib import Path

import pytest

from optimizer.cli import main

KLEIN = str(Path(__file__).parents[2] / "inputs" / "klein")
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "gronden" / "straal_km.yaml"
    file.parent.mkdir()
    file.write_text(
        'description: "Eigen straal"\ndescription_en: "Own radius"\nunit: km\nlayer: aanname\n'
        'values:\n  2026-07-01:\n    value: 30\n    source: {title: "Afspraak in de regio"}\n',
        encoding="utf-8",
    )
    return tmp_path


def test_a_day_shows_rules_numbers_and_norms_that_are_not_coded(capsys: Capture) -> None:
    assert main(["rules", "--at", "2026-10-01"]) == 0
    text = capsys.readouterr().out
    assert "regel straal (uitvoeringspraktijk, sinds 2016-01-01)" in text
    assert "werk/minimum_uren = 8 (uur per week" in text
    assert "norm einde_voorrang" in text


@pytest.mark.parametrize(("day", "said"), [("2025-02-01", "; nagekeken)"), ("2024-02-01", "; niet nagekeken)")])
def test_a_number_says_whether_it_was_verified(day: str, said: str, capsys: Capture) -> None:
    assert main(["rules", "--at", day]) == 0
    (line,) = [row for row in capsys.readouterr().out.splitlines() if row.startswith("taakstelling/landelijk")]
    assert line.endswith(said)


def test_two_days_show_what_changed(capsys: Capture) -> None:
    assert main(["rules", "--diff", "2025-12-31", "2026-01-01"]) == 0
    text = capsys.readouterr().out
    assert "parameter taakstelling/landelijk: gewijzigd" in text
    assert "van: 13000 personen" in text
    assert "naar: 15000 personen" in text


def test_a_table_of_numbers_is_written_for_people(capsys: Capture) -> None:
    assert main(["rules", "--diff", "2025-06-30", "2026-01-01"]) == 0
    text = capsys.readouterr().out
    assert "van: alleenstaand 1345,45; gehuwd 1922,07 euro per maand (" in text
    assert "naar: alleenstaand 1401,5; gehuwd 2002,13 euro per maand (" in text
    assert main(["rules", "--at", "2026-10-01", "--lang", "en"]) == 0
    text = capsys.readouterr().out
    assert "bijstand/norm = alleenstaand 1401.5; gehuwd 2002.13 (" in text
    assert "(persons a half-year; ministerial regulation, since 2026-07-01; not verified)" in text
    assert "not found: the value from 2026-07-01; until it is, the one before it holds" in text
    assert main(["rules", "--diff", "2026-06-30", "2026-07-01"]) == 0
    assert "niet gevonden: de waarde vanaf 2026-07-01" in capsys.readouterr().out
    assert "{" not in text


def test_a_merger_is_a_change_on_its_day_and_stays_in_force(capsys: Capture) -> None:
    assert main(["rules", "--diff", "2026-12-31", "2027-01-01"]) == 0
    text = capsys.readouterr().out
    assert "herindeling Wijdemeren: nieuw" in text
    assert (
        "naar: Wijdemeren (GM1696) gaat op in Hilversum (GM0402). (aanname, sinds 2027-01-01; bron: Ministerie" in text
    )
    assert main(["rules", "--diff", "2027-01-01", "2026-12-31", "--json"]) == 0
    [change] = json.loads(capsys.readouterr().out)["wijzigingen"]
    assert (change["soort"], change["wat"], change["naar"]) == ("herindeling", "vervallen", None)
    for day, count in (("2026-12-31", 0), ("2027-01-01", 1)):
        assert main(["rules", "--at", day, "--json"]) == 0
        assert len(json.loads(capsys.readouterr().out)["herindelingen"]) == count
        assert main(["rules", "--at", day]) == 0
        assert capsys.readouterr().out.count("herindeling Wijdemeren (aanname, vanaf 2027-01-01)") == count


def test_two_days_without_a_change_say_so_and_machines_get_json(capsys: Capture) -> None:
    assert main(["rules", "--diff", "2026-07-01", "2026-08-01"]) == 0
    assert "Niets." in capsys.readouterr().out
    assert main(["rules", "--diff", "2022-01-01", "2022-07-01", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [change["naam"] for change in found["wijzigingen"]] == ["taakstelling/landelijk"]


def test_values_of_ones_own_take_the_place_of_ours(own: Path, capsys: Capture) -> None:
    assert main(["rules", "--at", "2026-10-01", "--rules", str(own), "--json"]) == 0
    numbers = {p["naam"]: p for p in json.loads(capsys.readouterr().out)["parameters"]}
    assert (numbers["gronden/straal_km"]["waarde"], numbers["gronden/straal_km"]["bron"]) == (
        30,
        "Afspraak in de regio",
    )


@pytest.mark.parametrize(
    "words",
    [
        ["--diff", "2026-07-01", "morgen"],
        ["--at", "2026-07-01", "--diff", "2026-01-01", "2026-07-01"],
        ["--rules", "bestaat_niet"],
    ],
)
def test_a_call_that_cannot_work_is_a_usage_error(words: list[str], capsys: Capture) -> None:
    assert main(["rules", *words]) == 2
    assert capsys.readouterr().err


def test_a_run_and_its_judge_follow_the_values_of_ones_own(own: Path, tmp_path: Path, capsys: Capture) -> None:
    out, ours = tmp_path / "uit", ["--rules", str(own)]
    assert main(["run", KLEIN, "--out", str(out), *ours]) == 0
    receipt = json.loads((out / "run.json").read_text("utf-8"))["parameters"]["gronden/straal_km"]
    assert (receipt["value"], receipt["source"]) == (30, "Afspraak in de regio")
    assert main(["verify", KLEIN, str(out / "voorstel.csv"), *ours, "--policy", "kansrijk"]) == 0
    assert "0 overtredingen" in capsys.readouterr().out
