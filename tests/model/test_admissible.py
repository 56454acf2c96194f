"""Each constraint on its own: the forbidden pair is refused, the allowed pair beside it is accepted."""

import numpy as np
import pytest

from geodata.distance import between
from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.model import collect
from optimizer.model.admissible import admissible_pairs, compatible, honoured, inside_koppelregio, inside_labour_region
from optimizer.rules.parameters import Parameters
from tests.proefbatch import (
    AMERSFOORT,
    AMSTERDAM,
    GRONINGEN,
    MAASTRICHT,
    ROTTERDAM,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    grond,
    huishouden,
    parameters,
)

FREE = Eisen("proef", gronden_binden=False)
G = load_gemeenten()


def admitted(batch: Batch, eisen: Eisen, rules: Parameters | None = None, bekend: float = 1.0) -> set[str]:
    """The municipalities that the first household may go to."""
    p = rules or parameters()
    pairs = admissible_pairs(collect(batch, p, bekend=bekend), eisen, p)
    return set(G.code[pairs[0]].tolist())


def alone(**tables: object) -> Batch:
    return groep([huishouden("H1")], {UTRECHT: 1}, **tables)  # type: ignore[arg-type]


def test_without_a_constraint_every_municipality_is_open_also_without_an_opgave() -> None:
    assert admitted(alone(), FREE) == set(G.code.tolist())


def test_an_excluded_municipality_is_refused_and_its_neighbour_accepted() -> None:
    found = admitted(groep([huishouden("H1", uitgesloten_gemeenten=f"{UTRECHT} {ZWOLLE}")], {}), FREE)
    assert set(G.code.tolist()) - found == {UTRECHT, ZWOLLE}


def test_the_exclusions_of_one_household_do_not_touch_another() -> None:
    batch = groep([huishouden("H1"), huishouden("H2", uitgesloten_gemeenten=UTRECHT)], {})
    assert UTRECHT in admitted(batch, FREE)


@pytest.mark.parametrize(
    "ground",
    [
        {"werk": [baan("H1", UTRECHT)]},
        {"gronden": [grond("H1", "gezin", UTRECHT)]},
        {"gronden": [grond("H1", "studie", UTRECHT, bewijs="inschrijving")]},
        {"gronden": [grond("H1", "medisch", UTRECHT, bewijs="verklaring")]},
    ],
)
def test_each_hard_ground_admits_exactly_what_lies_within_50_km(ground: dict[str, list[dict[str, object]]]) -> None:
    near = {str(c) for c in G.code if between(str(c), UTRECHT) <= 50}
    assert {AMERSFOORT, AMSTERDAM} <= near
    assert not near & {ZWOLLE, GRONINGEN}
    assert admitted(alone(**ground), Eisen("proef")) == near


@pytest.mark.parametrize(
    "no_ground",
    [
        {"werk": [baan("H1", UTRECHT, uren_per_week=7.9)]},
        {"werk": [baan("H1", UTRECHT, loonstrook_gezien="nee")]},
        {"werk": [baan("H1", UTRECHT, contract_getekend="")]},
        {"werk": [baan("H1", UTRECHT, soort="zelfstandig")]},
        {"gronden": [grond("H1", "gezin", UTRECHT, bewijs="nee")]},
        {"gronden": [grond("H1", "studie", UTRECHT, bewijs="")]},
        {"gronden": [grond("H1", "netwerk", UTRECHT)]},
    ],
)
def test_what_was_not_shown_binds_nothing(no_ground: dict[str, list[dict[str, object]]]) -> None:
    assert GRONINGEN in admitted(alone(**no_ground), Eisen("proef"))


def test_a_job_that_was_not_known_in_time_binds_nothing() -> None:
    assert GRONINGEN in admitted(alone(werk=[baan("H1", UTRECHT)]), Eisen("proef"), bekend=0.0)


def test_a_contract_that_ends_before_the_move_is_a_ground_all_the_same() -> None:
    batch = alone(werk=[baan("H1", UTRECHT, contract_einde="2026-10-31")])
    assert GRONINGEN not in admitted(batch, Eisen("proef"))


def test_two_grounds_admit_what_lies_within_reach_of_both() -> None:
    batch = alone(gronden=[grond("H1", "gezin", AMSTERDAM), grond("H1", "studie", ROTTERDAM)])
    both = {str(c) for c in G.code if max(between(str(c), AMSTERDAM), between(str(c), ROTTERDAM)) <= 50}
    assert admitted(batch, Eisen("proef")) == both


