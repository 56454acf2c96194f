"""The example month as a round, for a trial: run and taken in by commands of their own, so no solver stays behind."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from geodata.wording import Sentence
from optimizer.errors import ExitCode, Gebruiksfout

#: Ends of a run with a proposal in it.
_MADE = (ExitCode.DONE, ExitCode.EXCEPTIONS, ExitCode.LIMIT)
_FAILED = Sentence("De voorbeeldmaand is niet klaar te zetten: {why}", "The example month could not be prepared: {why}")


def example_round(folder: Path, name: str = "voorbeeld") -> None:
    """Make the example month a round of the trial in a folder; a run of it that stands in ``outputs`` is used.

    Raises
    ------
    Gebruiksfout
        When a command fails.
    """
    made = Path("outputs") / name
    if not (made / "run.json").is_file():
        made = folder / name
        _command(["run", name, "--out", str(made), "--force"], _MADE)
    _command(["review", "import", str(made), "--map", str(folder), "--naam", "Voorbeeldmaand"], (ExitCode.DONE,))


def _command(arguments: Sequence[str], good: Sequence[int]) -> None:
    """Run a command of this program in a process of its own."""
    told = subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, "-m", "optimizer.cli", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if told.returncode not in good:
        raise Gebruiksfout(*_FAILED.fill(why=told.stderr.strip().splitlines()[-1] if told.stderr.strip() else "?"))
