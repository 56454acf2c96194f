"""How a verdict is shown: one line for each finding and a count, or JSON; and the exit code that it asks for."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from math import isnan
from typing import TYPE_CHECKING

import typer

from geodata.wording import Sentence, joined, number
from optimizer.domain.levels import LEVELS
from optimizer.errors import ExitCode

if TYPE_CHECKING:
    from optimizer.pipeline import Reconstruction
    from optimizer.verify import Bevinding, Grens, Oordeel, Toets

_FINDING = Sentence(
    "{ernst} {code}: {toelichting} ({where}regel {regel}; bron: {bron})",
    "{ernst} {code}: {toelichting} ({where}rule {regel}; source, in Dutch: {bron})",
)
_WHERE = (Sentence("{bestand}; ", "{bestand}; "), Sentence("{bestand}, rij {rij}; ", "{bestand}, row {rij}; "))
_LINK = Sentence(
    "{uitslag}: {toelichting}\n    regel {regel}; bron: {bron}",
    "{uitslag}: {toelichting}\n    rule {regel}; source, in Dutch: {bron}",
)
#: A bound that was computed again, one on the word of a solver beside what was computed, and one on a word alone.
_BOUND = Sentence(
    "{niveau}: {waarde}, hoogstens {grens}; nagerekend",
    "{niveau}: {waarde}, at most {grens}; computed again",
)
_WORD = Sentence(
    "{niveau}: {waarde}, hoogstens {grens} op het woord van {wie}; nagerekend: hoogstens {nagerekend}",
    "{niveau}: {waarde}, at most {grens} by the word of {wie}; computed again: at most {nagerekend}",
)
_WORD_ONLY = Sentence(
    "{niveau}: {waarde}, hoogstens {grens} op het woord van {wie}; niet nagerekend",
    "{niveau}: {waarde}, at most {grens} by the word of {wie}; not computed again",
)
#: What is counted in the end, one of it and more.
_COUNTED = (
    Sentence("{n} {n:overtreding|overtredingen}", "{n} {n:violation|violations}"),
    Sentence("{n} {n:uitzondering|uitzonderingen}", "{n} {n:exception|exceptions}"),
    Sentence("{n} {n:huishouden|huishoudens} niet gekoppeld", "{n} {n:household|households} not linked"),
)
#: What came of working a proposal out again.
_SAME = Sentence(
    "Gereconstrueerd: met wat toen bekend was, komt hetzelfde voorstel eruit, byte voor byte (SHA-256 {sha}).",
    "Reconstructed: from what was known then the same proposal follows, byte for byte (SHA-256 {sha}).",
)
_MISSING = Sentence("Niet te reconstrueren. Dit ontbreekt ({n}):", "It cannot be reconstructed. This is missing ({n}):")
_DIFFERS = Sentence(
    "Met wat toen bekend was, komt een ander voorstel eruit: {n} {n:huishouden krijgt|huishoudens krijgen} een andere "
    "gemeente.",
    "From what was known then another proposal follows: {n} {n:household gets|households get} another municipality.",
)
_CELLS = Sentence(
    "Met wat toen bekend was, komen dezelfde gemeenten eruit, maar {n} {n:cel is|cellen zijn} anders.",
    "From what was known then the same municipalities follow, but {n} {n:cell differs|cells differ}.",
)
_KNOWN_NOW = Sentence("Dit is nu anders bekend dan toen:", "This is known otherwise now than then:")
#: Households that the screen names; ``--json`` names all.
_MOST_NAMED = 10
#: Results of the judge; the codes themselves are the same in both languages.
_RESULTS = {
    "overtreding": Sentence("overtreding", "violation"),
    "uitzondering": Sentence("uitzondering", "exception"),
    "voldaan": Sentence("voldaan", "passed"),
    "feit": Sentence("feit", "fact"),
}


def show_verdict(verdict: "Oordeel", lang: str, *, as_json: bool) -> int:
    """Print every finding and the counts, and return the exit code."""
    if as_json:
        both = {
            "overtredingen": [asdict(b) for b in verdict.overtredingen],
            "uitzonderingen": [asdict(b) for b in verdict.uitzonderingen],
            "niet_gekoppeld": [asdict(b) for b in verdict.niet_gekoppeld],
            "tellingen": {name: None if isnan(n) else n for name, n in verdict.tellingen.items()},
            "grenzen": [asdict(g) for g in verdict.grenzen],
        }
        typer.echo(json.dumps(both, ensure_ascii=False, indent=2))
    else:
        for b in (*verdict.overtredingen, *verdict.uitzonderingen, *verdict.niet_gekoppeld):
            typer.echo(_finding(b, lang))
        for g in verdict.grenzen:
            typer.echo(_bound(g, lang))
        counts = len(verdict.overtredingen), len(verdict.uitzonderingen), len(verdict.niet_gekoppeld)
        told = joined([said.fill(n=n) for said, n in zip(_COUNTED, counts, strict=True)], ", ")
        typer.echo(f"{told.said(lang)}.")
    if verdict.overtredingen:
        return int(ExitCode.VIOLATION)
    return int(ExitCode.EXCEPTIONS if verdict.uitzonderingen or verdict.niet_gekoppeld else ExitCode.DONE)


def show_link(tested: Sequence["Toets"], lang: str, *, as_json: bool) -> int:
    """Print every rule with its numbers and its source, and return the exit code."""
    if as_json:
        typer.echo(json.dumps([asdict(toets) for toets in tested], ensure_ascii=False, indent=2))
    else:
        for toets in tested:
            said = {
                "uitslag": _RESULTS[toets.uitslag],
                "toelichting": Sentence(toets.toelichting, toets.toelichting_en),
            }
            typer.echo(_LINK.fill(regel=toets.regel, bron=toets.bron, **said).said(lang))
    results = {toets.uitslag for toets in tested}
    if "overtreding" in results:
        return int(ExitCode.VIOLATION)
    return int(ExitCode.EXCEPTIONS if "uitzondering" in results else ExitCode.DONE)


def show_reconstruction(found: "Reconstruction", lang: str, *, as_json: bool) -> int:
    """Print whether a proposal follows from what was known then, and return the exit code."""
    if as_json:
        told = {
            "gereconstrueerd": found.same,
            "sha256_toen": found.then,
            "sha256_nu": found.now,
            "ontbreekt": [said.said(lang) for said in found.missing],
            "nu_anders_bekend": [said.said(lang) for said in found.notes],
            "verschillen": [{"huishouden": h, "toen": then, "nu": now} for h, then, now in found.differences],
            "andere_cellen": found.cells,
        }
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _say_reconstruction(found, lang)
    if found.missing:
        return int(ExitCode.REFUSED)
    return int(ExitCode.DONE if found.same else ExitCode.VIOLATION)


def _say_reconstruction(found: "Reconstruction", lang: str) -> None:
    if found.notes:
        typer.echo(_KNOWN_NOW.said(lang))
        for note in found.notes:
            typer.echo(f"- {note.said(lang)}")
    if found.missing:
        typer.echo(_MISSING.fill(n=len(found.missing)).said(lang))
        for lacking in found.missing:
            typer.echo(f"- {lacking.said(lang)}")
    elif found.same:
        typer.echo(_SAME.fill(sha=found.now).said(lang))
    elif found.differences:
        typer.echo(_DIFFERS.fill(n=len(found.differences)).said(lang))
        for h, then, now in found.differences[:_MOST_NAMED]:
            typer.echo(f"- {h}: {then or '-'} -> {now or '-'}")
    else:
        typer.echo(_CELLS.fill(n=found.cells).said(lang))


def _bound(g: "Grens", lang: str) -> str:
    """Say of one level what the answer is worth, the bound, and who says so."""
    level = LEVELS.get(g.niveau)
    decimals = 0 if level is None else level.decimals

    def written(value: float) -> Sentence:
        return Sentence(number(value, decimals), number(value, decimals, "en"))

    said = _BOUND if not g.op_woord_van else _WORD_ONLY if g.nagerekend is None else _WORD
    proven = written(g.grens if g.nagerekend is None else g.nagerekend)
    name = Sentence(g.niveau, g.niveau)
    return said.fill(
        niveau=name, waarde=written(g.waarde), grens=written(g.grens), nagerekend=proven, wie=g.op_woord_van
    ).said(lang)


def _finding(b: "Bevinding", lang: str) -> str:
    """Write one finding on a line."""
    where = _WHERE[b.rij is not None].fill(bestand=b.bestand, rij=str(b.rij)) if b.bestand else Sentence("", "")
    said = {"ernst": _RESULTS[b.ernst], "toelichting": Sentence(b.toelichting, b.toelichting_en)}
    return _FINDING.fill(code=b.code, regel=b.regel, bron=b.bron, where=where, **said).said(lang)
