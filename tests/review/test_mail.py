"""Mail: who gets what and once, over a real server; and nothing about people in it."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from geodata.gemeenten import load_gemeenten
from optimizer.cli.app import main
from optimizer.review.data import trail
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import GESLOTEN, Bericht, Gebruiker, Ronde, Waarneming, Zaak
from optimizer.review.mail import outbox
from optimizer.review.mail.due import Mail, due
from optimizer.review.mail.outbox import send_all, write_down
from optimizer.review.mail.post import Letter, Post, Refused, Unreachable
from optimizer.review.office import Office
from optimizer.review.rounds.absence import Overdracht, hand_over, stand_ins
from optimizer.review.rounds.answers import Antwoord, answer
from optimizer.review.rounds.look import cases
from optimizer.review.who.actor import Actor, Rol
from tests.review.conftest import DEADLINE, NOW, Clock, Round
from tests.review.mailbox import NAME, PASSWORD, Mailbox, mail_server, make_certificate

COA = Actor("systeem", "COA", Rol.COA)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as found:
        yield found


def _with(office: Office, box: Mailbox, **changed: object) -> Office:
    """Return the same installation with a mail server."""
    values = {
        "smtp_host": "127.0.0.1",
        "smtp_port": box.port,
        "smtp_starttls": False,
        "mail_from": "koppelwijzer@coa.example",
        **changed,
    }
    return replace(office, settings=office.settings.model_copy(update=values))


def _people(round_: Round, *who: tuple[str, str, str]) -> None:
    """Keep only these: name, role and area; their address is their name."""
    with writing(round_.office.engine) as session:
        session.execute(delete(Gebruiker))
        for naam, rol, gebied in who:
            address = f"{naam.casefold()}@gemeente.example"
            session.add(Gebruiker(id=naam, onderwerp=naam, naam=naam, email=address, rol=rol, gebied=gebied))


def _set(round_: Round, who: str, **values: object) -> None:
    with writing(round_.office.engine) as session:
        user = session.get_one(Gebruiker, who)
        for name, value in values.items():
            setattr(user, name, value)


def _gemeente(round_: Round) -> str:
    with reading(round_.office.engine) as session:
        return next(iter(cases(session, round_.office.sealer, COA, round_.ronde))).zaak.gemeente


def _due(round_: Round) -> list[Mail]:
    with reading(round_.office.engine) as session:
        return due(session, round_.office)


def _kinds(round_: Round) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for mail in _due(round_):
        told.setdefault(mail.gebruiker_id, []).append(mail.soort)
    return told


def _answer_all(round_: Round, gemeente: str, who: str) -> None:
    actor = Actor(who, who, Rol.GEMEENTE, gemeente)
    with writing(round_.office.engine) as session:
        for found in list(cases(session, round_.office.sealer, actor, round_.ronde)):
            answer(session, round_.office, actor, found.zaak.id, Antwoord("akkoord"), found.zaak.versie)


def _send(office: Office, box: Mailbox) -> outbox.Sent:
    office = _with(office, box)
    with writing(office.engine) as session:
        write_down(session, office)
    with Post(office.settings) as post:
        return send_all(office, post)


def test_a_digest_counts_what_waits_and_goes_to_municipality_and_coa_only(krap: Round) -> None:
    code = _gemeente(krap)
    _people(
        krap,
        ("Anna", "gemeente", code),
        ("Els", "coa", ""),
        ("Farid", "provincie", "Utrecht"),
        ("Greet", "arbeidsmarktregio", "Midden-Utrecht"),
        ("Henk", "onderzoeker", ""),
    )
    with reading(krap.office.engine) as session:
        mine = len(list(cases(session, krap.office.sealer, Actor("x", "x", Rol.GEMEENTE, code), krap.ronde)))
        every = len(list(cases(session, krap.office.sealer, COA, krap.ronde)))
    told = {mail.gebruiker_id: mail for mail in _due(krap)}
    assert set(told) == {"Anna", "Els"}
    assert f"Proef: {mine} van {mine} {'zaak' if mine == 1 else 'zaken'} zonder antwoord" in told["Anna"].brief.tekst
    assert "19 oktober 2026" in told["Anna"].brief.tekst
    assert "19 October 2026" in told["Anna"].brief.tekst
    assert f"Proef: {every} van {every} zaken zonder antwoord" in told["Els"].brief.tekst
    assert told["Anna"].sleutel == "samenvatting:2026-10-05:Anna"


def test_who_has_answered_everything_or_wants_none_gets_no_digest(small: Round) -> None:
    code = _gemeente(small)
    _people(small, ("Anna", "gemeente", code), ("Bram", "gemeente", code), ("Cas", "gemeente", "GM0014"))
    _set(small, "Bram", samenvatting="nooit")
    assert _kinds(small) == {"Anna": ["samenvatting"]}
    _answer_all(small, code, "Anna")
    assert _kinds(small) == {}


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (5, ["samenvatting:2026-10-05:Anna", "samenvatting:2026-W41:Bram"]),
        (6, ["samenvatting:2026-10-06:Anna", "samenvatting:2026-W41:Bram"]),
        (10, []),
        (11, []),
        (12, ["samenvatting:2026-10-12:Anna", "samenvatting:2026-W42:Bram"]),
    ],
)
def test_a_digest_comes_every_workday_or_once_a_week(small: Round, day: int, wanted: list[str]) -> None:
    code = _gemeente(small)
    _people(small, ("Anna", "gemeente", code), ("Bram", "gemeente", code))
    _set(small, "Bram", samenvatting="wekelijks")
    small.clock.now = NOW.replace(day=day)
    assert [mail.sleutel for mail in _due(small)] == wanted


def test_a_reminder_comes_near_the_deadline_and_once_after_it(small: Round) -> None:
    code = _gemeente(small)
    _people(small, ("Anna", "gemeente", code), ("Els", "coa", ""))
    for who in ("Anna", "Els"):
        _set(small, who, samenvatting="nooit")
    small.clock.now = DEADLINE - datetime.timedelta(days=4)
    assert _kinds(small) == {}
    small.clock.now = DEADLINE - datetime.timedelta(days=3)
    assert _kinds(small) == {"Anna": ["bijna"], "Els": ["bijna"]}
    small.clock.now = DEADLINE
    assert _kinds(small) == {"Anna": ["bijna"], "Els": ["bijna"]}
    small.clock.now = DEADLINE + datetime.timedelta(seconds=1)
    assert _kinds(small) == {"Anna": ["voorbij"], "Els": ["voorbij"]}
    _set(small, "Anna", herinnering=False)
    assert _kinds(small) == {"Els": ["voorbij"]}
    with writing(small.office.engine) as session:
        session.get_one(Ronde, small.ronde).staat = GESLOTEN
    assert _kinds(small) == {}


def test_the_coa_reads_which_municipalities_are_late_with_how_many(krap: Round) -> None:
    first = _gemeente(krap)
    _people(krap, ("Els", "coa", ""), ("Anna", "gemeente", first))
    _answer_all(krap, first, "Anna")
    krap.clock.now = DEADLINE + datetime.timedelta(hours=1)
    (mail,) = [m for m in _due(krap) if m.gebruiker_id == "Els" and m.soort == "voorbij"]
    with reading(krap.office.engine) as session:
        open_ = Counter(session.scalars(select(Zaak.gemeente).where(Zaak.antwoord == "")))
    g = load_gemeenten()
    names = {str(g.naam[g.index[code]]): n for code, n in open_.items()}
    dutch = mail.brief.tekst.partition("---")[0]
    assert dict(re.findall(r"^- (.+): (\d+) zonder antwoord$", dutch, re.MULTILINE)) == {
        name: str(n) for name, n in names.items()
    }
    assert len(names) > 2


def test_whoever_stands_in_gets_the_mail_of_who_is_absent(small: Round) -> None:
    code = _gemeente(small)
    _people(small, *((naam, "gemeente", code) for naam in ("Anna", "Bram", "Cas")))
    for who in ("Bram", "Cas"):
        _set(small, who, samenvatting="nooit")
    _away(small, "Anna", "Bram")
    (mail,) = _due(small)
    assert (mail.gebruiker_id, "omdat u een collega vervangt" in mail.brief.tekst) == ("Bram", True)
    _away(small, "Bram", "Cas")
    assert list(_kinds(small)) == ["Cas"]
    _away(small, "Cas", "Anna")
    assert list(_kinds(small)) == ["Anna"]  # round in a circle: she is told herself
    small.clock.move(days=1)
    assert list(_kinds(small)) == ["Anna"]


def test_who_stands_in_for_two_and_has_mail_of_their_own_gets_one(small: Round) -> None:
    code = _gemeente(small)
    _people(small, *((naam, "gemeente", code) for naam in ("Anna", "Bram", "Cas")))
    _away(small, "Anna", "Bram")
    _away(small, "Cas", "Bram")
    _set(small, "Bram", samenvatting="wekelijks")
    assert [(m.gebruiker_id, m.sleutel) for m in _due(small)] == [("Bram", "samenvatting:2026-10-05:Bram")]


def test_nobody_stands_in_who_may_not_come_in_or_has_moved_elsewhere(small: Round) -> None:
    code = _gemeente(small)
    _people(small, *((naam, "gemeente", code) for naam in ("Anna", "Bram")))
    _away(small, "Anna", "Bram")
    _set(small, "Bram", gebied="GM0014")
    with reading(small.office.engine) as session:
        assert stand_ins(session, NOW.date()) == {}
    _set(small, "Bram", gebied=code, actief=False)
    assert list(_kinds(small)) == ["Anna"]


@pytest.mark.parametrize("address", ["", "anna", "a@b@c", "a@x, b@y", "Anna <a@b>", "a@b\nBcc: c@d", "a b@c"])
def test_no_mail_goes_to_what_is_not_one_address(small: Round, address: str) -> None:
    _people(small, ("Anna", "gemeente", _gemeente(small)))
    _set(small, "Anna", email=address)
    assert _due(small) == []


def test_each_mail_is_sent_once_however_often_the_command_runs(both: Round, box: Mailbox) -> None:
    _people(both, ("Anna", "gemeente", _gemeente(both)), ("Els", "coa", ""))
    assert _send(both.office, box).sent == 2
    assert _send(both.office, box).sent == 0
    both.clock.move(hours=5)
    assert _send(both.office, box).sent == 0
    assert sorted(to for to, _ in box.taken) == ["anna@gemeente.example", "els@gemeente.example"]
    both.clock.move(days=1)
    assert _send(both.office, box).sent == 2
    with reading(both.office.engine) as session:
        assert list(trail.verify(session)) == []


def test_of_many_programs_at_once_each_mail_is_sent_by_one(both: Round, box: Mailbox) -> None:
    code = _gemeente(both)
    _people(both, *((f"Naam{k}", "gemeente", code) for k in range(12)))
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: _send(both.office, box), range(4)))
    assert sum(one.sent for one in done) == 12
    assert len({to for to, _ in box.taken}) == len(box.taken) == 12


def test_a_mail_is_plain_text_with_one_receiver_and_says_that_a_program_wrote_it(small: Round, box: Mailbox) -> None:
    _people(small, ("Anna", "gemeente", _gemeente(small)))
    with writing(small.office.engine) as session:
        session.get_one(Ronde, small.ronde).naam = "Oktober\r\nBcc: x@y.example\r\n\u2028é"
    assert _send(small.office, box).sent == 1
    ((to, mail),) = box.taken
    assert (to, mail["To"], mail["Bcc"]) == ("anna@gemeente.example", "anna@gemeente.example", None)
    assert mail["From"] == "koppelwijzer@coa.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert "Oktober Bcc: x@y.example é" in mail.get_content()
    assert "http://testserver/meldingen" in mail.get_content()


def test_a_mail_that_is_refused_holds_up_no_other_and_is_tried_again_later(small: Round, box: Mailbox) -> None:
    code = _gemeente(small)
    _people(small, *((naam, "gemeente", code) for naam in ("Anna", "Bram", "Cas")))
    box.refuses.add("bram@gemeente.example")
    assert _send(small.office, box) == outbox.Sent(2, 1, 1)
    box.refuses.clear()
    assert _send(small.office, box).sent == 0  # not at once
    small.clock.move(minutes=11)
    assert _send(small.office, box) == outbox.Sent(1, 0, 0)
    assert [to for to, _ in box.taken][-1] == "bram@gemeente.example"


def test_a_mail_that_could_not_be_sent_for_days_is_not_sent_any_more(small: Round, box: Mailbox) -> None:
    _people(small, ("Anna", "gemeente", _gemeente(small)))
    with writing(small.office.engine) as session:
        write_down(session, small.office)
    _set(small, "Anna", samenvatting="nooit", herinnering=False)
    small.clock.move(days=3, minutes=1)
    assert _send(small.office, box) == outbox.Sent(0, 0, 0)


def test_where_the_server_is_away_everything_waits_and_goes_at_the_next_time(small: Round, box: Mailbox) -> None:
    _people(small, ("Anna", "gemeente", _gemeente(small)), ("Els", "coa", ""))
    away = _with(small.office, Mailbox(port=1))
    with writing(away.engine) as session:
        write_down(session, away)
    with pytest.raises(Unreachable, match="ConnectionRefusedError"), Post(away.settings) as post:
        send_all(away, post)
    assert outbox.waiting(away) == 2
    assert _send(small.office, box).sent == 2


def test_a_server_that_wants_a_conversation_anew_gets_it(small: Round, box: Mailbox) -> None:
    code = _gemeente(small)
    _people(small, *((f"Naam{k}", "gemeente", code) for k in range(5)))
    box.most = 2
    assert _send(small.office, box).sent == 5
    assert len(box.taken) == 5


def test_a_program_that_ends_after_claiming_sends_nothing_twice_and_loses_nothing(
    small: Round, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    _people(small, ("Anna", "gemeente", _gemeente(small)))

    class Ended(BaseException):
        """The program ends here."""

    def ends(_post: Post, _letter: Letter) -> None:
        raise Ended

    with monkeypatch.context() as patch:
        patch.setattr(Post, "send", ends)
        with pytest.raises(Ended):
            _send(small.office, box)
    assert _send(small.office, box).sent == 0  # it is claimed: another program may be sending it
    small.clock.move(minutes=11)
    assert _send(small.office, box).sent == 1
    assert len(box.taken) == 1


def test_ended_between_the_server_and_the_note_a_mail_goes_twice_under_one_name(
    small: Round, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    _people(small, ("Anna", "gemeente", _gemeente(small)))

    class Ended(BaseException):
        """The program ends here."""

    def ends(*_: object, **__: object) -> None:
        raise Ended

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_mark", ends)
        with pytest.raises(Ended):
            _send(small.office, box)
    small.clock.move(minutes=11)
    assert _send(small.office, box).sent == 1
    assert len(box.taken) == 2
    assert len({mail["Message-ID"] for _, mail in box.taken}) == 1
    assert _send(small.office, box).sent == 0


def test_a_server_with_tls_and_a_password_is_spoken_to_as_it_asks(
    small: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _people(small, ("Anna", "gemeente", _gemeente(small)))
    certificate = make_certificate(tmp_path / "server.pem")
    with writing(small.office.engine) as session:
        write_down(session, small.office)
    with mail_server(certificate) as box:
        asked = {
            "smtp_starttls": True,
            "smtp_user": NAME,
            "smtp_password": type(small.office.settings.secret)(PASSWORD),
        }
        office = _with(small.office, box, **asked)
        with pytest.raises(Unreachable, match="SSLCertVerificationError"), Post(office.settings) as post:
            send_all(office, post)  # nobody vouches for its certificate
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        wrong = _with(small.office, box, **{**asked, "smtp_password": type(office.settings.secret)("fout")})
        with (
            pytest.raises(Unreachable, match=r"SMTP(AuthenticationError|ServerDisconnected)"),
            Post(wrong.settings) as post,
        ):
            send_all(wrong, post)
        with Post(office.settings) as post:
            assert send_all(office, post).sent == 1
    assert box.encrypted == [True]


def test_no_mail_names_a_household_a_ground_or_a_person(krap: Round, box: Mailbox) -> None:
    with reading(krap.office.engine) as session:
        codes = sorted(set(session.scalars(select(Zaak.gemeente))))
        ids = set(session.scalars(select(Zaak.id)))
    _people(
        krap,
        ("Quirinus", "coa", ""),
        *((f"Zebedeus{k}", "gemeente", code) for k, code in enumerate(codes)),
        *((f"Eusebius{k}", "gemeente", code) for k, code in enumerate(codes)),
    )
    _away(krap, "Zebedeus0", "Eusebius0")
    with writing(krap.office.engine) as session:
        actor = Actor("Zebedeus1", "Zebedeus1", Rol.GEMEENTE, codes[1])
        mine = next(iter(cases(session, krap.office.sealer, actor, krap.ronde)))
        answer(session, krap.office, actor, mine.zaak.id, Antwoord("bedenking", "anders", "Kerkstraat 4"), 0)
        outbox.about_hand_over(session, krap.office, session.scalars(select(Waarneming)).one())
    for moment in (NOW, DEADLINE - datetime.timedelta(days=1), DEADLINE + datetime.timedelta(hours=1)):
        krap.clock.now = moment
        _send(krap.office, box)
    kinds = {"wacht", "bijna", "voorbij", "Stand van", "draagt zaken"}
    subjects = " ".join(str(mail["Subject"]) for _, mail in box.taken)
    assert {kind for kind in kinds if kind in subjects} == kinds
    households = set(krap.read("huishoudens.csv")["huishouden_id"])
    people = set(krap.read("personen.csv")["persoon_id"])
    assert len(box.taken) > 3 * len(codes)
    for _, mail in box.taken:
        told = f"{mail['Subject']}\n{mail.get_content()}"
        words = set(re.findall(r"[\w-]+", told))
        assert not words & households
        assert not words & people
        assert not words & ids
        assert not re.search(r"gezin|famil|medisch|medical|grond|ground|Kerkstraat|anders", told, re.IGNORECASE)
        assert not re.search(r"Quirinus|Zebedeus|Eusebius", told)


def test_the_command_shows_first_and_sends_after(
    small: Round, box: Mailbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _people(small, ("Anna", "gemeente", _gemeente(small)))
    monkeypatch.setattr("optimizer.cli.review.open_by_settings", lambda _folder: small.office)
    assert main(["review", "melden", "--proef"]) == 0
    assert capsys.readouterr().out == "Nieuw: 1 samenvatting.\n"
    assert main(["review", "melden"]) == 2
    assert "KOPPELWIJZER_REVIEW_SMTP_HOST" in capsys.readouterr().err
    with reading(small.office.engine) as session:
        assert session.scalars(select(Bericht)).all() == []
    monkeypatch.setattr("optimizer.cli.review.open_by_settings", lambda _folder: _with(small.office, box))
    assert main(["review", "melden", "--json"]) == 0
    assert capsys.readouterr().out == '{"nieuw": {"samenvatting": 1}, "verstuurd": 1, "geweigerd": 0, "wacht": 0}\n'
    assert main(["review", "melden", "--lang", "en"]) == 0
    assert "0 messages sent" in capsys.readouterr().out
    monkeypatch.setattr("optimizer.cli.review.open_by_settings", lambda _folder: _with(small.office, Mailbox(port=1)))
    small.clock.move(days=1)
    assert main(["review", "melden"]) == 2
    assert "1 bericht wacht" in capsys.readouterr().err


def test_a_refusal_is_not_taken_for_a_server_that_is_away(box: Mailbox, small: Round, clock: Clock) -> None:
    box.refuses.add("x@y.example")
    letter = Letter("1", "x@y.example", "o", "t", clock())
    with Post(_with(small.office, box).settings) as post, pytest.raises(Refused):
        post.send(letter)


def _away(round_: Round, who: str, other: str) -> None:
    with writing(round_.office.engine) as session:
        user = session.get_one(Gebruiker, who)
        actor = Actor(who, who, Rol.GEMEENTE, user.gebied)
        hand_over(session, round_.office, actor, Overdracht(other, NOW.date(), None, open_end=True))
