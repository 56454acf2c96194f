"""Whatever looks like a table and is not read is said; what may be meant as one is refused."""

import os
import shutil
from pathlib import Path

import pytest

from optimizer.domain.tables import TABLES
from optimizer.errors import Defect
from tests.proefbatch import check

GOED = Path(__file__).parents[1] / "broken" / "goed"
ENDS = ("{}.csv.txt", "{}.txt", "{}.tsv", "{}.prn", "{}.xls", "{}.CSV.csv", "{}.ods", "{}.xlsx", "{}.csv.gz", "{}")


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOED, tmp_path / "batch"))


def _about(batch: Path, name: str) -> list[Defect]:
    return [d for d in check(batch) if d.file == name]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_table_under_another_name_is_refused_where_the_table_itself_is_missing(
    batch: Path, table: str, end: str
) -> None:
    name = end.format(table)
    (batch / f"{table}.csv").unlink(missing_ok=True)
    (batch / name).write_text("huishouden_id;gemeente\n", encoding="utf-8")
    (defect,) = _about(batch, name)
    assert (defect.code, defect.warning) == ("bestand_andere_naam", False)
    assert dict(defect.details) == {"naam": f"{table}.csv"}


@pytest.mark.parametrize("end", [e for e in ENDS if e not in ("{}.xlsx", "{}.ods")])
def test_a_copy_beside_the_table_itself_is_a_warning(batch: Path, end: str) -> None:
    (batch / end.format("werk")).write_text("x\n", encoding="utf-8")
    (defect,) = _about(batch, end.format("werk"))
    assert (defect.code, defect.warning) == ("bestand_niet_herkend", True)


@pytest.mark.parametrize("name", ["beleid.toml.txt", "beleid.txt", "Beleid.ini", "beleid.yaml"])
def test_a_policy_under_another_name_is_refused(batch: Path, name: str) -> None:
    (batch / name).write_text("seed = 1\n", encoding="utf-8")
    (defect,) = _about(batch, name)
    assert (defect.code, defect.details["naam"]) == ("bestand_andere_naam", "beleid.toml")


@pytest.mark.parametrize("name", ["kladje.csv", "mensen.xlsb", "beleid-2026.toml", "lijst.txt", "werkgevers.tsv"])
def test_a_file_that_may_hold_a_table_is_named(batch: Path, name: str) -> None:
    (batch / name).write_text("x\n", encoding="utf-8")
    (defect,) = _about(batch, name)
    assert (defect.code, defect.warning) == ("bestand_niet_herkend", True)


@pytest.mark.parametrize(
    "name", ["README.md", "kaart.png", "verslag.pdf", ".werk.csv.swp", "~$batch.xlsx", "groepen.csv"]
)
def test_a_file_that_cannot_be_a_table_or_is_read_elsewhere_is_left_alone(batch: Path, name: str) -> None:
    (batch / name).write_text("x\n", encoding="utf-8")
    assert check(batch) == ()


def test_tables_one_folder_deeper_are_named(batch: Path) -> None:
    (batch / "x").mkdir()
    shutil.move(batch / "werk.csv", batch / "x" / "werk.csv")
    (batch / "x" / "README.md").write_text("x", encoding="utf-8")
    (defect,) = _about(batch, "x")
    assert (defect.code, defect.warning, defect.details["bestanden"]) == ("map_niet_gelezen", True, "werk.csv")


def test_a_folder_without_tables_is_left_alone(batch: Path) -> None:
    (batch / "brieven").mkdir()
    assert check(batch) == ()


@pytest.mark.parametrize("kind", ["folder", "pipe", "dead link", "ring of links"])
@pytest.mark.parametrize("name", ["werk.csv", "beleid.toml"])
def test_a_folder_a_pipe_or_a_dead_link_of_that_name_is_refused(batch: Path, name: str, kind: str) -> None:
    place = batch / name
    place.unlink(missing_ok=True)
    match kind:
        case "folder":
            place.mkdir()
        case "pipe":
            os.mkfifo(place)
        case "dead link":
            place.symlink_to(batch / "weg.csv")
        case _:
            place.symlink_to(place)
    assert [(d.code, d.warning) for d in _about(batch, name)] == [("bestand_onleesbaar", False)]


@pytest.mark.parametrize("other", ["Werk.csv", "WERK.CSV"])
def test_the_same_table_in_other_capitals_is_a_double(batch: Path, other: str) -> None:
    shutil.copy(batch / "werk.csv", batch / other)
    doubles = [d for d in check(batch) if d.code == "bestand_dubbel"]
    assert [d.details["ander"] for d in doubles] == [other]


def test_a_second_policy_is_a_double_too(batch: Path) -> None:
    for name in ("beleid.toml", "Beleid.TOML"):
        (batch / name).write_text("seed = 1\n", encoding="utf-8")
    assert [d.code for d in check(batch)] == ["bestand_dubbel"]


@pytest.mark.parametrize("path", ["x" * 300, "a\0b", "weg", "werk.csv/weg"])
def test_a_path_that_cannot_be_is_a_sentence(batch: Path, path: str) -> None:
    (defect,) = [d for d in check(batch / path) if not d.warning]
    assert defect.code in ("bestand_onleesbaar", "bestand_ontbreekt")
