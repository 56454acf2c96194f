"""A copy of everything comes back whole into either database; a damaged copy changes nothing."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from optimizer.errors import Geweigerd
from optimizer.review.data import trail
from optimizer.review.data.backup import copy_of, restore
from optimizer.review.data.engine import connect, reading, writing
from optimizer.review.data.migrate import migrate
from optimizer.review.data.seal import Sealer
from optimizer.review.data.tables import Base, Spoor
from optimizer.review.office import Office
from optimizer.review.rounds.look import cases
from optimizer.review.settings import sqlite_url
from optimizer.review.who.actor import Actor, Rol
from tests.review.conftest import Round

COA = Actor("systeem", "COA", Rol.COA)


def _rows(office: Office) -> dict[str, list[tuple[object, ...]]]:
    with office.engine.connect() as connection:
        return {
            table.name: [tuple(r) for r in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture
def empty(database: str, small: Round) -> Office:
    """An empty database of either kind, under the same secret."""
    engine = connect(database)
    migrate(engine)
    return Office(small.office.settings, engine, small.clock)


def test_every_row_comes_back_and_opens(small: Round, empty: Office) -> None:
    copy = copy_of(small.office.engine)
    end = restore(empty.engine, empty.sealer, copy)
    assert _rows(empty) == _rows(small.office)
    assert copy_of(empty.engine) == copy
    with reading(empty.engine) as session:
        assert end == trail.end(session)
        found = list(cases(session, empty.sealer, COA, small.ronde))
    assert all(case.inhoud is not None for case in found)
    empty.engine.dispose()


def test_a_database_with_something_in_it_is_left_alone(small: Round) -> None:
    before = _rows(small.office)
    with pytest.raises(Geweigerd, match="lege database"):
        restore(small.office.engine, small.office.sealer, copy_of(small.office.engine))
    assert _rows(small.office) == before


@pytest.mark.parametrize("damage", ["cut", "cell", "row", "trail", "nothing"])
def test_a_damaged_copy_changes_nothing(small: Round, tmp_path: Path, damage: str) -> None:
    copy = copy_of(small.office.engine)
    wrong = _damaged(small.office, copy, damage)
    engine = connect(sqlite_url(tmp_path / "leeg.sqlite3"))
    migrate(engine)
    with pytest.raises(Geweigerd, match="niet heel"):
        restore(engine, small.office.sealer, wrong)
    with reading(engine) as session:
        assert session.scalars(select(Spoor)).first() is None
    engine.dispose()


def test_a_copy_of_another_form_is_refused(small: Round, tmp_path: Path) -> None:
    engine = connect(sqlite_url(tmp_path / "oud.sqlite3"))
    migrate(engine, "0001")
    with pytest.raises(Geweigerd, match="vorm"):
        restore(engine, small.office.sealer, copy_of(small.office.engine))
    engine.dispose()


def test_a_copy_of_another_secret_is_refused_and_nothing_stays(small: Round, empty: Office) -> None:
    with pytest.raises(Geweigerd, match="geheim"):
        restore(empty.engine, Sealer("another secret" * 3), copy_of(small.office.engine))
    with reading(empty.engine) as session:
        assert session.scalars(select(Spoor)).first() is None
    empty.engine.dispose()


def _damaged(office: Office, copy: bytes, damage: str) -> bytes:
    if damage == "cut":
        return copy[: len(copy) // 2]
    if damage == "cell":
        return _changed(copy, "zaak.jsonl", lambda text: text.replace(b'"versie": 0', b'"versie": 9', 1))
    if damage == "row":
        return _changed(copy, "spoor.jsonl", lambda text: text.partition(b"\n")[2])
    return _resealed(office) if damage == "trail" else b""


def _changed(copy: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(copy)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            target.writestr(entry, change(content) if entry == name else content)
    return out.getvalue()


def _resealed(office: Office) -> bytes:
    """Return a copy whose trail was changed before it was made, and whose hashes fit."""
    with writing(office.engine) as session:
        session.scalars(select(Spoor)).first().wie = "iemand"  # type: ignore[union-attr]
    copy = copy_of(office.engine)
    assert json.loads(zipfile.ZipFile(io.BytesIO(copy)).read("inhoud.json"))["regels"] > 0
    return copy
