"""Every level against a computation by hand, in plain Python."""

from math import exp, floor

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from geodata.distance import between
from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.domain.eisen import Eisen
from optimizer.domain.levels import POLICY_LEVELS
from optimizer.model import Facts, Instance, collect, levels
from optimizer.policy import adapted, load_beleid
from optimizer.rules.parameters import Parameters
from optimizer.verify.case import open_case
from optimizer.verify.levels import level_value
from tests.decide.maanden import PLACES, Maand, maanden
from tests.proefbatch import (
    AMERSFOORT,
    AMSTERDAM,
    GRONINGEN,
    MAASTRICHT,
    UTRECHT,
    ZWOLLE,
    baan,
    eisen,
    groep,
    grond,
    huishouden,
    parameters,
    worked_out,
)

G = load_gemeenten()


def at(gemeente: str) -> int:
    return G.index[gemeente]


def facts_of(batch: Batch, rules: Parameters | None = None, bekend: float = 1.0) -> Facts:
    return collect(batch, rules or parameters(), bekend=bekend)


def alone(**cells: object) -> Batch:
    return groep([huishouden("H1", **cells)], {UTRECHT: 3})


def test_persons_linked_counts_the_persons_of_the_household_wherever_it_goes() -> None:
    value = levels.persons_linked(facts_of(alone(aantal_personen=5)))
    assert value.dtype == np.int32
    assert set(value[0].tolist()) == {5}


def test_family_still_to_come_counts_only_when_the_parameter_says_so() -> None:
    batch = alone(aantal_personen=2, nareis_verwacht=3)
    assert levels.persons_linked(facts_of(batch))[0, 0] == 2
    assert levels.persons_linked(facts_of(batch, parameters(nareis__telt_mee=True)))[0, 0] == 5


def test_a_ground_is_honoured_within_the_radius_and_nobody_without_a_ground_counts() -> None:
    batch = groep([huishouden("H1"), huishouden("H2")], {}, gronden=[grond("H1", "gezin", UTRECHT)])
    value = levels.grounds_honoured(facts_of(batch), parameters())
    assert value[0, [at(UTRECHT), at(AMSTERDAM), at(GRONINGEN)]].tolist() == [1, 1, 0]
    assert not value[1].any()


def test_the_municipality_of_the_job_counts_each_known_job_there() -> None:
    jobs = [baan("H1", UTRECHT), baan("H1", UTRECHT, uren_per_week=4), baan("H1", ZWOLLE)]
    batch = groep([huishouden("H1")], {}, werk=jobs)
    value = levels.in_municipality_of_job(facts_of(batch))[0]
    assert {str(G.code[g]): int(value[g]) for g in np.flatnonzero(value)} == {UTRECHT: 2, ZWOLLE: 1}
    assert not levels.in_municipality_of_job(facts_of(batch, bekend=0.0)).any()


def test_nearness_to_reception_is_minus_the_distance_in_tenths_of_a_km() -> None:
    value = levels.near_reception(facts_of(alone(opvang_gemeente=ZWOLLE)))[0]
    assert value[at(ZWOLLE)] == 0
    assert value[at(GRONINGEN)] == round(-10 * between(GRONINGEN, ZWOLLE))


@pytest.mark.parametrize(
    ("cells", "factor", "hours"),
    [
        ({}, 1.0, 32),
        ({"uren_per_week": 60.0}, 1.0, 40),  # more than 40 hours count as 40
        ({"contract_maanden": 12}, 0.8, 32),
        ({"via_uitzendbureau": "ja", "contract_maanden": 12}, 0.6, 32),
    ],
)
def test_jobs_kept_follow_the_curve_in_thousandths(cells: dict[str, object], factor: float, hours: float) -> None:
    batch = groep([huishouden("H1", opvang_gemeente=AMERSFOORT)], {}, werk=[baan("H1", UTRECHT, **cells)])
    value = levels.jobs_kept(facts_of(batch), parameters())[0]

    def h(place: str) -> float:
        return float((1 + exp((between(place, UTRECHT) - (25 + 0.75 * hours)) / 8)) ** (-1 / factor))

    for place in (UTRECHT, AMERSFOORT, AMSTERDAM, ZWOLLE):
        assert value[at(place)] == round(1000 * min(1.0, h(place) / h(AMERSFOORT)))


