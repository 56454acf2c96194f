"""Tokens with which programs ask in the name of a user: made and revoked by the administrator, kept as a hash."""

import datetime
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.wording import Sentence
from optimizer.errors import Gebruiksfout
from optimizer.review.data import trail
from optimizer.review.data.tables import Gebruiker, Toegang
from optimizer.review.who.actor import Actor, Rol
from optimizer.review.who.sessions import hashed, instead_of

#: Letters with which a token begins, so that people and scanners see what it is.
MARK = "kw_"
_BYTES = 32
#: Days that a token may hold at most (aanname).
LONGEST_DAYS = 366
#: Its use is written down at most once in so long.
_TOUCH = datetime.timedelta(minutes=1)

_NO_USER = Sentence("Er is geen gebruiker '{who}' die naar binnen mag.", "There is no user '{who}' who may come in.")
_DAYS = Sentence("Een token geldt 1 tot en met {most} dagen.", "A token holds 1 to {most} days.")
_NO_TOKEN = Sentence("Er is geen geldig token '{id}'.", "There is no valid token '{id}'.")


@dataclass(frozen=True)
class Known:
    """For whom a token stands, its id, and whether its use is to be written down."""

    actor: Actor
    id: str
    used: bool


def make(session: Session, onderwerp: str, naam: str, days: int, now: datetime.datetime) -> tuple[str, Toegang]:
    """Make a token for a user, in the transaction of a writer; return it, which is kept nowhere, and its row.

    Raises
    ------
    Gebruiksfout
        When there is no such user, or it would hold too long.
    """
    user = session.scalar(select(Gebruiker).where(Gebruiker.onderwerp == onderwerp, Gebruiker.actief))
    if user is None:
        raise Gebruiksfout(*_NO_USER.fill(who=onderwerp))
    if not 1 <= days <= LONGEST_DAYS:
        raise Gebruiksfout(*_DAYS.fill(most=LONGEST_DAYS))
    token = MARK + secrets.token_urlsafe(_BYTES)
    row = Toegang(
        id=secrets.token_hex(16),
        gebruiker_id=user.id,
        naam=naam,
        hash=hashed(token),
        gemaakt=now,
        verloopt=now + datetime.timedelta(days=days),
    )
    session.add(row)
    session.flush()
    trail.append(session, trail.Done(now, "systeem", "toegang", inhoud=f"{row.id} {user.id}".encode()))
    return token, row


def revoke(session: Session, toegang_id: str, now: datetime.datetime) -> None:
    """Revoke a token, in the transaction of a writer.

    Raises
    ------
    Gebruiksfout
        When there is no valid one of that id.
    """
    row = session.get(Toegang, toegang_id)
    if row is None or row.ingetrokken is not None:
        raise Gebruiksfout(*_NO_TOKEN.fill(id=toegang_id))
    row.ingetrokken = now
    trail.append(session, trail.Done(now, "systeem", "toegang_ingetrokken", inhoud=row.id.encode()))


def known(session: Session) -> Sequence[tuple[Toegang, str]]:
    """Return every token with the subject of its user, oldest first."""
    asked = select(Toegang, Gebruiker.onderwerp).join(Gebruiker, Gebruiker.id == Toegang.gebruiker_id)
    return [(row.Toegang, row.onderwerp) for row in session.execute(asked.order_by(Toegang.gemaakt, Toegang.id))]


def find(session: Session, token: str, now: datetime.datetime) -> Known | None:
    """Return for whom a token stands now; None where it is none, has ended or was revoked, or they may not come in."""
    row = session.scalar(select(Toegang).where(Toegang.hash == hashed(token)))
    if row is None or row.ingetrokken is not None or now >= row.verloopt:
        return None
    user = session.get(Gebruiker, row.gebruiker_id)
    if user is None or not user.actief or user.rol not in set(Rol):
        return None
    actor = Actor(user.id, user.naam, Rol(user.rol), user.gebied, instead_of(session, user, now))
    return Known(actor, row.id, used=row.gebruikt is None or now - row.gebruikt > _TOUCH)


def touch(session: Session, toegang_id: str, now: datetime.datetime) -> None:
    """Write down that a token is in use."""
    row = session.get(Toegang, toegang_id)
    if row is not None:
        row.gebruikt = now
