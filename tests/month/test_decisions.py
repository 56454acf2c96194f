"""Decisions are read, held against each other and the earlier run, and every problem is told at once."""

import re
from pathlib import Path

import openpyxl
import pytest

from optimizer.domain.batch import Batch
from optimizer.domain.besluiten import Besluit
from optimizer.errors import Defect
from optimizer.month.decisions import as_table, checked, decided, from_table, new_about, with_condition
from optimizer.read.besluiten import Regel, read_besluiten
from optimizer.read.texts import line, texts
from tests.proefbatch import AMERSFOORT, PEILDATUM, UTRECHT, ZWOLLE, groep, huishouden

BATCH = groep(
    [
        huishouden("H1"),
        huishouden("H2"),
        huishouden("H3", vastgezet_gemeente=ZWOLLE, vastgezet_reden="School"),
        huishouden("H4", uitgesloten_gemeenten=AMERSFOORT),
        huishouden("H5"),
    ],
    {UTRECHT: 3, AMERSFOORT: 3, ZWOLLE: 3},
)
EARLIER = {"H1": UTRECHT, "H2": AMERSFOORT, "H3": ZWOLLE, "H4": UTRECHT, "H5": ""}


def read(
    folder: Path, *rows: str, batch: Batch = BATCH, carried: tuple[Besluit, ...] = ()
) -> tuple[tuple[Besluit, ...], list[Defect]]:
    """Read rows of a file of decisions and check them."""
    file = folder / "besluiten.csv"
    file.write_text("\n".join(["huishouden_id;besluit;gemeente;reden", *rows]) + "\n", encoding="utf-8")
    found = read_besluiten(file, PEILDATUM)
    besluiten, defects = checked(found.regels, batch, EARLIER, carried)
    return besluiten, [*found.defects, *defects]


def test_each_decision_is_read_in_the_order_of_the_input_and_an_empty_place_is_the_proposed_one(tmp_path: Path) -> None:
    besluiten, defects = read(
        tmp_path,
        "H2;bedenking;;Geen woning",
        "H5;Vastzetten;Zwolle;Mantelzorg",
        "H1;akkoord;;",
        "H4;uitsluiten;gm0193;Te ver",
    )
    assert defects == []
    assert besluiten == (
        Besluit("H1", "akkoord", UTRECHT, ""),
        Besluit("H2", "bezwaar", AMERSFOORT, "Geen woning"),
        Besluit("H4", "uitsluiten", ZWOLLE, "Te ver"),
        Besluit("H5", "vastzetten", ZWOLLE, "Mantelzorg"),
    )


PROBLEMS = {
    "huishouden_onbekend": (["H9;akkoord;;"], 2, "huishouden_id"),
    "geen_keuze": (["H1;misschien;;"], 2, "besluit"),
    "cel_leeg": (["H1;;;Waarom"], 2, "besluit"),
    "gemeente_onbekend": (["H1;vastzetten;Zwole;x"], 2, "gemeente"),
    "besluit_zonder_reden": (["H1;bezwaar;;"], 2, "reden"),
    "besluit_zonder_gemeente": (["H1;uitsluiten;;x"], 2, "gemeente"),
    "besluit_zonder_voorstel": (["H5;akkoord;;"], 2, "gemeente"),
    "akkoord_andere_gemeente": (["H1;akkoord;Zwolle;"], 2, "gemeente"),
    "bedenking_andere_gemeente": (["H1;bezwaar;Zwolle;x"], 2, "gemeente"),
    "besluit_op_uitgesloten": (["H4;vastzetten;Amersfoort;x"], 2, "gemeente"),
    "besluit_tegen_vaste_keuze": (["H3;bezwaar;;x"], 2, "gemeente"),
    "besluiten_tegenstrijdig": (["H1;akkoord;;", "H1;bezwaar;;x"], 3, "besluit"),
    "besluit_dubbel": (["H1;akkoord;;", "H1;akkoord;;"], 3, "besluit"),
    "voorwaarde_ontbreekt": (['H1;"ja, mits";;'], 2, "reden"),
    "antwoord_met_voorwaarde": (["H1;ja mits;;Een woning met lift"], 2, "besluit"),
}


