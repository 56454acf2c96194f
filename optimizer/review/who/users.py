"""Users: kept as the identity provider names them, or made for a demonstration."""

import datetime
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.codes import resolve
from geodata.errors import GemeenteOnbekend
from geodata.gemeenten import load_gemeenten
from geodata.wording import Sentence
from optimizer.errors import Gebruiksfout
from optimizer.review.data import trail
from optimizer.review.data.tables import Gebruiker
from optimizer.review.who.actor import WITH_AREA, Rol

_NO_ROLE = Sentence("'{rol}' is geen rol. Kies uit: {roles}.", "'{rol}' is no role. Choose one of: {roles}.")
_NO_AREA = Sentence(
    "'{gebied}' is geen gemeente, provincie of arbeidsmarktregio die bij de rol {rol} hoort.",
    "'{gebied}' is no municipality, province or labour-market region that goes with the role {rol}.",
)


@dataclass(frozen=True)
class Person:
    """Who somebody is: subject at the identity provider, name, mail address, role and area."""

    onderwerp: str
    naam: str
    email: str
    rol: Rol
    gebied: str


def person(onderwerp: str, naam: str, email: str, rol: str, gebied: str) -> Person:
    """Check a role and an area; a municipality may be named or coded.

    Raises
    ------
    Gebruiksfout
        When there is no such role, or the area does not go with it.
    """
    if rol not in set(Rol):
        raise Gebruiksfout(*_NO_ROLE.fill(rol=rol, roles=", ".join(Rol)))
    return Person(onderwerp, naam or onderwerp, email, Rol(rol), area(Rol(rol), gebied))


def area(rol: Rol, gebied: str) -> str:
    """Return the area of a role as it is kept: a CBS code, or the name of a province or region; "" where none belongs.

    >>> area(Rol.GEMEENTE, "Utrecht"), area(Rol.PROVINCIE, "utrecht"), area(Rol.COA, "")
    ('GM0344', 'Utrecht', '')
    """
    if rol not in WITH_AREA:
        if gebied:
            raise Gebruiksfout(*_NO_AREA.fill(gebied=gebied, rol=rol))
        return ""
    if rol is Rol.GEMEENTE:
        try:
            return str(resolve(gebied))
        except GemeenteOnbekend as error:
            raise Gebruiksfout(*_NO_AREA.fill(gebied=gebied, rol=rol)) from error
    g = load_gemeenten()
    known = {
        str(name).casefold(): str(name) for name in (g.provincie if rol is Rol.PROVINCIE else g.arbeidsmarktregio_naam)
    }
    if gebied.casefold() not in known:
        raise Gebruiksfout(*_NO_AREA.fill(gebied=gebied, rol=rol))
    return known[gebied.casefold()]


def of_claims(claims: Mapping[str, Any], role: str, gebied: str) -> Person:
    """Return who the identity provider says that somebody is.

    Parameters
    ----------
    claims
        Of the ID token, checked.
    role, gebied
        Names of the claims with the role and the area.
    """
    email = str(claims.get("email") or "") if claims.get("email_verified", True) else ""
    name = str(claims.get("name") or "")
    return person(str(claims["sub"]), name, email, str(claims.get(role) or ""), str(claims.get(gebied) or ""))


def keep(session: Session, who: Person, now: datetime.datetime, by: str = "systeem") -> Gebruiker:
    """Keep a user as they are now: new, or with another name, role or area than before."""
    user = session.scalar(select(Gebruiker).where(Gebruiker.onderwerp == who.onderwerp))
    new = user is None
    if user is None:
        user = Gebruiker(id=secrets.token_hex(16), onderwerp=who.onderwerp, naam="", rol="", gebied="", actief=True)
        session.add(user)
    changed = new or (user.rol, user.gebied) != (str(who.rol), who.gebied)
    user.naam, user.email, user.rol, user.gebied = who.naam, who.email, str(who.rol), who.gebied
    session.flush()
    if changed:
        told = f"{user.id} {user.rol} {user.gebied}".strip().encode()
        trail.append(session, trail.Done(now, by, "gebruiker", inhoud=told))
    return user
