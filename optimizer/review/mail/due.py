"""Which mails are due now, for whom: a digest as often as somebody chose, and a reminder of each deadline once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.gemeenten import load_gemeenten
from optimizer.review.clock import day_of
from optimizer.review.data.tables import BEDENKING, OPEN, Gebruiker, Ronde
from optimizer.review.mail import words
from optimizer.review.mail.words import Brief, Stand
from optimizer.review.office import Office
from optimizer.review.rounds import look
from optimizer.review.rounds.absence import stand_ins
from optimizer.review.who.actor import Actor, Rol

#: How often somebody gets a digest.
DIGESTS: tuple[Literal["nooit", "dagelijks", "wekelijks"], ...] = ("nooit", "dagelijks", "wekelijks")
#: Kinds of mail.
Soort = Literal["samenvatting", "bijna", "voorbij", "vervanging"]
#: Days before a deadline from which somebody is reminded of it (aanname).
NEAR_DAYS = 3
_SATURDAY = 5
#: One address and nothing else: no second one, no header.
_ADDRESS = re.compile(r"[^@\s,;:<>\"()\[\]\\]+@[^@\s,;:<>\"()\[\]\\]+")
#: Who gets mail about rounds.
_ROLES = (Rol.GEMEENTE, Rol.COA)


@dataclass(frozen=True)
class Mail:
    """A mail that is due: to whom, its kind, the key by which it is sent once, and its words."""

    gebruiker_id: str
    soort: Soort
    sleutel: str
    brief: Brief


@dataclass(frozen=True)
class _Reader:
    """Somebody who gets a mail; whether (also) in the place of who is absent."""

    user: Gebruiker
    instead: bool


def due(session: Session, office: Office) -> list[Mail]:
    """Return every mail that is due now, sent or not: its key says which of them were sent already."""
    return list(_Post(session, office).all())


def can_get(user: Gebruiker) -> bool:
    """Tell whether mail can go to somebody: they may come in, and have one address."""
    return user.actief and _ADDRESS.fullmatch(user.email) is not None


def address_of(office: Office) -> str:
    """Return the address at which people find the application, without a stroke at the end."""
    return (office.settings.base_url or "http://127.0.0.1:8000").rstrip("/")


class _Post:
    """What is known while the mails of one moment are put together."""

    def __init__(self, session: Session, office: Office) -> None:
        self._session, self._now = session, office.clock()
        self._today, self._base = day_of(self._now), address_of(office)
        self._users = {u.id: u for u in session.scalars(select(Gebruiker).order_by(Gebruiker.id))}
        self._absent = stand_ins(session, self._today)
        self._stands: dict[tuple[str, str], list[Stand]] = {}

    def all(self) -> Iterator[Mail]:
        yield from self._digests()
        for stand_kind in ("bijna", "voorbij"):
            yield from self._reminders(stand_kind)

    def _digests(self) -> Iterator[Mail]:
        if self._today.weekday() >= _SATURDAY:
            return
        year, week, _ = self._today.isocalendar()
        daily = self._readers({u.id for u in self._users.values() if u.samenvatting == "dagelijks"})
        weekly = self._readers({u.id for u in self._users.values() if u.samenvatting == "wekelijks"})
        for who in sorted(daily | weekly):
            reader = daily.get(who) or weekly[who]
            period = self._today.isoformat() if who in daily else f"{year}-W{week:02d}"
            coa = reader.user.rol == Rol.COA
            stands = [s for s in self._told(reader.user) if coa or (s.open and not s.over)]
            if stands:
                brief = words.digest(self._base, stands, coa=coa, instead=reader.instead)
                yield Mail(who, "samenvatting", f"samenvatting:{period}:{who}", brief)

    def _reminders(self, soort: Literal["bijna", "voorbij"]) -> Iterator[Mail]:
        readers = self._readers({u.id for u in self._users.values() if u.herinnering})
        for who, reader in sorted(readers.items()):
            for stand in self._told(reader.user):
                near = (stand.deadline - self._today).days <= NEAR_DAYS
                if not stand.open or stand.over is not (soort == "voorbij") or not near:
                    continue
                brief = words.reminder(self._base, stand, coa=reader.user.rol == Rol.COA, instead=reader.instead)
                yield Mail(who, soort, f"{soort}:{stand.ronde_id}:{stand.deadline}:{who}", brief)

    def _readers(self, asked: set[str]) -> dict[str, _Reader]:
        """Return who reads the mail of these users today: they themselves, or whoever stands in for them."""
        told: dict[str, _Reader] = {}
        for who in sorted(asked):
            user = self._users[who]
            if user.rol not in _ROLES or not user.actief:
                continue
            for other in self._absent.get(who, (who,)):
                reader = self._users[other]
                if can_get(reader):
                    instead = other != who or (other in told and told[other].instead)
                    told[other] = _Reader(reader, instead)
        return told

    def _told(self, user: Gebruiker) -> list[Stand]:
        """Return how far the open rounds are for a user, oldest first; alike for everybody of one role and area."""
        key = (user.rol, user.gebied)
        if key not in self._stands:
            actor = Actor(user.id, user.naam, Rol(user.rol), user.gebied)
            found = [r for r in look.rounds(self._session, actor) if r.staat == OPEN]
            self._stands[key] = [self._stand(actor, ronde) for ronde in reversed(found)]
        return self._stands[key]

    def _stand(self, actor: Actor, ronde: Ronde) -> Stand:
        told = look.progress(self._session, actor, ronde.id)
        return Stand(
            ronde_id=ronde.id,
            naam=ronde.naam,
            deadline=day_of(ronde.deadline),
            over=self._now > ronde.deadline,
            open=sum(counted.get("", 0) for counted in told.values()),
            total=sum(sum(counted.values()) for counted in told.values()),
            bedenkingen=sum(counted.get(BEDENKING, 0) for counted in told.values()),
            late=tuple(sorted(_open_by_name(told))),
        )


def _open_by_name(told: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, int]]:
    g = load_gemeenten()
    for code, counted in told.items():
        if counted.get("", 0):
            yield (str(g.naam[g.index[code]]) if code in g.index else code), counted[""]
