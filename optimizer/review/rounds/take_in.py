"""A finished run becomes a round: judged once more, then kept with its input, a case for each link.

This is a command of its own and no part of a page: opening a run loads the solver's rooms, and the judge takes seconds.
"""

import datetime
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from geodata.gemeenten import load_gemeenten
from geodata.wording import Sentence
from optimizer.errors import Geweigerd
from optimizer.pipeline import Listener, judge_finished
from optimizer.pipeline.again import Reopened, reopen
from optimizer.read.run import read_finished
from optimizer.review.data import trail
from optimizer.review.data.engine import writing
from optimizer.review.data.seal import Sealer, seal
from optimizer.review.data.tables import OPEN, VERVANGEN, Bestand, Ronde, Zaak
from optimizer.review.office import Office
from optimizer.review.rounds.carry import carry_answers
from optimizer.review.rounds.opened import BIJ, INVOER, RUN, kept
from optimizer.review.rounds.packed import packed
from optimizer.review.rounds.zaken import Gelezen, linked

_REJECTED = Sentence(
    "De rechter keurt deze run af ({n} {n:overtreding|overtredingen}). Zij wordt geen ronde. Eerste: {first}",
    "The judge rejects this run ({n} {n:violation|violations}). It becomes no round. First: {first}",
)
_KNOWN = Sentence(
    "Deze run is al een ronde: '{naam}'.",
    "This run is a round already: '{naam}'.",
)
_NOT_OPEN = Sentence(
    "De ronde waarop deze verdergaat, is niet open: '{naam}'.",
    "The round that this one goes on from is not open: '{naam}'.",
)
_PAST = Sentence("De deadline {day} is al voorbij.", "The deadline {day} has passed already.")


@dataclass(frozen=True)
class Begin:
    """What the COA asks when it begins a round.

    Attributes
    ----------
    naam
        What people call it.
    deadline
        Until when municipalities answer.
    door
        Id of the user who begins it.
    vorige
        Id of the round that it takes the place of; None for none.
    """

    naam: str
    deadline: datetime.datetime
    door: str = "systeem"
    vorige: str | None = None


def take_in(office: Office, run: Path, begin: Begin, given: Mapping[str, Any] | None = None) -> str:
    """Take a finished run in; return the id of the round.

    Parameters
    ----------
    office
        The installation.
    run
        The folder of the run.
    begin
        What the COA asks.
    given
        As `optimizer.pipeline.again.reopen` takes it.

    Raises
    ------
    Geweigerd
        When the run cannot be opened, the judge rejects it, or it is a round already.
    """
    if begin.deadline <= office.clock():
        raise Geweigerd(*_PAST.fill(day=begin.deadline.date().isoformat()))
    reopened = reopen(run, given)
    _judge(run, reopened)
    cases = list(linked(reopened.case))
    with TemporaryDirectory() as place:
        files = {RUN: packed(run), INVOER: packed(reopened.wish.source), BIJ: kept(reopened.wish, Path(place))}
    with writing(office.engine) as session:
        return _keep(session, office, begin, reopened, files, cases)


def _judge(run: Path, reopened: Reopened) -> None:
    verdict, _ = judge_finished(run, reopened.wish, read_finished(run), Listener())
    wrong = verdict.overtredingen
    if wrong:
        first = Sentence(wrong[0].toelichting, wrong[0].toelichting_en)
        raise Geweigerd(*_REJECTED.fill(n=len(wrong), first=first))


def _keep(
    session: Session,
    office: Office,
    begin: Begin,
    reopened: Reopened,
    files: Mapping[str, bytes],
    cases: list[Gelezen],
) -> str:
    now, run = office.clock(), str(reopened.run.receipt["receipt_sha256"])
    known = session.scalar(select(Ronde).where(Ronde.run_sha256 == run))
    if known is not None:
        raise Geweigerd(*_KNOWN.fill(naam=known.naam))
    before = None if begin.vorige is None else session.get(Ronde, begin.vorige)
    if begin.vorige is not None and (before is None or before.staat != OPEN):
        raise Geweigerd(*_NOT_OPEN.fill(naam=begin.vorige if before is None else before.naam))
    ronde = Ronde(
        id=secrets.token_hex(16),
        naam=begin.naam,
        peildatum=reopened.in_force.parameters.peildatum,
        run_sha256=run,
        begonnen=now,
        deadline=begin.deadline,
        staat=OPEN,
        vorige_id=begin.vorige,
    )
    session.add(ronde)
    session.flush()
    if before is not None:
        before.staat = VERVANGEN
        trail.append(session, trail.Done(now, begin.door, "ronde_vervangen", before.id, inhoud=ronde.id.encode()))
    for name, content in files.items():
        session.add(Bestand(ronde_id=ronde.id, naam=name, inhoud=content, sha256=trail.hashed(content)))
    for number, case in enumerate(cases, start=1):
        _keep_case(session, office.sealer, ronde.id, number, case)
    session.flush()
    trail.append(session, trail.Done(now, begin.door, "ronde_begonnen", ronde.id, inhoud=run.encode()))
    if before is not None:
        carry_answers(session, office, before, ronde)
    return ronde.id


def _keep_case(session: Session, sealer: Sealer, ronde_id: str, number: int, case: Gelezen) -> None:
    """Keep one case, sealed with a key of its own."""
    g = load_gemeenten()
    row, zaak_id = g.index[case.gemeente], secrets.token_hex(16)
    zaak = Zaak(
        id=zaak_id,
        ronde_id=ronde_id,
        nummer=number,
        gemeente=case.gemeente,
        provincie=str(g.provincie[row]),
        regio=str(g.arbeidsmarktregio_naam[row]),
        vastgezet=case.vastgezet,
        voor_gemeente=b"",
        voor_coa=b"",
    )
    session.add(zaak)
    session.flush()
    key = sealer.new_key(session, zaak_id)
    zaak.voor_gemeente = seal(key, f"{zaak_id} gemeente", case.voor_gemeente.to_json())
    zaak.voor_coa = seal(key, f"{zaak_id} coa", case.voor_coa.to_json())
