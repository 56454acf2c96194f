"""Nobody where they do not belong: every route of the application, with every identifier, as everybody else."""

import itertools
import logging
import re
from collections.abc import Iterator

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from sqlalchemy import select
from sqlalchemy.inspection import inspect

from optimizer.review.app import Unguarded, create_app, guarded
from optimizer.review.data.engine import reading
from optimizer.review.data.tables import Base, Gebruiker, Zaak
from optimizer.review.routes import ROUTERS
from optimizer.review.who.actor import RIGHTS, Recht, Rol
from optimizer.review.who.bearer import Bearer
from optimizer.review.who.guard import guards
from tests.review.conftest import Round
from tests.review.web import ORIGIN, Visitor

_PARAMETER = re.compile(r"{([a-z_]+)(?::[a-z]+)?}")
_ELSEWHERE = "GM0014"


def _routes(visitor: Visitor) -> list[tuple[APIRoute, str, Recht]]:
    app = visitor.client.app
    found = []
    for route in guarded(app.routes):  # type: ignore[attr-defined]
        if isinstance(guards(route)[0], Bearer):
            continue  # programs come in by a token and by no cookie: test_api walks their routes
        right = guards(route)[0].recht
        found += [(route, method, right) for method in sorted(route.methods or ()) if method != "HEAD"]
    return found


def _identifiers(round_: Round) -> list[str]:
    """Return every key of every table, and some that are none."""
    told = ["0" * 32, "x", "1"]
    with reading(round_.office.engine) as session:
        for mapper in Base.registry.mappers:
            key = inspect(mapper.class_).primary_key[0]
            told += [str(value) for value in session.scalars(select(key))]
    return sorted(set(told))


def _addresses(route: APIRoute, identifiers: list[str]) -> Iterator[str]:
    names = _PARAMETER.findall(route.path)
    for values in itertools.product(identifiers, repeat=len(names)):
        path = route.path
        for name, value in zip(names, values, strict=True):
            path = re.sub(rf"{{{name}(:[a-z]+)?}}", value, path)
        yield path


def _ask(visitor: Visitor, method: str, path: str, token: str) -> int:
    if method == "GET":
        return visitor.client.get(path, follow_redirects=False).status_code
    answer = visitor.client.request(method, path, data={"csrf": token}, headers=ORIGIN, follow_redirects=False)
    return answer.status_code


def test_there_is_a_guard_on_every_route(small: Round) -> None:
    routes = _routes(Visitor(small.office))
    assert len(routes) > 10
    assert {right for _, _, right in routes} >= {Recht.ZAKEN, Recht.IEDEREEN, Recht.ZICHZELF}