@pytest.mark.parametrize("code", PROBLEMS)
def test_each_problem_is_told_with_its_place_and_what_to_do(code: str, tmp_path: Path) -> None:
    rows, row, column = PROBLEMS[code]
    besluiten, defects = read(tmp_path, *rows)
    (defect,) = defects
    assert (defect.code, defect.file, defect.row, defect.column) == (code, "besluiten.csv", row, column)
    assert defect.warning == (code in ("besluit_dubbel", "bedenking_andere_gemeente", "antwoord_met_voorwaarde"))
    assert len(besluiten) == (1 if code == "bedenking_andere_gemeente" else row - 2)
    for lang in ("nl", "en"):
        assert re.search(r"besluiten\.csv, r\w+ \d, \w+ \w+: .+[.] .+[.?]$", line(defect, lang))
        assert "{" not in line(defect, lang)


def test_every_problem_of_decisions_has_its_case() -> None:
    told = {
        code for code in texts() if code.startswith(("besluit", "akkoord_", "bedenking_", "voorwaarde_", "antwoord_"))
    }
    assert told - set(PROBLEMS) == {"besluiten_niet_gevonden", "besluiten_leeg"}


CONDITION = "H1;{};;Een woning met lift"


@pytest.mark.parametrize(
    "said", ["ja mits", '"ja, mits"', "Ja_mits", "JA MITS", "ja, onder voorwaarde", "yes, provided"]
)
def test_yes_provided_is_no_decision_however_it_is_written(said: str, tmp_path: Path) -> None:
    said = said if "," not in said or said.startswith('"') else f'"{said}"'
    besluiten, defects = read(tmp_path, CONDITION.format(said), "H2;akkoord;;")
    assert [b.huishouden_id for b in besluiten] == ["H2"]
    assert [(d.code, d.value, d.warning) for d in defects] == [("antwoord_met_voorwaarde", "H1", True)]


@pytest.mark.parametrize("decision", ["H1;akkoord;;Lift is er", "H1;bezwaar;;Geen lift", "H1;vastzetten;Zwolle;Lift"])
def test_who_decides_about_a_condition_is_not_asked_again(decision: str, tmp_path: Path) -> None:
    besluiten, defects = read(tmp_path, CONDITION.format("ja mits"), decision)
    assert (len(besluiten), defects) == (1, [])


def test_two_municipal_answers_of_which_one_has_a_condition_contradict() -> None:
    def answer(soort: str, row: int, reden: str = "Lift") -> Regel:
        return Regel("H1", soort, UTRECHT, reden, "GM0344.xlsx!antwoord", row, answer=True)

    _, defects = checked([answer("ja_mits", 2), answer("akkoord", 3)], BATCH, EARLIER)
    assert [(d.code, d.details["ander"]) for d in defects] == [("besluiten_tegenstrijdig", "GM0344.xlsx!antwoord:3")]


def test_a_condition_about_a_household_that_is_not_proposed_there_is_refused(tmp_path: Path) -> None:
    for row in ("H1;ja mits;Zwolle;Lift", "H5;ja mits;;Lift"):
        _, defects = read(tmp_path, row)
        assert [d.code for d in defects] == ["akkoord_andere_gemeente"]
    _, defects = read(tmp_path, "H9;ja mits;;Lift")
    assert [d.code for d in defects] == ["huishouden_onbekend"]


def test_only_conditions_that_nobody_decided_about_are_left() -> None:
    regels = [Regel(h, "ja_mits", "", "Lift", "a.csv", 2) for h in ("H1", "H2")]
    akkoord = Besluit("H1", "akkoord", UTRECHT, "")
    assert with_condition(regels, [akkoord]) == {"H2"}
    assert with_condition(regels, [Besluit("H1", "akkoord", UTRECHT, "", nieuw=False)]) == {"H1", "H2"}


