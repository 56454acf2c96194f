"""A finished run, opened again: what was in force, what had to be decided and what was decided, from its folder."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from geodata.codes import resolve
from geodata.distance import describe
from geodata.errors import GemeenteOnbekend
from geodata.gemeenten import load_gemeenten
from geodata.herindelingen import merged_into
from geodata.wording import Sentence
from optimizer.decide.pose import pose
from optimizer.domain.batch import Batch
from optimizer.domain.besluiten import Besluit
from optimizer.domain.eisen import TempoTelt
from optimizer.domain.finished import FinishedRun
from optimizer.domain.uitvoer import BESLUITEN, EERDER, RECEIPT, VOORSTEL
from optimizer.domain.voorstel import Niveau
from optimizer.domain.wissen import GEWIST
from optimizer.errors import Gebruiksfout, Geweigerd, InvoerOngeldig, ParameterFout
from optimizer.model import Answer, Case, Problem, collect
from optimizer.model.facts import Ints
from optimizer.month.decisions import decided, from_table
from optimizer.read.run import read_finished
from optimizer.read.wishes.scenario import read_scenarios
from optimizer.rules.differences import fingerprint
from optimizer.settle import InForce, Wish, settle
from optimizer.verify.run.files import own_hash

#: Instead of a path: nothing laid over the rules that ship, whatever the receipt says.
GEEN = Path("geen")

Kind = Literal["rules", "scenario"]
_KEYS: Mapping[Kind, str] = {"rules": "rules", "scenario": "scenarios"}
_WHAT: Mapping[Kind, Sentence] = {
    "rules": Sentence("de map met regels", "the folder of rules"),
    "scenario": Sentence("het scenario", "the scenario"),
}
_INPUTS = {
    "vorige": Sentence("De eerdere run", "The earlier run"),
    "path": Sentence("De invoer", "The input"),
    "kolommen": Sentence("Het bestand met kolomnamen", "The file with names of columns"),
    "pc4": Sentence("De tabel met postcodes", "The table of postcodes"),
    "vooruitblik": Sentence("Het bestand van de vooruitblik", "The file of the look ahead"),
}
_OPTIONS = {
    "vorige": "--from",
    "path": "--invoer",
    "kolommen": "--kolommen",
    "pc4": "--pc4",
    "vooruitblik": "--vooruitblik",
}
_GONE = Sentence(
    "{what} van deze run is niet te vinden: '{path}'. Geef de plaats met {option}.",
    "{what} of this run cannot be found: '{path}'. Give its place with {option}.",
)
_NO_PROPOSAL = Sentence(
    "'{place}' is geen run met een voorstel. Geef de map van een uitkomst van koppelwijzer run.",
    "'{place}' is no run with a proposal. Give the folder of an outcome of koppelwijzer run.",
)
_ERASED = Sentence(
    "'{place}' is gewist. De rijen over mensen zijn weg; koppelwijzer verify zegt wat er nog staat.",
    "'{place}' was erased. The rows about people are gone; koppelwijzer verify says what is left.",
)
_EDITED = Sentence(
    "'{place}' is veranderd nadat de run klaar was. Zet het bestand van toen terug, of maak de run opnieuw.",
    "'{place}' has changed since the run was finished. Put the file of that moment back, or make the run again.",
)
_NOT_TO_READ = Sentence(
    "De run '{run}' is niet te openen met de invoer in '{place}': {why}. Geef de invoer van toen.",
    "The run '{run}' cannot be opened with the input in '{place}': {why}. Give the input of that moment.",
)
_OTHER_INPUT = Sentence(
    "De invoer in '{place}' is niet die van de run '{run}'. Anders of weg: {other}. Geef de invoer van toen.",
    "The input in '{place}' is not that of the run '{run}'. Changed or gone: {other}. Give the input of that moment.",
)


@dataclass(frozen=True)
class Reopened:
    """A finished run, as it was before and after it was decided.

    Attributes
    ----------
    folder
        Where it stands.
    run
        Its receipt and tables, as written.
    wish
        What it was asked, with the places where its input and rules stand now.
    in_force
        What was settled by that wish, with the decisions of the run where it went on from an earlier one.
    as_read
        The input as people wrote it, without those decisions.
    problem
        What had to be decided.
    answer
        What was decided: the links of ``voorstel.csv`` and the levels of the receipt. It holds no shadow prices.
    """

    folder: Path
    run: FinishedRun
    wish: Wish
    in_force: InForce
    as_read: Batch
    problem: Problem
    answer: Answer

    @property
    def case(self) -> Case:
        """The same as the case from which texts and counts are made."""
        return Case(self.in_force.batch, self.problem, self.answer)


def reopen(folder: Path, given: Mapping[str, Any] | None = None) -> Reopened:
    """Open a finished run: from its receipt and its input the problem, from its proposal the answer.

    Parameters
    ----------
    folder
        The folder of a run.
    given
        Fields of `Wish` that go before what the receipt says; None in it leaves the choice to the receipt. Needed where
        the input, the names of columns or the postcodes have moved.

    Raises
    ------
    Geweigerd
        When the folder holds no run with a proposal, the proposal or the receipt was edited, or the input, the rules,
        the scenarios or the distances are not those of that moment or cannot be found.
    """
    run = finished_proposal(folder)
    wish = wish_of(folder, run.receipt, given)
    try:
        in_force = settle(wish)
    except (InvoerOngeldig, ParameterFout) as error:
        raise Geweigerd(*_NOT_TO_READ.fill(run=str(folder), place=str(wish.source), why=error.sentence)) from error
    other = other_inputs(run.receipt, in_force.batch)
    if other:
        raise Geweigerd(*_OTHER_INPUT.fill(run=str(folder), place=str(wish.source), other=", ".join(other)))
    as_read, in_force = in_force.batch, as_it_was(run, in_force)
    facts = collect(in_force.batch, in_force.parameters, seed=in_force.seed, bekend=in_force.bekend)
    problem = pose(facts, in_force.beleid, in_force.parameters, in_force.kansen).with_pace(
        pace_in_force(run.receipt.get("policy"))
    )
    gemeente = links_of(run, in_force.batch, in_force.parameters.peildatum)
    return Reopened(folder, run, wish, in_force, as_read, problem, _answer(run.receipt, gemeente))


def finished_proposal(folder: Path) -> FinishedRun:
    """Read a run whose proposal and decisions are still what its receipt says, and whose receipt is as it was written.

    Raises
    ------
    Geweigerd
        When there is no proposal, or something of it was edited.
    """
    run = read_finished(folder)
    if GEWIST in run.hashes:
        raise Geweigerd(*_ERASED.fill(place=str(folder)))
    written = run.table(VOORSTEL)
    if run.is_comparison or written is None:
        raise Geweigerd(*_NO_PROPOSAL.fill(place=str(folder)))
    named = {**(run.receipt.get("files") or {}), written.file: run.receipt["answer"]["sha256"]}
    used = [f"{table.name}.csv" for table in (VOORSTEL, BESLUITEN, EERDER)]
    edited = [name for name in used if run.hashes.get(name) != named.get(name)]
    if run.receipt.get("receipt_sha256") != own_hash(run.receipt):
        edited.append(RECEIPT)
    if written.wrong or edited:
        raise Geweigerd(*_EDITED.fill(place=str(folder / (edited or [written.file])[0])))
    return run


def wish_of(folder: Path, receipt: Mapping[str, Any], given: Mapping[str, Any] | None = None) -> Wish:
    """Return the wish that a receipt stands for, as far as nothing else is given.

    Parameters
    ----------
    folder
        The folder of the run; what moved with it is found from there.
    receipt
        ``run.json``.
    given
        As `reopen` takes it.

    Raises
    ------
    Geweigerd
        When something that the run was given cannot be found, or has changed since.
    """
    told = {name: value for name, value in (given or {}).items() if value is not None}
    places = {"source": "path", "kolommen": "kolommen", "pc4": "pc4"}
    found = {name: told.get(name) or find_again(folder, receipt, key) for name, key in places.items()}
    need_postcodes(receipt, found["pc4"])
    rules = _own(told.get("rules")) if told.get("rules") else overlays_of(receipt, "rules")
    scenarios = _own(told.get("scenarios")) if told.get("scenarios") else overlays_of(receipt, "scenario")
    own = (*_own(told.get("rules")), *_own(told.get("scenarios")))
    policy = receipt.get("policy") or {}
    wish = Wish(
        source=found["source"] or folder,
        policy=policy.get("name"),
        peildatum=datetime.date.fromisoformat(receipt["peildatum"]),
        seed=receipt["seed"],
        bekend=policy.get("bekend", receipt.get("bekend")),
        kolommen=found["kolommen"],
        pc4=found["pc4"],
        measure=told.get("measure") or measure_of(receipt, own),
        rules=rules,
        scenarios=scenarios,
        vooruitblik=told.get("vooruitblik"),
    )
    return replace(wish, **{name: told[name] for name in ("policy", "peildatum", "seed", "bekend") if name in told})


def links_of(run: FinishedRun, batch: Batch, day: datetime.date) -> Ints:
    """Return where a run links each household of a batch, as the row of the municipality on a day, int64 [H].

    -1 where it links the household nowhere or does not know it.
    """
    index, links = load_gemeenten().index, earlier_links(run, day)
    return np.array([index.get(links.get(str(h), ""), -1) for h in batch.huishoudens["huishouden_id"]], dtype=np.int64)


def pace_in_force(policy: Mapping[str, Any] | None) -> TempoTelt:
    """Return whose persons count for the pace, as the policy in a receipt says; one of before says nothing."""
    told = ((policy or {}).get("eisen") or {}).get("tempo_telt")
    return "zonder_grond" if told == "zonder_grond" else "niemand" if told == "niemand" else "iedereen"


def earlier_links(run: FinishedRun, day: datetime.date) -> dict[str, str]:
    """Return the municipality of each household of a run in the division of a day, "" where it is not linked."""
    written, ended = run.tables[VOORSTEL.name].frame, merged_into(day)
    codes = [ended.get(g, g) for g in map(_code, written["gemeente"])]
    return dict(zip(written["huishouden_id"].astype(str), codes, strict=True))


def decisions_of(run: FinishedRun) -> tuple[Besluit, ...]:
    """Return the decisions that were in force in a run; none where it went on from none."""
    written = run.table(BESLUITEN)
    return () if written is None or written.wrong else from_table(written.frame)


def as_it_was(run: FinishedRun, in_force: InForce) -> InForce:
    """Return what was in force in a run that itself went on from an earlier one."""
    eerder = run.table(EERDER)
    if eerder is None or eerder.wrong:
        return in_force
    before = dict(zip(eerder.frame["huishouden_id"], eerder.frame["gemeente"], strict=True))
    return replace(in_force, batch=decided(in_force.batch, decisions_of(run), before))


def other_inputs(receipt: Mapping[str, Any], batch: Batch) -> list[str]:
    """Name the files of an input that are not those of a receipt: changed, gone or new; a file may be renamed."""
    before = {source["name"]: source["sha256"] for source in receipt["inputs"]}
    now = {source.naam: source.sha256 for source in batch.bronnen}
    if sorted(before.values()) == sorted(now.values()):
        return []
    return sorted(name for name in {**before, **now} if before.get(name) != now.get(name))


def find_again(folder: Path, receipt: Mapping[str, Any], key: str) -> Path | None:
    """Return where something that a run was given stands now; None where it was given nothing.

    The path is taken from here, then from every folder above the run: both may have moved together.

    Parameters
    ----------
    folder
        The folder of the run.
    key
        What is looked for: ``path`` (the input), ``kolommen`` or ``pc4``.

    Raises
    ------
    Geweigerd
        When it is in none of these places.
    """
    written = (receipt.get("input") or {}).get(key)
    if not written and key != "path":
        return None
    places = [Path(written), *(above / written for above in folder.resolve().parents)] if written else []
    found: Path | None = next((place for place in places if place.exists()), None)
    if found is None:
        raise Geweigerd(*_GONE.fill(what=_INPUTS[key], path=written or "?", option=_OPTIONS[key]))
    return found


def need_postcodes(receipt: Mapping[str, Any], pc4: Path | None) -> None:
    """Refuse to go on without the table of postcodes that a proposal was made with."""
    table = (receipt.get("distances", {}).get("werkplaatsen") or {}).get("postcodes")
    if table and pc4 is None:
        raise Gebruiksfout(
            f"Dit voorstel gebruikte de postcodes in '{table}'. Geef die tabel met --pc4.",
            f"This proposal used the postcodes in '{table}'. Give that table with --pc4.",
        )


def measure_of(receipt: Mapping[str, Any], given: Sequence[Path] = ()) -> str | None:
    """Return the measure of a receipt; a table of distances that has changed since is refused.

    None where the rules or scenarios that the user gives (``given``) say themselves how to measure.
    """
    files = [path for path in given if path.is_file()]
    if any((path / "gronden" / "maat.yaml").is_file() for path in given) or (
        files and "gronden/maat" in read_scenarios(files).parameters
    ):
        return None
    measure = receipt.get("parameters", {}).get("gronden/maat", {}).get("value")
    hashed = receipt.get("distances", {}).get("sha256")
    day = receipt.get("peildatum")
    if measure and hashed and describe(measure, datetime.date.fromisoformat(day) if day else None)["sha256"] != hashed:
        path = measure.partition(":")[2]
        raise Geweigerd(
            f"De afstanden in '{path}' zijn veranderd sinds dit voorstel is gemaakt. "
            "Geef met --afstanden de tabel van toen.",
            f"The distances in '{path}' have changed since this proposal was made. "
            "Give the table of that moment with --afstanden.",
        )
    return str(measure) if measure else None


def overlays_of(receipt: Mapping[str, Any], kind: Kind) -> tuple[Path, ...]:
    """Return the folders of rules, or the scenarios, that a receipt names.

    Raises
    ------
    Geweigerd
        When one of them is no longer there, or has changed since.
    """
    used = receipt.get(_KEYS[kind], [])
    for overlay in used:
        path = Path(overlay["path"])
        if not path.exists():
            raise _refusal(kind, path, Sentence("is er niet meer", "is no longer there"))
        if fingerprint(path) != overlay["sha256"]:
            raise _refusal(kind, path, Sentence("is sindsdien veranderd", "has changed since"))
    return tuple(Path(overlay["path"]) for overlay in used)


def _own(given: Sequence[Path] | None) -> tuple[Path, ...]:
    """Return the files that a user gives instead; ``geen`` alone stands for none."""
    return () if given is None or (list(given) == [GEEN] and not GEEN.exists()) else tuple(given)


def _refusal(kind: Kind, path: Path, why: Sentence) -> Geweigerd:
    return Geweigerd(
        f"Dit voorstel is gemaakt met {_WHAT[kind].nl} '{path}'. Dat {why.nl}. Zet het origineel terug, of geef het "
        f"met --{kind}. Wilt u werken met de regels die bij het programma horen, geef dan --{kind} geen.",
        f"This proposal was made with {_WHAT[kind].en} '{path}', which {why.en}. Put the original back, or give it "
        f"with --{kind}. To work by the rules that ship with the program, give --{kind} geen.",
    )


def _answer(receipt: Mapping[str, Any], gemeente: Ints) -> Answer:
    def finite(level: Mapping[str, Any], key: str, otherwise: str) -> float:
        told = level.get(key, level[otherwise])
        return np.inf if told is None else told

    levels = tuple(
        Niveau(
            level["name"],
            level["unit"],
            level["value"],
            finite(level, "bound", "bound"),
            finite(level, "gap", "gap"),
            level["status"],
            finite(level, "best", "value"),
            finite(level, "floor", "value"),
            finite(level, "most", "bound"),
        )
        for level in receipt["levels"]
    )
    return Answer(gemeente, levels, status=receipt["status"], reproducible=receipt["reproducible"] == "ja")


def _code(text: str) -> str:
    try:
        return resolve(text) if text else ""
    except GemeenteOnbekend:
        return ""
