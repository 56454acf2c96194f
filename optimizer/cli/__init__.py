"""The command ``koppelwijzer``."""

from optimizer.cli.app import main

__all__ = ["main"]
