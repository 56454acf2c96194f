"""Commands of this program in a process of their own: taking a run in and ending a month load what no page may load."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from geodata.wording import Lang, Sentence
from optimizer.errors import ExitCode, Geweigerd
from optimizer.review.office import Office
from optimizer.review.rounds.opened import as_given
from optimizer.review.rounds.packed import only_folder, unpack
from optimizer.review.settings import PREFIX, to_environment

#: A workbook is kept as it came; anything else must be a zip.
WORKBOOKS = (".xlsx", ".ods")
#: Seconds that a command may take: a national month is judged in about a minute.
_LONGEST_S = 1800
#: What a packed folder may hold besides, by an archiver of its own.
_BESIDE = ("__MACOSX",)
_RECEIPT = "run.json"
_TOO_LONG = Sentence(
    "Het duurde te lang. Er is niets bewaard. Probeer het later nog eens.",
    "It took too long. Nothing was kept. Try again later.",
)
#: One at a time: each fills a core.
_ONE = threading.Lock()


class Mislukt(Exception):
    """A command did not do what was asked.

    Parameters
    ----------
    lines
        What it said, line by line, in the language that was asked.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self.lines = tuple(lines)


@dataclass(frozen=True)
class Aanvraag:
    """What the COA hands in for a new round.

    Attributes
    ----------
    run
        Bytes of the zip with the folder of a run.
    invoer, invoer_naam
        Bytes and name of its input: a zip of a folder, or a workbook.
    naam, deadline
        What people call it, and the last day to answer (ISO).
    door
        Id of who asks.
    vorige
        Id of the round that it takes the place of; "" for none.
    """

    run: bytes
    invoer: bytes
    invoer_naam: str
    naam: str
    deadline: str
    door: str
    vorige: str = ""


def begin_round(office: Office, asked: Aanvraag, lang: Lang) -> str:
    """Unpack what was handed in and make it a round; return its id.

    Raises
    ------
    Geweigerd
        When one of the files is no readable zip, or too large.
    Mislukt
        When the run does not become a round.
    """
    with TemporaryDirectory(prefix="koppelwijzer-aanvraag-") as place:
        folder = Path(place)
        run, invoer = folder / "voorstel", folder / "invoer"
        run.mkdir()
        invoer.mkdir()
        unpack(asked.run, run)
        suffix = Path(asked.invoer_naam).suffix.casefold()
        if suffix in WORKBOOKS:
            (invoer / f"invoer{suffix}").write_bytes(asked.invoer)
        else:
            unpack(asked.invoer, invoer)
        words = ["review", "import", str(only_folder(run, _RECEIPT)), "--invoer", str(as_given(_inner(invoer)))]
        words += [f"--naam={asked.naam}", f"--deadline={asked.deadline}", f"--door={asked.door}"]
        words += [f"--vorige={asked.vorige}"] if asked.vorige else []
        told = _command(office, [*words, "--json"], lang, hide=place)
    return str(told["ronde"])


def end_round(office: Office, ronde_id: str, zonder_antwoord: str, door: str, lang: Lang) -> Mapping[str, Any]:
    """End the month of a round; return what became of it.

    Raises
    ------
    Mislukt
        When the month does not end.
    """
    words = ["review", "sluit", ronde_id, f"--zonder-antwoord={zonder_antwoord}", f"--door={door}", "--json"]
    return _command(office, words, lang)


def _inner(folder: Path) -> Path:
    """Return the one folder in a folder, as people often pack a folder, or the folder itself."""
    inside = [p for p in folder.iterdir() if p.name not in _BESIDE]
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


def _command(office: Office, words: Sequence[str], lang: Lang, hide: str = "") -> Mapping[str, Any]:
    """Run a command of this program with the settings of this installation; return what it told as JSON."""
    given = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment = {**given, **to_environment(office.settings), "NO_COLOR": "1"}
    with _ONE:
        try:
            told = subprocess.run(  # noqa: S603  (our own program; what people typed stands behind its option)
                [sys.executable, "-m", "optimizer.cli", *words, "--lang", lang],
                env=environment,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=_LONGEST_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Geweigerd(*_TOO_LONG) from error
    if told.returncode != ExitCode.DONE:
        text = told.stderr.replace(f"{hide}/", "") if hide else told.stderr
        raise Mislukt([line.strip() for line in text.splitlines() if line.strip()])
    found: Mapping[str, Any] = json.loads(told.stdout)
    return found
