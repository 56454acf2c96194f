"""The command ``koppelwijzer``."""

from optimizer.cli.app import command, main

__all__ = ["command", "main"]
