"""What is in force, what changed between two days, and norms that are known and not coded."""

import importlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from optimizer.domain.terms import UNITS
from optimizer.errors import ParameterFout
from optimizer.rules.catalogue import all_rules, gaps, in_force
from optimizer.rules.changes import changes
from optimizer.rules.citation import RULES, Citation, cites, seams
from optimizer.rules.parameters import LAYERS, Parameters, Source, load
from optimizer.rules.uncoded import read_uncoded

DAY = date(2026, 10, 1)
NORM = '- {id: a, nl: "Zin.", en: "Norm.", layer: wet, source: {title: "Bron"}, why: "Reden.", why_en: "Why."}\n'
VERIFIED = """\
description: "x"
description_en: "x"
unit: uur per week
layer: wet
values:
  2026-01-01: {value: 8, source: {title: "Bron"}, verified: true}
"""


def version(rule: str, since: date, until: date | None = None) -> Citation:
    return Citation(rule, "Zin.", "Rule.", Source("Bron"), "wet", since, until)


def test_every_rule_has_a_sentence_a_layer_a_source_and_a_docstring() -> None:
    for name, (citation, function) in all_rules().items():
        assert citation.id == name
        assert citation.nl.endswith(".")
        assert citation.layer in LAYERS
        assert citation.source.title
        assert function.__doc__


def test_a_rule_of_later_is_not_in_force_yet_and_an_ended_one_no_longer() -> None:
    rule = version("a", date(2020, 1, 1), date(2024, 1, 1))
    assert [
        rule.in_force(date(y, m, d)) for y, m, d in ((2019, 12, 31), (2020, 1, 1), (2023, 12, 31), (2024, 1, 1))
    ] == [
        False,
        True,
        True,
        False,
    ]


def test_two_rules_of_one_name_are_refused() -> None:
    taken = next(iter(all_rules()))
    with pytest.raises(ValueError, match="exists already"):
        cites(version(taken, DAY))(len)


def test_no_sentence_of_a_rule_holds_a_number_that_a_parameter_holds() -> None:
    amount = r"(\d+|twee|drie|vier|zes|acht|tien|two|three|four|six|eight|ten)"
    number = re.compile(
        rf"\b{amount} (uur|km|weken|maanden|hours|weeks|months|january|april|july|october)", re.IGNORECASE
    )
    said = {name: f"{citation.nl} {citation.en}" for name, (citation, _) in all_rules().items() if citation.parameters}
    said |= {norm.id: f"{norm.nl} {norm.en}" for norm in read_uncoded()}
    assert [name for name, text in said.items() if number.search(text)] == []


def test_versions_of_a_rule_adjoin_in_what_ships() -> None:
    assert seams(citation for citation, _ in all_rules().values()) == []


def test_a_gap_and_an_overlap_between_versions_are_found_and_adjoining_ones_are_not() -> None:
    first = version("a", date(2020, 1, 1), date(2024, 1, 1))
    assert seams([version("a@2024", date(2024, 1, 1)), first, version("b", date(2021, 1, 1))]) == []
    assert seams([first, version("a@2025", date(2025, 1, 1))]) == [("a", "gat", date(2024, 1, 1), date(2025, 1, 1))]
    overlap = ("a", "overlap", date(2023, 1, 1), date(2024, 1, 1))
    assert seams([version("a@2023", date(2023, 1, 1)), first]) == [overlap]


def test_what_is_in_force_names_value_layer_and_source() -> None:
    found = in_force(load(DAY))
    (hours,) = [p for p in found["parameters"] if p["naam"] == "werk/minimum_uren"]
    assert (hours["waarde"], hours["laag"], hours["sinds"]) == (8, "uitvoeringspraktijk", "2016-01-01")
    assert "p. 33" in hours["bron"]
    assert {"straal", "werk_harde_grond"} <= {rule["id"] for rule in found["regels"]}
    assert "werken_voor_vergunning" in {norm["id"] for norm in found["niet_gecodeerd"]}


