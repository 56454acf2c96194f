"""The outbox: what is to be sent is written down with what it is about, sent afterwards, and written down as sent.

A mail has a key of its own, so that it is written down once. Before it is sent it is claimed, so that two programs
never send the same one. One thing remains: a program that ends after the mail server took a mail and before that is
written down, sends it once more. Both copies have the same Message-ID, by which mail programs know them for one.
"""

import datetime
import json
import secrets
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from optimizer.review.data import trail
from optimizer.review.data.engine import writing
from optimizer.review.data.tables import Bericht, Gebruiker, Waarneming
from optimizer.review.mail import words
from optimizer.review.mail.due import Mail, address_of, can_get, due
from optimizer.review.mail.post import Letter, Post, Refused, Unreachable
from optimizer.review.office import Office

#: After how long a mail that was claimed and not sent is tried again (aanname).
AGAIN = datetime.timedelta(minutes=10)
#: After how long it is not tried any longer: its numbers are old then (aanname).
TOO_OLD = datetime.timedelta(days=3)


@dataclass(frozen=True)
class Sent:
    """What was done: mails sent, mails that the server refused, and mails that wait for a later attempt."""

    sent: int
    refused: int
    waiting: int


def unwritten(session: Session, office: Office) -> list[Mail]:
    """Return what is due and was not written down before."""
    mails = due(session, office)
    keys = [mail.sleutel for mail in mails]
    known = set(session.scalars(select(Bericht.sleutel).where(Bericht.sleutel.in_(keys))))
    return [mail for mail in mails if mail.sleutel not in known]


def write_down(session: Session, office: Office) -> Counter[str]:
    """Write down what is due and was not before, in the transaction of a writer; return how many by kind."""
    mails = unwritten(session, office)
    counted = Counter(str(mail.soort) for mail in mails)
    for mail in mails:
        _keep(session, office, mail)
    if counted:
        told = json.dumps(counted, sort_keys=True).encode()
        trail.append(session, trail.Done(office.clock(), "systeem", "meldingen", inhoud=told))
    return counted


def about_hand_over(session: Session, office: Office, waarneming: Waarneming) -> None:
    """Write down the mail to whoever stands in, in the transaction in which the hand-over is kept."""
    user = session.get_one(Gebruiker, waarneming.aan_id)
    if can_get(user):
        brief = words.handed_over(address_of(office), waarneming.begin, waarneming.einde)
        _keep(session, office, Mail(user.id, "vervanging", f"vervanging:{waarneming.id}", brief))


def send_all(office: Office, post: Post) -> Sent:
    """Send what waits, oldest first, each claimed before and written down as sent after.

    Raises
    ------
    Unreachable
        When the mail server cannot be reached or takes nothing from us; what is left waits for the next time.
    """
    tried: set[str] = set()
    sent = refused = 0
    while (letter := _claim(office, tried)) is not None:
        tried.add(letter.id)
        try:
            post.send(letter)
        except Refused:
            refused += 1
            continue
        except Unreachable:
            _mark(office, letter.id, sent=False)
            raise
        _mark(office, letter.id, sent=True)
        sent += 1
    return Sent(sent, refused, waiting(office))


def waiting(office: Office) -> int:
    """Return how many mails are to be sent still."""
    now = office.clock()
    with writing(office.engine) as session:
        asked = select(Bericht.id).where(Bericht.verzonden.is_(None), Bericht.gemaakt > now - TOO_OLD)
        return len(session.scalars(asked).all())


def _keep(session: Session, office: Office, mail: Mail) -> None:
    session.add(
        Bericht(
            id=secrets.token_hex(16),
            gebruiker_id=mail.gebruiker_id,
            soort=mail.soort,
            sleutel=mail.sleutel,
            onderwerp=mail.brief.onderwerp,
            tekst=mail.brief.tekst,
            gemaakt=office.clock(),
        )
    )


def _claim(office: Office, tried: set[str]) -> Letter | None:
    """Claim the oldest mail that nobody else is sending; None where there is none."""
    now = office.clock()
    with writing(office.engine) as session:
        asked = (
            select(Bericht, Gebruiker)
            .join(Gebruiker, Gebruiker.id == Bericht.gebruiker_id)
            .where(Bericht.verzonden.is_(None), Bericht.gemaakt > now - TOO_OLD)
            .where(or_(Bericht.poging.is_(None), Bericht.poging <= now - AGAIN))
            .order_by(Bericht.gemaakt, Bericht.id)
        )
        for bericht, user in session.execute(asked):
            if bericht.id not in tried and can_get(user):
                bericht.poging = now
                return Letter(bericht.id, user.email, bericht.onderwerp, bericht.tekst, bericht.gemaakt)
    return None


def _mark(office: Office, bericht_id: str, *, sent: bool) -> None:
    """Write down that a mail was sent, or that it was not and may be tried at once."""
    with writing(office.engine) as session:
        row = session.get_one(Bericht, bericht_id)
        if sent:
            row.verzonden = office.clock()
        else:
            row.poging = None
