"""The pace of a round, counted again by brute force: never exceeded, never in the way of a place or a job."""

from collections import Counter
from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from geodata.gemeenten import load_gemeenten
from optimizer.domain.eisen import Eisen
from optimizer.explain.told import explain
from optimizer.policy import adapted, load_beleid
from optimizer.rules.parameters import Parameters
from optimizer.verify import judge
from optimizer.verify.case import open_case
from optimizer.verify.tempo import pace_yielded_in_vain
from tests.decide.maanden import Maand, maanden
from tests.proefbatch import (
    GRONINGEN,
    ROTTERDAM,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    huishouden,
    parameters,
    worked_out,
)

#: The default, with a pace.
PACED = adapted(load_beleid("kansrijk"), {"tempo_geldt": True})
TEMPO = {
    "taakstelling__tempo_gemeente": 1.5,
    "taakstelling__tempo_regio": 1.2,
    "taakstelling__tempo_minste_personen": 1,
}


def rules(**changes: Any) -> Parameters:
    return parameters(**{**TEMPO, **changes})


def over(case: Any, factor: str, by_region: bool) -> list[int]:
    """By how many persons each municipality or region exceeds the pace that holds, worked out with fractions."""
    facts, to = case.facts, case.answer.gemeente
    region = load_gemeenten().arbeidsmarktregio if by_region else load_gemeenten().code
    left, used = Counter[str](), Counter[str]()
    for g, n in enumerate(facts.opgave.tolist()):
        left[str(region[g])] += n
    telt = case.eisen.tempo_telt
    attached = {int(h) for h in facts.gronden.huishouden}
    attached |= {int(h) for h, known in zip(facts.banen.huishouden, facts.banen.bekend, strict=True) if known}
    free = [h for h in range(to.size) if facts.vastgezet[h] < 0 and telt != "niemand"]
    free = [h for h in free if telt == "iedereen" or h not in attached]
    for h in free:
        if to[h] >= 0:
            used[str(region[to[h]])] += int(facts.personen[h])
    least = max([1, *(int(facts.personen[h]) for h in free)])
    share = Fraction(factor) * int(facts.personen.sum()) / max(1, sum(left.values()))
    return [n - max(least, floor(share * left[name])) for name, n in used.items()]


@settings(max_examples=25, deadline=None)
@given(month=maanden())
def test_no_municipality_and_no_region_exceeds_its_pace_and_the_judge_agrees(month: Maand) -> None:
    p = rules()
    case = worked_out(month.batch, PACED, p)
    assert max(over(case, "1.5", False), default=0) <= 0
    assert max(over(case, "1.2", True), default=0) <= 0
    codes = np.append(case.facts.gemeenten.code.astype(object), "")
    links = pd.DataFrame({"huishouden_id": case.facts.huishoudens, "gemeente": codes[case.answer.gemeente]}, dtype=str)
    assert judge(month.batch, links, parameters=p, eisen=case.eisen).overtredingen == ()


@settings(max_examples=25, deadline=None)
@given(month=maanden())
def test_the_pace_leaves_nobody_without_a_place_and_costs_no_job(month: Maand) -> None:
    paced, free = (worked_out(month.batch, beleid, rules()) for beleid in (PACED, load_beleid("kansrijk")))
    for name in ("personen_gekoppeld", "gronden_gehonoreerd", "verwacht_behouden"):
        values = [{n.naam: n.best for n in case.answer.niveaus}.get(name, 0.0) for case in (paced, free)]
        assert values[0] == pytest.approx(values[1], abs=1e-9)


def three(*jobs: Any) -> Any:
    return groep(
        [huishouden("A"), huishouden("B"), huishouden("C")], {UTRECHT: 9, ZWOLLE: 9, ROTTERDAM: 9}, werk=list(jobs)
    )


def links(case: Any) -> Counter[str]:
    return Counter(case.facts.gemeenten.code[case.answer.gemeente].tolist())


def test_a_round_is_spread_and_who_has_a_hard_ground_goes_to_it_all_the_same() -> None:
    p = rules(taakstelling__tempo_gemeente=1, taakstelling__tempo_regio=1)
    assert links(worked_out(three(), PACED, p)) == {UTRECHT: 1, ZWOLLE: 1, ROTTERDAM: 1}
    at_work = worked_out(three(*[baan(h, UTRECHT) for h in "ABC"]), PACED, p)
    assert links(at_work) == {UTRECHT: 3}
    assert at_work.eisen.tempo_telt == "zonder_grond"
    assert (
        max(
            links(
                worked_out(three(), PACED, rules(taakstelling__tempo_gemeente=0, taakstelling__tempo_regio=0))
            ).values()
        )
        == 3
    )