def test_jobs_kept_leave_out_what_ends_first_or_was_not_known_and_add_up_the_rest() -> None:
    ends = baan("H1", UTRECHT, contract_einde="2026-12-23")  # the move is on 24 December
    lasts = baan("H1", UTRECHT, contract_einde="2026-12-24")
    open_ended = baan("H1", ZWOLLE)

    def kept(*jobs: dict[str, object], bekend: float = 1.0) -> list[int]:
        facts = facts_of(groep([huishouden("H1")], {}, werk=jobs), bekend=bekend)
        return [int(v) for v in levels.jobs_kept(facts, parameters())[0]]

    assert not any(kept(ends))
    assert not any(kept(open_ended, bekend=0.0))
    assert kept(ends, lasts, open_ended) == [a + b for a, b in zip(kept(lasts), kept(open_ended), strict=True)]


def test_an_expected_moving_date_decides_which_contracts_end_first() -> None:
    job = baan("H1", UTRECHT, contract_einde="2026-11-30")
    late, early = (
        facts_of(groep([huishouden("H1", verwachte_verhuisdatum=day)], {}, werk=[job]))
        for day in ("2026-12-01", "2026-11-30")
    )
    assert not levels.jobs_kept(late, parameters()).any()
    assert levels.jobs_kept(early, parameters()).any()


def test_a_chance_counts_up_to_the_mean_over_the_opgaven() -> None:
    facts = facts_of(groep([huishouden("H1")], {UTRECHT: 3, ZWOLLE: 1}))
    chance = np.zeros((1, len(G)), dtype=np.int32)
    chance[0, at(UTRECHT)], chance[0, at(ZWOLLE)], chance[0, at(GRONINGEN)] = 5000, 2001, 9000
    expected = floor((3 * 5000 + 2001) / 4)
    value = levels.up_to_lottery(facts, chance)[0]
    assert value[[at(UTRECHT), at(ZWOLLE), at(GRONINGEN)]].tolist() == [expected, 2001, expected]


def test_soft_points_add_up_region_network_and_progress() -> None:
    batch = groep(
        [huishouden("H1", opvang_gemeente=AMERSFOORT)],
        {UTRECHT: 8, GRONINGEN: 4},
        gronden=[grond("H1", "netwerk", MAASTRICHT)],
    )
    batch.taakstelling["gekoppeld"] = [2, 4]
    facts, p = facts_of(batch), parameters()
    region, network, progress = (p[f"zacht/{n}_punten"] for n in ("koppelregio", "netwerk", "voortgang"))
    value = levels.soft_points(facts, Eisen("proef"), p)[0]
    assert value[at(UTRECHT)] == region + round(progress * 6 / 8)
    assert value[at(GRONINGEN)] == 0
    assert value[at(MAASTRICHT)] == network
    free = levels.soft_points(facts, Eisen("proef", koppelregio="vrij"), p)[0]
    assert free[at(UTRECHT)] == round(progress * 6 / 8)


def test_nearness_to_the_farthest_ground_that_is_no_work_gives_points_in_proportion() -> None:
    batch = groep(
        [huishouden("H1"), huishouden("H2"), huishouden("H3")],
        {},
        werk=[baan("H2", UTRECHT)],
        gronden=[grond("H1", "gezin", UTRECHT), grond("H1", "studie", AMSTERDAM), grond("H3", "netwerk", UTRECHT)],
    )
    on, off = parameters(zacht__grond_nabij_punten=100), parameters()
    first, second = (levels.near_grounds(facts_of(batch, p), p) for p in (on, off))
    far = max(between(UTRECHT, AMERSFOORT, "straight"), between(AMSTERDAM, AMERSFOORT, "straight"))
    assert first[0, at(AMERSFOORT)] == round(100 * (1 - far / 50)) == 18
    assert first[0, at(GRONINGEN)] == 0
    assert not first[1:].any()
    assert not second.any()
    more, less = (levels.soft_points(facts_of(batch, p), Eisen("proef"), p)[0, at(UTRECHT)] for p in (on, off))
    assert more - less == first[0, at(UTRECHT)] > 0


@settings(max_examples=10)
@given(month=maanden())
def test_model_and_judge_give_the_same_points_wherever_a_household_goes(month: Maand) -> None:
    p = parameters(zacht__grond_nabij_punten=100)
    facts, wanted = facts_of(month.batch, p), eisen("kansrijk", p)
    points = levels.soft_points(facts, wanted, p)
    for code in PLACES:
        links = pd.DataFrame({"huishouden_id": facts.huishoudens, "gemeente": code})
        judged = level_value(open_case(month.batch, links, p, wanted, 1.0, 0), "zachte_punten", {})
        assert judged is not None
        assert judged.tolist() == points[:, at(code)].tolist()


