"""Dated parameters: the value of a day, sources that must be there, and overlays of a user."""

import datetime
import math
import re
from datetime import date
from pathlib import Path

import pytest

from optimizer.errors import ParameterFout
from optimizer.rules.catalogue import gaps
from optimizer.rules.parameters import FOLDER, USER, Origin, Source, load, near, read_folder

GOOD = """\
description: "Zoveel uur"
description_en: "So many hours"
unit: "uur per week"
layer: aanname
values:
  2026-01-01:
    value: 8
    source: {title: "Bron"}
  2026-07-01:
    value: 12
    source: {title: "Andere bron", page: "3"}
"""
NAME = "werk/minimum_uren"


def overlay(folder: Path, text: str, name: str = NAME) -> Path:
    file = folder / f"{name}.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 6, 30), 8), (date(2026, 7, 1), 12), (date(2026, 1, 1), 8), (date(2030, 1, 1), 12)]
)
def test_a_value_holds_from_its_day_until_the_next(tmp_path: Path, day: date, hours: int) -> None:
    assert load(day, [overlay(tmp_path, GOOD)])[NAME] == hours


def test_before_its_first_day_an_overlay_has_no_value(tmp_path: Path) -> None:
    with pytest.raises(ParameterFout, match="heeft geen waarde op 2025-12-31"):
        load(date(2025, 12, 31), [overlay(tmp_path, GOOD)])[NAME]


def test_an_empty_value_ends_a_parameter(tmp_path: Path) -> None:
    ended = load(date(2026, 7, 1), [overlay(tmp_path, GOOD.replace("value: 12", "value: null"))])
    assert NAME not in list(ended)
    assert ended.catalogue[NAME].at(date(2026, 6, 30)) is not None


def test_a_value_that_was_not_found_leaves_the_one_before_it_and_says_so(tmp_path: Path) -> None:
    text = GOOD.replace("value: 12", "value: null\n    not_found: true")
    folder = overlay(tmp_path, text)
    before, after = load(date(2026, 6, 30), [folder]), load(date(2026, 7, 1), [folder])
    assert (before[NAME], after[NAME]) == (8, 8)
    assert before.not_found(NAME) is None
    missing = after.not_found(NAME)
    assert missing is not None
    assert (missing.since, str(missing.source)) == (date(2026, 7, 1), "Andere bron, p. 3")
    assert after.replace({NAME: 9}).not_found(NAME) is None


def test_a_later_value_ends_what_was_not_found(tmp_path: Path) -> None:
    text = GOOD.replace("value: 12", "value: null\n    not_found: true")
    text += '  2027-01-01:\n    value: 10\n    source: {title: "Bron"}\n'
    later = load(date(2027, 1, 1), [overlay(tmp_path, text)])
    assert (later[NAME], later.not_found(NAME)) == (10, None)


def test_a_value_cannot_be_there_and_not_found(tmp_path: Path) -> None:
    text = GOOD.replace("value: 12", "value: 12\n    not_found: true")
    with pytest.raises(ParameterFout, match="niet gevonden, maar er staat er wel een"):
        load(date(2026, 7, 1), [overlay(tmp_path, text)])


def test_the_norm_of_2025_is_known_and_that_of_july_2026_is_not_copied() -> None:
    norm = "bijstand/norm"
    assert load(date(2025, 7, 1))[norm] == {"alleenstaand": 1369.06, "gehuwd": 1955.80}
    july = load(date(2026, 7, 1))
    assert july.catalogue[norm].values[-1].value is None
    assert july[norm] == load(date(2026, 6, 30))[norm]
    assert july.not_found(norm) is not None


def test_the_last_overlay_wins_and_others_stay(tmp_path: Path) -> None:
    one = overlay(tmp_path / "een", GOOD)
    other = overlay(tmp_path / "twee", GOOD.replace("value: 8", "value: 9"))
    parameters = load(date(2026, 1, 1), [one, other])
    assert parameters[NAME] == 9
    assert parameters["gronden/straal_km"] == 50


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        ('    source: {title: "Bron"}\n', "", "de waarde vanaf 2026-01-01 heeft geen bron"),
        ('title: "Bron"', 'page: "3"', "de waarde vanaf 2026-01-01 heeft geen bron"),
        ("layer: aanname", "layer: gewoonte", "laag 'gewoonte' bestaat niet"),
        ("2026-07-01:", "2026-01-01:", "'2026-01-01' staat er twee keer"),
        ("2026-07-01:", "later:", "'later' is geen datum"),
        ("value: 8", "value: acht", "'acht' is van een andere soort dan 8"),
        ("value: 8", "value: -1", "-1 is minder dan 0"),
        ("unit: ", "eenheid: ", "is niet goed geschreven: 'unit'"),
    ],
)
def test_a_faulty_file_is_refused_with_the_reason(tmp_path: Path, was: str, becomes: str, message: str) -> None:
    assert was in GOOD
    with pytest.raises(ParameterFout, match=message):
        load(date(2026, 10, 1), [overlay(tmp_path, GOOD.replace(was, becomes))])


