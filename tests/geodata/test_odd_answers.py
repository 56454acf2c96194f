"""Whatever a server answers, and whatever is written for its address: a sentence, never a traceback."""

import contextlib
import json
import math
import urllib.request
from collections.abc import Iterator
from functools import partial
from http.client import HTTPMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geodata import network
from geodata.cbs import gemeenten
from geodata.errors import GeoFout
from geodata.network import Antwoord, NetwerkFout, check_address, fetch
from geodata.osrm import cached_osrm
from geodata.pdok import borders
from geodata.refresh import refresh
from geodata.wording import Sentence
from optimizer.cli import main
from tests.geodata.tests_bureau import Bureau, boundaries

ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    0.5,
    1e308,
    math.nan,
    math.inf,
    10**400,
    "",
    " ",
    "GM",
    "x" * 3000,
    [],
    {},
    [[]],
    [{}],
    "a\0",
]
ADDRESSES = [
    "",
    "http://",
    "http://[::1",
    "https://[",
    "http://host:abc",
    "http://host:99999",
    "http://ho st",
    "http://host/\n",
    "http://" + "a" * 70,
    "http://a..b",
    "http://\u2100.nl",
    "http:///pad",
    "ftp://host",
    "http://\udcff",
]
SMALL = {**boundaries(), "features": boundaries()["features"][:3], "numberMatched": 3}


def nodes(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a piece of JSON where a value stands."""
    for key in range(len(tree)) if isinstance(tree, list) else list(tree) if isinstance(tree, dict) else ():
        yield tree, key
        yield from nodes(tree[key])


def spoilt(answer: Any, where: float, value: Any, *, drop: bool) -> Any:
    copy = json.loads(json.dumps(answer))
    places = list(nodes(copy))
    holder, key = places[int(where * len(places))]
    if drop:
        del holder[key]
    else:
        holder[key] = value
    return copy


spots = st.one_of(st.floats(0, 1, exclude_max=True), st.floats(0, 0.01))  # most of what differs stands in front


@settings(max_examples=150, deadline=None)
@given(page=st.integers(0, 4), where=spots, value=st.sampled_from(ODD), drop=st.booleans())
@example(page=1, where=0.0, value=math.nan, drop=False)
def test_any_odd_answer_of_cbs_is_refused_or_read(page: int, where: float, value: Any, drop: bool) -> None:
    office, asked = Bureau(), []
    office.address = "http://cbs"

    def ask(url: str) -> Any:
        asked.append(url)
        found = office.answer(url)
        return spoilt(found, where, value, drop=drop) if len(asked) == page else found

    try:
        rows = gemeenten(2024, "http://cbs", ask)
    except GeoFout as error:
        said, rows = error.sentence, []
    else:
        said = Sentence("gelezen", "read")
    assert said.nl
    assert said.en
    assert all(isinstance(row["inwoners"], int) and row["inwoners"] >= 0 for row in rows)


@settings(max_examples=150, deadline=None)
@given(where=spots, value=st.sampled_from(ODD), drop=st.booleans())
def test_any_odd_answer_of_pdok_is_refused_or_read(where: float, value: Any, drop: bool) -> None:
    try:
        frame = borders(2024, "http://pdok", lambda _: spoilt(SMALL, where, value, drop=drop))
    except GeoFout as error:
        said = str(error)
    else:
        said = "een andere vorm" if (frame.area > 0).all() else "geen vlak"
    assert "een andere vorm" in said


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"[", b"[" * 100_000, b"null", b"1", b'"x"', b'{"value": ' + b"9" * 5000 + b"}", b"NaN"]
)
def test_a_body_that_is_no_table_is_refused(body: bytes, tmp_path: Path) -> None:
    def get(_: str) -> Antwoord:
        return Antwoord(body, "")

    with pytest.raises(GeoFout):
        refresh(2024, tmp_path, lambda *_: pytest.fail("written"), get=get)
    with pytest.raises(NetwerkFout):
        cached_osrm("http://osrm", tmp_path, get=get)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", [*ODD, [[10**400] * 50] * 50, [["x"] * 50] * 50])
def test_an_odd_table_of_roads_is_refused(value: Any, tmp_path: Path) -> None:
    answer = json.dumps({"distances": value}).encode()
    with pytest.raises(NetwerkFout):
        cached_osrm("http://osrm", tmp_path, get=lambda _: Antwoord(answer, ""))
    assert list(tmp_path.iterdir()) == []


def test_pages_without_end_are_refused() -> None:
    count = iter(range(10**9))

    def ask(_: str) -> Any:
        return {"value": [], "odata.nextLink": f"http://cbs/{next(count)}"}

    with pytest.raises(GeoFout, match="houden niet op"):
        gemeenten(2024, "http://cbs", ask)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_no_address_is_refused_before_anything_is_asked(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NetwerkFout):
        fetch(address, pause=lambda _: pytest.fail("asked"))
    with pytest.raises(NetwerkFout):
        cached_osrm(address, tmp_path)
    for command in (
        ["geo", "distance", "Utrecht", "Zwolle", "--osrm", address],
        ["geo", "refresh", "--cbs", address, "--folder", str(tmp_path)],
        ["run", "klein", "--osrm", address, "--out", str(tmp_path / "o")],
    ):
        assert main(command) == 2
        assert "Traceback" not in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    for start in ("", "http://", "https://user@"):
        with contextlib.suppress(NetwerkFout):
            check_address(start + text)


def test_a_name_and_a_password_in_an_address_are_not_told() -> None:
    with pytest.raises(NetwerkFout) as told:
        check_address("https://user:secret@host:abc/")
    assert "secret" not in str(told.value) + told.value.en
    assert "host" in str(told.value)


@pytest.mark.parametrize("stamp", ["", "gisteren", "Mon, 99 Foo 2026", "0", "Tue, 31 Feb 2026 25:61:61 GMT", None])
def test_an_odd_date_of_a_server_is_left_out(stamp: str | None) -> None:
    assert network._day(stamp) == ""


def test_an_answer_without_end_is_refused(bureau: Bureau, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(network, "LARGEST", 1000)
    get = partial(fetch, pause=lambda _: pytest.fail("asked again"))
    with pytest.raises(NetwerkFout, match="more than 1000 bytes"):
        cached_osrm(bureau.address, tmp_path, get=get)


def test_a_redirect_to_what_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def redirected(request: Any, **_: Any) -> Any:
        headers = HTTPMessage()
        headers["Location"] = "http://[::1"
        handler = urllib.request.HTTPRedirectHandler()
        return handler.http_error_302(request, BytesIO(), 302, "Found", headers)

    monkeypatch.setattr(urllib.request, "urlopen", redirected)
    with pytest.raises(NetwerkFout):
        fetch("http://host", pause=lambda _: None)