@pytest.mark.parametrize(
    ("to", "binds", "codes"),
    [
        ([UTRECHT, UTRECHT, ZWOLLE], {"tempo_gemeente": 1.0}, ["tempo_overschreden"]),
        ([UTRECHT, UTRECHT, ZWOLLE], {"tempo_regio": 1.0}, ["tempo_regio_overschreden"]),
        ([UTRECHT, UTRECHT, ZWOLLE], {"tempo_gemeente": 2.0}, []),
        ([UTRECHT, ZWOLLE, ROTTERDAM], {"tempo_gemeente": 1.0, "tempo_regio": 1.0}, []),
        ([UTRECHT, UTRECHT, ZWOLLE], {"tempo_gemeente": 1.0, "tempo_minste_personen": 2}, []),
    ],
)
def test_the_judge_names_what_exceeds_the_pace(to: list[str], binds: dict[str, Any], codes: list[str]) -> None:
    proposal = pd.DataFrame({"huishouden_id": ["A", "B", "C"], "gemeente": to}, dtype=str)
    verdict = judge(three(), proposal, parameters=parameters(), eisen=Eisen("proef", **binds))
    assert [b.code for b in verdict.overtredingen] == codes


def test_the_judge_hears_from_the_receipt_how_far_the_pace_yielded() -> None:
    proposal = pd.DataFrame({"huishouden_id": ["A", "B", "C"], "gemeente": [UTRECHT, UTRECHT, ZWOLLE]}, dtype=str)
    at_work, p = three(baan("A", UTRECHT), baan("B", UTRECHT)), parameters()

    def found(telt: Any) -> tuple[list[str], list[str]]:
        verdict = judge(at_work, proposal, parameters=p, eisen=Eisen("proef", tempo_regio=1.0, tempo_telt=telt))
        return [b.code for b in verdict.overtredingen], [b.code for b in verdict.uitzonderingen]

    assert found("iedereen") == (["tempo_regio_overschreden"], [])
    assert found("zonder_grond") == ([], [])
    assert found("niemand") == ([], [])
    assert found("onbekend") == ([], ["tempo_regio_niet_gehaald"])


@pytest.mark.parametrize(
    ("to", "gap", "codes"),
    [
        ([UTRECHT, ZWOLLE, ROTTERDAM], 0.0, ["tempo_onnodig_geweken"]),
        ([UTRECHT, ZWOLLE, ROTTERDAM], 0.1, []),
        ([UTRECHT, UTRECHT, ZWOLLE], 0.0, []),
    ],
)
def test_a_pace_does_not_yield_in_vain(to: list[str], gap: float, codes: list[str]) -> None:
    proposal = pd.DataFrame({"huishouden_id": ["A", "B", "C"], "gemeente": to}, dtype=str)
    case = open_case(three(), proposal, parameters(), Eisen("proef", tempo_regio=1.0, tempo_telt="niemand"), 1.0, 0)
    levels = [
        {"name": "personen_gekoppeld", "unit": "personen", "value": 3.0, "best": 3.0, "gap": gap},
        {"name": "kans_werk", "unit": "kans", "value": 1.0, "best": 2.0, "gap": 0.5},
    ]
    assert [b.code for b in pace_yielded_in_vain(case, levels)] == codes


def test_a_region_that_people_may_not_leave_has_no_pace() -> None:
    p = rules(taakstelling__tempo_gemeente=1, taakstelling__tempo_regio=1, koppelregio__binding="binden")
    case = worked_out(groep([huishouden("A"), huishouden("B")], {UTRECHT: 9, GRONINGEN: 9}), PACED, p)
    assert links(case) == {UTRECHT: 2}
    assert (case.eisen.tempo_telt, case.instance.tempo) == ("niemand", None)


def test_who_waits_because_of_the_pace_is_told_so() -> None:
    p = rules(taakstelling__tempo_gemeente=1, taakstelling__tempo_regio=1, koppelregio__binding="binden")
    batch = groep([huishouden("A"), huishouden("B")], {UTRECHT: 9, GRONINGEN: 9})
    chance_first = adapted(PACED, {"niveaus": ("kans_werk", "personen_gekoppeld"), "speelruimte": {}})
    waits = explain(worked_out(batch, chance_first, p)).said("nl").niet_gekoppeld
    assert waits["oorzaak"].tolist() == ["geen_plaats"]
    assert waits["toelichting"].iat[0] == (
        "Utrecht heeft nog 8 plekken. Deze ronde mogen daar niet meer mensen naartoe."
    )
    assert waits["voorstel_oplossing"].iat[0] == "Er is plek als een mens het huishouden vastzet op Utrecht."
