"""Shortages with proof: every set counted again, every division tried, every smallest change followed to the letter."""

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import Phase, given, settings

from geodata.buren import neighbours
from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.explain.told.openings import openings
from optimizer.explain.told.packing import Packing, fit_together
from optimizer.explain.told.proof import Bewijs, Prover
from optimizer.explain.told.proof_words import proof_columns, radius_written
from optimizer.explain.told.shortage import Shortage, shortages
from optimizer.model import Case
from optimizer.verify import judge
from tests.explain.told.test_advice import increased, tight_months
from tests.proefbatch import (
    AMERSFOORT,
    AMSTERDAM,
    PEILDATUM,
    UTRECHT,
    ZWOLLE,
    baan,
    groep,
    grond,
    huishouden,
    parameters,
    voorstel,
    worked_out,
)

G = load_gemeenten()
BUNNIK, NIEUWEGEIN = "GM0312", "GM0356"
CASES = [
    ("kansrijk", {}),
    ("handmatig", {"koppelregio__binding": "alleen_met_grond"}),
    ("loting", {}),
    ("blijf", {"koppelregio__binding": "binden"}),
    ("arbeidsmarktregio", {"gronden__straal_km": 30}),
]


def waiting(case: Case) -> dict[int, Shortage]:
    return shortages(case.instance, case.facts, case.answer.gemeente, case.eisen, case.parameters)


def confined(case: Case, inside: set[int]) -> list[int]:
    """Free households that may go somewhere, and to none but some municipalities, in plain loops."""
    allowed = [set(np.flatnonzero(row).tolist()) for row in case.instance.toegestaan]
    return [h for h in case.instance.free.tolist() if allowed[h] and allowed[h] <= inside]


def counted(case: Case, inside: set[int], households: list[int], kind: int) -> tuple[int, int]:
    """What some municipalities have and some households need: persons (kind -1) or dwellings."""
    instance = case.instance
    if kind < 0:
        return sum(int(instance.opgave[g]) for g in inside), sum(int(instance.personen[h]) for h in households)
    assert instance.woningen is not None
    return (
        sum(int(instance.woningen.vrij[g, kind]) for g in inside),
        sum(int(instance.woningen.nodig[h, kind]) for h in households),
    )


def unions(case: Case, household: int) -> Iterator[set[int]]:
    """Every set of municipalities that some households with this one among them may go to."""
    allowed = {h: frozenset(np.flatnonzero(case.instance.toegestaan[h]).tolist()) for h in case.instance.free.tolist()}
    own, others = allowed[household], sorted({a for a in allowed.values() if a}, key=sorted)
    for n in range(len(others) + 1):
        for some in combinations(others, n):
            yield set(own.union(*some))


def divisions(case: Case, households: list[int], extra: dict[int, int] | None = None) -> bool:
    """Whether some division gives all of some households a place, every one of them tried in plain loops."""
    instance = case.instance
    choices = [np.flatnonzero(instance.toegestaan[h] & _room(case, extra)).tolist() for h in households]
    for links in product(*choices):
        rest = {g: int(instance.opgave[g]) + (extra or {}).get(g, 0) for g in set(links)}
        for h, g in zip(households, links, strict=True):
            rest[g] -= int(instance.personen[h])
        if min(rest.values(), default=0) >= 0 and _housed(case, households, links):
            return True
    return False


def _room(case: Case, extra: dict[int, int] | None) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    room = case.instance.opgave > 0
    room[list(extra or {})] = True
    return np.asarray(room, dtype=np.bool_)


def _housed(case: Case, households: list[int], links: tuple[int, ...]) -> bool:
    dwellings = case.instance.woningen
    if dwellings is None:
        return True
    used = np.zeros_like(dwellings.vrij)
    for h, g in zip(households, links, strict=True):
        used[g] += dwellings.nodig[h]
    return bool((used <= dwellings.vrij).all())


