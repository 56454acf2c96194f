"""werklijst.csv: who must be linked by when, the most urgent first; worked out by hand, and judged."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from optimizer.cli import main
from tests.proefbatch import UTRECHT, ZWOLLE, groep, huishouden, schrijf

GROEP = groep(
    [
        huishouden("H1", vergunning_datum="2026-09-20"),
        huishouden("H2", vergunning_datum="2026-08-01"),
        huishouden("H3", vergunning_datum="2026-09-20", aantal_personen=9),
        huishouden("H4", vergunning_datum="2026-09-17"),
    ],
    {UTRECHT: 2, ZWOLLE: 1},
)
Rows = list[list[str]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An input, a run of it on 1 October 2026, and one that goes on after the municipality of H1 agreed."""
    folder = tmp_path_factory.mktemp("termijn")
    schrijf(GROEP, folder / "in")
    options = ["--draws", "2", "--policies", "loting", "--peildatum", "2026-10-01"]
    assert main(["run", str(folder / "in"), "--out", str(folder / "een"), *options]) == 4
    (folder / "b.csv").write_text("huishouden_id;besluit;gemeente;reden\nH1;akkoord;;\n", "utf-8")
    go_on = [
        "--from",
        str(folder / "een"),
        "--besluiten",
        str(folder / "b.csv"),
        "--draws",
        "2",
        "--policies",
        "loting",
    ]
    assert main(["run", *go_on, "--out", str(folder / "twee")]) == 4
    return folder


def read(run: Path) -> Rows:
    with (run / "werklijst.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_the_list_is_the_one_on_paper(place: Path) -> None:
    # Two weeks after 1 August is 15 August: on 1 October that is 47 days ago. 17 September: the very day.
    header, *rows = read(place / "een")
    assert header == ["huishouden_id", "termijn", "dagen", "wacht_op", "gemeente", "wat"]
    assert [row[:4] for row in rows] == [
        ["H2", "2026-08-15", "-47", "gemeente"],
        ["H4", "2026-10-01", "0", "gemeente"],
        ["H1", "2026-10-04", "3", "gemeente"],
        ["H3", "2026-10-04", "3", "coa"],
    ]
    assert [row[5] for row in rows] == ["antwoorden", "antwoorden", "antwoorden", "plek_zoeken"]


def test_who_is_agreed_on_waits_for_the_coa(place: Path) -> None:
    rows = {row[0]: row[3:] for row in read(place / "twee")[1:]}
    assert (rows["H1"][0], rows["H1"][2]) == ("coa", "vastleggen")
    assert [rows[h][0] for h in ("H2", "H3", "H4")] == ["gemeente", "coa", "gemeente"]


def test_another_term_by_a_rule_of_the_user_moves_every_day(place: Path, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('[parameters]\n"termijnen/koppelen_weken" = 3\n', "utf-8")
    options = ["--draws", "2", "--policies", "loting", "--scenario", str(tmp_path / "s.toml")]
    assert main(["run", str(place / "in"), "--peildatum", "2026-10-01", "--out", str(tmp_path / "uit"), *options]) == 4
    assert [row[2] for row in read(tmp_path / "uit")[1:]] == ["-40", "7", "10", "10"]
    assert "binnen 3\u00a0weken" in (tmp_path / "uit" / "rapport.html").read_text("utf-8").replace(
        "3 weken", "3\u00a0weken"
    )


def changed(change: Callable[[Rows], Rows], place: Path, folder: Path) -> str:
    shutil.copytree(place / "een", folder)
    rows = change(read(folder))
    with (folder / "werklijst.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    assert main(["verify", str(folder), "--invoer", str(place / "in")]) == 6
    return str(folder)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda rows: [rows[0], [*rows[1][:2], "-46", *rows[1][3:]], *rows[2:]], "werklijst_onjuist"),
        (lambda rows: [rows[0], [rows[1][0], "2026-08-16", *rows[1][2:]], *rows[2:]], "werklijst_onjuist"),
        (lambda rows: [rows[0], [*rows[1][:3], "coa", *rows[1][4:]], *rows[2:]], "werklijst_onjuist"),
        (lambda rows: rows[:-1], "werklijst_onjuist"),
        (lambda rows: [*rows, rows[-1]], "werklijst_onjuist"),
        (lambda rows: [rows[0], rows[2], rows[1], *rows[3:]], "volgorde_onjuist"),
    ],
)
def test_the_judge_notices_an_edit(
    change: Callable[[Rows], Rows], code: str, place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(change, place, tmp_path / "run")
    assert code in capsys.readouterr().out
