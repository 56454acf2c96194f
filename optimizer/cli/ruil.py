"""ruil: which neighbours could best swap part of their opgave."""

import json
from pathlib import Path
from typing import Annotated

import typer

from optimizer.cli import options as o


def ruil(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="De map van een run.")],
    hoogstens: Annotated[
        int, typer.Option("--hoogstens", min=1, max=5, help="Hoogstens zoveel ruilen tussen buurgemeenten.")
    ] = 3,
    as_json: o.AsJson = False,
    lang: o.Taal = o.Lang.NL,
    bron: o.InvoerVanRun = None,
    kolommen: o.Kolommen = None,
    pc4: o.Pc4 = None,
    afstanden: o.Afstanden = None,
    rules: o.Regels = None,
    scenario: o.Scenarios = None,
    workers: o.Workers = 1,
    work_limit: Annotated[
        int, typer.Option("--work-limit", min=1, help="Grens in getelde rekenstappen, alle ruilen samen.")
    ] = 30_000,
    time_limit: o.TimeLimit = None,
) -> int:
    """Zoek welke buurgemeenten het best een deel van hun opgave kunnen ruilen, en welke banen dat redt."""
    from optimizer.decide import Limits
    from optimizer.explain.told.ruil import swaps_as_json, swaps_said
    from optimizer.pipeline import Listener
    from optimizer.pipeline.ruil import swap_run

    found = swap_run(
        run,
        hoogstens,
        Listener(o.say, o.warner(lang), o.teller(lang)),
        given=o.given(bron, lang, kolommen, pc4, afstanden, rules, scenario),
        limits=Limits(work_limit, time_limit, workers),
    )
    o.hush()
    if as_json:
        typer.echo(json.dumps(swaps_as_json(found.gevonden), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(zin.said(lang.value) for zin in swaps_said(found.gevonden)))
    return int(found.code)