@pytest.mark.parametrize(
    ("rows", "clash"),
    [
        (["H1;vastzetten;Zwolle;x", "H1;vastzetten;Amersfoort;x"], True),
        (["H1;vastzetten;Zwolle;x", "H1;uitsluiten;Zwolle;x"], True),
        (["H1;uitsluiten;Zwolle;x", "H1;uitsluiten;Amersfoort;x"], False),
        (["H1;bezwaar;;x", "H1;vastzetten;Zwolle;x"], False),
        (["H1;bezwaar;;x", "H1;uitsluiten;Utrecht;x"], False),
        (["H1;akkoord;;", "H1;vastzetten;Utrecht;x"], False),
        (["H1;akkoord;;", "H1;vastzetten;Zwolle;x"], True),
        (["H1;akkoord;;", "H2;bezwaar;;x"], False),
    ],
)
def test_two_decisions_on_one_household_stand_together_where_both_can_be_followed(
    rows: list[str], clash: bool, tmp_path: Path
) -> None:
    _, defects = read(tmp_path, *rows)
    assert [d.code for d in defects] == (["besluiten_tegenstrijdig"] if clash else [])
    assert all(d.details["ander"] == "besluiten.csv:2" for d in defects)


def test_an_agreement_beside_a_lock_on_the_same_place_is_kept(tmp_path: Path) -> None:
    besluiten, _ = read(tmp_path, "H1;akkoord;;", "H1;vastzetten;Utrecht;School")
    assert [b.soort for b in besluiten] == ["akkoord", "vastzetten"]
    assert decided(BATCH, besluiten, EARLIER).huishoudens["vastgezet_reden"].tolist()[0] == "School"


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    _, defects = read(tmp_path, "H9;akkoord;;", "H1;bezwaar;;", "H2;wat;;", "H3;uitsluiten;Zwolle;x", "H4;vastzetten;;")
    assert {(d.row, d.code) for d in defects} == {
        (2, "huishouden_onbekend"),
        (3, "besluit_zonder_reden"),
        (4, "geen_keuze"),
        (5, "besluit_tegen_vaste_keuze"),
        (6, "besluit_zonder_reden"),
        (6, "besluit_zonder_gemeente"),
    }


def test_what_may_be_a_bsn_and_a_forbidden_column_are_not_repeated(tmp_path: Path) -> None:
    _, (defect,) = read(tmp_path, "111222333;akkoord;;")
    assert (defect.code, defect.value) == ("huishouden_onbekend", "")
    (tmp_path / "b.csv").write_text("huishouden_id;besluit;gemeente;reden;nationaliteit\nH1;akkoord;;;X\n", "utf-8")
    assert [d.code for d in read_besluiten(tmp_path / "b.csv", PEILDATUM).defects] == ["verboden_kolom"]


def test_where_nothing_is_decided_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    assert [d.code for d in read_besluiten(tmp_path / "leeg", PEILDATUM).defects] == ["besluiten_niet_gevonden"]
    assert [d.code for d in read_besluiten(tmp_path / "weg.csv", PEILDATUM).defects] == ["bestand_onleesbaar"]


def test_a_workbook_with_one_sheet_is_read_whatever_that_sheet_is_called(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["huishouden_id", "besluit", "gemeente", "reden"], ["H2", "bezwaar", None, "Vol"]):
        book.active.append(row)
    book.save(tmp_path / "b.xlsx")
    (regel,) = read_besluiten(tmp_path / "b.xlsx", PEILDATUM).regels
    assert (regel.huishouden_id, regel.besluit, regel.reden, regel.file) == ("H2", "bezwaar", "Vol", "b.xlsx!sheet")
    book.create_sheet("Ander")
    book.save(tmp_path / "b.xlsx")
    assert [d.code for d in read_besluiten(tmp_path / "b.xlsx", PEILDATUM).defects] == ["besluiten_niet_gevonden"]


def test_a_folder_of_files_is_read_as_one(tmp_path: Path) -> None:
    for name, row in (("a.csv", "H1;akkoord;;"), ("b.csv", "H2;bezwaar;;x")):
        (tmp_path / name).write_text(f"huishouden_id;besluit;gemeente;reden\n{row}\n", encoding="utf-8")
    found = read_besluiten(tmp_path, PEILDATUM)
    assert [(r.huishouden_id, r.file, r.row) for r in found.regels] == [("H1", "a.csv", 2), ("H2", "b.csv", 2)]
    assert [b.naam for b in found.bronnen] == ["a.csv", "b.csv"]


