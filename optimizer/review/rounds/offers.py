"""What a municipality offers: dwellings, and the number of persons that it can take; what a run can read of it."""

import datetime
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import pandas as pd
from sqlalchemy import ColumnElement, false, select, true, update
from sqlalchemy.orm import Session

from geodata.wording import Sentence
from optimizer.domain.tables import GROTE_WONING
from optimizer.review.data import trail
from optimizer.review.data.tables import Aanbod, Capaciteit, Gebruiker, Spoor
from optimizer.review.office import Office
from optimizer.review.rounds.look import NietGevonden
from optimizer.review.views import OFFER_KINDS
from optimizer.review.who.actor import Actor, Rol

#: Largest numbers that a form takes, against slips of the finger (aanname).
MOST_DWELLINGS, MOST_ROOMS, MOST_PERSONS, MOST_CAPACITY = 10_000, 50, 50, 1_000_000
#: Years from today within which a dwelling comes free (aanname).
YEARS = 5
_YEAR = datetime.timedelta(days=366)
_ACCESSIBLE = "toegankelijke_woning"

_NO_KIND = Sentence("Kies een soort woning.", "Choose a kind of dwelling.")
NO_NUMBER = Sentence(
    "Vul een heel getal in van {least} tot en met {most}.", "Fill in a whole number from {least} to {most}."
)
_NO_ACCESS = Sentence("Kies of een rolstoel erin kan.", "Choose whether a wheelchair fits.")
_NO_DAY = Sentence("Vul een dag in, zoals 1-11-2026.", "Fill in a day, such as 2026-11-01.")
_FAR_DAY = Sentence(
    "Deze dag ligt meer dan {n} jaar van vandaag. Klopt het jaar?",
    "This day is over {n} years from today. Is the year right?",
)

#: Fields of the form.
Field = Literal["soort", "aantal", "kamers", "personen", "toegankelijk", "vanaf"]


@dataclass(frozen=True)
class Woning:
    """Dwellings of one kind that a municipality offers; None: not filled in, or not to be read as a value.

    Attributes
    ----------
    soort
        Kind, one of `views.OFFER_KINDS`.
    aantal
        Dwellings of it.
    kamers, personen
        Rooms of one, and persons that fit in it; None where not said.
    toegankelijk
        Whether a wheelchair fits.
    vanaf
        First day on which they are free.
    """

    soort: str
    aantal: int | None
    kamers: int | None
    personen: int | None
    toegankelijk: bool | None
    vanaf: datetime.date | None

    def wrong(self, today: datetime.date) -> dict[Field, Sentence]:
        """Return what is not right, by field."""
        told: dict[Field, Sentence] = {}
        if self.soort not in OFFER_KINDS:
            told["soort"] = _NO_KIND
        if self.aantal is None or not 1 <= self.aantal <= MOST_DWELLINGS:
            told["aantal"] = NO_NUMBER.fill(least=1, most=MOST_DWELLINGS)
        if self.kamers is not None and not 1 <= self.kamers <= MOST_ROOMS:
            told["kamers"] = NO_NUMBER.fill(least=1, most=MOST_ROOMS)
        if self.personen is not None and not 1 <= self.personen <= MOST_PERSONS:
            told["personen"] = NO_NUMBER.fill(least=1, most=MOST_PERSONS)
        if self.toegankelijk is None:
            told["toegankelijk"] = _NO_ACCESS
        if self.vanaf is None:
            told["vanaf"] = _NO_DAY
        elif abs(self.vanaf - today) > YEARS * _YEAR:
            told["vanaf"] = _FAR_DAY.fill(n=YEARS)
        return told


class Overtaken(Exception):
    """Somebody else changed an offer since it was looked at; nothing was overwritten."""


@dataclass(frozen=True)
class Verandering:
    """One change in the history of an offer or a capacity: when, by whom, which, and what it became."""

    op: datetime.datetime
    wie: str
    rol: str
    wat: str
    inhoud: Mapping[str, Any]


def wrong_capacity(personen: int | None) -> Sentence | None:
    """Return what is not right with a number of persons; None for nothing."""
    good = personen is not None and 0 <= personen <= MOST_CAPACITY
    return None if good else NO_NUMBER.fill(least=0, most=MOST_CAPACITY)


