"""The application put together: every route with its guard, and a page for everything that goes wrong."""

import logging
import secrets
from collections.abc import Callable, Iterator
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount

from optimizer.review import addresses
from optimizer.review.api.problems import problem_of
from optimizer.review.data.migrate import refuse_other_form
from optimizer.review.office import Office
from optimizer.review.protect import Limit, Protect, TooLarge, headers
from optimizer.review.rounds.look import NietGevonden
from optimizer.review.routes import ROUTERS
from optimizer.review.routes.shared import shown
from optimizer.review.routes.static import Static
from optimizer.review.settings import refuse
from optimizer.review.views import Trouble
from optimizer.review.who.guard import NOT_FOUND, NOT_VALID, SAFE, TOO_LARGE, TOO_MANY, SignInNeeded, guards

log = logging.getLogger("koppelwijzer.review")

BROKEN, SEE_OTHER = 500, 303


class Unguarded(Exception):
    """A route has no guard, or more than one: the application does not start."""


def create_app(office: Office) -> FastAPI:
    """Put the application together.

    Raises
    ------
    Gebruiksfout
        When production would run as a demonstration does, or the database has another form.
    Unguarded
        When somebody forgot to say who may ask for a route.
    """
    refuse(office.settings)
    refuse_other_form(office.engine)
    app = FastAPI(title="Koppelwijzer", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.office = office
    app.state.limit = Limit(office.settings.requests_per_minute)
    app.state.sign_ins = Limit(office.settings.sign_ins_per_minute)
    for router in ROUTERS:
        app.router.routes.extend(router.routes)  # side by side, so that each can be looked at below
    app.mount(addresses.STATIC, Static(), name="static")
    _handle_trouble(app)
    for route in guarded(app.routes):
        if len(guards(route)) != 1:
            raise Unguarded(route.path)
    app.add_middleware(Protect, settings=office.settings)
    return app


def guarded(routes: list[BaseRoute]) -> Iterator[APIRoute]:
    """Yield every route that must have a guard: all but the static files.

    Raises
    ------
    Unguarded
        For a route of a kind that cannot have one.
    """
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif not (isinstance(route, Mount) and route.path == addresses.STATIC):
            raise Unguarded(str(route))


def _on(app: FastAPI, kind: type[Exception]) -> Callable[[Callable[[Request, Any], Response]], None]:
    """Handle a kind of trouble: with a page for people, with a problem for programs."""

    def register(page: Callable[[Request, Any], Response]) -> None:
        app.add_exception_handler(kind, lambda request, error: problem_of(request, error) or page(request, error))

    return register


def _handle_trouble(app: FastAPI) -> None:
    @_on(app, SignInNeeded)
    def sign_in(request: Request, error: SignInNeeded) -> Response:
        if request.method not in SAFE:
            return shown(request, Trouble(kind="verlopen"), status=NOT_VALID)
        here = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        back = addresses.with_query(addresses.SIGN_IN, terug=here, verlopen="ja" if error.expired else "")
        return RedirectResponse(back, SEE_OTHER)

    @_on(app, NietGevonden)
    def nothing_here(request: Request, _error: NietGevonden) -> Response:
        return shown(request, Trouble(kind="niet_gevonden"), status=NOT_FOUND)

    @_on(app, RequestValidationError)
    def not_to_read(request: Request, _error: RequestValidationError) -> Response:
        return shown(request, Trouble(kind="niet_gevonden"), status=NOT_FOUND)

    @_on(app, TooLarge)
    def too_large(request: Request, _error: TooLarge) -> Response:
        largest = request.app.state.office.settings.upload_mb
        return shown(request, Trouble(kind="te_groot", largest_mb=largest), status=TOO_LARGE)

    @_on(app, HTTPException)
    def said_no(request: Request, error: HTTPException) -> Response:
        wait = int((error.headers or {}).get("Retry-After", 0))
        known = {
            TOO_MANY: Trouble(kind="te_vaak", wait_s=wait),
            TOO_LARGE: Trouble(kind="te_groot", largest_mb=request.app.state.office.settings.upload_mb),
            NOT_VALID: Trouble(kind="niet_geldig"),
            NOT_FOUND: Trouble(kind="niet_gevonden"),
        }
        status = error.status_code if error.status_code in known else NOT_FOUND
        return shown(request, known[status], status=status, headers=error.headers)

    @app.exception_handler(Exception)
    def broken(request: Request, error: Exception) -> Response:
        # What went wrong may hold what somebody wrote: the log gets its kind and place, never its words.
        reference = secrets.token_hex(4)
        log.error("%s %s at %s", reference, type(error).__name__, _place(error))
        page = problem_of(request, error, reference) or shown(
            request, Trouble(kind="kapot", reference=reference), status=BROKEN
        )
        # This answer is made outside `Protect`.
        page.headers.update({**headers(request.app.state.office.settings), "Cache-Control": "no-store"})
        return page


def _place(error: BaseException) -> str:
    """Return where something went wrong, innermost last."""
    steps, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        steps.append(f"{code.co_filename.rpartition('optimizer/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(steps[-6:])
