"""What a run says while it searches: words and units that people know, and never nothing for long."""

import time

import pytest

from optimizer.cli import main, options
from optimizer.cli import pulse as pulse_module
from optimizer.cli.pulse import Pulse
from optimizer.pipeline.progress import level_progress, with_time_left


def test_progress_is_a_line_for_every_change_in_units_that_people_know() -> None:
    said: list[str] = []
    tell = level_progress("nl", said.append)
    tell("draft", 805145916.0, 805145999.4)
    tell("draft", 805145917.0, 805145999.4)
    for value, bound in ((681.1470, 681.1483), (681.1470, 681.1483), (681.1470, 681.1470)):
        tell("kans_werk", value, bound)
    tell("personen_gekoppeld", 2479.0, 2490.0)
    tell("loting", 671838429.0, 685646495.0)
    assert said == [
        "een eerste antwoord zoeken",
        "Kans op werk, opgeteld over alle volwassenen: 681,1470 kans, hoogstens 681,1483",
        "Kans op werk, opgeteld over alle volwassenen: 681,1470 kans, beter kan niet",
        "Gekoppelde personen: 2.479 personen, hoogstens 2.490",
        "loten tussen voorstellen die even goed zijn",
    ]


def test_progress_speaks_english() -> None:
    said: list[str] = []
    level_progress("en", said.append)("personen_gekoppeld", 1234.0, 1240.0)
    assert said == ["Persons linked: 1,234 persons, at most 1,240"]


def test_a_level_that_comes_back_says_that_its_room_was_used() -> None:
    said: list[str] = []
    tell = level_progress("nl", said.append)
    for naam, value, bound in (
        ("draft", 1.0, 2.0),
        ("personen_gekoppeld", 616.0, 620.0),
        ("personen_gekoppeld", 616.0, 616.0),
        ("kans_werk", 128.3678, 128.3678),
        ("personen_gekoppeld", 616.0, 617.0),
    ):
        tell(naam, value, bound)
    assert said[1:] == [
        "Gekoppelde personen: 616 personen, hoogstens 620",
        "Gekoppelde personen: 616 personen, beter kan niet",
        "Kans op werk, opgeteld over alle volwassenen: 128,3678 kans, beter kan niet",
        "opnieuw, binnen de ruimte van dit niveau: Gekoppelde personen: 616 personen, hoogstens 617",
    ]


def test_the_time_left_follows_from_what_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 120.0)
    told = "andere maanden: 2 van 8 klaar"
    assert with_time_left(told, 2, 8, 100.0, "nl") == f"{told}, nog ongeveer 60 seconden"
    assert with_time_left(told, 2, 22, 100.0, "nl") == f"{told}, nog ongeveer 4 minuten"
    assert with_time_left(told, 2, 22, 100.0, "en") == f"{told}, about 4 minutes left"
    assert with_time_left(told, 0, 8, 100.0, "nl") == told
    assert with_time_left(told, 8, 8, 100.0, "nl") == told


def test_after_a_silence_what_goes_on_is_said_again(capsys: pytest.CaptureFixture[str]) -> None:
    with Pulse("nl", silence_s=0.05) as pulse:
        pulse("invoer lezen")
        deadline = time.monotonic() + 20
        heard = ""
        while "nog bezig" not in heard and time.monotonic() < deadline:
            time.sleep(0.02)
            heard += capsys.readouterr().err
    assert heard.splitlines()[0] == "invoer lezen"
    assert "nog bezig (0 s): invoer lezen" in heard


def test_who_ends_says_nothing_more(capsys: pytest.CaptureFixture[str]) -> None:
    with Pulse("en", silence_s=0.02) as pulse:
        pulse("reading the input")
    capsys.readouterr()
    time.sleep(0.1)
    assert capsys.readouterr().err == ""


def heard(capsys: pytest.CaptureFixture[str], wanted: str) -> str:
    """What is said on stderr until something wanted is among it, or for twenty seconds."""
    said, deadline = "", time.monotonic() + 20
    while wanted not in said and time.monotonic() < deadline:
        time.sleep(0.02)
        said += capsys.readouterr().err
    return said


def test_a_command_that_says_nothing_is_told_to_be_at_work(capsys: pytest.CaptureFixture[str]) -> None:
    with Pulse("nl", silence_s=0.05, doing="koppelwijzer generate"):
        assert "nog bezig (0 s): koppelwijzer generate" in heard(capsys, "generate")


def test_of_two_pulses_within_each_other_only_the_inner_one_speaks(capsys: pytest.CaptureFixture[str]) -> None:
    with Pulse("nl", silence_s=0.05, doing="buiten"):
        with Pulse("nl", silence_s=0.05) as pulse:
            pulse("binnen")
            time.sleep(0.3)
            assert "buiten" not in heard(capsys, "nog bezig")
        assert "buiten" in heard(capsys, "buiten")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_command_says_that_it_is_at_work_when_it_says_nothing_else(
    lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object, **__: object) -> str:
        time.sleep(0.5)
        return "GM0193"

    monkeypatch.setattr(pulse_module, "SILENCE_S", 0.1)
    monkeypatch.setattr(options, "resolved", slow)
    assert main(["geo", "gemeente", "Zwolle", "--lang", lang]) == 0
    assert {"nl": "nog bezig", "en": "still at work"}[lang] in capsys.readouterr().err
