"""Mergers, swaps, arrears and surplus: the cases, and the input file that ``koppelwijzer taakstelling`` makes."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from geodata.gemeenten import load_gemeenten
from optimizer.cli import main
from optimizer.read.stand import STAND, read_stand
from optimizer.rules.huisvesting import housed, own_arrears, still_to_house
from optimizer.rules.opgave import merged, remaining, swapped
from optimizer.taakstelling import RuilFout, make_taakstelling, total_opgave
from optimizer.verify.households import collect_households
from tests.verify.zaken import batch, parameters

ROOM = ("taakstelling", "achterstand", "voorsprong", "gekoppeld", "gehuisvest", "tijdelijk_gehuisvest")
CASES = Path(__file__).parent.parent / "cases"
DOC = Path(__file__).parents[2] / "docs" / "taakstelling.md"
Capture = pytest.CaptureFixture[str]


def cases(name: str) -> list[Any]:
    return [pytest.param(c, id=c["name"]) for c in yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))]


def stand_file(folder: Path, text: str) -> Path:
    file = folder / "stand.csv"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("case", cases("herindeling"))
def test_a_merged_municipality_counts_with_its_successor(case: dict[str, Any]) -> None:
    assert merged(np.array(case["values"]), np.array(case["into"])).tolist() == case["expected"]


@pytest.mark.parametrize("case", cases("taakstelling_ruil"))
def test_swaps_keep_the_sum_and_nobody_goes_below_nought(case: dict[str, Any]) -> None:
    share, swaps = np.array(case["taakstelling"]), np.array(case["ruil"])
    if "error" in case:
        with pytest.raises(ValueError, match=case["error"]):
            swapped(share, swaps)
    else:
        assert swapped(share, swaps).tolist() == case["expected"]


@pytest.mark.parametrize("case", cases("opgave"))
def test_what_remains_follows_from_arrears_surplus_and_links(case: dict[str, Any]) -> None:
    numbers = (np.array([case.get(name, 0)]) for name in ROOM)
    assert remaining(*numbers).tolist() == [case["expected"]]


@pytest.mark.parametrize("case", cases("amv_in_groep"))
def test_minors_in_a_group_count_as_housed(case: dict[str, Any]) -> None:
    assert housed(np.array([case["gehuisvest"]]), np.array([case["amv"]]), case["counts"]).tolist() == [
        case["expected"]
    ]


@pytest.mark.parametrize("case", cases("nog_te_huisvesten"))
def test_what_must_be_housed_leaves_out_who_only_was_linked(case: dict[str, Any]) -> None:
    names = ("taakstelling", "achterstand", "voorsprong", "gehuisvest", "tijdelijk")
    assert still_to_house(*(np.array([case[n]]) for n in names), temporary_counts=case["counts"]).tolist() == [
        case["expected"]
    ]


@pytest.mark.parametrize("case", cases("achterstand_verschoonbaar"))
def test_arrears_that_the_coa_caused_are_not_its_own(case: dict[str, Any]) -> None:
    assert own_arrears(np.array([case["achterstand"]]), np.array([case["verschoonbaar"]])).tolist() == [
        case["expected"]
    ]


@given(st.lists(st.tuples(*[st.integers(0, 40)] * len(ROOM)), min_size=1, max_size=6))
def test_rule_batch_and_judge_come_to_the_same_opgave(rows: list[tuple[int, ...]]) -> None:
    codes = load_gemeenten().code[: len(rows)].astype(object)
    table = pd.DataFrame(rows, columns=list(ROOM)).assign(gemeente=codes, verschoonbaar=0, halfjaar="2026-2")
    zaak = batch([]).replace(taakstelling=table)
    mine = remaining(*np.array(rows, dtype=np.int64).T)
    assert zaak.opgave.tolist() == mine.tolist()
    assert collect_households(zaak, parameters()).opgave[: len(rows)].tolist() == mine.tolist()


@given(st.tuples(*[st.integers(0, 60)] * 6), st.integers(0, 60))
def test_the_stocks_move_one_for_one_and_own_arrears_lie_between_none_and_all(
    numbers: tuple[int, ...], excused: int
) -> None:
    task, arrears, surplus, linked, home, temporary = (np.array([n]) for n in numbers)
    room = remaining(task, arrears, surplus, linked + 1, home, temporary)
    # Who gets a home goes from one stock to the other: the room for others stays, and one person less waits for a home.
    assert remaining(task, arrears, surplus, linked, home + 1, temporary) == room
    before, after = (
        still_to_house(task, arrears, surplus, home + n, temporary, temporary_counts=False) for n in (0, 1)
    )
    assert int(before[0] - after[0]) in {0, 1}
    assert 0 <= own_arrears(arrears, np.array([excused])) <= arrears


def test_who_hands_over_too_much_is_named_by_row() -> None:
    with pytest.raises(ValueError, match=r"^row 1 hands over more than its taakstelling$"):
        swapped(np.array([4, 2, 9]), np.array([2, -3, 1]))


def test_the_sum_of_all_municipalities_is_the_national_number() -> None:
    table = make_taakstelling("2026-1", 15_000)
    assert (len(table), table["taakstelling"].sum(), total_opgave(table)) == (342, 15_000, 15_000)
    amsterdam = table.set_index("gemeente")["taakstelling"]["GM0363"]
    inwoners = load_gemeenten().inwoners
    exact = 15_000 * inwoners[load_gemeenten().index["GM0363"]] / inwoners.sum()
    assert abs(amsterdam - exact) < 1


def test_before_the_merger_wijdemeren_has_a_taakstelling_and_after_it_hilversum_has_both() -> None:
    before = make_taakstelling("2026-2", 15_000).set_index("gemeente")["taakstelling"]
    after = make_taakstelling("2027-1", 15_000).set_index("gemeente")["taakstelling"]
    assert "GM1696" in before.index
    assert "GM1696" not in after.index
    assert abs(after["GM0402"] - before["GM0402"] - before["GM1696"]) <= 1
    assert after.sum() == 15_000


def test_the_state_of_a_merged_municipality_goes_with_it(tmp_path: Path) -> None:
    stand = read_stand(stand_file(tmp_path, "gemeente;achterstand\nWijdemeren;7\nHilversum;3\n"))
    after = make_taakstelling("2027-1", 15_000, stand).set_index("gemeente")
    assert after["achterstand"]["GM0402"] == 10
    assert after["achterstand"].sum() == 10


def test_the_state_and_the_swaps_of_a_file_come_into_the_table(tmp_path: Path) -> None:
    text = "gemeente;achterstand;voorsprong;gekoppeld;ruil\nUtrecht;5;;2;-10\nAmersfoort;;3;;10\n"
    table = make_taakstelling("2026-1", 15_000, read_stand(stand_file(tmp_path, text))).set_index("gemeente")
    plain = make_taakstelling("2026-1", 15_000).set_index("gemeente")["taakstelling"]
    utrecht, amersfoort = (table[table.index == code].to_numpy().tolist()[0] for code in ("GM0344", "GM0307"))
    assert utrecht == [plain["GM0344"] - 10, 5, 0, 2, "2026-1", 0, 0, 0]
    assert amersfoort == [plain["GM0307"] + 10, 0, 3, 0, "2026-1", 0, 0, 0]
    assert table["taakstelling"].sum() == 15_000


def test_every_stock_of_a_file_comes_into_the_table_and_minors_in_groups_are_housed(tmp_path: Path) -> None:
    text = (
        "gemeente;achterstand;verschoonbaar;gekoppeld;gehuisvest;amv_in_groep;tijdelijk_gehuisvest\n"
        "Utrecht;9;4;20;30;6;5\nAmersfoort;2;2;;;4;\n"
    )
    state = read_stand(stand_file(tmp_path, text))
    table = make_taakstelling("2026-1", 15_000, state).set_index("gemeente")
    utrecht, amersfoort = (table[table.index == code] for code in ("GM0344", "GM0307"))
    stocks = utrecht[["gekoppeld", "gehuisvest", "tijdelijk_gehuisvest", "verschoonbaar"]]
    assert stocks.to_numpy().tolist() == [[20, 36, 5, 4]]
    assert amersfoort[["gekoppeld", "gehuisvest"]].to_numpy().tolist() == [[0, 4]]
    assert total_opgave(utrecht) == utrecht["taakstelling"].sum() + 9 - 20 - 36 - 5
    without = make_taakstelling("2026-1", 15_000, state, minors_count=False).set_index("gemeente")
    assert without["gehuisvest"]["GM0344"] == 30


def test_the_command_tells_what_can_be_linked_from_what_must_be_housed_and_whose_arrears_they_are(
    tmp_path: Path, capsys: Capture
) -> None:
    text = "gemeente;achterstand;verschoonbaar;gekoppeld;gehuisvest;tijdelijk_gehuisvest\nUtrecht;9;4;20;30;5\n"
    assert main(["taakstelling", "--halfjaar", "2026-1", "--stand", str(stand_file(tmp_path, text))]) == 0
    said = capsys.readouterr().err
    assert "samen een opgave van 14.954 personen" in said  # 15000 + 9 - 20 - 30 - 5
    assert "Nog te huisvesten: 14.979 personen" in said  # 15000 + 9 - 30
    assert "Achterstand: 9 personen, waarvan 4 verschoonbaar" in said


def test_more_excused_than_there_are_arrears_is_refused_by_name(tmp_path: Path, capsys: Capture) -> None:
    file = stand_file(tmp_path, "gemeente;achterstand;verschoonbaar\nUtrecht;3;4\n")
    assert main(["taakstelling", "--halfjaar", "2026-1", "--stand", str(file)]) == 3
    assert "Utrecht" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("swap", "taken", "message"),
    [(-10, 9, "telt op tot -1"), (-9000, 9000, "Utrecht draagt 9.000 personen over")],
)
def test_an_impossible_swap_is_refused_with_its_number(tmp_path: Path, swap: int, taken: int, message: str) -> None:
    stand = read_stand(stand_file(tmp_path, f"gemeente;ruil\nUtrecht;{swap}\nAmersfoort;{taken}\n"))
    with pytest.raises(RuilFout, match=message):
        make_taakstelling("2026-1", 15_000, stand)


def test_the_command_writes_a_file_that_a_batch_can_use(tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "taakstelling.csv"
    assert main(["taakstelling", "--halfjaar", "2026-1", "--out", str(out)]) == 0
    assert "niet nagekeken" in capsys.readouterr().err
    assert len(read_stand_of(out)) == 342
    assert main(["taakstelling", "--halfjaar", "2026-1", "--out", str(out)]) == 7
    assert main(["taakstelling", "--halfjaar", "2026-2", "--out", str(out), "--force"]) == 0
    (tmp_path / "huishoudens.csv").write_text(
        "huishouden_id;aantal_personen;vergunning_datum;opvang_gemeente\nH1;2;2026-07-01;Zwolle\n", encoding="utf-8"
    )
    capsys.readouterr()
    assert main(["check", str(tmp_path)]) == 0


def test_the_command_names_the_reference_dates_of_the_half_year(capsys: Capture) -> None:
    assert main(["taakstelling", "--halfjaar", "2026-1"]) == 0
    said = capsys.readouterr().err
    assert "Het COA kijkt op 1 april 2026 of er genoeg is gekoppeld; de provincie op 1 juli 2026" in said
    assert main(["taakstelling", "--halfjaar", "2026-2"]) == 0
    assert "op 1 oktober 2026 of er genoeg is gekoppeld; de provincie op 1 januari 2027" in capsys.readouterr().err
    assert main(["taakstelling", "--halfjaar", "2015-1", "--landelijk", "100"]) == 0
    assert "kijkt op" not in capsys.readouterr().err


def test_the_command_speaks_english(capsys: Capture) -> None:
    assert main(["taakstelling", "--halfjaar", "2026-1", "--landelijk", "15000", "--lang", "en"]) == 0
    said = capsys.readouterr().err
    assert said.startswith("Nationally: 15,000 persons (given with --landelijk). Inhabitants: 1 January 2024.\n342 ")
    assert "together an opgave of 15,000 persons." in said
    assert "The COA looks on 1 April 2026 whether enough has been linked" in said


def read_stand_of(file: Path) -> list[str]:
    return [line for line in file.read_text("utf-8-sig").splitlines() if line.startswith("GM")]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--halfjaar", "2026-3"], 2),
        (["--halfjaar", "26-1"], 2),
        (["--halfjaar", "2027-1"], 2),
        (["--halfjaar", "2021-2"], 2),
        (["--halfjaar", "2021-2", "--landelijk", "11000"], 0),
        (["--halfjaar", "2027-1", "--landelijk", "0"], 0),
    ],
)
def test_a_half_year_without_a_known_number_needs_one(words: list[str], code: int, capsys: Capture) -> None:
    assert main(["taakstelling", *words]) == code
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("gemeente;achterstand\nUtrecht;-1\n", "achterstand"),
        ("gemeente;achterstand\nUtrecht;1,5\n", "achterstand"),
        ("gemeente;achterstand\nUtrecht;1\nGM0344;2\n", "gemeente"),
        ("gemeente;achterstand\nUtrect;1\n", "Utrecht"),
        ("gemeente;ruil\nUtrecht;-1\n", "ruil"),
        ("achterstand\n1\n", "gemeente"),
        ("", "stand.csv"),
    ],
)
def test_a_faulty_state_is_invalid_input_and_says_where(tmp_path: Path, text: str, word: str, capsys: Capture) -> None:
    file = stand_file(tmp_path, text)
    assert main(["taakstelling", "--halfjaar", "2026-1", "--stand", str(file)]) == 3
    captured = capsys.readouterr()
    assert word in captured.err
    assert captured.out == ""


def test_every_column_of_the_state_file_is_documented() -> None:
    rows = [line for line in DOC.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert rows == [f"| `{c.name}` | {c.nl} |" for c in STAND.columns]
