"""The pages of offers, hand-overs and messages: what is typed wrong comes back as it was, and nobody is overwritten."""

import datetime
import re
from collections.abc import Mapping

import pytest
from sqlalchemy import select

from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import Aanbod, Bericht, Capaciteit, Gebruiker, Waarneming, Zaak
from optimizer.review.office import Office
from optimizer.review.who.actor import Rol
from tests.review.conftest import Round
from tests.review.web import Visitor

OFFER = {
    "soort": "grote_woning",
    "aantal": "3",
    "kamers": "5",
    "personen": "",
    "toegankelijk": "nee",
    "vanaf": "1-11-2026",
}
UTRECHT = "GM0344"


@pytest.fixture
def ans(small_office: Office) -> Visitor:
    return Visitor(small_office).sign_in(Rol.GEMEENTE, UTRECHT)


@pytest.fixture
def bo(small_office: Office) -> Visitor:
    return Visitor(small_office).sign_in(Rol.GEMEENTE, UTRECHT)


def _only(visitor: Visitor) -> Aanbod:
    with reading(visitor.office.engine) as session:
        return session.scalars(select(Aanbod)).one()


def test_an_offer_is_added_changed_and_withdrawn(ans: Visitor) -> None:
    added = ans.post("/aanbod/nieuw", OFFER)
    assert (added.status_code, added.headers["location"]) == (303, "/aanbod?gedaan=aanbod")
    row = _only(ans)
    assert (row.gemeente, row.aantal, row.kamers, row.personen) == (UTRECHT, 3, 5, None)
    assert row.vanaf == datetime.date(2026, 11, 1)
    filled = ans.get(f"/aanbod/{row.id}").text
    assert 'value="2026-11-01"' in filled
    assert ans.post(f"/aanbod/{row.id}", {**OFFER, "aantal": "2", "versie": "1"}).status_code == 303
    assert "Trek het aanbod in" in ans.get(f"/aanbod/{row.id}/intrekken").text
    assert ans.post(f"/aanbod/{row.id}/intrekken", {"versie": "2"}).status_code == 303
    page = " ".join(re.sub(r"<[^>]+>", " ", ans.get("/aanbod").text).split())
    for said in ("Aanbod toegevoegd 3 × grote woning", "Aanbod veranderd 2 × grote woning", "Aanbod ingetrokken 2 ×"):
        assert said in page
    assert ans.get(f"/aanbod/{row.id}").status_code == 404
    assert ans.get(f"/aanbod/{row.id}/intrekken").status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"soort": ""}, "soort"),
        ({"aantal": "drie"}, "aantal"),
        ({"aantal": "-3"}, "aantal"),
        ({"kamers": "veel"}, "kamers"),
        ({"personen": "0"}, "personen"),
        ({"toegankelijk": ""}, "toegankelijk"),
        ({"vanaf": "07/01/2026"}, "vanaf"),
        ({"vanaf": "31-2-2026"}, "vanaf"),
        ({"vanaf": "1-11-2206"}, "vanaf"),
    ],
)
def test_what_is_wrong_comes_back_beside_its_field(ans: Visitor, changed: Mapping[str, str], field: str) -> None:
    answer = ans.post("/aanbod/nieuw", {**OFFER, **changed})
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert 'value="5"' in answer.text or field == "kamers"
    with reading(ans.office.engine) as session:
        assert session.scalars(select(Aanbod)).all() == []


def test_a_change_over_that_of_a_colleague_is_not_saved_and_can_be_sent_again_knowingly(
    ans: Visitor, bo: Visitor
) -> None:
    ans.post("/aanbod/nieuw", OFFER)
    where = f"/aanbod/{_only(ans).id}"
    bo.post(where, {**OFFER, "aantal": "7", "versie": "1"})
    answer = ans.post(where, {**OFFER, "aantal": "9", "versie": "1"})
    assert answer.status_code == 409
    assert "7 × grote woning" in answer.text
    assert 'name="versie" value="2"' in answer.text
    assert _only(ans).aantal == 7
    assert ans.post(where, {**OFFER, "aantal": "9", "versie": "2"}).status_code == 303
    assert _only(ans).aantal == 9
    told = ans.post(f"{where}/intrekken", {"versie": "2"})
    assert (told.status_code, _only(ans).ingetrokken) == (409, False)
    ans.post(f"{where}/intrekken", {"versie": "3"})
    gone = bo.post(where, {**OFFER, "versie": "3"})
    assert (gone.status_code, "al ingetrokken" in gone.text) == (409, True)
    again = bo.post(f"{where}/intrekken", {"versie": "3"})
    assert (again.status_code, "al ingetrokken" in again.text) == (409, True)


def test_a_capacity_is_saved_and_no_colleague_overwritten(ans: Visitor, bo: Visitor) -> None:
    assert ans.post("/aanbod/capaciteit", {"capaciteit": "40", "versie": "0"}).status_code == 303
    late = bo.post("/aanbod/capaciteit", {"capaciteit": "50", "versie": "0"})
    assert (late.status_code, "intussen in 40" in late.text) == (409, True)
    wrong = bo.post("/aanbod/capaciteit", {"capaciteit": "x", "versie": "1"})
    assert (wrong.status_code, 'href="#capaciteit"' in wrong.text) == (422, True)
    with reading(ans.office.engine) as session:
        assert session.scalars(select(Capaciteit)).one().personen == 40
    assert "40 personen" in ans.get("/aanbod").text


