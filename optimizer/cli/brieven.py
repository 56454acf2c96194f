"""brieven: a letter to every household, and to the employer of every job that can be kept."""

from pathlib import Path
from typing import Annotated

import typer

from geodata.wording import Sentence
from optimizer.cli import options as o

_WRITTEN = Sentence(
    "{n} {n:brief|brieven} voor huishoudens en {m} {m:brief|brieven} voor werkgevers in {place}.",
    "{n} {n:letter|letters} for households and {m} {m:letter|letters} for employers in {place}.",
)
_WITH_PDF = Sentence("Elke brief staat er als HTML en als PDF.", "Every letter is there as HTML and as PDF.")
_TO_FILL = Sentence(
    "In elke brief staat nog een veld om in te vullen. Met --afzender en --contact vult u die voor alle brieven.",
    "Every letter still has a field to fill in. --afzender and --contact fill these in all letters.",
)
_CHECK = Sentence(
    "Nakijken: koppelwijzer verify {run} --brieven {place}", "To check: koppelwijzer verify {run} --brieven {place}"
)


def brieven(
    run: Annotated[
        Path, typer.Argument(metavar="RUN", help="Map van een uitkomst van koppelwijzer run.", show_default=False)
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Map voor de brieven (standaard RUN-brieven).")
    ] = None,
    huishouden: Annotated[
        str | None, typer.Option("--huishouden", help="Alleen de brieven van dit huishouden.")
    ] = None,
    afzender: Annotated[str, typer.Option("--afzender", help="Wie de brieven stuurt. Dit komt in elke brief.")] = "",
    contact: Annotated[str, typer.Option("--contact", help="Waar mensen met vragen terecht kunnen.")] = "",
    zonder_pdf: Annotated[bool, typer.Option("--zonder-pdf", help="Maak alleen HTML. Dat gaat sneller.")] = False,
    bron: o.InvoerVanRun = None,
    kolommen: o.Kolommen = None,
    pc4: o.Pc4 = None,
    afstanden: o.Afstanden = None,
    rules: o.Regels = None,
    scenario: o.Scenarios = None,
    lang: o.Taal = o.Lang.NL,
    force: o.Force = False,
) -> None:
    """Schrijf elk huishouden een brief met de reden van het voorstel, en de werkgever van elke baan die blijft."""
    from optimizer.pipeline import Listener
    from optimizer.pipeline.brieven import Vraag, write_letters
    from optimizer.report.letters import NO_PDF

    place = run.with_name(f"{run.resolve().name}-brieven") if out is None else out
    asked = Vraag(run, place, lang.value, huishouden, afzender.strip(), contact.strip(), not zonder_pdf, force)
    listener = Listener(o.say, o.warner(lang), o.teller(lang))
    given = o.given(bron, lang, kolommen, pc4, afstanden, rules, scenario)
    made = write_letters(asked, listener, given)
    o.hush()
    shown = str(o.shown(made.place))
    said = [_WRITTEN.fill(n=made.huishoudens, m=made.werkgevers, place=shown)]
    if made.pdfs:
        said.append(_WITH_PDF)
    elif not zonder_pdf:
        said.append(NO_PDF)
    if not (asked.afzender and asked.contact):
        said.append(_TO_FILL)
    for sentence in (*said, _CHECK.fill(run=str(o.shown(run)), place=shown)):
        typer.echo(sentence.said(lang))
