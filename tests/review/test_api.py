"""The API: a token and nothing else opens it, it shows what its user may see, and it overwrites nobody."""

import json
from dataclasses import dataclass, replace

import pytest
from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from optimizer.cli.app import main
from optimizer.errors import Gebruiksfout
from optimizer.review.api import VERSION
from optimizer.review.app import create_app, guarded
from optimizer.review.data import trail
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import Gebruiker, Toegang, Zaak
from optimizer.review.who import tokens
from optimizer.review.who.actor import Rol
from optimizer.review.who.bearer import Bearer
from optimizer.review.who.guard import guards
from optimizer.review.who.sessions import hashed
from tests.review.conftest import Round
from tests.review.web import Visitor

ELSEWHERE = "GM0014"


@dataclass
class Program:
    """A program that asks with a token."""

    round: Round
    client: TestClient
    token: str

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(f"/v1{path}", headers=self._with(headers))

    def put(self, path: str, content: object, **headers: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.put(f"/v1{path}", json=content, headers=self._with(named))

    def _with(self, headers: dict[str, str]) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}", **headers} if self.token else headers


def program(round_: Round, rol: Rol = Rol.GEMEENTE, gebied: str = "") -> Program:
    """Return a program with a token of somebody new."""
    naam = f"{rol}-{gebied or 'eigen'}"
    area = gebied or (_zaak(round_).gemeente if rol is Rol.GEMEENTE else "")
    with writing(round_.office.engine) as session:
        session.add(Gebruiker(id=naam, onderwerp=naam, naam=naam, rol=str(rol), gebied=area))
        session.flush()
        made, _ = tokens.make(session, naam, "toets", 30, round_.office.clock())
    return Program(round_, TestClient(create_app(round_.office), raise_server_exceptions=False), made)


def _zaak(round_: Round) -> Zaak:
    with reading(round_.office.engine) as session:
        found = session.scalars(select(Zaak).order_by(Zaak.nummer)).first()
    assert found is not None
    return found


def _ways(round_: Round) -> list[str]:
    zaak = _zaak(round_).id
    ronde = f"/ronden/{round_.ronde}"
    return ["/ronden", ronde, f"{ronde}/zaken", f"{ronde}/voortgang", f"/zaken/{zaak}", f"/zaken/{zaak}/antwoord"]


def _is_problem(answer: Response, status: int) -> None:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["api-version"] == VERSION
    told = answer.json()
    assert set(told) == {"status", "title", "detail"}
    assert told["status"] == status


def test_every_route_of_the_api_and_no_other_asks_for_a_token(small: Round) -> None:
    for route in guarded(create_app(small.office).routes):
        (door,) = guards(route)
        assert isinstance(door, Bearer) is route.path.startswith("/v1/"), route.path


