"""Signing in with a real provider on this machine: who it names gets in, with their role; every lie stays outside."""

import datetime
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from joserfc.jwk import OctKey, RSAKey
from pydantic import SecretStr
from sqlalchemy import select

from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import Gebruiker, Sessie, Spoor
from optimizer.review.office import Office
from optimizer.review.who.actor import Rol
from tests.review.conftest import Round
from tests.review.provider import CLIENT, SECRET, Idp, running
from tests.review.web import Visitor

OFFICIAL = {"sub": "s1", "name": "Ans de Vries", "email": "ans@gemeente.example", "koppelwijzer_rol": "gemeente"}
UTRECHT = {**OFFICIAL, "koppelwijzer_gebied": "GM0344"}


@pytest.fixture
def idp() -> Iterator[Idp]:
    with running() as found:
        found.claims = dict(UTRECHT)
        yield found


@pytest.fixture
def office(small: Round, idp: Idp) -> Office:
    """An installation with a provider; the clocks of both agree."""
    changed = {"oidc_issuer": idp.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SecretStr(SECRET)}
    small.clock.now = datetime.datetime.fromtimestamp(time.time(), datetime.UTC)
    return replace(small.office, settings=small.office.settings.model_copy(update=changed))


def _sign_in(visitor: Visitor, back: str = "/") -> httpx2.Response:
    """Walk to the provider and back, as a browser does."""
    visitor.get("/aanmelden")
    sent = visitor.post("/aanmelden/start", {"terug": back})
    assert sent.status_code == 303
    there = httpx2.get(sent.headers["location"], follow_redirects=False).headers["location"]
    parts = urlsplit(there)
    assert there.startswith("http://testserver/aanmelden/terug?")
    return visitor.get(f"{parts.path}?{parts.query}")


def _who(office: Office) -> list[tuple[str, str, str]]:
    with reading(office.engine) as session:
        return [(u.onderwerp, u.rol, u.gebied) for u in session.scalars(select(Gebruiker)) if "demo" not in u.onderwerp]


def _refused(office: Office) -> None:
    visitor = Visitor(office)
    back = _sign_in(visitor)
    assert back.status_code == 400
    assert "koppelwijzer" not in visitor.client.cookies
    assert _who(office) == []


def test_who_the_provider_names_gets_in_with_the_role_of_its_claims(office: Office, idp: Idp) -> None:
    visitor = Visitor(office)
    back = _sign_in(visitor, "/aanbod")
    assert (back.status_code, back.headers["location"]) == (303, "/aanbod")
    cookie = next(c for c in back.headers.get_list("set-cookie") if c.startswith("koppelwijzer="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert _who(office) == [("s1", "gemeente", "GM0344")]
    assert len(idp.verified) == 1
    assert "Ans de Vries" in visitor.get("/privacy").text
    with reading(office.engine) as session:
        assert session.scalars(select(Spoor.wat).order_by(Spoor.nummer)).all()[-1] == "aangemeld"


def test_a_new_role_counts_from_the_next_sign_in(office: Office, idp: Idp) -> None:
    _sign_in(Visitor(office))
    idp.claims = {**OFFICIAL, "koppelwijzer_rol": "provincie", "koppelwijzer_gebied": "Utrecht"}
    _sign_in(Visitor(office))
    assert _who(office) == [("s1", "provincie", "Utrecht")]


@pytest.mark.parametrize(
    "claims",
    [
        {**UTRECHT, "koppelwijzer_rol": "baas"},
        {**UTRECHT, "koppelwijzer_rol": ""},
        {**UTRECHT, "koppelwijzer_gebied": "Nergenshuizen"},
        {**OFFICIAL},
        {**UTRECHT, "koppelwijzer_rol": "coa"},
        {**UTRECHT, "koppelwijzer_rol": ["coa"]},
        {"name": "x"},
    ],
)
def test_claims_without_a_role_and_its_area_open_nothing(office: Office, idp: Idp, claims: dict[str, Any]) -> None:
    idp.claims = claims
    _refused(office)


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("iss", "https://elders.example"),
        ("aud", "iemand anders"),
        ("aud", ["iemand anders"]),
        ("nonce", "een andere"),
        ("exp", 1),
        ("exp", None),
        ("iat", 9_999_999_999),
        ("sub", None),
    ],
)
def test_a_token_with_a_lie_in_it_opens_nothing(office: Office, idp: Idp, claim: str, value: object) -> None:
    def lie(claims: dict[str, Any]) -> dict[str, Any]:
        changed = {**claims, claim: value}
        return {k: v for k, v in changed.items() if v is not None}

    idp.change = lie
    _refused(office)


def test_a_token_that_another_key_signed_opens_nothing(office: Office, idp: Idp) -> None:
    idp.known = RSAKey.generate_key(2048, {"kid": "k1"})
    _refused(office)