def test_a_network_that_was_stated_twice_counts_once() -> None:
    twice = [grond("H1", "netwerk", MAASTRICHT), grond("H1", "netwerk", MAASTRICHT)]
    batch = groep([huishouden("H1")], {}, gronden=twice)
    p = parameters()
    assert levels.soft_points(facts_of(batch), Eisen("proef"), p)[0, at(MAASTRICHT)] == p["zacht/netwerk_punten"]


def test_a_network_without_evidence_gives_no_points() -> None:
    for bewijs in ("nee", ""):
        batch = groep([huishouden("H1")], {}, gronden=[grond("H1", "netwerk", MAASTRICHT, bewijs=bewijs)])
        assert levels.soft_points(facts_of(batch), Eisen("proef"), parameters())[0, at(MAASTRICHT)] == 0


def test_the_chance_of_work_counts_every_adult_and_the_best_one_only_in_its_own_policy() -> None:
    adults = [
        {"persoon_id": "P1", "huishouden_id": "H1", "opleiding": "hoog", "taalniveau": "B2"},
        {"persoon_id": "P2", "huishouden_id": "H1", "opleiding": "laag", "taalniveau": "A0"},
    ]

    def value(people: list[dict[str, str]], policy: str, level: str) -> list[int]:
        case = worked_out(groep([huishouden("H1", aantal_personen=2)], {UTRECHT: 2}, personen=people), policy)
        return [int(v) for v in next(n.value for n in case.instance.niveaus if n.naam == level)[0]]

    one, other = (value([adult], "kansrijk", "kans_werk") for adult in adults)
    assert value(adults, "kansrijk", "kans_werk") == [a + b for a, b in zip(one, other, strict=True)]
    assert value(adults, "beste_gezinslid", "kans_beste_gezinslid") == [max(p) for p in zip(one, other, strict=True)]


def test_grounds_are_a_level_only_where_they_may_be_passed_by() -> None:
    batch = alone()
    waits = worked_out(batch, "kansrijk").instance
    yields = worked_out(batch, "kansrijk", parameters(gronden__bij_tekort="uitzondering")).instance
    assert [n.naam for n in waits.niveaus] == ["personen_gekoppeld", "verwacht_behouden", "kans_werk", "zachte_punten"]
    assert [n.naam for n in yields.niveaus][:2] == ["personen_gekoppeld", "gronden_gehonoreerd"]


def test_locked_persons_take_their_place_out_of_the_opgave_and_never_below_nought() -> None:
    locks = [
        huishouden("H1", aantal_personen=2, vastgezet_gemeente=UTRECHT, vastgezet_reden="wens"),
        huishouden("H2", aantal_personen=2, vastgezet_gemeente=ZWOLLE, vastgezet_reden="wens"),
    ]
    instance = worked_out(groep(locks, {UTRECHT: 3, ZWOLLE: 1, GRONINGEN: 4}), "straal50").instance
    assert {g: int(instance.opgave[at(g)]) for g in (UTRECHT, ZWOLLE, GRONINGEN)} == {
        UTRECHT: 1,
        ZWOLLE: 0,
        GRONINGEN: 4,
    }


def test_without_opgave_everybody_fits_everywhere() -> None:
    instance = worked_out(groep([huishouden("H1", aantal_personen=9)], {UTRECHT: 1}), "zonder_opgave").instance
    assert (instance.opgave >= 9).all()


@pytest.mark.parametrize(
    "change",
    [
        {"opgave": np.array([1, 2])},
        {"opgave": np.full(len(G), -1)},
        {"personen": np.array([1, 2])},
        {"vastgezet": np.array([], dtype=np.int64)},
    ],
)
def test_an_instance_refuses_arrays_that_do_not_fit(change: dict[str, object]) -> None:
    instance: Instance = worked_out(alone(), "straal50").instance
    with pytest.raises(ValueError, match="must have one entry"):
        instance.replace(**change)


def test_an_instance_refuses_a_level_of_another_shape() -> None:
    instance = worked_out(alone(), "straal50").instance
    wrong = levels.LevelValues("kans_werk", 1.0, np.zeros((2, 2), dtype=np.int32))
    with pytest.raises(ValueError, match="level kans_werk"):
        instance.replace(niveaus=(wrong,))


