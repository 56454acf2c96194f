"""Who may come in: every route names one right, and a form is taken only from our own page.

A route without a guard stops the application from starting (`app.create_app`).
"""

import hashlib
import hmac
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from optimizer.review.data.engine import reading, writing
from optimizer.review.data.seal import derived
from optimizer.review.office import Office
from optimizer.review.who import sessions
from optimizer.review.who.actor import Actor, Recht
from optimizer.review.who.sessions import SignedIn

#: Methods that change nothing.
SAFE = ("GET", "HEAD", "OPTIONS")
#: Name of the field with the token of a form.
TOKEN = "csrf"  # noqa: S105  (a name)
#: Bytes of a form without a file.
FORM_BYTES = 1024**2
#: Fields of a form: a bulk answer has one for each case of a municipality.
_FIELDS = 5000
NOT_FOUND, NOT_VALID, TOO_LARGE, TOO_MANY = 404, 400, 413, 429


class SignInNeeded(Exception):
    """Nobody is signed in, or their session has ended.

    Parameters
    ----------
    expired
        Whether there was a session.
    """

    def __init__(self, *, expired: bool) -> None:
        super().__init__()
        self.expired = expired


@dataclass(frozen=True)
class Names:
    """Names of our cookies; with ``__Host-`` no other site or page can set them."""

    session: str
    visitor: str
    sign_in: str


def cookies(office: Office) -> Names:
    """Return the names of our cookies."""
    prefix = "__Host-" if office.settings.is_secure else ""
    return Names(f"{prefix}koppelwijzer", f"{prefix}koppelwijzer-bezoek", f"{prefix}koppelwijzer-aanmelden")


def office_of(request: Request) -> Office:
    """Return what this application has at hand."""
    office: Office = request.app.state.office
    return office


def origin_of(request: Request) -> str:
    """Return the origin at which people find this application."""
    base = office_of(request).settings.base_url
    parts = urlsplit(base) if base else request.url
    return f"{parts.scheme}://{parts.netloc}"


async def form_of(request: Request) -> AsyncIterator[FormData]:
    """Yield the form that came with a request, and close its files afterwards.

    It is empty where none came, or where nobody is signed in who may send one.
    """
    form = await _read_form(request)
    try:
        yield form
    finally:
        await form.close()


async def _read_form(request: Request) -> FormData:
    if request.method in SAFE or not request.headers.get("content-type", "").startswith(
        ("application/x-www-form-urlencoded", "multipart/form-data")
    ):
        return FormData()
    names = cookies(office_of(request))
    if not ({names.session, names.visitor} & request.cookies.keys()):
        return FormData()
    return await request.form(max_fields=_FIELDS, max_files=2, max_part_size=FORM_BYTES)


Form = Annotated[FormData, Depends(form_of)]


@dataclass(frozen=True)
class Door:
    """What stands before a route: there is exactly one before each.

    Attributes
    ----------
    recht
        What the route needs; `Recht.IEDEREEN` lets everybody in.
    """

    recht: Recht


@dataclass(frozen=True)
class Guard(Door):
    """Lets in who is signed in and has a right; a form comes in from our own page only."""

    def __call__(self, request: Request, form: Form) -> SignedIn | None:
        """Return who is signed in.

        Raises
        ------
        SignInNeeded
            When nobody is.
        HTTPException
            404 when they have not this right, or the address cannot be one of ours; 400 when a form is not from our own
            page.
        """
        if not all(map(str.isprintable, request.path_params.values())):
            raise HTTPException(NOT_FOUND)  # no database takes a NUL
        office, found = office_of(request), signed_in(request)
        slow_down(request, found)
        if request.method not in SAFE:
            self._refuse_strange(request, form, found)
        if self.recht is Recht.IEDEREEN:
            return found
        if found is None:
            raise SignInNeeded(expired=cookies(office).session in request.cookies)
        if not found.actor.may(self.recht):
            raise HTTPException(NOT_FOUND)
        return found

    def _refuse_strange(self, request: Request, form: FormData, found: SignedIn | None) -> None:
        said = request.headers.get("origin") or origin(request.headers.get("referer", ""))
        if said != origin_of(request):
            raise HTTPException(NOT_VALID)
        if found is None and self.recht is not Recht.IEDEREEN:
            return  # it has no session, and is sent to the sign-in without looking at the form
        token = form.get(TOKEN)
        if not isinstance(token, str) or not sessions.same(token, token_of(request, found)):
            raise HTTPException(NOT_VALID)


def slow_down(request: Request, found: SignedIn | None) -> None:
    """Refuse who asks too often: a session, or an address from which nobody is signed in."""
    address = request.client.host if request.client else ""
    slow_down_by(request, address if found is None else found.sessie)


def slow_down_by(request: Request, key: str) -> None:
    """Refuse who asks too often, by what they are known by."""
    wait = request.app.state.limit.wait(key)
    if wait:
        raise HTTPException(TOO_MANY, headers={"Retry-After": str(wait)})


def guards(route: APIRoute) -> list[Door]:
    """Return the guards of a route: there must be exactly one."""
    found: list[Door] = []
    waiting = list(route.dependant.dependencies)
    while waiting:
        one = waiting.pop()
        waiting += one.dependencies
        if isinstance(one.call, Door):
            found.append(one.call)
    return found


def signed_in(request: Request) -> SignedIn | None:
    """Return who is signed in; None for nobody. Looked up once a request."""
    if not hasattr(request.state, "signed_in"):
        request.state.signed_in = _look_up(request)
    found: SignedIn | None = request.state.signed_in
    return found


def _look_up(request: Request) -> SignedIn | None:
    office = office_of(request)
    name = request.cookies.get(cookies(office).session)
    if not name:
        return None
    now = office.clock()
    with reading(office.engine) as session:
        found, used = sessions.find(session, name, now, office.settings)
    if found is not None and used:
        with writing(office.engine) as session:
            sessions.touch(session, found.sessie, now)
    return found


def token_of(request: Request, found: SignedIn | None) -> str:
    """Return the token that a form must carry: of the session, or of the visit where nobody is signed in."""
    if found is not None:
        return found.bewijs
    office = office_of(request)
    key = derived(office.settings.secret.get_secret_value(), b"forms before signing in")
    return hmac.new(key, visit_of(request).encode(), hashlib.sha256).hexdigest()


def visit_of(request: Request) -> str:
    """Return the random name of a visit, which a cookie keeps until somebody signs in."""
    if not hasattr(request.state, "visit"):
        request.state.visit = request.cookies.get(cookies(office_of(request)).visitor) or secrets.token_urlsafe(16)
    visit: str = request.state.visit
    return visit


def origin(address: str) -> str:
    """Return the origin of an address; "" for none.

    >>> origin("https://example.nl/zaken/1"), origin("")
    ('https://example.nl', '')
    """
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def actor_of(request: Request) -> Actor:
    """Return who is signed in, on a route whose guard asked for a right."""
    found = signed_in(request)
    if found is None:
        raise SignInNeeded(expired=False)
    return found.actor
