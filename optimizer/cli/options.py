"""Options that several commands share, and where an input may come from."""

import datetime
import enum
import importlib.resources
import sys
from pathlib import Path
from typing import Annotated

import typer

from optimizer.errors import Gebruiksfout


class Lang(enum.StrEnum):
    """Language of messages and reports."""

    NL = "nl"
    EN = "en"


class Voor(enum.StrEnum):
    """For whom further files are written."""

    GEMEENTE = "gemeente"


class Maat(enum.StrEnum):
    """Measures of distance."""

    STRAIGHT = "straight"
    BORDER = "border"


Invoer = Annotated[Path, typer.Argument(help="Map met CSV-bestanden of werkboek; of 'voorbeeld' of 'klein'.")]
Uit = Annotated[Path | None, typer.Option("--out", help="Map waarin de uitkomst komt.")]
Force = Annotated[bool, typer.Option("--force", help="Vervang een uitkomst die er al staat.")]
Peildatum = Annotated[str | None, typer.Option("--peildatum", help="Datum waarop de regels gelden (jjjj-mm-dd).")]
Seed = Annotated[int | None, typer.Option("--seed", min=0, help="Getal waaruit de loting volgt.")]
Bekend = Annotated[
    float | None, typer.Option("--bekend", min=0.0, max=1.0, help="Deel van de banen dat op tijd bekend is.")
]
Taal = Annotated[Lang, typer.Option("--lang", help="Taal van het rapport en de meldingen.")]
Kolommen = Annotated[Path | None, typer.Option("--kolommen", help="TOML met andere namen voor kolommen.")]
CsvEn = Annotated[bool, typer.Option("--csv-en", help="CSV met komma en decimale punt.")]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Aantal rekenkernen; verandert het antwoord niet.")]
WorkLimit = Annotated[int | None, typer.Option("--work-limit", min=1, help="Grens in getelde rekenstappen.")]
TimeLimit = Annotated[
    float | None,
    typer.Option("--time-limit", min=1.0, help="Noodrem in seconden; de uitkomst is dan niet te herhalen."),
]
VoorWie = Annotated[
    Voor | None,
    typer.Option("--voor", help="gemeente: schrijf ook een werkboek per gemeente, met alleen haar gevallen."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Schrijf JSON, voor machines.")]


def parse_day(text: str | None) -> datetime.date | None:
    """Read a date as jjjj-mm-dd; raise Gebruiksfout for anything else."""
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Gebruiksfout(f"'{text}' is geen datum. Schrijf de datum als 2026-11-01.") from error


def find_input(path: Path) -> Path:
    """Return the input that a path names, or the example of that name that ships with the program.

    Raises
    ------
    Gebruiksfout
        When neither is there.
    """
    if path.exists():
        return path
    for root in (
        Path(str(importlib.resources.files("optimizer"))) / "voorbeelden",
        Path(__file__).parents[2] / "inputs",
    ):
        if len(path.parts) == 1 and (root / path).is_dir():
            typer.echo(f"'{path}' is het voorbeeld dat bij het programma hoort.", err=True)
            return root / path
    raise Gebruiksfout(f"'{path}' bestaat niet. Geef een map met CSV-bestanden of een werkboek (.xlsx of .ods).")


def default_out(path: Path, suffix: str = "") -> Path:
    """Return the folder for the outcome when the user names none."""
    name = path.resolve().stem if path.suffix else path.resolve().name
    return Path("outputs") / f"{name}{suffix}"


def say(message: str) -> None:
    """Show progress on stderr: one line that is rewritten on a terminal, one line each elsewhere."""
    if sys.stderr.isatty():
        typer.echo(f"\r\033[K{message}", err=True, nl=False)
    else:
        typer.echo(message, err=True)


def hush() -> None:
    """End the line of progress on a terminal."""
    if sys.stderr.isatty():
        typer.echo("\r\033[K", err=True, nl=False)
