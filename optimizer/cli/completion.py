"""The Tab key in a terminal: the options that install completion, and the answers that take some work to know."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib.resources import files
from pathlib import PurePath
from typing import Annotated

import typer

from geodata.wording import Sentence
from optimizer.cli import language
from optimizer.errors import Gebruiksfout

#: The program that a shell asks, and the variable with which it does.
PROGRAM, VARIABLE = "koppelwijzer", "_KOPPELWIJZER_COMPLETE"
SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
_INSTALLED = Sentence(
    "De Tab-toets vult vanaf nu opdrachten en opties aan, in {shell}. Open een nieuw venster. Het staat in {place}.",
    "From now on the Tab key completes commands and options, in {shell}. Open a new window. It stands in {place}.",
)
_UNKNOWN = Sentence(
    "Wij zien niet in welke shell u werkt. Zet de naam in de omgeving: SHELL=/bin/bash. Wij kennen {known}.",
    "We do not see which shell you work in. Put its name into the environment: SHELL=/bin/bash. We know {known}.",
)


def prepare() -> None:
    """Tell typer how each shell asks, where a shell asks what may come next; it does so only for options of its own."""
    if VARIABLE in os.environ:
        from typer._completion_classes import completion_init

        completion_init()


def policies(incomplete: str) -> Iterable[str]:
    """Return the policies that ship of which the name begins so."""
    names = (p.name.removesuffix(".toml") for p in (files("optimizer.policy") / "named").iterdir())
    return sorted(name for name in names if name.startswith(incomplete))


def _install(asked: bool) -> bool:
    """Put the script where the shell reads it when it starts, and say so."""
    if asked:
        from typer._completion_shared import install

        shell, place = install(_shell(), PROGRAM, VARIABLE)
        typer.echo(_INSTALLED.fill(shell=shell, place=str(place)).said(_language()))
        raise typer.Exit
    return asked


def _show(asked: bool) -> bool:
    """Write the script for the shell, for who installs it with a command of their own."""
    if asked:
        from typer._completion_shared import get_completion_script

        typer.echo(get_completion_script(prog_name=PROGRAM, complete_var=VARIABLE, shell=_shell()))
        raise typer.Exit
    return asked


Install = Annotated[
    bool,
    typer.Option(
        "--install-completion",
        help="Laat de Tab-toets opdrachten en opties aanvullen in uw shell.",
        callback=_install,
        is_eager=True,
        expose_value=False,
    ),
]
Show = Annotated[
    bool,
    typer.Option(
        "--show-completion",
        help="Toon het script waarmee uw shell aanvult, om zelf te plaatsen.",
        callback=_show,
        is_eager=True,
        expose_value=False,
    ),
]


def _shell() -> str:
    """Return the name of the shell in which the program was called.

    Raises
    ------
    Gebruiksfout
        Where nobody can tell, or it is one that has no completion.
    """
    import shellingham

    found = [PurePath(os.environ.get("SHELL", "")).name]
    with suppress(shellingham.ShellDetectionFailure):
        found.insert(0, str(shellingham.detect_shell()[0]))
    known = [name for name in found if name in SHELLS]
    if not known:
        raise Gebruiksfout(*_UNKNOWN.fill(known=", ".join(SHELLS)))
    return known[0]


def _language() -> str:
    return language(sys.argv)
