"""Who may ask the API: a token in the header of each request, and never a cookie, so that no form of others can ask."""

from dataclasses import dataclass

from fastapi import Request
from starlette.exceptions import HTTPException

from optimizer.review.data.engine import reading, writing
from optimizer.review.who import tokens
from optimizer.review.who.actor import Actor, Recht
from optimizer.review.who.guard import NOT_FOUND, Door, office_of, slow_down_by

UNAUTHORIZED = 401
_SCHEME = "bearer"


@dataclass(frozen=True)
class Bearer(Door):
    """Lets in a program whose token stands for somebody with a right; cookies are not looked at."""

    def __call__(self, request: Request) -> None:
        """Find out who asks.

        Raises
        ------
        HTTPException
            401 without a valid token; 404 where its user has not this right; 429 for who asks too often.
        """
        found = None if self.recht is Recht.IEDEREEN else _look_up(request)
        address = request.client.host if request.client else ""
        slow_down_by(request, address if found is None else found.id)
        if self.recht is Recht.IEDEREEN:
            return
        if found is None:
            raise HTTPException(UNAUTHORIZED, headers={"WWW-Authenticate": 'Bearer realm="koppelwijzer"'})
        if not found.actor.may(self.recht):
            raise HTTPException(NOT_FOUND)
        request.state.asker = found.actor


def asker(request: Request) -> Actor:
    """Return who asks, on a route whose guard asked for a right."""
    actor: Actor = request.state.asker
    return actor


def _look_up(request: Request) -> tokens.Known | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() != _SCHEME or not token:
        return None
    office = office_of(request)
    now = office.clock()
    with reading(office.engine) as session:
        found = tokens.find(session, token.strip(), now)
    if found is not None and found.used:
        with writing(office.engine) as session:
            tokens.touch(session, found.id, now)
    return found
