"""A local server that speaks the protocols of CBS OData 3, PDOK WFS and OSRM."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import numpy as np
import pytest

from geodata.areas import thiessen
from geodata.gemeenten import load_gemeenten

PAGE = 200

Change = Callable[[str, Any], Any]


class Bureau:
    """What the server answers, and how it fails when told to."""

    def __init__(self) -> None:
        self.address = ""
        self.asked: list[str] = []
        self.failures: list[int] = []  # statuses to answer first; -1 is half an answer
        self.change: Change = lambda _path, answer: answer

    def answer(self, url: str) -> Any:
        parts = urlsplit(url)
        path, query = unquote(parts.path), parse_qs(parts.query)
        if path.endswith("/DataProperties"):
            found: Any = {"value": properties()}
        elif "70072ned" in path:
            found = {"value": people()}
        elif path.endswith("/TypedDataSet"):
            found = self._page(path, division(), int(query.get("$skip", ["0"])[0]))
        elif "/wfs/" in path:
            found = boundaries()
        elif "/table/v1/driving/" in path:
            found = table(path, query)
        else:
            return None
        return self.change(path, found)

    def _page(self, path: str, rows: list[Any], skip: int) -> dict[str, Any]:
        page: dict[str, Any] = {"value": rows[skip : skip + PAGE]}
        if skip + PAGE < len(rows):
            page["odata.nextLink"] = f"{self.address}{path}?$skip={skip + PAGE}"
        return page


def properties() -> list[dict[str, Any]]:
    """Describe the columns as CBS does: groups, and topics that name their group."""
    groups = {1: "Codes en namen van gemeenten", 4: "Arbeidsmarktregio's", 7: "Provincies"}
    found: list[dict[str, Any]] = []
    for i, title in groups.items():
        found.append({"ID": i, "ParentID": None, "Type": "TopicGroup", "Key": "", "Title": title})
        for j, name in ((i + 1, "Code"), (i + 2, "Naam")):
            topic = {"ID": j, "ParentID": i, "Type": "Topic", "Key": f"{name}_{j}", "Title": name}
            found.append(topic)
    return found


def division() -> list[dict[str, Any]]:
    """List the municipalities, with names padded by spaces as CBS pads them."""
    g = load_gemeenten()
    return [
        {
            "RegioS": f"{code}    ",
            "Code_2": code,
            "Naam_3": f"{g.naam[i]}   ",
            "Code_5": str(g.arbeidsmarktregio[i]),
            "Naam_6": str(g.arbeidsmarktregio_naam[i]),
            "Code_8": "PV00",
            "Naam_9": str(g.provincie[i]),
        }
        for code, i in reversed(g.index.items())
    ]


def people() -> list[dict[str, Any]]:
    """Count the inhabitants, with a municipality that has been merged away."""
    g = load_gemeenten()
    rows = [{"RegioS": c, "TotaleBevolking_1": int(g.inwoners[i])} for c, i in g.index.items()]
    return [*rows, {"RegioS": "GM0457", "TotaleBevolking_1": None}]


def boundaries() -> dict[str, Any]:
    """Draw the boundaries: the Thiessen areas do."""
    areas = thiessen()
    features = [
        {"type": "Feature", "properties": {"statcode": code}, "geometry": shape.__geo_interface__}
        for code, shape in zip(areas.gemeente, areas.geometry, strict=True)
    ]
    return {"type": "FeatureCollection", "numberMatched": len(features), "features": features}


def table(path: str, query: dict[str, list[str]]) -> dict[str, Any]:
    """Answer a table request: 100 km per degree, in metres."""
    points = np.array([p.split(",") for p in path.rsplit("/", 1)[1].split(";")], dtype=float)
    a, b = (points[[int(i) for i in query[name][0].split(";")]] for name in ("sources", "destinations"))
    metres = np.abs(a[:, None] - b[None]).sum(axis=2) * 100_000
    return {"code": "Ok", "distances": metres.tolist()}


@pytest.fixture
def bureau(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bureau]:
    """Start the server on a free port of this machine."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    office = Bureau()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            office.asked.append(self.path)
            status = office.failures.pop(0) if office.failures else 200
            body = json.dumps(office.answer(self.path)).encode()
            self.send_response(status if status > 0 else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body if status > 0 else body[: len(body) // 2])

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    office.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield office
    server.shutdown()
    server.server_close()
    thread.join()