def test_a_token_signed_with_what_everybody_knows_opens_nothing(office: Office, idp: Idp) -> None:
    idp.known = idp.key
    idp.key = OctKey.import_key("koppelwijzer" * 4)  # type: ignore[assignment]
    idp.header = {"alg": "HS256", "kid": "k1"}
    _refused(office)


def test_the_answer_of_another_browser_opens_nothing(office: Office) -> None:
    one, other = Visitor(office), Visitor(office)
    one.get("/aanmelden")
    sent = one.post("/aanmelden/start", {"terug": "/"})
    there = urlsplit(httpx2.get(sent.headers["location"], follow_redirects=False).headers["location"])
    assert other.get(f"{there.path}?{there.query}").status_code == 400
    assert _who(office) == []


def test_an_answer_counts_once(office: Office) -> None:
    visitor = Visitor(office)
    visitor.get("/aanmelden")
    sent = visitor.post("/aanmelden/start", {"terug": "/"})
    there = urlsplit(httpx2.get(sent.headers["location"], follow_redirects=False).headers["location"])
    assert visitor.get(f"{there.path}?{there.query}").status_code == 303
    assert visitor.get(f"{there.path}?{there.query}").status_code == 400


def test_nobody_is_led_to_another_site(office: Office) -> None:
    for back in ("https://elders.example/", "//elders.example", "/\\elders.example", "javascript:alert(1)"):
        assert _sign_in(Visitor(office), back).headers["location"] == "/"


def test_a_provider_that_is_away_is_said(office: Office) -> None:
    away = replace(office, settings=office.settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:9"}))
    visitor = Visitor(away)
    visitor.get("/aanmelden")
    assert visitor.post("/aanmelden/start", {"terug": "/"}).status_code == 502


def test_signing_out_ends_the_session_for_good(office: Office) -> None:
    visitor = Visitor(office)
    _sign_in(visitor)
    name = visitor.client.cookies["koppelwijzer"]
    assert visitor.post("/afmelden").headers["location"] == "/afgemeld"
    visitor.client.cookies.set("koppelwijzer", name)
    assert visitor.get("/").headers["location"].startswith("/aanmelden")


@pytest.mark.parametrize("by", [{"minutes": 31}, {"hours": 11}])
def test_a_session_ends_by_itself(small: Round, by: dict[str, float]) -> None:
    visitor = Visitor(small.office).sign_in(Rol.COA)
    assert visitor.get("/privacy").text.count("Naam ") == 1
    small.clock.move(**by)
    assert visitor.get("/").headers["location"].startswith("/aanmelden?terug=%2F&verlopen=ja")


def test_a_session_in_use_lives_until_its_last_hour(small: Round) -> None:
    visitor = Visitor(small.office).sign_in(Rol.COA)
    for _ in range(29):
        small.clock.move(minutes=20)
        assert "Naam " in visitor.get("/privacy").text
    small.clock.move(minutes=30)
    assert "Naam " not in visitor.get("/privacy").text


def test_who_was_put_out_is_out_at_once(small: Round) -> None:
    visitor = Visitor(small.office).sign_in(Rol.COA)
    with writing(small.office.engine) as session:
        user = session.get(Gebruiker, visitor.id)
        assert user is not None
        user.actief = False
    assert visitor.get("/").headers["location"].startswith("/aanmelden")


def test_the_name_of_a_session_stands_nowhere_in_the_database(small: Round) -> None:
    visitor = Visitor(small.office).sign_in(Rol.COA)
    with reading(small.office.engine) as session:
        kept = session.scalars(select(Sessie.naam)).all()
    assert visitor.client.cookies["koppelwijzer"] not in kept


def test_too_many_attempts_wait(small: Round) -> None:
    few = small.office.settings.model_copy(update={"sign_ins_per_minute": 3})
    visitor = Visitor(replace(small.office, settings=few))
    visitor.get("/aanmelden")
    answers = [visitor.post("/aanmelden/demo", {"gebruiker": "niemand"}) for _ in range(5)]
    assert [a.status_code for a in answers] == [404, 404, 404, 429, 429]
    assert int(answers[-1].headers["retry-after"]) > 0


def test_too_many_requests_of_one_address_wait_and_others_do_not(small: Round) -> None:
    few = small.office.settings.model_copy(update={"requests_per_minute": 5})
    visitor = Visitor(replace(small.office, settings=few))
    assert [visitor.get("/privacy").status_code for _ in range(7)] == [200] * 5 + [429] * 2
    visitor.sign_in(Rol.COA)
    assert visitor.get("/privacy").status_code == 200


def test_more_than_the_largest_upload_is_not_read(small: Round) -> None:
    tiny = small.office.settings.model_copy(update={"upload_mb": 1})
    visitor = Visitor(replace(small.office, settings=tiny)).sign_in(Rol.GEMEENTE, "GM0344")
    answer = visitor.post("/afmelden", files={"bestand": ("x.xlsx", b"x" * 2 * 1024**2)})
    assert answer.status_code == 413
    assert visitor.get("/").status_code in (200, 303)
