"""The API walked by schemathesis: no failure, no status that is not described, no answer of another form."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance
from sqlalchemy import select

from optimizer.review.app import create_app
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.tables import Gebruiker, Zaak
from optimizer.review.settings import sqlite_url
from optimizer.review.who import tokens
from tests.review.conftest import Clock, opened


@pytest.fixture(scope="module")
def walked(klein_file: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Return an application with a round, the token of its first municipality, and identifiers that exist."""
    source, ronde = klein_file
    file = tmp_path_factory.mktemp("api") / "ronde.sqlite3"
    shutil.copy(source, file)
    for office in opened(sqlite_url(file), Clock()):
        with reading(office.engine) as session:
            zaak = session.scalars(select(Zaak).order_by(Zaak.nummer)).first()
            assert zaak is not None
            versie = zaak.versie
        with writing(office.engine) as session:
            session.add(Gebruiker(id="u1", onderwerp="u1", naam="u1", rol="gemeente", gebied=zaak.gemeente))
            session.flush()
            token, _ = tokens.make(session, "u1", "toets", 30, office.clock())
        yield {"app": create_app(office), "token": token, "ronde": ronde, "zaak": zaak.id, "versie": versie}


def test_no_request_breaks_it_and_every_answer_is_described(walked: dict[str, Any]) -> None:
    api = schemathesis.openapi.from_asgi("/v1/openapi.json", walked["app"])
    headers = {"Authorization": f"Bearer {walked['token']}"}
    operations = [found.ok() for found in api.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == 7  # all but the description itself
    seen: set[tuple[str, int]] = set()
    for operation in operations:
        # What fits the description may still be refused: somebody answered meanwhile (412), a reason is missing (400).

        @settings(max_examples=20, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
        @given(case=operation.as_strategy())
        def walk(case: Case[Any]) -> None:
            for names in ({}, {name: walked[name] for name in case.path_parameters}):
                case.path_parameters = {**case.path_parameters, **names}
                answer = case.call(headers=headers)
                seen.add((case.operation.label, answer.status_code))
                case.validate_response(answer, headers=headers, excluded_checks=[positive_data_acceptance])

        walk()
    assert {status for _, status in seen} >= {200, 400, 404}
