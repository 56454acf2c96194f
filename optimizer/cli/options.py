"""Options that several commands share, and where an input may come from."""

import datetime
import enum
import importlib.resources
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal, TextIO

import typer

from geodata.wording import Sentence
from optimizer.cli import completion
from optimizer.domain.tables import YEARS
from optimizer.domain.uitvoer import RECEIPT
from optimizer.errors import Defect, Gebruiksfout


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
    ROAD = "road"


Invoer = Annotated[Path, typer.Argument(help="Map met CSV-bestanden of werkboek; of 'voorbeeld', 'krap' of 'klein'.")]
Uit = Annotated[Path | None, typer.Option("--out", help="Map waarin de uitkomst komt.")]
Force = Annotated[bool, typer.Option("--force", help="Vervang een uitkomst die er al staat.")]
Policy = Annotated[
    str | None,
    typer.Option("--policy", help="Naam van het beleid (standaard kansrijk).", autocompletion=completion.policies),
]
Peildatum = Annotated[
    str | None, typer.Option("--peildatum", help="Datum waarop de regels gelden, zoals 1-7-2026 of 2026-07-01.")
]
Seed = Annotated[int | None, typer.Option("--seed", min=0, help="Getal waaruit de loting volgt.")]
Bekend = Annotated[
    float | None, typer.Option("--bekend", min=0.0, max=1.0, help="Deel van de banen dat op tijd bekend is.")
]
Taal = Annotated[Lang, typer.Option("--lang", help="Taal van het rapport en de meldingen.")]
InvoerVanRun = Annotated[
    Path | None, typer.Option("--invoer", metavar="INVOER", help="Bij een run: waar haar invoer nu staat.")
]
Kolommen = Annotated[Path | None, typer.Option("--kolommen", help="TOML met andere namen voor kolommen.")]
Pc4 = Annotated[
    Path | None,
    typer.Option("--pc4", help="Tabel met postcodes (postcode4, gemeente, x_rd, y_rd) voor werk_postcode4."),
]
Vooruitblik = Annotated[
    Path | None,
    typer.Option(
        "--vooruitblik",
        metavar="BESTAND",
        help="Mensen in procedure die werken: waar plek krap wordt en met wie het eerst een gesprek.",
        show_default=False,
    ),
]
CsvEn = Annotated[bool, typer.Option("--csv-en", help="CSV met komma en decimale punt.")]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Aantal rekenkernen; verandert het antwoord niet.")]
WorkLimit = Annotated[int | None, typer.Option("--work-limit", min=1, help="Grens in getelde rekenstappen.")]
TimeLimit = Annotated[
    float | None,
    typer.Option("--time-limit", min=1.0, help="Noodrem in seconden; de uitkomst is dan niet te herhalen."),
]
VoorWie = Annotated[
    Voor | None,
    typer.Option(
        "--voor", help="gemeente: schrijf ook een werkboek en een pagina per gemeente, met alleen haar gevallen."
    ),
]
Meting = Annotated[Maat | None, typer.Option("--measure", help="Hoe wij afstanden meten.")]
Afstanden = Annotated[
    Path | None, typer.Option("--afstanden", help="Eigen tabel met afstanden in km (CSV of Parquet).")
]
Osrm = Annotated[str | None, typer.Option("--osrm", help="Adres van een OSRM-server die de afstanden levert.")]
Folders = Sequence[Path]
Regels = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="MAP", help="Map met eigen waarden van parameters; mag vaker, de laatste wint."),
]
Scenarios = Annotated[
    list[Path] | None,
    typer.Option(
        "--scenario",
        metavar="BESTAND",
        help="TOML met andere waarden van regels en beleid; mag vaker, de laatste wint.",
    ),
]
Besluiten = Annotated[
    Path | None,
    typer.Option(
        "--besluiten",
        metavar="BESTAND",
        help="Besluiten over de run: CSV of werkmap, of een map met werkmappen die gemeenten terugstuurden.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Schrijf JSON, voor machines.")]


_EXAMPLE = Sentence(
    "'{name}' is het voorbeeld dat bij het programma hoort.", "'{name}' is the example that ships with the program."
)
_NOTE = Sentence("Let op:", "Note:")


_NO_YEAR = Sentence(
    "De datum {day} ligt niet tussen {first} en {last}. Verbeter het jaar.",
    "The date {day} does not lie between {first} and {last}. Correct the year.",
)


def parse_day(text: str | None) -> datetime.date | None:
    """Read the day of a batch as a person writes it; raise Gebruiksfout for what is none, or a year beyond `YEARS`."""
    day = None if text is None else required_day(text)
    if day is not None and not YEARS[0] <= day.year <= YEARS[1]:
        details = {"day": day.isoformat(), "first": str(YEARS[0]), "last": str(YEARS[1])}
        raise Gebruiksfout(*_NO_YEAR.fill(**details))
    return day


def required_day(text: str) -> datetime.date:
    """Read a date as a person writes it; raise Gebruiksfout where it is none, or may be two days."""
    from optimizer.read.table.dates import read_day

    found = read_day(text.strip())
    if found is None:
        raise Gebruiksfout(
            f"'{text}' is geen datum die op één manier te lezen is. Schrijf de datum als 2026-11-01 of 1-11-2026.",
            f"'{text}' is no date that can be read in one way only. Write it as 2026-11-01 or 1-11-2026.",
        )
    return found


