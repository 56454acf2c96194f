"""What an actor may see. Every query takes the actor; what is not theirs is not found, as what does not exist."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, func, select, true
from sqlalchemy.orm import Session

from optimizer.review.data.seal import Sealer, unseal
from optimizer.review.data.tables import OPEN, VERVANGEN, Gebruiker, Ronde, Sleutel, Spoor, Zaak
from optimizer.review.rounds.zaken import Zaakinhoud
from optimizer.review.who.actor import Actor, Rol


class NietGevonden(LookupError):
    """There is nothing here for this actor."""


@dataclass(frozen=True)
class Geopend:
    """A case as an actor may read it.

    Attributes
    ----------
    zaak, ronde
        The rows.
    inhoud
        What the actor may read of it; None where it was erased.
    toelichting
        What the municipality wrote; "" for nothing.
    """

    zaak: Zaak
    ronde: Ronde
    inhoud: Zaakinhoud | None
    toelichting: str = ""


@dataclass(frozen=True)
class Gebeurtenis:
    """One thing in the history of a case: when, who (their role), what, what was said, and in whose place."""

    op: datetime.datetime
    wie: str
    rol: str
    wat: str
    inhoud: dict[str, Any] | None
    namens: str = ""


def cases_of(actor: Actor) -> ColumnElement[bool]:
    """Return which cases an actor may open: those of their own municipality, or, for the COA, all."""
    if actor.rol is Rol.GEMEENTE:
        return Zaak.gemeente == actor.gebied
    return true() if actor.rol is Rol.COA else false()


def counted_of(actor: Actor) -> ColumnElement[bool]:
    """Return which cases may be counted for an actor, never opened."""
    if actor.rol is Rol.PROVINCIE:
        return Zaak.provincie == actor.gebied
    if actor.rol is Rol.REGIO:
        return Zaak.regio == actor.gebied
    return true() if actor.rol is Rol.ONDERZOEKER else cases_of(actor)


def rounds(session: Session, actor: Actor) -> Sequence[Ronde]:
    """Return the rounds in which the actor has cases, newest first."""
    mine = select(Zaak.ronde_id).where(counted_of(actor)).distinct()
    asked = select(Ronde).order_by(Ronde.begonnen.desc(), Ronde.id)
    return session.scalars(asked if actor.rol is Rol.COA else asked.where(Ronde.id.in_(mine))).all()


def count_rounds(session: Session) -> int:
    """Return how many rounds there are."""
    return session.scalar(select(func.count()).select_from(Ronde)) or 0


def current(session: Session, actor: Actor) -> Ronde | None:
    """Return the newest open round of an actor, else the newest."""
    found = rounds(session, actor)
    return next((r for r in found if r.staat == OPEN), found[0] if found else None)


def newest(session: Session) -> Ronde | None:
    """Return the newest round that no other took the place of: of the others nobody counts twice."""
    asked = select(Ronde).where(Ronde.staat != VERVANGEN).order_by(Ronde.begonnen.desc(), Ronde.id).limit(1)
    return session.scalars(asked).first()


def find_round(session: Session, actor: Actor, ronde_id: str) -> Ronde:
    """Return a round in which the actor has cases.

    Raises
    ------
    NietGevonden
        When there is none for them.
    """
    found = next((r for r in rounds(session, actor) if r.id == ronde_id), None)
    if found is None:
        raise NietGevonden
    return found


def find_case(session: Session, sealer: Sealer, actor: Actor, zaak_id: str) -> Geopend:
    """Open a case of the actor.

    Raises
    ------
    NietGevonden
        When there is none for them.
    """
    row = session.execute(
        select(Zaak, Ronde, Sleutel)
        .join(Ronde, Ronde.id == Zaak.ronde_id)
        .outerjoin(Sleutel, Sleutel.zaak_id == Zaak.id)
        .where(Zaak.id == zaak_id, cases_of(actor))
    ).one_or_none()
    if row is None:
        raise NietGevonden
    return _opened(row.Zaak, row.Ronde, row.Sleutel, sealer, actor)


def cases(session: Session, sealer: Sealer, actor: Actor, ronde_id: str) -> Iterator[Geopend]:
    """Yield the cases of a round that an actor may open, in order of the proposal."""
    asked = (
        select(Zaak, Ronde, Sleutel)
        .join(Ronde, Ronde.id == Zaak.ronde_id)
        .outerjoin(Sleutel, Sleutel.zaak_id == Zaak.id)
        .where(Zaak.ronde_id == ronde_id, cases_of(actor))
        .order_by(Zaak.nummer)
    )
    for row in session.execute(asked):
        yield _opened(row.Zaak, row.Ronde, row.Sleutel, sealer, actor)


def progress(session: Session, actor: Actor, ronde_id: str) -> dict[str, dict[str, int]]:
    """Count the answers of each municipality that an actor may count: ``""``, akkoord, bedenking, by CBS code."""
    asked = (
        select(Zaak.gemeente, Zaak.antwoord, func.count())
        .where(Zaak.ronde_id == ronde_id, counted_of(actor))
        .group_by(Zaak.gemeente, Zaak.antwoord)
        .order_by(Zaak.gemeente)
    )
    told: dict[str, dict[str, int]] = {}
    for gemeente, antwoord, n in session.execute(asked):
        told.setdefault(gemeente, {})[antwoord] = n
    return told


def history(session: Session, sealer: Sealer, actor: Actor, zaak_id: str) -> list[Gebeurtenis]:
    """Return everything that was done to a case of the actor, oldest first; others than colleagues by role only."""
    key = sealer.key(session, find_case(session, sealer, actor, zaak_id).zaak.id)
    users = {u.id: u for u in session.scalars(select(Gebruiker))}
    told = []
    for row in session.scalars(select(Spoor).where(Spoor.zaak_id == zaak_id).order_by(Spoor.nummer)):
        user = users.get(row.wie)
        colleague = user is not None and (user.rol, user.gebied) == (str(actor.rol), actor.gebied)
        said = unseal(key, f"{zaak_id} spoor", row.inhoud) if key is not None and row.inhoud else None
        name = user.naam if user is not None and colleague else ""
        others = [users[u].naam for u in (said or {}).get("namens", []) if u in users] if colleague else []
        told.append(Gebeurtenis(row.op, name, "" if user is None else user.rol, row.wat, said, ", ".join(others)))
    return told


def _opened(zaak: Zaak, ronde: Ronde, kept: Sleutel | None, sealer: Sealer, actor: Actor) -> Geopend:
    if kept is None:
        return Geopend(zaak, ronde, None)
    key = sealer.unwrap(kept)
    whole = actor.rol is Rol.COA
    told = unseal(key, f"{zaak.id} {'coa' if whole else 'gemeente'}", zaak.voor_coa if whole else zaak.voor_gemeente)
    text = unseal(key, f"{zaak.id} toelichting", zaak.toelichting) if zaak.toelichting else ""
    return Geopend(zaak, ronde, Zaakinhoud.from_json(told), text)
