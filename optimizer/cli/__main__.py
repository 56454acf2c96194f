"""``python -m optimizer.cli``: the same as ``koppelwijzer``."""

from optimizer.cli.app import command

command()
