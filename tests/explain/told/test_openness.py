"""Where a household may go: the judge agrees pair by pair, and every number that closes one is computed again."""

import numpy as np
import pytest
from hypothesis import Phase, given, settings

from geodata.distance import matrix
from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.explain.told.closed import Closed, exact_km, openness
from optimizer.model import Case
from optimizer.verify import judge_link
from tests.explain.told.test_advice import tight_months
from tests.proefbatch import (
    AMERSFOORT,
    GRONINGEN,
    MAASTRICHT,
    PLAATSEN,
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
KM = matrix("straight")


def judged_open(case: Case, h: int, code: str) -> bool:
    """Whether the judge, with nobody linked but the fixed, has nothing against a pair."""
    rules = case.parameters
    tested = judge_link(case.batch, str(case.facts.huishoudens[h]), code, parameters=rules, eisen=case.eisen)
    return all(toets.uitslag != "overtreding" for toets in tested)


@pytest.mark.parametrize(
    ("policy", "rules"),
    [
        ("kansrijk", {}),
        ("handmatig", {"koppelregio__binding": "alleen_met_grond"}),
        ("blijf", {"koppelregio__binding": "binden"}),
        ("arbeidsmarktregio", {"gronden__straal_km": 30}),
        ("gemeente", {"gronden__bij_tekort": "uitzondering"}),
        ("zonder_opgave", {}),
    ],
)
@settings(max_examples=10, deadline=None, phases=[Phase.generate])
@given(batch=tight_months())
def test_a_municipality_is_open_exactly_where_the_judge_has_nothing_against_the_pair(
    policy: str, rules: dict[str, object], batch: Batch
) -> None:
    case = worked_out(batch, policy, parameters(**rules))
    for h in range(min(3, len(batch.huishoudens))):
        found = openness(case.problem, h)
        both = {*np.flatnonzero(found.toegestaan).tolist(), *found.gesloten}
        assert both == set(np.flatnonzero(case.facts.bestaat).tolist())
        for code in PLAATSEN:
            assert found.toegestaan[G.index[code]] == judged_open(case, h, code), (h, code)


def first(case: Case, h: int, code: str) -> Closed:
    closed = openness(case.problem, h).first(G.index[code])
    assert closed is not None
    return closed


def test_a_ground_that_is_too_far_says_its_km_and_the_radius() -> None:
    batch = groep([huishouden("H1")], {UTRECHT: 5, ZWOLLE: 5}, werk=[baan("H1", UTRECHT)])
    closed = first(worked_out(batch), 0, ZWOLLE)
    assert (closed.regel, closed.toegestaan) == ("gronden/straal_km", 50.0)
    assert closed.gevonden == pytest.approx(float(KM[G.index[ZWOLLE], G.index[UTRECHT]]))
    assert closed.zin.nl == "Zwolle ligt 82,4 km van Utrecht (werk). Het mag hoogstens 50 km zijn."
    assert closed.zin.en == "Zwolle lies 82.4 km from Utrecht (work). It may be 50 km at most."


def test_of_two_grounds_that_bind_the_farthest_is_named() -> None:
    grounds = [grond("H1", "gezin", UTRECHT), grond("H1", "medisch", AMERSFOORT)]
    closed = first(worked_out(groep([huishouden("H1")], {UTRECHT: 5}, gronden=grounds)), 0, GRONINGEN)
    far = max((UTRECHT, AMERSFOORT), key=lambda g: float(KM[G.index[GRONINGEN], G.index[g]]))
    assert closed.gevonden == pytest.approx(float(KM[G.index[GRONINGEN], G.index[far]]))
    assert str(G.naam[G.index[far]]) in closed.zin.nl


def test_room_counts_what_the_fixed_leave_and_not_what_others_take() -> None:
    people = [
        huishouden("H1", aantal_personen=3),
        huishouden("H2", aantal_personen=2, vastgezet_gemeente=UTRECHT, vastgezet_reden="besluit"),
        huishouden("H3", aantal_personen=4),
    ]
    case = worked_out(groep(people, {UTRECHT: 6, ZWOLLE: 2}))
    assert [first(case, 0, ZWOLLE).gevonden, first(case, 0, ZWOLLE).toegestaan] == [3, 2]
    assert openness(case.problem, 0).toegestaan[G.index[UTRECHT]]  # 4 places beside the lock, whoever takes them
    assert openness(case.problem, 2).toegestaan[G.index[UTRECHT]]


def test_a_lock_closes_every_other_municipality_and_an_agreement_does_so_too() -> None:
    people = [huishouden("H1", vastgezet_gemeente=ZWOLLE, vastgezet_reden="mantelzorg"), huishouden("H2")]
    agreement = [{"gemeente": UTRECHT, "vanaf": "2026-01-01", "effect": "blijft"}]
    batch = groep(people, {UTRECHT: 5, ZWOLLE: 5}, werk=[baan("H2", UTRECHT)], overeenkomsten=agreement)
    case = worked_out(batch)
    assert np.flatnonzero(openness(case.problem, 0).toegestaan).tolist() == [G.index[ZWOLLE]]
    assert first(case, 0, UTRECHT).zin.nl == "Een mens koos Zwolle."
    assert (first(case, 1, ZWOLLE).regel, first(case, 1, ZWOLLE).toegestaan) == ("overeenkomst", "Utrecht")


def test_an_exclusion_goes_before_the_distance_and_both_are_kept() -> None:
    batch = groep(
        [huishouden("H1", uitgesloten_gemeenten=MAASTRICHT)], {UTRECHT: 5, MAASTRICHT: 5}, werk=[baan("H1", UTRECHT)]
    )
    found = openness(worked_out(batch).problem, 0).gesloten[G.index[MAASTRICHT]]
    assert [rule.regel for rule in found] == ["besluit", "gronden/straal_km"]


@pytest.mark.parametrize("km", [49.96, 50.0, 50.04, 50.0004, 63.25])
def test_km_are_written_so_that_the_side_of_the_limit_is_seen(km: float) -> None:
    assert (float(exact_km(km, 50.0)) > 50.0) == (km > 50.0)
