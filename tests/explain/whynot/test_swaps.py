"""Swaps of opgave between neighbours: against every swap of every size, the judge, and the sentences word for word."""

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from geodata.buren import neighbours
from geodata.gemeenten import load_gemeenten
from optimizer.decide import Limits
from optimizer.explain.told.ruil import swaps_as_json, swaps_said
from optimizer.explain.whynot.swaps import best_swaps, pairs
from optimizer.explain.whynot.transfers import transfers
from optimizer.model import Case
from optimizer.pipeline.ruil import after_swaps
from optimizer.verify import judge
from tests.proefbatch import PEILDATUM, UTRECHT, ZWOLLE, baan, eisen, groep, huishouden, worked_out

G = load_gemeenten()
BUNNIK, NIEUWEGEIN, HOUTEN = "GM0312", "GM0356", "GM0321"
NEAR = (UTRECHT, BUNNIK, NIEUWEGEIN, HOUTEN)


@st.composite
def crowded(draw: st.DrawFn) -> Case:
    """A few households, some with a job, around Utrecht, where whoever does not fit is near a neighbour with room."""
    people, jobs = [], []
    for i in range(draw(st.integers(1, 3))):
        open_to = draw(st.sets(st.sampled_from(NEAR), min_size=1, max_size=2))
        shut = " ".join(g for g in G.code.tolist() if g not in open_to)
        people.append(huishouden(f"H{i}", aantal_personen=draw(st.integers(1, 3)), uitgesloten_gemeenten=shut))
        if draw(st.booleans()):
            jobs.append(baan(f"H{i}", draw(st.sampled_from([UTRECHT, ZWOLLE])), uren_per_week=7.0))
    room = {g: draw(st.integers(0, 3)) for g in NEAR}
    return worked_out(groep(people, room, werk=jobs))


def best_value(case: Case, opgave: dict[int, int]) -> tuple[int, int]:
    """Persons linked and jobs kept of the best of all answers with some opgaven, each tried in plain loops."""
    levels, size = case.instance.niveaus[:2], case.instance.personen
    choices = [[-1, *np.flatnonzero(row).tolist()] for row in case.instance.toegestaan]
    found = (0, 0)
    for links in product(*choices):
        used = {g: sum(int(size[h]) for h, to in enumerate(links) if to == g) for g in set(links) - {-1}}
        if all(n <= opgave.get(g, 0) for g, n in used.items()):
            value = tuple(sum(int(n.value[h, g]) for h, g in enumerate(links) if g >= 0) for n in levels)
            found = max(found, (value[0], value[1]))
    return found


def every_swap(case: Case, most: int) -> tuple[int, int]:
    """The best value over every set of at most so many pairs and every number of persons over each pair."""
    rows = [G.index[code] for code in NEAR]
    start = {g: int(case.instance.opgave[g]) for g in rows}
    near = neighbours(PEILDATUM)
    edges = [(a, b) for a, b in combinations(rows, 2) if near[a, b]]
    whole = sum(start.values())
    seen: set[tuple[int, ...]] = set()
    for some in combinations(edges, min(most, len(edges))):
        for amounts in product(range(-whole, whole + 1), repeat=len(some)):
            after = dict(start)
            for (a, b), n in zip(some, amounts, strict=True):
                after[a] -= n
                after[b] += n
            if min(after.values()) >= 0:
                seen.add(tuple(after[g] for g in rows))
    return max(best_value(case, dict(zip(rows, one, strict=True))) for one in seen)


@pytest.mark.parametrize("most", [1, 2])
@settings(max_examples=12, deadline=None, phases=[Phase.generate])
@given(case=crowded())
def test_no_swaps_of_any_size_give_more_and_the_judge_accepts_what_is_proposed(most: int, case: Case) -> None:
    worked = best_swaps(case, most)
    found = worked.gevonden
    reached = tuple(round(one.daarna / n.unit) for one, n in zip(found.niveaus, case.instance.niveaus, strict=False))
    assert (reached, found.bewezen) == (every_swap(case, most), True)
    assert len(found.ruilen) <= most
    near = neighbours(PEILDATUM)
    assert all(near[one.van, one.naar] and one.personen > 0 for one in found.ruilen)
    assert worked.opgave.sum() == case.facts.opgave.sum()
    after = after_swaps(case, worked)
    codes = np.append(G.code.astype(object), "")[worked.gemeente]
    frame = pd.DataFrame({"huishouden_id": case.facts.huishoudens, "gemeente": codes}, dtype=str)
    assert judge(after.batch, frame, parameters=case.parameters, eisen=eisen()).goedgekeurd
    gained = [sum(w.verschil for one in found.ruilen for w in one.winst if w.niveau == s.niveau) for s in found.niveaus]
    assert gained == pytest.approx([s.daarna - s.nu for s in found.niveaus], abs=1e-6)


