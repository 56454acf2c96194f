"""verantwoording: register, log, answers for DPIA and IAMA, and a bundle for an auditor."""

from pathlib import Path
from typing import Annotated

import typer

from geodata.wording import Sentence
from optimizer.cli import options as o
from optimizer.errors import ExitCode, Gebruiksfout

_WRITTEN = Sentence(
    "Geschreven in {place}: algoritmeregister.json, verwerkingen.jsonl, dpia.md, iama.md en bundel.zip.",
    "Written in {place}: algoritmeregister.json, verwerkingen.jsonl, dpia.md, iama.md and bundel.zip (in Dutch).",
)
_FILL = Sentence(
    "Wat het programma niet kan weten, staat er als [Vul in: ...]. Vul dat in, en toets daarna: koppelwijzer "
    "verantwoording {run} --toets {place}",
    "What the program cannot know stands there as [Vul in: ...]. Fill it in, and check it then: koppelwijzer "
    "verantwoording {run} --toets {place}",
)
_CHECKED = Sentence(
    "{n} {n:fout|fouten}, {m} {m:veld|velden} nog in te vullen.",
    "{n} {n:fault|faults}, {m} {m:field|fields} to fill in.",
)
_ONE = Sentence("Geef --out of --toets.", "Give --out or --toets.")


def verantwoording(
    run: Annotated[
        Path, typer.Argument(metavar="RUN", help="Map van een uitkomst van koppelwijzer run.", show_default=False)
    ],
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Map voor de verantwoording.")] = None,
    toets: Annotated[
        Path | None,
        typer.Option(
            "--toets", metavar="DIR", help="Toets een verantwoording: het register, het logboek en de bundel."
        ),
    ] = None,
    bron: o.InvoerVanRun = None,
    kolommen: o.Kolommen = None,
    pc4: o.Pc4 = None,
    afstanden: o.Afstanden = None,
    rules: o.Regels = None,
    scenario: o.Scenarios = None,
    lang: o.Taal = o.Lang.NL,
    force: o.Force = False,
) -> int:
    """Maak de verantwoording van een run: Algoritmeregister, logboek, antwoorden voor DPIA en IAMA, en een bundel."""
    from optimizer.pipeline import Listener
    from optimizer.pipeline.verantwoording import check_account, write_account

    if (out is None) == (toets is None):
        raise Gebruiksfout(*_ONE)
    if toets is not None:
        found = check_account(run, toets)
        for sentence in (*found.fout, *found.open):
            typer.echo(sentence.said(lang))
        typer.echo(_CHECKED.fill(n=len(found.fout), m=len(found.open)).said(lang))
        return int(ExitCode.VIOLATION if found.fout else ExitCode.EXCEPTIONS if found.open else ExitCode.DONE)
    listener = Listener(o.say, o.warner(lang), o.teller(lang))
    given = o.given(bron, lang, kolommen, pc4, afstanden, rules, scenario)
    place = write_account(run, out or run, listener, given, force=force)
    o.hush()
    for said in (
        _WRITTEN.fill(place=str(o.shown(place))),
        _FILL.fill(run=str(o.shown(run)), place=str(o.shown(place))),
    ):
        typer.echo(said.said(lang))
    return int(ExitCode.DONE)
