"""The folder of a trade-off: what is written passes, and whatever is changed in it is found."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from optimizer.cli import main
from optimizer.domain.finished import FinishedRun
from optimizer.domain.uitvoer import AFWEGING, AFWEGING_KOPPELINGEN, AFWEGING_VOORSTELLEN, OutputTable
from optimizer.read.run import read_finished
from optimizer.settle import InForce, Wish, settle
from optimizer.verify import judge_run
from optimizer.verify.codes import KOLOMMEN_AFWEGING
from tests.pipeline.test_afweging import BATCH, SETTINGS
from tests.proefbatch import AMSTERDAM, GRONINGEN, schrijf

Made = tuple[FinishedRun, InForce]
Change = Callable[[list[list[str]]], list[list[str]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("afweging")
    assert main(["afweging", str(schrijf(BATCH, root / "in", SETTINGS)), "--out", str(root / "uit")]) == 0
    return root / "uit"


@pytest.fixture(scope="module")
def made(folder: Path) -> Made:
    return read_finished(folder), settle(Wish(source=folder.parent / "in"))


def found(made: Made, table: OutputTable | None = None, change: Change = lambda rows: rows) -> list[str]:
    run, in_force = made
    tables = dict(run.tables)
    if table is not None:
        rows = change([list(row) for row in tables[table.name].rows])
        tables[table.name] = replace(tables[table.name], rows=rows)
    verdict = judge_run(
        replace(run, tables=tables),
        in_force.batch,
        parameters=in_force.parameters,
        eisen=in_force.beleid.eisen(in_force.parameters),
        chances=in_force.kansen,
    )
    return [b.code for b in verdict.overtredingen]


def put(row: int, column: int, text: str) -> Change:
    def change(rows: list[list[str]]) -> list[list[str]]:
        assert rows[row][column] != text
        rows[row][column] = text
        return rows

    return change


def test_what_was_written_passes_from_the_command_line_too(folder: Path, made: Made) -> None:
    assert found(made) == []
    assert main(["verify", str(folder)]) == 0


@pytest.mark.parametrize("column", KOLOMMEN_AFWEGING, ids=lambda c: c.name)
def test_every_number_of_a_point_is_counted_again(made: Made, column: object) -> None:
    place = AFWEGING.names.index(column.name)  # type: ignore[attr-defined]
    kind = column.kind  # type: ignore[attr-defined]
    wrong = {"count": "7", "kans": "0,1234", "mean": "9,00", "uren": "3", "text": "Nergens", "id": "misschien"}[kind]
    assert found(made, AFWEGING, put(1, place, wrong)) == [f"afweging_{AFWEGING.names[place]}_onjuist"]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (put(1, 0, "ruimte 7 %"), ["afweging_onbekend", "afweging_ontbreekt"]),
        (lambda rows: [*rows, rows[0]], ["afweging_dubbel"]),
        (lambda rows: rows[:-1], ["afweging_ontbreekt"]),
        (lambda rows: [rows[1], rows[0], *rows[2:]], ["volgorde_onjuist"]),
    ],
)
def test_every_point_of_the_receipt_stands_there_once(made: Made, change: Change, codes: list[str]) -> None:
    assert found(made, AFWEGING, change) == codes


@pytest.mark.parametrize("column", range(5))
def test_what_the_links_say_of_the_points_follows_from_the_proposals(made: Made, column: int) -> None:
    assert found(made, AFWEGING_KOPPELINGEN, put(0, column, "9")) == ["afweging_koppeling_onjuist"]


def test_a_household_less_is_found(made: Made) -> None:
    assert found(made, AFWEGING_KOPPELINGEN, lambda rows: rows[1:]) == ["afweging_koppeling_onjuist"]


def test_a_proposal_that_breaks_a_rule_is_named_with_its_point(made: Made) -> None:
    # At the point with a pace of 1 everybody goes to Amsterdam, which has room for three and a pace for fewer.
    def all_to_amsterdam(rows: list[list[str]]) -> list[list[str]]:
        return [[p, h, AMSTERDAM if p == "tempo 1" else g] for p, h, g in rows]

    codes = found(made, AFWEGING_VOORSTELLEN, all_to_amsterdam)
    assert {"opgave_overschreden", "tempo_regio_overschreden", "grond_buiten_straal"} & set(codes)
    assert "afweging_gelijk_onjuist" in codes
    run, in_force = made
    assert found(made, AFWEGING_VOORSTELLEN, lambda rows: rows[1:])[0] == "huishouden_ontbreekt"
    assert GRONINGEN in {row[2] for row in run.tables[AFWEGING_VOORSTELLEN.name].rows}
    assert in_force.beleid.naam == "kansrijk"


def test_a_folder_that_was_edited_is_told_apart(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    sheet = tmp_path / "afweging.csv"
    sheet.write_bytes(sheet.read_bytes().replace(b"proven", b"limit", 1))
    capsys.readouterr()
    assert main(["verify", str(tmp_path), "--invoer", str(folder.parent / "in"), "--json"]) == 6
    told = json.loads(capsys.readouterr().out)
    assert [b["code"] for b in told["overtredingen"]] == ["bestand_veranderd"]
    (tmp_path / "afweging_voorstellen.csv").unlink()
    assert main(["verify", str(tmp_path), "--invoer", str(folder.parent / "in")]) == 6
