"""Why somebody waits: the causes, the numbers in the sentences, and a change that really helps."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.codes import resolve
from geodata.gemeenten import load_gemeenten
from optimizer.domain.batch import Batch
from optimizer.explain.told import explain
from optimizer.policy import adopt, load_beleid
from optimizer.rules.parameters import Parameters
from tests.decide.maanden import Maand, maanden
from tests.proefbatch import (
    AMERSFOORT,
    AMSTERDAM,
    GRONINGEN,
    MAASTRICHT,
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
EVERYWHERE = " ".join(map(str, G.code))


def waiting(batch: Batch, policy: str = "kansrijk", rules: Parameters | None = None) -> list[tuple[str, str, str]]:
    """Cause, explanation and solution of everybody who waits."""
    table = voorstel(batch, policy, rules).niet_gekoppeld
    return list(table[["oorzaak", "toelichting", "voorstel_oplossing"]].itertuples(index=False, name=None))


def test_nobody_waits_when_there_is_room() -> None:
    assert waiting(groep([huishouden("H1")], {UTRECHT: 1})) == []


def test_a_full_circle_is_told_with_its_places_and_its_people() -> None:
    people = [huishouden(f"H{i}", aantal_personen=2) for i in range(3)]
    batch = groep(people, {UTRECHT: 4, GRONINGEN: 9}, werk=[baan(f"H{i}", UTRECHT) for i in range(3)])
    assert waiting(batch) == [
        (
            "geen_plaats_binnen_50km",
            "Binnen 50 km van Utrecht zijn 4 plekken voor 6 personen die nergens anders naartoe kunnen.",
            "Er is plek als Utrecht 2 personen meer opneemt dan de opgave.",
        )
    ]


def test_people_who_could_move_on_widen_the_shortage_to_where_they_could_go() -> None:
    """H1 could make room in Utrecht by going to Amersfoort, but that is full of people who can go nowhere else."""
    only_amersfoort = " ".join(str(c) for c in G.code if c not in (AMERSFOORT, GRONINGEN))
    people = [
        huishouden("H1", uitgesloten_gemeenten=only_amersfoort),
        huishouden("H2", uitgesloten_gemeenten=" ".join(str(c) for c in G.code if c not in (UTRECHT, AMERSFOORT))),
        huishouden("H3", uitgesloten_gemeenten=" ".join(str(c) for c in G.code if c != UTRECHT)),
    ]
    cause, text, solution = waiting(groep(people, {UTRECHT: 1, AMERSFOORT: 1}))[0]
    assert cause == "geen_plaats"
    assert "zijn 2 plekken" in text
    assert "voor 3 personen die nergens anders naartoe kunnen" in text
    assert re.fullmatch(r"Er is plek als (Utrecht|Amersfoort) 1 persoon meer opneemt dan de opgave\.", solution)


def test_places_that_are_left_but_not_together_are_told() -> None:
    batch = groep([huishouden("H1", aantal_personen=3), huishouden("H2", aantal_personen=2)], {UTRECHT: 4, ZWOLLE: 1})
    assert waiting(batch) == [
        (
            "geen_plaats",
            "In de gemeenten die mogen zijn nog 2 plekken over, maar nergens 2 bij elkaar.",
            "Er is plek als Utrecht 1 persoon meer opneemt dan de opgave.",
        )
    ]


def test_a_household_larger_than_every_opgave_is_too_large_and_only_open_municipalities_are_advised() -> None:
    big = huishouden("H1", aantal_personen=9, uitgesloten_gemeenten=ZWOLLE)
    assert waiting(groep([big], {UTRECHT: 5, ZWOLLE: 8})) == [
        (
            "te_groot",
            "Het huishouden telt 9 personen. De grootste opgave van één gemeente is 8 plekken.",
            "Er is plek als Utrecht 4 personen meer opneemt dan de opgave.",
        )
    ]


def test_with_no_opgave_anywhere_everybody_is_too_large() -> None:
    causes = waiting(groep([huishouden("H1"), huishouden("H2", aantal_personen=4)], {UTRECHT: 0}))
    assert [cause for cause, *_ in causes] == ["te_groot", "te_groot"]
    assert "De grootste opgave van één gemeente is 0 plekken." in causes[0][1]


def test_who_is_excluded_everywhere_is_told_so() -> None:
    cause, text, solution = waiting(groep([huishouden("H1", uitgesloten_gemeenten=EVERYWHERE)], {UTRECHT: 5}))[0]
    assert cause == "alles_uitgesloten"
    assert "uitgesloten" in text
    assert "uitgesloten" in solution


def test_a_ground_outside_a_binding_koppelregio_is_not_blamed_on_exclusions() -> None:
    batch = groep([huishouden("H1")], {UTRECHT: 5, MAASTRICHT: 5}, gronden=[grond("H1", "gezin", MAASTRICHT)])
    cause, text, _ = waiting(batch, rules=parameters(koppelregio__binding="binden"))[0]
    assert cause == "geen_plaats_binnen_50km"
    assert "de harde gronden en de regio" in text


def test_a_policy_that_looks_at_no_ground_does_not_blame_the_circle() -> None:
    people = [huishouden("H1"), huishouden("H2")]
    batch = groep(people, {UTRECHT: 1}, werk=[baan("H1", UTRECHT), baan("H2", UTRECHT)])
    for policy in ("koppelregio", "loting", "blijf"):
        ((cause, text, _),) = waiting(batch, policy)
        assert (cause, text[:25]) == ("geen_plaats", "In de gemeenten die mogen")


def test_grounds_that_were_set_aside_are_not_named_as_the_circle() -> None:
    grounds = [grond("H1", "medisch", UTRECHT), grond("H1", "gezin", GRONINGEN)]
    ((_, text, _),) = waiting(groep([huishouden("H1")], {ZWOLLE: 3}, gronden=grounds))
    assert text.startswith("Binnen 50 km van Utrecht zijn 0 plekken")


def test_the_radius_is_told_as_it_is() -> None:
    batch = groep([huishouden("H1")], {ZWOLLE: 3}, gronden=[grond("H1", "gezin", UTRECHT)])
    ((_, text, _),) = waiting(batch, rules=parameters(gronden__straal_km=37.5))
    assert text.startswith("Binnen 37,5 km van Utrecht")


def test_the_size_of_a_household_is_that_of_the_file_also_when_family_to_come_counts() -> None:
    batch = groep([huishouden("H1", aantal_personen=2, nareis_verwacht=3)], {UTRECHT: 4})
    table = voorstel(batch, rules=parameters(nareis__telt_mee=True)).niet_gekoppeld
    assert table["aantal_personen"].tolist() == [2]
    assert "telt 5 personen" in str(table["toelichting"].iat[0])


def test_a_policy_that_counts_waiting_higher_says_so() -> None:
    """Nearness to reception before persons linked: whoever can only go far away waits although there is room."""
    near_first = adopt(load_beleid("blijf"), ["nabij_opvang", "personen_gekoppeld"])
    case = worked_out(groep([huishouden("H1")], {GRONINGEN: 2}), near_first)
    found = explain(case).said("nl").niet_gekoppeld.loc[0]
    assert found["toelichting"] == "Groningen heeft nog 2 plekken. Het beleid telt wachten hoger."
    assert "eerst de gekoppelde personen" in found["voorstel_oplossing"]


def _with_more_room(batch: Batch, gemeente: str, more: int) -> Batch:
    table = batch.taakstelling.copy()
    table["taakstelling"] += np.where(table["gemeente"] == gemeente, more, 0)
    return batch.replace(taakstelling=table)


@pytest.mark.parametrize("policy", ["kansrijk", "straal50"])
@settings(max_examples=6)
@given(month=maanden(), less=st.integers(1, 6))
def test_the_change_that_is_advised_links_one_household_more(policy: str, month: Maand, less: int) -> None:
    """Take places away until somebody waits; follow the advice; more persons are then linked."""
    table = month.batch.taakstelling.copy()
    table["taakstelling"] = (table["taakstelling"] - less).clip(lower=0)
    tight = month.batch.replace(taakstelling=table)
    before = worked_out(tight, policy)
    linked = int(before.facts.personen[before.answer.gemeente >= 0].sum())
    sizes = dict(zip(tight.huishoudens["huishouden_id"], tight.huishoudens["aantal_personen"], strict=True))
    told = voorstel(tight, policy).niet_gekoppeld
    assert len(told) == int((before.answer.gemeente < 0).sum())
    for name, advice in zip(told["huishouden_id"], told["voorstel_oplossing"], strict=True):
        found = re.fullmatch(r"Er is plek als (.+) (\d+) perso\w+ meer opneemt dan de opgave\.", advice)
        assert found is not None
        code = resolve(found[1])
        if code in set(tight.opgave.index):
            after = worked_out(_with_more_room(tight, code, int(found[2])), policy)
            gained = int(after.facts.personen[after.answer.gemeente >= 0].sum()) - linked
            assert gained >= sizes[name]
            less_room = worked_out(_with_more_room(tight, code, int(found[2]) - 1), policy).instance
            rest = (
                less_room.opgave[G.index[code]] - before.facts.personen[before.answer.gemeente == G.index[code]].sum()
            )
            assert rest < sizes[name]  # one person fewer would not do while everybody else stays


@settings(max_examples=6)
@given(month=maanden(), less=st.integers(1, 6))
def test_people_who_can_go_nowhere_else_are_more_than_the_places_that_are_told(month: Maand, less: int) -> None:
    table = month.batch.taakstelling.copy()
    table["taakstelling"] = (table["taakstelling"] - less).clip(lower=0)
    case = worked_out(month.batch.replace(taakstelling=table), "straal50")
    instance = case.instance
    open_pairs = instance.toegestaan & (instance.opgave > 0)
    for text in voorstel(case.batch, "straal50").niet_gekoppeld["toelichting"]:
        found = re.search(r"zijn (\d+) plek\w*.* voor (\d+) perso\w+ die nergens anders naartoe kunnen", text)
        if found:
            places, people = int(found[1]), int(found[2])
            assert people > places
            # Hall: some set of municipalities with those places is all that exactly those people have.
            sets = {row.tobytes() for row in open_pairs}
            unions = [np.frombuffer(s, dtype=np.bool_) for s in sets]
            closed = [np.logical_or.reduce([u for u in unions if not (u & ~v).any()] or [v]) for v in _unions(unions)]
            matching = [
                v
                for v in closed
                if int(instance.opgave[v].sum()) == places
                and int(instance.personen[~(open_pairs & ~v).any(axis=1)].sum()) == people
            ]
            assert matching


def _unions(sets: list[np.ndarray]) -> list[np.ndarray]:
    """Every union of the sets."""
    found = {np.zeros(len(G), dtype=np.bool_).tobytes()}
    for s in sets:
        found |= {(np.frombuffer(f, dtype=np.bool_) | s).tobytes() for f in found}
    return [np.frombuffer(f, dtype=np.bool_) for f in found]


def test_people_of_amsterdam_are_not_counted_for_utrecht_when_they_live_apart() -> None:
    small = parameters(gronden__straal_km=10)
    people = [huishouden("H1"), huishouden("H2"), huishouden("H3")]
    jobs = [baan("H1", UTRECHT), baan("H2", UTRECHT), baan("H3", AMSTERDAM)]
    ((_, text, _),) = waiting(groep(people, {UTRECHT: 1, AMSTERDAM: 1}, werk=jobs), rules=small)
    assert text == "Binnen 10 km van Utrecht is 1 plek voor 2 personen die nergens anders naartoe kunnen."
