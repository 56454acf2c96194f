"""Erasure: the key of a case is destroyed, so that nobody can read it again; the chain of the trail still holds."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from optimizer.review.data import trail
from optimizer.review.data.tables import Bestand, Sleutel, Zaak
from optimizer.review.office import Office


def erase_round(session: Session, office: Office, ronde_id: str, by: str) -> int:
    """Erase every case of a round, and its files; return how many cases were erased now."""
    ids = list(
        session.scalars(
            select(Zaak.id)
            .join(Sleutel, Sleutel.zaak_id == Zaak.id)
            .where(Zaak.ronde_id == ronde_id)
            .order_by(Zaak.nummer)
        )
    )
    for zaak_id in ids:
        erase_case(session, office, zaak_id, by)
    session.execute(delete(Bestand).where(Bestand.ronde_id == ronde_id))
    return len(ids)


def erase_case(session: Session, office: Office, zaak_id: str, by: str) -> None:
    """Destroy the key of a case and what was sealed with it."""
    zaak = session.get(Zaak, zaak_id)
    session.execute(delete(Sleutel).where(Sleutel.zaak_id == zaak_id))
    if zaak is not None:
        zaak.voor_gemeente = zaak.voor_coa = b""
        zaak.toelichting = None
        trail.append(session, trail.Done(office.clock(), by, "zaak_gewist", zaak.ronde_id, zaak_id))
