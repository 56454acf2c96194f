"""An identity provider on this machine: OpenID Connect with codes and PKCE, and lies on request."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "koppelwijzer", "geheim van de client"

Change = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass
class Idp:
    """The provider.

    Attributes
    ----------
    claims
        Of whoever signs in next.
    change
        What a liar makes of the claims of the token.
    key, known
        The key with which tokens are signed, and the one that it publishes.
    header
        Of the token.
    """

    claims: dict[str, Any] = field(default_factory=dict)
    change: Change = lambda claims: claims
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}))
    known: RSAKey | None = None
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "k1"})
    issuer: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    verified: list[str] = field(default_factory=list)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._configuration),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/jwks", self._jwks),
            ]
        )

    def _configuration(self, _request: Request) -> Response:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        return JSONResponse({"issuer": self.issuer, **{k: f"{self.issuer}/{v}" for k, v in ends.items()}})

    def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        name, _, password = base64.b64decode(request.headers["authorization"].split()[1]).decode().partition(":")
        asked = self.codes.pop(str(form["code"]), None)
        proof = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if asked is None or challenge != asked["code_challenge"] or name != CLIENT or not password:
            return JSONResponse({"error": "invalid_grant"}, 400)
        self.verified.append(challenge)
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.claims,
        }
        token = jwt.encode(self.header, self.change(claims), self.key, algorithms=[self.header["alg"]])
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _jwks(self, _request: Request) -> Response:
        return JSONResponse({"keys": [(self.known or self.key).as_dict(private=False)]})


@contextmanager
def running() -> Iterator[Idp]:
    """Serve a provider on a free port until the block ends."""
    idp = Idp()
    server = uvicorn.Server(uvicorn.Config(idp.app(), host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    idp.issuer = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield idp
    finally:
        server.should_exit = True
        thread.join()