def offers_of(actor: Actor, column: Any) -> ColumnElement[bool]:
    """Return whose offers an actor may see, by a column of CBS codes: their own, or, for the COA, all."""
    if actor.rol is Rol.GEMEENTE:
        return column == actor.gebied  # type: ignore[no-any-return]
    return true() if actor.rol is Rol.COA else false()


def offers(session: Session, actor: Actor) -> Sequence[Aanbod]:
    """Return the offers that an actor may see: those that stand first, by kind and day."""
    asked = select(Aanbod).where(offers_of(actor, Aanbod.gemeente))
    order = (Aanbod.gemeente, Aanbod.ingetrokken, Aanbod.soort, Aanbod.vanaf, Aanbod.id)
    return session.scalars(asked.order_by(*order)).all()


def find_offer(session: Session, actor: Actor, aanbod_id: str) -> Aanbod:
    """Return an offer that an actor may see.

    Raises
    ------
    NietGevonden
        When there is none for them.
    """
    found = session.scalar(select(Aanbod).where(Aanbod.id == aanbod_id, offers_of(actor, Aanbod.gemeente)))
    if found is None:
        raise NietGevonden
    return found


def capacity(session: Session, actor: Actor) -> Capaciteit | None:
    """Return what the municipality of an actor says that it can take; None where it did not say."""
    return session.scalar(
        select(Capaciteit).where(Capaciteit.gemeente == actor.gebied, offers_of(actor, Capaciteit.gemeente))
    )


def add(session: Session, office: Office, actor: Actor, woning: Woning) -> str:
    """Keep a new offer, in the transaction of a writer; return its id. Nothing in it is wrong.

    Raises
    ------
    NietGevonden
        When the actor is of no municipality.
    """
    _refuse_other(actor)
    now, aanbod_id = office.clock(), secrets.token_hex(16)
    session.add(Aanbod(id=aanbod_id, gemeente=actor.gebied, **asdict(woning), door=actor.id, gewijzigd=now))
    session.flush()
    _told(session, office, actor, "aanbod", aanbod_id, {**_plain(woning), "versie": 1})
    return aanbod_id


def change(session: Session, office: Office, actor: Actor, aanbod_id: str, woning: Woning, versie: int) -> None:
    """Change an offer, in the transaction of a writer.

    Raises
    ------
    NietGevonden
        When it is not an offer of the municipality of the actor.
    Overtaken
        When somebody else changed or withdrew it since they looked.
    """
    _replace(session, office, actor, aanbod_id, versie, asdict(woning))
    _told(session, office, actor, "aanbod", aanbod_id, {**_plain(woning), "versie": versie + 1})


def withdraw(session: Session, office: Office, actor: Actor, aanbod_id: str, versie: int) -> None:
    """Withdraw an offer, in the transaction of a writer; it stays in the history.

    Raises
    ------
    NietGevonden
        When it is not an offer of the municipality of the actor.
    Overtaken
        When somebody else changed or withdrew it since they looked.
    """
    _replace(session, office, actor, aanbod_id, versie, {"ingetrokken": True})
    row = session.get_one(Aanbod, aanbod_id)
    _told(session, office, actor, "aanbod_ingetrokken", aanbod_id, {"soort": row.soort, "aantal": row.aantal})


def set_capacity(session: Session, office: Office, actor: Actor, personen: int, versie: int) -> None:
    """Keep the number of persons that a municipality can take, in the transaction of a writer.

    Parameters
    ----------
    session
        Of `data.engine.writing`.
    office
        The installation.
    actor
        Of the municipality.
    personen
        The number; nothing is wrong with it.
    versie
        The version that they saw; 0 where none was kept.

    Raises
    ------
    NietGevonden
        When the actor is of no municipality.
    Overtaken
        When somebody else changed it since they looked.
    """
    _refuse_other(actor)
    row = session.get(Capaciteit, actor.gebied)
    if (0 if row is None else row.versie) != versie:
        raise Overtaken
    if row is None:
        row = Capaciteit(gemeente=actor.gebied, versie=0)
        session.add(row)
    row.personen, row.versie, row.door, row.gewijzigd = personen, versie + 1, actor.id, office.clock()
    session.flush()
    _told(session, office, actor, "capaciteit", actor.gebied, {"personen": personen, "versie": versie + 1})


