"""The price of a floor, or of not falling short of a lottery, before the judge: every edit is named."""

import shutil
from pathlib import Path

import pytest

from tests.verify.mappen import Edit, cell, found, make, rows, table
from tests.verify.test_judge_winners import seal

Capture = pytest.CaptureFixture[str]
PRIJS, KOPPELINGEN = "prijs.csv", "koppelingen.csv"
#: Codes that a test here reaches.
REACHED = {
    *(f"prijs_{what}" for what in ("onbekend", "dubbel", "ontbreekt", "bestand_onjuist")),
    *(f"prijs_{column}_onjuist" for column in ("met", "zonder", "verschil", "bewezen")),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run without losers and with a floor, of the month by hand."""
    folder = tmp_path_factory.mktemp("maand")
    make(folder, "run", "--policy", "handmatig")  # writes the input
    toml = 'policy = "kansrijk_zonder_verliezers"\nvloer = { "huishoudgrootte=1" = "98 %" }\n'
    (folder / "in" / "beleid.toml").write_text(toml, encoding="utf-8")
    return make(folder, "run")


@pytest.fixture
def month(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made.parent / "in", tmp_path / "in")
    return Path(shutil.copytree(made, tmp_path / "uit"))


def test_a_run_with_a_price_is_accepted_and_tells_what_it_costs(month: Path, capsys: Capture) -> None:
    assert found(month, capsys) == []
    assert "Wat dit beleid kost" in (month / "rapport.html").read_text("utf-8")
    names = [line.split(";")[0] for line in (month / PRIJS).read_text("utf-8-sig").splitlines()]
    assert names[-3:] == ["vloer_huishoudgrootte_1", "tekort_tegen_loting", "huishoudens_onder_loting"]


EDITS = [
    (PRIJS, "prijs_met_onjuist", cell("kans_werk", "met", "9,0000")),
    (PRIJS, "prijs_met_onjuist", cell("tekort_tegen_loting", "met", "0,0001")),
    (PRIJS, "prijs_zonder_onjuist", cell("huishoudens_onder_loting", "zonder", "77,0000")),
    (PRIJS, "prijs_zonder_onjuist", cell("vloer_huishoudgrootte_1", "zonder", "0,1234")),
    (PRIJS, "prijs_verschil_onjuist", cell("behouden", "verschil", "5,0000")),
    (PRIJS, "prijs_bewezen_onjuist", cell("behouden", "bewezen", lambda old: "nee" if old == "ja" else "ja")),
    (PRIJS, "prijs_onbekend", cell("behouden", "maat", "bewaard")),
    (PRIJS, "prijs_ontbreekt", rows(lambda t: t[:-1])),
    (PRIJS, "prijs_dubbel", rows(lambda t: [*t, t[1]])),
    (PRIJS, "volgorde_onjuist", rows(lambda t: [t[0], t[2], t[1], *t[3:]])),
    (KOPPELINGEN, "volgorde_onjuist", rows(lambda t: t[:-1])),
    (KOPPELINGEN, "volgorde_onjuist", rows(lambda t: [*t, t[1]])),
    (KOPPELINGEN, "opgave_overschreden", rows(lambda t: [t[0], *([a, h, "GM0599"] for a, h, _ in t[1:])])),
]


@pytest.mark.parametrize(("file", "code", "edit"), EDITS, ids=[f"{i}-{e[1]}" for i, e in enumerate(EDITS)])
def test_an_edit_is_named_even_where_it_is_sealed(
    file: str, code: str, edit: Edit, month: Path, capsys: Capture
) -> None:
    edit(month / file)
    seal(month, file)
    assert code in {b["code"] for b in found(month, capsys)}


def test_links_without_that_were_changed_count_otherwise(month: Path, capsys: Capture) -> None:
    def nobody(lines: list[list[str]]) -> None:
        next(line for line in lines[1:] if line[2])[2] = ""

    table(month / KOPPELINGEN, nobody)
    seal(month, KOPPELINGEN)
    assert "prijs_zonder_onjuist" in {b["code"] for b in found(month, capsys)}


def test_the_tables_belong_to_a_policy_with_a_price_and_to_no_other(
    month: Path, tmp_path: Path, capsys: Capture
) -> None:
    (month / PRIJS).unlink()
    assert {"prijs_bestand_onjuist", "bestand_weg"} == {b["code"] for b in found(month, capsys)}
    other = make(tmp_path, "run", "--policy", "handmatig")
    assert not (other / PRIJS).exists()
    shutil.copy(month / KOPPELINGEN, other)
    assert "prijs_bestand_onjuist" in {b["code"] for b in found(other, capsys)}
