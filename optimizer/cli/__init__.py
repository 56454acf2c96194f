"""The command ``koppelwijzer``.

Nothing is loaded here before it is asked for, so that Ctrl-C ends in a sentence while the rest loads.
"""

from collections.abc import Sequence

from optimizer.cli.program import command

__all__ = ["command", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command within this process and return its exit code."""
    from optimizer.cli.app import main as run

    return run(arguments)
