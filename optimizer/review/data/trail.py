"""The trail of who did what: rows are only added, and each holds the hash of the one before it.

A hash is over pseudonyms, codes and the sealed content, so that destroying the key of a case erases what was said and
leaves the chain whole.
"""

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from optimizer.review.data.tables import Spoor

#: What can be done.
Wat = Literal[
    "ronde_begonnen",
    "ronde_vervangen",
    "ronde_gesloten",
    "deadline_gewijzigd",
    "antwoord",
    "antwoord_waargenomen",
    "antwoord_overgenomen",
    "zaak_gewist",
    "aanbod",
    "aanbod_ingetrokken",
    "capaciteit",
    "waarneming",
    "waarneming_gestopt",
    "aangemeld",
    "afgemeld",
    "gebruiker",
    "uitvoer",
    "meldingen",
    "toegang",
    "toegang_ingetrokken",
]
#: Before the first row.
START = "0" * 64


@dataclass(frozen=True)
class Done:
    """One thing that somebody did, as it goes into the trail.

    Attributes
    ----------
    op, wie
        When, and the id of the user; ``systeem`` for the program itself.
    wat
        What.
    ronde_id, zaak_id
        What it is about; "" where about none. An offer stands in the place of a case by its id, a capacity by the CBS
        code of its municipality.
    inhoud
        Sealed where it is about a case; else codes only.
    """

    op: datetime.datetime
    wie: str
    wat: Wat
    ronde_id: str = ""
    zaak_id: str = ""
    inhoud: bytes = b""


@dataclass(frozen=True)
class Broken:
    """Where the chain does not hold: the number of the row, and what is wrong with it."""

    nummer: int
    waarom: Literal["hash", "vorige", "nummer"]


def append(session: Session, done: Done) -> Spoor:
    """Add a row to the end of the chain, in the transaction of a writer."""
    last = session.execute(select(Spoor.nummer, Spoor.hash).order_by(Spoor.nummer.desc()).limit(1)).one_or_none()
    number, before = (last.nummer, last.hash) if last else (0, START)
    row = Spoor(**vars(done), nummer=number + 1, vorige=before, hash="")
    row.hash = digest(row)
    session.add(row)
    session.flush()
    return row


def verify(session: Session) -> Iterator[Broken]:
    """Yield every row at which the chain does not hold."""
    expected, before = 1, START
    for row in session.scalars(select(Spoor).order_by(Spoor.nummer).execution_options(yield_per=1000)):
        if row.nummer != expected:
            yield Broken(row.nummer, "nummer")
        if row.vorige != before:
            yield Broken(row.nummer, "vorige")
        if row.hash != digest(row):
            yield Broken(row.nummer, "hash")
        expected, before = row.nummer + 1, row.hash


def end(session: Session) -> tuple[int, str]:
    """Return number and hash of the last row: whoever keeps them elsewhere sees it when rows are cut off."""
    last = session.execute(select(Spoor.nummer, Spoor.hash).order_by(Spoor.nummer.desc()).limit(1)).one_or_none()
    return (last.nummer, last.hash) if last else (0, START)


def digest(row: Spoor) -> str:
    """Return the hash of a row: of its fields in a fixed order, its content by its own hash."""
    told: list[Any] = [
        row.nummer,
        row.op.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        row.wie,
        row.wat,
        row.ronde_id,
        row.zaak_id,
        hashed(row.inhoud),
        row.vorige,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def hashed(content: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()
