"""Signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from geodata.wording import Sentence
from optimizer.errors import Gebruiksfout
from optimizer.review import addresses
from optimizer.review.data.engine import writing
from optimizer.review.office import Office
from optimizer.review.routes.shared import SEE_OTHER, gemeente_name, own_address, role, shown, text_of
from optimizer.review.views import DemoUser, FieldError, SignedOut, SignIn
from optimizer.review.who import sessions, users
from optimizer.review.who.actor import Recht, Rol
from optimizer.review.who.demo import DEMO_USERS, demo_user
from optimizer.review.who.guard import Form, Guard, cookies, office_of, origin_of, signed_in
from optimizer.review.who.oidc import NietAangemeld, Provider

router = APIRouter()
_ANYBODY = [Depends(Guard(Recht.IEDEREEN))]
_ATTEMPT_S = 600
_FAILED = Sentence(
    "Aanmelden lukte niet. Probeer het nog eens. Lukt het weer niet, vraag dan uw beheerder om een rol.",
    "Signing in failed. Try again. If it fails again, ask your administrator for a role.",
)


def few(request: Request) -> None:
    """Refuse an address that tries to sign in too often."""
    address = request.client.host if request.client else ""
    wait = request.app.state.sign_ins.wait(address)
    if wait:
        raise HTTPException(429, headers={"Retry-After": str(wait)})


Few = Annotated[None, Depends(few)]


@router.get(addresses.SIGN_IN, dependencies=_ANYBODY)
def sign_in(request: Request) -> Response:
    """Show how to sign in."""
    if signed_in(request) is not None:
        return RedirectResponse(addresses.HOME, SEE_OTHER)
    return shown(request, _view(request))


@router.post(addresses.SIGN_IN_DEMO, dependencies=_ANYBODY)
def as_demo_user(request: Request, form: Form, _few: Few) -> Response:
    """Sign in as somebody of the demonstration."""
    office = office_of(request)
    chosen = demo_user(text_of(form, "gebruiker"))
    if not office.settings.is_demo or chosen is None:
        raise HTTPException(404)
    return _welcome(office, chosen, own_address(text_of(form, "terug")))


@router.post(addresses.SIGN_IN_PROVIDER, dependencies=_ANYBODY)
def at_provider(request: Request, form: Form, _few: Few) -> Response:
    """Send somebody to the identity provider."""
    office = office_of(request)
    if not office.settings.oidc_issuer:
        raise HTTPException(404)
    try:
        where, attempt = _provider(request).begin(own_address(text_of(form, "terug")))
    except NietAangemeld:
        return shown(request, _view(request), status=502, errors=[FieldError("", _FAILED)])
    response = RedirectResponse(where, SEE_OTHER)
    secure = office.settings.is_secure
    response.set_cookie(
        cookies(office).sign_in, attempt, max_age=_ATTEMPT_S, secure=secure, httponly=True, samesite="lax", path="/"
    )
    return response


@router.get(addresses.SIGN_IN_CALLBACK, dependencies=_ANYBODY)
def back_from_provider(request: Request, _few: Few) -> Response:
    """Take somebody in who comes back from the identity provider."""
    office = office_of(request)
    if not office.settings.oidc_issuer:
        raise HTTPException(404)
    kept = request.cookies.get(cookies(office).sign_in, "")
    try:
        claims, back = _provider(request).finish(dict(request.query_params), kept)
        who = users.of_claims(claims, office.settings.claim_role, office.settings.claim_area)
    except (NietAangemeld, Gebruiksfout):
        response = shown(request, _view(request), status=400, errors=[FieldError("", _FAILED)])
    else:
        response = _welcome(office, who, own_address(back))
    response.delete_cookie(cookies(office).sign_in, path="/", secure=office.settings.is_secure, httponly=True)
    return response


@router.post(addresses.SIGN_OUT, dependencies=[Depends(Guard(Recht.ZICHZELF))])
def sign_out(request: Request) -> Response:
    """End the session."""
    office, found = office_of(request), signed_in(request)
    if found is not None:
        with writing(office.engine) as session:
            sessions.stop(session, found, office.clock())
    response = RedirectResponse(addresses.SIGNED_OUT, SEE_OTHER)
    response.delete_cookie(cookies(office).session, path="/", secure=office.settings.is_secure, httponly=True)
    return response


@router.get(addresses.SIGNED_OUT, dependencies=_ANYBODY)
def signed_out(request: Request) -> Response:
    """Say that the session has ended."""
    return shown(request, SignedOut())


def _welcome(office: Office, who: users.Person, back: str) -> Response:
    """Begin a session, with a name that nobody could have set before."""
    now = office.clock()
    with writing(office.engine) as session:
        sessions.sweep(session, now, office.settings)
        user = users.keep(session, who, now)
        name = sessions.begin(session, user, now) if user.actief else ""
    if not name:
        raise HTTPException(404)
    response = RedirectResponse(back, SEE_OTHER)
    names, secure = cookies(office), office.settings.is_secure
    response.set_cookie(names.session, name, secure=secure, httponly=True, samesite="lax", path="/")
    response.delete_cookie(names.visitor, path="/", secure=secure, httponly=True)
    return response


def _provider(request: Request) -> Provider:
    office = office_of(request)
    return Provider(office.settings, f"{origin_of(request)}{addresses.SIGN_IN_CALLBACK}", office.clock)


def _view(request: Request) -> SignIn:
    settings = office_of(request).settings
    asked = request.query_params
    demo = DEMO_USERS if settings.is_demo else {}
    return SignIn(
        provider=settings.oidc_issuer,
        users=tuple(
            DemoUser(key, who.naam, role(who.rol), gemeente_name(who.gebied) if who.rol is Rol.GEMEENTE else who.gebied)
            for key, who in demo.items()
        ),
        back=own_address(asked.get("terug", addresses.HOME)),
        expired=asked.get("verlopen") == "ja",
    )
