"""A look ahead: where room near work runs out, whom to interview first, and a proposal that stays what it is."""

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.distance import matrix
from optimizer.cli import main
from optimizer.domain.batch import Batch
from optimizer.domain.lottery import ticket
from optimizer.domain.uitvoer import GESPREKKEN, VOORSTEL, VOORUITBLIK, OutputTable
from optimizer.domain.vooruitblik import VOORUITBLIK as INPUT
from optimizer.explain.told import explain
from optimizer.explain.told.hall import Groups, cut
from optimizer.explain.told.vooruitblik import expected_households, look_ahead, room_after, room_by_month
from optimizer.model import Case
from optimizer.read.table.uitleg import allowed, when_empty
from optimizer.read.vooruitblik import read_vooruitblik
from optimizer.report import csvs
from optimizer.rules.parameters import Parameters
from optimizer.verify.case import open_case
from optimizer.verify.oordeel import Bevinding
from optimizer.verify.run.look_ahead import tables_vooruitblik
from tests.proefbatch import (
    AMERSFOORT,
    AMSTERDAM,
    GRONINGEN,
    MAASTRICHT,
    PLAATSEN,
    ROTTERDAM,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    grond,
    huishouden,
    parameters,
    schrijf,
    worked_out,
)

TABLES = (VOORUITBLIK, GESPREKKEN)
DOCS = Path(__file__).parents[3] / "docs" / "vooruitblik.md"


def mens(h: str, werk: str, maand: str = "2026-10", **cells: Any) -> dict[str, Any]:
    """One person in procedure who works 32 hours; one a household unless the key says otherwise."""
    date = pd.Timestamp(f"{maand}-15")
    first = {"persoon_id": f"P{h}", "huishouden_id": h, "werk_gemeente": werk, "uren_per_week": 32.0}
    rest = {"verwachte_vergunning": date, "aantal_personen": 1.0, "kans_vergunning": 1.0}
    return {**first, **rest, **cells}


def people(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=INPUT.names)


def text(frame: pd.DataFrame, table: OutputTable) -> pd.DataFrame:
    """A table as it stands in a run, read back as text."""
    lines = csvs.to_bytes(frame, table).decode("utf-8-sig").splitlines()
    head, *rows = (line.split(";") for line in lines)
    cells = pd.DataFrame(rows, columns=head, dtype=object)
    return cells.set_index(pd.RangeIndex(2, len(rows) + 2, name=f"{table.name}.csv"))


def judged(case: Case, who: pd.DataFrame, tables: dict[str, pd.DataFrame] | None = None) -> list[Bevinding]:
    found = look_ahead(case, who).tables
    told = tables or {table.name: text(frame, table) for table, frame in found.items()}
    codes = np.append(case.facts.gemeenten.code.astype(object), "")
    links = pd.DataFrame({"huishouden_id": case.facts.huishoudens, "gemeente": codes[case.answer.gemeente]}, dtype=str)
    judge = open_case(case.batch, links, case.parameters, case.eisen, case.facts.bekend, case.facts.seed)
    return tables_vooruitblik(judge, who, case.facts.seed, told, "komma")


NOBODY_ELSE = {"vooruitblik__anderen_per_maand": 0}


