"""What a municipality offers: only its own, never over somebody else's unseen, and as tables that a run reads."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from optimizer.read import read_batch
from optimizer.review.data import trail
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import Gebruiker
from optimizer.review.office import Office
from optimizer.review.rounds import offers
from optimizer.review.rounds.look import NietGevonden
from optimizer.review.rounds.offers import Overtaken, Woning
from optimizer.review.who.actor import Actor, Rol
from tests.review.conftest import NOW, Round

TODAY = NOW.date()
ANS, BO = Actor("u1", "Ans", Rol.GEMEENTE, "GM0344"), Actor("u2", "Bo", Rol.GEMEENTE, "GM0344")
ELSEWHERE, COA = Actor("u3", "Cas", Rol.GEMEENTE, "GM0193"), Actor("u4", "Els", Rol.COA)
LARGE = Woning("grote_woning", 3, 5, 7, toegankelijk=False, vanaf=datetime.date(2026, 11, 1))


@pytest.fixture
def house(office: Office) -> Office:
    with writing(office.engine) as session:
        for who in (ANS, BO, ELSEWHERE, COA):
            session.add(Gebruiker(id=who.id, onderwerp=who.id, naam=who.naam, rol=str(who.rol), gebied=who.gebied))
    return office


def _add(office: Office, actor: Actor, woning: Woning = LARGE) -> str:
    with writing(office.engine) as session:
        return offers.add(session, office, actor, woning)


def test_an_offer_is_kept_changed_and_withdrawn_and_its_history_says_so(house: Office) -> None:
    made = _add(house, ANS)
    with writing(house.engine) as session:
        offers.change(session, house, BO, made, replace(LARGE, aantal=2), 1)
    with writing(house.engine) as session:
        offers.withdraw(session, house, ANS, made, 2)
    with reading(house.engine) as session:
        row = offers.find_offer(session, BO, made)
        told = offers.changes(session, BO)
        assert list(trail.verify(session)) == []
    assert (row.aantal, row.versie, row.ingetrokken, row.door) == (2, 3, True, "u1")
    assert [(t.wie, t.wat, t.inhoud["aantal"]) for t in told] == [
        ("Ans", "aanbod", 3),
        ("Bo", "aanbod", 2),
        ("Ans", "aanbod_ingetrokken", 2),
    ]


def test_who_saw_an_older_version_overwrites_nothing(house: Office) -> None:
    made = _add(house, ANS)
    with writing(house.engine) as session:
        offers.change(session, house, BO, made, replace(LARGE, aantal=2), 1)
    for versie in (0, 1, 3, -1):
        with pytest.raises(Overtaken), writing(house.engine) as session:
            offers.change(session, house, ANS, made, replace(LARGE, aantal=9), versie)
        with pytest.raises(Overtaken), writing(house.engine) as session:
            offers.withdraw(session, house, ANS, made, versie)
    with reading(house.engine) as session:
        assert offers.find_offer(session, ANS, made).aantal == 2
        assert len(offers.changes(session, ANS)) == 2


def test_what_was_withdrawn_stays_withdrawn(house: Office) -> None:
    made = _add(house, ANS)
    with writing(house.engine) as session:
        offers.withdraw(session, house, ANS, made, 1)
    with pytest.raises(Overtaken), writing(house.engine) as session:
        offers.change(session, house, ANS, made, LARGE, 2)


def test_for_another_municipality_there_is_no_offer_and_the_coa_changes_none(house: Office) -> None:
    made = _add(house, ANS)
    with reading(house.engine) as session:
        assert list(offers.offers(session, ELSEWHERE)) == []
        assert offers.changes(session, ELSEWHERE) == []
        assert offers.capacity(session, ELSEWHERE) is None
        assert [row.id for row in offers.offers(session, COA)] == [made]
        for stranger in (ELSEWHERE, Actor("x", "x", Rol.PROVINCIE, "Utrecht"), Actor("x", "x", Rol.ONDERZOEKER)):
            with pytest.raises(NietGevonden):
                offers.find_offer(session, stranger, made)
    for stranger in (ELSEWHERE, COA, Actor("x", "x", Rol.REGIO, "Midden-Utrecht")):
        with pytest.raises(NietGevonden), writing(house.engine) as session:
            offers.change(session, house, stranger, made, LARGE, 1)
        with pytest.raises(NietGevonden), writing(house.engine) as session:
            offers.withdraw(session, house, stranger, made, 1)
    for nobody in (COA, Actor("x", "x", Rol.PROVINCIE, "GM0344")):
        with pytest.raises(NietGevonden), writing(house.engine) as session:
            offers.add(session, house, nobody, LARGE)
        with pytest.raises(NietGevonden), writing(house.engine) as session:
            offers.set_capacity(session, house, nobody, 3, 0)


def test_a_capacity_has_versions_too(house: Office) -> None:
    with writing(house.engine) as session:
        offers.set_capacity(session, house, ANS, 40, 0)
    with pytest.raises(Overtaken), writing(house.engine) as session:
        offers.set_capacity(session, house, BO, 50, 0)
    with writing(house.engine) as session:
        offers.set_capacity(session, house, BO, 0, 1)
    with reading(house.engine) as session:
        row = offers.capacity(session, ANS)
        told = [(t.wie, t.inhoud["personen"]) for t in offers.changes(session, ANS)]
    assert row is not None
    assert (row.personen, row.versie) == (0, 2)
    assert told == [("Ans", 40), ("Bo", 0)]


def test_the_tables_count_each_dwelling_once_and_only_what_is_free_on_the_day(house: Office) -> None:
    common = Woning("gewone_woning", 4, None, None, toegankelijk=False, vanaf=TODAY)
    for woning in (
        LARGE,
        replace(LARGE, aantal=2, toegankelijk=True),
        replace(LARGE, aantal=8, vanaf=datetime.date(2026, 11, 2)),
        common,
        replace(common, aantal=5, toegankelijk=True),
        replace(common, soort="toegankelijke_woning", aantal=1, toegankelijk=True),
    ):
        _add(house, ANS, woning)
    _add(house, ELSEWHERE, replace(LARGE, aantal=6))
    gone = _add(house, ANS, replace(LARGE, aantal=100))
    with writing(house.engine) as session:
        offers.withdraw(session, house, ANS, gone, 1)
        offers.set_capacity(session, house, ANS, 40, 0)
    with reading(house.engine) as session:
        woningen, capaciteit = offers.tables(session, COA, datetime.date(2026, 11, 1))
        mine, _ = offers.tables(session, ANS, datetime.date(2026, 11, 2))
        for nobody in (Actor("x", "x", Rol.ONDERZOEKER), Actor("x", "x", Rol.PROVINCIE, "Utrecht")):
            assert [len(t) for t in offers.tables(session, nobody, TODAY)] == [0, 0]
    assert woningen.to_numpy().tolist() == [
        ["GM0193", "grote_woning", 6],
        ["GM0344", "grote_woning", 5],
        ["GM0344", "toegankelijke_woning", 6],
    ]
    assert capaciteit.to_numpy().tolist() == [["GM0344", 40]]
    assert mine.to_numpy().tolist() == [["GM0344", "grote_woning", 13], ["GM0344", "toegankelijke_woning", 6]]


def test_a_run_reads_the_tables(small: Round, tmp_path: Path) -> None:
    with writing(small.office.engine) as session:
        session.add(Gebruiker(id="u1", onderwerp="u1", naam="Ans", rol="gemeente", gebied="GM0344"))
    _add(small.office, ANS)
    with writing(small.office.engine) as session:
        offers.set_capacity(session, small.office, ANS, 40, 0)
    with reading(small.office.engine) as session:
        woningen, capaciteit = offers.tables(session, COA, datetime.date(2026, 12, 1))
    for place in (small.run.parent / "invoer").iterdir():
        (tmp_path / place.name).write_bytes(place.read_bytes())
    woningen.to_csv(tmp_path / "woningen.csv", sep=";", index=False)
    capaciteit.to_csv(tmp_path / "capaciteit.csv", sep=";", index=False)
    batch = read_batch(tmp_path)
    assert batch.woningen[["gemeente", "soort", "aantal"]].to_numpy().tolist() == [["GM0344", "grote_woning", 3]]
    assert batch.capaciteit[["gemeente", "capaciteit"]].to_numpy().tolist() == [["GM0344", 40]]


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, set()),
        ({"kamers": None, "personen": None}, set()),
        ({"soort": ""}, {"soort"}),
        ({"soort": "kasteel"}, {"soort"}),
        ({"aantal": None}, {"aantal"}),
        ({"aantal": 0}, {"aantal"}),
        ({"aantal": 10_001}, {"aantal"}),
        ({"kamers": 0, "personen": 51}, {"kamers", "personen"}),
        ({"toegankelijk": None}, {"toegankelijk"}),
        ({"vanaf": None}, {"vanaf"}),
        ({"vanaf": datetime.date(2206, 11, 1)}, {"vanaf"}),
        ({"vanaf": datetime.date(1926, 11, 1)}, {"vanaf"}),
    ],
)
def test_what_is_wrong_is_said_by_field(changed: dict[str, object], fields: set[str]) -> None:
    assert set(replace(LARGE, **changed).wrong(TODAY)) == fields  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("persons", "good"), [(None, False), (-1, False), (0, True), (1_000_000, True), (1_000_001, False)]
)
def test_a_capacity_is_a_number(persons: int | None, good: bool) -> None:
    assert (offers.wrong_capacity(persons) is None) is good