def test_an_overlay_of_an_unknown_parameter_or_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterFout, match="'werk/uren' bestaat niet"):
        load(date(2026, 10, 1), [overlay(tmp_path, GOOD, "werk/uren")])
    with pytest.raises(ParameterFout, match="bestaat niet"):
        load(date(2026, 10, 1), [tmp_path / "weg"])


def test_the_bounds_that_ship_hold_for_an_overlay_and_for_what_a_run_sets_on_top(tmp_path: Path) -> None:
    own = load(date(2026, 10, 1), [overlay(tmp_path, GOOD)])
    with pytest.raises(ParameterFout, match="is minder dan 0"):
        own.replace({NAME: -2})


def test_everything_in_a_file_is_read(tmp_path: Path) -> None:
    text = GOOD.replace("layer: aanname\n", "layer: wet\nminimum: 1\nmaximum: 40\nchoices: [straight, border]\n")
    text += "    verified: true\n"
    [(name, found)] = read_folder(overlay(tmp_path, text)).items()
    assert (name, found.name, found.description, found.description_en) == (NAME, NAME, "Zoveel uur", "So many hours")
    assert (found.unit, found.layer, found.choices) == ("uur per week", "wet", ("straight", "border"))
    assert (found.minimum, found.maximum) == (1, 40)
    first, second = found.values
    assert (first.since, first.value, str(first.source), first.verified) == (date(2026, 1, 1), 8, "Bron", False)
    assert (second.value, str(second.source), second.verified) == (12, "Andere bron, p. 3", True)
    [plain] = read_folder(overlay(tmp_path / "los", GOOD)).values()
    assert (plain.choices, plain.minimum, plain.maximum) == ((), -math.inf, math.inf)
    assert [v.verified for v in plain.values] == [False, False]


def test_values_stand_in_order_of_date_whatever_the_file_does(tmp_path: Path) -> None:
    text = GOOD.replace("2026-01-01", "2027-01-01")
    assert load(date(2026, 12, 31), [overlay(tmp_path, text)])[NAME] == 12
    assert load(date(2027, 1, 1), [overlay(tmp_path / "weer", text)])[NAME] == 8


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("layer: aanname", "layer: x"), "laag 'x' bestaat niet (wet, amvb, regeling, circulaire, "),
        (GOOD.replace("value: 8", "value: null").replace("value: 12", "value: null"), f"'{NAME}' heeft geen enkele"),
        (GOOD.replace("2026-07-01", "later"), f"Parameter '{NAME}': 'later' is geen datum."),
        (GOOD.replace('{title: "Bron"}', "{}"), f"Parameter '{NAME}': de waarde vanaf 2026-01-01 heeft geen bron."),
        (GOOD.replace("uur per week", "uur"), f"Parameter '{NAME}' staat in 'uur'; de eenheid is 'uur per week'."),
        (GOOD.replace("value: 8", "value: 169"), f"'{NAME}' vanaf 2026-01-01: 169 is meer dan 168."),
    ],
)
def test_a_refusal_names_the_parameter_and_what_there_is(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ParameterFout, match=re.escape(message)):
        load(date(2026, 10, 1), [overlay(tmp_path, text)])


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    overlay(tmp_path, GOOD.replace("layer: aanname", "layer: x"))
    overlay(tmp_path, GOOD.replace("unit: ", "eenheid: "), "gronden/straal_km")
    with pytest.raises(ParameterFout) as refused:
        read_folder(tmp_path)
    first, second = str(refused.value).split("\n")
    assert first.startswith("Parameter 'gronden/straal_km' is niet goed geschreven")
    assert second.startswith(f"Parameter '{NAME}': laag 'x'")
    wrong = GOOD.replace("value: 8", "value: -1").replace("value: 12", "value: 200")
    with pytest.raises(ParameterFout) as refused:
        load(date(2026, 10, 1), [overlay(tmp_path / "een", wrong), overlay(tmp_path / "twee", GOOD, "q/zzz")])
    assert str(refused.value).split("\n") == [
        f"Parameter '{NAME}' vanaf 2026-01-01: -1 is minder dan 0.",
        f"Parameter '{NAME}' vanaf 2026-07-01: 200 is meer dan 168.",
        "Parameter 'q/zzz' bestaat niet. Met koppelwijzer rules ziet u alle namen.",
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("werk/minimum_ure", f"Parameter 'werk/minimum_ure' bestaat niet; bedoelt u {NAME}, werk/voltijd_uren?"),
        ("straal_km", "Parameter 'straal_km' bestaat niet; bedoelt u gronden/straal_km, behoud/schaal_km?"),
        ("zzz/qqq", "Parameter 'zzz/qqq' bestaat niet. Met koppelwijzer rules ziet u alle namen."),
    ],
)
def test_an_unknown_parameter_gets_a_hint(tmp_path: Path, name: str, hint: str) -> None:
    with pytest.raises(ParameterFout) as refused:
        load(date(2026, 10, 1), [overlay(tmp_path / "map", GOOD, name)])
    assert str(refused.value) == hint