def test_everything_that_is_listed_about_a_rule_a_number_and_a_norm(tmp_path: Path) -> None:
    rules = {rule["id"]: rule for rule in in_force(load(DAY))["regels"]}
    assert rules["taakstelling_aandeel"] == {
        "id": "taakstelling_aandeel",
        "sinds": "2015-01-01",
        "tot": None,
        "laag": "wet",
        "bron": "Huisvestingswet 2014 (BWBR0035303), art. 28 en 29 (https://wetten.overheid.nl/BWBR0035303/)",
        "bron_en": "Huisvestingswet 2014 (BWBR0035303), art. 28 en 29 (https://wetten.overheid.nl/BWBR0035303/)",
        "omschrijving": "Elke gemeente huisvest een deel van het landelijke getal, naar rato van haar inwoners.",
        "omschrijving_en": "Every municipality houses a part of the national number, in proportion to its inhabitants.",
        "parameters": ["taakstelling/landelijk"],
    }
    numbers = {number["naam"]: number for number in in_force(load(DAY))["parameters"]}
    assert numbers["werk/minimum_uren"] == {
        "naam": "werk/minimum_uren",
        "waarde": 8,
        "eenheid": "uur per week",
        "laag": "uitvoeringspraktijk",
        "sinds": "2016-01-01",
        "bron": "Wachten of Werken? (Platform31, 2024), p. 33 (https://www.platform31.nl)",
        "bron_en": "Wachten of Werken? (Platform31, 2024), p. 33 (https://www.platform31.nl)",
        "geverifieerd": False,
        "niet_gevonden_vanaf": None,
        "omschrijving": "Zoveel uur betaald werk per week maakt een baan tot harde grond",
        "omschrijving_en": "Paid hours a week that make a job a hard ground",
    }
    file = tmp_path / "uncoded.yaml"
    file.write_text(NORM.replace('"Bron"', '"Bron", page: "4"'), encoding="utf-8")
    [norm] = read_uncoded(file)
    assert (norm.id, norm.nl, norm.layer, str(norm.source), norm.why) == ("a", "Zin.", "wet", "Bron, p. 4", "Reden.")
    [reba] = [norm for norm in in_force(load(DAY))["niet_gecodeerd"] if norm["id"] == "reba"]
    assert reba["bron"] == "Wachten of Werken? (Platform31, 2024), over de Reba-regeling (https://www.platform31.nl)"
    assert (reba["laag"], reba["omschrijving"][:3], reba["waarom_niet"][:3]) == ("regeling", "Wie", "De ")
    assert (reba["omschrijving_en"][:3], reba["waarom_niet_en"][:3]) == ("Who", "Its")


def test_every_rule_layer_and_unit_has_an_english_word() -> None:
    found = in_force(load(DAY))
    told = [*found["regels"], *found["parameters"], *found["niet_gecodeerd"]]
    assert all(entry["omschrijving_en"] and entry["omschrijving_en"] != entry["omschrijving"] for entry in told)
    assert {entry["laag"] for entry in told} <= set(LAYERS)
    assert {p.unit for p in load(DAY).catalogue.values()} <= set(UNITS)


def test_a_verified_value_says_so_until_a_user_sets_another(tmp_path: Path) -> None:
    file = tmp_path / "werk" / "minimum_uren.yaml"
    file.parent.mkdir()
    file.write_text(VERIFIED, encoding="utf-8")

    def verified(parameters: Parameters) -> tuple[bool, object]:
        [hours] = [p for p in in_force(parameters)["parameters"] if p["naam"] == "werk/minimum_uren"]
        return hours["geverifieerd"], hours["sinds"]

    ours = load(DAY, [tmp_path])
    assert verified(ours) == (True, "2026-01-01")
    assert verified(ours.replace({"werk/minimum_uren": 9})) == (False, "2026-01-01")
    early = load(date(2025, 1, 1), [tmp_path])
    assert verified(early.replace({"werk/minimum_uren": 9})) == (False, None)


