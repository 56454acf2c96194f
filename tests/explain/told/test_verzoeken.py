"""Requests for a first link: judged like every link, shown beside the proposal, and never a reason for it."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from geodata.wording import Lang
from optimizer.cli import main
from optimizer.domain.batch import Batch
from optimizer.domain.uitvoer import VERZOEKEN, VOORSTEL
from optimizer.explain.told import explain
from optimizer.explain.told.verzoeken import judged_requests
from optimizer.model import Case
from optimizer.report import csvs
from optimizer.verify import judge_link
from optimizer.verify.case import Case as JudgesCase
from optimizer.verify.case import open_case
from optimizer.verify.run.requests import expected_requests, table_verzoeken
from tests.proefbatch import (
    AMERSFOORT,
    AMSTERDAM,
    GRONINGEN,
    MAASTRICHT,
    PLAATSEN,
    ROTTERDAM,
    UTRECHT,
    ZWOLLE,
    Record,
    baan,
    check,
    groep,
    grond,
    huishouden,
    schrijf,
    worked_out,
)

POLICIES = ("kansrijk", "straal50", "handmatig", "koppelregio", "loting", "arbeidsmarktregio", "zonder_opgave")
ROOM = {UTRECHT: 2, AMERSFOORT: 1, ZWOLLE: 3, GRONINGEN: 0, ROTTERDAM: 2}


def vraag(huishouden_id: str, gemeente: str, verzoeker: str = "werkgever", code: str = "baan") -> Record:
    cells = {"huishouden_id": huishouden_id, "gemeente": gemeente}
    return {**cells, "verzoeker": verzoeker, "toelichting_code": code}


def judges_case(case: Case) -> JudgesCase:
    codes = np.append(case.facts.gemeenten.code.astype(object), "")
    links = pd.DataFrame({"huishouden_id": case.facts.huishoudens, "gemeente": codes[case.answer.gemeente]}, dtype=str)
    facts = case.facts
    return open_case(case.batch, links, case.parameters, case.eisen, facts.bekend, facts.seed)


def written(case: Case, lang: Lang = "nl") -> pd.DataFrame:
    """The table as it stands in a run, read back as text."""
    told = explain(case).said(lang).verzoeken
    assert told is not None
    lines = csvs.to_bytes(told, VERZOEKEN).decode("utf-8-sig").splitlines()
    head, *rows = (line.split(";") for line in lines)
    frame = pd.DataFrame(rows, columns=head, dtype=object)
    return frame.set_index(pd.RangeIndex(2, len(rows) + 2, name="verzoeken.csv"))


@st.composite
def months(draw: st.DrawFn) -> Batch:
    """A few households, jobs shown or not, grounds, locks and exclusions, and requests about any of them."""
    ids = [f"H{i}" for i in range(draw(st.integers(1, 5)))]
    place = st.sampled_from(PLAATSEN)
    who = [
        huishouden(
            h,
            aantal_personen=draw(st.integers(1, 4)),
            opvang_gemeente=draw(place),
            vastgezet_gemeente=draw(st.sampled_from(["", "", "", MAASTRICHT])),
            vastgezet_reden="besluit",
            uitgesloten_gemeenten=draw(st.sampled_from(["", "", UTRECHT, f"{ZWOLLE} {ROTTERDAM}"])),
        )
        for h in ids
    ]
    jobs = [
        baan(h, draw(place), uren_per_week=draw(st.sampled_from([7.0, 8.0, 32.0])), loonstrook_gezien=draw(yes_no))
        for h in draw(st.lists(st.sampled_from(ids), max_size=5))
    ]
    grounds = [
        grond(h, draw(st.sampled_from(["gezin", "studie", "medisch", "netwerk"])), draw(place), bewijs=draw(yes_no))
        for h in draw(st.lists(st.sampled_from(ids), max_size=4))
    ]
    asked = [
        vraag(h, draw(place), draw(st.sampled_from(["werkgever", "bestuurder", "bewoner", ""])))
        for h in draw(st.lists(st.sampled_from(ids), min_size=1, max_size=6))
    ]
    room = {g: draw(st.integers(0, 4)) for g in PLAATSEN}
    return groep(who, room, werk=jobs, gronden=grounds, verzoeken=asked)


yes_no = st.sampled_from(["ja", "nee", ""])


@settings(deadline=None, max_examples=30)
@given(months(), st.sampled_from(POLICIES), st.sampled_from([0.0, 0.5, 1.0]))
def test_the_judge_comes_to_the_same_verdict_by_its_own_code(batch: Batch, policy: str, bekend: float) -> None:
    case = worked_out(batch, policy, bekend=bekend)
    assert table_verzoeken(judges_case(case), written(case), "komma") == []


@settings(deadline=None, max_examples=20)
@given(months(), st.sampled_from(["kansrijk", "handmatig", "koppelregio"]))
def test_what_may_be_considered_is_what_the_judge_of_one_link_allows_near_a_ground(batch: Batch, policy: str) -> None:
    case = worked_out(batch, policy)
    table = judged_requests(case)
    for row in table.to_dict("records"):
        toetsen = judge_link(batch, row["huishouden_id"], row["gemeente"], parameters=case.parameters, eisen=case.eisen)
        closed = any(t.uitslag == "overtreding" for t in toetsen)
        if closed:
            assert row["oordeel"] == "nee"
        h = case.facts.huishoudens.tolist().index(row["huishouden_id"])
        if row["oordeel"] == "mag_overwogen":
            assert not closed
            assert case.facts.heeft_grond[h]


@settings(deadline=None, max_examples=12)
@given(months(), st.sampled_from(POLICIES), st.data())
def test_no_request_changes_a_byte_of_the_proposal(batch: Batch, policy: str, data: st.DataObject) -> None:
    asked = batch.verzoeken
    some = asked[data.draw(st.lists(st.booleans(), min_size=len(asked), max_size=len(asked)), label="kept")]
    moved = asked.assign(gemeente=data.draw(st.sampled_from(PLAATSEN)), verzoeker="bestuurder")
    found = {
        csvs.to_bytes(explain(worked_out(batch.replace(verzoeken=table), policy)).said("nl").voorstel, VOORSTEL)
        for table in (
            asked,
            asked[:0],
            some.reset_index(drop=True),
            moved,
            pd.concat([asked, moved], ignore_index=True),
        )
    }
    assert len(found) == 1


EVERY = groep(
    [
        huishouden("A"),
        huishouden("B", aantal_personen=9),
        huishouden("C", uitgesloten_gemeenten=UTRECHT),
        huishouden("D", vastgezet_gemeente=ZWOLLE, vastgezet_reden="besluit"),
        huishouden("E"),
        huishouden("F"),
    ],
    ROOM,
    werk=[baan("A", UTRECHT), baan("E", UTRECHT, loonstrook_gezien="nee"), baan("F", GRONINGEN)],
    verzoeken=[
        vraag("A", UTRECHT),
        vraag("A", GRONINGEN, "bestuurder"),
        vraag("B", UTRECHT, "bewoner"),
        vraag("C", UTRECHT),
        vraag("D", UTRECHT, "bestuurder"),
        vraag("E", UTRECHT, ""),
        vraag("F", AMSTERDAM, "bewoner", ""),
        vraag("E", ZWOLLE),
    ],
)


def test_each_verdict_names_the_rule_that_it_rests_on() -> None:
    told = explain(worked_out(EVERY)).said("nl").verzoeken
    assert told is not None
    assert list(zip(told["verzoek"], told["oordeel"], told["regel"], strict=True)) == [
        (1, "mag_overwogen", "gronden/straal_km"),
        (2, "nee", "gronden/straal_km"),
        (3, "nee", "opgave"),
        (4, "nee", "besluit"),
        (5, "nee", "besluit"),
        (6, "niet_aangetoond", "verzoek"),
        (7, "nee", "gronden/straal_km"),
        (8, "nee", "verzoek"),
    ]
    assert told["verzoeker"].tolist()[5] == "onbekend"
    assert "geeft geen voorrang" in told["redenen"].iloc[0]
    assert all(told["bron"] != "")


@pytest.mark.parametrize("column", [c.name for c in VERZOEKEN.columns if c.name != "redenen"])
def test_the_judge_sees_a_change_of_any_cell(column: str) -> None:
    case = worked_out(EVERY)
    frame = written(case)
    for row in range(len(frame)):
        wrong = frame.copy()
        wrong.loc[wrong.index[row], column] = "GM0363" if wrong[column].iloc[row] != "GM0363" else "GM0014"
        codes = {b.code for b in table_verzoeken(judges_case(case), wrong, "komma")}
        assert codes == {"verzoek_onjuist"}, (column, row)


def test_the_judge_sees_a_reason_that_is_not_true_and_a_row_that_is_gone() -> None:
    case = worked_out(EVERY)
    frame = written(case)
    for said in ("", "Maastricht past beter.", frame["redenen"].iloc[0].replace("50 km", "70 km")):
        wrong = frame.copy()
        wrong.loc[wrong.index[0], "redenen"] = said
        assert {b.code for b in table_verzoeken(judges_case(case), wrong, "komma")} == {"verzoek_redenen_onjuist"}
    assert {b.code for b in table_verzoeken(judges_case(case), frame[:-1], "komma")} == {"verzoek_onjuist"}
    assert len(expected_requests(judges_case(case))) == len(EVERY.verzoeken)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_judge_counts_the_places_and_the_persons_of_a_reason_again(lang: Lang) -> None:
    case = worked_out(EVERY)
    frame = written(case, lang)
    full = frame.index[frame["regel"] == "opgave"]
    assert len(full) == 1
    said = str(frame.at[full[0], "redenen"])
    numbers = re.findall(r"\d+", said)
    assert len(numbers) == 2
    assert not table_verzoeken(judges_case(case), frame, "komma")
    for number in numbers:
        for other in (int(number) + 1, int(number) + 10):
            wrong = frame.copy()
            wrong.loc[full[0], "redenen"] = re.sub(rf"\b{number}\b", str(other), said)
            found = table_verzoeken(judges_case(case), wrong, "komma")
            assert [b.code for b in found] == ["verzoek_redenen_onjuist"], (number, other)


def test_the_judge_sees_places_that_a_reason_makes_up() -> None:
    case = worked_out(EVERY)
    frame = written(case)
    wrong = frame.copy()
    wrong.loc[wrong.index[0], "redenen"] = f"{frame['redenen'].iloc[0]} Er is plek voor 0 personen."
    assert [b.code for b in table_verzoeken(judges_case(case), wrong, "komma")] == ["verzoek_redenen_onjuist"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("huishouden_id;gemeente\nX9;Utrecht\n", "huishouden_onbekend"),
        ("huishouden_id;gemeente\nA;Utrech\n", "gemeente_onbekend"),
        ("huishouden_id;gemeente\nA;Bergen\n", "gemeente_meerduidig"),
        ("huishouden_id;gemeente\nA;\n", "cel_leeg"),
        ("huishouden_id;verzoeker\nA;bewoner\n", "kolom_ontbreekt"),
        ("huishouden_id;gemeente;verzoeker\nA;Utrecht;buurman\n", "geen_keuze"),
        ("huishouden_id;gemeente;toelichting_code\nA;Utrecht;zoekt rust\n", "toelichting_geen_code"),
        ("huishouden_id;gemeente;nationaliteit\nA;Utrecht;x\n", "verboden_kolom"),
        ("huishouden_id;gemeente;naam verzoeker\nA;Utrecht;x\n", "verboden_kolom"),
        ("", "leeg_bestand"),
    ],
)
def test_a_wrong_file_of_requests_is_refused(tmp_path: Path, text: str, code: str) -> None:
    place = schrijf(EVERY, tmp_path / "in")
    (place / "verzoeken.csv").write_text(text, encoding="utf-8")
    assert code in {d.code for d in check(place) if not d.warning}


def test_usual_words_for_who_asks_are_understood_and_an_empty_table_says_nothing(tmp_path: Path) -> None:
    place = schrijf(EVERY, tmp_path / "in")
    rows = "huishouden_id;gemeente;verzoeker\nA;Utrecht;burgemeester\nB;Zwolle;Employer\n"
    (place / "verzoeken.csv").write_text(rows, encoding="utf-8")
    assert [d for d in check(place) if not d.warning] == []
    (place / "verzoeken.csv").write_text("huishouden_id;gemeente\n", encoding="utf-8")
    assert [d for d in check(place) if not d.warning] == []
    assert main(["run", str(place), "--out", str(tmp_path / "uit"), "--draws", "5"]) in (0, 4)
    assert not (tmp_path / "uit" / "verzoeken.csv").exists()


@pytest.mark.parametrize("options", [[], ["--lang", "en", "--csv-en"]])
def test_from_the_command_line_the_proposal_is_the_same_and_the_judge_accepts_the_run(
    tmp_path: Path, options: list[str]
) -> None:
    place = schrijf(EVERY, tmp_path / "in")
    assert main(["run", str(place), "--out", str(tmp_path / "met"), "--draws", "5", *options]) in (0, 4)
    assert main(["verify", str(tmp_path / "met")]) in (0, 4)
    sheets = CalamineWorkbook.from_path(str(tmp_path / "met" / "voorstel.xlsx")).sheet_names
    assert {"verzoeken", "voorspraak", "verzoeken_gevolgd", "verzoeken_verschuiving"} <= set(sheets)
    (place / "verzoeken.csv").unlink()
    assert main(["run", str(place), "--out", str(tmp_path / "zonder"), "--draws", "5", *options]) in (0, 4)
    assert main(["verify", str(tmp_path / "zonder")]) in (0, 4)
    one, other = (tmp_path / name / "voorstel.csv" for name in ("met", "zonder"))
    assert one.read_bytes() == other.read_bytes()
