"""A municipality: handing one's cases over to a colleague."""

from collections.abc import Iterator, Sequence

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from optimizer.review import addresses, views
from optimizer.review.clock import day_of
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import Gebruiker, Waarneming
from optimizer.review.mail.outbox import about_hand_over
from optimizer.review.rounds import absence
from optimizer.review.rounds.absence import Overdracht
from optimizer.review.routes import shape
from optimizer.review.routes.shared import shown, text_of, to
from optimizer.review.who.actor import Recht
from optimizer.review.who.guard import Form, Guard, actor_of, office_of

router = APIRouter()
_ZAKEN = [Depends(Guard(Recht.ZAKEN))]


@router.get(addresses.ABSENCE, dependencies=_ZAKEN)
def hand_overs(request: Request) -> Response:
    """Show who stands in for whom, and the form."""
    return shown(request, _absence(request))


@router.post(addresses.ABSENCE, dependencies=_ZAKEN)
def hand_over(request: Request, form: Form) -> Response:
    """Hand over to a colleague, and let them know."""
    office, actor = office_of(request), actor_of(request)
    colleague, first, last = (text_of(form, name).strip() for name in ("collega", "eerste", "laatste"))
    said = Overdracht(colleague, shape.day(first), shape.day(last), open_end=not last)
    with writing(office.engine) as session:
        wrong = absence.wrong(session, office, actor, said)
        if not wrong:
            about_hand_over(session, office, absence.hand_over(session, office, actor, said))
    if wrong:
        order: Sequence[absence.Field] = ("collega", "eerste", "laatste")
        errors = [views.FieldError(field, wrong[field]) for field in order if field in wrong]
        return shown(request, _absence(request, colleague, first, last), status=422, errors=errors)
    return to(addresses.ABSENCE, "vervanging")


@router.post("/vervanging/{waarneming_id}/beeindigen", dependencies=_ZAKEN)
def end(request: Request, waarneming_id: str) -> Response:
    """End a hand-over."""
    office = office_of(request)
    with writing(office.engine) as session:
        absence.end(session, office, actor_of(request), waarneming_id)
    return to(addresses.ABSENCE, "beeindigd")


def _absence(request: Request, colleague: str = "", first: str = "", last: str = "") -> views.Absence:
    office, actor = office_of(request), actor_of(request)
    today = day_of(office.clock())
    with reading(office.engine) as session:
        others = absence.colleagues(session, actor)
        mine, taken = absence.made(session, office, actor), absence.taken(session, office, actor)
        names = {u.id: u.naam for u in session.query(Gebruiker)}

    def rows(found: Sequence[Waarneming], *, given: bool) -> Iterator[views.HandOver]:
        for row in found:
            other = names[row.aan_id if given else row.van_id]
            yield views.HandOver(row.id, other, row.begin, row.einde, active=row.begin <= today)

    return views.Absence(
        colleagues=tuple(views.Option(u.id, u.naam) for u in others),
        mine=tuple(rows(mine, given=True)),
        of_others=tuple(rows(taken, given=False)),
        colleague=colleague,
        first=first,
        last=last,
    )
