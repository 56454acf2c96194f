"""What people write where they know nothing, keys that only look the same, and municipalities of before a merger."""

import shutil
from pathlib import Path

import pytest

from optimizer.errors import Defect
from optimizer.read import read_batch
from tests.proefbatch import check

GOED = Path(__file__).parents[1] / "broken" / "goed"
NOTHING = ["n.v.t.", "nvt", "N.V.T.", "onbekend", "-", "?", " – "]


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOED, tmp_path / "batch"))


def _errors(batch: Path) -> list[Defect]:
    return [d for d in check(batch) if not d.warning]


@pytest.mark.parametrize("word", NOTHING)
def test_a_word_for_nothing_is_an_empty_cell_in_every_optional_column(batch: Path, word: str) -> None:
    empty = read_batch(batch).huishoudens
    columns = (
        "vastgezet_gemeente",
        "uitgesloten_gemeenten",
        "nareis_verwacht",
        "verwachte_verhuisdatum",
        "woning_nodig",
    )
    head = ["huishouden_id", "aantal_personen", "vergunning_datum", "opvang_gemeente", *columns]
    rows = [
        ["H1", "3", "2026-07-01", "Zwolle", *[word] * 5],
        ["H2", "1", "2026-07-06", "Utrecht", "", "GM0363", "", "", ""],
    ]
    (batch / "huishoudens.csv").write_text("\n".join(";".join(row) for row in [head, *rows]), encoding="utf-8")
    assert check(batch) == ()
    assert read_batch(batch).huishoudens.equals(empty)


@pytest.mark.parametrize("word", ["geen", "nee"])
@pytest.mark.parametrize("column", ["uitgesloten_gemeenten", "vastgezet_gemeente", "woning_nodig"])
def test_none_is_no_municipality_and_no_dwelling(batch: Path, column: str, word: str) -> None:
    text = f"huishouden_id;aantal_personen;vergunning_datum;opvang_gemeente;{column}\n"
    text += f"H1;3;2026-07-01;Zwolle;{word}\nH2;1;2026-07-06;Utrecht;\n"
    (batch / "huishoudens.csv").write_text(text, encoding="utf-8")
    assert check(batch) == ()
    assert read_batch(batch).huishoudens[column].tolist() == ["", ""]


def test_a_word_for_nothing_in_a_required_column_is_refused(batch: Path) -> None:
    file = batch / "huishoudens.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(";3;", ";onbekend;"), encoding="utf-8")
    assert [(d.code, d.column) for d in _errors(batch)] == [("geen_getal", "aantal_personen")]


@pytest.mark.parametrize("key", ["H\u200b2", "\ufeffH2", "H2\u00a0", "H\u00ad2", "H2\u200e", "\u2060H2"])
def test_marks_that_nobody_sees_make_no_other_key(batch: Path, key: str) -> None:
    file = batch / "gronden.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("H2", key), encoding="utf-8")
    assert check(batch) == ()


@pytest.mark.parametrize("key", ["h2", "H-2", "Н2", "H 2"])
def test_a_key_that_looks_like_another_is_refused_with_the_one_that_is_meant(batch: Path, key: str) -> None:
    file = batch / "gronden.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("H2", key), encoding="utf-8")
    (defect,) = _errors(batch)
    assert (defect.code, defect.details["bedoeld"]) == ("huishouden_onbekend", "H2")


def test_zeros_that_were_lost_in_many_rows_are_one_fault(batch: Path) -> None:
    for name in ("huishoudens", "personen", "gronden"):
        file = batch / f"{name}.csv"
        text = file.read_text(encoding="utf-8")
        for number in "12":
            text = text.replace(f"H{number}", f"000{number}" if name == "huishoudens" else number)
        file.write_text(text, encoding="utf-8")
    found = [(d.code, d.file, d.details.get("aantal")) for d in _errors(batch)]
    assert found == [("voorloopnullen", "gronden.csv", "1"), ("voorloopnullen", "personen.csv", "3")]


OLD = {"Brielle": 3, "Hellevoetsluis": 5, "Westvoorne": 2}


def _with_room(batch: Path, rows: dict[str, int], gone: tuple[str, ...]) -> None:
    file = batch / "taakstelling.csv"
    kept = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith(gone)]
    file.write_text("\n".join([*kept, *(f"{name};{n};2026-2" for name, n in rows.items())]), encoding="utf-8")


@pytest.mark.parametrize(
    ("rows", "code", "total"),
    [
        (OLD, "GM1992", 10),
        ({"GM0501": 3, "gm0530": 5, "gemeente Westvoorne": 2}, "GM1992", 10),
        ({"Purmerend": 9, "Beemster": 2}, "GM0439", 11),
        ({"Weesp": 4, "GM0363": 6}, "GM0363", 10),
    ],
)
def test_municipalities_that_merged_are_added_up_and_told(
    batch: Path, rows: dict[str, int], code: str, total: int
) -> None:
    _with_room(batch, rows, (code,))
    (defect,) = check(batch)
    assert (defect.code, defect.warning) == ("gemeenten_opgeteld", True)
    table = read_batch(batch).taakstelling.set_index("gemeente")
    assert table.loc[code, "taakstelling"] == total
    assert len(table) == 342


@pytest.mark.parametrize(
    "rows", [{**OLD, "Voorne aan Zee": 10}, {"Zwolle": 3, "GM0193": 2}, {"Brielle": 3, "GM0501": 3}]
)
def test_what_may_count_twice_is_refused(batch: Path, rows: dict[str, int]) -> None:
    _with_room(batch, rows, ("GM1992", "GM0193"))
    assert {d.code for d in _errors(batch)} == {"dubbele_sleutel"}


def test_no_column_is_advised_that_is_there_already(batch: Path) -> None:
    file = batch / "huishoudens.csv"
    head, *rows = file.read_text(encoding="utf-8").splitlines()
    new = f"{head};aantal kinderen;naam gemeente;verwachte verhuisdag"
    file.write_text("\n".join([new, *(f"{row};1;2;3" for row in rows)]), encoding="utf-8")
    advised = {d.column: d.details["kandidaten"] for d in check(batch) if d.code == "kolom_onbekend"}
    there = set(head.split(";"))
    assert set(advised) == {"aantal kinderen", "naam gemeente", "verwachte verhuisdag"}
    assert not there & set(advised.values())
    assert advised["verwachte verhuisdag"] == "verwachte_verhuisdatum"