def test_at_most_two_names_that_are_meant_are_told_by_whole_path() -> None:
    known = ["x/maandloon_een", "x/diep/maandloon_elf", "x/maandloon_tien", "y/straal"]
    assert near("maandloon_elf", known) == "x/diep/maandloon_elf, x/maandloon_een"
    assert near("diep/maandloon", known) == "x/diep/maandloon_elf, x/maandloon_een"
    assert near("straa", known) == "y/straal"
    assert near("niets", ["werk"]) == ""


def test_choices_that_ship_hold_for_an_overlay_too(tmp_path: Path) -> None:
    text = (
        GOOD.replace("uur per week", "maat").replace("value: 8", "value: straight").replace("value: 12", "value: road")
    )
    own = load(date(2026, 1, 1), [overlay(tmp_path, text, "gronden/maat")])
    assert own["gronden/maat"] == "straight"
    assert own.replace({"gronden/maat": "bestand:km.csv"})["gronden/maat"] == "bestand:km.csv"
    with pytest.raises(ParameterFout, match=r"'hemelsbreed' is geen keuze \(straight, border, road, bestand:\)"):
        own.replace({"gronden/maat": "hemelsbreed"})
    with pytest.raises(ParameterFout, match="is meer dan 168"):
        load(date(2026, 1, 1), [overlay(tmp_path / "uren", GOOD)]).replace({NAME: 169})


def test_a_value_set_for_a_run_keeps_the_origin_that_it_was_given() -> None:
    agreed = Origin(Source("Afspraak"), "circulaire")
    own = load(date(2026, 10, 1)).replace({NAME: 9, "gronden/straal_km": 40}, {NAME: agreed})
    assert (own.origin(NAME), own.origin("gronden/straal_km")) == (agreed, USER)
    later = own.replace({"gronden/straal_km": 45})
    assert (later[NAME], later.origin(NAME), later["gronden/straal_km"]) == (9, agreed, 45)
    with pytest.raises(
        ParameterFout, match=r"^Parameter 'werk/niets' bestaat niet\. Met koppelwijzer rules ziet u alle namen\.$"
    ):
        own["werk/niets"]
    with pytest.raises(
        ParameterFout, match=r"^Parameter 'werk/niets' bestaat niet\. Met koppelwijzer rules ziet u alle namen\.$"
    ):
        own.replace({"werk/niets": 1})


def test_every_number_of_a_list_or_table_keeps_to_the_bounds() -> None:
    parameters = load(date(2026, 10, 1))
    months, norm = "taakstelling/maanden_toezicht", "bijstand/norm"
    assert parameters.replace({months: [2, 12]})[months] == [2, 12]
    for wrong, reason in (([0, 7], "is minder dan 1"), ([1, 13], "is meer dan 12"), ([1], "andere soort")):
        with pytest.raises(ParameterFout, match=reason):
            parameters.replace({months: wrong})
    with pytest.raises(ParameterFout, match="is minder dan 0"):
        parameters.replace({norm: {"alleenstaand": 1.0, "gehuwd": -1.0}})


def test_every_value_that_ships_keeps_to_its_own_bounds() -> None:
    for parameter in read_folder(FOLDER).values():
        assert [v.since for v in parameter.values if v.value is not None and parameter.why_not(v.value)] == []


def test_a_list_must_be_as_long_and_of_the_same_kind() -> None:
    parameters = load(date(2026, 10, 1))
    order = parameters["gronden/volgorde"]
    assert parameters.replace({"gronden/volgorde": order[::-1]})["gronden/volgorde"] == order[::-1]
    for wrong in (order[:3], [*order[:3], 4], [*order[:3], order[0]], "werk"):
        with pytest.raises(ParameterFout, match="gronden/volgorde"):
            parameters.replace({"gronden/volgorde": wrong})


def test_every_parameter_that_a_rule_reads_is_in_force_but_for_the_gaps_that_the_documentation_names() -> None:
    known = [
        ("omkoppeling_loon", "bijstand/norm", date(2016, 1, 1), date(2024, 1, 1)),
        ("taakstelling_aandeel", "taakstelling/landelijk", date(2015, 1, 1), date(2022, 1, 1)),
    ]
    assert gaps(load(date(2026, 10, 1))) == known


def test_a_parameter_that_ends_leaves_a_gap(tmp_path: Path) -> None:
    parameters = load(date(2026, 1, 1), [overlay(tmp_path, GOOD.replace("value: 12", "value: null"))])
    mine = [gap[2:] for gap in gaps(parameters) if gap[1] == NAME]
    assert mine == [(date(2016, 1, 1), date(2026, 1, 1)), (date(2026, 7, 1), datetime.date.max)]


def test_every_value_that_ships_names_its_source_and_every_assumption_says_so() -> None:
    for name, parameter in read_folder(FOLDER).items():
        for dated in parameter.values:
            assert dated.source.title, name
            if "aanname" in dated.source.title.casefold():
                assert not dated.verified, name
