"""The one place that opens a connection: a GET with retries, for refresh and OSRM."""

import http.client
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from geodata.errors import GeoFout
from geodata.wording import Sentence

ATTEMPTS = 4
TIMEOUT_S = 60.0
# The boundaries of all municipalities take some 10 MB.
LARGEST = 256 << 20
# A request for a table names a hundred points; the head of an address tells the server.
SHOWN = 100
# The server is busy or broken for a moment; any other refusal will not change by asking again.
PASSING = {408, 425, 429, 500, 502, 503, 504}

Pause = Callable[[float], None]


class NetwerkFout(GeoFout):
    """A server did not answer, or not with what was asked."""

    def __init__(self, url: str, reden: Sentence) -> None:
        super().__init__(url, reden)
        self.url = url
        self.reden = reden

    @property
    def sentence(self) -> Sentence:
        """The refusal in both languages."""
        url = re.sub(r"//[^/]*@", "//", self.url).encode("utf-8", "replace").decode()  # no name or password
        shown = url if len(url) <= SHOWN else f"{url[:SHOWN]}..."
        return Sentence(
            f"{shown} antwoordt niet zoals verwacht: {self.reden.nl}. De tabellen die u al heeft, blijven in gebruik.",
            f"{shown} does not answer as expected: {self.reden.en}. The tables that you have remain in use.",
        )


class Antwoord(NamedTuple):
    """The body of an answer, and the day (ISO) on which the server gave it; "" if it did not say."""

    inhoud: bytes
    datum: str


def fetch(url: str, pause: Pause = time.sleep) -> Antwoord:
    """Get a URL, asking again after 1, 2 and 4 seconds where the failure may pass.

    A body shorter than the server announced counts as a failure.

    Raises
    ------
    NetwerkFout
        Where the last attempt failed too, the server refused, or the URL is not http(s).
    """
    check_address(url)
    reden = ""
    for attempt in range(ATTEMPTS):
        if attempt:
            pause(2.0 ** (attempt - 1))
        try:
            return _get(url)
        except urllib.error.HTTPError as fout:
            fout.close()
            reden = f"status {fout.code}"
            if fout.code not in PASSING:
                break
        except (http.client.InvalidURL, ValueError, OverflowError) as fout:  # also where a redirect leads
            reden = f"{type(fout).__name__}: {fout}"
            break
        except (OSError, http.client.HTTPException) as fout:
            reden = f"{type(fout).__name__}: {fout}"
    raise NetwerkFout(url, Sentence(f"de melding is '{reden}'", f"it says '{reden}'"))


def check_address(url: str) -> None:
    """Refuse what is no address of a web server, before anything is asked.

    Raises
    ------
    NetwerkFout
        Where it is none, or not http(s).
    """
    if not url.startswith(("http://", "https://")):
        raise NetwerkFout(
            url,
            Sentence(
                "het adres begint niet met http:// of https://", "the address does not begin with http:// or https://"
            ),
        )
    try:
        parts = urlsplit(url)
        _ = parts.port
        real = bool(parts.hostname and parts.hostname.encode("idna")) and url.isprintable() and " " not in url
    except ValueError:
        real = False
    if not real:
        raise NetwerkFout(url, Sentence("dit is geen adres van een server", "this is no address of a server"))


def _get(url: str) -> Antwoord:
    request = urllib.request.Request(url, headers={"Accept": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310
        inhoud = answer.read(LARGEST + 1)
        if len(inhoud) > LARGEST:
            raise ValueError(f"more than {LARGEST} bytes")
        if answer.length:  # a bounded read does not say that the connection broke off
            raise http.client.IncompleteRead(inhoud, answer.length)
        return Antwoord(inhoud, _day(answer.headers.get("Date")))


def _day(stamp: str | None) -> str:
    """Return the day of a date as servers write it; empty for another text."""
    try:
        return parsedate_to_datetime(stamp).date().isoformat() if stamp else ""
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
