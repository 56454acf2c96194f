"""Everything that the application keeps, in one file, and back into an empty database of either kind.

The copy holds what the database holds: sealed texts and the wrapped keys of cases, never the secret that opens them.
"""

import base64
import datetime
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Date, Engine, LargeBinary, Table, insert, select
from sqlalchemy.orm import Session

from geodata.wording import Sentence
from optimizer.errors import Geweigerd
from optimizer.review.data import trail
from optimizer.review.data.engine import reading, writing
from optimizer.review.data.migrate import form
from optimizer.review.data.seal import Sealer
from optimizer.review.data.tables import Base, Moment, Sleutel

_ABOUT = "inhoud.json"
#: Rows that are written at once.
_ROWS = 500
_DAMAGED = (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, OSError)

_NOT_WHOLE = Sentence("Deze kopie is niet heel: {why}.", "This copy is not whole: {why}.")
_NOT_EMPTY = Sentence(
    "In de database staat al iets. Herstellen kan alleen in een lege database.",
    "The database holds something already. A copy can only be put into an empty database.",
)
_OTHER_SECRET = Sentence(
    "Het geheim van deze installatie is niet dat van de kopie. Zet eerst het geheim van toen terug.",
    "The secret of this installation is not that of the copy. First put the secret of that moment back.",
)
_OTHER_FORM = Sentence(
    "De kopie heeft de vorm {found}, de database {wanted}. Geef eerst: koppelwijzer review migreer --naar {found}.",
    "The copy has form {found}, the database {wanted}. First give: koppelwijzer review migreer --naar {found}.",
)


def copy_of(engine: Engine) -> bytes:
    """Return a copy of a database as one moment had it, with the end of the trail and a hash of each table."""
    buffer = io.BytesIO()
    with reading(engine) as session, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if engine.dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        number, last = trail.end(session)
        hashes = {}
        for table in Base.metadata.sorted_tables:
            content = b"".join(_lines(session, table))
            hashes[table.name] = hashlib.sha256(content).hexdigest()
            archive.writestr(_entry(f"{table.name}.jsonl"), content)
        about = {"vorm": form(engine), "regels": number, "hash": last, "tabellen": hashes}
        archive.writestr(_entry(_ABOUT), json.dumps(about, indent=2))
    return buffer.getvalue()


def restore(engine: Engine, sealer: Sealer, copy: bytes) -> tuple[int, str]:
    """Put a copy into an empty, migrated database: all of it, or nothing; return the end of its trail.

    Parameters
    ----------
    engine
        The database.
    sealer
        Of the installation: its secret must be the one of the copy, or nobody could read a case again.
    copy
        As `copy_of` made it.

    Raises
    ------
    Geweigerd
        When the copy is damaged, of another form or of another secret, the database is not empty, or the trail in the
        copy is broken.
    """
    about, tables = _opened(copy)
    if about["vorm"] != form(engine):
        raise Geweigerd(*_OTHER_FORM.fill(found=about["vorm"], wanted=form(engine) or "-"))
    with writing(engine) as session:
        if any(session.execute(select(table).limit(1)).first() for table in Base.metadata.sorted_tables):
            raise Geweigerd(*_NOT_EMPTY)
        for table in Base.metadata.sorted_tables:
            rows = [_row(table, json.loads(line)) for line in tables[table.name].splitlines()]
            for k in range(0, len(rows), _ROWS):
                session.execute(insert(table), rows[k : k + _ROWS])
        broken = next(trail.verify(session), None)
        if broken is not None or trail.end(session) != (about["regels"], about["hash"]):
            raise Geweigerd(*_NOT_WHOLE.fill(why=Sentence("het spoor klopt niet", "the trail is not right")))
        _refuse_other_secret(session, sealer)
        return trail.end(session)


def _refuse_other_secret(session: Session, sealer: Sealer) -> None:
    kept = session.scalars(select(Sleutel).limit(1)).first()
    try:
        if kept is not None:
            sealer.unwrap(kept)
    except ValueError as error:
        raise Geweigerd(*_OTHER_SECRET) from error


def _opened(copy: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return what a copy says of itself and the lines of its tables, each with the hash that it says."""
    try:
        with zipfile.ZipFile(io.BytesIO(copy)) as archive:
            about: dict[str, Any] = json.loads(archive.read(_ABOUT))
            tables = {table.name: archive.read(f"{table.name}.jsonl") for table in Base.metadata.sorted_tables}
        wrong = [
            name for name, content in tables.items() if hashlib.sha256(content).hexdigest() != about["tabellen"][name]
        ]
        _ = about["vorm"], about["regels"], about["hash"]
    except _DAMAGED as error:
        raise Geweigerd(*_NOT_WHOLE.fill(why=Sentence("het bestand is beschadigd", "the file is damaged"))) from error
    if wrong:
        why = Sentence(f"tabel {wrong[0]} is veranderd", f"table {wrong[0]} was changed")
        raise Geweigerd(*_NOT_WHOLE.fill(why=why))
    return about, tables


def _lines(session: Session, table: Table) -> Iterator[bytes]:
    for row in session.execute(select(table).order_by(*table.primary_key.columns)).mappings():
        told = {name: _told(value) for name, value in row.items()}
        yield json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _told(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, datetime.date) else value


def _row(table: Table, told: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(table.columns[name].type, value) for name, value in told.items()}


def _value(kind: object, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value, validate=True)
    if isinstance(kind, Moment):
        return datetime.datetime.fromisoformat(value)
    return datetime.date.fromisoformat(value) if isinstance(kind, Date) else value


def _entry(name: str) -> zipfile.ZipInfo:
    """Return an entry without a moment, so that the same database gives the same copy."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
