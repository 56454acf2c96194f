"""What ``verify`` takes from the receipt beside a proposal: the day, seed, measure, rules and scenario to judge by."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import typer

from geodata.wording import Sentence
from optimizer.domain.uitvoer import RECEIPT

#: Instead of a path: nothing laid over the rules that ship, whatever the receipt says.
GEEN = Path("geen")

Kind = Literal["rules", "scenario"]
_KEYS: Mapping[Kind, str] = {"rules": "rules", "scenario": "scenarios"}
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


def overlays_of(receipt: Mapping[str, Any], kind: Kind, given: Sequence[Path] | None, lang: str) -> tuple[Path, ...]:
    """Return the folders of rules, or the scenarios, to judge by: those of the receipt, unless the user gives others.

    Raises
    ------
    Geweigerd
        When one that the receipt names is no longer there, or has changed since.
    """
    from optimizer.pipeline import again

    used = receipt.get(_KEYS[kind], [])
    if not given:
        return again.overlays_of(receipt, kind)
    own = () if list(given) == [GEEN] and not GEEN.exists() else tuple(given)
    if receipt and [p.as_posix() for p in own] != [u["path"] for u in used]:
        typer.echo(_told(kind, own, used, lang), err=True)
    return own


def _told(kind: Kind, own: Sequence[Path], used: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Say that the user judges by other rules than those by which the proposal was made."""
    mine = ", ".join(f"'{p}'" for p in own) or _NOTHING
    theirs = ", ".join(f"'{u['path']}'" for u in used) or _NOTHING
    return _OTHER_RULES.fill(kind=kind, mine=mine, theirs=theirs).said(lang)


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
