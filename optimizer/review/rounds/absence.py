"""Handing one's cases over to a colleague: until a day, or until one ends it oneself."""

import datetime
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from geodata.wording import Sentence
from optimizer.review.clock import day_of
from optimizer.review.data import trail
from optimizer.review.data.tables import Gebruiker, Waarneming
from optimizer.review.office import Office
from optimizer.review.rounds.look import NietGevonden
from optimizer.review.who.actor import Actor

#: Days that a hand-over may begin ahead or last, against a wrong year (aanname).
LONGEST_DAYS = 731

_NO_COLLEAGUE = Sentence("Kies een collega.", "Choose a colleague.")
_NO_DAY = Sentence("Vul een dag in, zoals 1-11-2026.", "Fill in a day, such as 2026-11-01.")
_PAST = Sentence("Kies vandaag of een latere dag.", "Choose today or a later day.")
_BACKWARDS = Sentence("De laatste dag ligt voor de eerste.", "The last day is before the first.")
_FAR = Sentence(
    "Deze dag ligt meer dan {n} dagen vooruit. Klopt het jaar?", "This day is over {n} days ahead. Is the year right?"
)
_TWICE = Sentence(
    "U hebt in deze dagen al overgedragen aan deze collega. Beëindig dat eerst.",
    "You have handed over to this colleague in these days already. End that first.",
)

#: Fields of the form.
Field = Literal["collega", "eerste", "laatste"]


@dataclass(frozen=True)
class Overdracht:
    """A hand-over as somebody filled it in; None for a day that is none.

    Attributes
    ----------
    aan
        Id of the colleague.
    begin
        First day.
    einde
        Last day; None: until it is ended.
    open_end
        Whether the last day was left empty.
    """

    aan: str
    begin: datetime.date | None
    einde: datetime.date | None
    open_end: bool = False


def colleagues(session: Session, actor: Actor) -> Sequence[Gebruiker]:
    """Return who may take over from an actor: others of the same role and area who may still come in."""
    same = (Gebruiker.rol == str(actor.rol), Gebruiker.gebied == actor.gebied)
    asked = select(Gebruiker).where(*same, Gebruiker.id != actor.id, Gebruiker.actief)
    return session.scalars(asked.order_by(Gebruiker.naam, Gebruiker.id)).all()


def wrong(session: Session, office: Office, actor: Actor, said: Overdracht) -> dict[Field, Sentence]:
    """Return what is not right with a hand-over, by field."""
    told: dict[Field, Sentence] = {}
    today = day_of(office.clock())
    far = today + datetime.timedelta(days=LONGEST_DAYS)
    if said.aan not in {u.id for u in colleagues(session, actor)}:
        told["collega"] = _NO_COLLEAGUE
    if said.begin is None:
        told["eerste"] = _NO_DAY
    elif said.begin < today:
        told["eerste"] = _PAST
    elif said.begin > far:
        told["eerste"] = _FAR.fill(n=LONGEST_DAYS)
    if said.einde is None and not said.open_end:
        told["laatste"] = _NO_DAY
    elif said.einde is not None and said.begin is not None and said.einde < said.begin:
        told["laatste"] = _BACKWARDS
    elif said.einde is not None and said.einde > far:
        told["laatste"] = _FAR.fill(n=LONGEST_DAYS)
    if not told and any(_overlap(row, said) for row in made(session, office, actor) if row.aan_id == said.aan):
        told["collega"] = _TWICE
    return told


def hand_over(session: Session, office: Office, actor: Actor, said: Overdracht) -> Waarneming:
    """Keep a hand-over, in the transaction of a writer.

    Raises
    ------
    ValueError
        When something in it is wrong.
    """
    if said.begin is None or wrong(session, office, actor, said):
        raise ValueError("a hand-over must be right")
    row = Waarneming(id=secrets.token_hex(16), van_id=actor.id, aan_id=said.aan, begin=said.begin, einde=said.einde)
    session.add(row)
    session.flush()
    until = None if said.einde is None else said.einde.isoformat()
    _told(session, office, actor, "waarneming", {"id": row.id, "aan": said.aan, "van": str(said.begin), "tot": until})
    return row


def end(session: Session, office: Office, actor: Actor, waarneming_id: str) -> None:
    """End a hand-over that an actor made: from now on nobody answers for them because of it.

    Raises
    ------
    NietGevonden
        When the actor made none of that id, or it has ended.
    """
    row = next((w for w in made(session, office, actor) if w.id == waarneming_id), None)
    if row is None:
        raise NietGevonden
    row.einde = day_of(office.clock()) - datetime.timedelta(days=1)
    _told(session, office, actor, "waarneming_gestopt", {"id": row.id, "aan": row.aan_id})


def made(session: Session, office: Office, actor: Actor) -> Sequence[Waarneming]:
    """Return the hand-overs of an actor that hold today or later, first one first."""
    return _lasting(session, office, Waarneming.van_id == actor.id)


def taken(session: Session, office: Office, actor: Actor) -> Sequence[Waarneming]:
    """Return the hand-overs to an actor that hold today or later, first one first."""
    return _lasting(session, office, Waarneming.aan_id == actor.id)


def stand_ins(session: Session, day: datetime.date) -> Mapping[str, tuple[str, ...]]:
    """Return who stands in on a day for whoever is absent then: ids, by the id of who is absent.

    Somebody who stands in and is absent too is followed to who stands in for them; where that leads round in a circle,
    nobody is found, and whoever is absent is told themselves.
    """
    asked = select(Waarneming).where(Waarneming.begin <= day, _until(day)).order_by(Waarneming.begin, Waarneming.id)
    users = {u.id: u for u in session.scalars(select(Gebruiker))}
    direct: dict[str, list[str]] = {}
    for row in session.scalars(asked):
        there, here = users[row.aan_id], users[row.van_id]
        if there.actief and (there.rol, there.gebied) == (here.rol, here.gebied):
            direct.setdefault(row.van_id, []).append(row.aan_id)
    return {who: found for who in direct if (found := _present(who, direct))}


def _present(who: str, direct: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return those who are present, following each who is absent to who stands in for them."""
    seen, waiting, found = {who}, list(direct[who]), dict[str, None]()
    while waiting:
        one = waiting.pop(0)
        if one in seen:
            continue
        seen.add(one)
        if one in direct:
            waiting += direct[one]
        else:
            found[one] = None
    return tuple(found)


def _lasting(session: Session, office: Office, whose: ColumnElement[bool]) -> Sequence[Waarneming]:
    asked = select(Waarneming).where(whose, _until(day_of(office.clock())))
    return session.scalars(asked.order_by(Waarneming.begin, Waarneming.id)).all()


def _until(day: datetime.date) -> ColumnElement[bool]:
    return or_(Waarneming.einde.is_(None), Waarneming.einde >= day)


def _overlap(row: Waarneming, said: Overdracht) -> bool:
    begin = said.begin or datetime.date.min
    return row.begin <= (said.einde or datetime.date.max) and begin <= (row.einde or datetime.date.max)


def _told(session: Session, office: Office, actor: Actor, wat: trail.Wat, content: Mapping[str, str | None]) -> None:
    told = json.dumps(content, sort_keys=True).encode()
    trail.append(session, trail.Done(office.clock(), actor.id, wat, inhoud=told))
