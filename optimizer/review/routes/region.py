"""A labour-market region: jobs by sector. It sees no person and no household."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from optimizer.review import addresses, views
from optimizer.review.data.engine import reading
from optimizer.review.rounds import look
from optimizer.review.rounds.sectors import jobs_of
from optimizer.review.rounds.small import LEAST
from optimizer.review.routes import shape
from optimizer.review.routes.shared import shown
from optimizer.review.who.actor import Recht
from optimizer.review.who.guard import Guard, actor_of, office_of

router = APIRouter()


@router.get(addresses.JOBS, dependencies=[Depends(Guard(Recht.BANEN))])
def jobs(request: Request) -> Response:
    """Show the jobs of the newest round."""
    office, actor = office_of(request), actor_of(request)
    with reading(office.engine) as session:
        ronde = look.newest(session)
    try:
        found = [] if ronde is None else jobs_of(office.engine, actor, ronde.id, office.rounds.known(ronde.id))
    except KeyError:  # its files were erased
        ronde, found = None, []
    rows = tuple(views.SectorRow(one.sector, one.banen, one.behouden) for one in found)
    seen = None if ronde is None else shape.round_view(ronde)
    return shown(request, views.JobsKept(actor.gebied, seen, rows, LEAST))