@pytest.mark.parametrize(
    ("grounds", "served"),
    [
        (["werk", "medisch"], GRONINGEN),  # medisch goes before werk
        (["gezin", "studie"], MAASTRICHT),  # gezin goes before studie
    ],
)
def test_grounds_too_far_apart_yield_to_the_first_in_order(grounds: list[str], served: str) -> None:
    places = dict(zip(grounds, [MAASTRICHT, GRONINGEN], strict=True))
    batch = alone(
        werk=[baan("H1", places["werk"])] if "werk" in places else [],
        gronden=[grond("H1", kind, place) for kind, place in places.items() if kind != "werk"],
    )
    near = {str(c) for c in G.code if between(str(c), served) <= 50}
    assert admitted(batch, Eisen("proef")) == near
    p = parameters()
    facts = collect(batch, p)
    assert compatible(facts, honoured(facts, p)[1]).tolist() == [False]


def test_of_two_jobs_too_far_apart_the_one_with_more_hours_binds() -> None:
    jobs = [baan("H1", MAASTRICHT, uren_per_week=20), baan("H1", GRONINGEN, uren_per_week=24)]
    found = admitted(alone(werk=jobs), Eisen("proef"))
    assert GRONINGEN in found
    assert MAASTRICHT not in found


def test_a_ground_set_aside_does_not_set_aside_the_next_one() -> None:
    """Medisch in Groningen, gezin in Maastricht (set aside), studie in Zwolle: the first and the third go together."""
    wide = parameters(gronden__straal_km=60)
    assert between(GRONINGEN, ZWOLLE) < 120
    batch = alone(
        gronden=[grond("H1", "studie", ZWOLLE), grond("H1", "gezin", MAASTRICHT), grond("H1", "medisch", GRONINGEN)]
    )
    both = {str(c) for c in G.code if max(between(str(c), GRONINGEN), between(str(c), ZWOLLE)) <= 60}
    assert both
    assert admitted(batch, Eisen("proef"), wide) == both


def test_the_order_of_the_grounds_is_a_parameter() -> None:
    work_first = parameters(gronden__volgorde=["werk", "studie", "gezin", "medisch"])
    batch = alone(werk=[baan("H1", MAASTRICHT)], gronden=[grond("H1", "medisch", GRONINGEN)])
    assert MAASTRICHT in admitted(batch, Eisen("proef"), work_first)


def test_the_radius_and_the_measure_are_parameters() -> None:
    batch = alone(gronden=[grond("H1", "gezin", UTRECHT)])
    small = admitted(batch, Eisen("proef"), parameters(gronden__straal_km=20))
    assert small == {str(c) for c in G.code if between(str(c), UTRECHT) <= 20}
    by_border = admitted(batch, Eisen("proef"), parameters(gronden__maat="border"))
    assert by_border == {str(c) for c in G.code if between(str(c), UTRECHT, "border") <= 50}
    assert by_border > admitted(batch, Eisen("proef"))


def test_with_exceptions_allowed_a_ground_forbids_nothing() -> None:
    batch = alone(gronden=[grond("H1", "gezin", UTRECHT)])
    assert GRONINGEN in admitted(batch, Eisen("proef", bij_tekort="uitzondering"))


@pytest.mark.parametrize(
    ("rule", "ground", "leaves"),
    [
        ("voorkeur", False, True),
        ("vrij", False, True),
        ("binden", False, False),
        ("binden", True, False),
        ("alleen_met_grond", False, False),
        ("alleen_met_grond", True, True),
    ],
)
def test_the_koppelregio_binds_as_the_parameter_says(rule: str, ground: bool, leaves: bool) -> None:
    other = next(
        str(c)
        for c, region in zip(G.code, G.koppelregio, strict=True)
        if region != G.koppelregio[G.index[UTRECHT]] and between(str(c), UTRECHT) <= 50
    )
    batch = alone(gronden=[grond("H1", "gezin", UTRECHT)] if ground else [])
    found = admitted(batch, Eisen("proef", koppelregio=rule))  # type: ignore[arg-type]
    assert (other in found) == leaves
    assert UTRECHT in found


def test_a_binding_koppelregio_admits_the_whole_region_and_no_more() -> None:
    facts = collect(alone(), parameters())
    inside = inside_koppelregio(facts, grounds_open=False)[0]
    assert set(G.koppelregio[inside]) == {G.koppelregio[G.index[UTRECHT]]}
    assert not (G.koppelregio[~inside] == G.koppelregio[G.index[UTRECHT]]).any()


def test_the_labour_market_region_of_the_job_with_most_hours_binds() -> None:
    jobs = [baan("H1", ROTTERDAM, uren_per_week=6), baan("H1", UTRECHT, uren_per_week=12, loonstrook_gezien="nee")]
    inside = inside_labour_region(collect(alone(werk=jobs), parameters()))[0]
    region = G.arbeidsmarktregio[G.index[UTRECHT]]
    np.testing.assert_array_equal(inside, G.arbeidsmarktregio == region)


def test_a_household_without_a_known_job_may_go_to_every_labour_market_region() -> None:
    facts = collect(alone(werk=[baan("H1", UTRECHT)]), parameters(), bekend=0.0)
    assert inside_labour_region(facts).all()
