"""Installations for tests: on SQLite and on a real PostgreSQL, with rounds made by the commands themselves."""

import datetime
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pydantic import SecretStr

from optimizer.cli.app import main
from optimizer.review.clock import end_of_day
from optimizer.review.install import prepared
from optimizer.review.office import Office
from optimizer.review.rounds.take_in import Begin, take_in
from optimizer.review.settings import Settings, sqlite_url

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
def server() -> Iterator[str]:
    """A PostgreSQL of its own, which goes when the tests end; the address of it without a database."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("PostgreSQL is missing: install the Debian package postgresql")
    programs = found[-1].parent
    place = Path(tempfile.mkdtemp(prefix="koppelwijzer-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(place, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    data = place / "data"
    make = [programs / "initdb", "-D", data, "-A", "trust", "-U", "koppelwijzer", "--no-locale", "-E", "UTF8"]
    subprocess.run([*as_user, *make], check=True, capture_output=True, cwd=place)
    options = f"-k {place} -c listen_addresses='' -c max_connections=200"
    start = [programs / "pg_ctl", "-D", data, "-w", "-o", options, "-l", place / "log", "start"]
    subprocess.run([*as_user, *start], check=True, capture_output=True, cwd=place)
    try:
        yield f"postgresql+psycopg://koppelwijzer@/%s?host={place}"
    finally:
        stop = [programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"]
        subprocess.run([*as_user, *stop], check=True, capture_output=True, cwd=place)
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of either kind."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "test.sqlite3")
        return
    yield from new_database(request.getfixturevalue("server"))


def new_database(address: str) -> Iterator[str]:
    """Make a database on a server, and take it away afterwards."""
    import psycopg

    name = f"t{os.urandom(8).hex()}"
    admin = (address % "postgres").replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    yield address % name
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture
def office(database: str, clock: Clock) -> Iterator[Office]:
    """An installation of the demonstration, without a round."""
    found = prepared(settings(database), clock)
    yield found
    found.engine.dispose()


@pytest.fixture
def small_office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """The same on SQLite only, for what does not depend on the database."""
    found = prepared(settings(sqlite_url(tmp_path / "test.sqlite3")), clock)
    yield found
    found.engine.dispose()


def settings(database: str, **changed: object) -> Settings:
    given = {"mode": "demo", "database": database, "secret": SecretStr("s" * 40), "base_url": "http://testserver"}
    return Settings.model_validate({**given, **changed})


@pytest.fixture
def begin() -> Callable[[Office, Path], str]:
    """Makes a run a round."""

    def kept(office: Office, run: Path) -> str:
        return take_in(office, run, Begin("Proef", DEADLINE))

    return kept
