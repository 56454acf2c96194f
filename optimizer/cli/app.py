"""The command and its exit codes: every failure ends in a sentence, never in a traceback."""

import os
import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from geodata.errors import GeoFout
from geodata.wording import Sentence
from optimizer import __version__
from optimizer.cli import (
    INTERRUPTED,
    batch,
    brieven,
    completion,
    explain,
    geo,
    language,
    maand,
    omkoppeling,
    options,
    review,
    review_coa,
    ruil,
    rules,
    taakstelling,
    verantwoording,
    verify,
    verschil,
    was_interrupted,
    wis,
)
from optimizer.cli.help import in_language
from optimizer.cli.pulse import Pulse
from optimizer.cli.usage import dutch
from optimizer.errors import ExitCode, Gebruiksfout, InvoerOngeldig, KoppelwijzerFout
from optimizer.publish import trouble

#: What typer returns after Ctrl-C (128 + the number of the signal, as shells do).
_SIGINT = 130
_HELP = Sentence("Met --help ziet u wat kan.", "--help shows what is possible.")
_NOT_TEXT = Sentence(
    "Een naam in deze opdracht bevat tekens die niet kunnen. Geef het bestand of de map een andere naam.",
    "A name in this command holds characters that are not possible. Give the file or folder another name.",
)
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
app.command("afweging")(batch.afweging)
app.command("generate")(batch.generate)
app.command("explain")(explain.explain)
app.command("ruil")(ruil.ruil)
app.command("verify")(verify.verify)
app.command("maand")(maand.maand)
app.command("verschil")(verschil.verschil)
app.command("brieven")(brieven.brieven)
app.command("verantwoording")(verantwoording.verantwoording)
app.command("wis")(wis.wis)
app.command("rules")(rules.rules)
app.command("omkoppeling")(omkoppeling.omkoppeling)
app.command("taakstelling")(taakstelling.taakstelling)
app.add_typer(geo.app, name="geo", help="Gemeenten en afstanden.")
review.app.command("sluit")(review_coa.sluit)
review.app.command("export")(review_coa.export)
review.app.command("antwoorden")(review_coa.antwoorden)
app.add_typer(review.app, name="review", help="De applicatie waarin gemeenten voorstellen nakijken en beantwoorden.")


@app.callback(invoke_without_command=True)
def _version(
    version: bool = typer.Option(False, "--version", help="Toon de versie."),
    install: completion.Install = False,  # noqa: ARG001  (its callback does the work)
    show: completion.Show = False,  # noqa: ARG001
    lang: options.Taal = options.Lang.NL,  # noqa: ARG001  (the help follows it)
) -> None:
    if version:
        typer.echo(f"koppelwijzer {__version__}")
        raise typer.Exit


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    _write_utf8()
    words = _language_last(sys.argv[1:] if arguments is None else arguments)
    lang = language(words)
    completion.prepare()
    try:
        if not all(map(_is_text, words)):
            raise Gebruiksfout(*_NOT_TEXT)
        command = in_language(typer.main.get_command(app), lang)
        with Pulse(lang, doing=" ".join([completion.PROGRAM, *words[:1]])):
            outcome = int(command.main(args=words, prog_name=completion.PROGRAM, standalone_mode=False) or 0)
        return _say(Sentence(*INTERRUPTED).said(lang), ExitCode.UNEXPECTED) if outcome == _SIGINT else outcome
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
    except Exception as error:
        if os.environ.get("KOPPELWIJZER_DEBUG"):
            raise
        if was_interrupted(error):
            return _say(Sentence(*INTERRUPTED).said(lang), ExitCode.UNEXPECTED)
        if isinstance(error, OSError):
            return _say(trouble(error).said(lang), ExitCode.USAGE)
        return _say(f"{type(error).__name__}: {error}\n{_UNEXPECTED.said(lang)}", ExitCode.UNEXPECTED)


def _language_last(arguments: Sequence[str]) -> list[str]:
    """Put ``--lang`` behind the command that it is meant for, wherever it was written.

    >>> _language_last(["--lang", "en", "geo", "gemeente", "Ede"]), _language_last(["run", "--lang=en", "klein"])
    (['geo', 'gemeente', 'Ede', '--lang', 'en'], ['run', 'klein', '--lang', 'en'])
    """
    words, found = list(arguments), []
    for i in reversed(range(len(words))):
        if words[i] == "--lang" and i + 1 < len(words):
            found = [words[i], words[i + 1]]
            del words[i : i + 2]
        elif words[i].startswith("--lang="):
            found = ["--lang", words[i].removeprefix("--lang=")]
            del words[i]
    return [*words, *found]


def _write_utf8() -> None:
    """Write UTF-8 whatever the terminal or the pipe says that it takes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _is_text(word: str) -> bool:
    """Tell whether a word is text: the bytes of a name need not be."""
    return not any("\ud800" <= sign <= "\udfff" for sign in word)


def _say(message: str, code: ExitCode) -> int:
    typer.echo(message, err=True)
    return int(code)
