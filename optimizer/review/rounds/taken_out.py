"""Files that somebody takes out of a round: made for who may have them, and written down in the trail."""

import datetime

from optimizer.review.data import trail
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import Ronde
from optimizer.review.office import Office
from optimizer.review.rounds import export, look
from optimizer.review.rounds.export import DECISIONS, Besluitenlijst
from optimizer.review.rounds.look import NietGevonden
from optimizer.review.who.actor import Actor, Recht, Rol


def program() -> Actor:
    """Return who works at the command line: the program, for the COA."""
    return Actor("systeem", "", Rol.COA)


def listed(office: Office, actor: Actor, ronde: Ronde) -> Besluitenlijst:
    """Return the answers of a round as decisions.

    Raises
    ------
    NietGevonden
        When the actor may not have them, or the files of the round were erased.
    """
    if not actor.may(Recht.RONDES):
        raise NietGevonden
    with reading(office.engine) as session:
        found = list(look.cases(session, office.sealer, actor, ronde.id))
    if not any(z.zaak.antwoord and z.inhoud for z in found):
        return Besluitenlijst((), ())
    try:
        return export.decisions(found, office.rounds.known(ronde.id))
    except KeyError as error:
        raise NietGevonden from error


def housed_by(office: Office, ronde: Ronde) -> datetime.date:
    """Return the last day on which a municipality must offer a dwelling to who is linked on the peildatum."""
    try:
        weeks = float(office.rounds.in_force(ronde.id).parameters["termijnen/huisvesten_weken"])
    except KeyError as error:
        raise NietGevonden from error
    return ronde.peildatum + datetime.timedelta(weeks=weeks)


def round_files(office: Office, actor: Actor, ronde: Ronde) -> tuple[Besluitenlijst, dict[str, bytes]]:
    """Return the decisions of a round, and with them its files by name; a table in which nothing is offered is not one.

    Raises
    ------
    NietGevonden
        When the actor may not have them.
    """
    found, until = listed(office, actor, ronde), housed_by(office, ronde)
    with reading(office.engine) as session:
        offered = export.offered(session, actor, until)
    return found, {DECISIONS: found.to_bytes(), **{n: data for n, data in offered.items() if data.count(b"\n") > 1}}


def write_down(office: Office, actor: Actor, ronde: Ronde, name: str, content: bytes) -> None:
    """Write down in the trail who took which bytes."""
    with writing(office.engine) as session:
        told = f"{name} {trail.hashed(content)}".encode()
        trail.append(session, trail.Done(office.clock(), actor.id, "uitvoer", ronde.id, inhoud=told))
