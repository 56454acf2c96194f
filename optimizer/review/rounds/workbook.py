"""The workbook in which a municipality answers: made with the answers so far, and read back with all its problems."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from geodata.wording import Lang, Sentence
from optimizer.domain.batch import Batch
from optimizer.domain.besluiten import AKKOORD, BEZWAAR, JA_MITS
from optimizer.errors import Defect
from optimizer.month.decisions import checked
from optimizer.read import in_order
from optimizer.read.besluiten import Regel, read_besluiten
from optimizer.report.language import load
from optimizer.report.workbook_gemeente import one_gemeente
from optimizer.review.data.engine import reading
from optimizer.review.data.seal import derived, seal, unseal
from optimizer.review.data.tables import Ronde
from optimizer.review.office import Office
from optimizer.review.rounds import look
from optimizer.review.rounds.answers import Antwoord
from optimizer.review.rounds.look import Geopend, NietGevonden
from optimizer.review.rounds.opened import Known, tables_of
from optimizer.review.rounds.words import from_file, in_file, same
from optimizer.review.who.actor import Actor, Rol

#: What a workbook may be called; anything else is not opened.
SUFFIXES = (".xlsx", ".ods", ".csv")
_NOT_THEIRS = Sentence(
    "'{besluit}' is een besluit van het COA. Een gemeente antwoordt met akkoord, ja mits of bezwaar.",
    "'{besluit}' is a decision of the COA. A municipality answers with akkoord, ja mits or bezwaar.",
)


@dataclass(frozen=True)
class Verandering:
    """One answer in a workbook: case and version, household, what it is now and what it becomes."""

    zaak: str
    versie: int
    huishouden: str
    eerst: Antwoord
    wordt: Antwoord


@dataclass(frozen=True)
class Gelezen:
    """What stands in a workbook.

    Attributes
    ----------
    veranderingen
        Answers that differ from what is known.
    gelijk
        Rows that say what is known already.
    problemen, fouten
        Everything that is wrong, as `check` says it, and what may not be answered (place and sentence); where one of
        them stops, nothing may be taken over.
    """

    veranderingen: tuple[Verandering, ...]
    gelijk: int
    problemen: tuple[Defect, ...]
    fouten: tuple[tuple[str, Sentence], ...] = ()

    @property
    def stopt(self) -> bool:
        """Whether nothing may be taken over."""
        return bool(self.fouten) or any(not d.warning for d in self.problemen)


def of_gemeente(office: Office, actor: Actor, ronde: Ronde, gemeente: str, lang: Lang) -> tuple[str, bytes]:
    """Return the name and the bytes of the workbook of a municipality, with the answers that it gave so far.

    Parameters
    ----------
    office
        The installation.
    actor
        Somebody of the municipality, or of the COA: both get what the municipality may read.
    ronde, gemeente
        The round, and the CBS code.
    lang
        Its language.

    Raises
    ------
    NietGevonden
        When the municipality has no case, or the actor is of another one.
    """
    if actor.rol is Rol.GEMEENTE and actor.gebied != gemeente:
        raise NietGevonden
    reader = Actor(actor.id, actor.naam, Rol.GEMEENTE, gemeente)
    with reading(office.engine) as session:
        found = {z.inhoud.huishouden: z for z in look.cases(session, office.sealer, reader, ronde.id) if z.inhoud}
    if not found:
        raise NietGevonden
    try:
        known, run = office.rounds.known(ronde.id), tables_of(office.engine, ronde.id)
    except KeyError as error:
        raise NietGevonden from error
    table = run.voorstel[run.voorstel["huishouden_id"].isin(list(found))]
    reasons = [z.inhoud.zin.said(lang) for z in (found[h] for h in table["huishouden_id"]) if z.inhoud]
    answers = {
        h: in_file(z.zaak.antwoord, z.zaak.redencode, z.toelichting) for h, z in found.items() if z.zaak.antwoord
    }
    t = load(lang).under(run.receipt["parameters"])
    tables = (table.assign(reden=pd.Series(reasons, index=table.index, dtype=object)), run.banen, run.taakstelling)
    in_force = known.in_force
    return one_gemeente(gemeente, tables, in_force.batch, in_force.parameters, t, answers)


def read_back(office: Office, actor: Actor, ronde: Ronde, name: str, content: bytes) -> Gelezen:
    """Read a workbook with answers, by the defences of every reader; nothing is kept.

    The rows are held against the cases of the actor and no others: a household of another municipality is as unknown
    as one that does not exist.

    Parameters
    ----------
    name, content
        What it is called, of which only the ending counts, and its bytes.
    """
    suffix = Path(name).suffix.casefold()
    with TemporaryDirectory(prefix="koppelwijzer-werkboek-") as place:
        file = Path(place) / f"werkboek{suffix if suffix in SUFFIXES else '.csv'}"
        file.write_bytes(content)
        return read_place(office, actor, ronde, file)


def read_place(office: Office, actor: Actor, ronde: Ronde, place: Path) -> Gelezen:
    """Read the answers in a workbook, or in a folder of workbooks, as `read_back` does."""
    with reading(office.engine) as session:
        found = {z.inhoud.huishouden: z for z in look.cases(session, office.sealer, actor, ronde.id) if z.inhoud}
    read = read_besluiten(place, ronde.peildatum)
    known = office.rounds.known(ronde.id)
    _, defects = checked(read.regels, *_own(known, found))
    problems = tuple(in_order([*read.defects, *(d for d in defects if d.code != "antwoord_met_voorwaarde")]))
    answers = [r for r in read.regels if r.besluit in (AKKOORD, BEZWAAR, JA_MITS)]
    wrong = [(r.place, _NOT_THEIRS.fill(besluit=r.besluit)) for r in read.regels if r not in answers]
    changed, unchanged = _changed(answers, found)
    said = [
        (r, one) for r, one in changed if r.reden or r.besluit == AKKOORD
    ]  # a row without a reason was told already
    wrong += [(r.place, sentence) for r, one in said for sentence in one.wordt.wrong().values()]
    return Gelezen(tuple(one for _, one in changed), unchanged, problems, tuple(wrong))


def _own(known: Known, found: Mapping[str, Geopend]) -> tuple[Batch, Mapping[str, str]]:
    """Return what rows are held against: the households of some cases, and where each is proposed.

    What the input fixes may be answered too: a bedenking about it is put before the COA (`export.decisions`).
    """
    table = known.as_read.huishoudens
    mine = table[table["huishouden_id"].isin(list(found))].reset_index(drop=True)
    free = mine.assign(vastgezet_gemeente="", uitgesloten_gemeenten="")
    return known.as_read.replace(huishoudens=free), {h: z.zaak.gemeente for h, z in found.items()}


def _changed(answers: Sequence[Regel], found: Mapping[str, Geopend]) -> tuple[list[tuple[Regel, Verandering]], int]:
    changed: dict[str, tuple[Regel, Verandering]] = {}
    unchanged = 0
    for regel in answers:
        case = found.get(regel.huishouden_id)
        if case is None:
            continue
        zaak = case.zaak
        now, new = Antwoord(zaak.antwoord, zaak.redencode, case.toelichting), from_file(regel.besluit, regel.reden)
        if same(now, new):
            unchanged += 1
        else:
            changed[zaak.id] = (regel, Verandering(zaak.id, zaak.versie, regel.huishouden_id, now, new))
    return list(changed.values()), unchanged


def token(office: Office, actor: Actor, ronde_id: str, found: Gelezen) -> str:
    """Return what was read as text that only this program opens, for this person and this round."""
    told = [[v.zaak, v.versie, v.wordt.antwoord, v.wordt.redencode, v.wordt.toelichting] for v in found.veranderingen]
    return base64.urlsafe_b64encode(seal(_key(office), _about(actor, ronde_id), told)).decode()


def of_token(office: Office, actor: Actor, ronde_id: str, text: str) -> list[tuple[str, int, Antwoord]]:
    """Return what `token` was given: cases, versions and answers.

    Raises
    ------
    ValueError
        When it is not of this person and round, or not ours.
    """
    told = unseal(_key(office), _about(actor, ronde_id), base64.urlsafe_b64decode(text))
    return [(zaak, int(versie), Antwoord(*said)) for zaak, versie, *said in told]


def _key(office: Office) -> bytes:
    return derived(office.settings.secret.get_secret_value(), b"workbooks that were read")


def _about(actor: Actor, ronde_id: str) -> str:
    return f"{actor.id} {ronde_id} werkboek"