@pytest.mark.parametrize(
    "header",
    ["", "Bearer ", "Bearer kw_none", "Basic {token}", "{token}", "Bearer {token}x", "Bearer {hash}", "Bearer {id}"],
)
def test_without_a_valid_token_nothing_is_told(small: Round, header: str) -> None:
    asks = program(small)
    with reading(small.office.engine) as session:
        row = session.scalars(select(Toegang)).one()
    said = header.format(token=asks.token, hash=row.hash, id=row.id)
    asks.token = ""
    for way in _ways(small):
        answer = asks.get(way, authorization=said)
        _is_problem(answer, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_cookie_opens_nothing_and_a_form_of_elsewhere_cannot_ask(small: Round) -> None:
    visitor = Visitor(small.office).sign_in(Rol.GEMEENTE, _zaak(small).gemeente)
    for way in _ways(small):
        assert visitor.get(f"/v1{way}").status_code == 401
    answer = visitor.client.put(f"/v1/zaken/{_zaak(small).id}/antwoord", json={"antwoord": "akkoord"})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers


def test_a_token_ends_is_revoked_and_goes_with_its_user(small: Round) -> None:
    asks = program(small)
    assert asks.get("/ronden").status_code == 200
    small.clock.move(days=30)
    assert asks.get("/ronden").status_code == 401
    small.clock.move(days=-1)
    assert asks.get("/ronden").status_code == 200
    with writing(small.office.engine) as session:
        session.scalars(select(Gebruiker).where(Gebruiker.id == "gemeente-eigen")).one().actief = False
    assert asks.get("/ronden").status_code == 401
    with writing(small.office.engine) as session:
        session.scalars(select(Gebruiker).where(Gebruiker.id == "gemeente-eigen")).one().actief = True
        tokens.revoke(session, session.scalars(select(Toegang.id)).one(), small.office.clock())
    assert asks.get("/ronden").status_code == 401
    with pytest.raises(Gebruiksfout), writing(small.office.engine) as session:
        tokens.revoke(session, session.scalars(select(Toegang.id)).one(), small.office.clock())


def test_only_the_hash_of_a_token_is_kept(small: Round) -> None:
    asks = program(small)
    asks.get("/ronden")
    with reading(small.office.engine) as session:
        row = session.scalars(select(Toegang)).one()
        assert row.hash == hashed(asks.token)
        assert row.gebruikt == small.office.clock()
        assert list(trail.verify(session)) == []
    with small.office.engine.connect() as connection:
        dump = "".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    assert asks.token not in dump
    assert asks.token.removeprefix(tokens.MARK) not in dump


def test_a_municipality_reads_its_own_cases_as_on_the_pages(krap: Round) -> None:
    asks = program(krap)
    gemeente = _zaak(krap).gemeente
    (ronde,) = asks.get("/ronden").json()["ronden"]
    assert ronde == {
        "id": krap.ronde,
        "naam": "Proef",
        "peildatum": ronde["peildatum"],
        "deadline": "2026-10-19",
        "staat": "open",
    }
    assert asks.get(f"/ronden/{krap.ronde}").json() == ronde
    told = asks.get(f"/ronden/{krap.ronde}/zaken?paginaGrootte=200").json()
    table = krap.read("voorstel.csv")
    mine = table[(table["gemeente"] == gemeente) & (table["status"] != "niet_gekoppeld")]
    assert sorted(one["huishouden"] for one in told["zaken"]) == sorted(mine["huishouden_id"])
    assert told["aantalZaken"] == len(mine)
    for one in told["zaken"]:
        assert asks.get(f"/zaken/{one['id']}").json() == one
        text = json.dumps(one, ensure_ascii=False).casefold()
        assert not [word for word in ("gezin", "medisch", "famil") if word in text]
    assert asks.get(f"/ronden/{krap.ronde}/zaken?stand=akkoord").json()["zaken"] == []
    pages = [asks.get(f"/ronden/{krap.ronde}/zaken?paginaGrootte=2&pagina={k}").json() for k in (1, 2)]
    assert [z["id"] for page in pages for z in page["zaken"]] == [z["id"] for z in told["zaken"][:4]]


def test_an_answer_is_put_with_the_version_that_was_seen(small: Round) -> None:
    asks, way = program(small), f"/zaken/{_zaak(small).id}"
    tag = asks.get(way).headers["etag"]
    assert tag == '"0"'
    _is_problem(asks.get(f"{way}/antwoord"), 404)
    objection = {"antwoord": "bedenking", "reden": "anders", "toelichting": "Het adres klopt niet."}
    first = asks.put(f"{way}/antwoord", objection, If_Match=tag)
    assert (first.status_code, first.headers["etag"]) == (201, '"1"')
    assert first.json() == {**objection, "beantwoord": "2026-10-05T09:00:00Z"}
    _is_problem(asks.put(f"{way}/antwoord", {"antwoord": "akkoord"}, If_Match=tag), 412)
    for strange in ('"x"', "1", 'W/"1"', '"', '"-1"', '"99999999999999999999"'):
        _is_problem(asks.put(f"{way}/antwoord", {"antwoord": "akkoord"}, If_Match=strange), 412)
    _is_problem(asks.put(f"{way}/antwoord", {"antwoord": "akkoord"}), 428)
    assert asks.get(f"{way}/antwoord").json() == first.json()
    again = asks.put(f"{way}/antwoord", {"antwoord": "akkoord"}, If_Match='"1"')
    assert (again.status_code, again.json()["reden"]) == (200, None)
    told = asks.get(way)
    assert (told.headers["etag"], told.json()["versie"], told.json()["stand"]) == ('"2"', 2, "akkoord")
    small.clock.move(days=15)
    assert asks.get(way).json()["teBeantwoorden"] is False
    _is_problem(asks.put(f"{way}/antwoord", {"antwoord": "akkoord"}, If_Match='"2"'), 409)


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"antwoord": "misschien"},
        {"antwoord": "bedenking"},
        {"antwoord": "bedenking", "reden": "anders"},
        {"antwoord": "bedenking", "reden": "zomaar"},
        {"antwoord": "akkoord", "toelichting": "x" * 1001},
        {"antwoord": "akkoord", "toelichting": "\ud800"},
        {"antwoord": "akkoord", "extra": 1},
        {"antwoord": ["akkoord"]},
        [],
        "akkoord",
        None,
    ],
)
def test_what_is_not_right_is_said_without_repeating_it(small: Round, content: object) -> None:
    asks = program(small)
    answer = asks.client.put(
        f"/v1/zaken/{_zaak(small).id}/antwoord",
        content=json.dumps(content).encode(),
        headers={"authorization": f"Bearer {asks.token}", "if-match": '"0"', "content-type": "application/json"},
    )
    _is_problem(answer, 400)
    assert "misschien" not in answer.text
    assert "zomaar" not in answer.text
    assert _zaak(small).versie == 0


