"""The pace of a round, counted again by brute force: never exceeded, never in the way of a hard ground."""

from collections import Counter
from fractions import Fraction
from math import ceil
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
    """By how many persons each municipality or region exceeds its pace, worked out with fractions."""
    facts, to = case.facts, case.answer.gemeente
    region = load_gemeenten().arbeidsmarktregio if by_region else load_gemeenten().code
    left, used = Counter[str](), Counter[str]()
    for g, n in enumerate(facts.opgave.tolist()):
        left[str(region[g])] += n
    free = [h for h in range(to.size) if not facts.heeft_grond[h] and facts.vastgezet[h] < 0]
    for h in free:
        if to[h] >= 0:
            used[str(region[to[h]])] += int(facts.personen[h])
    least = max([1, *(int(facts.personen[h]) for h in free)])
    share = Fraction(factor) * int(facts.personen.sum()) / max(1, sum(left.values()))
    return [n - max(least, ceil(share * left[name])) for name, n in used.items()]


@settings(max_examples=25, deadline=None)
@given(month=maanden())
def test_no_municipality_and_no_region_exceeds_its_pace_and_the_judge_agrees(month: Maand) -> None:
    p = rules()
    case = worked_out(month.batch, PACED, p)
    assert max(over(case, "1.5", False), default=0) <= 0
    assert max(over(case, "1.2", True), default=0) <= 0
    codes = np.append(case.facts.gemeenten.code.astype(object), "")
    links = pd.DataFrame({"huishouden_id": case.facts.huishoudens, "gemeente": codes[case.answer.gemeente]}, dtype=str)
    assert judge(month.batch, links, parameters=p, eisen=PACED.eisen(p)).overtredingen == ()


def three(*jobs: Any) -> Any:
    return groep(
        [huishouden("A"), huishouden("B"), huishouden("C")], {UTRECHT: 9, ZWOLLE: 9, ROTTERDAM: 9}, werk=list(jobs)
    )


def links(case: Any) -> Counter[str]:
    return Counter(case.facts.gemeenten.code[case.answer.gemeente].tolist())


def test_a_round_is_spread_and_who_has_a_hard_ground_goes_to_it_all_the_same() -> None:
    p = rules(taakstelling__tempo_gemeente=1, taakstelling__tempo_regio=1)
    assert links(worked_out(three(), PACED, p)) == {UTRECHT: 1, ZWOLLE: 1, ROTTERDAM: 1}
    at_work = [baan(h, UTRECHT) for h in "ABC"]
    assert links(worked_out(three(*at_work), PACED, p)) == {UTRECHT: 3}
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


def test_who_waits_because_of_the_pace_is_told_so() -> None:
    p = rules(taakstelling__tempo_gemeente=1, taakstelling__tempo_regio=1, koppelregio__binding="binden")
    batch = groep([huishouden("A"), huishouden("B")], {UTRECHT: 9, GRONINGEN: 9})
    waits = explain(worked_out(batch, PACED, p)).said("nl").niet_gekoppeld
    assert waits["oorzaak"].tolist() == ["geen_plaats"]
    assert waits["toelichting"].iat[0] == (
        "Utrecht heeft nog 8 plekken. Deze ronde mogen daar niet meer mensen zonder harde grond naartoe."
    )
    assert waits["voorstel_oplossing"].iat[0] == "Er is plek als een mens het huishouden vastzet op Utrecht."
