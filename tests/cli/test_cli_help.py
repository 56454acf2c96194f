"""``--help`` of every command, in Dutch and in English."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from optimizer.cli import main
from optimizer.cli.app import app
from optimizer.cli.help import ENGLISH, in_language

Capture = pytest.CaptureFixture[str]


def commands(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield words, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*words, name))


ALL = list(commands(typer.main.get_command(app)))
IDS = [" ".join(words) or "koppelwijzer" for words, _ in ALL]


def unboxed(capsys: Capture) -> str:
    """What was shown, without the box that breaks a sentence over lines."""
    return " ".join(capsys.readouterr().out.replace("│", " ").split())


@pytest.mark.parametrize(("words", "command"), ALL, ids=IDS)
def test_every_command_and_option_has_help_in_both_languages(words: tuple[str, ...], command: Any) -> None:
    texts = [command.help, *(parameter.help for parameter in command.params)] if words != ("geo",) else []
    assert [text for text in texts if not text] == []
    assert [text for text in texts if " ".join(text.split()) not in ENGLISH] == []


def test_no_help_is_left_over() -> None:
    used = {command.help for _, command in ALL} | {p.help for _, command in ALL for p in command.params}
    assert set(ENGLISH) - {" ".join(str(text).split()) for text in used} == set()


@pytest.mark.parametrize("words", [words for words, _ in ALL], ids=IDS)
def test_english_help_holds_no_dutch(words: tuple[str, ...], capsys: Capture) -> None:
    assert main([*words, "--help", "--lang", "en"]) == 0
    shown = unboxed(capsys)
    assert "Show this message and exit." in shown
    assert not {"de", "het", "een", "Toon", "Map", "Opties", "deze", "anders"} & set(shown.split())
    assert main([*words, "--help"]) == 0
    assert "Toon deze uitleg." in unboxed(capsys)


@pytest.mark.parametrize("words", [words for words, _ in ALL], ids=IDS)
def test_dutch_help_holds_no_english_of_typer(words: tuple[str, ...], capsys: Capture) -> None:
    assert main([*words, "--help"]) == 0
    shown = unboxed(capsys)
    assert shown.startswith("Gebruik: koppelwijzer")
    english = ("Usage", "OPTIONS", "COMMAND", "ARGS", "default:", "required", "<path>", "<str>", "<int>", "<bool>")
    assert [word for word in english if word in shown] == []
    assert main([*words, "--help", "--lang", "en"]) == 0
    shown = unboxed(capsys)
    assert shown.startswith("Usage: koppelwijzer")
    assert [word for word in ("Gebruik", "OPTIES", "standaard:", "verplicht", "PAD ") if word in shown] == []


def test_the_language_may_stand_before_the_command(capsys: Capture) -> None:
    assert main(["--lang", "en", "geo", "gemeente", "Utrecht"]) == 0
    assert "inhabitants: " in capsys.readouterr().out


def test_every_command_knows_the_language() -> None:
    assert [words for words, command in ALL if "lang" not in {p.name for p in command.params}] == []


def test_a_text_without_english_stays_as_it_is() -> None:
    command = typer.main.get_command(app)
    command.help = "Iets nieuws."
    assert in_language(command, "en").help == "Iets nieuws."
