"""What would happen elsewhere: each claim against every possible answer, an order in plain Python, and the judge."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from geodata.gemeenten import load_gemeenten
from optimizer.decide import Limits
from optimizer.domain.batch import Batch
from optimizer.explain.told import explain
from optimizer.explain.told.closed import openness
from optimizer.explain.told.whatif import WatAls
from optimizer.explain.told.whatif_words import what_if_in_sentences
from optimizer.explain.whynot import Worked, what_if
from optimizer.model import Case
from optimizer.verify import judge
from tests.decide.maanden import Maand, maanden
from tests.explain.told.test_advice import tight_months
from tests.proefbatch import (
    AMERSFOORT,
    AMSTERDAM,
    PLAATSEN,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    huishouden,
    parameters,
    worked_out,
)

G = load_gemeenten()
Links = tuple[int, ...]


def every_answer(case: Case, household: int, gemeente: int) -> Iterator[Links]:
    """Every answer that keeps to the rules and has the pair, in plain loops."""
    instance = case.instance
    choices = []
    for h in range(len(instance.personen)):
        if h == household:
            choices.append([gemeente])
        elif instance.vastgezet[h] >= 0:
            choices.append([int(instance.vastgezet[h])])
        else:
            choices.append([-1, *(g for g in np.flatnonzero(instance.toegestaan[h]).tolist() if instance.opgave[g])])
    for links in product(*choices):
        if fits(case, links):
            yield links


def fits(case: Case, links: Links) -> bool:
    instance = case.instance
    free = [h for h in range(len(links)) if links[h] >= 0 and instance.vastgezet[h] < 0]
    for g in {links[h] for h in free}:
        there = [h for h in free if links[h] == g]
        if sum(int(instance.personen[h]) for h in there) > instance.opgave[g]:
            return False
        if instance.woningen is not None:
            need = instance.woningen.nodig[there].sum(axis=0)
            if (need > instance.woningen.vrij[g]).any():
                return False
    return True


def value(case: Case, links: Links) -> tuple[int, ...]:
    """The levels, and then how many others stay where the proposal put them."""
    levels = [sum(int(n.value[h, g]) for h, g in enumerate(links) if g >= 0) for n in case.instance.niveaus]
    return (*levels, sum(a == b for a, b in zip(links, case.answer.gemeente.tolist(), strict=True)))


def asked(case: Case, household: int) -> list[int]:
    found = openness(case.problem, household).toegestaan
    return [G.index[code] for code in PLAATSEN if found[G.index[code]]]


def approved(case: Case, worked: Worked) -> bool:
    assert worked.gemeente is not None
    codes = np.append(G.code.astype(object), "")[worked.gemeente]
    frame = pd.DataFrame({"huishouden_id": case.facts.huishoudens, "gemeente": codes}, dtype=str)
    return judge(case.batch, frame, parameters=case.parameters, eisen=case.eisen).goedgekeurd


@pytest.mark.parametrize(
    ("policy", "rules"),
    [
        ("kansrijk", {}),
        ("blijf", {"koppelregio__binding": "binden"}),
        ("gemeente", {"gronden__bij_tekort": "uitzondering"}),
    ],
)
@settings(max_examples=15, deadline=None, phases=[Phase.generate])
@given(data=st.data())
def test_costs_and_the_fewest_moves_are_those_of_the_best_of_all_answers(
    policy: str, rules: dict[str, object], data: st.DataObject
) -> None:
    batch: Batch = data.draw(st.one_of(tight_months(), maanden(households=4).map(lambda m: m.batch)))
    people = batch.huishoudens.head(4)
    ids = people["huishouden_id"]
    batch = batch.replace(
        huishoudens=people,
        personen=batch.personen[batch.personen["huishouden_id"].isin(ids)].reset_index(drop=True),
        werk=batch.werk[batch.werk["persoon_id"].str[1:].isin(ids)].reset_index(drop=True),
        gronden=batch.gronden[batch.gronden["huishouden_id"].isin(ids)].reset_index(drop=True),
    )
    case = worked_out(batch, policy, parameters(**rules))
    household = data.draw(st.integers(0, len(people) - 1))
    for gemeente in asked(case, household)[:3]:
        worked = what_if(case, household, gemeente)
        found = worked.wat_als
        best = max(value(case, links) for links in every_answer(case, household, gemeente))
        now = value(case, tuple(case.answer.gemeente.tolist()))
        differences = [(b - a) * n.unit for a, b, n in zip(now[:-1], best[:-1], case.instance.niveaus, strict=True)]
        assert [k.verschil for k in found.kosten] == pytest.approx(differences, abs=1e-9)
        assert all(k.bewezen and k.minst == k.meest == k.verschil for k in found.kosten)
        changed = len(people) - best[-1] - (case.answer.gemeente[household] != gemeente)
        assert (len(found.verhuizen_ook), found.minst_verhuizen) == (changed, True)
        assert approved(case, worked)


@settings(max_examples=20, deadline=None)
@given(month=maanden())
def test_jobs_that_go_are_those_of_the_two_proposals_compared(month: Maand) -> None:
    case = worked_out(month.batch)
    for gemeente in asked(case, 0)[:3]:
        worked = what_if(case, 0, gemeente)
        assert worked.gemeente is not None
        outcomes = [explain(c).banen.set_index("baan_id")["uitkomst"] for c in (case, _with(case, worked))]
        was, now = outcomes
        lost = sorted(j for j in was.index if now[j] == "verloren_regel" != was[j])
        assert sorted(worked.wat_als.banen_verloren) == lost
        assert sorted(worked.wat_als.banen_terug) == sorted(
            j for j in was.index if was[j] == "verloren_regel" != now[j]
        )


def _with(case: Case, worked: Worked) -> Case:
    assert worked.gemeente is not None
    return Case(case.batch, case.problem, type(case.answer)(worked.gemeente))


@pytest.mark.parametrize("policy", ["handmatig", "een_voor_een", "koppelregio", "blijf_in_regio"])
@settings(max_examples=10, deadline=None)
@given(month=maanden())
def test_an_order_runs_again_as_if_a_person_had_fixed_the_pair(policy: str, month: Maand) -> None:
    case = worked_out(month.batch, policy)
    for gemeente in asked(case, 0)[:2]:
        people = month.batch.huishoudens.copy()
        people.loc[0, ["vastgezet_gemeente", "vastgezet_reden"]] = [str(G.code[gemeente]), "vraag"]
        again = worked_out(month.batch.replace(huishoudens=people), policy).answer.gemeente
        worked = what_if(case, 0, gemeente)
        assert worked.gemeente is not None
        assert worked.gemeente.tolist() == again.tolist()
        moved = {v.huishouden for v in worked.wat_als.verhuizen_ook}
        assert moved == {f"H{h}" for h in range(1, len(again)) if again[h] != case.answer.gemeente[h]}
        assert approved(case, worked)


@settings(max_examples=10, deadline=None)
@given(month=maanden())
def test_the_same_lots_are_drawn_for_everybody_else(month: Maand) -> None:
    case = worked_out(month.batch, "loting")
    for gemeente in asked(case, 0)[:2]:
        worked = what_if(case, 0, gemeente)
        assert worked.gemeente is not None
        assert worked.gemeente[0] == gemeente
        assert approved(case, worked)
    own = int(case.answer.gemeente[0])
    if own >= 0:
        assert what_if(case, 0, own).wat_als.verhuizen_ook == ()


def test_a_pair_that_a_rule_forbids_is_not_worked_out_and_the_judge_refuses_it() -> None:
    batch = groep([huishouden("H1")], {UTRECHT: 5, ZWOLLE: 5}, werk=[baan("H1", UTRECHT)])
    case = worked_out(batch)
    worked = what_if(case, 0, G.index[ZWOLLE])
    assert (worked.wat_als.status, worked.gemeente) == ("verboden", None)
    assert [rule.regel for rule in worked.wat_als.regels] == ["gronden/straal_km"]
    frame = pd.DataFrame({"huishouden_id": ["H1"], "gemeente": [ZWOLLE]}, dtype=str)
    verdict = judge(batch, frame, parameters=case.parameters, eisen=case.eisen)
    assert [b.regel for b in verdict.overtredingen] == ["gronden/straal_km"]


def test_for_a_household_that_waits_somebody_else_waits_instead() -> None:
    people = [huishouden("H1", aantal_personen=2), huishouden("H2", aantal_personen=3)]
    case = worked_out(groep(people, {UTRECHT: 3}))
    told = what_if(case, 0, G.index[UTRECHT]).wat_als
    assert next((k.niveau, k.verschil) for k in told.kosten if k.verschil) == ("personen_gekoppeld", -1.0)
    assert [(v.huishouden, v.van, v.naar) for v in told.verhuizen_ook] == [("H2", G.index[UTRECHT], -1)]
    assert told.alleen is None


def _sentences(told: WatAls, lang: str) -> str:
    return "\n".join(zin.said(lang) for zin in what_if_in_sentences(told, parameters()).zinnen)


def test_the_sentences_of_a_swap_word_for_word() -> None:
    people = [huishouden("H1"), huishouden("H2", opvang_gemeente=AMSTERDAM)]
    jobs = [baan("H1", UTRECHT), baan("H2", UTRECHT)]
    case = worked_out(groep(people, {UTRECHT: 1, AMSTERDAM: 1}, werk=jobs))
    assert case.answer.gemeente.tolist() == [G.index[UTRECHT], G.index[AMSTERDAM]]
    told = what_if(case, 0, G.index[AMSTERDAM]).wat_als
    assert _sentences(told, "nl") == (
        "Het mag. Wij rekenden alles opnieuw uit met dit huishouden in Amsterdam. Er is niets veranderd of besloten.\n"
        "Verwacht behouden banen: -0,132 banen (bewezen).\n"
        "1 ander huishouden verandert, en minder kan niet: H2 van Amsterdam naar Utrecht.\n"
        "Er gaat geen baan door verloren.\n"
        "Zonder dat anderen veranderen is daar geen plek."
    )
    assert _sentences(told, "en").splitlines()[2] == (
        "1 other household changes, and fewer is not possible: H2 from Amsterdam to Utrecht."
    )


def test_where_it_is_already_there_is_nothing_to_work_out() -> None:
    case = worked_out(groep([huishouden("H1")], {UTRECHT: 1}))
    told = what_if(case, 0, G.index[UTRECHT]).wat_als
    assert (told.hier_al, told.verhuizen_ook, [k.verschil for k in told.kosten]) == (True, (), [0.0] * 4)
    assert _sentences(told, "en") == "This household goes to Utrecht already."


def test_an_answer_that_the_budget_ended_says_so_and_between_what_the_truth_lies() -> None:
    rng = np.random.default_rng(1)
    people = [huishouden(f"H{i:02}", aantal_personen=int(rng.integers(1, 6))) for i in range(40)]
    room = dict.fromkeys((UTRECHT, AMSTERDAM, AMERSFOORT, ZWOLLE), 8) | {"GM0599": 21, "GM0014": 30}
    case = worked_out(groep(people, room))
    full = what_if(case, 0, G.index[ZWOLLE]).wat_als
    short = what_if(case, 0, G.index[ZWOLLE], Limits(work_limit=1)).wat_als
    assert full.bewezen
    for some, sure in zip(short.kosten, full.kosten, strict=True):
        assert some.minst <= some.meest
        if not some.bewezen:
            assert some.minst <= sure.verschil <= some.meest
            break
    if not short.bewezen:
        assert "Het zoeken stopte na" in _sentences(short, "nl")
