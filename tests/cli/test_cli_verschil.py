"""verschil: any two runs side by side, on the screen, for machines and as a file."""

import json
from pathlib import Path

import pytest

from optimizer.cli import main
from optimizer.domain.uitvoer import GEWIJZIGD
from tests.proefbatch import AMERSFOORT, UTRECHT, ZWOLLE, groep, huishouden, schrijf

Capture = pytest.CaptureFixture[str]
BEFORE = groep([huishouden(f"H{i}") for i in range(6)], {UTRECHT: 2, AMERSFOORT: 2, ZWOLLE: 1})
AFTER = groep([huishouden(f"H{i}", aantal_personen=2) for i in range(1, 8)], {UTRECHT: 4, ZWOLLE: 2})


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs on other inputs, and one that goes on from the first."""
    folder = tmp_path_factory.mktemp("runs")
    for name, batch in (("een", BEFORE), ("twee", AFTER)):
        schrijf(batch, folder / f"in_{name}")
        options = ["--out", str(folder / name), "--draws", "2", "--policies", "loting"]
        assert main(["run", str(folder / f"in_{name}"), *options]) == 4
    (folder / "b.csv").write_text(
        "huishouden_id;besluit;gemeente;reden\nH0;bezwaar;;x\nH5;uitsluiten;GM0014;y\n", "utf-8"
    )
    options = [
        "--besluiten",
        str(folder / "b.csv"),
        "--out",
        str(folder / "drie"),
        "--draws",
        "2",
        "--policies",
        "loting",
    ]
    assert main(["run", "--from", str(folder / "een"), *options]) == 4
    return folder


def links(run: Path) -> dict[str, str]:
    lines = (run / "voorstel.csv").read_text("utf-8-sig").splitlines()
    return {line.split(";")[0]: line.split(";")[2] for line in lines[1:]}


def told(capsys: Capture, *words: str) -> dict[str, list[dict[str, str]]]:
    capsys.readouterr()
    assert main(["verschil", *words, "--json"]) == 0
    found: dict[str, list[dict[str, str]]] = json.loads(capsys.readouterr().out)
    return found


def test_a_run_does_not_differ_from_itself(runs: Path, tmp_path: Path, capsys: Capture) -> None:
    for name in ("een", "twee", "drie"):
        assert told(capsys, str(runs / name), str(runs / name))["gewijzigd"] == []
    assert main(["verschil", str(runs / "een"), str(runs / "een"), "--out", str(tmp_path / "d.csv")]) == 0
    assert capsys.readouterr().out.startswith("Er is niets veranderd.")
    assert (tmp_path / "d.csv").read_text("utf-8-sig").splitlines() == [";".join(GEWIJZIGD.names)]


def test_every_household_that_differs_is_there_once_and_no_other(runs: Path, capsys: Capture) -> None:
    one, two = links(runs / "een"), links(runs / "twee")
    rows = told(capsys, str(runs / "een"), str(runs / "twee"))["gewijzigd"]
    found = {r["huishouden_id"]: (r["van"], r["naar"], r["reden"]) for r in rows}
    assert len(rows) == len(found)
    wanted = {h: (one.get(h, ""), two.get(h, "")) for h in {*one, *two} if one.get(h) != two.get(h)}
    assert {h: row[:2] for h, row in found.items()} == wanted
    reasons = {h: "nieuw" if h not in one else "vervallen" if h not in two else "gevolg" for h in wanted}
    assert {h: row[2] for h, row in found.items()} == reasons


def test_what_a_run_says_of_itself_is_what_the_command_says(runs: Path, tmp_path: Path) -> None:
    out = tmp_path / "d.csv"
    assert main(["verschil", str(runs / "een"), str(runs / "drie"), "--out", str(out)]) == 0
    assert out.read_bytes() == (runs / "drie" / "gewijzigd.csv").read_bytes()


def test_back_again_is_no_decision(runs: Path, capsys: Capture) -> None:
    there = told(capsys, str(runs / "een"), str(runs / "drie"))["gewijzigd"]
    back = told(capsys, str(runs / "drie"), str(runs / "een"))["gewijzigd"]
    assert [(r["huishouden_id"], r["van"], r["naar"]) for r in there] == [
        (r["huishouden_id"], r["naar"], r["van"]) for r in back
    ]
    assert {r["huishouden_id"]: r["reden"] for r in there}["H0"] == "besluit"
    assert {r["reden"] for r in back} == {"gevolg"}


def test_the_screen_speaks_both_languages_and_counts(runs: Path, capsys: Capture) -> None:
    for lang, says in (("nl", "Gekoppeld: eerst 5 van de 6 huishoudens (5 personen)"), ("en", "Linked: before 5 of 6")):
        assert main(["verschil", str(runs / "een"), str(runs / "twee"), "--lang", lang]) == 0
        assert says in capsys.readouterr().out


def test_what_stands_there_is_not_replaced_and_what_is_no_run_is_refused(runs: Path, tmp_path: Path) -> None:
    out = tmp_path / "d.csv"
    out.write_text("van mij", "utf-8")
    assert main(["verschil", str(runs / "een"), str(runs / "twee"), "--out", str(out)]) == 7
    assert out.read_text("utf-8") == "van mij"
    assert main(["verschil", str(runs / "een"), str(runs / "in_twee")]) == 2
    assert main(["verschil", str(runs / "een"), str(runs / "weg")]) == 2