def test_everything_that_is_wrong_is_said_at_once(small: Round) -> None:
    asks = program(small)
    answer = asks.put(f"/zaken/{_zaak(small).id}/antwoord", {"antwoord": "x", "reden": "y", "z": 1}, If_Match='"0"')
    assert [word for word in ("antwoord", "reden", "z") if f"{word} (" in answer.json()["detail"]] == [
        "antwoord",
        "reden",
        "z",
    ]


def test_what_is_no_json_is_refused_by_its_kind(small: Round) -> None:
    asks = program(small)
    headers = {"authorization": f"Bearer {asks.token}", "if-match": '"0"'}
    way = f"/v1/zaken/{_zaak(small).id}/antwoord"
    for kind in ("text/plain", "application/xml", "application/x-www-form-urlencoded"):
        answer = asks.client.put(way, content=b'{"antwoord": "akkoord"}', headers={**headers, "content-type": kind})
        _is_problem(answer, 415)
    broken = asks.client.put(way, content=b'{"antw', headers={**headers, "content-type": "application/json"})
    _is_problem(broken, 400)
    large = b'"' + b"x" * (small.office.settings.upload_mb * 1024**2 + 1) + b'"'
    _is_problem(asks.client.put(way, content=large, headers={**headers, "content-type": "application/json"}), 413)


def test_for_another_municipality_there_is_nothing(small: Round) -> None:
    stranger = program(small, Rol.GEMEENTE, ELSEWHERE)
    assert stranger.get("/ronden").json() == {"ronden": []}
    for way in _ways(small)[1:]:
        _is_problem(stranger.get(way), 404)
    _is_problem(stranger.put(f"/zaken/{_zaak(small).id}/antwoord", {"antwoord": "akkoord"}, If_Match='"0"'), 404)
    assert _zaak(small).versie == 0


