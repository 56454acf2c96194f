"""What a municipality answers: agreement, or a bedenking with its reason; until the deadline it may change its mind."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import update
from sqlalchemy.orm import Session

from geodata.wording import Sentence
from optimizer.review.data import trail
from optimizer.review.data.seal import seal
from optimizer.review.data.tables import AKKOORD, BEDENKING, OPEN, Gebruiker, Zaak
from optimizer.review.office import Office
from optimizer.review.rounds.look import Geopend, NietGevonden, find_case
from optimizer.review.views import LONGEST_TEXT, REASONS, WITH_TEXT
from optimizer.review.who.actor import Actor

_NO_CHOICE = Sentence("Kies akkoord of bedenking.", "Choose agreement or a bedenking (objection).")
_NO_REASON = Sentence("Kies waarom u een bedenking hebt.", "Choose why you object.")
_NO_TEXT = Sentence("Schrijf op wat er anders is.", "Write down what is different.")
_NO_CONDITION = Sentence("Schrijf op onder welke voorwaarde het kan.", "Write down under which condition it can be.")
_TOO_LONG = Sentence(
    "Uw toelichting heeft {n} tekens. Er mogen er {most} zijn.", "Your explanation has {n} letters. It may have {most}."
)

#: Fields of the form.
Field = Literal["keuze", "reden", "toelichting"]


@dataclass(frozen=True)
class Antwoord:
    """An answer as somebody filled it in."""

    antwoord: str
    redencode: str = ""
    toelichting: str = ""

    def wrong(self) -> dict[Field, Sentence]:
        """Return what is not right, by field."""
        told: dict[Field, Sentence] = {}
        if self.antwoord not in (AKKOORD, BEDENKING):
            told["keuze"] = _NO_CHOICE
        if self.antwoord == BEDENKING and self.redencode not in REASONS:
            told["reden"] = _NO_REASON
        if self.antwoord == BEDENKING and self.redencode in WITH_TEXT and not self.toelichting.strip():
            told["toelichting"] = _NO_CONDITION if self.redencode == "voorwaarde" else _NO_TEXT
        if len(self.toelichting) > LONGEST_TEXT:
            told["toelichting"] = _TOO_LONG.fill(n=len(self.toelichting), most=LONGEST_TEXT)
        return told


class TeLaat(Exception):
    """The round is not open any longer, or its deadline has passed."""


class Conflict(Exception):
    """Somebody else answered in between; nothing was overwritten.

    Parameters
    ----------
    now
        The case as it stands.
    """

    def __init__(self, now: Geopend) -> None:
        super().__init__()
        self.now = now


def may_answer(found: Geopend, office: Office) -> bool:
    """Tell whether a case can still be answered."""
    ronde = found.ronde
    return ronde.staat == OPEN and office.clock() <= ronde.deadline and found.inhoud is not None


def answer(session: Session, office: Office, actor: Actor, zaak_id: str, said: Antwoord, versie: int) -> int:
    """Keep an answer, in the transaction of a writer; return the version of the case that it makes.

    Parameters
    ----------
    session
        Of `data.engine.writing`.
    office
        The installation.
    actor
        Who answers, for their own municipality.
    zaak_id, versie
        The case, and the version of it that they saw.
    said
        The answer; nothing in it is wrong.

    Raises
    ------
    NietGevonden
        When the actor has no such case.
    TeLaat
        When it cannot be answered any longer.
    Conflict
        When somebody else answered since they looked.
    """
    found = find_case(session, office.sealer, actor, zaak_id)
    if not may_answer(found, office):
        raise TeLaat
    key, now = office.sealer.key(session, zaak_id), office.clock()
    if key is None:
        raise NietGevonden
    agreed = said.antwoord == AKKOORD
    code, text = ("", "") if agreed else (said.redencode, said.toelichting.strip())
    kept = session.connection().execute(
        update(Zaak)
        .where(Zaak.id == zaak_id, Zaak.versie == versie)
        .values(
            antwoord=said.antwoord,
            redencode=code,
            toelichting=seal(key, f"{zaak_id} toelichting", text) if text else None,
            beantwoord=now,
            door=actor.id if session.get(Gebruiker, actor.id) is not None else None,  # the program is no user
            versie=versie + 1,
        )
    )
    if kept.rowcount != 1:
        session.expire_all()
        now_there = find_case(session, office.sealer, actor, zaak_id)
        session.expunge_all()  # it must stay readable when this transaction is undone
        raise Conflict(now_there)
    told = {"antwoord": said.antwoord, "redencode": code, "toelichting": text, "versie": versie + 1}
    for_others = {"namens": list(actor.namens)} if actor.namens else {}
    content = seal(key, f"{zaak_id} spoor", told | for_others)
    trail.append(session, trail.Done(now, actor.id, "antwoord", found.ronde.id, zaak_id, content))
    return versie + 1