def changes(session: Session, actor: Actor) -> list[Verandering]:
    """Return everything that was done to the offers of the municipality of an actor, oldest first."""
    if actor.rol is not Rol.GEMEENTE:
        return []
    mine = [*session.scalars(select(Aanbod.id).where(Aanbod.gemeente == actor.gebied)), actor.gebied]
    users = {u.id: u for u in session.scalars(select(Gebruiker))}
    told = []
    for row in session.scalars(select(Spoor).where(Spoor.zaak_id.in_(mine)).order_by(Spoor.nummer)):
        user = users.get(row.wie)
        name, rol = ("", "") if user is None else (user.naam, user.rol)
        told.append(Verandering(row.op, name, rol, row.wat, json.loads(row.inhoud)))
    return told


def tables(session: Session, actor: Actor, day: datetime.date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what is offered as the tables ``woningen`` and ``capaciteit`` that a run reads.

    Each dwelling counts once. A common dwelling in which a wheelchair fits counts as ``toegankelijke_woning``; other
    common dwellings are no table of a run, for it counts special kinds only. A run takes a kind that stands in the
    table as one that other municipalities do not have: the tables are whole only when every municipality has answered.

    Parameters
    ----------
    session
        To read from.
    actor
        Whose offers: those of a municipality, or, for the COA, all.
    day
        Dwellings that are free on this day; withdrawn ones count nowhere.

    Returns
    -------
    tuple of DataFrame
        ``gemeente`` (CBS code), ``soort``, ``aantal``; and ``gemeente``, ``capaciteit`` (persons).
    """
    counted: dict[tuple[str, str], int] = {}
    for row in offers(session, actor):
        kind = _counts_as(row)
        if kind and not row.ingetrokken and row.vanaf <= day:
            counted[row.gemeente, kind] = counted.get((row.gemeente, kind), 0) + row.aantal
    asked = select(Capaciteit).where(offers_of(actor, Capaciteit.gemeente)).order_by(Capaciteit.gemeente)
    persons = [(row.gemeente, row.personen) for row in session.scalars(asked)]
    woningen = [(gemeente, kind, n) for (gemeente, kind), n in sorted(counted.items())]
    return (
        pd.DataFrame(woningen, columns=["gemeente", "soort", "aantal"]),
        pd.DataFrame(persons, columns=["gemeente", "capaciteit"]),
    )


def _counts_as(row: Aanbod) -> str:
    """Return the kind of ``woningen`` that a dwelling counts as; "" for none."""
    if row.soort in (GROTE_WONING, _ACCESSIBLE):
        return row.soort
    return _ACCESSIBLE if row.toegankelijk else ""


def _replace(
    session: Session, office: Office, actor: Actor, aanbod_id: str, versie: int, values: Mapping[str, Any]
) -> None:
    _refuse_other(actor)
    find_offer(session, actor, aanbod_id)
    kept = session.connection().execute(
        update(Aanbod)
        .where(Aanbod.id == aanbod_id, Aanbod.versie == versie, Aanbod.ingetrokken.is_(False))
        .values(**values, versie=versie + 1, door=actor.id, gewijzigd=office.clock())
    )
    session.expire_all()
    if kept.rowcount != 1:
        raise Overtaken


def _refuse_other(actor: Actor) -> None:
    """Let nobody but a municipality offer anything: the COA sees, and changes nothing."""
    if actor.rol is not Rol.GEMEENTE:
        raise NietGevonden


def _told(
    session: Session, office: Office, actor: Actor, wat: trail.Wat, about: str, content: Mapping[str, Any]
) -> None:
    told = json.dumps(content, sort_keys=True).encode()
    trail.append(session, trail.Done(office.clock(), actor.id, wat, zaak_id=about, inhoud=told))


def _plain(woning: Woning) -> dict[str, Any]:
    return {**asdict(woning), "vanaf": None if woning.vanaf is None else woning.vanaf.isoformat()}
