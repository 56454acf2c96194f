"""What is in force, what changed between two days, and norms that are known and not coded."""

from datetime import date
from pathlib import Path

import pytest

from optimizer.errors import ParameterFout
from optimizer.rules.catalogue import all_rules, in_force
from optimizer.rules.changes import changes
from optimizer.rules.citation import Citation, cites, seams
from optimizer.rules.parameters import LAYERS, Source, load
from optimizer.rules.uncoded import read_uncoded

DAY = date(2026, 10, 1)
NORM = '- {id: a, nl: "Zin.", layer: wet, source: {title: "Bron"}, why: "Reden."}\n'


def version(rule: str, since: date, until: date | None = None) -> Citation:
    return Citation(rule, "Zin.", Source("Bron"), "wet", since, until)


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
        ("bijstand/norm", "nieuw"),
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