@st.composite
def looks(draw: st.DrawFn) -> tuple[Batch, pd.DataFrame, Parameters]:
    """A small month with grounds and jobs, and people in procedure who work in a few places."""
    place = st.sampled_from(PLAATSEN)
    ids = [f"H{i}" for i in range(draw(st.integers(1, 4)))]
    who = [huishouden(h, aantal_personen=draw(st.integers(1, 3)), opvang_gemeente=draw(place)) for h in ids]
    jobs = [baan(h, draw(place)) for h in draw(st.lists(st.sampled_from(ids), max_size=3))]
    grounds = [grond(h, "gezin", draw(place)) for h in draw(st.lists(st.sampled_from(ids), max_size=3))]
    batch = groep(who, {g: draw(st.integers(0, 4)) for g in PLAATSEN}, werk=jobs, gronden=grounds)
    keys = st.sampled_from(["A", "B", "C", "D"])
    rows = [
        mens(
            draw(keys),
            draw(place),
            draw(st.sampled_from(["2026-08", "2026-10", "2026-11", "2027-01", "2027-09"])),
            persoon_id=f"P{i}",
            uren_per_week=draw(st.sampled_from([4.0, 8.0, 20.0, 36.0])),
            aantal_personen=draw(st.sampled_from([1.0, 2.0, 4.0, np.nan])),
            kans_vergunning=draw(st.sampled_from([0.0, 0.3333, 1.0, np.nan])),
        )
        for i in range(draw(st.integers(1, 6)))
    ]
    pace = draw(st.sampled_from([0, 0.5, 1]))
    return batch, people(*rows), parameters(vooruitblik__anderen_per_maand=pace, gronden__straal_km=draw(radius))


radius = st.sampled_from([10.0, 50.0, 90.0])


@settings(deadline=None, max_examples=40)
@given(looks(), st.sampled_from(["kansrijk", "handmatig", "loting"]))
def test_the_judge_comes_to_the_same_tables_by_its_own_code(
    look: tuple[Batch, pd.DataFrame, Parameters], policy: str
) -> None:
    batch, who, rules = look
    assert judged(worked_out(batch, policy, rules), who) == []


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_cut_is_the_largest_lack_over_every_set_of_groups(data: st.DataObject) -> None:
    k, g = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 5))
    bits = st.lists(st.booleans(), min_size=g, max_size=g)
    open_to = np.array(data.draw(st.lists(bits, min_size=k, max_size=k)), dtype=bool)
    need = np.array(data.draw(st.lists(st.integers(0, 9), min_size=k, max_size=k)), dtype=np.int64)
    room = np.array(data.draw(st.lists(st.integers(0, 9), min_size=g, max_size=g)), dtype=np.int64)
    unsent, short = cut(Groups(open_to, need, np.zeros((k, g), dtype=np.int64), room))

    def lack(groups: tuple[int, ...]) -> int:
        rows = list(groups)
        return int(need[rows].sum() - room[open_to[rows].any(axis=0)].sum()) if rows else 0

    every = [c for n in range(k + 1) for c in itertools.combinations(range(k), n)]
    most = max(map(lack, every))
    assert int(unsent.sum()) == most
    smallest = min((c for c in every if lack(c) == most), key=len)
    assert tuple(np.flatnonzero(short).tolist()) == smallest


@settings(deadline=None, max_examples=15)
@given(looks())
def test_looking_ahead_changes_no_byte_of_the_proposal(look: tuple[Batch, pd.DataFrame, Parameters]) -> None:
    batch, who, rules = look
    case = worked_out(batch, "kansrijk", rules)
    before = csvs.to_bytes(explain(case).said("nl").voorstel, VOORSTEL)
    look_ahead(case, who)
    again = worked_out(batch.replace(vooruitblik=who), "kansrijk", rules)
    assert csvs.to_bytes(explain(again).said("nl").voorstel, VOORSTEL) == before


@settings(deadline=None, max_examples=25)
@given(looks())
def test_no_municipality_is_asked_to_keep_more_than_is_left_and_all_of_it_lies_near_the_work(
    look: tuple[Batch, pd.DataFrame, Parameters],
) -> None:
    batch, who, rules = look
    case = worked_out(batch, "kansrijk", rules)
    found = look_ahead(case, who)
    kept = found.gesprekken[found.gesprekken["reservering"] != ""]
    for month, room in enumerate(room_by_month(case, 12)):
        label = str(np.datetime64("2026-10") + month)
        asked = kept[kept["maand"] <= label].groupby("reservering")["aantal_personen"].sum()
        assert all(n <= room[case.facts.gemeenten.index[str(g)]] for g, n in asked.items())
    assert set(kept["waarom"]) <= {"krap"}
    expected = expected_households(case, who)
    for row in kept.to_dict("records"):
        e = expected.ids.tolist().index(row["huishouden_id"])
        assert expected.near[e, case.facts.gemeenten.index[row["reservering"]]]


