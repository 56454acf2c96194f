"""A scenario is read as a whole: every path checked, every defect told at once, every value with its source."""

from pathlib import Path

import pytest

from optimizer.errors import ExitCode, InvoerOngeldig
from optimizer.policy import load_beleid
from optimizer.policy.beleid import adopt
from optimizer.read.texts import render
from optimizer.read.wishes.scenario import Scenario, parse_scenario, read_scenarios
from optimizer.rules.parameters import Origin, Source

INPUTS = Path(__file__).parents[2] / "inputs"


def codes(text: str) -> list[tuple[str, str]]:
    return [(d.code, d.column) for d in parse_scenario("proef.toml", text.encode())[1]]


def remedy(text: str) -> str:
    (defect,) = parse_scenario("proef.toml", text.encode())[1]
    return render(defect)[1]


def one(text: str) -> Scenario:
    scenario, defects = parse_scenario("proef.toml", text.encode())
    assert defects == []
    return scenario


@pytest.mark.parametrize("path", sorted((INPUTS / "scenario").glob("*.toml")), ids=lambda path: path.stem)
def test_the_examples_that_ship_can_be_used(path: Path) -> None:
    found = read_scenarios([path])
    assert found.parameters or found.policies


def test_a_value_without_a_source_is_an_assumption_of_the_scenario() -> None:
    found = one('naam = "Proef"\n[parameters]\n"gronden/straal_km" = 40')
    assert found.parameters == {"gronden/straal_km": 40}
    assert found.origins["gronden/straal_km"] == Origin(Source("aanname van scenario 'Proef'"), "aanname")


def test_a_value_with_a_source_keeps_its_source_and_layer() -> None:
    found = one(
        '[parameters]\n"werk/minimum_uren" = { value = 12, unit = "uur per week", layer = "circulaire", '
        'source = { title = "Brief", href = "https://example.org", page = "3" } }'
    )
    assert found.parameters == {"werk/minimum_uren": 12}
    assert found.origins["werk/minimum_uren"] == Origin(Source("Brief", "https://example.org", "3"), "circulaire")


def test_a_path_may_be_written_as_a_table() -> None:
    assert one("[parameters.gronden]\nstraal_km = 40").parameters == {"gronden/straal_km": 40}


def test_a_value_that_is_a_table_itself_is_no_value_with_a_source() -> None:
    norm = "{ alleenstaand = 1400.0, gehuwd = 2000.0 }"
    assert one(f'[parameters]\n"bijstand/norm" = {norm}').parameters["bijstand/norm"]["gehuwd"] == 2000.0


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("naam = ", "scenario_onleesbaar", ""),
        ('polici = "loting"', "scenario_sleutel_onbekend", "polici"),
        ("naam = 3", "beleid_waarde_fout", "naam"),
        ('policy = "kansrij"', "scenario_beleid_onbekend", "policy"),
        ("bekend = 1.1", "beleid_waarde_fout", "bekend"),
        ("bekend = true", "beleid_waarde_fout", "bekend"),
        ("parameters = 3", "beleid_waarde_fout", "parameters"),
        ('[parameters]\n"gronden/straal" = 40', "scenario_parameter_onbekend", "parameters.gronden/straal"),
        ('[parameters]\n"gronden/straal_km" = "veel"', "beleid_parameter_fout", "parameters.gronden/straal_km"),
        ('[parameters]\n"gronden/straal_km" = true', "beleid_parameter_fout", "parameters.gronden/straal_km"),
        ('[parameters]\n"gronden/straal_km" = -0.1', "beleid_parameter_fout", "parameters.gronden/straal_km"),
        ('[parameters]\n"gronden/maat" = "wandelend"', "beleid_parameter_fout", "parameters.gronden/maat"),
        ('[parameters]\n"gronden/straal_km" = "40 km"', "scenario_eenheid", "parameters.gronden/straal_km"),
        (
            '[parameters]\n"gronden/straal_km" = { value = 40, unit = "mijl" }',
            "scenario_eenheid",
            "parameters.gronden/straal_km",
        ),
        (
            '[parameters]\n"gronden/straal_km" = { value = 40, laag = "wet" }',
            "scenario_sleutel_onbekend",
            "parameters.gronden/straal_km.laag",
        ),
        (
            '[parameters]\n"gronden/straal_km" = { value = 40, layer = "gewoonte", source = "Brief" }',
            "scenario_laag",
            "parameters.gronden/straal_km",
        ),
        (
            '[parameters]\n"gronden/straal_km" = { value = 40, layer = "wet" }',
            "scenario_bron",
            "parameters.gronden/straal_km",
        ),
        (
            '[parameters]\n"gronden/straal_km" = { value = 40, source = { page = "3" } }',
            "scenario_bron",
            "parameters.gronden/straal_km",
        ),
        ("[policies.kans]\nopgave_geldt = false", "scenario_beleid_onbekend", "policies.kans"),
        ("[policies]\nkansrijk = 3", "beleid_waarde_fout", "policies.kansrijk"),
        ("[policies.kansrijk]\ntitel = 'x'", "scenario_sleutel_onbekend", "policies.kansrijk.titel"),
        ('[policies.kansrijk]\ngronden_binden = "nee"', "beleid_waarde_fout", "policies.kansrijk.gronden_binden"),
        ("[policies.kansrijk]\nniveaus = true", "beleid_waarde_fout", "policies.kansrijk.niveaus"),
        ('[policies.kansrijk]\nniveaus = ["kans_wrk"]', "beleid_niveau_fout", "policies.kansrijk.niveaus"),
        ('[policies.kansrijk]\nniveaus = ["kans_werk"]', "scenario_beleid_fout", "policies.kansrijk"),
        ('[policies.loting]\nniveaus = ["personen_gekoppeld"]', "scenario_beleid_fout", "policies.loting"),
    ],
)
def test_each_fault_is_told_with_its_path(text: str, code: str, column: str) -> None:
    assert codes(text) == [(code, column)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('[parameters]\n"gronden/straal" = 40', "gronden/straal_km"),
        ('[parameters]\n"minimum_uren" = 12', "werk/minimum_uren"),
        ('policy = "kansrij"', "kansrijk"),
        ("[policies.kansrijk]\ngronden_bindt = false", "gronden_binden"),
    ],
)
def test_a_near_miss_gets_a_suggestion(text: str, meant: str) -> None:
    assert remedy(text).startswith(f"Bedoelt u {meant}")