@pytest.mark.parametrize(("policy", "rules"), CASES)
@settings(max_examples=25, deadline=None, phases=[Phase.generate])
@given(batch=tight_months())
def test_every_proof_holds_and_none_smaller_does(policy: str, rules: dict[str, object], batch: Batch) -> None:
    case = worked_out(batch, policy, parameters(**rules))
    for h, found in waiting(case).items():
        proof = found.bewijs
        inside = set(np.flatnonzero(proof.gemeenten).tolist())
        if proof.soort == "regels":
            assert not case.instance.toegestaan[h].any()
            continue
        only = confined(case, inside)
        assert h in only
        short = [k for k in _kinds(case, h) if any(_proves(case, h, places, k) for places in unions(case, h))]
        assert (proof.soort in {"personen", "woningen"}) == bool(short)
        if short:
            assert proof.woning in short
            who = [x for x in only if proof.woning < 0 or counted(case, inside, [x], proof.woning)[1]]
            assert proof.huishoudens.tolist() == who
            assert (proof.plekken, proof.nodig) == counted(case, inside, only, proof.woning)
            assert proof.nodig > proof.plekken
            smaller = [places for places in unions(case, h) if places < inside]
            assert not any(_proves(case, h, places, proof.woning) for places in smaller)
        else:
            assert proof.soort in {"inpassen", "verdeling"}
            assert divisions(case, [x for x in only if case.answer.gemeente[x] >= 0 or x == h]) == (
                proof.soort == "verdeling"
            )


def _kinds(case: Case, h: int) -> list[int]:
    dwellings = case.instance.woningen
    return [-1, *([] if dwellings is None else np.flatnonzero(dwellings.nodig[h]).tolist())]


def _proves(case: Case, h: int, inside: set[int], kind: int) -> bool:
    """Whether a household needs more, beside those who are linked and confined, than some municipalities have."""
    only = [x for x in confined(case, inside) if case.answer.gemeente[x] >= 0 or x == h]
    has, need = counted(case, inside, only, kind)
    return h in only and need > has


@pytest.mark.parametrize(("policy", "rules"), CASES)
@settings(max_examples=25, deadline=None, phases=[Phase.generate])
@given(batch=tight_months())
def test_the_smallest_change_of_each_kind_works_and_one_less_does_not(
    policy: str, rules: dict[str, object], batch: Batch
) -> None:
    p = parameters(**rules)
    case = worked_out(batch, policy, p)
    for h, found in waiting(case).items():
        more, swap, wider = found.middelen.plekken, found.middelen.ruil, found.middelen.straal
        if more is not None:
            code = str(G.code[more.gemeente])
            assert accepted(case, h, more.gemeente, plus(batch, {code: more.aantal}))
            assert not accepted(case, h, more.gemeente, plus(batch, {code: more.aantal - 1}))
            assert more.minst <= more.aantal
            linked = [x for x in case.instance.free.tolist() if case.answer.gemeente[x] >= 0]
            if more.minst and len(linked) < 5:
                rows = np.flatnonzero(case.instance.toegestaan.any(axis=0) & (case.instance.opgave > 0)).tolist()[:6]
                for g in {*rows, more.gemeente}:
                    assert not divisions(case, [*linked, h], {g: more.minst - 1})
        if swap is not None:
            giver, taker = str(G.code[swap.van]), str(G.code[swap.naar])
            assert neighbours(PEILDATUM)[swap.van, swap.naar]
            assert accepted(case, h, swap.naar, plus(batch, {taker: swap.aantal, giver: -swap.aantal}))
            assert not accepted(case, h, swap.naar, plus(batch, {taker: swap.aantal - 1, giver: 1 - swap.aantal}))
        if wider is not None:
            radius = p.replace({"gronden/straal_km": wider.km})
            assert accepted(case, h, wider.gemeente, batch, radius, only=h)
            narrower = p.replace({"gronden/straal_km": wider.km - 1e-6})
            assert not any(accepted(case, h, g, batch, narrower, only=h) for g in (wider.gemeente,))