def given(
    source: Path | None,
    lang: Lang,
    kolommen: Path | None,
    pc4: Path | None,
    afstanden: Path | None,
    rules: Sequence[Path] | None,
    scenario: Sequence[Path] | None,
) -> dict[str, Any]:
    """Return what somebody says anew of the input of a finished run, by field of ``settle.Wish``; None: as it was."""
    return {
        "source": None if source is None else find_input(source, lang),
        "kolommen": kolommen,
        "pc4": pc4,
        "measure": measure_name(None, afstanden, None),
        "rules": rules,
        "scenarios": scenario,
    }


def measure_name(measure: Maat | None, afstanden: Path | None, osrm: str | None) -> str | None:
    """Return the measure that the options name, as ``geodata.osrm.measured`` takes it; None where they name none.

    Raises
    ------
    Gebruiksfout
        When they name more than one.
    InvoerOngeldig
        When the table of the user has a forbidden column.
    """
    if sum(given is not None for given in (measure, afstanden, osrm)) > 1:
        raise Gebruiksfout(
            "Kies één manier om te meten: --measure, --afstanden of --osrm.",
            "Choose one way of measuring: --measure, --afstanden or --osrm.",
        )
    if measure is not None:
        return measure.value
    if osrm is not None:
        from geodata.osrm import OSRM_PREFIX

        return f"{OSRM_PREFIX}{osrm}"
    if afstanden is None:
        return None
    from optimizer.read.headers import refuse_forbidden_headers

    refuse_forbidden_headers(afstanden)
    return f"bestand:{afstanden.as_posix()}"


def resolved(text: str) -> str:
    """Return the CBS code of a municipality by code or name; raise Gebruiksfout with the candidates otherwise."""
    from geodata.codes import resolve
    from geodata.errors import GemeenteOnbekend

    try:
        return resolve(text)
    except GemeenteOnbekend as error:
        raise Gebruiksfout(*error.sentence) from error


def find_input(path: Path, lang: str = "nl") -> Path:
    """Return the input that a path names, or the example of that name that ships with the program.

    Raises
    ------
    Gebruiksfout
        When neither is there.
    """
    if path.exists():
        return path
    if (shipped := example(path)) is not None:
        typer.echo(_EXAMPLE.fill(name=str(path)).said(lang), err=True)
        return shipped
    raise Gebruiksfout(
        f"'{path}' bestaat niet. Geef een map met CSV-bestanden of een werkboek (.xlsx of .ods).",
        f"'{path}' does not exist. Give a folder of CSV files or a workbook (.xlsx or .ods).",
    )


def example(path: Path) -> Path | None:
    """Return the example that ships with the program under a name; None where there is none."""
    roots = (Path(str(importlib.resources.files("optimizer"))) / "voorbeelden", Path(__file__).parents[2] / "inputs")
    found = (root / path for root in roots if len(path.parts) == 1 and (root / path).is_dir())
    return next(found, None)


def is_run(path: Path) -> bool:
    """Tell whether a path is the folder of a finished run or comparison."""
    return (path / RECEIPT).is_file()


def default_out(path: Path, suffix: str = "") -> Path:
    """Return the folder for the outcome when the user names none."""
    name = path.resolve().stem if path.suffix else path.resolve().name
    return Path("outputs") / f"{name}{suffix}"


def next_out(run: Path) -> Path:
    """Return the folder for the outcome that goes on from a run, beside it.

    >>> next_out(Path("outputs/2026-10")).as_posix(), next_out(Path("outputs/2026-10-vervolg-2")).as_posix()
    ('outputs/2026-10-vervolg', 'outputs/2026-10-vervolg-3')
    """
    before, mark, number = run.resolve().name.partition("-vervolg")
    count = int(number[1:]) if number[1:].isdecimal() else 1
    return run.with_name(f"{before}-vervolg-{count + 1}" if mark else f"{before}-vervolg")


def shown(path: Path) -> Path:
    """Return the path as short as it can be written from here."""
    with suppress(OSError, ValueError):  # the folder that one is in may be gone
        return path.relative_to(Path.cwd())
    return path


def print_defects(defects: Sequence[Defect], lang: Literal["nl", "en"], file: TextIO) -> None:
    """Write every problem on a line, many alike on one: where, what, what to do; a warning says that it is one."""
    from optimizer.read.texts import grouped

    for defect, told in grouped(defects, lang):
        label = f"{_NOTE.said(lang)} " if defect.warning else ""
        typer.echo(f"{label}{told}", file=file)


def warner(lang: Lang) -> Callable[[Sequence[Defect]], None]:
    """Return what tells the warnings of an input on stderr."""

    def warn(defects: Sequence[Defect]) -> None:
        hush()
        print_defects(defects, lang.value, file=sys.stderr)

    return warn


def teller(lang: Lang) -> Callable[[Sentence], None]:
    """Return what says a sentence on stderr."""

    def tell(sentence: Sentence) -> None:
        hush()
        typer.echo(sentence.said(lang), err=True)

    return tell


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
