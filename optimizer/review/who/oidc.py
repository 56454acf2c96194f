"""Signing in with the identity provider of the organisation: OpenID Connect, authorisation code with PKCE."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import httpx2 as httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwk, jwt
from joserfc.errors import JoseError

from optimizer.review.clock import Clock
from optimizer.review.data.seal import derived, seal, unseal
from optimizer.review.settings import Settings

_SCOPE = "openid profile email"
_ALGORITHMS = ["RS256", "ES256", "PS256"]
_TIMEOUT_S = 10.0
#: Seconds that clocks may differ.
_LEEWAY_S = 60
_ABOUT = "aanmelden"


class NietAangemeld(Exception):
    """The identity provider did not say who this is, or not in a way that can be trusted."""


@dataclass(frozen=True)
class Attempt:
    """One attempt to sign in, kept sealed in a cookie of the browser that began it.

    Attributes
    ----------
    state, nonce, verifier
        What the answer must fit.
    back
        The page that was asked for.
    """

    state: str
    nonce: str
    verifier: str
    back: str


class Provider:
    """The identity provider.

    Parameters
    ----------
    settings
        Who it is, and who we are to it.
    callback
        The address to which it sends people back.
    clock
        What tells the time.
    client
        For its documents and tokens; None: a new one.
    """

    def __init__(self, settings: Settings, callback: str, clock: Clock) -> None:
        self._settings, self._callback, self._clock = settings, callback, clock
        self._key = derived(settings.secret.get_secret_value(), b"attempts to sign in")

    @cached_property
    def _told(self) -> Mapping[str, Any]:
        """What the provider says of itself."""
        issuer = self._settings.oidc_issuer.rstrip("/")
        told = httpx.get(f"{issuer}/.well-known/openid-configuration", timeout=_TIMEOUT_S).raise_for_status().json()
        if str(told.get("issuer", "")).rstrip("/") != issuer:
            raise NietAangemeld
        return dict(told)

    def begin(self, back: str) -> tuple[str, str]:
        """Return where to send somebody, and what their browser must keep meanwhile."""
        attempt = Attempt(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), back)
        try:
            where = self._told["authorization_endpoint"]
        except (httpx.HTTPError, ValueError) as error:
            raise NietAangemeld from error
        with self._client() as client:
            url, _ = client.create_authorization_url(
                where, state=attempt.state, nonce=attempt.nonce, code_verifier=attempt.verifier
            )
        return str(url), seal(self._key, _ABOUT, asdict(attempt)).hex()

    def finish(self, query: Mapping[str, str], kept: str) -> tuple[Mapping[str, Any], str]:
        """Return the claims of somebody who comes back, checked, and the page that they asked for.

        Raises
        ------
        NietAangemeld
            When anything of it does not fit.
        """
        try:
            attempt = Attempt(**unseal(self._key, _ABOUT, bytes.fromhex(kept)))
            if not secrets.compare_digest(query.get("state", ""), attempt.state) or "code" not in query:
                raise NietAangemeld
            with self._client() as client:
                token = client.fetch_token(
                    self._told["token_endpoint"], code=query["code"], code_verifier=attempt.verifier, timeout=_TIMEOUT_S
                )
            return self._checked(str(token["id_token"]), attempt.nonce), attempt.back
        except (httpx.HTTPError, AuthlibBaseError, JoseError, ValueError, KeyError, TypeError) as error:
            raise NietAangemeld from error

    def _checked(self, id_token: str, nonce: str) -> Mapping[str, Any]:
        keys = jwk.KeySet.import_key_set(
            httpx.get(self._told["jwks_uri"], timeout=_TIMEOUT_S).raise_for_status().json()
        )
        claims = jwt.decode(id_token, keys, algorithms=_ALGORITHMS).claims
        rules = jwt.JWTClaimsRegistry(
            now=lambda: int(self._clock().timestamp()),
            leeway=_LEEWAY_S,
            iss={"essential": True, "value": self._told["issuer"]},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        rules.validate(claims)
        ours, meant = self._settings.oidc_client_id, claims.get("aud")
        for_us = meant == ours or (isinstance(meant, list) and ours in meant and claims.get("azp", ours) == ours)
        if not for_us:
            raise NietAangemeld
        return dict(claims)

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            client_id=self._settings.oidc_client_id,
            client_secret=self._settings.oidc_client_secret.get_secret_value() or None,
            scope=_SCOPE,
            redirect_uri=self._callback,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic"
            if self._settings.oidc_client_secret.get_secret_value()
            else "none",
        )
