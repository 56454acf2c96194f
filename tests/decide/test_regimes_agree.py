"""Random months with agreements, special dwellings and capacity: program and judge agree, whatever the policy."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.domain.batch import Batch
from optimizer.explain.told import explain
from optimizer.fit import household_chances, score
from optimizer.model import collect
from optimizer.policy import load_beleid, names
from optimizer.rules.parameters import Parameters
from optimizer.verify import judge
from optimizer.verify.case import open_case
from optimizer.verify.dwellings import collect_dwellings
from tests.decide.maanden import PLACES, Maand, maanden
from tests.proefbatch import eisen, groep, parameters, worked_out

QUICK = settings(max_examples=6)
KINDS = ("grote_woning", "toegankelijke_woning")


@dataclass(frozen=True)
class Regime:
    """A month with the further tables, and the rules that hold for it."""

    batch: Batch
    rules: Parameters


@st.composite
def regimes(draw: st.DrawFn) -> Regime:
    """A month in which somebody may stay, dwellings may be short and room may come from a file."""
    month: Maand = draw(maanden())
    agreed = draw(st.lists(st.sampled_from(PLACES), unique=True))
    effects = [draw(st.sampled_from(["blijft", "blijft", "weegt_mee"])) for _ in agreed]
    more = groep(
        [],
        {},
        overeenkomsten=[
            {"gemeente": g, "vanaf": draw(st.sampled_from(["2026-01-01", "2026-10-01", "2026-10-02"])), "effect": e}
            for g, e in zip(agreed, effects, strict=True)
        ],
        woningen=[
            {"gemeente": g, "soort": kind, "aantal": draw(st.integers(0, 2))}
            for kind in draw(st.lists(st.sampled_from(KINDS), unique=True))
            for g in PLACES
        ],
        capaciteit={g: draw(st.integers(0, 6)) for g in PLACES},
    )
    needs = [draw(st.sampled_from(["", "", *KINDS])) for _ in month.batch.huishoudens.index]
    batch = month.batch.replace(
        huishoudens=month.batch.huishoudens.assign(woning_nodig=pd.Series(needs, dtype="str")),
        bestuursovereenkomsten=more.bestuursovereenkomsten,
        woningen=more.woningen,
        capaciteit=more.capaciteit,
    )
    regime = draw(st.sampled_from(["taakstelling", "capaciteit"]))
    return Regime(batch, parameters(taakstelling__regime=regime, woningen__groot_vanaf_personen=4))


@pytest.mark.parametrize("policy", names())
@QUICK
@given(month=regimes(), share=st.sampled_from([0.5, 1.0]))
def test_the_judge_approves_of_every_table_of_every_policy(policy: str, month: Regime, share: float) -> None:
    found = explain(worked_out(month.batch, policy, month.rules, bekend=share))
    verdict = judge(
        month.batch,
        found.voorstel.astype(object),
        parameters=month.rules,
        eisen=eisen(policy, month.rules),
        bekend=share,
        chances=household_chances(month.batch, score(month.batch.personen, month.rules)),
        niveaus=load_beleid(policy).niveaus,
        taakstelling=found.taakstelling,
        uitzonderingen=found.uitzonderingen,
    )
    rounding = {"afstand_km_onjuist", "verwacht_behouden_onjuist"}  # these cells were not written by the report
    assert [b for b in verdict.overtredingen if b.code not in rounding] == []
    assert {b.huishouden_id for b in verdict.niet_gekoppeld} == set(found.niet_gekoppeld["huishouden_id"])


@settings(max_examples=30)
@given(month=regimes(), share=st.sampled_from([0.5, 1.0]))
def test_program_and_judge_agree_on_who_stays_who_needs_what_and_how_much_room_there_is(
    month: Regime, share: float
) -> None:
    facts = collect(month.batch, month.rules, bekend=share)
    empty = pd.DataFrame({"huishouden_id": facts.huishoudens, "gemeente": ""}, dtype=str)
    case = open_case(month.batch, empty, month.rules, None, share, 0)
    np.testing.assert_array_equal(np.where(facts.overeenkomst, facts.opvang, -1), case.stays)
    np.testing.assert_array_equal(facts.opgave, case.households.opgave)
    np.testing.assert_array_equal(facts.volledig, case.households.whole)
    dwellings = collect_dwellings(month.batch, case.households, month.rules)
    assert facts.woningen.soorten == dwellings.kinds
    np.testing.assert_array_equal(facts.woningen.nodig > 0, dwellings.needs)
    np.testing.assert_array_equal(facts.woningen.vrij, dwellings.free)


@QUICK
@given(month=regimes())
def test_more_dwellings_never_link_fewer_persons(month: Regime) -> None:
    more = month.batch.replace(woningen=month.batch.woningen.assign(aantal=month.batch.woningen["aantal"] + 1))
    few, many = (worked_out(b, "straal50", month.rules).answer.niveaus[0].waarde for b in (month.batch, more))
    assert many >= few
