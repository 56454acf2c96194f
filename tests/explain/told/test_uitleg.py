"""The explanation of one household: every value computed again, and every sentence word for word in both languages."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from geodata.gemeenten import load_gemeenten
from optimizer.domain.uitvoer import UITKOMSTEN
from optimizer.explain.told import explain
from optimizer.explain.told.uitleg import Uitleg, explain_household
from optimizer.explain.told.uitleg_json import as_json
from optimizer.explain.told.uitleg_words import in_sentences, title
from optimizer.fit import parts
from optimizer.model import Case
from optimizer.policy import load_beleid
from optimizer.report.privacy import shield_ground, shield_text
from optimizer.verify.case import open_case
from optimizer.verify.levels import level_value
from optimizer.verify.outcomes import banen_table
from tests.decide.maanden import Maand, maanden
from tests.proefbatch import (
    AMERSFOORT,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    grond,
    huishouden,
    parameters,
    worked_out,
)

G = load_gemeenten()
SNAPSHOTS = Path(__file__).parent / "uitleg"


def uitleg(case: Case, h: int) -> Uitleg:
    adults = case.batch.personen
    mine = adults[adults["huishouden_id"] == case.facts.huishoudens[h]]
    return explain_household(case, h, parts(mine, case.parameters))


def text(case: Case, h: int, lang: str) -> str:
    found = uitleg(case, h)
    lines = [title(found).said(lang)]
    for alinea in in_sentences(found, case.parameters):
        lines += ["", alinea.kop.said(lang), *(zin.said(lang) for zin in alinea.zinnen)]
    return "\n".join(lines) + "\n"


@settings(max_examples=12, deadline=None)
@given(month=maanden())
def test_every_level_here_and_elsewhere_is_what_the_judge_counts_there(month: Maand) -> None:
    for policy in ("kansrijk", "blijf", "handmatig"):
        case = worked_out(month.batch, policy)
        for h in range(min(2, len(case.facts.huishoudens))):
            found = uitleg(case, h)
            for k, g in enumerate(found.plekken):
                links = np.where(np.arange(case.answer.gemeente.size) == h, g, case.answer.gemeente)
                codes = np.append(G.code.astype(object), "")[links]
                frame = pd.DataFrame({"huishouden_id": case.facts.huishoudens, "gemeente": codes}, dtype=str)
                judge = open_case(case.batch, frame, case.parameters, case.eisen, 1.0, 0)
                for one in found.niveaus:
                    value = ((one.hier,) if one.hier is not None else ()) + one.elders
                    counted = level_value(judge, one.naam, case.problem.kansen)
                    assert counted is not None
                    units = {n.naam: n.unit for n in case.instance.niveaus}.get(
                        one.naam, {"verwacht_behouden": 0.001, "kans_werk": 0.0001}.get(one.naam, 1.0)
                    )
                    assert value[k] == pytest.approx(int(counted[h]) * units, abs=1e-9)
                jobs = banen_table(judge)
                mine = jobs[jobs["huishouden_id"] == case.facts.huishoudens[h]]
                assert [j.uitkomst for j in found.banen[g]] == mine["uitkomst"].tolist()
                assert [j.kans_behoud for j in found.banen[g]] == pytest.approx(mine["verwacht_behouden"].tolist())


@settings(max_examples=8, deadline=None)
@given(month=maanden())
def test_alternatives_and_reason_are_those_of_the_proposal(month: Maand) -> None:
    case = worked_out(month.batch)
    written = explain(case).said("nl").voorstel
    for h in range(len(written)):
        found = uitleg(case, h)
        assert found.reden.nl == written["reden"][h]
        if case.answer.gemeente[h] >= 0:
            named = [
                str(cell).split(" ")[0] for cell in written.loc[h, ["alternatief_1", "alternatief_2", "alternatief_3"]]
            ]
            assert [str(G.code[g]) for g in found.alternatieven] == [code for code in named if code]


@settings(max_examples=8, deadline=None)
@given(month=maanden())
def test_no_score_is_shown_without_parts_that_add_up_to_it(month: Maand) -> None:
    case = worked_out(month.batch)
    for h in range(len(case.facts.huishoudens)):
        found = uitleg(case, h)
        levels = {one.naam: one for one in found.niveaus}
        for k, g in enumerate(found.plekken):
            values = {n: ((one.hier,) if one.hier is not None else ()) + one.elders for n, one in levels.items()}
            for adult in found.kans:
                z = sum(adult.at(g).values())
                assert adult.kans[g] == pytest.approx(adult.wil_werken / (1 + np.exp(-z)), abs=1e-12)
            whole = sum(round(float(adult.kans[g]) * 10_000) for adult in found.kans)
            assert whole == round(values["kans_werk"][k] * 10_000)
            assert sum(found.punten[g].values()) == values["zachte_punten"][k]
            jobs = sum(round(1000 * job.kans_behoud) for job in found.banen[g] if job.bekend)
            assert jobs == round(values["verwacht_behouden"][k] * 1000)


def people_of_all_kinds() -> Case:
    """A month with whoever must be explained: linked with a ground, locked, without ground, unknown job, waiting."""
    people = [
        huishouden("H1", aantal_personen=2),
        huishouden("H2", vastgezet_gemeente=ZWOLLE, vastgezet_reden="mantelzorg"),
        huishouden("H3", opvang_gemeente=AMERSFOORT),
        huishouden("H4", aantal_personen=3),
    ]
    grounds = [grond("H1", "medisch", AMERSFOORT), grond("H4", "gezin", UTRECHT)]
    jobs = [baan("H1", UTRECHT), baan("H3", AMERSFOORT, uren_per_week=6.0, contract_maanden=1)]
    adults = [
        {
            "persoon_id": f"P{h['huishouden_id']}",
            "huishouden_id": h["huishouden_id"],
            "opleiding": "hoog",
            "taalniveau": "B1",
            "wil_werken": "nee" if h["huishouden_id"] == "H2" else "",
        }
        for h in people
    ]
    room = {UTRECHT: 2, AMERSFOORT: 1, ZWOLLE: 2}
    return worked_out(groep(people, room, werk=jobs, gronden=grounds, personen=adults))


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("h", [0, 1, 2, 3])
def test_the_sentences_word_for_word(h: int, lang: str) -> None:
    snapshot = SNAPSHOTS / f"H{h + 1}.{lang}.txt"
    assert text(people_of_all_kinds(), h, lang) == snapshot.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("policy", "nl", "en"),
    [
        (
            "handmatig",
            "Het beleid handmatig koppelt huishoudens een voor een, op de datum van de vergunning. Dit huishouden was "
            "nummer 2 van 2. Wat er toen nog vrij was, besliste mee.",
            "number 2 of 2",
        ),
        (
            "loting",
            "Het beleid loting loot (getal 0). Hoe meer plek een gemeente nog heeft, hoe groter haar kans. Niets van "
            "dit huishouden speelde verder mee.",
            "draws lots (number 0)",
        ),
    ],
)
def test_a_policy_that_does_not_optimise_says_what_decided(policy: str, nl: str, en: str) -> None:
    batch = groep([huishouden("H1"), huishouden("H0", vergunning_datum="2026-08-01")], {UTRECHT: 5, ZWOLLE: 5})
    case = worked_out(batch, policy)
    assert nl in text(case, 0, "nl").splitlines()
    assert en in text(case, 0, "en")
    assert "Dit beleid keek hier niet naar." in text(case, 0, "nl")
    assert uitleg(case, 0).alternatieven == ()


def test_jobs_that_were_not_known_in_time_are_said_to_count_nowhere() -> None:
    batch = groep([huishouden("H1")], {UTRECHT: 5, ZWOLLE: 5}, werk=[baan("H1", UTRECHT)])
    case = worked_out(batch, bekend=0.0)
    told = text(case, 0, "nl")
    assert "De baan was niet op tijd bekend en telde niet mee." in told
    assert "Bij deze run was een deel van 0 van de banen op tijd bekend." in told
    assert uitleg(case, 0).gronden == ()


def test_private_grounds_cannot_be_read_by_others() -> None:
    case = people_of_all_kinds()
    found = uitleg(case, 0).shielded(shield_ground, shield_text)
    told = str(as_json(found, (), case.parameters, "nl")) + str(as_json(found, (), case.parameters, "en"))
    told += "\n".join(z.nl + z.en for a in in_sentences(found, case.parameters) for z in a.zinnen)
    assert "medisch" not in told.lower()
    assert "medical" not in told.lower()
    assert found.gronden == ("persoonlijk", "werk")


def test_a_household_without_adults_or_municipality_is_explained_too() -> None:
    batch = groep([huishouden("H1", aantal_personen=4)], {UTRECHT: 1}, personen=[])
    case = worked_out(batch)
    found = uitleg(case, 0)
    assert (found.gemeente, found.status, found.alternatieven) == (-1, "niet_gekoppeld", ())
    assert found.tekort is not None
    assert found.tekort.oorzaak == "te_groot"
    assert "Dit huishouden mag nu nergens naartoe." in text(case, 0, "nl")


def test_the_outcomes_are_words_of_the_contract() -> None:
    case = people_of_all_kinds()
    assert {job.uitkomst for g in (0, 2) for jobs in uitleg(case, g).banen.values() for job in jobs} <= set(UITKOMSTEN)


def test_rules_of_the_day_say_the_radius() -> None:
    batch = groep([huishouden("H1")], {UTRECHT: 5}, werk=[baan("H1", UTRECHT)])
    told = text(worked_out(batch, rules=parameters(gronden__straal_km=40)), 0, "nl")
    assert "Te ver van een harde grond: meer dan 40 km" in told


def test_room_that_the_pace_of_the_round_leaves_to_nobody_is_not_called_free() -> None:
    people = [huishouden(f"H{i}", opvang_gemeente=AMERSFOORT) for i in range(4)]
    rules = parameters(taakstelling__tempo_gemeente=1.0, taakstelling__tempo_regio=0.0)
    paced = load_beleid("kansrijk").model_copy(update={"tempo_geldt": True})
    case = worked_out(groep(people, {UTRECHT: 40, ZWOLLE: 4}), paced, rules)
    tempo = case.instance.tempo
    assert tempo is not None
    for h in range(4):
        for g in np.flatnonzero(uitleg(case, h).vrij).tolist():
            there = sum(1 for x, to in enumerate(case.answer.gemeente.tolist()) if to == g and x != h)
            assert there + 1 <= int(tempo.deel[g])
    written = explain(case).said("nl").voorstel
    cells = [str(written["alternatief_1"][h]).split(" ")[0] for h in range(4)]
    assert cells == [str(G.code[a[0]]) if (a := uitleg(case, h).alternatieven) else "" for h in range(4)]
