"""The database: SQLite in a file for a trial, PostgreSQL by its address; many read, one writes at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.orm import Session

#: What writers wait for in turn on PostgreSQL: the chain of the trail has one end.
_TURN = 20261201
#: Seconds that a writer waits for another one on SQLite.
_WAIT_S = 30


def connect(url: str) -> Engine:
    """Open a database; nothing is made or changed."""
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=20, max_overflow=30)
    engine = create_engine(
        url, connect_args={"timeout": _WAIT_S, "check_same_thread": False}, pool_size=20, max_overflow=30
    )

    @event.listens_for(engine, "connect")
    def _settle(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # this module says when a transaction begins
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_WAIT_S * 1000}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a session in which nothing is kept."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Open a session that is kept as a whole when the block ends well, else not at all; others wait their turn."""
    turn = engine.execution_options(begin="BEGIN IMMEDIATE")
    with Session(turn, expire_on_commit=False) as session, session.begin():
        if engine.dialect.name == "postgresql":
            session.execute(text(f"SELECT pg_advisory_xact_lock({_TURN})"))
        yield session
