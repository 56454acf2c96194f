"""A province: how far its own municipalities are. It sees no household."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from optimizer.review import addresses, views
from optimizer.review.data.engine import reading
from optimizer.review.rounds import look
from optimizer.review.rounds.progress import of_gemeenten, together
from optimizer.review.routes import shape
from optimizer.review.routes.shared import gemeente_name, shown
from optimizer.review.who.actor import Recht
from optimizer.review.who.guard import Guard, actor_of, office_of

router = APIRouter()


@router.get(addresses.PROVINCE, dependencies=[Depends(Guard(Recht.VOORTGANG))])
def progress(request: Request) -> Response:
    """Show how far the municipalities are."""
    office, actor = office_of(request), actor_of(request)
    with reading(office.engine) as session:
        ronde = look.current(session, actor)
        told = [] if ronde is None else of_gemeenten(session, actor, ronde, office.clock())
    told.sort(key=lambda one: shape.by_name_key(one.gemeente))
    rows = tuple(
        views.GemeenteProgress(one.gemeente, gemeente_name(one.gemeente), one.counts, one.laatste) for one in told
    )
    seen = None if ronde is None else shape.round_view(ronde)
    return shown(request, views.ProvinceProgress(actor.gebied, seen, together([one.counts for one in told]), rows))
