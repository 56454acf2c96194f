"""wis: erase every row about a person from a finished run."""

from pathlib import Path
from typing import Annotated

import typer

from geodata.wording import Sentence
from optimizer.cli import options as o
from optimizer.errors import ExitCode

_GOES = Sentence("Gewist wordt: {names}.", "To be erased: {names}.")
_STAYS = Sentence("Blijft: {names}.", "Stays: {names}.")
_TERM = Sentence(
    "De bewaartermijn loopt tot en met {day} (regel bewaren/rijen_maanden).",
    "The retention term ends on {day} (rule bewaren/rijen_maanden).",
)
_NOTHING = Sentence(
    "Er is niets gewist. Wissen is niet terug te draaien. Wilt u het, geef dan --ja.",
    "Nothing was erased. Erasing cannot be undone. If you want it, give --ja.",
)
_DONE = Sentence(
    "Gewist: {n} {n:bestand|bestanden} met rijen over mensen. {m} {m:bestand blijft|bestanden blijven}, met "
    "gewist.json.",
    "Erased: {n} {n:file|files} with rows about people. {m} {m:file stays|files stay}, with gewist.json.",
)
_ELSEWHERE = Sentence(
    "De invoer, brieven, bundels en kopieën staan ergens anders. Wis die zelf.",
    "The input, letters, bundles and copies stand elsewhere. Erase those yourself.",
)


def wis(
    run: Annotated[
        Path,
        typer.Argument(metavar="RUN", help="Map van een run waarvan de bewaartermijn voorbij is.", show_default=False),
    ],
    ja: Annotated[
        bool, typer.Option("--ja", help="Wis echt. Zonder deze optie ziet u alleen wat er weg gaat.")
    ] = False,
    datum: Annotated[
        str | None, typer.Option("--datum", metavar="DAG", help="De dag van het wissen, voor de aantekening.")
    ] = None,
    reden: Annotated[str, typer.Option("--reden", help="Waarom u wist, voor de aantekening.")] = "bewaartermijn",
    lang: o.Taal = o.Lang.NL,
) -> int:
    """Wis elke rij over mensen uit een run. Aantallen, het bewijs en een aantekening blijven."""
    from optimizer.pipeline.wis import erase, look

    day = o.parse_day(datum)
    found = erase(run, day, reden) if ja else look(run)
    if ja:
        said = [_DONE.fill(n=len(found.weg), m=len(found.blijft)), _ELSEWHERE]
    else:
        names = [", ".join(part) for part in (found.weg, found.blijft)]
        said = [_GOES.fill(names=names[0]), _STAYS.fill(names=names[1])]
        said += [_TERM.fill(day=found.tot), _NOTHING]
    for sentence in said:
        typer.echo(sentence.said(lang))
    return int(ExitCode.DONE if ja else ExitCode.REFUSED)
