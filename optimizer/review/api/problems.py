"""What went wrong, as a problem (RFC 9457): a status, a title and what to do, and never what somebody wrote."""

from collections.abc import Mapping, Sequence

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from optimizer.review.api import PREFIX, VERSION
from optimizer.review.protect import TooLarge
from optimizer.review.rounds.look import NietGevonden

#: Kind of content of a problem.
PROBLEM = "application/problem+json"
INVALID, NOT_FOUND, TOO_LARGE, UNSUPPORTED, BROKEN = 400, 404, 413, 415, 500

#: Title and what to do, by status.
SAID: Mapping[int, tuple[str, str]] = {
    400: ("Het verzoek klopt niet", "Lees in het detail welke velden niet kloppen."),
    401: ("Geen geldig token", "Geef een geldig token in de kop Authorization: Bearer <token>."),
    404: ("Niet gevonden", "Dit bestaat niet, of het is niet van u."),
    405: ("Deze methode kan hier niet", "De kop Allow noemt de methoden die wel kunnen."),
    409: ("Antwoorden kan niet meer", "De termijn is voorbij of de ronde is gesloten. Het antwoord is niet bewaard."),
    412: ("Intussen veranderd", "Een ander antwoordde intussen. Vraag de zaak opnieuw op en beslis opnieuw."),
    413: ("Te groot", "Het verzoek is te groot."),
    415: ("Verkeerd soort inhoud", "Stuur JSON, met de kop Content-Type: application/json."),
    428: ("Versie ontbreekt", "Stuur in de kop If-Match de ETag van de zaak waarop u antwoordt."),
    429: ("Te veel verzoeken", "Wacht zo lang als de kop Retry-After zegt."),
    500: ("Er ging iets mis", "Probeer het later opnieuw."),
}


def is_api(request: Request) -> bool:
    """Tell whether a request is for the API."""
    return request.url.path == PREFIX or request.url.path.startswith(f"{PREFIX}/")


def problem(status: int, detail: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """Return a problem; a status that is not known is said to be one of the request."""
    title, said = SAID.get(status, SAID[INVALID])
    content = {"status": status, "title": title, "detail": detail or said}
    return JSONResponse(content, status, {**(headers or {}), "API-Version": VERSION}, PROBLEM)


def problem_of(request: Request, error: Exception, reference: str = "") -> Response | None:
    """Return what went wrong as a problem; None where a person asked, who gets a page.

    Parameters
    ----------
    request
        What was asked.
    error
        What went wrong.
    reference
        Of a failure in the log.
    """
    if not is_api(request):
        return None
    if isinstance(error, RequestValidationError):
        return _not_valid(request, error)
    if isinstance(error, HTTPException):
        if isinstance(error.__cause__, TooLarge):
            return problem(TOO_LARGE)
        ours = error.status_code == INVALID and error.__cause__ is None
        return problem(error.status_code, error.detail if ours else "", error.headers)
    if isinstance(error, NietGevonden):
        return problem(NOT_FOUND)
    if isinstance(error, TooLarge):
        return problem(TOO_LARGE)
    return problem(BROKEN, f"Probeer het later opnieuw. Kenmerk: {reference}.")


def _not_valid(request: Request, errors: RequestValidationError) -> Response:
    """Return what is wrong in a request, all at once: an address that names nothing is not found."""
    told = errors.errors()
    if any(one["loc"][0] == "path" for one in told):
        return problem(NOT_FOUND)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if any(one["loc"][0] == "body" for one in told) and kind != "application/json":
        return problem(UNSUPPORTED)
    return problem(INVALID, f"Niet goed: {'; '.join(_fields(told))}.")


def _fields(told: Sequence[Mapping[str, object]]) -> list[str]:
    """Name what is wrong: field and kind of mistake, as they stand in the description, never the value."""
    names = []
    for one in told:
        place = one["loc"]
        parts = place[1:] if isinstance(place, tuple) else ()
        known = [str(p) if isinstance(p, int) or str(p).isidentifier() else "?" for p in parts][:3]
        names.append(f"{'.'.join(known)[:100] or 'inhoud'} ({one['type']})")
    return list(dict.fromkeys(names))[:20]
