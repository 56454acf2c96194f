"""The command ``koppelwijzer``.

Next to nothing is loaded here, so that Ctrl-C ends in a sentence also while everything else loads.
"""

import _thread
import signal
import sys
import time

TYPE_CHECKING = False  # typing itself takes time to load
if TYPE_CHECKING:
    from geodata.wording import Lang

__all__ = ["command", "main"]

#: Said after Ctrl-C, in Dutch and in English.
INTERRUPTED = ("Onderbroken. Er is niets geschreven.", "Interrupted. Nothing was written.")


def command() -> None:
    """Run as a program and leave with its exit code."""
    sys.unraisablehook = _again
    try:
        from optimizer.cli.program import run

        code = run()
    except KeyboardInterrupt:
        code = interrupted()
    except Exception as error:
        if not was_interrupted(error):
            raise
        code = interrupted()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done: only the leaving can be interrupted
    sys.exit(code)


def _again(failure: "sys.UnraisableHookArgs") -> None:
    """Ask for the end once more where a library could not pass Ctrl-C on; tell other such failures as usual."""
    if issubclass(failure.exc_type, KeyboardInterrupt):
        _thread.start_new_thread(_soon, ())
    else:
        sys.__unraisablehook__(failure)


def _soon() -> None:
    """Press Ctrl-C in a moment: within the hook it would be lost again."""
    time.sleep(0.02)
    _thread.interrupt_main()


def main(arguments: list[str] | None = None) -> int:
    """Run the command within this process and return its exit code."""
    from optimizer.cli.app import main as answer

    return answer(arguments)


def interrupted() -> int:
    """Say that Ctrl-C ended the work, and return the exit code for it."""
    print(INTERRUPTED[language(sys.argv) == "en"], file=sys.stderr)
    return 1


def language(arguments: list[str]) -> "Lang":
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
