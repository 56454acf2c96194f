"""Winners and losers before the judge: what is right is accepted, and one thing changed is named."""

import hashlib
import json
import shutil
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from optimizer.cli import main
from optimizer.decide import lottery_draws
from optimizer.generate import generate
from optimizer.verify.case import open_case
from optimizer.verify.redraw import drawn_again
from optimizer.verify.run.files import own_hash
from tests.proefbatch import eisen, parameters, worked_out
from tests.verify.mappen import MAAND, Edit, Rows, cell, found, make, rows, table, value

Capture = pytest.CaptureFixture[str]
KOPPELINGEN, WINNAARS, EERLIJKHEID = "koppelingen.csv", "winnaars.csv", "eerlijkheid.csv"
#: Codes that a test here reaches.
REACHED = {
    *(f"{t}_{what}" for t in ("winnaars", "eerlijkheid") for what in ("onbekend", "dubbel", "ontbreekt")),
    *(
        f"{t}_{column}_onjuist"
        for t in ("winnaars", "eerlijkheid")
        for column in (
            *("onderdrukt", "volwassenen", "onbeslist", "winnaars", "gelijk", "verliezers"),
            *("verschil", "laag", "hoog"),
        )
    ),
    "winnaars_bestand_onjuist",
    "groepen_te_vroeg",
}
NUMBERS = ("volwassenen", "onbeslist", "winnaars", "gelijk", "verliezers", "verschil", "laag", "hoog")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison of a random month of forty households, with protected groups beside its input."""
    folder = tmp_path_factory.mktemp("maand")
    generate(folder / "in", huishoudens=40, seed=5, tightness=1.2)
    people = [line.split(";")[0] for line in (folder / "in" / "personen.csv").read_text("utf-8-sig").splitlines()[1:]]
    lines = [f"{person};{'vm'[i % 2]};{'jong' if i % 3 else 'oud'};" for i, person in enumerate(people[:-3])]
    head = "persoon_id;sekse;leeftijdsgroep;huishoudtype"
    (folder / "in" / "groepen.csv").write_text("\n".join([head, *lines, "P-elders;v;oud;paar"]), encoding="utf-8")
    return make(folder, "compare", "--policies", "loting,handmatig,koppelregio,straal50", "--geen-shapley")


@pytest.fixture
def month(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made.parent / "in", tmp_path / "in")
    return Path(shutil.copytree(made, tmp_path / "uit"))


def seal(folder: Path, *names: str) -> None:
    """Write the hashes of edited files into the receipt, as somebody who hides an edit would."""
    place = folder / "run.json"
    receipt = json.loads(place.read_text("utf-8"))
    for name in names:
        receipt["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    if KOPPELINGEN in names and "groepen" in receipt:
        receipt["groepen"]["answer_sha256"] = receipt["files"][KOPPELINGEN]
    receipt["receipt_sha256"] = own_hash(receipt)
    place.write_text(json.dumps(receipt), encoding="utf-8")


def test_a_comparison_that_nobody_changed_is_accepted(month: Path, capsys: Capture) -> None:
    assert found(month, capsys) == []
    assert (month / EERLIJKHEID).exists()


@pytest.mark.parametrize("file", [WINNAARS, EERLIJKHEID])
@pytest.mark.parametrize("column", NUMBERS)
def test_a_number_of_a_group_is_worked_out_again_even_where_the_edit_is_sealed(
    file: str, column: str, month: Path, capsys: Capture
) -> None:
    at: list[int] = []

    def change(lines: Rows) -> None:
        # A row of the lottery and one of a policy: the judge draws the lottery again.
        i, name = lines[0].index("onderdrukt"), lines[0].index(column)
        for policy in ("loting", "straal50"):
            row = next(r for r, line in enumerate(lines) if line[0] == policy and line[i] == "nee")
            lines[row][name] = lines[row][name][:-1] + str((int(lines[row][name][-1]) + 3) % 10)
            at.append(row + 1)

    table(month / file, change)
    seal(month, file)
    named = {(b["code"], b["rij"]) for b in found(month, capsys)}
    assert named == {(f"{file[:-4]}_{column}_onjuist", row) for row in at}


def first_hidden(lines: Rows, new: str) -> Rows:
    i = lines[0].index("onderdrukt")
    row = next(line for line in lines if line[i] == ("ja" if new == "nee" else "nee"))
    row[i] = new
    return lines


@pytest.mark.parametrize("table_name", ["winnaars", "eerlijkheid"])
@pytest.mark.parametrize(
    ("code", "edit"),
    [
        ("onderdrukt_onjuist", rows(lambda t: first_hidden(t, "nee"))),
        ("onderdrukt_onjuist", rows(lambda t: first_hidden(t, "ja"))),
        ("onbekend", rows(lambda t: [*t, [*t[1][:3], "elders", *t[1][4:]]])),
        ("dubbel", rows(lambda t: [*t, t[1]])),
        ("ontbreekt", rows(lambda t: t[:-1])),
    ],
)
def test_a_row_that_does_not_belong_or_should_be_hidden_is_named(
    table_name: str, code: str, edit: Edit, month: Path, capsys: Capture
) -> None:
    edit(month / f"{table_name}.csv")
    seal(month, f"{table_name}.csv")
    assert f"{table_name}_{code}" in {b["code"] for b in found(month, capsys)}


def test_a_table_that_is_missing_or_that_nothing_asks_for_is_named(month: Path, capsys: Capture) -> None:
    (month / EERLIJKHEID).unlink()
    assert {"winnaars_bestand_onjuist", "bestand_weg"} == {b["code"] for b in found(month, capsys)}


def test_links_that_somebody_changed_count_otherwise_and_break_what_the_policy_binds(
    month: Path, capsys: Capture
) -> None:
    def everybody_to_one_place(lines: Rows) -> None:
        for line in lines[1:]:
            if line[0] == "straal50" and line[2]:
                line[2] = "GM1680"

    table(month / KOPPELINGEN, everybody_to_one_place)
    seal(month, KOPPELINGEN)
    codes = {b["code"] for b in found(month, capsys)}
    assert "opgave_overschreden" in codes
    assert "vergelijking_kans_werk_onjuist" in codes


@pytest.mark.parametrize(
    ("code", "edit"),
    [
        ("volgorde_onjuist", rows(lambda t: [t[0], t[2], t[1], *t[3:]])),
        ("huishouden_ontbreekt", rows(lambda t: t[:-1])),
        ("volgorde_onjuist", cell("straal50", "beleid", "straal40")),
        ("kolommen_onjuist", rows(lambda t: [line[:2] for line in t])),
    ],
)
def test_a_table_of_links_with_other_rows_is_named(code: str, edit: Edit, month: Path, capsys: Capture) -> None:
    edit(month / KOPPELINGEN)
    seal(month, KOPPELINGEN)
    assert code in {b["code"] for b in found(month, capsys)}


def test_a_count_of_the_comparison_follows_from_the_links(month: Path, capsys: Capture) -> None:
    def swapped(lines: Rows) -> None:
        name = lines[0].index("kans_werk")
        row = next(line for line in lines if line[0] == "straal50")
        row[name] = f"{float(row[name].replace(',', '.')) + 0.02:.2f}".replace(".", ",")

    table(month / "beleidsvergelijking.csv", swapped)
    seal(month, "beleidsvergelijking.csv")
    assert "vergelijking_kans_werk_onjuist" in {b["code"] for b in found(month, capsys)}


def test_groups_are_opened_after_the_answer_is_hashed(month: Path, capsys: Capture) -> None:
    receipt = json.loads((month / "run.json").read_text("utf-8"))
    assert receipt["groepen"]["answer_sha256"] == receipt["files"][KOPPELINGEN]
    assert "groepen.csv" not in {file["name"] for file in receipt["inputs"]}
    value("groepen", "answer_sha256", new="0" * 64)(month / "run.json")
    seal(month)
    assert {"groepen_te_vroeg"} == {b["code"] for b in found(month, capsys)}


def test_other_groups_than_those_of_the_comparison_are_refused(month: Path, capsys: Capture) -> None:
    place = month.parent / "in" / "groepen.csv"
    place.write_text(place.read_text("utf-8").replace(";v;", ";m;", 1), encoding="utf-8")
    assert main(["verify", str(month), "--invoer", str(place.parent)]) == 7
    assert "groepen.csv" in capsys.readouterr().err


def test_no_answer_depends_on_the_groups(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made.parent / "in", tmp_path / "in")
    (tmp_path / "in" / "groepen.csv").unlink()
    bare = make(tmp_path, "compare", "--policies", "loting,handmatig,koppelregio,straal50", "--geen-shapley")
    assert not (bare / EERLIJKHEID).exists()
    for name in (KOPPELINGEN, WINNAARS, "beleidsvergelijking.csv", "attributie.csv"):
        assert (bare / name).read_bytes() == (made / name).read_bytes()


@pytest.mark.parametrize("header", ["nationaliteit", "Leeftijd", "moedertaal"])
def test_a_column_that_may_be_nowhere_is_refused_there_too(header: str, tmp_path: Path, capsys: Capture) -> None:
    folder = make(tmp_path, "compare", "--policies", "handmatig,koppelregio", "--geen-shapley")
    assert folder.exists()
    (tmp_path / "in" / "groepen.csv").write_text(f"persoon_id;sekse;{header}\nPA;v;geheim\n", encoding="utf-8")
    out = str(tmp_path / "uit2")
    assert main(["compare", str(tmp_path / "in"), "--out", out, "--policies", "handmatig", "--geen-shapley"]) == 7
    said = capsys.readouterr()
    assert header in said.err + said.out
    assert "geheim" not in said.err + said.out
    assert not Path(out).exists()


def test_the_lottery_that_the_judge_draws_is_ours() -> None:
    rules = parameters()
    case = worked_out(MAAND, "loting", rules, seed=3)
    nobody = MAAND.huishoudens[["huishouden_id"]].assign(gemeente="")
    before = open_case(MAAND, nobody, rules, eisen("loting", rules), 1.0, 3)
    assert np.array_equal(drawn_again(before, 25, 3), lottery_draws(case.problem, 25))


def test_a_random_edit_of_a_table_is_named(month: Path, capsys: Capture) -> None:
    rng = Random(4)  # noqa: S311
    for file in (KOPPELINGEN, WINNAARS, EERLIJKHEID) * 3:
        kept = (month / file).read_bytes()

        def change(lines: Rows) -> None:
            row = lines[rng.randrange(1, len(lines))]
            row[rng.randrange(len(row))] += "7"

        table(month / file, change)
        seal(month, file)
        named: list[dict[str, Any]] = found(month, capsys)
        assert named, file
        (month / file).write_bytes(kept)
        seal(month, file)