def test_another_municipality_sees_and_touches_nothing(ans: Visitor) -> None:
    ans.post("/aanbod/nieuw", OFFER)
    ans.post("/aanbod/capaciteit", {"capaciteit": "40", "versie": "0"})
    row, stranger = _only(ans), Visitor(ans.office).sign_in(Rol.GEMEENTE, "GM0193")
    page = stranger.get("/aanbod").text
    assert row.id not in page
    assert "40" not in re.sub(r"<[^>]+>", " ", page)
    assert stranger.get(f"/aanbod/{row.id}").status_code == 404
    assert stranger.post(f"/aanbod/{row.id}", {**OFFER, "versie": "1"}).status_code == 404
    assert stranger.post(f"/aanbod/{row.id}/intrekken", {"versie": "1"}).status_code == 404
    assert _only(ans).versie == 1


def test_cases_are_handed_over_and_the_history_says_in_whose_place(small: Round) -> None:
    with reading(small.office.engine) as session:
        zaak = session.scalars(select(Zaak)).first()
    assert zaak is not None
    away = Visitor(small.office).sign_in(Rol.GEMEENTE, zaak.gemeente)
    there = Visitor(small.office).sign_in(Rol.GEMEENTE, zaak.gemeente)
    _named(small.office, there.id, "Bram", "bram@utrecht.example")
    _named(small.office, away.id, "Anna")
    said = {"collega": there.id, "eerste": "5-10-2026", "laatste": ""}
    assert away.post("/vervanging", said).status_code == 303
    assert "<b>Bram</b>" in away.get("/vervanging").text
    assert "<b>Anna</b>" in there.get("/vervanging").text
    there.post(f"/zaken/{zaak.id}/antwoord", {"keuze": "akkoord", "versie": "0"})
    assert "namens Anna" in away.get(f"/zaken/{zaak.id}").text
    with reading(small.office.engine) as session:
        (mail,) = session.scalars(select(Bericht)).all()
        row = session.scalars(select(Waarneming)).one()
    assert (mail.gebruiker_id, mail.soort) == (there.id, "vervanging")
    assert "Anna" not in mail.tekst + mail.onderwerp
    assert there.post(f"/vervanging/{row.id}/beeindigen").status_code == 404
    assert away.post(f"/vervanging/{row.id}/beeindigen").status_code == 303
    assert away.post(f"/vervanging/{row.id}/beeindigen").status_code == 404
    there.post(f"/zaken/{zaak.id}/antwoord", {"keuze": "bedenking", "reden": "gegevens", "versie": "1"})
    assert away.get(f"/zaken/{zaak.id}").text.count("namens Anna") == 1
    assert "<b>Anna</b>" not in there.get("/vervanging").text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"collega": ""}, "collega"),
        ({"collega": "zelf"}, "collega"),
        ({"collega": "elders"}, "collega"),
        ({"collega": "weg"}, "collega"),
        ({"eerste": ""}, "eerste"),
        ({"eerste": "4-10-2026"}, "eerste"),
        ({"eerste": "5-10-2066"}, "eerste"),
        ({"laatste": "morgen"}, "laatste"),
        ({"laatste": "4-10-2026"}, "laatste"),
        ({"laatste": "4-10-2066"}, "laatste"),
    ],
)
def test_a_hand_over_that_is_not_right_is_not_kept(
    ans: Visitor, bo: Visitor, changed: Mapping[str, str], field: str
) -> None:
    away = Visitor(ans.office).sign_in(Rol.GEMEENTE, UTRECHT)
    with writing(ans.office.engine) as session:
        session.get_one(Gebruiker, away.id).actief = False
    who = {
        "zelf": ans.id,
        "elders": Visitor(ans.office).sign_in(Rol.GEMEENTE, "GM0193").id,
        "weg": away.id,
    }
    said = {"collega": bo.id, "eerste": "5-10-2026", "laatste": "9-10-2026", **changed}
    answer = ans.post("/vervanging", {**said, "collega": who.get(said["collega"], said["collega"])})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    with reading(ans.office.engine) as session:
        assert session.scalars(select(Waarneming)).all() == []


def test_the_same_colleague_is_not_asked_twice_for_the_same_days(ans: Visitor, bo: Visitor) -> None:
    said = {"collega": bo.id, "eerste": "5-10-2026", "laatste": "9-10-2026"}
    assert ans.post("/vervanging", said).status_code == 303
    assert ans.post("/vervanging", {**said, "eerste": "9-10-2026", "laatste": ""}).status_code == 422
    assert ans.post("/vervanging", {**said, "eerste": "10-10-2026", "laatste": ""}).status_code == 303


def test_the_choice_of_messages_is_kept(ans: Visitor) -> None:
    assert 'value="dagelijks" checked' in ans.get("/meldingen").text
    assert ans.post("/meldingen", {"samenvatting": "wekelijks"}).status_code == 303
    page = ans.get("/meldingen").text
    assert 'value="wekelijks" checked' in page
    assert 'value="ja" checked' not in page
    assert ans.post("/meldingen", {"samenvatting": "elk uur", "termijn": "ja"}).status_code == 422
    with reading(ans.office.engine) as session:
        user = session.get_one(Gebruiker, ans.id)
        assert (user.samenvatting, user.herinnering) == ("wekelijks", False)


def _named(office: Office, who: str, naam: str, email: str = "") -> None:
    with writing(office.engine) as session:
        user = session.get_one(Gebruiker, who)
        user.naam, user.email = naam, email
