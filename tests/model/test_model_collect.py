"""A batch becomes arrays: who moves, who comes later, what each municipality was asked and which ground goes first."""

import numpy as np
import pytest

from optimizer.model import collect
from optimizer.model.collect import known_in_time
from optimizer.rules.parameters import Parameters
from tests.proefbatch import (
    AMERSFOORT,
    GRONINGEN,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    grond,
    huishouden,
    parameters,
)

RULES = parameters()


@pytest.mark.parametrize(("counts", "persons"), [(True, [3, 2]), (False, [1, 2])])
def test_family_still_to_come_takes_places_only_where_the_rules_say_so(counts: bool, persons: list[int]) -> None:
    batch = groep([huishouden("H1", nareis_verwacht=2), huishouden("H2", aantal_personen=2)], {UTRECHT: 3})
    facts = collect(batch, parameters(nareis__telt_mee=counts))
    assert facts.personen.tolist() == persons


def test_lots_are_those_of_the_seed() -> None:
    batch = groep([huishouden("H1"), huishouden("H2")], {UTRECHT: 3})
    first, again, other = (collect(batch, RULES, seed=seed) for seed in (1, 1, 2))
    assert first.lot.tolist() == again.lot.tolist()
    assert first.lot.tolist() != other.lot.tolist()
    assert (first.seed, other.seed) == (1, 2)
    turned = groep([huishouden("H2"), huishouden("H1")], {UTRECHT: 3})
    assert collect(turned, RULES, seed=1).lot.tolist() == first.lot.tolist()[::-1]


@pytest.mark.parametrize("regime", ["taakstelling", "capaciteit"])
def test_what_a_municipality_can_take_is_what_it_was_asked_less_what_was_linked(regime: str) -> None:
    rules = parameters(taakstelling__regime=regime)
    batch = groep([huishouden("H1")], {UTRECHT: 9, ZWOLLE: 4}, capaciteit={UTRECHT: 7, GRONINGEN: 2})
    linked = batch.taakstelling.assign(achterstand=[3, 0], gekoppeld=[5, 6])
    room = batch.capaciteit.assign(gekoppeld=[4, 5])
    facts = collect(batch.replace(taakstelling=linked, capaciteit=room), rules)
    row = facts.gemeenten.index
    asked = {UTRECHT: 12, ZWOLLE: 4} if regime == "taakstelling" else {UTRECHT: 7, GRONINGEN: 2}
    left = {UTRECHT: 7} if regime == "taakstelling" else {UTRECHT: 3}
    # Who linked more than was asked has nothing left, and owes nothing.
    assert {g: int(facts.volledig[row[g]]) for g in asked} == asked
    assert {str(facts.gemeenten.code[g]): int(facts.opgave[g]) for g in np.flatnonzero(facts.opgave)} == left
    assert int(facts.volledig.sum()) == sum(asked.values())
    assert facts.opgave.dtype == facts.volledig.dtype == np.int64


def test_a_contract_of_so_many_months_without_a_begin_runs_from_the_peildatum() -> None:
    # Who was linked moves twelve weeks later: two months are over by then, and a year is not.
    jobs = [baan("H1", UTRECHT, contract_maanden=months) for months in (2, 12)]
    facts = collect(groep([huishouden("H1")], {UTRECHT: 3}, werk=jobs), RULES)
    assert facts.banen.loopt_af.tolist() == [True, False]
    assert facts.banen.bekend.tolist() == [True, True]


def order_of(rules: Parameters, **cells: object) -> list[tuple[int, str, int]]:
    batch = groep(
        [huishouden("H1", **cells), huishouden("H2")],
        {UTRECHT: 3},
        werk=[
            baan("H1", ZWOLLE, uren_per_week=20.0),
            baan("H1", UTRECHT, uren_per_week=36.0),
            baan("H1", AMERSFOORT, uren_per_week=20.0),
            baan("H1", GRONINGEN, uren_per_week=2.0),
        ],
        gronden=[
            grond("H2", "gezin", ZWOLLE),
            grond("H1", "gezin", GRONINGEN),
            grond("H1", "medisch", ZWOLLE),
            grond("H1", "studie", UTRECHT, bewijs="nee"),
            grond("H1", "netwerk", UTRECHT),
        ],
    )
    facts = collect(batch, rules)
    g = facts.gronden
    found = zip(g.huishouden.tolist(), facts.gemeenten.code[g.plek].tolist(), g.baan.tolist(), strict=True)
    assert facts.netwerk.huishouden.tolist() == [0]
    assert facts.netwerk.baan.tolist() == [-1]
    return list(found)


def test_grounds_stand_in_the_order_of_the_rules_and_jobs_by_their_hours() -> None:
    order = list(RULES["gronden/volgorde"])
    jobs = [(0, UTRECHT, 1), *sorted([(0, ZWOLLE, 0), (0, AMERSFOORT, 2)], key=lambda one: one[1])]
    by_kind = {"medisch": [(0, ZWOLLE, -1)], "gezin": [(0, GRONINGEN, -1)], "werk": jobs, "studie": []}
    in_order = [one for kind in order for one in by_kind[kind]]
    assert order_of(RULES) == [*in_order, (1, ZWOLLE, -1)]
    # What the household puts first goes first.
    for kind in ("werk", "gezin"):
        rest = [one for other in order if other != kind for one in by_kind[other]]
        assert order_of(RULES, voorkeur_grond=kind) == [*by_kind[kind], *rest, (1, ZWOLLE, -1)]


def test_a_job_that_is_not_known_in_time_is_no_ground_and_the_facts_say_how_many_are() -> None:
    batch = groep(
        [huishouden(f"H{k}") for k in range(20)], {UTRECHT: 9}, werk=[baan(f"H{k}", UTRECHT) for k in range(20)]
    )
    facts = collect(batch, RULES)
    half = known_in_time(facts, RULES, 0.5)
    assert (facts.bekend, half.bekend) == (1.0, 0.5)
    known = half.banen.bekend
    assert 0 < known.sum() < 20
    assert sorted(half.gronden.huishouden.tolist()) == half.banen.huishouden[known].tolist()
    none = known_in_time(facts, RULES, 0.0)
    assert not none.banen.bekend.any()
    assert none.gronden.huishouden.size == 0
    assert known_in_time(half, RULES, 1.0).gronden.huishouden.size == 20
