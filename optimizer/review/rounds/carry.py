"""Answers that go along to the round that takes the place of another one.

An *akkoord* lasts (docs/besluiten.md): a municipality that agreed to a household is not asked again about the same
household, as long as what it read of it is still so. It may change its mind until the new deadline. A bedenking was
about one proposal: where the household comes back to the same municipality all the same, somebody must look again.
"""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from optimizer.review.data import trail
from optimizer.review.data.seal import seal
from optimizer.review.data.tables import AKKOORD, Ronde
from optimizer.review.office import Office
from optimizer.review.rounds import look
from optimizer.review.rounds.look import Geopend
from optimizer.review.rounds.zaken import Zaakinhoud
from optimizer.review.who.actor import Actor, Rol

#: Who looks: the program itself, which sees what the COA sees.
_PROGRAM = Actor("systeem", "", Rol.COA)


def carry_answers(session: Session, office: Office, before: Ronde, after: Ronde) -> int:
    """Take agreements along from the round before, in the transaction of a writer; return how many.

    The answer keeps who gave it and when; the trail says from which case it came.
    """
    agreed = {(_who(z), z.zaak.gemeente): z for z in _cases(session, office, before) if z.zaak.antwoord == AKKOORD}
    taken = 0
    for case in _cases(session, office, after):
        old = agreed.get((_who(case), case.zaak.gemeente))
        if old is None or _facts(old) != _facts(case):
            continue
        zaak, key = case.zaak, office.sealer.key(session, case.zaak.id)
        if key is None:
            continue
        zaak.antwoord, zaak.beantwoord, zaak.door, zaak.versie = AKKOORD, old.zaak.beantwoord, old.zaak.door, 1
        told = {"antwoord": AKKOORD, "redencode": "", "toelichting": "", "versie": 1, "overgenomen": old.zaak.id}
        content = seal(key, f"{zaak.id} spoor", told)
        trail.append(session, trail.Done(office.clock(), "systeem", "antwoord_overgenomen", after.id, zaak.id, content))
        taken += 1
    session.flush()
    return taken


def _cases(session: Session, office: Office, ronde: Ronde) -> Iterable[Geopend]:
    return (z for z in look.cases(session, office.sealer, _PROGRAM, ronde.id) if z.inhoud is not None)


def _who(found: Geopend) -> str:
    return found.inhoud.huishouden if found.inhoud else ""


def _facts(found: Geopend) -> tuple[object, ...] | None:
    """Return what an agreement was about: all of a household but our own reason and the alternatives."""
    told: Zaakinhoud | None = found.inhoud
    if told is None:
        return None
    jobs = tuple((job.gemeente, job.uren, job.hard) for job in told.banen)
    return told.personen, told.gronden, told.vergunning, told.nareis, told.woning, jobs
