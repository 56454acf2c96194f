"""``python -m optimizer.cli``: the same as ``koppelwijzer``."""

from optimizer.cli.program import command

command()
