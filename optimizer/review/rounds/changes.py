"""What a re-run changed: who has another municipality than in the round before it, and why."""

from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from geodata.wording import Sentence
from optimizer.domain.besluiten import Besluit
from optimizer.domain.finished import FinishedRun
from optimizer.domain.uitvoer import VOORSTEL
from optimizer.month.differences import BESLUIT, GEVOLG, NIEUW, VERVALLEN, differences, links
from optimizer.review.data.tables import Ronde
from optimizer.review.rounds import look
from optimizer.review.rounds.look import NietGevonden
from optimizer.review.rounds.opened import besluiten_of, finished_of
from optimizer.review.who.actor import Actor, Recht

#: Why somebody has another municipality.
WHY = {
    BESLUIT: Sentence("Er is een besluit over dit huishouden.", "Somebody decided about this household."),
    GEVOLG: Sentence(
        "Een gevolg: door besluiten over anderen of een andere invoer kwam er plek, of was er geen plek meer.",
        "A consequence: decisions about others, or another input, made room or took it.",
    ),
    NIEUW: Sentence("Het huishouden is nieuw in de invoer.", "The household is new in the input."),
    VERVALLEN: Sentence("Het huishouden staat niet meer in de invoer.", "The household is no longer in the input."),
}


@dataclass(frozen=True)
class Wijziging:
    """One household that has another municipality: CBS codes, "" for none; ``reden`` as in ``gewijzigd.csv``."""

    huishouden: str
    van: str
    naar: str
    reden: str


def round_before(session: Session, actor: Actor, ronde: Ronde) -> Ronde:
    """Return the round that this one goes on from.

    Raises
    ------
    NietGevonden
        When there is none, or the actor may not compare rounds.
    """
    if ronde.vorige_id is None or not actor.may(Recht.RONDES):
        raise NietGevonden
    return look.find_round(session, actor, ronde.vorige_id)


def changes(engine: Engine, before: str, after: str) -> tuple[list[Wijziging], int]:
    """Return what changed between the runs of two rounds, and how many households kept their municipality.

    Parameters
    ----------
    engine
        The database.
    before, after
        Ids of the rounds.
    """
    first, second = finished_of(engine, before), finished_of(engine, after)
    was, now = (links(run.tables[VOORSTEL.name].frame) for run in (first, second))
    table = differences(was, now, _decided(first, second))
    rows = [
        Wijziging(*map(str, row)) for row in table[["huishouden_id", "van", "naar", "reden"]].itertuples(index=False)
    ]
    return rows, sum(bool(g) and was.get(h) == g for h, g in now.items())


def _decided(first: FinishedRun, second: FinishedRun) -> set[str]:
    """Return the households with a decision in the second run that the first one has not."""
    mine = besluiten_of(second)
    if (second.receipt.get("vorige") or {}).get("answer") == first.receipt["answer"]["sha256"]:
        return {b.huishouden_id for b in mine if b.nieuw}
    known = set(map(_plain, besluiten_of(first)))
    return {b.huishouden_id for b in mine if _plain(b) not in known}


def _plain(besluit: Besluit) -> tuple[str, str, str]:
    return besluit.huishouden_id, besluit.soort, besluit.gemeente
