"""The command as a program of its own: its streams, and Ctrl-C while the libraries load.

Data goes to stdout and everything else to stderr, also what a library written in C prints. A reader that stops early
(``| head``) cuts what it is shown, not the work: the exit code stays that of the command. Data that cannot be
written for another reason (a full disk, a closed stream) ends in a sentence and code 2.
"""

import io
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

from optimizer.errors import ExitCode, worst
from wording import Lang, Sentence

INTERRUPTED = Sentence("Onderbroken. Er is niets geschreven.", "Interrupted. Nothing was written.")
_NO_ROOM = Sentence(
    "Niet alles kon naar de uitvoer: {why}. Laat de uitvoer ergens anders heen gaan.",
    "Not everything could go to the output: {why}. Send the output elsewhere.",
)


class _Patient(io.FileIO):
    """A stream that keeps its first failure instead of raising it, and takes what comes later without writing it."""

    failure: OSError | None = None

    def write(self, data: Any) -> int:
        """Write bytes as a file does; after a failure nothing."""
        if self.failure is None:
            try:
                return super().write(data)
            except OSError as error:
                self.failure = error
        return len(data)


def command() -> None:
    """Run the command and leave with its exit code."""
    try:
        code = _run()
    except KeyboardInterrupt:
        code = _interrupted()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done: only the leaving can be interrupted
    sys.exit(code)


def language(arguments: Sequence[str]) -> Lang:
    """Return the language that the command line asks for: a message may be due before the options are read.

    >>> language(["run", "klein", "--lang", "en"]), language(["run", "klein", "--lang=en"]), language(["run"])
    ('en', 'en', 'nl')
    """
    return "en" if "--lang en" in " ".join(arguments).replace("--lang=", "--lang ") else "nl"


def was_interrupted(error: BaseException | None) -> bool:
    """Tell whether Ctrl-C is behind a failure: a library that is loading may answer it with a failure of its own."""
    if error is None or isinstance(error, KeyboardInterrupt):
        return error is not None
    return was_interrupted(error.__cause__) or was_interrupted(error.__context__)


def _run() -> int:
    data = _streams()
    try:
        from optimizer.cli import app
    except Exception as error:
        if was_interrupted(error):
            return _interrupted()
        raise
    code = app.main()
    sys.stdout.flush()
    if data.failure is None or isinstance(data.failure, BrokenPipeError):
        return code
    from optimizer.publish.disk import cause_of

    print(_NO_ROOM.fill(why=cause_of(data.failure).why).said(language(sys.argv)), file=sys.stderr)
    return int(worst([ExitCode(code), ExitCode.USAGE]))


def _interrupted() -> int:
    print(INTERRUPTED.said(language(sys.argv)), file=sys.stderr)
    return int(ExitCode.UNEXPECTED)


def _streams() -> _Patient:
    """Give data a stream of its own, which is returned, and let all that others print go to stderr."""
    for stream in (0, 1, 2):
        try:
            os.fstat(stream)
        except OSError:  # closed: whatever is opened next would take its place
            os.open(os.devnull, os.O_RDONLY)
    if sys.stdout is not None:
        sys.stdout.flush()
    data = _Patient(os.dup(1), "w")
    os.dup2(2, 1)
    sys.stdout, sys.stderr = _text(data, by_line=data.isatty()), _text(_Patient(2, "w", closefd=False), by_line=True)
    return data


def _text(stream: _Patient, *, by_line: bool) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BufferedWriter(stream), encoding="utf-8", errors="replace", line_buffering=by_line)
