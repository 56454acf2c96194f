"""A run taken in: a case for each link, checked by the same judge, and for a municipality without private grounds."""

import json
import shutil
from pathlib import Path

import pytest

from geodata.gemeenten import load_gemeenten
from optimizer.errors import Geweigerd
from optimizer.review.data.engine import reading
from optimizer.review.office import Office
from optimizer.review.rounds.check import around, checked, without_private
from optimizer.review.rounds.look import cases
from optimizer.review.rounds.take_in import Begin, take_in
from optimizer.review.who.actor import Actor, Rol
from optimizer.settle import Wish, settle
from optimizer.verify import judge_link
from tests.review.conftest import DEADLINE, Round

COA = Actor("systeem", "COA", Rol.COA)


def test_there_is_a_case_for_each_link_and_no_other(krap: Round) -> None:
    office, ronde = krap.office, krap.ronde
    table = krap.read("voorstel.csv").to_dict("records")
    wanted = {(r["huishouden_id"], r["gemeente"]) for r in table if r["status"] != "niet_gekoppeld"}
    with reading(office.engine) as session:
        found = list(cases(session, office.sealer, COA, ronde))
    assert {(z.inhoud.huishouden, z.zaak.gemeente) for z in found if z.inhoud} == wanted
    by_household = {r["huishouden_id"]: r for r in table}
    for case in found:
        assert case.inhoud is not None
        row = by_household[case.inhoud.huishouden]
        assert case.inhoud.reden[0] == row["reden"]
        assert "+".join(case.inhoud.gronden) == row["grond"]
        assert case.inhoud.personen == int(row["aantal_personen"])
        told = sorted(row[f"alternatief_{k}"].split(" ")[0] for k in (1, 2, 3) if row[f"alternatief_{k}"])
        assert [code for code, _ in case.inhoud.alternatieven] == told


def test_a_municipality_reads_no_private_ground_and_nothing_it_can_be_guessed_from(krap: Round) -> None:
    office, ronde = krap.office, krap.ronde
    gronden = krap.read("gronden.csv")
    private = gronden[gronden["grond"].isin(["gezin", "medisch"])].groupby("huishouden_id")["gemeente"].agg(set)
    names = {str(c): str(n) for c, n in zip(load_gemeenten().code, load_gemeenten().naam, strict=True)}
    counted = set(krap.read("voorstel.csv").query("grond.str.contains('gezin|medisch')")["huishouden_id"])
    seen = 0
    with reading(office.engine) as session:
        whole = list(cases(session, office.sealer, COA, ronde))
        for case in whole:
            mine = Actor("u", "u", Rol.GEMEENTE, case.zaak.gemeente)
            own = next(z for z in cases(session, office.sealer, mine, ronde) if z.zaak.id == case.zaak.id)
            assert own.inhoud is not None
            told = json.dumps(own.inhoud.to_json(), ensure_ascii=False).casefold()
            assert not {"gezin", "famil", "medi", "toegankelijk"} & {w for w in ("gezin", "famil", "medi") if w in told}
            if own.inhoud.huishouden not in counted:
                continue
            seen += 1
            assert own.inhoud.persoonlijk
            assert own.inhoud.alternatieven == ()
            without_own = told.replace(case.zaak.gemeente.casefold(), "")
            work = {job.gemeente for job in own.inhoud.banen} | {case.zaak.gemeente}
            for code in private[own.inhoud.huishouden] - work:
                assert code.casefold() not in without_own
                assert names[code].casefold() not in without_own
            for toets in checked(
                office.rounds.in_force(ronde), own.inhoud.huishouden, case.zaak.gemeente, private=False
            ):
                said = f"{toets} ".casefold()
                assert "gezin" not in said
                assert "medisch" not in said
    assert seen > 3


def test_the_judge_says_the_same_of_a_case_alone_as_in_the_whole_input(krap: Round) -> None:
    in_force = settle(Wish(krap.run.parent / "invoer"))
    table = krap.read("voorstel.csv").query("status != 'niet_gekoppeld'")
    for row in table.iloc[::7].itertuples():
        household, code = str(row.huishouden_id), str(row.gemeente)
        whole = judge_link(in_force.batch, household, code, parameters=in_force.parameters, seed=in_force.seed)
        assert checked(in_force, household, code, private=True) == whole


def test_the_households_that_are_fixed_stay_in_what_the_judge_sees(krap: Round) -> None:
    batch = settle(Wish(krap.run.parent / "invoer")).batch
    table = batch.huishoudens
    household = str(table["huishouden_id"].iloc[0])
    fixed = set(table.loc[table["vastgezet_gemeente"] != "", "huishouden_id"])
    assert set(around(batch, household).huishoudens["huishouden_id"]) >= fixed | {household}
    assert len(around(batch, household).huishoudens) < len(table)


def test_without_private_takes_away_of_this_household_only(krap: Round) -> None:
    batch = settle(Wish(krap.run.parent / "invoer")).batch
    household = str(batch.gronden.loc[batch.gronden["grond"] == "gezin", "huishouden_id"].iloc[0])
    left = without_private(batch, household).gronden
    assert not left.loc[left["huishouden_id"] == household, "grond"].isin(["gezin", "medisch"]).any()
    others = batch.gronden[batch.gronden["huishouden_id"] != household]
    assert len(left[left["huishouden_id"] != household]) == len(others)


def test_a_run_is_one_round_only(small: Round) -> None:
    with pytest.raises(Geweigerd, match="al een ronde"):
        take_in(small.office, small.run, Begin("x", DEADLINE))


def test_a_run_that_was_edited_becomes_no_round(small_office: Office, klein_run: Path, tmp_path: Path) -> None:
    copy = tmp_path / "run"
    shutil.copytree(klein_run, copy)
    place = copy / "voorstel.csv"
    place.write_bytes(place.read_bytes().replace(b"voorgesteld", b"vastgezet"))
    with pytest.raises(Geweigerd, match="veranderd"):
        take_in(small_office, copy, Begin("x", DEADLINE), {"source": klein_run.parent / "invoer"})


def test_a_table_beside_the_proposal_that_was_edited_is_found_by_the_judge(
    small_office: Office, klein_run: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "run"
    shutil.copytree(klein_run, copy)
    place = copy / "banen.csv"
    place.write_bytes(place.read_bytes().replace(b"ja", b"nee"))
    with pytest.raises(Geweigerd, match="rechter"):
        take_in(small_office, copy, Begin("x", DEADLINE), {"source": klein_run.parent / "invoer"})


def test_a_deadline_that_has_passed_is_refused(small_office: Office, klein_run: Path) -> None:
    with pytest.raises(Geweigerd, match="deadline"):
        take_in(small_office, klein_run, Begin("x", small_office.clock()))
