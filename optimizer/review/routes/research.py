"""A researcher: groups of households, none in which somebody can be recognised."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from optimizer.review import addresses, views
from optimizer.review.data.engine import reading
from optimizer.review.data.tables import GESLOTEN
from optimizer.review.rounds import look
from optimizer.review.rounds.groups import divisions
from optimizer.review.rounds.small import LEAST
from optimizer.review.routes import shape
from optimizer.review.routes.shared import shown
from optimizer.review.who.actor import Recht
from optimizer.review.who.guard import Guard, actor_of, office_of

router = APIRouter()


@router.get(addresses.RESEARCH, dependencies=[Depends(Guard(Recht.ONDERZOEK))])
def aggregates(request: Request) -> Response:
    """Show the groups of the newest round."""
    office, actor = office_of(request), actor_of(request)
    with reading(office.engine) as session:
        ronde = look.newest(session)
        found = () if ronde is None else divisions(session, office.sealer, actor, ronde, ronde.peildatum.toordinal())
    tables = tuple(
        views.GroupTable(
            one.kop, tuple(views.GroupRow(g.naam, g.huishoudens, g.akkoord, g.bedenking) for g in one.groepen)
        )
        for one in found
    )
    seen = None if ronde is None else shape.round_view(ronde)
    answered = ronde is not None and ronde.staat == GESLOTEN
    return shown(request, views.Aggregates(seen, tables, LEAST, answered=answered))
