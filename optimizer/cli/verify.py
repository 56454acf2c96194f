"""verify: judge any proposal without the solver."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from optimizer.cli import options as o
from optimizer.cli.receipt import measure_of, need_postcodes, notes, overlays_of, read_receipt
from optimizer.errors import ExitCode, Gebruiksfout
from wording import Sentence, joined

if TYPE_CHECKING:
    from optimizer.verify import Bevinding, Toets

_FINDING = Sentence(
    "{ernst} {code}: {toelichting} (regel {regel}; bron: {bron})",
    "{ernst} {code}: {toelichting} (rule {regel}; source, in Dutch: {bron})",
)
_LINK = Sentence(
    "{uitslag}: {toelichting}\n    regel {regel}; bron: {bron}",
    "{uitslag}: {toelichting}\n    rule {regel}; source, in Dutch: {bron}",
)
#: What is counted in the end, one of it and more.
_COUNTED = (
    Sentence("{n} {n:overtreding|overtredingen}", "{n} {n:violation|violations}"),
    Sentence("{n} {n:uitzondering|uitzonderingen}", "{n} {n:exception|exceptions}"),
    Sentence("{n} {n:huishouden|huishoudens} niet gekoppeld", "{n} {n:household|households} not linked"),
)
#: Results of the judge; the codes themselves are the same in both languages.
_RESULTS = {
    "overtreding": Sentence("overtreding", "violation"),
    "uitzondering": Sentence("uitzondering", "exception"),
    "voldaan": Sentence("voldaan", "passed"),
    "feit": Sentence("feit", "fact"),
}


def verify(
    invoer: o.Invoer,
    voorstel: Annotated[
        Path | None, typer.Argument(metavar="[VOORSTEL.csv]", help="Het voorstel, van wie dan ook.", show_default=False)
    ] = None,
    huishouden: Annotated[
        str | None, typer.Option("--huishouden", help="Toets één koppeling: van dit huishouden ...")
    ] = None,
    gemeente: Annotated[str | None, typer.Option("--gemeente", help="... aan deze gemeente.")] = None,
    policy: Annotated[
        str | None, typer.Option("--policy", help="Keur ook wat dit beleid bindt, zoals de straal om een harde grond.")
    ] = None,
    peildatum: o.Peildatum = None,
    seed: o.Seed = None,
    bekend: o.Bekend = None,
    measure: o.Meting = None,
    afstanden: o.Afstanden = None,
    osrm: o.Osrm = None,
    kolommen: o.Kolommen = None,
    pc4: o.Pc4 = None,
    rules: o.Regels = None,
    scenario: o.Scenarios = None,
    as_json: o.AsJson = False,
    lang: o.Taal = o.Lang.NL,
) -> int:
    """Keur een voorstel, zonder de rekenmachine die het maakte. Of toets één koppeling aan elke regel."""
    from optimizer.pipeline import Listener, judge_file, judge_one
    from optimizer.settle import Wish

    one_link = huishouden is not None and gemeente is not None
    if (huishouden is None) != (gemeente is None) or one_link == (voorstel is not None):
        raise Gebruiksfout(
            "Geef een voorstel, of --huishouden en --gemeente.", "Give a proposal, or --huishouden and --gemeente."
        )
    receipt = read_receipt(voorstel, lang.value) if voorstel else {}
    need_postcodes(receipt, pc4)
    day = peildatum or receipt.get("peildatum")
    wish = Wish(
        source=o.find_input(invoer, lang),
        policy=policy,
        peildatum=o.parse_day(day),
        seed=receipt.get("seed") if seed is None else seed,
        bekend=receipt.get("policy", {}).get("bekend") if bekend is None else bekend,
        kolommen=kolommen,
        pc4=pc4,
        rules=overlays_of(receipt, "rules", rules, lang.value),
        scenarios=overlays_of(receipt, "scenario", scenario, lang.value),
        measure=o.measure_name(measure, afstanden, osrm) or measure_of(receipt, (*(rules or ()), *(scenario or ()))),
    )
    listener = Listener(warn=o.warner(lang))
    if voorstel is None:
        code = o.resolved(gemeente or "")
        tested = judge_one(wish, huishouden or "", code, listener, with_policy=policy is not None)
        return _show_link(tested, lang.value, as_json=as_json)
    verdict, parameters = judge_file(wish, voorstel, listener, with_policy=policy is not None)
    for note in notes(receipt, {name: parameters[name] for name in parameters}, lang.value):
        typer.echo(note, err=True)
    if as_json:
        both = {
            "overtredingen": [asdict(b) for b in verdict.overtredingen],
            "uitzonderingen": [asdict(b) for b in verdict.uitzonderingen],
            "niet_gekoppeld": [asdict(b) for b in verdict.niet_gekoppeld],
            "tellingen": {name: None if isnan(n) else n for name, n in verdict.tellingen.items()},
        }
        typer.echo(json.dumps(both, ensure_ascii=False, indent=2))
    else:
        for b in (*verdict.overtredingen, *verdict.uitzonderingen, *verdict.niet_gekoppeld):
            typer.echo(_finding(b, lang.value))
        counts = len(verdict.overtredingen), len(verdict.uitzonderingen), len(verdict.niet_gekoppeld)
        told = joined([said.fill(n=n) for said, n in zip(_COUNTED, counts, strict=True)], ", ")
        typer.echo(f"{told.said(lang)}.")
    if verdict.overtredingen:
        return int(ExitCode.VIOLATION)
    return int(ExitCode.EXCEPTIONS if verdict.uitzonderingen or verdict.niet_gekoppeld else ExitCode.DONE)


def _finding(b: "Bevinding", lang: str) -> str:
    """Write one finding on a line."""
    said = {"ernst": _RESULTS[b.ernst], "toelichting": Sentence(b.toelichting, b.toelichting_en)}
    return _FINDING.fill(code=b.code, regel=b.regel, bron=b.bron, **said).said(lang)


def _show_link(tested: Sequence["Toets"], lang: str, *, as_json: bool) -> int:
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