CARRIED = (
    Besluit("H1", "vastzetten", ZWOLLE, "School"),
    Besluit("H2", "uitsluiten", UTRECHT, "Onveilig"),
    Besluit("H4", "bezwaar", ZWOLLE, "Vol"),
    Besluit("H8", "akkoord", ZWOLLE, ""),
)


def test_what_lasts_is_carried_along_and_an_objection_and_who_left_are_not(tmp_path: Path) -> None:
    besluiten, defects = read(tmp_path, carried=CARRIED)
    assert [(d.code, d.warning) for d in defects] == [("besluiten_leeg", True)]
    assert besluiten == tuple(Besluit(b.huishouden_id, b.soort, b.gemeente, b.reden, nieuw=False) for b in CARRIED[:2])
    assert new_about(besluiten) == frozenset()


def test_a_new_decision_goes_before_an_earlier_lock_but_an_exclusion_stays(tmp_path: Path) -> None:
    besluiten, defects = read(tmp_path, "H1;bezwaar;Zwolle;x", "H2;akkoord;;", carried=CARRIED)
    assert [d.code for d in defects] == ["bedenking_andere_gemeente"]
    assert [(b.huishouden_id, b.soort, b.nieuw) for b in besluiten] == [
        ("H1", "bezwaar", True),
        ("H2", "akkoord", True),
        ("H2", "uitsluiten", False),
    ]
    _, (refused,) = read(tmp_path, "H2;vastzetten;Utrecht;x", carried=CARRIED)
    assert refused.code == "besluit_op_uitgesloten"


def test_the_same_file_given_once_more_means_the_bedenking_that_the_run_already_followed(tmp_path: Path) -> None:
    carried = (Besluit("H1", "bezwaar", ZWOLLE, "Vol"), Besluit("H5", "bezwaar", AMERSFOORT, "Vol"))
    besluiten, defects = read(tmp_path, "H1;bezwaar;Zwolle;Vol", "H5;bezwaar;;Vol", carried=carried)
    assert defects == []
    assert besluiten == carried
    besluiten, defects = read(tmp_path, "H1;bezwaar;Amersfoort;Vol", carried=carried)
    assert [d.code for d in defects] == ["bedenking_andere_gemeente"]
    besluiten, _ = read(tmp_path, "H1;bezwaar;;Vol", carried=carried)
    assert besluiten == (Besluit("H1", "bezwaar", UTRECHT, "Vol"),), "who has a proposal is meant with that one"
    _, (refused,) = read(tmp_path, "H5;akkoord;;", carried=carried)
    assert refused.code == "besluit_zonder_voorstel"


def test_decisions_become_locks_and_exclusions_and_nothing_else_changes() -> None:
    besluiten = (
        Besluit("H1", "akkoord", UTRECHT, ""),
        Besluit("H2", "bezwaar", AMERSFOORT, "Vol"),
        Besluit("H3", "vastzetten", UTRECHT, "Werk"),
        Besluit("H4", "uitsluiten", ZWOLLE, "Nee"),
    )
    batch = decided(BATCH, besluiten, EARLIER)
    table = batch.huishoudens.set_index("huishouden_id")
    assert table["vastgezet_gemeente"].tolist() == [UTRECHT, "", UTRECHT, "", ""]
    assert table["vastgezet_reden"].tolist() == ["akkoord", "", "Werk", "", ""]
    assert table["uitgesloten_gemeenten"].tolist() == ["", AMERSFOORT, "", f"{AMERSFOORT} {ZWOLLE}", ""]
    assert (batch.eerder, batch.besluiten) == (EARLIER, besluiten)
    others = [c for c in BATCH.huishoudens if not str(c).startswith(("vastgezet", "uitgesloten"))]
    assert batch.huishoudens[others].equals(BATCH.huishoudens[others])
    assert BATCH.huishoudens["vastgezet_gemeente"].tolist() == ["", "", ZWOLLE, "", ""]


def test_the_table_of_decisions_reads_back_as_it_was() -> None:
    assert from_table(as_table(CARRIED)) == CARRIED
