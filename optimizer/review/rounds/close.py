"""A month ends: the answers of a round make the input of the next month, and nobody can answer any longer.

This is a command of its own and no part of a page, as `take_in` is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.wording import Sentence
from optimizer.errors import Geweigerd
from optimizer.month.carry import GEKOPPELD, REDENEN, ZonderAntwoord
from optimizer.pipeline import Listener
from optimizer.pipeline.month import Ended, Month, next_month
from optimizer.review.data import trail
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import GESLOTEN, OPEN, Bestand, Ronde, Zaak
from optimizer.review.office import Office
from optimizer.review.rounds import look
from optimizer.review.rounds.export import DECISIONS, decisions
from optimizer.review.rounds.opened import Opened, open_round
from optimizer.review.rounds.packed import packed
from optimizer.review.who.actor import Actor, Rol

#: Name of the packed input of the next month among the files of a round.
VOLGENDE = "volgende.zip"
#: How often somebody may answer while a month is being ended.
_TRIES = 3
_NO_ROUND = Sentence("Er is geen ronde '{id}'.", "There is no round '{id}'.")
_NOT_OPEN = Sentence("De ronde '{naam}' is niet open.", "The round '{naam}' is not open.")
_BUSY = Sentence(
    "Gemeenten antwoorden nog steeds, en de maand is niet afgesloten. Probeer het nog eens.",
    "Municipalities keep answering, and the month was not closed. Try again.",
)


@dataclass(frozen=True)
class Gesloten:
    """What became of the month: households by what became of them, and the packed input of the next one."""

    lot: Mapping[str, int]
    volgende: bytes

    @property
    def gekoppeld(self) -> int:
        """Households that are linked."""
        return self.lot[GEKOPPELD]

    @property
    def mee(self) -> int:
        """Households that go on to the next month."""
        return sum(n for name, n in self.lot.items() if name != GEKOPPELD)


def close(office: Office, ronde_id: str, zonder_antwoord: ZonderAntwoord, door: str) -> Gesloten:
    """End the month of a round, whole or not at all: no answer that somebody gave meanwhile is left out.

    Parameters
    ----------
    office
        The installation.
    ronde_id
        The round.
    zonder_antwoord
        What to do with a proposal that nobody answered.
    door
        Id of who ends it.

    Raises
    ------
    Geweigerd
        When there is no such round or it is not open.
    """
    for _ in range(_TRIES):
        with reading(office.engine) as session:
            _open(session, ronde_id)
            seen = _answers(session, ronde_id)
        with open_round(office.engine, ronde_id) as opened:
            besluiten, ended, volgende = _ended(office, ronde_id, opened, zonder_antwoord)
        with writing(office.engine) as session:
            ronde = _open(session, ronde_id)
            if _answers(session, ronde_id) != seen:
                continue
            ronde.staat = GESLOTEN
            for name, content in ((DECISIONS, besluiten), (VOLGENDE, volgende)):
                session.add(Bestand(ronde_id=ronde_id, naam=name, inhoud=content, sha256=trail.hashed(content)))
            told = f"{zonder_antwoord} {trail.hashed(besluiten)} {trail.hashed(volgende)}".encode()
            trail.append(session, trail.Done(office.clock(), door, "ronde_gesloten", ronde_id, inhoud=told))
            return Gesloten({name: ended.count(name)[0] for name in (GEKOPPELD, *REDENEN)}, volgende)
    raise Geweigerd(*_BUSY)


def _ended(
    office: Office, ronde_id: str, opened: Opened, zonder_antwoord: ZonderAntwoord
) -> tuple[bytes, Ended, bytes]:
    """Return the decisions, what became of the month, and the packed input of the next one."""
    with reading(office.engine) as session:
        found = list(look.cases(session, office.sealer, Actor("systeem", "", Rol.COA), ronde_id))
    besluiten = decisions(found, opened.known).to_bytes()
    with TemporaryDirectory(prefix="koppelwijzer-maand-") as place:
        file, out = Path(place) / DECISIONS, Path(place) / "volgende"
        file.write_bytes(besluiten)
        ended = next_month(Month(opened.run, out, file, zonder_antwoord, given=opened.given), Listener())
        return besluiten, ended, packed(ended.folder)


def _open(session: Session, ronde_id: str) -> Ronde:
    ronde = session.get(Ronde, ronde_id)
    if ronde is None:
        raise Geweigerd(*_NO_ROUND.fill(id=ronde_id))
    if ronde.staat != OPEN:
        raise Geweigerd(*_NOT_OPEN.fill(naam=ronde.naam))
    return ronde


def _answers(session: Session, ronde_id: str) -> dict[str, int]:
    """Return the version of each case: it grows with every answer."""
    asked = select(Zaak.id, Zaak.versie).where(Zaak.ronde_id == ronde_id)
    return {str(zaak_id): int(versie) for zaak_id, versie in session.execute(asked)}
