"""brieven: a letter to every household of a finished run, and to the employers of the jobs that it can keep."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geodata.gemeenten import load_gemeenten
from geodata.wording import Lang, Sentence
from optimizer import __version__
from optimizer.domain.brief import LIJST, Brief
from optimizer.domain.finished import FinishedRun
from optimizer.domain.kansdelen import Kansdelen
from optimizer.domain.uitvoer import NIET_GEKOPPELD, VOORSTEL
from optimizer.errors import Gebruiksfout, Geweigerd, VoorstelAfgekeurd
from optimizer.explain.told.brieven import Kop, employer_letters, household_letter
from optimizer.fit import parts
from optimizer.model import Case
from optimizer.pipeline.again import Reopened, pace_in_force, reopen
from optimizer.pipeline.orders import Listener
from optimizer.publish import check_free, publish
from optimizer.report.letters import can_pdf, letter_style, pdf_maker, places, render_letter, to_pdf
from optimizer.settle import InForce
from optimizer.verify import Bevinding
from optimizer.verify.adults import Adults
from optimizer.verify.letters import Letters, judge_letters, open_letters

_UNKNOWN = Sentence("Huishouden '{id}' staat niet in deze run.", "This run has no household '{id}'.")
_REJECTED = Sentence(
    "De rechter keurt een brief af. Er is niets geschreven. {why}",
    "The judge rejects a letter. Nothing was written. {why}",
)
_NO_LETTERS = Sentence(
    "'{place}' is geen map met brieven: brieven.json is er niet, of is niet te lezen. Geef de map van koppelwijzer "
    "brieven.",
    "'{place}' is no folder of letters: brieven.json is not there, or cannot be read. Give the folder of koppelwijzer "
    "brieven.",
)


@dataclass(frozen=True)
class Vraag:
    """What ``brieven`` is asked.

    Attributes
    ----------
    run, out
        The folder of the run, and where the letters come.
    lang
        Language of the letters.
    huishouden
        Only the letters of this household; None: of everybody.
    afzender, contact
        Who sends the letters and whom to ask; empty leaves a field to fill in.
    pdf
        Whether to make PDFs too, where this computer can.
    force
        Replace letters that stand there.
    """

    run: Path
    out: Path
    lang: Lang = "nl"
    huishouden: str | None = None
    afzender: str = ""
    contact: str = ""
    pdf: bool = True
    force: bool = False


@dataclass(frozen=True)
class Geschreven:
    """Where the letters stand, and how many there are of each kind."""

    place: Path
    huishoudens: int
    werkgevers: int
    pdfs: int


def write_letters(asked: Vraag, listener: Listener, given: Mapping[str, Any] | None = None) -> Geschreven:
    """Write the letters of a run; the judge reads every one of them before they get their place.

    Parameters
    ----------
    given
        As `optimizer.pipeline.again.reopen` takes it.

    Raises
    ------
    Gebruiksfout
        When the run has no such household.
    Geweigerd
        As `reopen` raises it, or when something stands where the letters must come.
    VoorstelAfgekeurd
        When the judge objects to a letter.
    """
    check_free(asked.out, sign=LIJST, force=asked.force, inputs=(asked.run,))
    reopened = reopen(asked.run, given)
    listener.hear(reopened.in_force)
    letters = _letters(reopened, asked)
    names = places(letters)
    pages = {names[b.soort, b.kenmerk]: render_letter(b, asked.lang) for b in letters}
    pdf = asked.pdf and can_pdf()
    told: dict[str, Any] = {
        "program": "koppelwijzer",
        "version": __version__,
        "antwoord": reopened.run.receipt["answer"]["sha256"],
        "peildatum": reopened.run.receipt["peildatum"],
        "taal": asked.lang,
        "huishouden": asked.huishouden,
        "afzender": asked.afzender,
        "contact": asked.contact,
        "pdf": pdf_maker() if pdf else None,
        "brieven": [{"soort": b.soort, "kenmerk": b.kenmerk, "bestand": names[b.soort, b.kenmerk]} for b in letters],
    }
    listener.progress("brieven laten keuren")
    in_force = replace(reopened.in_force, batch=reopened.as_read)
    found = _judged(reopened.run, in_force, Letters(told, pages, (), letter_style(), {}))
    if found:
        why = Sentence(found[0].toelichting, found[0].toelichting_en)
        raise VoorstelAfgekeurd(*_REJECTED.fill(why=why))

    def write(folder: Path) -> None:
        for n, (name, page) in enumerate(pages.items(), 1):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(page, encoding="utf-8")
            if pdf:
                listener.progress(f"PDF {n} van de {len(pages)} schrijven")
                (folder / _pdf_of(name)).write_bytes(to_pdf(page))
        whole = {**told, "bestanden": _hashes(folder)}
        (folder / LIJST).write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    place = publish(asked.out, write, sign=LIJST, force=asked.force, inputs=(asked.run,))
    employers = sum(b.soort == "werkgever" for b in letters)
    return Geschreven(place, len(letters) - employers, employers, len(pages) if pdf else 0)


def judge_written(folder: Path, run: FinishedRun, in_force: InForce, listener: Listener) -> list[Bevinding]:
    """Judge the letters in a folder by a finished run and its input; nothing of what wrote them is believed.

    Raises
    ------
    Geweigerd
        When the folder holds no list of letters that can be read.
    """
    try:
        told = json.loads((folder / LIJST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Geweigerd(*_NO_LETTERS.fill(place=str(folder))) from error
    if not isinstance(told, dict):
        raise Geweigerd(*_NO_LETTERS.fill(place=str(folder)))
    here = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {LIJST, ".koppelwijzer"}
    }
    pages = {name: _text(path) for name, path in here.items() if name.endswith(".html")}
    beside = {_pdf_of(name): name for name in pages}
    pdfs: dict[str, bool | None] = {}
    same_maker = bool(told.get("pdf")) and told.get("pdf") == pdf_maker()
    for n, (name, page) in enumerate(beside.items(), 1):
        if name in here:
            listener.progress(f"PDF {n} van de {len(beside)} nakijken")
            text = pages[page]
            pdfs[page] = here[name].read_bytes() == to_pdf(text) if same_maker and text is not None else None
    others = [name for name in here if name not in pages and name not in beside]
    return _judged(run, in_force, Letters(told, pages, others, letter_style(), pdfs))


def _judged(run: FinishedRun, in_force: InForce, letters: Letters) -> list[Bevinding]:
    beleid, p = in_force.beleid, in_force.parameters
    eisen = replace(beleid.eisen(p), tempo_telt=pace_in_force(run.receipt.get("policy")))
    adults = in_force.kansen.adults
    opened = open_letters(
        run,
        in_force.batch,
        letters.told,
        parameters=p,
        eisen=eisen,
        niveaus=beleid.niveaus,
        methode=beleid.methode,
        chances=in_force.kansen,
        adults=Adults(adults.profile, adults.table),
    )
    return judge_letters(letters, opened, run.receipt)


def _letters(reopened: Reopened, asked: Vraag) -> list[Brief]:
    case = reopened.case
    ids = [str(h) for h in case.facts.huishoudens]
    if asked.huishouden is not None and asked.huishouden not in ids:
        raise Gebruiksfout(*_UNKNOWN.fill(id=asked.huishouden))
    kop = Kop(asked.afzender, asked.contact, str(reopened.run.receipt["answer"]["sha256"]))
    elsewhere, causes = _alternatives(reopened.run), _causes(reopened.run)
    kans = _of_household(case)
    rows = [h for h, name in enumerate(ids) if asked.huishouden in (None, name)]
    letters = [
        household_letter(case, h, elsewhere.get(ids[h], []), causes.get(ids[h], ""), kans.get(ids[h], ()), kop)
        for h in rows
    ]
    owner = dict(zip(case.batch.werk["baan_id"].astype(str), case.facts.banen.huishouden.tolist(), strict=True))
    return [*letters, *(b for b in employer_letters(case, kop) if owner[b.kenmerk] in set(rows))]


def _alternatives(run: FinishedRun) -> dict[str, list[int]]:
    """Return the other municipalities (rows) that the proposal names for each household."""
    frame, index = run.tables[VOORSTEL.name].frame, load_gemeenten().index
    columns = [frame[f"alternatief_{n}"] for n in (1, 2, 3)]
    cells = zip(*columns, strict=True)
    return {
        str(h): [index[cell.partition(" ")[0]] for cell in row if cell]
        for h, row in zip(frame["huishouden_id"], cells, strict=True)
    }


def _causes(run: FinishedRun) -> dict[str, str]:
    frame = run.tables[NIET_GEKOPPELD.name].frame
    return dict(zip(frame["huishouden_id"].astype(str), frame["oorzaak"].astype(str), strict=True))


def _of_household(case: Case) -> dict[str, tuple[Kansdelen, ...]]:
    """Take the chance of work of every adult apart, by household."""
    people: pd.DataFrame = case.batch.personen
    owners = people["huishouden_id"].to_numpy(dtype=object)
    found: dict[str, list[Kansdelen]] = {}
    for row, adult in zip(np.arange(len(people)), parts(people, case.parameters), strict=True):
        found.setdefault(str(owners[row]), []).append(adult)
    return {name: tuple(adults) for name, adults in found.items()}


def _pdf_of(name: str) -> str:
    return name.removesuffix(".html") + ".pdf"


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
