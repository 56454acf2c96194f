"""What a researcher sees of a round: groups of households and their answers, never a group in which one is recognised.

Every table divides the same households by one attribute, and no group of one table lies within a group of another, so
that what one leaves out cannot be worked out from the other. Answers are told when the round is closed and they can
change no more: two looks at a moving count would show what one household got.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy.orm import Session

from geodata.wording import Sentence
from optimizer.review.data.seal import Sealer
from optimizer.review.data.tables import AKKOORD, BEDENKING, GESLOTEN, Ronde
from optimizer.review.rounds import look
from optimizer.review.rounds.look import Geopend, NietGevonden
from optimizer.review.rounds.small import LEAST, enough, may_show
from optimizer.review.rounds.zaken import Zaakinhoud
from optimizer.review.who.actor import Actor, Recht, Rol

#: Households of this size or more are one group; days since the permit at which a group begins.
LARGE, DAYS = 6, (0, 30, 90, 180)

_SIZE = Sentence("Grootte van het huishouden", "Size of the household")
_PERSONS = Sentence("{n} {n:persoon|personen}", "{n} {n:person|persons}")
_OR_MORE = Sentence("{n} personen of meer", "{n} persons or more")
_WORK = Sentence("Werk als harde grond", "Work as a hard ground")
_YES, _NO = Sentence("Ja", "Yes"), Sentence("Nee", "No")
_WAIT = Sentence("Dagen sinds de vergunning", "Days since the permit")
_BETWEEN, _FROM = Sentence("{a} tot {b} dagen", "{a} to {b} days"), Sentence("{a} dagen of meer", "{a} days or more")
_PROVINCE = Sentence("Provincie van de gemeente", "Province of the municipality")

Told = tuple[Geopend, Zaakinhoud]


@dataclass(frozen=True)
class Groep:
    """One group: households that are linked, and of these with each answer; None: not shown."""

    naam: Sentence
    huishoudens: int | None
    akkoord: int | None
    bedenking: int | None


@dataclass(frozen=True)
class Verdeling:
    """All households of a round, divided into groups."""

    kop: Sentence
    groepen: tuple[Groep, ...]


def divisions(session: Session, sealer: Sealer, actor: Actor, ronde: Ronde, today: int) -> tuple[Verdeling, ...]:
    """Divide the linked households of a round into groups that may be shown.

    Parameters
    ----------
    session
        Of `data.engine.reading`.
    sealer
        Opens the cases, to count them: the actor sees none.
    actor
        A researcher.
    ronde
        The round.
    today
        The peildatum, as `datetime.date.toordinal` gives it.

    Raises
    ------
    NietGevonden
        When the actor may not see counts.
    """
    if not actor.may(Recht.ONDERZOEK):
        raise NietGevonden
    counter = Actor("systeem", "", Rol.COA)
    found = [(z, z.inhoud) for z in look.cases(session, sealer, counter, ronde.id) if z.inhoud is not None]
    sizes = [_OR_MORE.fill(n=n) if n == LARGE else _PERSONS.fill(n=n) for n in range(1, LARGE + 1)]
    waits = [_BETWEEN.fill(a=a, b=b - 1) for a, b in pairwise(DAYS)] + [_FROM.fill(a=DAYS[-1])]
    provinces = sorted({z.zaak.provincie for z, _ in found})
    divided: tuple[tuple[Sentence, Sequence[Sentence], Callable[[Told], int]], ...] = (
        (_SIZE, sizes, lambda one: min(one[1].personen, LARGE) - 1),
        (_WORK, [_YES, _NO], lambda one: 0 if "werk" in one[1].gronden else 1),
        (_WAIT, waits, lambda one: _band(one[1].vergunning, today)),
        (_PROVINCE, [Sentence(p, p) for p in provinces], lambda one: provinces.index(one[0].zaak.provincie)),
    )
    answered = ronde.staat == GESLOTEN
    return tuple(_divided(kop, names, found, place, answered=answered) for kop, names, place in divided)


def _divided(
    kop: Sentence, names: Sequence[Sentence], found: Sequence[Told], place: Callable[[Told], int], *, answered: bool
) -> Verdeling:
    """Count a division, and leave out what may not be shown.

    A group shows its answers where each of them, and who gave none, is as large as a group must be; where everybody
    gave the same answer that would tell everybody's, so an answer that nobody gave is too few as well.
    """
    counts = [[0, 0, 0] for _ in names]
    for one in found:
        said = one[0].zaak.antwoord
        counts[place(one)][0] += 1
        counts[place(one)][1] += said == AKKOORD
        counts[place(one)][2] += said == BEDENKING
    rows = [(n, a, b, n - a - b) for n, a, b in counts]
    whole = may_show(rows, lambda row: enough(row[0]))
    hidden = [k for k, shown in enumerate(whole) if not shown]
    parts = may_show(rows, _answers_may_show, hidden) if answered else (False,) * len(rows)
    return Verdeling(
        kop,
        tuple(
            Groep(name, row[0] if a else None, row[1] if b else None, row[2] if b else None)
            for name, row, a, b in zip(names, rows, whole, parts, strict=True)
        ),
    )


def _answers_may_show(row: tuple[int, ...]) -> bool:
    households, akkoord, bedenking, silent = row
    if not households:
        return True
    return enough(households) and akkoord >= LEAST and bedenking >= LEAST and enough(silent)


def _band(permit: str, today: int) -> int:
    days = today - datetime.date.fromisoformat(permit).toordinal() if permit else 0
    return max(k for k, first in enumerate(DAYS) if days >= first or k == 0)
