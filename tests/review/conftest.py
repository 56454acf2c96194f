"""Installations for tests: on SQLite and on a real PostgreSQL, with rounds made by the commands themselves."""

import datetime
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest
from pydantic import SecretStr

from optimizer.cli.app import main
from optimizer.review.clock import end_of_day
from optimizer.review.install import prepared
from optimizer.review.office import Office
from optimizer.review.rounds.take_in import Begin, take_in
from optimizer.review.settings import Settings, sqlite_url
from tests.review.postgres import Postgres

#: When every test begins.
NOW = datetime.datetime(2026, 10, 5, 9, 0, tzinfo=datetime.UTC)
DEADLINE = end_of_day(datetime.date(2026, 10, 19))


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    now: datetime.datetime = field(default=NOW)

    def __call__(self) -> datetime.datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += datetime.timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def klein_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made("klein", tmp_path_factory)


@pytest.fixture(scope="session")
def krap_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made("krap", tmp_path_factory)


def made(name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run an input that ships, with a copy of it beside the run."""
    place = tmp_path_factory.mktemp(name)
    shutil.copytree(Path("inputs") / name, place / "invoer")
    assert main(["run", str(place / "invoer"), "--out", str(place / "run")]) in (0, 4, 5)
    return place / "run"


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A PostgreSQL of its own, which goes when the tests end."""
    try:
        found = Postgres()
    except LookupError as missing:
        pytest.skip(f"PostgreSQL is missing: install the Debian package {missing}")
    found.start()
    yield found
    found.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of either kind."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "test.sqlite3")
    else:
        yield from new_database(request.getfixturevalue("server"))


def new_database(server: Postgres, like: str = "template1") -> Iterator[str]:
    """Make a database on a server, and take it away afterwards."""
    name = f"t{os.urandom(8).hex()}"
    server.command(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    yield server.address % name
    server.command(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def office(database: str, clock: Clock) -> Iterator[Office]:
    """An installation of the demonstration, without a round."""
    yield from opened(database, clock)


@pytest.fixture
def small_office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """The same on SQLite only, for what does not depend on the database."""
    yield from opened(sqlite_url(tmp_path / "test.sqlite3"), clock)


def opened(database: str, clock: Clock) -> Iterator[Office]:
    found = prepared(settings(database), clock)
    yield found
    found.engine.dispose()


def settings(database: str, **changed: object) -> Settings:
    given = {"mode": "demo", "database": database, "secret": SecretStr("s" * 40), "base_url": "http://testserver"}
    often = {"requests_per_minute": 100_000}  # a test that walks every route asks more often than a person
    return Settings.model_validate({**given, **often, **changed})


@dataclass(frozen=True)
class Round:
    """An installation with one round in it, and the run that it came from."""

    office: Office
    ronde: str
    run: Path
    clock: Clock

    def read(self, name: str) -> pd.DataFrame:
        """Return a table of the run, or of its input, as text."""
        place = self.run / name if (self.run / name).is_file() else self.run.parent / "invoer" / name
        return pd.read_csv(place, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")


@pytest.fixture(scope="session")
def klein_file(klein_run: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    return kept(klein_run, tmp_path_factory)


@pytest.fixture(scope="session")
def krap_file(krap_run: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    return kept(krap_run, tmp_path_factory)


def kept(run: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Take a run in once; each test gets a copy of the database."""
    file = tmp_path_factory.mktemp("ronde") / "ronde.sqlite3"
    office = prepared(settings(sqlite_url(file)), Clock())
    ronde = take_in(office, run, Begin("Proef", DEADLINE))
    with office.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    office.engine.dispose()
    return file, ronde


@pytest.fixture
def small(klein_file: tuple[Path, str], klein_run: Path, tmp_path: Path, clock: Clock) -> Iterator[Round]:
    """The smallest round, on SQLite."""
    yield from copied(klein_file, klein_run, tmp_path, clock)


@pytest.fixture
def krap(krap_file: tuple[Path, str], krap_run: Path, tmp_path: Path, clock: Clock) -> Iterator[Round]:
    """A round of three hundred households in a tight month, on SQLite."""
    yield from copied(krap_file, krap_run, tmp_path, clock)


def copied(source: tuple[Path, str], run: Path, tmp_path: Path, clock: Clock) -> Iterator[Round]:
    file, ronde = source
    shutil.copy(file, tmp_path / "ronde.sqlite3")
    for office in opened(sqlite_url(tmp_path / "ronde.sqlite3"), clock):
        yield Round(office, ronde, run, clock)


@pytest.fixture(scope="session")
def klein_on_server(server: Postgres, klein_run: Path) -> Iterator[tuple[str, str]]:
    """The smallest round in a database on PostgreSQL, of which each test gets a copy."""
    for database in new_database(server):
        office = prepared(settings(database), Clock())
        ronde = take_in(office, klein_run, Begin("Proef", DEADLINE))
        office.engine.dispose()
        yield database.partition("@/")[2].partition("?")[0], ronde


@pytest.fixture(params=["sqlite", "postgresql"])
def both(
    request: pytest.FixtureRequest,
    klein_file: tuple[Path, str],
    klein_run: Path,
    tmp_path: Path,
    clock: Clock,
) -> Iterator[Round]:
    """The smallest round, on either database."""
    if request.param == "sqlite":
        yield from copied(klein_file, klein_run, tmp_path, clock)
        return
    like, ronde = request.getfixturevalue("klein_on_server")
    for database in new_database(request.getfixturevalue("server"), like):
        for office in opened(database, clock):
            yield Round(office, ronde, klein_run, clock)
