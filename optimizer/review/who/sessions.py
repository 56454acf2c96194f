"""Sessions: a random name in a cookie, its hash in the database; they end by themselves."""

import datetime
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from optimizer.review.clock import day_of
from optimizer.review.data import trail
from optimizer.review.data.tables import Gebruiker, Sessie, Waarneming
from optimizer.review.settings import Settings
from optimizer.review.who.actor import Actor, Rol

_BYTES = 32
#: A session is written as used at most once in so long.
_TOUCH = datetime.timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in, and what a form of theirs must carry to be taken for theirs."""

    actor: Actor
    sessie: str
    bewijs: str


def begin(session: Session, gebruiker: Gebruiker, now: datetime.datetime) -> str:
    """Sign somebody in; return the name of the session, which is kept nowhere else than in their cookie."""
    name = secrets.token_urlsafe(_BYTES)
    row = Sessie(
        naam=hashed(name), gebruiker_id=gebruiker.id, begonnen=now, gezien=now, bewijs=secrets.token_hex(_BYTES)
    )
    session.add(row)
    trail.append(session, trail.Done(now, gebruiker.id, "aangemeld"))
    return name


def find(session: Session, name: str, now: datetime.datetime, settings: Settings) -> tuple[SignedIn | None, bool]:
    """Return who a cookie stands for, None where the session has ended; and whether its use is to be written down."""
    row = session.get(Sessie, hashed(name))
    if row is None or not _alive(row, now, settings):
        return None, False
    user = session.get(Gebruiker, row.gebruiker_id)
    if user is None or not user.actief or user.rol not in set(Rol):
        return None, False
    actor = Actor(user.id, user.naam, Rol(user.rol), user.gebied, instead_of(session, user, now))
    return SignedIn(actor, row.naam, row.bewijs), now - row.gezien > _TOUCH


def instead_of(session: Session, user: Gebruiker, now: datetime.datetime) -> tuple[str, ...]:
    """Return the colleagues of the same area for whom somebody answers today."""
    today = day_of(now)
    asked = (
        select(Waarneming.van_id)
        .join(Gebruiker, Gebruiker.id == Waarneming.van_id)
        .where(Waarneming.aan_id == user.id, Waarneming.begin <= today)
        .where(or_(Waarneming.einde.is_(None), Waarneming.einde >= today))
        .where(Gebruiker.rol == user.rol, Gebruiker.gebied == user.gebied)
        .order_by(Waarneming.van_id)
    )
    return tuple(dict.fromkeys(session.scalars(asked)))


def touch(session: Session, sessie: str, now: datetime.datetime) -> None:
    """Write down that a session is in use."""
    row = session.get(Sessie, sessie)
    if row is not None:
        row.gezien = now


def stop(session: Session, signed_in: SignedIn, now: datetime.datetime) -> None:
    """Sign somebody out."""
    session.execute(delete(Sessie).where(Sessie.naam == signed_in.sessie))
    trail.append(session, trail.Done(now, signed_in.actor.id, "afgemeld"))


def sweep(session: Session, now: datetime.datetime, settings: Settings) -> int:
    """Remove sessions that have ended; return how many."""
    idle, total = (now - one for one in _lives(settings))
    ended = session.connection().execute(delete(Sessie).where(or_(Sessie.gezien < idle, Sessie.begonnen < total)))
    return ended.rowcount


def hashed(name: str) -> str:
    """Return what is kept of the name of a session."""
    return hashlib.sha256(name.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two secrets without telling by the time it takes how much of them is alike."""
    return hmac.compare_digest(one.encode(), other.encode())


def _alive(row: Sessie, now: datetime.datetime, settings: Settings) -> bool:
    idle, total = _lives(settings)
    return now - row.gezien <= idle and now - row.begonnen <= total


def _lives(settings: Settings) -> tuple[datetime.timedelta, datetime.timedelta]:
    """Return how long a session lives without use, and in any case."""
    return datetime.timedelta(minutes=settings.session_minutes), datetime.timedelta(hours=settings.session_hours)
