"""A slip on the command line is answered in the language of the user, with exit code 2."""

import pytest

from optimizer.cli import main


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("rnu", "Er is geen opdracht 'rnu'. Bedoelt u 'run'?"),
        ("run", "Geef ook invoer."),
        ("run klein --sead 3", "De optie --sead bestaat niet. Bedoelt u"),
        ("run klein --seed x", "--seed: schrijf een heel getal."),
        ("run klein --seed -1", "--seed: dit is minder dan 0."),
        ("run klein --bekend 2", "--bekend: dit is meer dan 1."),
        ("run klein --lang fr", "--lang: kies uit 'nl', 'en', niet 'fr'."),
        ("run klein extra", "Dit is te veel: extra."),
        ("run klein --seed", "Geef een waarde achter --seed."),
        ("rules --diff 2026-01-01", "Geef 2 waarden achter --diff."),
        ("taakstelling", "Geef ook de optie --halfjaar."),
        ("generate x --tightness a", "--tightness: schrijf een getal"),
    ],
)
def test_a_slip_is_answered_in_dutch(typed: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(typed.split()) == 2
    said = capsys.readouterr().err
    assert said.startswith(says)
    assert said.rstrip().endswith("Met --help ziet u wat kan.")


def test_with_lang_en_it_is_answered_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "klein", "--sead", "3", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("No such option: --sead")