def test_a_full_municipality_is_no_shortage_while_a_neighbour_has_room() -> None:
    room = {UTRECHT: 0, AMERSFOORT: 3, GRONINGEN: 9}
    case = worked_out(groep([huishouden("H1", opvang_gemeente=GRONINGEN)], room), "koppelregio")
    who = people(*(mens(f"A{i}", UTRECHT) for i in range(3)))
    found = look_ahead(case, who)
    assert found.vooruitblik["tekort"].tolist() == [0.0]
    assert found.gesprekken["waarom"].tolist() == ["bekend"] * 3
    more = look_ahead(case, people(*(mens(f"A{i}", UTRECHT) for i in range(4))))
    assert more.vooruitblik["tekort"].tolist() == [1.0, 1.0]
    near = case.facts.gemeenten.code[matrix("straight")[:, case.facts.gemeenten.index[UTRECHT]] <= 50.0]
    assert more.vooruitblik["gemeenten"].iloc[1] == " ".join(near.tolist())
    assert more.gesprekken["reservering"].tolist() == [AMERSFOORT] * 3 + [""]


def test_a_chance_counts_for_its_share_and_months_add_up() -> None:
    case = worked_out(groep([huishouden("H1", opvang_gemeente=GRONINGEN)], {UTRECHT: 1, GRONINGEN: 1}), "koppelregio")
    rows = [
        mens("A", UTRECHT, "2026-10", kans_vergunning=0.5, aantal_personen=2.0),
        mens("B", UTRECHT, "2026-12", kans_vergunning=0.25),
        mens("C", UTRECHT, "2027-08"),
    ]
    found = look_ahead(case, people(*rows)).vooruitblik
    assert found["maand"].tolist() == ["2026-10", "2026-11", "2026-12", "2026-12"]
    assert found["vraag"].tolist() == [1.0, 1.0, 1.25, 1.25]
    assert found["tekort"].tolist() == [0.0, 0.0, 0.25, 0.25]


def test_a_new_half_year_brings_a_share_of_the_taakstelling_again() -> None:
    batch = groep([huishouden("H1", aantal_personen=2)], {UTRECHT: 2})
    who = people(mens("A", UTRECHT, "2026-12"), mens("B", UTRECHT, "2027-01"), mens("C", UTRECHT, "2027-01"))
    for share, lacking in ((1.0, [0.0, 0.0, 1.0, 1.0]), (0.5, [0.0, 0.0, 1.0, 2.0]), (0.0, [0.0, 0.0, 1.0, 3.0])):
        case = worked_out(batch, "straal50", parameters(vooruitblik__volgend_halfjaar=share))
        found = look_ahead(case, who)
        assert found.vooruitblik[found.vooruitblik["gebied"] == 0]["tekort"].tolist() == lacking
        assert (found.gesprekken["reservering"] != "").sum() == 3 - lacking[-1]
        assert judged(case, who) == []


def test_who_waits_and_who_is_still_to_come_take_room_too() -> None:
    waits = [huishouden("H1", aantal_personen=2), huishouden("H2", opvang_gemeente=GRONINGEN)]
    batch = groep(waits, {UTRECHT: 1, GRONINGEN: 1}, gronden=[grond("H1", "gezin", UTRECHT)])
    who = people(mens("A", UTRECHT, "2026-11"))
    found = look_ahead(worked_out(batch, "straal50"), who).vooruitblik
    assert found[found["gebied"] == 1]["tekort"].tolist() == [1.0, 4.0]
    alone = look_ahead(worked_out(batch, "straal50", parameters(**NOBODY_ELSE)), who).vooruitblik
    assert alone[alone["gebied"] == 1]["tekort"].tolist() == [1.0, 2.0]