def swapped() -> Case:
    """One household that fits nowhere, and a neighbour of the only municipality that it may go to with room left."""
    shut = " ".join(g for g in G.code.tolist() if g != UTRECHT)
    people = [huishouden("H1", aantal_personen=3, uitgesloten_gemeenten=shut)]
    return worked_out(groep(people, {UTRECHT: 1, BUNNIK: 4}, werk=[baan("H1", UTRECHT)]))


def test_the_sentences_word_for_word() -> None:
    found = best_swaps(swapped(), 1).gevonden
    assert [zin.nl for zin in swaps_said(found)] == [
        "Bunnik geeft 2 plekken van haar opgave aan buurgemeente Utrecht. Gekoppelde personen: +3 personen. Verwacht "
        "behouden banen: +1,000 banen. Dan is er plek voor H1. Deze banen blijven erdoor: 1.",
        "Bewezen: met hoogstens 1 ruil kan het niet beter.",
        "Dit zijn voorstellen aan gemeenten. Er is niets veranderd of besloten.",
    ]
    assert [zin.en for zin in swaps_said(found)][1] == "Proven: with at most 1 swap nothing is better."
    as_json = swaps_as_json(found)
    assert [(one["van"], one["naar"], one["personen"]) for one in as_json["ruilen"]] == [(BUNNIK, UTRECHT, 2)]
    assert as_json["niveaus"][0] == {"niveau": "personen_gekoppeld", "nu": 0.0, "daarna": 3.0, "grens": 3.0}


def test_a_chain_of_two_swaps_reaches_further_than_one() -> None:
    shut = " ".join(g for g in G.code.tolist() if g != BUNNIK)
    people = [huishouden("H1", aantal_personen=2, uitgesloten_gemeenten=shut)]
    case = worked_out(groep(people, {NIEUWEGEIN: 2, BUNNIK: 0}))
    if neighbours(PEILDATUM)[G.index[NIEUWEGEIN], G.index[BUNNIK]]:
        pytest.fail("choose municipalities that are no neighbours")
    assert best_swaps(case, 1).gevonden.ruilen == ()
    two = best_swaps(case, 2).gevonden
    assert [one.personen for one in two.ruilen] == [2, 2]
    assert (two.ruilen[0].van, two.ruilen[1].naar) == (G.index[NIEUWEGEIN], G.index[BUNNIK])
    assert "Deze ruil helpt alleen samen met de volgende." in swaps_said(two)[0].nl


def test_where_everybody_has_the_best_place_no_swap_is_proposed_and_that_is_proven() -> None:
    case = worked_out(groep([huishouden("H1")], {UTRECHT: 5, BUNNIK: 5}))
    found = best_swaps(case, 3).gevonden
    assert (found.ruilen, found.bewezen) == ((), True)
    assert [zin.nl for zin in swaps_said(found)] == ["Geen ruil tussen buurgemeenten geeft meer."]


def test_a_search_that_the_budget_ended_gives_the_bound_that_is_left() -> None:
    shut = {g: " ".join(c for c in G.code.tolist() if c != g) for g in NEAR}
    people = [huishouden(f"H{i}", aantal_personen=2, uitgesloten_gemeenten=shut[g]) for i, g in enumerate(NEAR)]
    room = {UTRECHT: 1, BUNNIK: 1, NIEUWEGEIN: 1, HOUTEN: 1, "GM0344": 1, "GM0310": 6, "GM0353": 6}
    found = best_swaps(worked_out(groep(people, room)), 1, Limits(work_limit=1)).gevonden
    assert not found.bewezen
    first = found.niveaus[0]
    assert first.grens > first.daarna
    assert f"hoogstens {first.grens:.0f} personen" in swaps_said(found)[-2 if found.ruilen else -1].nl


def test_pairs_are_neighbours_whom_places_can_come_by() -> None:
    case = swapped()
    one, two = pairs(case, 1), pairs(case, 2)
    assert all(neighbours(PEILDATUM)[a, b] and case.instance.opgave[[a, b]].sum() > 0 for a, b in one)
    assert (G.index[BUNNIK], G.index[UTRECHT]) in one
    assert set(one) < set(two)


@pytest.mark.parametrize("seed", range(30))
def test_transfers_leave_everybody_what_it_takes_along_the_pairs_alone(seed: int) -> None:
    rng = np.random.default_rng(seed)
    opgave, used = rng.integers(0, 6, 6), rng.integers(0, 6, 6)
    edges = [(a, b) for a, b in combinations(range(6), 2) if rng.random() < 0.4]
    moved = transfers(opgave, used, edges)
    touched = {g for edge in edges for g in edge}
    if moved is None:
        return
    has = opgave.copy()
    for one in moved:
        assert (min(one.van, one.naar), max(one.van, one.naar)) in edges
        has[one.van] -= one.personen
        has[one.naar] += one.personen
        assert has.min() >= 0
    assert all(has[g] >= used[g] for g in touched)
