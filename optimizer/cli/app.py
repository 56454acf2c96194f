"""The command and its exit codes: every failure ends in a sentence, never in a traceback."""

import os
import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from geodata.errors import GeoFout
from optimizer import __version__
from optimizer.cli import batch, geo, omkoppeling, options, rules, taakstelling, verify
from optimizer.cli.usage import dutch
from optimizer.errors import ExitCode, InvoerOngeldig, KoppelwijzerFout
from wording import Lang, Sentence

#: What typer returns after Ctrl-C (128 + the number of the signal, as shells do).
_SIGINT = 130
_HELP = Sentence("Met --help ziet u wat kan.", "--help shows what is possible.")
_INTERRUPTED = Sentence("Onderbroken. Er is niets geschreven.", "Interrupted. Nothing was written.")
_UNEXPECTED = Sentence(
    "Dit mag niet gebeuren. Meld het aan de makers. Met KOPPELWIJZER_DEBUG=1 ziet u de plek in het programma.",
    "This must not happen. Tell the makers. KOPPELWIJZER_DEBUG=1 shows the place in the program.",
)

app = typer.Typer(
    name="koppelwijzer",
    help="Koppelt huishoudens van statushouders aan gemeenten, zonder dat zij hun werk verliezen.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("sjabloon")(batch.sjabloon)
app.command("check")(batch.check)
app.command("run")(batch.run)
app.command("compare")(batch.compare)
app.command("generate")(batch.generate)
app.command("verify")(verify.verify)
app.command("rules")(rules.rules)
app.command("omkoppeling")(omkoppeling.omkoppeling)
app.command("taakstelling")(taakstelling.taakstelling)
app.add_typer(geo.app, name="geo", help="Gemeenten en afstanden.")


@app.callback(invoke_without_command=True)
def _version(
    version: bool = typer.Option(False, "--version", help="Toon de versie."),
) -> None:
    if version:
        typer.echo(f"koppelwijzer {__version__}")
        raise typer.Exit


def command() -> None:
    """Run as a program: what a library written in C prints goes to stderr, so that stdout holds data only."""
    sys.stdout.flush()
    sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    code = main()
    try:
        sys.stdout.close()
    except BrokenPipeError:
        code = int(ExitCode.UNEXPECTED)
    sys.exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    _write_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    lang = _language(words)
    try:
        outcome = int(typer.main.get_command(app).main(args=words, standalone_mode=False) or 0)
        return _say(_INTERRUPTED.said(lang), ExitCode.UNEXPECTED) if outcome == _SIGINT else outcome
    except InvoerOngeldig as error:
        options.print_defects(error.defects, lang, file=sys.stderr)
        return int(error.exit_code)
    except KoppelwijzerFout as error:
        return _say(error.sentence.said(lang), error.exit_code)
    except GeoFout as error:
        return _say(error.sentence.said(lang), ExitCode.USAGE)
    except TyperException as error:
        message = error.format_message()
        return _say(f"{message if lang == 'en' else dutch(message)} {_HELP.said(lang)}", ExitCode.USAGE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.UNEXPECTED)
    except Exception as error:
        if os.environ.get("KOPPELWIJZER_DEBUG"):
            raise
        return _say(f"{type(error).__name__}: {error}\n{_UNEXPECTED.said(lang)}", ExitCode.UNEXPECTED)


def _write_utf8() -> None:
    """Write UTF-8 whatever the terminal or the pipe says that it takes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _language(arguments: Sequence[str]) -> Lang:
    """Return the language that the command line asks for: a message may be due before the options are read.

    >>> _language(["run", "klein", "--lang", "en"]), _language(["run", "klein", "--lang=en"]), _language(["run"])
    ('en', 'en', 'nl')
    """
    return "en" if "--lang en" in " ".join(arguments).replace("--lang=", "--lang ") else "nl"


def _say(message: str, code: ExitCode) -> int:
    typer.echo(message, err=True)
    return int(code)