def test_one_interview_keeps_what_chance_would_not() -> None:
    case = worked_out(groep([huishouden("H1")], {UTRECHT: 2, GRONINGEN: 6, MAASTRICHT: 1}), "koppelregio")
    room = room_after(case)
    assert int(room.sum()) == 8
    rows = [
        mens("groningen", GRONINGEN),
        mens("utrecht", UTRECHT),
        mens("kans", UTRECHT, kans_vergunning=0.5),
        mens("weinig", UTRECHT, uren_per_week=7.0),
        mens("groot", UTRECHT, aantal_personen=3.0),
        mens("twee", UTRECHT, persoon_id="P1"),
        mens("twee", UTRECHT, persoon_id="P2"),
    ]
    found = look_ahead(case, people(*rows)).gesprekken.set_index("huishouden_id")
    near = int(room[case.facts.gemeenten.index[UTRECHT]])
    gain = (8 - near) / 8
    assert found.loc["utrecht", "banen_door_gesprek"] == pytest.approx(gain, abs=1e-4)
    assert found.loc["kans", "banen_door_gesprek"] == pytest.approx(gain / 2, abs=1e-4)
    assert found.loc["twee", "banen_door_gesprek"] == pytest.approx(2 * gain, abs=1e-4)
    assert found.loc["groningen", "banen_door_gesprek"] == pytest.approx(0.25, abs=1e-4)
    assert found.loc[["weinig", "groot"], "waarom"].tolist() == ["geen_grond", "geen_plek"]
    assert found.index[0] == "twee"
    assert found["volgorde"].tolist() == list(range(1, 7))


def test_ties_follow_the_published_lottery_and_not_the_order_of_the_rows() -> None:
    case = worked_out(groep([huishouden("H1")], {UTRECHT: 3, GRONINGEN: 6}), "koppelregio")
    ids = [f"A{i}" for i in range(6)]
    one = look_ahead(case, people(*(mens(h, UTRECHT) for h in ids))).gesprekken
    other = look_ahead(case, people(*(mens(h, UTRECHT) for h in reversed(ids)))).gesprekken
    assert one.equals(other)
    assert one["huishouden_id"].tolist() == sorted(ids, key=lambda h: ticket("gesprek", 0, h))


CHANGED = groep(
    [huishouden("H1", aantal_personen=2), huishouden("H2", opvang_gemeente=GRONINGEN)],
    {UTRECHT: 2, GRONINGEN: 1, ROTTERDAM: 1},
    gronden=[grond("H1", "gezin", UTRECHT)],
)
WHO = people(
    mens("A", UTRECHT, "2026-11"), mens("B", AMSTERDAM, aantal_personen=3.0), mens("C", ZWOLLE), mens("D", GRONINGEN)
)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_the_judge_sees_a_change_of_any_cell_and_a_row_that_is_gone(table: OutputTable) -> None:
    case = worked_out(CHANGED, "straal50")
    good = {t.name: text(frame, t) for t, frame in look_ahead(case, WHO).tables.items()}
    assert judged(case, WHO, good) == []
    for column in table.names:
        for row in good[table.name].index:
            wrong = good[table.name].copy()
            wrong.loc[row, column] = "7" if wrong.loc[row, column] != "7" else "8"
            found = judged(case, WHO, {**good, table.name: wrong})
            assert {b.code for b in found} == {"vooruitblik_onjuist"}, (column, row)
    assert judged(case, WHO, {**good, table.name: good[table.name][:-1]}) != []


