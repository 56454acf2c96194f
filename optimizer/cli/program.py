"""The command as a program of its own: its streams.

Data goes to stdout and our sentences to stderr. What a library written in C prints to stdout (HiGHS prints lines of its
own, past every option) is neither and goes nowhere. A reader that stops early
(``| head``) cuts what it is shown, not the work: the exit code stays that of the command. Data that cannot be
written for another reason (a full disk, a closed stream) ends in a sentence and code 2.
"""

import io
import os
import sys
from typing import Any

from geodata.wording import Sentence
from optimizer.cli import language
from optimizer.errors import ExitCode, worst

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


def run() -> int:
    """Run the command with streams of its own and return its exit code."""
    data = _streams()
    from optimizer.cli import app

    code = app.main()
    sys.stdout.flush()
    if data.failure is None or isinstance(data.failure, BrokenPipeError):
        return code
    from optimizer.publish.disk import cause_of

    print(_NO_ROOM.fill(why=cause_of(data.failure).why).said(language(sys.argv)), file=sys.stderr)
    return int(worst([ExitCode(code), ExitCode.USAGE]))


def _streams() -> _Patient:
    """Give data a stream of its own, which is returned, and let what others print to stdout go nowhere."""
    for stream in (0, 1, 2):
        try:
            os.fstat(stream)
        except OSError:  # closed: whatever is opened next would take its place
            os.open(os.devnull, os.O_RDONLY)
    if sys.stdout is not None:
        sys.stdout.flush()
    data = _Patient(os.dup(1), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    sys.stdout, sys.stderr = _text(data, by_line=data.isatty()), _text(_Patient(2, "w", closefd=False), by_line=True)
    return data


def _text(stream: _Patient, *, by_line: bool) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BufferedWriter(stream), encoding="utf-8", errors="replace", line_buffering=by_line)