def plus(batch: Batch, persons: dict[str, int]) -> Batch:
    room = batch.taakstelling
    for code, n in persons.items():
        room = increased(room, {"gemeente": code}, "taakstelling", n) if n else room
    return batch.replace(taakstelling=room)


def accepted(case: Case, h: int, g: int, batch: Batch, rules: object = None, only: int | None = None) -> bool:
    """Whether the judge has nothing against a proposal in which one more household has a place."""
    links = case.answer.gemeente.copy()
    links[h] = g
    frame = voorstel_frame(case, links)
    used = case.parameters if rules is None else rules
    verdict = judge(batch, frame, parameters=used, eisen=case.eisen)  # type: ignore[arg-type]
    mine = [b for b in verdict.overtredingen if only is None or b.huishouden_id in {"", str(case.facts.huishoudens[h])}]
    return not mine


def voorstel_frame(case: Case, links: np.ndarray[tuple[int], np.dtype[np.int64]]):  # type: ignore[no-untyped-def]
    import pandas as pd

    codes = np.append(G.code.astype(object), "")[links]
    return pd.DataFrame({"huishouden_id": case.facts.huishoudens, "gemeente": codes}, dtype=str)


def proof_of(case: Case, name: str) -> Shortage:
    row = case.facts.huishoudens.tolist().index(name)
    return waiting(case)[row]


def test_whole_households_that_do_not_fit_are_proven_by_trying_every_division() -> None:
    people = [huishouden(f"H{i}", aantal_personen=2) for i in range(3)]
    case = worked_out(groep(people, {UTRECHT: 3, ZWOLLE: 3}))
    found = next(iter(waiting(case).values()))
    assert (found.bewijs.soort, found.bewijs.plekken, found.bewijs.nodig) == ("inpassen", 6, 6)
    assert found.bewijs_zin.nl == (
        "In 342 gemeenten (met een opgave: Zwolle en Utrecht) zijn 6 plekken voor 3 huishoudens met 6 personen die "
        "nergens anders naartoe mogen. Een huishouden wordt niet gesplitst. Wij probeerden elke verdeling: geen enkele "
        "geeft iedereen een plek."
    )


def test_a_shortage_of_dwellings_is_counted_in_dwellings() -> None:
    people = [huishouden(f"H{i}", woning_nodig="grote_woning") for i in range(3)]
    dwellings = [{"gemeente": UTRECHT, "soort": "grote_woning", "aantal": 2}]
    case = worked_out(groep(people, {UTRECHT: 9}, woningen=dwellings))
    found = next(iter(waiting(case).values()))
    assert (found.bewijs.soort, found.bewijs.plekken, found.bewijs.nodig) == ("woningen", 2, 3)
    assert "3 huishoudens hebben er een nodig" in found.bewijs_zin.nl
    assert found.middelen.plekken is None


def test_an_order_that_leaves_somebody_out_is_not_called_a_shortage() -> None:
    people = [
        huishouden("H1", vergunning_datum="2026-08-01", opvang_gemeente=UTRECHT),
        huishouden("H2"),
    ]
    batch = groep(people, {UTRECHT: 1, AMSTERDAM: 1}, werk=[baan("H2", AMERSFOORT)], gronden=[])
    batch = batch.replace(huishoudens=batch.huishoudens.assign(uitgesloten_gemeenten=["", AMSTERDAM]))
    case = worked_out(batch, "blijf_in_regio")
    found = proof_of(case, "H2")
    assert found.bewijs.soort == "verdeling"
    assert "als zij anders worden verdeeld" in found.bewijs_zin.nl


