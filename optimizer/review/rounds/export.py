"""What the COA takes out of a round, as files that `run` reads: decisions, and what municipalities offer."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from optimizer.domain.besluiten import BESLUITEN, JA_MITS
from optimizer.domain.cells import escape
from optimizer.domain.csvs import csv_bytes, table_bytes
from optimizer.month.decisions import checked
from optimizer.read.besluiten import Regel
from optimizer.review.rounds.look import Geopend, NietGevonden
from optimizer.review.rounds.offers import tables
from optimizer.review.rounds.opened import Known
from optimizer.review.rounds.words import JA_MITS_WRITTEN, in_file
from optimizer.review.who.actor import Actor, Recht

#: Names of the files.
DECISIONS, DWELLINGS, CAPACITY = "besluiten.csv", "woningen.csv", "capaciteit.csv"


@dataclass(frozen=True)
class Besluitenlijst:
    """The answers of a round as decisions on its run.

    Attributes
    ----------
    rows
        ``huishouden_id``, ``besluit``, ``gemeente`` and ``reden``, in order of the proposal.
    judged
        Of these, households about which a person of the COA must decide: a municipality said *ja mits*, or has a
        bedenking about a municipality that the input itself fixes. They are ``ja mits`` in the file, so that neither
        `run` nor `maand` decides it for them.
    """

    rows: tuple[tuple[str, str, str, str], ...]
    judged: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """Return the file that ``koppelwijzer run --from RUN --besluiten FILE`` reads."""
        columns = [[escape(row[k]) for row in self.rows] for k in range(len(BESLUITEN.names))]
        return csv_bytes(list(BESLUITEN.names), columns)


def decisions(found: Iterable[Geopend], known: Known) -> Besluitenlijst:
    """Turn answers into decisions that can all be followed, or that a person is asked to take.

    Parameters
    ----------
    found
        Cases of one round, opened by somebody who may read them whole.
    known
        What was in force in that round.
    """
    told = [(z, z.inhoud.huishouden) for z in found if z.zaak.antwoord and z.inhoud is not None]
    regels = [_regel(z, household, at) for at, (z, household) in enumerate(told, start=2)]
    _, defects = checked(regels, known.as_read, known.earlier, known.besluiten)
    stopped = {d.row for d in defects if not d.warning}
    rows = tuple(
        (
            r.huishouden_id,
            JA_MITS_WRITTEN if r.row in stopped or r.besluit == JA_MITS else r.besluit,
            r.gemeente,
            r.reden,
        )
        for r in regels
    )
    return Besluitenlijst(rows, tuple(h for h, besluit, _, _ in rows if besluit == JA_MITS_WRITTEN))


def offered(session: Session, actor: Actor, until: datetime.date) -> dict[str, bytes]:
    """Return ``woningen.csv`` and ``capaciteit.csv``: what municipalities offer, by the name of the file.

    Parameters
    ----------
    session
        Of `data.engine.reading`.
    actor
        Who asks; only the COA sees what every municipality offers.
    until
        The last day on which a dwelling must be free to count.

    Raises
    ------
    NietGevonden
        When the actor may not see it.
    """
    if not actor.may(Recht.RONDES):
        raise NietGevonden
    return dict(zip((DWELLINGS, CAPACITY), map(table_bytes, tables(session, actor, until)), strict=True))


def _regel(found: Geopend, huishouden: str, at: int) -> Regel:
    zaak = found.zaak
    besluit, reden = in_file(zaak.antwoord, zaak.redencode, found.toelichting)
    said = JA_MITS if besluit == JA_MITS_WRITTEN else besluit
    return Regel(huishouden, said, zaak.gemeente, reden, DECISIONS, at)
