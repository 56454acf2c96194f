"""Several answers at once: each of them is kept, or none."""

from collections.abc import Iterable

from optimizer.review.data.engine import writing
from optimizer.review.office import Office
from optimizer.review.rounds import look
from optimizer.review.rounds.answers import Antwoord, Conflict, answer
from optimizer.review.rounds.look import NietGevonden
from optimizer.review.who.actor import Actor


class Ingehaald(Exception):
    """Nothing was kept, for somebody answered some of these cases meanwhile.

    Parameters
    ----------
    zaken
        How many.
    """

    def __init__(self, zaken: int) -> None:
        super().__init__()
        self.zaken = zaken


def answer_all(office: Office, actor: Actor, ronde_id: str, answers: Iterable[tuple[str, int, Antwoord]]) -> None:
    """Keep answers (case, version, answer) of one round.

    Raises
    ------
    NietGevonden
        When one of the cases is not of this actor and round.
    TeLaat
        When they cannot be answered any longer.
    Ingehaald
        When somebody else answered since the actor looked.
    """
    overtaken = 0
    with writing(office.engine) as session:
        for zaak_id, versie, said in answers:
            if look.find_case(session, office.sealer, actor, zaak_id).ronde.id != ronde_id:
                raise NietGevonden
            try:
                answer(session, office, actor, zaak_id, said, versie)
            except Conflict:
                overtaken += 1
        if overtaken:
            raise Ingehaald(overtaken)