def test_a_route_without_a_guard_keeps_the_application_from_starting(
    small: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = APIRouter()
    careless.add_api_route("/open", lambda: "x")
    monkeypatch.setattr("optimizer.review.app.ROUTERS", (*ROUTERS, careless))
    with pytest.raises(Unguarded, match="/open"):
        create_app(small.office)


def test_who_is_signed_out_comes_to_the_sign_in_and_nowhere_else(small: Round) -> None:
    visitor, identifiers = Visitor(small.office), _identifiers(small)
    for route, method, right in _routes(visitor):
        if right is Recht.IEDEREEN:
            continue
        for path in _addresses(route, identifiers):
            if method == "GET":
                answer = visitor.client.get(path, follow_redirects=False)
                assert answer.status_code == 303, path
                assert answer.headers["location"].startswith("/aanmelden?"), path
            else:
                status = _ask(visitor, method, path, visitor.token())
                assert status in (303, 400), path


@pytest.mark.parametrize("rol", list(Rol))
def test_a_role_without_the_right_finds_nothing(small: Round, rol: Rol) -> None:
    area = {Rol.GEMEENTE: _ELSEWHERE, Rol.PROVINCIE: "Groningen", Rol.REGIO: "Groningen"}.get(rol, "")
    visitor, identifiers = Visitor(small.office).sign_in(rol, area), _identifiers(small)
    token, asked = visitor.token(), 0
    closed = [one for one in _routes(visitor) if one[2] not in (Recht.IEDEREEN, *RIGHTS[rol])]
    for route, method, _ in closed:
        for path in _addresses(route, identifiers):
            assert _ask(visitor, method, path, token) == 404, (method, path)
            asked += 1
    assert asked >= len(closed)


def test_another_municipality_finds_no_case_and_no_round_that_is_not_its_own(small: Round) -> None:
    visitor = Visitor(small.office).sign_in(Rol.GEMEENTE, _ELSEWHERE)
    identifiers, token, asked = _identifiers(small), visitor.token(), 0
    with reading(small.office.engine) as session:
        before = [(z.id, z.antwoord, z.versie) for z in session.scalars(select(Zaak).order_by(Zaak.id))]
    for route, method, right in _routes(visitor):
        if right not in RIGHTS[Rol.GEMEENTE] or not _PARAMETER.search(route.path):
            continue
        for path in _addresses(route, identifiers):
            assert _ask(visitor, method, path, token) == 404, (method, path)
            asked += 1
    assert asked > 50
    with reading(small.office.engine) as session:
        assert [(z.id, z.antwoord, z.versie) for z in session.scalars(select(Zaak).order_by(Zaak.id))] == before


def test_no_form_is_taken_without_its_token_or_from_another_site(small: Round) -> None:
    with reading(small.office.engine) as session:
        zaak = session.scalars(select(Zaak)).first()
    assert zaak is not None
    visitor = Visitor(small.office).sign_in(Rol.GEMEENTE, zaak.gemeente)
    token, identifiers, asked = visitor.token(), _identifiers(small), 0
    other = Visitor(small.office).sign_in(Rol.GEMEENTE, zaak.gemeente).token()
    for route, method, _ in _routes(visitor):
        if method == "GET":
            continue
        for path in itertools.islice(_addresses(route, identifiers), 40):
            for fields, headers in (
                ({}, ORIGIN),
                ({"csrf": ""}, ORIGIN),
                ({"csrf": other}, ORIGIN),
                ({"csrf": token}, {"origin": "https://elders.example"}),
                ({"csrf": token}, {"origin": "null"}),
                ({"csrf": token}, {"referer": "https://elders.example/testserver"}),
                ({"csrf": token}, {}),
            ):
                answer = visitor.client.request(method, path, data=fields, headers=headers, follow_redirects=False)
                assert answer.status_code in (400, 404), (method, path, fields)
                asked += 1
    assert asked > 20
    assert visitor.get("/").status_code == 303  # still signed in: no foreign form signed this visitor out


def test_every_answer_forbids_scripts_frames_and_copies(small: Round) -> None:
    visitor = Visitor(small.office).sign_in(Rol.GEMEENTE, _ELSEWHERE)
    for path in ("/", "/toegankelijkheid", "/niets", "/static/koppelwijzer.css", "/zaken/x"):
        headers = visitor.client.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == ("no-cache" if path.startswith("/static") else "no-store")


def test_pages_hold_no_script_and_no_style_of_their_own(krap: Round) -> None:
    visitor, zaken = _official(krap)
    for path in ["/privacy", f"/ronden/{krap.ronde}/zaken", *(f"/zaken/{z}" for z in zaken[:3])]:
        page = visitor.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|<style", page), path


def test_nothing_that_a_municipality_can_reach_tells_a_private_ground(krap: Round) -> None:
    told = krap.read("voorstel.csv")
    private = told[told["grond"].str.contains("gezin|medisch") & (told["status"] != "niet_gekoppeld")]
    grounds = krap.read("gronden.csv")
    where = grounds[grounds["grond"].isin(["gezin", "medisch"])].groupby("huishouden_id")["gemeente"].agg(set)
    seen = 0
    for gemeente, mine in private.groupby("gemeente"):
        visitor = Visitor(krap.office).sign_in(Rol.GEMEENTE, str(gemeente))
        listed = visitor.get(f"/ronden/{krap.ronde}/zaken").text
        cases = dict(re.findall(r'href="/zaken/([0-9a-f]{32})"[^>]*>\s*(?:<[^>]*>\s*)*(H\d+)', listed))
        for zaak, household in cases.items():
            if household not in set(mine["huishouden_id"]):
                continue
            pages = {
                "nl": visitor.get(f"/zaken/{zaak}").text,
                "en": visitor.client.get(f"/zaken/{zaak}", headers={"cookie": _with(visitor, "taal=en")}).text,
                "kaart": visitor.get(f"/zaken/{zaak}/kaart.json").text,
            }
            for page in pages.values():
                words = re.sub(r"<[^>]+>", " ", page).casefold()
                assert not re.search(r"\b(gezins|medisch|medical|family ground)", words)
                assert "gezin " not in words
            work = set(re.findall(r"GM\d{4}", "".join(pages.values()))) & where[household]
            jobs = krap.read("werk.csv")
            people = krap.read("personen.csv").query("huishouden_id == @household")["persoon_id"]
            assert work <= set(jobs[jobs["persoon_id"].isin(people)]["werk_gemeente"]) | {str(gemeente)}
            seen += 1
    assert seen > 3


def test_the_log_names_nobody(krap: Round, caplog: pytest.LogCaptureFixture) -> None:
    visitor, zaken = _official(krap)
    with caplog.at_level(logging.DEBUG):
        for zaak in zaken[:2]:
            visitor.get(f"/zaken/{zaak}")
            visitor.post(
                f"/zaken/{zaak}/antwoord",
                {"keuze": "bedenking", "reden": "anders", "toelichting": "Kerkstraat", "versie": "0"},
            )
        visitor.get(f"/ronden/{krap.ronde}/zaken?zoek=H0001")
    ours = "\n".join(r.getMessage() for r in caplog.records if r.name.startswith(("koppelwijzer", "uvicorn")))
    assert "/zaken/{zaak_id}" in ours
    for secret in (*zaken[:2], krap.ronde, visitor.id, "Kerkstraat", "H0001", "Naam "):
        assert secret not in ours


def test_a_failure_is_logged_by_its_place_and_never_by_its_words(
    krap: Round, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from optimizer.review.routes import zaken as page

    def broken(*_: object, **__: object) -> None:
        raise ValueError("H0001 in Zwolle")

    monkeypatch.setattr(page, "checked", broken)
    visitor, zaken = _official(krap)
    with caplog.at_level(logging.DEBUG, logger="koppelwijzer.review"):
        answer = visitor.get(f"/zaken/{zaken[0]}")
    assert answer.status_code == 500
    ours = "\n".join(r.getMessage() for r in caplog.records if r.name == "koppelwijzer.review")
    assert "ValueError at" in ours
    assert "H0001" not in ours + answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_an_address_that_no_database_takes_is_not_found(both: Round) -> None:
    visitor = Visitor(both.office).sign_in(Rol.GEMEENTE, _ELSEWHERE)
    for path in ("/zaken/%00", "/zaken/%00/kaart.json", "/aanbod/%00", "/ronden/x%00y/zaken"):
        assert visitor.get(path).status_code == 404, path


def _official(round_: Round) -> tuple[Visitor, list[str]]:
    """Return somebody of the municipality with most cases, and these."""
    with reading(round_.office.engine) as session:
        every = list(session.execute(select(Zaak.gemeente, Zaak.id).order_by(Zaak.nummer)))
    codes = [gemeente for gemeente, _ in every]
    most = max(sorted(set(codes)), key=codes.count)
    return Visitor(round_.office).sign_in(Rol.GEMEENTE, most), [zaak for gemeente, zaak in every if gemeente == most]


def _with(visitor: Visitor, cookie: str) -> str:
    return "; ".join([*(f"{k}={v}" for k, v in visitor.client.cookies.items()), cookie])


def test_the_users_of_a_trial_are_unknown_in_production(small: Round) -> None:
    with reading(small.office.engine) as session:
        assert session.scalars(select(Gebruiker).where(Gebruiker.onderwerp.startswith("demo:"))).first() is not None
    settings = small.office.settings.model_copy(update={"mode": "productie"})
    from optimizer.errors import Gebruiksfout
    from optimizer.review.office import Office

    with pytest.raises(Gebruiksfout, match="SQLite"):
        create_app(Office(settings, small.office.engine, small.clock))
