"""The last lines on the screen: what came out in words, the number of the code behind them."""

import csv
from pathlib import Path

import pytest

from optimizer.cli import main
from tests.proefbatch import AMERSFOORT, UTRECHT, baan, groep, grond, huishouden, schrijf

GROEP = groep(
    [huishouden("H1"), huishouden("H2", aantal_personen=2), huishouden("H3", aantal_personen=9)],
    {UTRECHT: 3, AMERSFOORT: 1},
    werk=[baan("H1", UTRECHT)],
    gronden=[grond("H2", "medisch", "GM1680")],
)
SAID = {"nl": "Dat is geen fout (code 4).", "en": "That is no failure (code 4)."}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_code_4_is_told_in_words_with_what_a_person_looks_at(
    lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schrijf(GROEP, tmp_path / "in")
    out = tmp_path / "uit"
    options = ["--draws", "2", "--policies", "loting", "--lang", lang, "--out", str(out)]
    assert main(["run", str(tmp_path / "in"), *options]) == 4
    first = capsys.readouterr().out.splitlines()[0]
    rows = {}
    for name in ("niet_gekoppeld", "uitzonderingen"):
        with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows[name] = len(list(csv.reader(file, delimiter=";"))) - 1
    assert rows["niet_gekoppeld"] > 0
    assert first.endswith(SAID[lang])
    assert [int(word) for word in first.split() if word.isdigit()] == list(rows.values())


def test_levels_are_told_by_their_names_and_no_number_of_the_solver(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schrijf(GROEP, tmp_path / "in")
    main(["run", str(tmp_path / "in"), "--draws", "2", "--policies", "loting", "--out", str(tmp_path / "uit")])
    out = capsys.readouterr().out
    assert "  Gekoppelde personen: " in out
    assert "personen_gekoppeld" not in out
    assert "e-0" not in out
