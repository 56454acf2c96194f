"""What every route does alike: a page for who asks for it, in their language; a message that survives a redirect."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from geodata.gemeenten import load_gemeenten
from geodata.wording import Lang, Sentence
from optimizer.review import addresses, views
from optimizer.review.data.engine import reading
from optimizer.review.data.tables import Gebruiker
from optimizer.review.templating import render
from optimizer.review.who.actor import Actor, Rol
from optimizer.review.who.guard import cookies, office_of, signed_in, token_of, visit_of

SEE_OTHER = 303
#: Cookies of a reader's choices.
TAAL, CONTRAST = "taal", "contrast"
#: Of the address to which a form leads: which message is shown there.
_DONE = "gedaan"
_YEAR_S = 365 * 24 * 3600

#: Messages after a form, by code.
DONE: Mapping[str, Sentence] = {
    "antwoord": Sentence("Uw antwoord is bewaard.", "Your answer was saved."),
    "samen": Sentence("Uw antwoorden zijn bewaard.", "Your answers were saved."),
    "aanbod": Sentence("Uw aanbod is bewaard.", "Your offer was saved."),
    "ingetrokken": Sentence("Uw aanbod is ingetrokken.", "Your offer was withdrawn."),
    "capaciteit": Sentence("Het aantal personen is bewaard.", "The number of persons was saved."),
    "vervanging": Sentence("Uw vervanging is bewaard.", "The hand-over was saved."),
    "beeindigd": Sentence("De vervanging is beëindigd.", "The hand-over has ended."),
    "meldingen": Sentence("Uw keuze is bewaard.", "Your choice was saved."),
    "ronde": Sentence("De ronde is begonnen. De gemeenten zien hun voorstellen.", "The round has begun."),
    "gesloten": Sentence(
        "De maand is afgesloten. U kunt de invoer van de volgende maand nu ophalen.",
        "The month was closed. You can fetch the input of the next month now.",
    ),
    "termijn": Sentence("De termijn is veranderd.", "The deadline was changed."),
}


def shown(
    request: Request,
    view: views.View,
    *,
    status: int = 200,
    errors: Sequence[views.FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the page of a view."""
    response = HTMLResponse(render(view, page_context(request, errors)), status, headers=dict(headers or {}))
    office = office_of(request)
    if signed_in(request) is None:
        visit = visit_of(request)
        response.set_cookie(
            cookies(office).visitor, visit, secure=office.settings.is_secure, httponly=True, samesite="lax", path="/"
        )
    return response


def page_context(request: Request, errors: Sequence[views.FieldError] = ()) -> views.PageContext:
    """Return what a page needs beside its view."""
    office, found = office_of(request), signed_in(request)
    path = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    done = DONE.get(request.query_params.get(_DONE, ""))
    return views.PageContext(
        lang=lang_of(request),
        path=path if request.method == "GET" else addresses.HOME,
        csrf=token_of(request, found),
        actor=None if found is None else actor_view(request, found.actor),
        contrast="hoog" if request.cookies.get(CONTRAST) == "hoog" else "gewoon",
        theme=office.settings.theme,
        demo=office.settings.is_demo,
        flashes=() if done is None else (views.Flash("goed", done),),
        errors=tuple(errors),
        map_tiles=office.settings.tiles,
    )


def lang_of(request: Request) -> Lang:
    """Return the language that a reader chose, else Dutch."""
    return "en" if request.cookies.get(TAAL) == "en" else "nl"


def actor_view(request: Request, actor: Actor) -> views.Actor:
    """Return how a page names who is signed in."""
    place = gemeente_name(actor.gebied) if actor.rol is Rol.GEMEENTE else actor.gebied
    names = ""
    if actor.namens:
        with reading(office_of(request).engine) as session:
            found = [session.get(Gebruiker, other) for other in actor.namens]
        names = ", ".join(user.naam for user in found if user is not None)
    return views.Actor(actor.naam, role(actor.rol), place, names)


def role(rol: str) -> views.Role:
    """Return a role as a page names it."""
    known: dict[str, views.Role] = {
        Rol.GEMEENTE: "gemeente",
        Rol.COA: "coa",
        Rol.PROVINCIE: "provincie",
        Rol.REGIO: "arbeidsmarktregio",
        Rol.ONDERZOEKER: "onderzoeker",
    }
    return known[rol]


def gemeente_name(code: str) -> str:
    """Return the name of a municipality by its code."""
    g = load_gemeenten()
    return str(g.naam[g.index[code]]) if code in g.index else code


def to(address: str, done: str = "", **values: str) -> Response:
    """Lead on after a form, with a message there."""
    return RedirectResponse(addresses.with_query(address, **{_DONE: done}, **values), SEE_OTHER)


def own_address(address: str) -> str:
    """Return an address of this application, or the first page: nobody is led elsewhere by a link.

    >>> own_address("/zaken/1?a=b"), own_address("//elders.nl"), own_address("https://elders.nl/")
    ('/zaken/1?a=b', '/', '/')
    """
    parts = urlsplit(address)
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and not (parts.scheme or parts.netloc)
    return address if ours and "\\" not in address and address.isprintable() else addresses.HOME


def text_of(form: FormData, name: str) -> str:
    """Return a field of a form; "" where it has none or a file."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def file_of(form: FormData, name: str) -> tuple[str, bytes]:
    """Return the name and the bytes of a file of a form; empty where there is none."""
    value = form.get(name)
    if not isinstance(value, UploadFile) or not value.filename:
        return "", b""
    return value.filename, value.file.read()


def attachment(content: bytes, name: str, kind: str) -> Response:
    """Return a file to keep."""
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def remember(response: Response, request: Request, name: str, value: str) -> None:
    """Keep a choice of a reader in a cookie."""
    secure = office_of(request).settings.is_secure
    response.set_cookie(name, value, max_age=_YEAR_S, secure=secure, httponly=True, samesite="lax", path="/")
