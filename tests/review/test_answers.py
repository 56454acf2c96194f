"""Answers: only of the own municipality, until the deadline, and never over somebody else's unseen."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from optimizer.review.data import trail
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import Gebruiker
from optimizer.review.office import Office
from optimizer.review.rounds.answers import Antwoord, Conflict, TeLaat, answer
from optimizer.review.rounds.look import NietGevonden, cases, find_case, history, progress
from optimizer.review.who.actor import Actor, Rol
from tests.review.conftest import Round

COA = Actor("systeem", "COA", Rol.COA)
OBJECTION = Antwoord("bedenking", "gegevens", "Het adres klopt niet: Kerkstraat.")


def _first(office: Office, ronde: str) -> tuple[str, Actor]:
    with reading(office.engine) as session:
        zaak = next(iter(cases(session, office.sealer, COA, ronde))).zaak
    return zaak.id, Actor("u1", "Ans", Rol.GEMEENTE, zaak.gemeente)


@pytest.fixture
def known(both: Round) -> Round:
    """A round in which users u1 and u2 exist, for answers name them."""
    with writing(both.office.engine) as session:
        for who in ("u1", "u2"):
            session.add(Gebruiker(id=who, onderwerp=who, naam=who, rol="gemeente", gebied="GM0344"))
    return both


def test_an_answer_is_kept_and_can_be_changed_until_the_deadline(known: Round) -> None:
    office, ronde = known.office, known.ronde
    zaak, actor = _first(office, ronde)
    with writing(office.engine) as session:
        assert answer(session, office, actor, zaak, OBJECTION, 0) == 1
    with writing(office.engine) as session:
        assert answer(session, office, actor, zaak, Antwoord("akkoord", "gegevens", "weg"), 1) == 2
    with reading(office.engine) as session:
        found = find_case(session, office.sealer, actor, zaak)
        told = history(session, office.sealer, actor, zaak)
    assert (found.zaak.antwoord, found.zaak.redencode, found.toelichting) == ("akkoord", "", "")
    assert [e.inhoud["antwoord"] for e in told if e.inhoud] == ["bedenking", "akkoord"]
    assert [e.inhoud["toelichting"] for e in told if e.inhoud] == [OBJECTION.toelichting, ""]


def test_who_saw_an_older_version_gets_a_conflict_and_overwrites_nothing(known: Round) -> None:
    office, ronde = known.office, known.ronde
    zaak, actor = _first(office, ronde)
    with writing(office.engine) as session:
        answer(session, office, actor, zaak, OBJECTION, 0)
    with pytest.raises(Conflict) as told, writing(office.engine) as session:
        answer(session, office, Actor("u2", "Bo", Rol.GEMEENTE, actor.gebied), zaak, Antwoord("akkoord"), 0)
    assert told.value.now.zaak.antwoord == "bedenking"
    assert told.value.now.toelichting == OBJECTION.toelichting
    with reading(office.engine) as session:
        assert find_case(session, office.sealer, actor, zaak).zaak.versie == 1
        assert len(history(session, office.sealer, actor, zaak)) == 1


def test_of_many_at_once_exactly_one_is_kept(known: Round) -> None:
    office, ronde = known.office, known.ronde
    zaak, actor = _first(office, ronde)

    def send(_: int) -> bool:
        try:
            with writing(office.engine) as session:
                answer(session, office, actor, zaak, Antwoord("akkoord"), 0)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(send, range(16)))
    assert kept.count(True) == 1
    with reading(office.engine) as session:
        assert list(trail.verify(session)) == []


def test_after_the_deadline_nothing_is_kept(known: Round) -> None:
    office, ronde = known.office, known.ronde
    zaak, actor = _first(office, ronde)
    known.clock.move(days=20)
    with pytest.raises(TeLaat), writing(office.engine) as session:
        answer(session, office, actor, zaak, Antwoord("akkoord"), 0)


@pytest.mark.parametrize(
    "stranger",
    [
        Actor("u2", "Bo", Rol.GEMEENTE, "GM0014"),
        Actor("u2", "Bo", Rol.PROVINCIE, "Utrecht"),
        Actor("u2", "Bo", Rol.REGIO, "Midden-Utrecht"),
        Actor("u2", "Bo", Rol.ONDERZOEKER),
    ],
)
def test_for_others_there_is_no_case(small: Round, stranger: Actor) -> None:
    office, ronde = small.office, small.ronde
    zaak, _ = _first(office, ronde)
    with reading(office.engine) as session:
        assert list(cases(session, office.sealer, stranger, ronde)) == []
        with pytest.raises(NietGevonden):
            find_case(session, office.sealer, stranger, zaak)
    with pytest.raises(NietGevonden), writing(office.engine) as session:
        answer(session, office, stranger, zaak, Antwoord("akkoord"), 0)


def test_progress_counts_each_municipality_once(known: Round) -> None:
    office, ronde = known.office, known.ronde
    zaak, actor = _first(office, ronde)
    with writing(office.engine) as session:
        answer(session, office, actor, zaak, Antwoord("akkoord"), 0)
    with reading(office.engine) as session:
        told = progress(session, COA, ronde)
        everybody = list(cases(session, office.sealer, COA, ronde))
    assert sum(sum(counted.values()) for counted in told.values()) == len(everybody)
    assert told[actor.gebied]["akkoord"] == 1


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (Antwoord(""), {"keuze"}),
        (Antwoord("misschien"), {"keuze"}),
        (Antwoord("bedenking"), {"reden"}),
        (Antwoord("bedenking", "zomaar"), {"reden"}),
        (Antwoord("bedenking", "anders", "  "), {"toelichting"}),
        (Antwoord("akkoord", "", "x" * 1001), {"toelichting"}),
        (Antwoord("akkoord"), set()),
        (Antwoord("bedenking", "geen_woning"), set()),
        (Antwoord("bedenking", "anders", "x" * 1000), set()),
    ],
)
def test_what_is_wrong_is_said_by_field(said: Antwoord, fields: set[str]) -> None:
    assert set(said.wrong()) == fields
