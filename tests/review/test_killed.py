"""Killed under load at a hundred random moments: no answer is lost that somebody was told is kept."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.review.conftest import Round
from tests.review.postgres import Postgres

#: Moments on each database: a hundred together.
TIMES = {"sqlite": 70, "postgresql": 30}


@pytest.fixture
def own_server() -> Iterator[Postgres]:
    """A server that only this test kills."""
    try:
        found = Postgres()
    except LookupError as missing:
        pytest.skip(f"PostgreSQL is missing: install the Debian package {missing}")
    found.start()
    yield found
    found.remove()


def _hammered(database: str, times: int, place: Path, server: Postgres | None) -> dict[str, int]:
    asked = {
        "database": database,
        "slagen": times,
        "zaad": 7,
        "map": str(place),
        "server": "" if server is None else server.place,
    }
    told = subprocess.run(
        [sys.executable, "-m", "tests.review.hammer", json.dumps(asked)], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr[-3000:]
    found: dict[str, int] = json.loads(told.stdout.splitlines()[-1])
    return found


def test_the_application_killed_on_sqlite_loses_nothing(krap: Round, tmp_path: Path) -> None:
    krap.office.engine.dispose()
    place = tmp_path / "geteld"
    place.mkdir()
    told = _hammered(krap.office.settings.database, TIMES["sqlite"], place, None)
    assert told["bevestigd"] == told["teruggevonden"] >= TIMES["sqlite"]


def test_application_and_database_killed_on_postgresql_lose_nothing(
    krap: Round, own_server: Postgres, tmp_path: Path
) -> None:
    own_server.command('CREATE DATABASE "hamer"')
    database = own_server.address % "hamer"
    _copied(krap, database)
    place = tmp_path / "geteld"
    place.mkdir()
    told = _hammered(database, TIMES["postgresql"], place, own_server)
    assert told["bevestigd"] == told["teruggevonden"] >= TIMES["postgresql"]


def _copied(round_: Round, database: str) -> None:
    """Copy every row of a round into another database."""
    from sqlalchemy import insert, select

    from optimizer.review.data.engine import connect
    from optimizer.review.data.migrate import migrate
    from optimizer.review.data.tables import Base

    target = connect(str(make_url(database).render_as_string(hide_password=False)))
    migrate(target)
    with round_.office.engine.connect() as source, target.begin() as there:
        for table in Base.metadata.sorted_tables:
            rows = [dict(row) for row in source.execute(select(table)).mappings()]
            if rows:
                there.execute(insert(table), rows)
    target.dispose()
