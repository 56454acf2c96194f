"""What ``verify`` takes from the receipt beside a proposal: the day, seed, measure, rules and scenario to judge by."""

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import typer

from geodata.wording import Sentence
from optimizer.domain.uitvoer import RECEIPT
from optimizer.errors import Gebruiksfout, Geweigerd

#: Instead of a path: nothing laid over the rules that ship, whatever the receipt says.
GEEN = Path("geen")

Kind = Literal["rules", "scenario"]
_KEYS: Mapping[Kind, str] = {"rules": "rules", "scenario": "scenarios"}
_WHAT: Mapping[Kind, Sentence] = {
    "rules": Sentence("de map met regels", "the folder of rules"),
    "scenario": Sentence("het scenario", "the scenario"),
}

_NOTHING = Sentence("niets", "nothing")
_TAKEN = Sentence(
    "Peildatum, seed, bekend, maat, regels en scenario komen uit '{place}', tenzij u ze zelf geeft.",
    "Peildatum, seed, share known, measure, rules and scenario come from '{place}', unless you give them.",
)
_OTHER_RULES = Sentence(
    "U geeft zelf --{kind}: {mine}. Het voorstel is gemaakt met: {theirs}. Wij keuren met die van u.",
    "You give --{kind} yourself: {mine}. The proposal was made with: {theirs}. Yours is used.",
)
_EDITED = Sentence(
    "Let op: '{place}' is veranderd nadat de run klaar was. Wij keuren wat er nu staat.",
    "Note: '{place}' has changed since the run was finished. What stands there now is judged.",
)
_GONE = Sentence(
    "{what} van deze run is niet te vinden: '{path}'. Geef de plaats met {option}.",
    "{what} of this run cannot be found: '{path}'. Give its place with {option}.",
)
_INPUTS = {
    "path": Sentence("De invoer", "The input"),
    "kolommen": Sentence("Het bestand met kolomnamen", "The file with names of columns"),
    "pc4": Sentence("De tabel met postcodes", "The table of postcodes"),
}
_OPTIONS = {"path": "--invoer", "kolommen": "--kolommen", "pc4": "--pc4"}
_CHANGED = Sentence(
    "Let op: {name} is nu {now}; het voorstel is gemaakt met {then}.",
    "Note: {name} is {now} now; the proposal was made with {then}.",
)


def beside(voorstel: Path, lang: str) -> Mapping[str, Any]:
    """Return the receipt beside a proposal of ours; empty where there is none, or where it is about another file.

    Says so where the proposal has changed since: that is no violation, for any proposal may be judged.

    Raises
    ------
    Geweigerd
        When a receipt stands there that cannot be read: without it the proposal would be judged by other rules.
    """
    from optimizer.read.receipt import read_receipt

    place = voorstel.parent / RECEIPT
    if not place.is_file():
        return {}
    found = read_receipt(voorstel.parent)
    if found["answer"]["file"] != voorstel.name:
        return {}
    typer.echo(_TAKEN.fill(place=str(place)).said(lang), err=True)
    if voorstel.is_file() and hashlib.sha256(voorstel.read_bytes()).hexdigest() != found["answer"]["sha256"]:
        typer.echo(_EDITED.fill(place=str(voorstel)).said(lang), err=True)
    return found


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
    """Refuse to judge a proposal without the table of postcodes that it was made with."""
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
    from geodata.distance import describe
    from optimizer.read.wishes.scenario import read_scenarios

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


def overlays_of(receipt: Mapping[str, Any], kind: Kind, given: Sequence[Path] | None, lang: str) -> tuple[Path, ...]:
    """Return the folders of rules, or the scenarios, to judge by: those of the receipt, unless the user gives others.

    Raises
    ------
    Geweigerd
        When one that the receipt names is no longer there, or has changed since.
    """
    from optimizer.rules.differences import fingerprint

    used = receipt.get(_KEYS[kind], [])
    if given:
        own = () if list(given) == [GEEN] and not GEEN.exists() else tuple(given)
        if receipt and [p.as_posix() for p in own] != [u["path"] for u in used]:
            typer.echo(_told(kind, own, used, lang), err=True)
        return own
    for overlay in used:
        path = Path(overlay["path"])
        if not path.exists():
            raise _refusal(kind, path, Sentence("is er niet meer", "is no longer there"))
        if fingerprint(path) != overlay["sha256"]:
            raise _refusal(kind, path, Sentence("is sindsdien veranderd", "has changed since"))
    return tuple(Path(overlay["path"]) for overlay in used)


def _told(kind: Kind, own: Sequence[Path], used: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Say that the user judges by other rules than those by which the proposal was made."""
    mine = ", ".join(f"'{p}'" for p in own) or _NOTHING
    theirs = ", ".join(f"'{u['path']}'" for u in used) or _NOTHING
    return _OTHER_RULES.fill(kind=kind, mine=mine, theirs=theirs).said(lang)


def _refusal(kind: Kind, path: Path, why: Sentence) -> Geweigerd:
    return Geweigerd(
        f"Dit voorstel is gemaakt met {_WHAT[kind].nl} '{path}'. Dat {why.nl}. Zet het origineel terug, of geef het "
        f"met --{kind}. Wilt u keuren met de regels die bij het programma horen, geef dan --{kind} geen.",
        f"This proposal was made with {_WHAT[kind].en} '{path}', which {why.en}. Put the original back, or give it "
        f"with --{kind}. To judge by the rules that ship with the program, give --{kind} geen.",
    )


def notes(receipt: Mapping[str, Any], parameters: Mapping[str, Any], lang: str) -> list[str]:
    """Say which parameters have another value now than in the receipt: the proposal was made by other rules.

    Parameters
    ----------
    parameters
        Value by name, as in force for this judgement.
    """
    then = {name: p["value"] for name, p in receipt.get("parameters", {}).items()}
    names = [n for n in sorted({*then, *parameters}) if then and not n.startswith("generate/")]
    found = [(name, _as_json(parameters.get(name)), _as_json(then.get(name))) for name in names]
    return [_CHANGED.fill(name=n, now=now, then=was).said(lang) for n, now, was in found if now != was]


def _as_json(value: Any) -> str:
    """Write a value as the receipt does, so that a list and a tuple are the same; ``-`` for none."""
    return "-" if value is None else json.dumps(json.loads(json.dumps(value)), ensure_ascii=False, sort_keys=True)