def test_an_ended_rule_is_listed_with_its_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = version("oud", date(2020, 1, 1), date(2027, 1, 1))
    monkeypatch.setitem(RULES, "oud", (ended, len))
    [rule] = [rule for rule in in_force(load(DAY))["regels"] if rule["id"] == "oud"]
    assert (rule["sinds"], rule["tot"]) == ("2020-01-01", "2027-01-01")
    assert in_force(load(date(2027, 1, 1)))["regels"] == [r for r in in_force(load(DAY))["regels"] if r["id"] != "oud"]


def test_a_rule_that_reads_an_unknown_number_has_a_gap_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    citation = replace(version("nieuw", date(2020, 1, 1), date(2024, 1, 1)), parameters=("werk/onbekend",))
    monkeypatch.setitem(RULES, "nieuw", (citation, len))
    assert ("nieuw", "werk/onbekend", date(2020, 1, 1), date(2024, 1, 1)) in gaps(load(DAY))


def test_a_change_says_whether_it_is_a_rule_or_a_number() -> None:
    found = changes(load(date(2015, 12, 31)), load(date(2016, 1, 1)))
    kinds = {change["naam"]: change["soort"] for change in found}
    assert (kinds["straal"], kinds["werk/minimum_uren"]) == ("regel", "parameter")
    assert [c["soort"] for c in found] == sorted((c["soort"] for c in found), reverse=True)


def test_a_rule_is_registered_under_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.rules.citation.RULES", {})
    mine = version("mijn", DAY)
    assert cites(mine)(len) is len
    assert importlib.import_module("optimizer.rules.citation").RULES["mijn"] == (mine, len)


def test_before_2016_no_practice_is_in_force() -> None:
    found = in_force(load(date(2015, 6, 1)))
    assert {rule["laag"] for rule in found["regels"]} <= {"wet", "aanname"}
    assert found["parameters"] == []


def test_a_value_set_for_a_run_is_an_assumption_of_the_user() -> None:
    found = in_force(load(DAY, overrides={"werk/minimum_uren": 12}))
    (hours,) = [p for p in found["parameters"] if p["naam"] == "werk/minimum_uren"]
    assert (hours["waarde"], hours["laag"], hours["bron"]) == (12, "aanname", "gebruiker")


def test_the_new_national_number_is_the_change_of_a_new_year() -> None:
    found = changes(load(date(2025, 12, 31)), load(date(2026, 1, 1)))
    assert [(c["naam"], c["wat"]) for c in found] == [
        ("bijstand/norm", "gewijzigd"),
        ("taakstelling/landelijk", "gewijzigd"),
    ]
    assert (found[1]["van"]["waarde"], found[1]["naar"]["waarde"]) == (13000, 15000)


def test_nothing_changes_between_two_days_of_one_half_year() -> None:
    assert changes(load(date(2026, 7, 1)), load(date(2026, 12, 31))) == []


def test_what_came_is_new_and_the_way_back_is_gone() -> None:
    before, after = load(date(2014, 12, 31)), load(date(2015, 1, 1))
    came = {c["naam"]: c["wat"] for c in changes(before, after)}
    assert set(came.values()) == {"nieuw"}
    assert {"taakstelling_aandeel", "taakstelling_ruil", "opgave"} <= set(came)
    assert {c["wat"] for c in changes(after, before)} == {"vervallen"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (NORM.replace("layer: wet", "layer: gewoonte"), "mist een laag"),
        (NORM.replace('"Reden."', '""'), "mist een laag, een reden"),
        (NORM.replace("source", "bron"), "niet goed geschreven"),
        (NORM + NORM, "twee keer"),
    ],
)
def test_a_norm_without_source_layer_or_reason_is_refused(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "uncoded.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ParameterFout, match=message):
        read_uncoded(file)


def test_a_norm_is_not_coded_and_known_at_once() -> None:
    assert {norm.id for norm in read_uncoded()} & set(all_rules()) == set()
