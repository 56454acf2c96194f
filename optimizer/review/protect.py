"""What stands around every request: headers, limits on size and number, and a log that names nobody."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from optimizer.review.api import PREFIX, VERSION
from optimizer.review.settings import Settings

log = logging.getLogger("koppelwijzer.review")

#: Addresses that a process remembers at most.
_REMEMBERED = 50_000
_MINUTE = 60.0


class TooLarge(Exception):
    """A request holds more bytes than any page takes."""


class Limit:
    """A bucket for each address: so many requests a minute, no more at once.

    Parameters
    ----------
    per_minute
        Requests of one address.
    tick
        Seconds that pass, whatever the clock says.
    """

    def __init__(self, per_minute: int, tick: Callable[[], float] = time.monotonic) -> None:
        self._most, self._tick = float(per_minute), tick
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Count a request; return after how many seconds it may come, 0 for now."""
        now = self._tick()
        left, before = self._left.pop(address, (self._most, now))
        left = min(self._most, left + (now - before) * self._most / _MINUTE)
        allowed = left >= 1.0
        self._left[address] = (left - 1.0 if allowed else left, now)
        if len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)
        return 0 if allowed else 1 + int((1.0 - left) * _MINUTE / self._most)


def policy(settings: Settings) -> str:
    """Return the content security policy: everything from here, no script and no style in a page."""
    tiles = _origin(settings.tiles)
    provider = _origin(settings.oidc_issuer)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data: {tiles}".strip(),
            "font-src 'self'",
            "connect-src 'self'",
            f"form-action 'self' {provider}".strip(),
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def headers(settings: Settings) -> dict[str, str]:
    """Return the headers that stand above every answer."""
    told = {
        "Content-Security-Policy": policy(settings),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    }
    secure = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
    return told | (secure if settings.is_secure else {})


class Protect:
    """The outermost layer.

    Parameters
    ----------
    app
        What it stands around.
    settings
        Limits and addresses.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._largest = settings.upload_mb * 1024**2
        self._headers = headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, read = time.monotonic(), 500, 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._largest:
                raise TooLarge
            return message

        async def headed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                told = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    told[name] = value
                if scope["path"].startswith(f"{PREFIX}/"):
                    told["API-Version"] = VERSION
                if "cache-control" not in told:
                    told["Cache-Control"] = "no-store"
            await send(message)

        try:
            await self._app(scope, counted, headed)
        finally:
            # The route as it is written, never as it was filled in: an address may name a case.
            route = getattr(scope.get("route"), "path", "-")
            log.info("%s %s %d %.0f ms", scope["method"], route, status, 1000 * (time.monotonic() - began))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
