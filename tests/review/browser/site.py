"""A small site that serves the samples as the application serves its pages: same files, same content policy."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from socket import socket

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from geodata.wording import Lang
from optimizer.review.maps import case_geojson
from optimizer.review.templating import render
from optimizer.review.views import Contrast
from tests.review.samples import OKTOBER, PAGES, context

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; "
    "form-action 'self'"
)


_BROUGHT = re.compile(r'<(?:link rel="stylesheet" href|script src)="/static/vendor/[^\n]*\n')


def without_npm(html: str) -> str:
    """The same page where npm brought nothing."""
    return _BROUGHT.sub("", html)


async def _sample(request: Request) -> Response:
    return _shown(request, request.path_params["name"])


def _shown(request: Request, name: str) -> Response:
    asked = request.query_params
    lang: Lang = "en" if asked.get("taal") == "en" else "nl"
    contrast: Contrast = "hoog" if asked.get("contrast") == "hoog" else "gewoon"
    page = replace(context(name, lang, contrast), theme=asked.get("thema", "koppelwijzer"))
    html = render(PAGES[name][0], page)
    html = without_npm(html) if "kaal" in asked else html
    return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})


async def _map(_: Request) -> Response:
    return JSONResponse(case_geojson("GM0344", ["GM0355", "GM0363"], 50.0, OKTOBER.peildatum))


async def _cases(request: Request) -> Response:
    return _shown(request, "cases_none" if request.query_params else "cases")


def samples() -> Starlette:
    """The site: ``/steekproef/NAME?taal=en&contrast=hoog``; ``kaal=1``: without what npm brings; ``thema``."""
    static = StaticFiles(directory=str(files("optimizer.review") / "static"))
    return Starlette(
        routes=[
            Mount("/static", static),
            Route("/zaken/{id}/kaart.json", _map),
            Route("/ronden/{id}/zaken", _cases),
            Route("/steekproef/{name}", _sample),
        ]
    )


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(app: Starlette, port: int) -> Iterator[str]:
    """Serve a site on a port of this machine as long as the block runs; give its address."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    assert server.started
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(30)
