"""How far a round is: answers of each municipality, how often they differ from the proposal, and why."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from optimizer.review.clock import day_of
from optimizer.review.data.tables import BEDENKING, Ronde, Zaak
from optimizer.review.rounds.look import counted_of, progress
from optimizer.review.views import REASONS, Counts, Reason
from optimizer.review.who.actor import Actor


@dataclass(frozen=True)
class Voortgang:
    """How far one municipality is: CBS code, counts, and the day of its last answer."""

    gemeente: str
    counts: Counts
    laatste: datetime.date | None


def of_gemeenten(session: Session, actor: Actor, ronde: Ronde, now: datetime.datetime) -> list[Voortgang]:
    """Return how far each municipality of a round is that an actor may count, in order of code."""
    asked = (
        select(Zaak.gemeente, func.max(Zaak.beantwoord))
        .where(Zaak.ronde_id == ronde.id, counted_of(actor))
        .group_by(Zaak.gemeente)
    )
    last = {code: moment for code, moment in session.execute(asked) if moment is not None}
    late = now > ronde.deadline
    return [
        Voortgang(code, _counts(told, late=late), day_of(last[code]) if code in last else None)
        for code, told in progress(session, actor, ronde.id).items()
    ]


def reasons(session: Session, actor: Actor, ronde_id: str) -> tuple[tuple[Reason, int], ...]:
    """Return how often each reason was given, in the order in which a form names them; none that nobody gave."""
    asked = (
        select(Zaak.redencode, func.count())
        .where(Zaak.ronde_id == ronde_id, Zaak.antwoord == BEDENKING, counted_of(actor))
        .group_by(Zaak.redencode)
    )
    told = {str(code): int(n) for code, n in session.execute(asked)}
    return tuple((code, told[code]) for code in REASONS if code in told)


def together(counts: Sequence[Counts]) -> Counts:
    """Add counts up."""
    return Counts(
        sum(c.open for c in counts),
        sum(c.akkoord for c in counts),
        sum(c.bedenking for c in counts),
        sum(c.late for c in counts),
    )


def _counts(told: dict[str, int], *, late: bool) -> Counts:
    waiting = told.get("", 0)
    return Counts(waiting, told.get("akkoord", 0), told.get("bedenking", 0), waiting if late else 0)