def write(place: Path, body: str) -> Path:
    head = "persoon_id;huishouden_id;werk_gemeente;uren_per_week;verwachte_vergunning"
    place.write_text(f"{head}\n{body}", encoding="utf-8")
    return place


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("P1;A;Utrech;32;2026-11-01\n", "gemeente_onbekend"),
        ("P1;A;Utrecht;200;2026-11-01\n", "buiten_bereik"),
        ("P1;A;Utrecht;32;\n", "cel_leeg"),
        ("P1;A;Utrecht;32;07/01/2026\n", "geen_datum"),
        ("", "geen_rijen"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place_of_the_problem(tmp_path: Path, body: str, code: str) -> None:
    frame, defects, bron = read_vooruitblik(write(tmp_path / "ahead.csv", body), None, pd.Series(dtype=str))
    assert frame is None
    assert bron is None
    assert code in {d.code for d in defects}


@pytest.mark.parametrize("extra", ["naam", "nationaliteit", "leeftijd", "BSN"])
def test_a_column_that_may_not_be_there_is_refused_with_code_seven(tmp_path: Path, extra: str) -> None:
    place = schrijf(CHANGED, tmp_path / "in")
    ahead = tmp_path / "ahead.csv"
    ahead.write_text(
        f"persoon_id;huishouden_id;werk_gemeente;uren_per_week;verwachte_vergunning;{extra}\n"
        "P1;A;Utrecht;32;2026-11-01;x\n",
        encoding="utf-8",
    )
    assert main(["run", str(place), "--out", str(tmp_path / "uit"), "--vooruitblik", str(ahead)]) == 7
    assert not (tmp_path / "uit").exists()


def test_rows_that_differ_and_a_household_of_the_batch_are_warnings(tmp_path: Path) -> None:
    body = "P1;H1;Utrecht;32;2026-11-01\nP2;B;Utrecht;32;2026-11-01\nP3;B;Zwolle;12;2026-12-01\n"
    frame, defects, bron = read_vooruitblik(write(tmp_path / "ahead.csv", body), None, pd.Series(["H1"]))
    assert frame is not None
    assert bron is not None
    assert {d.code for d in defects} == {"vooruitblik_in_groep", "vooruitblik_ongelijk"}
    assert all(d.warning for d in defects)


@pytest.mark.parametrize("options", [[], ["--lang", "en", "--csv-en"], ["--policy", "handmatig"]])
def test_from_the_command_line_the_proposal_is_the_same_and_the_judge_accepts_the_run(
    tmp_path: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    place = schrijf(CHANGED, tmp_path / "in")
    ahead = write(tmp_path / "ahead.csv", "P1;A;Utrecht;32;2026-11-01\nP2;B;Amsterdam;12;2026-10-20\n")
    own = ["--draws", "5", *options]
    assert main(["run", str(place), "--out", str(tmp_path / "met"), "--vooruitblik", str(ahead), *own]) in (0, 4)
    assert main(["run", str(place), "--out", str(tmp_path / "zonder"), *own]) in (0, 4)
    assert main(["verify", str(tmp_path / "met")]) in (0, 4)
    one, other = (tmp_path / name / "voorstel.csv" for name in ("met", "zonder"))
    assert one.read_bytes() == other.read_bytes()
    assert {p.name for p in (tmp_path / "met").iterdir()} - {p.name for p in (tmp_path / "zonder").iterdir()} == {
        "vooruitblik.csv",
        "gesprekken.csv",
    }
    ahead.rename(tmp_path / "elders.csv")
    capsys.readouterr()
    assert main(["verify", str(tmp_path / "met")]) == 7
    assert "--vooruitblik" in capsys.readouterr().err
    assert main(["verify", str(tmp_path / "met"), "--vooruitblik", str(tmp_path / "elders.csv")]) in (0, 4)
    write(tmp_path / "elders.csv", "P1;A;Utrecht;32;2026-11-02\n")
    assert main(["verify", str(tmp_path / "met"), "--vooruitblik", str(tmp_path / "elders.csv")]) == 7


def test_every_column_of_the_file_is_described() -> None:
    rows = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith(("| `", "| **"))]
    due = []
    for c in INPUT.columns:
        name = f"**`{c.name}`**" if c.required else f"`{c.name}`"
        due.append(f"| {name} | {c.nl} | {allowed(c)} | {when_empty(c)} |")
    assert rows == due