def test_a_neighbour_with_room_left_hands_over_what_is_missing() -> None:
    people = [huishouden("H1", aantal_personen=3, uitgesloten_gemeenten=BUNNIK)]
    case = worked_out(groep(people, {UTRECHT: 1, BUNNIK: 2}))
    swap = proof_of(case, "H1").middelen.ruil
    assert swap is not None
    assert (G.code[swap.naar], G.code[swap.van], swap.aantal) == (UTRECHT, BUNNIK, 2)
    assert proof_of(case, "H1").middel_zinnen[1].nl == (
        "Ruil: Bunnik heeft plek over en geeft 2 plekken aan buurgemeente Utrecht. Samen blijft hun opgave gelijk."
    )


def test_a_wider_radius_is_the_smallest_that_reaches_room() -> None:
    batch = groep([huishouden("H1")], {ZWOLLE: 5}, gronden=[grond("H1", "gezin", UTRECHT)])
    wider = proof_of(worked_out(batch), "H1").middelen.straal
    assert wider is not None
    assert (G.code[wider.gemeente], radius_written(wider.km)) == (ZWOLLE, "82,4")
    assert voorstel(batch, rules=parameters(gronden__straal_km=82.5)).voorstel["gemeente"].tolist() == [ZWOLLE]
    assert voorstel(batch, rules=parameters(gronden__straal_km=82.2)).voorstel["gemeente"].tolist() == [""]


def test_places_that_others_could_free_by_moving_are_not_asked_for() -> None:
    people = [huishouden("H1", aantal_personen=2), huishouden("H2", aantal_personen=2, uitgesloten_gemeenten=ZWOLLE)]
    case = worked_out(groep(people, {UTRECHT: 3, ZWOLLE: 1}, werk=[baan("H1", UTRECHT)]))
    (found,) = waiting(case).values()
    more = found.middelen.plekken
    assert more is not None
    assert (more.aantal, more.minst) == (1, 1)


def test_without_nodes_nothing_is_claimed() -> None:
    people = [huishouden(f"H{i}", aantal_personen=2) for i in range(3)]
    case = worked_out(groep(people, {UTRECHT: 3, ZWOLLE: 3}))
    prover = Prover(case.instance, case.answer.gemeente, openings(case.instance, case.answer.gemeente))
    prover.nodes = 0
    left = int(np.flatnonzero(case.answer.gemeente < 0)[0])
    assert prover.prove(left).soort == "onbewezen"


@pytest.mark.parametrize("seed", range(40))
def test_the_exact_search_agrees_with_every_division(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, g = int(rng.integers(1, 7)), int(rng.integers(1, 4))
    need = rng.integers(1, 5, (n, 1))
    open_to = rng.random((n, g)) < 0.7
    room = rng.integers(0, 8, (g, 1))
    possible = any(
        all(open_to[i, to] for i, to in enumerate(links))
        and all(sum(int(need[i, 0]) for i in range(n) if links[i] == j) <= room[j, 0] for j in range(g))
        for links in product(range(g), repeat=n)
    )
    assert fit_together(Packing(open_to, need, room), 100_000)[0] == possible


def test_the_columns_of_the_file_are_those_of_the_parts() -> None:
    people = [huishouden("H1", aantal_personen=3, uitgesloten_gemeenten=BUNNIK)]
    case = worked_out(groep(people, {UTRECHT: 1, BUNNIK: 2}))
    columns = proof_columns(case.facts, list(waiting(case).values()))
    assert columns["meer_plekken"] == [f"{UTRECHT} 2"]
    assert columns["ruil"] == [f"{UTRECHT} {BUNNIK} 2"]
    assert columns["grotere_straal"] == [""]
    assert columns["oplossingen"][0].nl == (
        "Meer plekken: Utrecht neemt voor dit huishouden 2 personen meer op. Minder kan niet, ook niet als anderen "
        "verschuiven. Ruil: Bunnik heeft plek over en geeft 2 plekken aan buurgemeente Utrecht. Samen blijft hun "
        "opgave gelijk."
    )
    assert isinstance(waiting(case)[0].bewijs, Bewijs)
