"""Pages for everybody: the first one, language and contrast, accessibility, privacy, and a sign of life."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Depends, Request
from sqlalchemy import text
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from optimizer.review import addresses
from optimizer.review.data.engine import reading
from optimizer.review.routes import zaken
from optimizer.review.routes.shared import CONTRAST, SEE_OTHER, TAAL, own_address, remember, shown
from optimizer.review.views import Accessibility, Privacy
from optimizer.review.who.actor import Actor, Recht, Rol
from optimizer.review.who.guard import Guard, actor_of, office_of

router = APIRouter()
_ANYBODY = [Depends(Guard(Recht.IEDEREEN))]


def _leads_to(address: str) -> Callable[[Request, Actor], Response]:
    return lambda _request, _actor: RedirectResponse(address, SEE_OTHER)


#: What each role sees first.
_FIRST: Mapping[Rol, Callable[[Request, Actor], Response]] = {
    Rol.GEMEENTE: zaken.home,
    Rol.COA: _leads_to(addresses.ROUNDS),
    Rol.PROVINCIE: _leads_to(addresses.PROVINCE),
    Rol.REGIO: _leads_to(addresses.JOBS),
    Rol.ONDERZOEKER: _leads_to(addresses.RESEARCH),
}


@router.get(addresses.HOME, dependencies=[Depends(Guard(Recht.ZICHZELF))])
def home(request: Request) -> Response:
    """Lead somebody to their first page."""
    actor = actor_of(request)
    return _FIRST[actor.rol](request, actor)


@router.get(addresses.DISPLAY, dependencies=_ANYBODY)
def display(request: Request) -> Response:
    """Keep the choice of a language or a contrast, and go back."""
    asked = request.query_params
    response = RedirectResponse(own_address(asked.get("terug", addresses.HOME)), SEE_OTHER)
    for name, values in ((TAAL, ("nl", "en")), (CONTRAST, ("gewoon", "hoog"))):
        if asked.get(name) in values:
            remember(response, request, name, asked[name])
    return response


@router.get(addresses.ACCESSIBILITY, dependencies=_ANYBODY)
def accessibility(request: Request) -> Response:
    """Show what was tested for accessibility."""
    return shown(request, Accessibility())


@router.get(addresses.PRIVACY, dependencies=_ANYBODY)
def privacy(request: Request) -> Response:
    """Show what is kept, why, and how long."""
    return shown(request, Privacy(session_minutes=office_of(request).settings.session_minutes))


@router.get("/gezond", dependencies=_ANYBODY)
def alive(request: Request) -> Response:
    """Tell a load balancer that the application and its database answer."""
    with reading(office_of(request).engine) as session:
        session.execute(text("SELECT 1"))
    return PlainTextResponse("ok")
