"""maand: a run and the decisions on it become the input of the next month, with the chain of receipts kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geodata.wording import Sentence
from optimizer import __version__
from optimizer.domain.batch import Batch, Bron
from optimizer.domain.csvs import table_bytes
from optimizer.domain.tables import TABLES
from optimizer.errors import Defect, Geweigerd, VoorstelAfgekeurd
from optimizer.generate.files import SIGN
from optimizer.month.carry import GEKOPPELD, Overgang, Stand, ZonderAntwoord, beleid_toml, carried_over
from optimizer.month.decisions import checked, with_condition
from optimizer.pipeline.again import Reopened, decisions_of, earlier_links, reopen
from optimizer.pipeline.orders import Listener
from optimizer.publish import check_free, publish
from optimizer.read import find_batch, in_order
from optimizer.read.besluiten import read_besluiten, refuse
from optimizer.read.files.sources import HERKOMST

#: Tables that few batches have; they are written only with rows.
_BESIDE = ("bestuursovereenkomsten", "woningen", "capaciteit", "verzoeken")
_NOT_TO_READ = Sentence(
    "De nieuwe invoer is niet te lezen: {why}. Er is niets geschreven. Meld dit aan de makers.",
    "The new input cannot be read: {why}. Nothing was written. Tell the makers.",
)
_NO_ORIGIN = Sentence(
    "'{place}' is geen leesbare herkomst van een maand. Zet het origineel terug.",
    "'{place}' is no readable origin of a month. Put the original back.",
)


@dataclass(frozen=True)
class Month:
    """What a user asks of ``maand``.

    Attributes
    ----------
    run
        The folder of the run that ends the month.
    out
        The folder of the next input.
    besluiten
        Decisions on the run, as `read.besluiten.read_besluiten` takes them; None: those of the run itself.
    zonder_antwoord
        What to do with a proposal that nobody answered.
    peildatum
        Of the next month; None: that of the run.
    given
        As `pipeline.again.reopen` takes it.
    force
        Replace an input that this program made there.
    """

    run: Path
    out: Path
    besluiten: Path | None = None
    zonder_antwoord: ZonderAntwoord = "meenemen"
    peildatum: date | None = None
    given: Mapping[str, Any] | None = None
    force: bool = False

    @property
    def reads(self) -> tuple[Path, ...]:
        """Every file and folder that is read."""
        named = (self.run, self.besluiten, *(v for v in (self.given or {}).values() if isinstance(v, Path)))
        return tuple(path for path in named if path is not None)


@dataclass(frozen=True)
class Ended:
    """What became of the month.

    Attributes
    ----------
    folder
        The input of the next month.
    lot
        What became of each household.
    personen
        Persons of each household.
    """

    folder: Path
    lot: Mapping[str, str]
    personen: Mapping[str, int]

    def count(self, *lots: str) -> tuple[int, int]:
        """Return the households and persons of which one of some things became."""
        mine = [h for h, lot in self.lot.items() if lot in lots]
        return len(mine), sum(self.personen[h] for h in mine)


def next_month(month: Month, listener: Listener) -> Ended:
    """End a month: write the input of the next one.

    Raises
    ------
    Geweigerd
        When the run cannot be opened, or something stands where the input must come.
    InvoerOngeldig
        With every problem of the decisions at once.
    VoorstelAfgekeurd
        When a person or a place would be lost, or the new input could not be read.
    """
    check_free(month.out, sign=SIGN, force=month.force, inputs=month.reads)
    opened = reopen(month.run, month.given)
    batch, day = opened.as_read, opened.in_force.parameters.peildatum
    links = earlier_links(opened.run, day)
    read = None if month.besluiten is None else read_besluiten(month.besluiten, day)
    regels = read.regels if read else []
    besluiten, defects = checked(regels, batch, links, decisions_of(opened.run))
    defects = list(in_order([*(read.defects if read else ()), *defects]))
    refuse(defects)
    listener.warn(defects)
    facts = opened.problem.facts
    needs = {kind: facts.woningen.nodig[:, k] > 0 for k, kind in enumerate(facts.woningen.soorten)}
    stand = Stand(batch, links, besluiten, facts.personen, needs, with_condition(regels, besluiten))
    ending = carried_over(stand, month.zonder_antwoord)
    told = _origin(month, opened, links, ending, tuple(read.bronnen) if read else ())

    def write(folder: Path) -> None:
        _write(folder, ending.volgende, beleid_toml(batch.beleid, month.peildatum or day), told)
        known = {(d.code, d.file) for d in batch.waarschuwingen}
        listener.warn([d for d in _read_back(folder, ending.volgende, day) if (d.code, d.file) not in known])

    place = publish(month.out, write, sign=SIGN, force=month.force, inputs=(*month.reads, opened.wish.source))
    persons = batch.huishoudens.set_index("huishouden_id")["aantal_personen"]
    return Ended(place, ending.lot, {str(h): int(n) for h, n in persons.items()})


def _write(folder: Path, batch: Batch, beleid: str, told: Mapping[str, Any]) -> None:
    for name in TABLES:
        table = getattr(batch, name)
        if name not in _BESIDE or len(table):
            (folder / f"{name}.csv").write_bytes(table_bytes(table))
    (folder / "beleid.toml").write_text(beleid, encoding="utf-8", newline="\n")
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    (folder / HERKOMST).write_text(text, encoding="utf-8", newline="\n")


def _read_back(folder: Path, wanted: Batch, day: date) -> tuple[Defect, ...]:
    """Read the new input as every command will, see that all is there, and return what people should know of it.

    Parameters
    ----------
    day
        The peildatum of the month that ends, for the division of municipalities in which it is written.
    """
    found, _ = find_batch(folder, peildatum=day)
    problems = find_batch(folder)[1]
    errors = [d for d in problems if not d.warning]
    if not len(wanted.huishoudens) and {d.code for d in errors} <= {"geen_rijen"}:
        return ()  # everybody is linked: the input waits for new households
    if errors or found is None or not all(_same(found, wanted, name) for name in TABLES):
        why = ", ".join(f"{d.file} {d.code}" for d in errors) or ", ".join(_others(found, wanted))
        raise VoorstelAfgekeurd(*_NOT_TO_READ.fill(why=why))
    return problems


def _same(found: Batch, wanted: Batch, name: str) -> bool:
    one, other = getattr(found, name), getattr(wanted, name)
    if name == "werk":
        one, other = one.drop(columns="baan_id"), other.drop(columns="baan_id")
    return table_bytes(one) == table_bytes(other)


def _others(found: Batch | None, wanted: Batch) -> list[str]:
    return [] if found is None else [name for name in TABLES if not _same(found, wanted, name)]


def _origin(
    month: Month, opened: Reopened, links: Mapping[str, str], ending: Overgang, bronnen: tuple[Bron, ...]
) -> dict[str, Any]:
    """Say where an input comes from: the run, the decisions, who is linked, who goes on, and every month before."""
    receipt = opened.run.receipt
    persons = opened.as_read.huishoudens.set_index("huishouden_id")["aantal_personen"]
    linked = [h for h, lot in ending.lot.items() if lot == GEKOPPELD]
    others = [h for h, lot in ending.lot.items() if lot != GEKOPPELD]
    return {
        "program": "koppelwijzer",
        "version": __version__,
        "run": {
            "peildatum": receipt["peildatum"],
            "answer": receipt["answer"]["sha256"],
            "receipt": receipt["receipt_sha256"],
            "inputs": receipt["inputs"],
            "vorige": receipt.get("vorige"),
        },
        "besluiten": [{"name": b.naam, "sha256": b.sha256} for b in bronnen],
        "zonder_antwoord": month.zonder_antwoord,
        "personen": {
            "in": int(persons.sum()),
            GEKOPPELD: sum(int(persons[h]) for h in linked),
            "meegenomen": sum(int(persons[h]) for h in others),
        },
        GEKOPPELD: [{"huishouden_id": h, "aantal_personen": int(persons[h]), "gemeente": links[h]} for h in linked],
        "meegenomen": [
            {"huishouden_id": h, "aantal_personen": int(persons[h]), "waarom": ending.lot[h]} for h in others
        ],
        "keten": _chain(opened.wish.source),
    }


def _chain(source: Path) -> list[dict[str, Any]]:
    """Return the months before the one that ends, first one first, as the origin of its input tells them."""
    place = source / HERKOMST
    if not place.is_file():
        return []
    try:
        told = json.loads(place.read_text(encoding="utf-8"))
        return [*told["keten"], {key: told[key] for key in ("run", "besluiten", "zonder_antwoord", "personen")}]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Geweigerd(*_NO_ORIGIN.fill(place=str(place))) from error
