"""maand: end a month, and make the input of the next one."""

import enum
import json
from pathlib import Path
from typing import Annotated

import typer

from geodata.wording import Sentence
from optimizer.cli import options as o

_IN = Sentence(
    "Deze maand: {n} {n:huishouden|huishoudens}, {persons} {persons:persoon|personen}.",
    "This month: {n} {n:household|households}, {persons} {persons:person|persons}.",
)
_LINKED = Sentence(
    "Gekoppeld: {n} {n:huishouden|huishoudens}, {persons} {persons:persoon|personen}. Dat telt nu mee in gekoppeld.",
    "Linked: {n} {n:household|households}, {persons} {persons:person|persons}. That counts in gekoppeld now.",
)
_CARRIED = Sentence(
    "Mee naar de volgende maand: {n} {n:huishouden|huishoudens}, {persons} {persons:persoon|personen}.",
    "Carried over to the next month: {n} {n:household|households}, {persons} {persons:person|persons}.",
)
_WHY = {
    "niet_gekoppeld": Sentence(
        "  zonder gemeente in het voorstel: {n}", "  without a municipality in the proposal: {n}"
    ),
    "bedenking": Sentence("  met een bedenking van de gemeente: {n}", "  with a bedenking (objection): {n}"),
    "uitgesloten": Sentence("  van deze gemeente uitgesloten: {n}", "  excluded from this municipality: {n}"),
    "vastgezet": Sentence("  vastgezet op een andere gemeente: {n}", "  fixed at another municipality: {n}"),
    "voorwaarde": Sentence("  met een voorwaarde (ja, mits): {n}", "  under a condition (ja mits): {n}"),
    "geen_antwoord": Sentence("  voorgesteld, maar nog geen antwoord: {n}", "  proposed, but no answer yet: {n}"),
}
_NO_ANSWER = Sentence(
    "Zonder antwoord is een voorstel niet aangenomen. Wilt u dat het wel telt, geef dan --zonder-antwoord akkoord.",
    "A proposal without an answer is not accepted. If it should count, give --zonder-antwoord akkoord.",
)
_ASSUMED = Sentence(
    "Voorstellen zonder antwoord tellen als akkoord: u vroeg dat met --zonder-antwoord akkoord.",
    "Proposals without an answer count as accepted: you asked so with --zonder-antwoord akkoord.",
)
_OBJECTED = Sentence(
    "Een bedenking geldt niet voor de volgende maand. Mag het huishouden daar nooit komen, kies dan uitsluiten.",
    "A bedenking does not hold for the next month. If the household may never go there, choose uitsluiten.",
)
_NEXT = Sentence(
    "Nieuwe invoer: {place}. Voeg de nieuwe huishoudens toe, zet in beleid.toml de nieuwe peildatum, en daarna: "
    "koppelwijzer run {place}",
    "New input: {place}. Add the new households, put the new peildatum into beleid.toml, and then: "
    "koppelwijzer run {place}",
)
_NOBODY = Sentence(
    "Er gaat niemand mee. Voeg aan {place} de nieuwe huishoudens toe voordat u verdergaat.",
    "Nobody is carried over. Add the new households to {place} before you go on.",
)


class Zonder(enum.StrEnum):
    """What to do with a proposal that nobody answered."""

    MEENEMEN = "meenemen"
    AKKOORD = "akkoord"


def maand(
    run: Annotated[
        Path, typer.Argument(metavar="RUN", help="Map van een uitkomst van koppelwijzer run.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", metavar="NEXT", help="Map voor de invoer van de volgende maand.")],
    besluiten: o.Besluiten = None,
    zonder_antwoord: Annotated[
        Zonder,
        typer.Option("--zonder-antwoord", help="Voorstellen zonder antwoord: mee naar de volgende maand, of akkoord."),
    ] = Zonder.MEENEMEN,
    peildatum: Annotated[
        str | None, typer.Option("--peildatum", help="Peildatum van de volgende maand (standaard die van de run).")
    ] = None,
    invoer: o.InvoerVanRun = None,
    kolommen: o.Kolommen = None,
    pc4: o.Pc4 = None,
    as_json: o.AsJson = False,
    lang: o.Taal = o.Lang.NL,
    force: o.Force = False,
) -> None:
    """Sluit een maand af: wie akkoord heeft is gekoppeld, de rest gaat mee naar de volgende invoer."""
    from optimizer.month.carry import GEKOPPELD, REDENEN
    from optimizer.pipeline import Listener
    from optimizer.pipeline.month import Month, next_month

    given = {"source": None if invoer is None else o.find_input(invoer, lang), "kolommen": kolommen, "pc4": pc4}
    month = Month(run, out, besluiten, zonder_antwoord.value, o.parse_day(peildatum), given, force)
    ended = next_month(month, Listener(warn=o.warner(lang), say=o.teller(lang)))
    counts = {name: ended.count(name) for name in (GEKOPPELD, *REDENEN)}
    carried = ended.count(*REDENEN)
    if as_json:
        told = {
            "invoer": ended.folder.as_posix(),
            "huishoudens": {"in": len(ended.lot), "meegenomen": carried[0]} | {k: n for k, (n, _) in counts.items()},
            "personen": {"in": sum(ended.personen.values()), "meegenomen": carried[1]}
            | {k: persons for k, (_, persons) in counts.items()},
        }
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    place = str(o.shown(ended.folder))
    said = [
        _IN.fill(n=len(ended.lot), persons=sum(ended.personen.values())),
        _LINKED.fill(n=counts[GEKOPPELD][0], persons=counts[GEKOPPELD][1]),
        _CARRIED.fill(n=carried[0], persons=carried[1]),
        *(_WHY[name].fill(n=counts[name][0]) for name in REDENEN if counts[name][0]),
        *([_NO_ANSWER] if counts["geen_antwoord"][0] else []),
        *([_ASSUMED] if zonder_antwoord is Zonder.AKKOORD else []),
        *([_OBJECTED] if counts["bedenking"][0] else []),
        (_NEXT if carried[0] else _NOBODY).fill(place=place),
    ]
    for sentence in said:
        typer.echo(sentence.said(lang))
