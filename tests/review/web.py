"""A visitor of the application, for tests: keeps cookies, fills in forms with their token, and sends them from here."""

import re
import secrets
from collections.abc import Mapping, Sequence

from httpx2 import Response
from starlette.testclient import TestClient

from optimizer.review.app import create_app
from optimizer.review.data.engine import writing
from optimizer.review.data.tables import Gebruiker
from optimizer.review.office import Office
from optimizer.review.who import sessions
from optimizer.review.who.actor import Rol

ORIGIN = {"origin": "http://testserver"}
_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]+)"')


class Visitor:
    """Somebody with a browser.

    Parameters
    ----------
    office
        The installation that they visit.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self.client = TestClient(create_app(office), raise_server_exceptions=False)
        self.id = ""

    def sign_in(self, rol: Rol, gebied: str = "") -> "Visitor":
        """Sign in as somebody new with a role, past the identity provider."""
        self.id = secrets.token_hex(16)
        user = Gebruiker(
            id=self.id, onderwerp=self.id, naam=f"Naam {self.id[:6]}", rol=str(rol), gebied=gebied, actief=True
        )
        with writing(self.office.engine) as session:
            session.add(user)
            session.flush()
            name = sessions.begin(session, user, self.office.clock())
        self.client.cookies.set("koppelwijzer", name)
        return self

    def get(self, path: str, *, follow: bool = False) -> Response:
        return self.client.get(path, follow_redirects=follow)

    def token(self) -> str:
        """Return the token of the forms of this visitor; the page to sign in has one, then the frame of every page."""
        pages = (self.client.get(path).text for path in ("/privacy", "/aanmelden"))
        found = next((token for token in map(_TOKEN.search, pages) if token), None)
        return found.group(1) if found else ""

    def post(
        self,
        path: str,
        fields: Mapping[str, str | Sequence[str]] | None = None,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        *,
        follow: bool = False,
    ) -> Response:
        """Send a form with its token, as our own page would."""
        data = {
            "csrf": self.token(),
            **{k: v if isinstance(v, str) else list(v) for k, v in (fields or {}).items()},
        }
        return self.client.post(path, data=data, files=files, headers=ORIGIN, follow_redirects=follow)
