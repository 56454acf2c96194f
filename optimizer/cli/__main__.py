"""``python -m optimizer.cli``: the same as ``koppelwijzer``."""

from optimizer.cli import command

command()
