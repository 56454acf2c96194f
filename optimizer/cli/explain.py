"""explain: why a household is where it is, and what would happen elsewhere."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from optimizer.cli import options as o

if TYPE_CHECKING:
    from optimizer.pipeline.uitleg import Explained


def explain(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="De map van een run.")],
    huishouden: Annotated[str, typer.Argument(metavar="HUISHOUDEN", help="Kenmerk van het huishouden.")],
    why_not: Annotated[
        list[str] | None,
        typer.Option("--why-not", metavar="GEMEENTE", help="Waarom niet deze gemeente? Mag vaker, naast elkaar."),
    ] = None,
    as_json: o.AsJson = False,
    lang: o.Taal = o.Lang.NL,
    voor: Annotated[
        o.Voor | None, typer.Option("--voor", help="gemeente: medische gronden en gezin heten persoonlijk.")
    ] = None,
    bron: o.InvoerVanRun = None,
    kolommen: o.Kolommen = None,
    pc4: o.Pc4 = None,
    afstanden: o.Afstanden = None,
    rules: o.Regels = None,
    scenario: o.Scenarios = None,
    workers: o.Workers = 1,
    work_limit: Annotated[
        int, typer.Option("--work-limit", min=1, help="Grens in getelde rekenstappen, voor elke vraag waarom niet.")
    ] = 10_000,
    time_limit: o.TimeLimit = None,
) -> int:
    """Leg één huishouden uit: waar het mag, wat elke gemeente geeft, en wat er gebeurt als het ergens anders gaat."""
    from optimizer.decide import Limits
    from optimizer.pipeline import Listener
    from optimizer.pipeline.uitleg import explain_run

    found = explain_run(
        run,
        huishouden,
        [o.resolved(name) for name in why_not or ()],
        Listener(o.say, o.warner(lang), o.teller(lang)),
        given=o.given(bron, lang, kolommen, pc4, afstanden, rules, scenario),
        limits=Limits(work_limit, time_limit, workers),
        shield=voor is o.Voor.GEMEENTE,
    )
    o.hush()
    typer.echo(_json(found, lang.value) if as_json else _text(found, lang.value))
    return int(found.code)


def _json(found: "Explained", lang: str) -> str:
    from optimizer.explain.told.uitleg_json import as_json

    return json.dumps(as_json(found.uitleg, found.wat_als, found.parameters, lang), ensure_ascii=False, indent=2)


def _text(found: "Explained", lang: str) -> str:
    """Return the paragraphs: a heading, and below it the sentences, one a line."""
    from optimizer.explain.told.uitleg_words import in_sentences, title
    from optimizer.explain.told.whatif_words import what_if_in_sentences

    paragraphs = [
        *in_sentences(found.uitleg, found.parameters),
        *(what_if_in_sentences(what, found.parameters) for what in found.wat_als),
    ]
    blocks = [title(found.uitleg).said(lang)]
    blocks += ["\n".join([p.kop.said(lang), *(f"  {zin.said(lang)}" for zin in p.zinnen)]) for p in paragraphs]
    return "\n\n".join(blocks)
