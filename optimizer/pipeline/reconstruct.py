"""verify --reconstrueer: the proposal worked out once more from what was known then, whatever is known by now.

The values of the rules, the policy in full, the seed and the limits come from the run itself, not from the rules that
ship today. Only the input has to be found again. What is missing is named, and nothing is put in its place.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError

from geodata.tables import tables
from geodata.wording import Sentence
from optimizer import __version__
from optimizer.decide import Limits, work_out
from optimizer.domain.batch import Batch
from optimizer.domain.csvs import table_bytes
from optimizer.domain.finished import FinishedRun
from optimizer.domain.uitvoer import KENNIS, VOORSTEL
from optimizer.errors import Geweigerd, InvoerOngeldig, ParameterFout
from optimizer.explain.told import explain
from optimizer.fit import household_chances, score
from optimizer.model import collect, known_in_time
from optimizer.pipeline.again import GEEN, as_it_was, finished_proposal, other_inputs, wish_of
from optimizer.pipeline.orders import Listener
from optimizer.policy import STANDAARD, Beleid, names
from optimizer.read.run import written_table
from optimizer.report import csvs
from optimizer.report.receipt import plain
from optimizer.rules.parameters import Parameters
from optimizer.settle import InForce, Wish, settle

#: Parameters of invented batches: no proposal looks at them.
_INVENTED = "generate/"
_CLOCK = Sentence(
    "De klok of Ctrl-C stopte deze run. Daarna komt er niet vanzelf weer hetzelfde uit.",
    "The clock or Ctrl-C stopped this run. The same does not come out again by itself.",
)
_NO_INPUT = Sentence("De invoer: {why}", "The input: {why}")
_OTHER_TABLES = Sentence(
    "De invoer in '{place}' is niet die van toen. Anders: {other}.",
    "The input in '{place}' is not that of then. Changed: {other}.",
)
_NO_RULE = Sentence(
    "Parameter {name}: deze versie van het programma kent hem niet meer.",
    "Parameter {name}: this version of the program no longer knows it.",
)
_NO_VALUE = Sentence(
    "Een waarde van toen kan deze versie niet gebruiken: {why}", "This version cannot use a value of then: {why}"
)
_NO_POLICY = Sentence(
    "Het beleid {name} kan deze versie niet meer uitvoeren.", "This version can no longer carry out policy {name}."
)
_OTHER_DATA = Sentence(
    "De tabel {name} van het programma is een andere dan toen.", "Table {name} of the program is another than then."
)
_VERSION = Sentence(
    "Gemaakt met versie {then}; nagerekend met {now}.", "Made with version {then}; worked out again with {now}."
)
_NO_KNOWLEDGE = Sentence(
    "In deze run staat geen kennis.json. Grenzen van het rekenen en de taal zijn die van nu.",
    "This run holds no kennis.json. The limits of the work and the language are those of now.",
)
_KNOWLEDGE_EDITED = Sentence(
    "kennis.json is niet meer zoals deze run het schreef. Zet het origineel terug.",
    "kennis.json is no longer as this run wrote it. Put the original back.",
)
_NEW_RULE = Sentence(
    "Parameter {name} bestond toen nog niet; nu geldt {now}.", "Parameter {name} did not exist then; now it is {now}."
)
_SINCE = Sentence(
    "Parameter {name}: toen {then}, nu {now} op dezelfde dag ({source}).",
    "Parameter {name}: {then} then, {now} now on the same day ({source}).",
)
_LATER = Sentence(
    "Parameter {name}: vanaf {since} is {now} bekend geworden ({source}).",
    "Parameter {name}: {now} from {since} has become known ({source}).",
)


class _Limits(BaseModel):
    work_limit: int | None = Field(None, ge=1)
    gap: float = Field(0.0, ge=0)


class _Style(BaseModel):
    lang: Literal["nl", "en"]
    english_csv: bool


class _Table(BaseModel):
    sha256: str


class _Later(BaseModel):
    since: str
    value: Any


class _Rule(BaseModel):
    later: list[_Later]


class _Knowledge(BaseModel):
    """The parts of ``kennis.json`` that are used here, in the shape in which `run` writes them."""

    limits: _Limits
    style: _Style
    tables: dict[str, _Table]
    rules: dict[str, _Rule]


@dataclass(frozen=True)
class Reconstruction:
    """What came of working a proposal out again.

    Attributes
    ----------
    same
        Whether it is the same, byte for byte.
    then, now
        SHA-256 of the proposal as written and as worked out again; empty where it could not be.
    missing
        What is missing, each in a sentence; nothing was worked out then.
    notes
        What is known today and was not then, or the other way round.
    differences
        Household, its municipality then and now (codes), of everybody who is linked otherwise.
    cells
        Cells of the proposal that differ, where every link is the same.
    """

    same: bool
    then: str
    now: str = ""
    missing: tuple[Sentence, ...] = ()
    notes: tuple[Sentence, ...] = ()
    differences: tuple[tuple[str, str, str], ...] = ()
    cells: int = 0


def reconstruct(folder: Path, given: Mapping[str, Any], listener: Listener) -> Reconstruction:
    """Work the proposal of a run out again from what its receipt, its ``kennis.json`` and its input say.

    Parameters
    ----------
    given
        Fields of `Wish` that say where the input, the names of columns or the postcodes stand now.

    Raises
    ------
    Geweigerd
        When the folder holds no run with a proposal, or the proposal or the receipt was edited.
    """
    run = finished_proposal(folder)
    then = str(run.receipt["answer"]["sha256"])
    if not _knowledge_as_written(run):
        return Reconstruction(False, then, missing=(_KNOWLEDGE_EDITED,))
    missing = [_CLOCK] if run.receipt["reproducible"] != "ja" else []
    missing += [_OTHER_DATA.fill(name=name) for name in _other_tables(run.receipt)]
    try:
        as_read = _read(folder, run, given)
    except (Geweigerd, InvoerOngeldig, ParameterFout) as error:
        return Reconstruction(False, then, missing=(*missing, _NO_INPUT.fill(why=error.sentence)))
    listener.hear(as_read)
    missing += _other_input(run, as_read.batch, given.get("source"))
    parameters, lacking = _rules_of_then(run.receipt, as_read.parameters)
    beleid = _policy_of_then(run.receipt["policy"])
    missing += [*lacking, *([] if beleid else [_NO_POLICY.fill(name=run.receipt["policy"]["name"])])]
    notes = (*_about_the_run(run), *_known_since(run, as_read.parameters))
    if missing or beleid is None:
        return Reconstruction(False, then, missing=tuple(missing), notes=notes)
    kansen = household_chances(as_read.batch, score(as_read.batch.personen, parameters))
    in_force = as_it_was(run, replace(as_read, parameters=parameters, beleid=beleid, kansen=kansen))
    written = _worked_out(in_force, run)
    now = hashlib.sha256(written).hexdigest()
    if now == then:
        return Reconstruction(True, then, now, notes=notes)
    return replace(_compared(run, written), then=then, now=now, notes=notes)


def _knowledge_as_written(run: FinishedRun) -> bool:
    """Whether ``kennis.json`` is what the receipt says, and can be used; a run of before that file has none."""
    if run.hashes.get(KENNIS) != (run.receipt.get("files") or {}).get(KENNIS):
        return False
    try:
        return KENNIS not in run.hashes or bool(_Knowledge.model_validate(run.kennis, strict=True))
    except ValidationError:
        return False


def _read(folder: Path, run: FinishedRun, given: Mapping[str, Any]) -> InForce:
    """Read the input of then; the policy and the rules laid over it come from the receipt afterwards."""
    wish: Wish = wish_of(folder, run.receipt, {**given, "rules": [GEEN], "scenarios": [GEEN]})
    return settle(replace(wish, policy=wish.policy if wish.policy in names() else STANDAARD))


def _other_tables(receipt: Mapping[str, Any]) -> list[str]:
    """Name the tables of the program (municipalities, distances) that are others now."""
    now = {table.name: table.sha256 for table in tables()}
    then = {str(table["name"]): str(table["sha256"]) for table in receipt["tables"]}
    return sorted(name for name in {**then, **now} if then.get(name) != now.get(name))


def _other_input(run: FinishedRun, batch: Batch, place: Any) -> list[Sentence]:
    """Name what of the input is another now; a file that was only written anew holds the same tables."""
    files = other_inputs(run.receipt, batch)
    known = (run.kennis or {}).get("tables") or {}
    if not files:
        return []
    hashes = {name: hashlib.sha256(table_bytes(getattr(batch, name))).hexdigest() for name in known}
    other = [name for name, told in known.items() if told.get("sha256") != hashes[name]] if known else files
    beleid = [name for name in files if name.startswith("beleid")]
    named = [*other, *(name for name in beleid if name not in other and not known)]
    return [_OTHER_TABLES.fill(place=str(place or ""), other=", ".join(named))] if named else []


def _rules_of_then(receipt: Mapping[str, Any], now: Parameters) -> tuple[Parameters, list[Sentence]]:
    """Return the rules with every value as the receipt has it, and what of these this version cannot use."""
    values = {n: told["value"] for n, told in receipt["parameters"].items() if not n.startswith(_INVENTED)}
    lacking = [_NO_RULE.fill(name=name) for name in values if name not in now.catalogue]
    try:
        known = {name: value for name, value in values.items() if name in now.catalogue}
        return now.replace(known), lacking
    except ParameterFout as error:
        return now, [*lacking, _NO_VALUE.fill(why=error.sentence)]


def _policy_of_then(told: Mapping[str, Any]) -> Beleid | None:
    try:
        return Beleid.model_validate({name: told[name] for name in Beleid.model_fields if name in told})
    except ValidationError:
        return None


def _about_the_run(run: FinishedRun) -> list[Sentence]:
    notes = [] if run.kennis else [_NO_KNOWLEDGE]
    if run.receipt["version"] != __version__:
        notes.append(_VERSION.fill(then=run.receipt["version"], now=__version__))
    return notes


def _known_since(run: FinishedRun, now: Parameters) -> list[Sentence]:
    """Say which values hold on that very day by what is known now, and which later ones have become known."""
    then, ships = run.receipt["parameters"], [name for name in now if not name.startswith(_INVENTED)]
    own = {change["path"] for change in (run.receipt.get("differences") or {}).get("parameters", [])}
    told = (run.kennis or {}).get("rules") or {}
    notes = []
    for name in ships:
        if name not in then:
            notes.append(_NEW_RULE.fill(name=name, now=str(now[name])))
        elif name not in own and not then[name].get("overridden") and then[name]["value"] != plain(now[name]):
            origin = now.origin(name)
            source = str(origin.source) if origin else ""
            notes.append(_SINCE.fill(name=name, then=str(then[name]["value"]), now=str(now[name]), source=source))
        if name in told:
            known = {(v["since"], str(v["value"])) for v in told[name]["later"]}
            later = [v for v in now.catalogue[name].values if v.since > now.peildatum]
            new = [v for v in later if (v.since.isoformat(), str(v.value)) not in known]
            notes += [
                _LATER.fill(name=name, since=v.since.isoformat(), now=str(v.value), source=str(v.source)) for v in new
            ]
    return notes


def _worked_out(in_force: InForce, run: FinishedRun) -> bytes:
    """Return the bytes of the proposal, worked out and written as then."""
    known = run.kennis or {}
    limits, style = known.get("limits") or {}, known.get("style") or {}
    english = bool(style.get("english_csv", run.tables[VOORSTEL.name].english))
    parameters = in_force.parameters
    facts = collect(in_force.batch, parameters, seed=in_force.seed)
    case = work_out(
        in_force.batch,
        known_in_time(facts, parameters, in_force.bekend),
        in_force.beleid,
        parameters,
        in_force.kansen,
        limits=Limits(work_limit=limits.get("work_limit"), gap=float(limits.get("gap") or 0.0)),
        certify=True,
    )
    voorstel = explain(case).said(str(style.get("lang", "nl")))
    return csvs.to_bytes(voorstel.voorstel, VOORSTEL, english=english)


def _compared(run: FinishedRun, written: bytes) -> Reconstruction:
    """Say where the proposal of then and the one that was worked out again differ."""
    before, after = run.tables[VOORSTEL.name].frame, written_table(f"{VOORSTEL.name}.csv", written).frame
    there = dict(zip(after["huishouden_id"], after["gemeente"], strict=True))
    changed = tuple(
        (str(h), str(g), str(there.get(h, "")))
        for h, g in zip(before["huishouden_id"], before["gemeente"], strict=True)
        if there.get(h) != g
    )
    same_shape = before.shape == after.shape
    cells = int((before.to_numpy() != after.to_numpy()).sum()) if same_shape else 0
    return Reconstruction(False, "", differences=changed, cells=cells)