def test_a_policy_gets_each_level_that_it_names_with_the_value_of_that_level() -> None:
    """H1 stays with two jobs in Utrecht, one of them hard, or leaves both; the run before put it in Zwolle."""
    names = ("personen_gekoppeld", "banen_behouden", "hard_behouden", "verwacht_behouden", "werkgemeente_gehaald")
    batch = groep([huishouden("H1")], {}, werk=[baan("H1", UTRECHT), baan("H1", UTRECHT, uren_per_week=4.0)])
    beleid = adapted(load_beleid("kansrijk"), {"niveaus": names})
    rules = parameters()
    for before, changed in ((None, []), ({"H1": ZWOLLE}, [("ongewijzigd", 0, 0, 1)])):
        facts = collect(batch if before is None else batch.replace(eerder=before), rules)
        made = levels.level_values(facts, beleid, beleid.eisen(rules), rules, {})
        found = [(m.naam, *m.value[0, [at(UTRECHT), at(GRONINGEN), at(ZWOLLE)]].tolist()) for m in made]
        assert [one for one in found if one[0] not in ("hard_behouden", "verwacht_behouden")] == [
            *changed,
            ("personen_gekoppeld", 1, 1, 1),
            ("banen_behouden", 2, 0, 0),
            ("werkgemeente_gehaald", 2, 0, 0),
        ]
        kept = {name: values for name, *values in found}
        assert (kept["hard_behouden"][0], kept["verwacht_behouden"][0]) == (1000, 2000)
        assert kept["hard_behouden"][1] < 100


def test_an_instance_gives_its_dwellings_only_where_they_limit() -> None:
    assert worked_out(alone(), "straal50").instance.resources is None
    kind = "toegankelijke_woning"
    batch = groep(
        [huishouden("H1", woning_nodig=kind)],
        {UTRECHT: 3},
        woningen=[{"gemeente": UTRECHT, "soort": kind, "aantal": 2}],
    )
    resources = worked_out(batch, "straal50").instance.resources
    assert resources is not None
    needs, free = resources
    assert needs.tolist() == [[1]]
    assert (free[at(UTRECHT)].tolist(), int(free.sum())) == ([2], 2)


def test_every_level_is_what_its_name_says_where_a_household_lives_works_and_has_family() -> None:
    rules = parameters()
    batch = groep(
        [huishouden("H1", opvang_gemeente=ZWOLLE, aantal_personen=2)],
        {UTRECHT: 4, ZWOLLE: 4},
        werk=[baan("H1", UTRECHT)],
        gronden=[grond("H1", "gezin", GRONINGEN)],
    )
    facts = facts_of(batch, rules)
    ones = np.full((1, len(G.code)), 7, dtype=np.int32)
    names = [name for name in POLICY_LEVELS if name != "gronden_gehonoreerd"]
    beleid = load_beleid("kansrijk").model_copy(update={"niveaus": tuple(names)})
    made = levels.level_values(
        facts, beleid, Eisen("proef"), rules, {"kans_werk": ones, "kans_beste_gezinslid": ones * 2}
    )
    assert [one.naam for one in made] == names
    value = {one.naam: one.value[0] for one in made}
    for one in made:
        assert one.value.dtype == np.int32
        assert one.value.shape == (1, len(G.code))
        assert (one.deel, one.aantal) == (0.0, 0.0)
    assert set(value["personen_gekoppeld"].tolist()) == {2}
    assert np.flatnonzero(value["werkgemeente_gehaald"]).tolist() == [at(UTRECHT)]
    assert value["nabij_opvang"].max() == value["nabij_opvang"][at(ZWOLLE)]
    assert value["nabij_opvang"][at(GRONINGEN)] == round(-10 * between(ZWOLLE, GRONINGEN))
    assert value["banen_behouden"][[at(UTRECHT), at(AMERSFOORT), at(MAASTRICHT)]].tolist() == [1, 1, 0]
    kept = value["verwacht_behouden"]
    assert kept.max() == kept[at(UTRECHT)] == 1_000
    assert kept[at(MAASTRICHT)] == kept[at(GRONINGEN)] == 0
    assert set(value["kans_werk"].tolist()) == {7}
    assert set(value["kans_beste_gezinslid"].tolist()) == {14}
    assert set(value["kans_tot_loting"].tolist()) == {7}


def test_who_had_a_municipality_before_has_one_change_less_there_and_so_has_the_first_of_the_list() -> None:
    batch = groep([huishouden("H1"), huishouden("H2"), huishouden("H3")], {UTRECHT: 4})
    facts = facts_of(batch).replace(eerder=np.array([0, -1, at(UTRECHT)]))
    value = levels.unchanged(facts)
    assert np.argwhere(value).tolist() == [[0, 0], [2, at(UTRECHT)]]
    assert value.max() == 1
    assert not levels.unchanged(facts_of(batch)).any()