def test_every_defect_of_every_file_comes_at_once(tmp_path: Path) -> None:
    first, other = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text('polici = "x"\nbekend = 3\n[parameters]\n"gronden/straal" = 1\n"werk/minimum_uren" = -1')
    other.write_text("[policies.kansrijk]\ngronden_binden = 1")
    with pytest.raises(InvoerOngeldig) as refused:
        read_scenarios([first, tmp_path / "weg.toml", other])
    assert refused.value.exit_code == ExitCode.INPUT_INVALID
    assert [(d.file, d.code) for d in refused.value.defects] == [
        ("a.toml", "scenario_sleutel_onbekend"),
        ("a.toml", "beleid_waarde_fout"),
        ("a.toml", "scenario_parameter_onbekend"),
        ("a.toml", "beleid_parameter_fout"),
        ("weg.toml", "bestand_onleesbaar"),
        ("b.toml", "beleid_waarde_fout"),
    ]


def test_of_two_scenarios_the_last_one_wins_and_what_it_leaves_alone_stays(tmp_path: Path) -> None:
    first, other = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text(
        'naam = "A"\npolicy = "straal50"\nbekend = 0.3\n[parameters]\n"gronden/straal_km" = 40\n'
        '"werk/minimum_uren" = 12\n[policies.kansrijk]\nopgave_geldt = false\ngronden_binden = false'
    )
    other.write_text('naam = "B"\n[parameters]\n"gronden/straal_km" = 30\n[policies.kansrijk]\ngronden_binden = true')
    both = read_scenarios([first, other])
    assert (both.policy, both.bekend, both.titles) == ("straal50", 0.3, ("A", "B"))
    assert both.parameters == {"gronden/straal_km": 30, "werk/minimum_uren": 12}
    assert str(both.origins["gronden/straal_km"].source) == "aanname van scenario 'B'"
    assert both.policies == {"kansrijk": {"opgave_geldt": False, "gronden_binden": True}}


def test_two_scenarios_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    first, other = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text('[policies.loting]\nmethode = "optimaal"\nniveaus = ["personen_gekoppeld"]')
    other.write_text('[policies.loting]\nmethode = "loting"')
    read_scenarios([first])
    with pytest.raises(InvoerOngeldig) as refused:
        read_scenarios([first, other])
    assert [(d.file, d.code) for d in refused.value.defects] == [("b.toml", "scenario_beleid_fout")]


def test_a_policy_that_no_scenario_names_stays_as_it_ships() -> None:
    found = one("[policies.kansrijk]\ngronden_binden = false")
    assert found.applied(load_beleid("straal50")) == load_beleid("straal50")
    assert not found.applied(load_beleid("kansrijk")).gronden_binden


def test_a_scenario_sets_floors_as_beleid_toml_does() -> None:
    told = '[policies.kansrijk]\nvloer = { "opleiding=laag" = "95 %", "taalniveau=B1" = 1 }\n'
    scenario, defects = parse_scenario("s.toml", told.encode())
    assert defects == []
    asked: dict[str, str | float] = {"opleiding=laag": "95 %", "taalniveau=B1": 1}
    assert scenario.applied(load_beleid("kansrijk")) == adopt(load_beleid("kansrijk"), vloer=asked)
    before = adopt(load_beleid("kansrijk"), vloer={"opleiding=laag": "80 %", "opleiding=hoog": "90 %"})
    both = scenario.applied(before)
    assert both.speelruimte["vloer_opleiding_laag"] == "5 %"
    assert both.speelruimte["vloer_opleiding_hoog"] == "10 %"
    assert len(both.niveaus) == len(set(both.niveaus)) == len(load_beleid("kansrijk").niveaus) + 3
    assert {"policies.kansrijk.niveaus", "policies.kansrijk.speelruimte"} <= set(scenario.origins)


@pytest.mark.parametrize(
    ("told", "code", "column"),
    [
        ('{ "sekse=v" = "90 %" }', "vloer_verboden", "policies.kansrijk.vloer"),
        ('{ "opleiding=dr" = 0.9 }', "vloer_fout", "policies.kansrijk.vloer.opleiding=dr"),
        ('{ "opleiding=laag" = 95 }', "vloer_fout", "policies.kansrijk.vloer.opleiding=laag"),
        ('"95 %"', "beleid_waarde_fout", "policies.kansrijk.vloer"),
    ],
)
def test_a_floor_of_a_scenario_that_cannot_be_is_refused(told: str, code: str, column: str) -> None:
    _, defects = parse_scenario("s.toml", f"[policies.kansrijk]\nvloer = {told}\n".encode())
    assert [(d.code, d.column) for d in defects] == [(code, column)]


def test_a_floor_needs_a_policy_with_levels() -> None:
    _, defects = parse_scenario("s.toml", b'[policies.handmatig]\nvloer = { "opleiding=laag" = 0.9 }\n')
    assert [d.code for d in defects] == ["scenario_beleid_fout"]