@pytest.mark.parametrize("rol", [Rol.COA, Rol.PROVINCIE, Rol.REGIO, Rol.ONDERZOEKER])
def test_other_roles_read_no_case_and_count_what_they_may(small: Round, rol: Rol) -> None:
    zaak = _zaak(small)
    area = {Rol.PROVINCIE: zaak.provincie, Rol.REGIO: zaak.regio}.get(rol, "")
    asks = program(small, rol, area)
    ronde = f"/ronden/{small.ronde}"
    for way in (f"{ronde}/zaken", f"/zaken/{zaak.id}", f"/zaken/{zaak.id}/antwoord"):
        _is_problem(asks.get(way), 404)
    _is_problem(asks.put(f"/zaken/{zaak.id}/antwoord", {"antwoord": "akkoord"}, If_Match='"0"'), 404)
    progress = asks.get(f"{ronde}/voortgang")
    if rol in (Rol.REGIO, Rol.ONDERZOEKER):
        _is_problem(progress, 404)
        return
    with reading(small.office.engine) as session:
        asked = select(Zaak.gemeente) if rol is Rol.COA else select(Zaak.gemeente).where(Zaak.provincie == area)
        every = list(session.scalars(asked))
    told = {row["gemeente"]: row["open"] for row in progress.json()["gemeenten"]}
    assert told == {code: every.count(code) for code in set(every)}


def test_addresses_that_name_nothing_are_problems_too(small: Round) -> None:
    asks = program(small)
    for way in ("/niets", "/ronden/", "/ronden/x", "/zaken/%00", "/zaken/", f"/zaken/{'0' * 32}"):
        _is_problem(asks.get(way), 404)
    answer = asks.client.delete("/v1/ronden", headers={"authorization": f"Bearer {asks.token}"})
    _is_problem(answer, 405)
    assert answer.headers["allow"] == "GET"
    _is_problem(asks.get(f"/ronden/{small.ronde}/zaken?pagina=0"), 400)


def test_who_asks_too_often_is_told_how_long_to_wait(small: Round) -> None:
    asks = program(small)
    few = small.office.settings.model_copy(update={"requests_per_minute": 3})
    asks.client = TestClient(create_app(replace(small.office, settings=few)))
    answers = [asks.get("/ronden") for _ in range(5)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429, 429]
    _is_problem(answers[-1], 429)
    assert int(answers[-1].headers["retry-after"]) > 0


def test_a_failure_tells_a_reference_and_nothing_else(small: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    asks = program(small)

    def broken(*_: object) -> None:
        raise ValueError("H0001 in Zwolle")

    monkeypatch.setattr("optimizer.review.routes.api.look.rounds", broken)
    answer = asks.get("/ronden")
    _is_problem(answer, 500)
    assert "H0001" not in answer.text


def test_the_command_makes_lists_and_revokes_a_token(
    small: Round, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("optimizer.cli.review.open_by_settings", lambda _folder: small.office)
    assert main(["review", "token", "--gebruiker", "demo:utrecht", "--naam", "zaaksysteem", "--dagen", "1"]) == 0
    made = capsys.readouterr().out.strip()
    asks = Program(small, TestClient(create_app(small.office)), made)
    assert asks.get("/ronden").status_code == 200
    assert main(["review", "token", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["gebruiker"], row["naam"], row["ingetrokken"]) == ("demo:utrecht", "zaaksysteem", False)
    assert row["gebruikt"] is not None
    assert made not in json.dumps(row)
    assert main(["review", "token"]) == 0
    assert row["kenmerk"] in capsys.readouterr().out
    assert main(["review", "token", "--intrekken", row["kenmerk"], "--lang", "en"]) == 0
    assert "revoked" in capsys.readouterr().out
    assert asks.get("/ronden").status_code == 401
    assert main(["review", "token", "--intrekken", row["kenmerk"]]) == 2
    assert main(["review", "token", "--gebruiker", "niemand"]) == 2
    assert main(["review", "token", "--gebruiker", "demo:utrecht", "--dagen", "367"]) == 2
