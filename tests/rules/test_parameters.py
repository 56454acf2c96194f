"""Dated parameters: the value of a day, sources that must be there, and overlays of a user."""

import datetime
from datetime import date
from pathlib import Path

import pytest

from optimizer.errors import ParameterFout
from optimizer.rules.catalogue import gaps
from optimizer.rules.parameters import FOLDER, load, read_folder

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


def test_every_parameter_that_a_rule_reads_is_in_force_but_for_the_gaps_that_the_documentation_names() -> None:
    known = [
        ("omkoppeling_loon", "bijstand/norm", date(2016, 1, 1), date(2024, 1, 1)),
        ("omkoppeling_loon", "bijstand/norm", date(2025, 7, 1), date(2026, 1, 1)),
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
